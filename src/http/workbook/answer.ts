/** A workbook as it is answered: a file to download, under a name of its own. */

import type { Bilingual } from '../../web/language.ts'
import { workbookType } from '../activity-data.ts'

/** The schema of bytes that no schema describes. */
export const binary = { type: 'string', format: 'binary' } as const

/** Of a route that answers or takes a workbook. */
export const workbookContent = { [workbookType]: { schema: binary } }

/** For whoever asked alone: what it says is an organization's own. */
export const privately = { 'cache-control': 'private, no-store' } as const
/** Templates are the same for everyone. */
export const forAnHour = { 'cache-control': 'public, max-age=3600' } as const

/** @param name in ASCII; or in the reader's language, beside an English one for whatever reads no other (RFC 6266). */
export function workbookAnswer(
  bytes: Uint8Array,
  name: string | Bilingual,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(bytes.slice(), {
    headers: {
      'content-type': workbookType,
      'content-disposition': `attachment; ${named(name)}`,
      ...headers,
    },
  })
}

function named(name: string | Bilingual): string {
  if (typeof name === 'string') return `filename="${name}"`
  return `filename="${name.en}"; filename*=UTF-8''${encodeURIComponent(name.zh)}`
}
