/** What is unfinished, in one statement of small indexed queries; and how the schedule fares. */

import { sql } from 'drizzle-orm'
import { liveJobStates } from '../ports/jobs.ts'
import type { Measured, MeasureRepository, SweepOutcome } from '../ports/measures.ts'
import type { Db } from './database.ts'
import { accreditations } from './schema/accreditations.ts'
import { listed } from './schema/columns.ts'
import { credentials } from './schema/credentials.ts'
import { jobs } from './schema/jobs.ts'
import { log, logEntries, logWitnesses } from './schema/log.ts'
import { sweeps } from './schema/operations.ts'
import { credentialMoves, statusEntries, statusLists } from './schema/status.ts'

/** The measures of one database session. */
export function measureRepository(db: Db): MeasureRepository {
  return {
    read: (now) => read(db, now),
    keepSweeps: (outcomes, at) => keepSweeps(db, outcomes, at),
  }
}

/** Instants come as text: drivers turn `timestamptz` of a bare expression into a date in ways of their own. */
function instantOf(value: unknown): Date | null {
  return value === null ? null : new Date(String(value))
}

const oldest = (column: unknown) => sql`to_json(min(${column})) #>> '{}'`

/** Of moves since the list was signed: what an earlier move did is shown. */
const oldestUnpublishedMove = sql`
  select ${oldest(sql`move.at`)} from ${statusLists} list
  join ${statusEntries} place on place.list_id = list.id
  join ${credentialMoves} move on move.credential_id = place.credential_id
  where list.published_version < list.version and (list.signed_at is null or move.at > list.signed_at)`

async function read(db: Db, now: Date): Promise<Measured> {
  const at = sql`${now.toISOString()}::timestamptz`
  const isDue = sql`state in (${listed(liveJobStates)}) and due_at <= ${at}`
  const [row] = await db
    .select({
      logSize: log.size,
      logPublishedSize: log.publishedSize,
      logConfirmedSize: log.confirmedSize,
      oldestUnpublishedEntry: sql`(select ${oldest(sql`appended_at`)} from ${logEntries} where leaf_index >= ${log.publishedSize})`,
      credentialsPublic: count(sql`${credentials} where state = 'public'`),
      credentialsPending: count(sql`${credentials} where state = 'pending'`),
      oldestPendingCredential: sql`(select ${oldest(sql`issued_at`)} from ${credentials} where state = 'pending')`,
      credentialsUnconfirmed: count(sql`${credentials} where confirmed_at is null`),
      statusLists: count(sql`${statusLists}`),
      statusListsBehind: count(sql`${statusLists} where published_version < version`),
      oldestUnpublishedMove: sql`(${oldestUnpublishedMove})`,
      oldestStatusList: sql`(select ${oldest(sql`signed_at`)} from ${statusLists})`,
      firstStatusListExpires: sql`(select ${oldest(sql`expires_at`)} from ${statusLists})`,
      accreditationsUnconfirmed: count(sql`${accreditations} where confirmed_at is null`),
      jobsDue: count(sql`${jobs} where ${isDue}`),
      oldestDueJob: sql`(select ${oldest(sql`due_at`)} from ${jobs} where ${isDue})`,
      witnesses: sql<NamedRow[]>`(select coalesce(json_agg(w order by name), '[]') from ${logWitnesses} w)`,
      sweeps: sql<NamedRow[]>`(select coalesce(json_agg(s order by name), '[]') from ${sweeps} s)`,
    })
    .from(log)
  if (row === undefined) throw new Error('the log has no row in Postgres')
  return measuredOf(row)
}

const count = (from: unknown) => sql<number>`(select count(*) from ${from})`.mapWith(Number)

/** A row as `json_agg` gives it. */
type NamedRow = Readonly<Record<string, unknown>> & { readonly name: string }

type Row = Pick<
  Measured,
  | 'logSize'
  | 'logPublishedSize'
  | 'logConfirmedSize'
  | 'credentialsPublic'
  | 'credentialsPending'
  | 'credentialsUnconfirmed'
  | 'statusLists'
  | 'statusListsBehind'
  | 'accreditationsUnconfirmed'
  | 'jobsDue'
> & {
  readonly oldestUnpublishedEntry: unknown
  readonly oldestPendingCredential: unknown
  readonly oldestUnpublishedMove: unknown
  readonly oldestStatusList: unknown
  readonly firstStatusListExpires: unknown
  readonly oldestDueJob: unknown
  readonly witnesses: readonly NamedRow[]
  readonly sweeps: readonly NamedRow[]
}

function measuredOf(row: Row): Measured {
  const {
    oldestUnpublishedEntry,
    oldestPendingCredential,
    oldestUnpublishedMove: oldestMove,
    oldestStatusList,
    firstStatusListExpires,
    oldestDueJob,
    ...counts
  } = row
  return {
    ...counts,
    oldestUnpublishedEntryAt: instantOf(oldestUnpublishedEntry),
    oldestPendingCredentialAt: instantOf(oldestPendingCredential),
    oldestUnpublishedMoveAt: instantOf(oldestMove),
    oldestStatusListAt: instantOf(oldestStatusList),
    firstStatusListExpiresAt: instantOf(firstStatusListExpires),
    oldestDueJobAt: instantOf(oldestDueJob),
    witnesses: row.witnesses.map(({ name, size, cosigned_at }) => ({
      name,
      size: Number(size),
      cosignedAt: new Date(String(cosigned_at)),
    })),
    sweeps: row.sweeps.map(({ name, succeeded_at, failures }) => ({
      name: name as Measured['sweeps'][number]['name'],
      succeededAt: instantOf(succeeded_at),
      failures: Number(failures),
    })),
  }
}

/** Two servers that sweep in the same minute: the later word stands. */
async function keepSweeps(db: Db, outcomes: readonly SweepOutcome[], at: Date): Promise<void> {
  await db
    .insert(sweeps)
    .values(
      outcomes.map(({ name, succeeded }) => ({
        name,
        succeededAt: succeeded ? at : null,
        failedAt: succeeded ? null : at,
        failures: succeeded ? 0 : 1,
      })),
    )
    .onConflictDoUpdate({
      target: sweeps.name,
      set: {
        succeededAt: sql`coalesce(excluded.succeeded_at, ${sweeps.succeededAt})`,
        failedAt: sql`coalesce(excluded.failed_at, ${sweeps.failedAt})`,
        failures: sql`case when excluded.failures = 0 then 0 else ${sweeps.failures} + 1 end`,
      },
    })
}
