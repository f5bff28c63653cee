/**
 * Bytes as text and back, strictly: every text has one byte form and every byte form one text, so that nothing signed
 * or digested can be written in two ways.
 */

import { bytesToHex } from '@noble/hashes/utils.js'
import { Problem } from '../problem.ts'
import { placeAt } from './place.ts'

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes of a text in UTF-8. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/**
 * Text of UTF-8 bytes (RFC 3629); a byte order mark is kept, for whoever parses to judge.
 *
 * @throws Problem `malformed-json` with line and column of the first byte that is not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    const { line, column } = firstBrokenPlace(bytes)
    throw new Problem(
      'malformed-json',
      `Line ${line}, column ${column}: a byte is not valid UTF-8; save the file as UTF-8.`,
      { line, column, expected: 'UTF-8' },
    )
  }
}

/** Where the first ill-formed sequence stands: right behind the longest text that can be decoded. */
function firstBrokenPlace(bytes: Uint8Array): { line: number; column: number } {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    bytes.subarray(0, decodableLength(bytes)),
    // A character cut off at the end is not part of the text.
    { stream: true },
  )
  return placeAt(text, text.length)
}

/** Bytes of the longest prefix that decodes, by halving: one cut inside a character decodes as a stream without complaint. */
function decodableLength(bytes: Uint8Array): number {
  let [valid, broken] = [0, bytes.length + 1]
  while (broken - valid > 1) {
    const middle = (valid + broken) >> 1
    if (decodesAsPrefix(bytes.subarray(0, middle))) valid = middle
    else broken = middle
  }
  return valid
}

function decodesAsPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Stands for what is no letter: beyond the six bits of one. */
const notALetter = 64
/** Values of letters by their bytes. */
function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(256).fill(notALetter)
  for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value
  return values
}

const urlValues = valuesOf(letters)
const plainValues = valuesOf(letters.replace('-', '+').replace('_', '/'))

/** Bytes as base64url without padding (RFC 4648 §5). */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const four = [three >> 18, (three >> 12) & 63, (three >> 6) & 63, three & 63]
    for (const value of four.slice(0, bytes.length - at + 1)) text += letters.charAt(value)
  }
  return text
}

/**
 * Bytes of a base64url text; undefined where the text is not exactly what {@link encodeBase64url} writes: padding, other
 * letters, a length that no bytes have, or spare bits that are not zero (RFC 4648 §3.5).
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decodeBase64urlBytes(encodeUtf8(text))
}

/** As {@link decodeBase64url}, of a text that is at hand in bytes. */
export function decodeBase64urlBytes(text: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  return decodeLetters(text, urlValues)
}

/** Bytes as padded base 64 with the plus and slash alphabet (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** The bytes that padded base 64 stands for; undefined for anything else, loose padding and stray bits included. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='))
  return decodeLetters(encodeUtf8(text.slice(0, text.length - padding)), plainValues)
}

function decodeLetters(text: Uint8Array, values: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const rest = text.length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  const whole = text.length - rest
  let [written, wrong] = [0, 0]
  for (let at = 0; at < whole; at += 4, written += 3) {
    const a = valueAt(values, text, at)
    const b = valueAt(values, text, at + 1)
    const c = valueAt(values, text, at + 2)
    const d = valueAt(values, text, at + 3)
    wrong |= a | b | c | d
    bytes[written] = (a << 2) | (b >> 4)
    bytes[written + 1] = (b << 4) | (c >> 2)
    bytes[written + 2] = (c << 6) | d
  }
  if (rest > 0) wrong |= decodeRest(values, text, whole, bytes, written)
  return wrong < notALetter ? bytes : undefined
}

/** The last two or three letters; says where they are wrong, also where spare bits are not zero. */
function decodeRest(
  values: Uint8Array,
  text: Uint8Array,
  at: number,
  bytes: Uint8Array,
  written: number,
): number {
  const [a, b] = [valueAt(values, text, at), valueAt(values, text, at + 1)]
  bytes[written] = (a << 2) | (b >> 4)
  if (text.length - at === 2) return a | b | ((b & 15) === 0 ? 0 : notALetter)
  const c = valueAt(values, text, at + 2)
  bytes[written + 1] = (b << 4) | (c >> 2)
  return a | b | c | ((c & 3) === 0 ? 0 : notALetter)
}

function valueAt(values: Uint8Array, text: Uint8Array, at: number): number {
  return values[text[at] ?? 0] ?? notALetter
}

/** Bytes as lower-case hex. */
export function encodeHex(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** Bytes of a lower-case hex text; undefined for anything else. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
