/** The witness's own key: made at the first start, readable by its owner alone, in the text form that Go's note tools use. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { decodeBase64, encodeBase64 } from '../json/encoding.ts'
import { cosignedMessage, encodeCosignature } from '../transparency/cosignature.ts'
import { noteKeyTypes, signatureLine, type VerifierKey, verifierKey } from '../transparency/note.ts'
import { writeDurably } from './durable.ts'

/** A key that cosigns. */
export interface WitnessKey {
  readonly verifier: VerifierKey
  /** The signature line of a checkpoint's text. @param time seconds since 1970, UTC. */
  cosign(time: number, checkpointText: string): string
}

/** `PRIVATE+KEY+<name>+<id>+<base64(type ‖ seed)>`. */
const keyForm = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n$/
/** PKCS #8 of an Ed25519 key, up to its 32-byte seed (RFC 8410 §7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Reads the key file, or makes it.
 *
 * @throws Error where the file holds no such key, or one of another name: a key belongs to one name.
 */
export async function witnessKey(path: string, name: string): Promise<WitnessKey> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return makeKey(path, name)
  const [, named = '', id = '', encoded = ''] = keyForm.exec(text) ?? []
  const bytes = decodeBase64(encoded)
  if (bytes?.length !== 33 || bytes[0] !== noteKeyTypes.cosignature) {
    throw new Error(`${path} holds no key of a witness`)
  }
  const key = keyFrom(named, bytes.slice(1))
  if (key.verifier.id !== id) throw new Error(`${path} holds a key whose id does not fit`)
  if (named !== name) throw new Error(`the key in ${path} is of the witness "${named}", not "${name}"`)
  return key
}

async function makeKey(path: string, name: string): Promise<WitnessKey> {
  const { d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const seed = Uint8Array.from(Buffer.from(d, 'base64url'))
  const key = keyFrom(name, seed)
  const encoded = encodeBase64(new Uint8Array([noteKeyTypes.cosignature, ...seed]))
  await writeDurably(path, `PRIVATE+KEY+${name}+${key.verifier.id}+${encoded}\n`)
  return key
}

function keyFrom(name: string, seed: Uint8Array): WitnessKey {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const verifier = verifierKey(name, 'cosignature', publicBytes(secret))
  return {
    verifier,
    cosign: (time, text) =>
      signatureLine(verifier, encodeCosignature(time, sign(null, cosignedMessage(time, text), secret))),
  }
}

function publicBytes(secret: KeyObject): Uint8Array<ArrayBuffer> {
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  return Uint8Array.from(Buffer.from(x, 'base64url'))
}
