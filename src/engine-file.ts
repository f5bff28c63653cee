/** The file of the engine that `#engine` hands on, for entries that have files: read and held against the digest it claims. */

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { engineRelease } from '#engine'
import { type Digest, digestHex, digestOfBytes } from './json/digest.ts'

/** Thrown where the module's bytes are not those of the digest that records would name. */
export class EngineRefused extends Error {
  override name = 'EngineRefused'
}

const folder = new URL('../dist/engine/', import.meta.url)

/** The bytes of the module that calculates here. @throws EngineRefused `engine-digest-mismatch`, or where it is missing. */
export function readEngineFile(): Uint8Array<ArrayBuffer> {
  const path = fileURLToPath(new URL(`${digestHex(engineRelease.digest as Digest)}.mjs`, folder))
  if (!existsSync(path))
    throw new EngineRefused(`There is no engine module at ${path}; run "npm run build" first.`)
  return requireDigest(new Uint8Array(readFileSync(path)), engineRelease.digest)
}

/** @throws EngineRefused `engine-digest-mismatch`. */
export function requireDigest(bytes: Uint8Array<ArrayBuffer>, claimed: string): Uint8Array<ArrayBuffer> {
  const found = digestOfBytes(bytes)
  if (found === claimed) return bytes
  throw new EngineRefused(
    `engine-digest-mismatch: the engine's module has the digest ${found} and claims ${claimed}; run "npm run build" again.`,
  )
}
