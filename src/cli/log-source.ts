/** Where `egret log` reads a log from: its URL over HTTP, or a folder that holds the same objects (a copy, a backup). */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { collectBytes } from '../json/collect-bytes.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { LogTrust } from '../transparency/fsck.ts'
import { type VerifierKey, verifierKeysIn, webCryptoEd25519 } from '../transparency/note.ts'
import type { ReadObject } from '../transparency/reader.ts'
import { entryBytesMax, tileWidth } from '../transparency/tiles.ts'
import { logKey } from './named-keys.ts'

/** A log that did not answer, or not as a log does; nothing is said against it. */
export class LogUnreachable extends Error {
  override name = 'LogUnreachable'
}

const secondsMax = 20
const attempts = 3
/** No object of a log is larger: a bundle of the largest entries. */
const bytesMax = tileWidth * (entryBytesMax + 2)

const never = new AbortController().signal

/** Reads objects of the log at a URL, or in a folder, until told to end. @throws LogUnreachable after three attempts. */
export function logAt(place: string, ending: AbortSignal = never): ReadObject {
  if (!/^https?:\/\//.test(place)) return (path) => readHere(join(place, path))
  const prefix = place.replace(/\/+$/, '')
  return (path) => readThere(`${prefix}/${path}`, ending)
}

async function readHere(path: string): Promise<Uint8Array | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw new LogUnreachable(`${path} cannot be read: ${error.message}`)
  })
}

async function readThere(url: string, ending: AbortSignal): Promise<Uint8Array | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(url, ending)
    } catch (thrown) {
      if (!(thrown instanceof LogUnreachable) || attempt === attempts || ending.aborted) throw thrown
      await wait(attempt * 500)
    }
  }
}

async function ask(url: string, ending: AbortSignal): Promise<Uint8Array | null> {
  try {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(secondsMax * 1000)])
    // A log that sends its readers elsewhere could send them into their own network.
    const answer = await fetch(url, { redirect: 'error', signal })
    if (answer.status === 404 || answer.status === 410) {
      await answer.body?.cancel()
      return null
    }
    if (answer.status !== 200 || answer.body === null) throw new Error(`it answers ${answer.status}`)
    const bytes = await collectBytes(answer.body, bytesMax)
    if (bytes === null) throw new Error(`it answers more than ${bytesMax} bytes`)
    return bytes
  } catch (thrown) {
    throw new LogUnreachable(`${url} cannot be read: ${causeOf(thrown as Error)}`)
  }
}

/** What `fetch failed` leaves unsaid. */
function causeOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message} (${cause.message})` : message
}

/** Whom to trust for the log: the keys that are given, or else those that the log's own host publishes beside it. */
export async function trustFor(read: ReadObject, given: readonly string[]): Promise<LogTrust> {
  const keys = given.length > 0 ? given.map(logKey) : await publishedKeys(read)
  return { keys, verify: webCryptoEd25519(crypto.subtle) }
}

async function publishedKeys(read: ReadObject): Promise<readonly VerifierKey[]> {
  const bytes = await read('verifier-keys')
  const named = bytes === null ? [] : verifierKeysIn(decodeUtf8(bytes))
  const keys = named.filter(({ type }) => type === 'ed25519')
  if (keys.length === 0)
    throw new LogUnreachable('the log publishes no verifier keys: name its key with --key')
  return keys
}
