/**
 * RFC 8785 canonical JSON: the one text, and so the one digest, of a JSON value. The `canonicalize` package writes it;
 * what is not JSON is refused first, because the package lets a function, a `Map` or a missing member pass in silence.
 */

import writeCanonical from 'canonicalize'
import { encodeUtf8 } from './encoding.ts'

/** How deep a value may be nested before it is taken for a cycle. */
const depthMax = 256

/**
 * The canonical text of a JSON value (RFC 8785).
 *
 * @throws TypeError for anything that is not I-JSON (RFC 7493): NaN, infinities, undefined members, lone surrogates,
 * functions, bigints, cycles, instances of classes. That is a fault of ours, never of a caller, so it is no Problem.
 */
export function canonicalize(value: unknown): string {
  refuseOtherThanJson(value, '', 0)
  return writeCanonical(value) as string
}

/** The canonical text's UTF-8 bytes, which digests and signatures cover. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return encodeUtf8(canonicalize(value))
}

function refuseOtherThanJson(value: unknown, path: string, depth: number): void {
  if (depth > depthMax) throw notJson(path, 'is nested too deeply, or in a cycle')
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'number') refuseOtherThanFinite(value, path)
  else if (typeof value === 'string') refuseLoneSurrogate(value, path)
  else if (Array.isArray(value)) refuseInArray(value, path, depth)
  else if (typeof value === 'object' && isPlain(value)) refuseInObject(value, path, depth)
  else
    throw notJson(path, `is ${value === undefined ? 'undefined' : `a ${typeof value} that JSON cannot hold`}`)
}

function refuseOtherThanFinite(value: number, path: string): void {
  if (!Number.isFinite(value)) throw notJson(path, 'is a number that is not finite')
}

function refuseLoneSurrogate(text: string, path: string): void {
  if (!text.isWellFormed()) throw notJson(path, 'holds half of a surrogate pair')
}

function refuseInArray(items: readonly unknown[], path: string, depth: number): void {
  for (let index = 0; index < items.length; index += 1) {
    refuseOtherThanJson(items[index], `${path}/${index}`, depth + 1)
  }
}

function refuseInObject(members: object, path: string, depth: number): void {
  for (const [name, member] of Object.entries(members)) {
    refuseLoneSurrogate(name, path)
    refuseOtherThanJson(member, `${path}/${name}`, depth + 1)
  }
}

/** A plain object, also of another realm; a `toJSON` would let it write something else than what was checked. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return false
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function notJson(path: string, fault: string): TypeError {
  return new TypeError(`canonical JSON: ${path === '' ? 'the value' : path} ${fault}`)
}
