/**
 * Signed notes (C2SP signed-note): a text, and who signed it. A signature line names its key by name and by a short hash; what
 * is signed by keys nobody configured says nothing and is passed over.
 */

import { sha256 } from '../json/digest.ts'
import { decodeBase64, decodeUtf8, encodeBase64, encodeHex, encodeUtf8 } from '../json/encoding.ts'
import { isSmallOrder } from './small-order.ts'

/** Whether an Ed25519 signature (RFC 8032) over a message is by this key: `webCryptoEd25519(crypto.subtle)`. */
export type VerifyEd25519 = (
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
) => Promise<boolean>

/** Kinds of keys that sign notes, with the byte that tells them: notes themselves, or a witness's timestamped word on them. */
export const noteKeyTypes = { ed25519: 0x01, cosignature: 0x04 } as const
export type NoteKeyType = keyof typeof noteKeyTypes

/** A key that somebody trusts for notes. */
export interface VerifierKey {
  /** Of a log: its origin. */
  readonly name: string
  readonly type: NoteKeyType
  /** 8 hex digits: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  readonly id: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** How many of these witnesses must have cosigned. */
export interface WitnessPolicy {
  readonly keys: readonly VerifierKey[]
  readonly quorum: number
}

/** One signature line. */
export interface NoteSignature {
  readonly name: string
  readonly id: string
  /** What follows the key id. */
  readonly signature: Uint8Array<ArrayBuffer>
}

export interface Note {
  /** With its final newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Signature lines that are read at most; the specification asks for 16. */
const signaturesMax = 100
const noteBytesMax = 65_536
const nameForm = /^[^\s+]+$/u

/** A verifier key from its parts. */
export function verifierKey(
  name: string,
  type: NoteKeyType,
  publicKey: Uint8Array<ArrayBuffer>,
): VerifierKey {
  return { name, type, id: keyId(name, type, publicKey), publicKey }
}

function keyId(name: string, type: NoteKeyType, publicKey: Uint8Array): string {
  const head = encodeUtf8(`${name}\n`)
  const input = new Uint8Array(head.length + 1 + publicKey.length)
  input.set(head)
  input[head.length] = noteKeyTypes[type]
  input.set(publicKey, head.length + 1)
  return encodeHex(sha256(input).subarray(0, 4))
}

/** `<name>+<id>+<base64(type ‖ public key)>`, as verifiers are configured with. */
export function formatVerifierKey({ name, type, id, publicKey }: VerifierKey): string {
  return `${name}+${id}+${encodeBase64(new Uint8Array([noteKeyTypes[type], ...publicKey]))}`
}

/** A verifier key as text has it; undefined where it is not one, or its id does not fit. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [name = '', id = '', ...rest] = text.split('+')
  const bytes = decodeBase64(rest.join('+'))
  const type = (Object.keys(noteKeyTypes) as NoteKeyType[]).find(
    (known) => noteKeyTypes[known] === bytes?.[0],
  )
  if (!nameForm.test(name) || type === undefined || bytes?.length !== 33) return undefined
  const key = verifierKey(name, type, bytes.slice(1))
  return key.id === id ? key : undefined
}

/** The verifier keys in a text of one a line, as logs publish them; lines that are none are passed over. */
export function verifierKeysIn(text: string): readonly VerifierKey[] {
  return text
    .split('\n')
    .map(parseVerifierKey)
    .filter((key) => key !== undefined)
}

/** Reads a note's form; undefined where it is none. Nothing is said of its signatures. */
export function readNote(source: string | Uint8Array): Note | undefined {
  const whole = textOf(source)
  if (whole === undefined) return undefined
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) return undefined
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > signaturesMax) return undefined
  const signatures = lines.map(readSignature)
  return signatures.every((line) => line !== undefined)
    ? { text: whole.slice(0, split + 1), signatures }
    : undefined
}

function textOf(source: string | Uint8Array): string | undefined {
  try {
    const bytes = typeof source === 'string' ? encodeUtf8(source) : source
    if (bytes.length > noteBytesMax) return undefined
    const text = decodeUtf8(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a note has no control character but the newline
    return /[\u0000-\u0009\u000b-\u001f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

const signatureForm = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

function readSignature(line: string): NoteSignature | undefined {
  const [, name = '', encoded = ''] = signatureForm.exec(line) ?? []
  const bytes = decodeBase64(encoded)
  if (name === '' || bytes === undefined || bytes.length < 5) return undefined
  return { name, id: encodeHex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
}

/** One signature line, with its newline. */
export function signatureLine({ name, id }: Pick<VerifierKey, 'name' | 'id'>, signature: Uint8Array): string {
  const keyBytes = id.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []
  return `\u2014 ${name} ${encodeBase64(new Uint8Array([...keyBytes, ...signature]))}\n`
}

/** The keys, of those given, that the note is signed by; null where a signature under one of them does not fit. */
export async function signersOf(
  note: Note,
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<readonly VerifierKey[] | null> {
  const message = encodeUtf8(note.text)
  const signers: VerifierKey[] = []
  for (const line of note.signatures) {
    const key = keys.find(({ name, id, type }) => type === 'ed25519' && name === line.name && id === line.id)
    if (key === undefined || signers.includes(key)) continue
    if (line.signature.length !== 64 || !(await verify(key.publicKey, line.signature, message))) return null
    signers.push(key)
  }
  return signers
}

/** What is used of `crypto.subtle`. */
export interface Subtle<Key> {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: { name: string },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>
  verify(
    algorithm: { name: string },
    key: Key,
    signature: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

/** Ed25519 by the platform's WebCrypto; a key that is no point of the curve has signed nothing. */
export function webCryptoEd25519<Key>(subtle: Subtle<Key>): VerifyEd25519 {
  return async (publicKey, signature, message) => {
    if (isSmallOrder(publicKey) || isSmallOrder(signature.subarray(0, 32))) return false
    try {
      const key = await subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
      return await subtle.verify({ name: 'Ed25519' }, key, signature, message)
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'NotSupportedError') throw thrown
      return false
    }
  }
}
