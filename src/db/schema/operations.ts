/** How the schedule fares: the one thing that its own work does not show, where nothing is left to do. */

import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { sweepNames } from '../../ports/measures.ts'
import { instant, listed } from './columns.ts'

/** One row for each part of the schedule. */
export const sweeps = pgTable(
  'sweeps',
  {
    name: text({ enum: sweepNames }).primaryKey(),
    succeededAt: instant('succeeded_at'),
    failedAt: instant('failed_at'),
    /** Since it last ended well. */
    failures: integer().notNull(),
  },
  (t) => [
    check('sweeps_name_check', sql`${t.name} in (${listed(sweepNames)})`),
    check('sweeps_failures_check', sql`${t.failures} >= 0`),
  ],
)
