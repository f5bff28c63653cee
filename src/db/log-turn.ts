/**
 * The turn to publish: who has it, and what its holder needs to go on from. An append may take it in its own statement, so that a
 * deed is public after one statement more.
 *
 * Moving the log's row may wait for another who moves it, and then sees the row as it is by now, but every other row as it was
 * when the statement began. So what was read beside the row is used only where the row had not moved meanwhile.
 */

import { type SQL, sql } from 'drizzle-orm'
import {
  batchMax,
  type Leaf,
  type LogTurn,
  type NewLogEntry,
  type WaitingCredential,
  type WantedTurn,
} from '../ports/log.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { entryAt, givenIndex, guarded } from './log-append.ts'
import { credentials } from './schema/credentials.ts'
import { signingKeys } from './schema/keys.ts'
import { log, logEntries, logSubtrees, logWitnesses } from './schema/log.ts'

/** The turn's facts as one JSON value of a row. */
export interface TurnState {
  readonly size: number
  readonly publishedSize: number
  readonly confirmedSize: number
  readonly checkpoint: string | null
  readonly publishedAt: string | null
  readonly leaves: readonly Leaf[]
  readonly edge: LogTurn['edge']
  readonly waiting: readonly WaitingCredential[]
  readonly witnessed: LogTurn['witnessed']
  readonly logKid: string | null
}

/** That nobody has the turn at an instant. */
function isFree(at: Date): SQL {
  return sql`(${log.turnToken} is null or ${log.turnUntil} < ${at.toISOString()}::timestamptz)`
}

/** That the log's row is what it was when the statement began: then what the statement reads of other tables belongs to it. */
const isAsItWas = sql`(${log.size}, ${log.publishedSize}) = (select seen.size, seen.published_size from ${log} seen)`

/**
 * As `appendAfter`, and takes the turn where it is free, nothing was appended meanwhile, and what waits is one batch. Put `head`
 * and `entry` into `with` after the guard and `turn` last, left-join `turn` on `true`, and read its `state` with
 * {@link turnAfterAppend}.
 */
export function appendTakingTurn(db: Db, guard: string, entry: NewLogEntry, wanted: WantedTurn) {
  const takes = sql`(${isFree(wanted.at)} and ${isAsItWas} and ${log.size} - ${log.publishedSize} < ${batchMax})`
  const head = db.$with('log_head').as(
    db
      .update(log)
      .set({
        size: sql`${log.size} + 1`,
        turnToken: sql`case when ${takes} then ${wanted.token}::uuid else ${log.turnToken} end`,
        turnUntil: sql`case when ${takes} then ${wanted.until.toISOString()}::timestamptz else ${log.turnUntil} end`,
      })
      .where(guarded(guard))
      .returning({ leafIndex: givenIndex, ...headColumns }),
  )
  const turn = db.$with('log_turn').as(
    db
      .select({ state: stateOf('log_head').as('turn_state') })
      .from(head)
      .where(sql`log_head.turn_token = ${wanted.token}::uuid`),
  )
  return { head, entry: entryAt(db, entry, wanted.at), turn }
}

/**
 * The turn that an append took, with the append's own leaf, and its credential where it told of one: the statement that inserts
 * rows does not see them. Null where it took none: then `takeTurn` does, when it is this one's.
 */
export function turnAfterAppend(
  wanted: WantedTurn,
  state: TurnState | null,
  own: { readonly leaf: Leaf; readonly credential?: WaitingCredential },
): LogTurn | null {
  if (state === null) return null
  const whole = {
    ...state,
    leaves: [...state.leaves, own.leaf],
    waiting: own.credential === undefined ? state.waiting : [...state.waiting, own.credential],
  }
  // The deed is done, whatever is wrong with the log; whoever takes the next turn says what.
  return hasAllLeaves(whole) ? turnOf(wanted, whole) : null
}

/** Takes a free turn where something waits, or always with `idle`. */
export async function takeTurn(db: Db, wanted: WantedTurn, idle?: 'idle'): Promise<LogTurn | null> {
  const waits = idle ? sql`true` : sql`${log.size} > ${log.publishedSize}`
  const head = db.$with('log_head').as(
    db
      .update(log)
      .set({ turnToken: wanted.token, turnUntil: wanted.until })
      .where(sql`${isFree(wanted.at)} and ${waits}`)
      .returning({ ...headColumns, isWhole: sql<boolean>`${isAsItWas}`.as('is_whole') }),
  )
  const [taken] = await db
    .with(head)
    .select({ state: stateOf('log_head'), isWhole: head.isWhole })
    .from(head)
  if (taken === undefined) return null
  return turnOf(wanted, taken.isWhole ? taken.state : await readState(db))
}

