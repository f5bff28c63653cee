/** The one type of database that repositories know: Drizzle over Postgres, whichever driver carries it. */

import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

export type Db = PgDatabase<PgQueryResultHKT>
