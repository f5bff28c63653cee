/** `/log` for people, out of the public objects alone: what it shows is what anyone may check. */

import type { Context } from 'hono'
import { headCache, logKey, logVerifierKeysKey } from '../../../ports/objects.ts'
import { type CheckpointNote, readCheckpoint, verifyCheckpoint } from '../../../transparency/checkpoint.ts'
import { parseVerifierKey, webCryptoEd25519 } from '../../../transparency/note.ts'
import { decodeBundle, tilePath, tileWidth, widthIn } from '../../../transparency/tiles.ts'
import { type ToldEntry, tellEntry } from '../../../web/log/entry-words.ts'
import { renderLog } from '../../../web/log/log-page.ts'
import type { App } from '../../context.ts'
import { publicCache } from '../public/cache.ts'
import { answerPage, languageOf } from './answer.ts'

const entriesShown = 20

/** Answers the page of the log. */
export async function answerLog(c: Context<App>): Promise<Response> {
  const { publicUrl } = c.var.ports.settings
  const [text, keys] = await Promise.all([textAt(c, logKey('checkpoint')), textAt(c, logVerifierKeysKey)])
  const verifierKeys = keys.split('\n').filter((line) => line !== '')
  const note = readCheckpoint(text)
  const view = {
    url: `${publicUrl}/log`,
    checkpoint: note === undefined ? null : { origin: note.origin, size: note.size, text },
    isSigned: await isSigned(text, verifierKeys),
    verifierKeys,
    entries: note === undefined ? [] : await newestEntries(c, note),
  }
  const page = renderLog(languageOf(c), view, new URL(c.req.url).search)
  return answerPage(c, page, c.req.query('lang') === undefined ? { cacheControl: headCache } : {})
}

/** The text of an object that may change; empty where there is none. */
async function textAt(c: Context<App>, key: string): Promise<string> {
  const bytes = await publicCache.read(c.var.ports.objects, key, false)
  return bytes === null ? '' : new TextDecoder().decode(bytes)
}

async function isSigned(checkpoint: string, verifierKeys: readonly string[]): Promise<boolean> {
  const keys = verifierKeys.map(parseVerifierKey).filter((key) => key !== undefined)
  return 'checkpoint' in (await verifyCheckpoint(checkpoint, keys, webCryptoEd25519(crypto.subtle)))
}

async function newestEntries(c: Context<App>, { size }: CheckpointNote): Promise<readonly ToldEntry[]> {
  const last = Math.max(0, Math.ceil(size / tileWidth) - 1)
  const wanted = size - last * tileWidth < entriesShown && last > 0 ? [last - 1, last] : [last]
  const told = await Promise.all(wanted.map((index) => entriesOf(c, index, widthIn(size, 0, index))))
  return told.flat().slice(-entriesShown).reverse()
}

/** A bundle's entries; none where it cannot be read, and fsck says why. */
async function entriesOf(c: Context<App>, index: number, width: number): Promise<readonly ToldEntry[]> {
  const key = logKey(tilePath({ level: 'entries', index, width }))
  const bytes = width === 0 ? null : await publicCache.read(c.var.ports.objects, key, true)
  const entries = bytes === null ? undefined : decodeBundle(bytes, width)
  const { publicUrl } = c.var.ports.settings
  return (entries ?? []).map((entry, at) =>
    tellEntry(index * tileWidth + at, new TextDecoder().decode(entry), publicUrl),
  )
}
