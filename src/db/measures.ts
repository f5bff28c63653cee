/** What is unfinished, in one statement of small indexed queries; and how the schedule fares. */

import { type SQL, sql } from 'drizzle-orm'
import { credentialMoves as moveNames } from '../certification/credential-status.ts'
import { liveJobStates } from '../ports/jobs.ts'
import type {
  Measured,
  MeasureRepository,
  SweepName,
  SweepOutcome,
  SweepStanding,
  WitnessStanding,
} from '../ports/measures.ts'
import type { Db } from './database.ts'
import { accreditations } from './schema/accreditations.ts'
import { listed } from './schema/columns.ts'
import { credentials } from './schema/credentials.ts'
import { jobs } from './schema/jobs.ts'
import { log, logEntries, logWitnesses } from './schema/log.ts'
import { sweeps } from './schema/operations.ts'
import { credentialMoves, statusEntries, statusLists } from './schema/status.ts'
import { bitOf } from './status.ts'

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

/** The first of instants; null where there are none. */
function oldest(column: SQL, from: SQL): SQL<Date | null> {
  return sql`(select to_json(min(${column})) #>> '{}' from ${from})`.mapWith(instantOf)
}

function count(from: SQL): SQL<number> {
  return sql`(select count(*) from ${from})`.mapWith(Number)
}

/** Moves that change a bit of suspension; the others change one of revocation. */
const suspensionMoves = moveNames.filter((move) => bitOf[move].purpose === 'suspension')

/**
 * Of each list that is behind, the oldest move that it does not show. Every move adds one to the version of one list, so these are the
 * list's newest moves, as many as versions are missing: instants would not tell, since a list may be signed while a move is being made.
 */
const unpublishedMoves = sql`${statusLists} list
  cross join lateral (
    select move.at from ${statusEntries} place
    join ${credentialMoves} move on move.credential_id = place.credential_id
    where place.list_id = list.id
      and (move.move in (${listed(suspensionMoves)})) = (place.purpose = 'suspension')
    order by move.leaf_index desc limit list.version - greatest(list.published_version, 0)
  ) missing
  where list.published_version < list.version`

async function read(db: Db, now: Date): Promise<Measured> {
  const at = sql`${now.toISOString()}::timestamptz`
  const dueJobs = sql`${jobs} where state in (${listed(liveJobStates)}) and due_at <= ${at}`
  const pending = sql`${credentials} where state = 'pending'`
  const [row] = await db
    .select({
      logSize: log.size,
      logPublishedSize: log.publishedSize,
      logConfirmedSize: log.confirmedSize,
      oldestUnpublishedEntryAt: oldest(
        sql`appended_at`,
        sql`${logEntries} where leaf_index >= ${log.publishedSize}`,
      ),
      credentialsPublic: count(sql`${credentials} where state = 'public'`),
      credentialsPending: count(pending),
      oldestPendingCredentialAt: oldest(sql`issued_at`, pending),
      credentialsUnconfirmed: count(sql`${credentials} where confirmed_at is null`),
      statusLists: count(sql`${statusLists}`),
      statusListsBehind: count(sql`${statusLists} where published_version < version`),
      oldestUnpublishedMoveAt: oldest(sql`missing.at`, unpublishedMoves),
      oldestStatusListAt: oldest(sql`coalesce(signed_at, created_at)`, sql`${statusLists}`),
      accreditationsUnconfirmed: count(sql`${accreditations} where confirmed_at is null`),
      jobsDue: count(dueJobs),
      oldestDueJobAt: oldest(sql`due_at`, dueJobs),
      witnesses: named(witnessed).mapWith((rows: NamedRow[]) => rows.map(witnessOf)),
      sweeps: named(sql`${sweeps}`).mapWith((rows: NamedRow[]) => rows.map(sweepOf)),
    })
    .from(log)
  if (row === undefined) throw new Error('the log has no row in Postgres')
  return row
}

/** A row as `json_agg` gives it. */
type NamedRow = Readonly<Record<string, unknown>> & { readonly name: string }

/** Few rows, as one value. */
function named(from: SQL): SQL {
  return sql`(select coalesce(json_agg(t order by name), '[]') from ${from} t)`
}

/** What a witness has cosigned is a size, so the entry at that place is the first that it has not. */
const witnessed = sql`(
  select witness.name, entry.appended_at owes_since from ${logWitnesses} witness
  left join ${logEntries} entry on entry.leaf_index = witness.size and entry.leaf_index < ${log.publishedSize}
)`

function witnessOf({ name, owes_since }: NamedRow): WitnessStanding {
  return { name, owesSince: instantOf(owes_since) }
}

function sweepOf({ name, succeeded_at, failures }: NamedRow): SweepStanding {
  return { name: name as SweepName, succeededAt: instantOf(succeeded_at), failures: Number(failures) }
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
