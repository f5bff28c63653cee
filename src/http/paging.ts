/** Keyset pages on the wire: a full page carries the link to the next (RFC 8288). */

import type { Context } from 'hono'
import type { Page } from '../ports/parties.ts'
import type { App } from './context.ts'

/** Reads one row more than asked for, so that the last page carries no link. */
export function pageOf(query: { limit: number; after?: string | undefined }): Page {
  return { limit: query.limit + 1, after: query.after ?? null }
}

/** The cursor of a list that is newest first: the last row's instant and id, as `db/newest-first.ts` reads it. */
export function newestFirstCursor(at: Date, id: string): string {
  return `${at.toISOString()}_${id}`
}

/** Cuts the surplus row and sets `Link` when there is one. */
export function answerPage<Row>(
  c: Context<App>,
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => string,
): readonly Row[] {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  if (rows.length > limit && last !== undefined) {
    const next = new URL(c.req.url)
    next.searchParams.set('after', cursor(last))
    c.header('link', `<${c.var.ports.settings.publicUrl}${next.pathname}${next.search}>; rel="next"`)
  }
  return shown
}
