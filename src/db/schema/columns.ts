/** What columns and checks of several tables are written with. */

import { sql } from 'drizzle-orm'
import { timestamp } from 'drizzle-orm/pg-core'

/** A point in time, in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** `'a', 'b'` for a check constraint. */
export const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))