/** The state as of one moment; while the turn is held nobody moves what is published. */
async function readState(db: Db): Promise<TurnState> {
  const [row] = await db.select({ state: stateOf('log') }).from(log)
  if (row === undefined) throw new Problem('log-inconsistent', 'The log has no row in Postgres.')
  return row.state
}

/** Columns of the log's row under their own names. */
const headColumns = {
  size: sql<number>`${log.size}`.as('size'),
  publishedSize: sql<number>`${log.publishedSize}`.as('published_size'),
  confirmedSize: sql<number>`${log.confirmedSize}`.as('confirmed_size'),
  checkpoint: sql<string | null>`${log.checkpoint}`.as('checkpoint'),
  publishedAt: sql<Date | null>`${log.publishedAt}`.as('published_at'),
  turnToken: sql<string | null>`${log.turnToken}`.as('turn_token'),
}

/**
 * What a turn needs, as one JSON value beside the log's row, which stands under `source`: the leaves from the beginning of the
 * tile that is published in part, the hashes of each level's last tile (of `level`, those from the last multiple of 256 on),
 * and what waits.
 */
function stateOf(source: 'log_head' | 'log'): SQL<TurnState> {
  const head = sql.identifier(source)
  const end = sql`${head}.published_size + ${batchMax}`
  return sql<TurnState>`jsonb_build_object(
    'size', ${head}.size,
    'publishedSize', ${head}.published_size,
    'confirmedSize', ${head}.confirmed_size,
    'checkpoint', ${head}.checkpoint,
    'publishedAt', ${head}.published_at,
    'leaves', (
      select coalesce(jsonb_agg(jsonb_build_object('leafIndex', leaf_index, 'type', type, 'body', body) order by leaf_index), '[]')
      from ${logEntries} where leaf_index >= (${head}.published_size >> 8) << 8 and leaf_index < ${end}),
    'edge', (
      select coalesce(jsonb_agg(jsonb_build_object('level', full_tile.level, 'index', full_tile.index, 'hash', full_tile.hash)
        order by full_tile.level, full_tile.index), '[]')
      from generate_series(1, 6) as height (level)
      join ${logSubtrees} full_tile on full_tile.level = height.level
        and full_tile.index >= (${head}.published_size >> (8 * (height.level + 1))) << 8),
    'waiting', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'jwt', jwt, 'leafIndex', leaf_index) order by leaf_index), '[]')
      from ${credentials} where state = 'pending' and leaf_index >= ${head}.published_size and leaf_index < ${end}),
    'logKid', (select kid from ${signingKeys} where purpose = 'log' and retired_at is null),
    'witnessed', (select coalesce(jsonb_object_agg(name, witness.size), '{}') from ${logWitnesses} witness)
  )`
}

/** @throws Problem `log-inconsistent` where leaves below the size are missing. */
function turnOf({ token, until }: WantedTurn, state: TurnState): LogTurn {
  const { leaves, edge, waiting, witnessed, logKid, publishedAt: at, ...head } = state
  if (!hasAllLeaves(state)) {
    const detail = 'Leaves of the log that have an index are missing in Postgres.'
    throw new Problem('log-inconsistent', detail, { ...leavesOf(state), found: leaves.length })
  }
  const publishedAt = at === null ? null : new Date(at)
  return { token, until, head: { ...head, publishedAt }, leaves, edge, waiting, witnessed, logKid }
}

/** Which leaves a turn works on, without `to`. */
function leavesOf({ size, publishedSize }: TurnState): { readonly from: number; readonly to: number } {
  return { from: Math.floor(publishedSize / 256) * 256, to: Math.min(size, publishedSize + batchMax) }
}

function hasAllLeaves(state: TurnState): boolean {
  const { from, to } = leavesOf(state)
  return (
    state.leaves.length === to - from && state.leaves.every(({ leafIndex }, at) => leafIndex === from + at)
  )
}
