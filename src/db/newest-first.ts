/** Keyset pages of rows, newest first: the cursor is the last row's instant and id, so that a page never skips or repeats. */

import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { Problem } from '../problem.ts'

/** From the year 1 on: PostgreSQL has no year 0. */
const cursorForm =
  /^((?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The order of such a list. */
export function newestFirst(createdAt: PgColumn, id: PgColumn): SQL[] {
  return [desc(createdAt), desc(id)]
}

/** Rows after a cursor. @throws Problem `invalid-request` for a cursor that no page handed out. */
export function afterCursor(createdAt: PgColumn, id: PgColumn, cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined
  const [, instant = '', lastId = ''] = cursorForm.exec(cursor) ?? []
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) {
    throw new Problem('invalid-request', 'Take the cursor from the Link header of the page before.', {
      in: 'query',
      pointer: '/after',
    })
  }
  return or(lt(createdAt, at), and(eq(createdAt, at), lt(id, lastId)))
}
