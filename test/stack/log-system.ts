/** A log of its own: real rows in a fresh database, a real signing key, a store with faults, and a clock that is set by hand. */

import { sql } from 'drizzle-orm'
import type { LogPublisher } from '../../src/actions/log/publish-turn.ts'
import type { Db } from '../../src/db/database.ts'
import { keyStore } from '../../src/db/keys.ts'
import { logRepository } from '../../src/db/log.ts'
import type { NewLogEntry, Witnesses } from '../../src/ports/log.ts'
import type { Ports } from '../../src/ports.ts'
import { newKeyCache, signingKeys } from '../../src/signing/keys.ts'
import { logSigner } from '../../src/signing/log-signer.ts'
import { FaultyStore } from '../harness/faults.ts'
import { startFreshDatabase } from './fresh-database.ts'

export const publicUrl = 'https://egret.test'

/** What a test of the log works with. */
export interface LogSystem {
  readonly isOneSession: boolean
  readonly db: Db
  /** Notices that were told since the last {@link LogSystem.reset}. */
  readonly notices: Readonly<Record<string, unknown>>[]
  readonly ports: LogPublisher
  readonly store: FaultyStore
  /** Moves the clock. */
  wait(seconds: number): void
  /** An empty log and an empty store. */
  reset(): Promise<void>
  witness(witnesses: Witnesses): void
  stop(): Promise<void>
}

/** Starts the database that `EGRET_DB` asks for. */
export async function startLogSystem(): Promise<LogSystem> {
  const { db, isOneSession, stop } = await startFreshDatabase()
  return { ...(await openLogSystem(db, isOneSession)), stop }
}

async function openLogSystem(db: Db, isOneSession: boolean): Promise<Omit<LogSystem, 'stop'>> {
  let now = Date.parse('2026-11-26T00:00:00Z')
  let witnesses: Witnesses = { witnesses: [], ask: async () => ({ refused: 'unknown' }) }
  const world: Ports['world'] = {
    now: () => new Date(now),
    newId: () => crypto.randomUUID(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
  const keyParts = {
    store: keyStore(db),
    ring: { activeId: 'test', keys: { test: world.randomBytes(32) as Uint8Array<ArrayBuffer> } },
    world,
    cache: newKeyCache(),
    algorithm: 'EdDSA' as const,
    origin: publicUrl,
    signerHosts: [],
  }
  await signingKeys(keyParts).ensureOwnKey('log')
  const store = new FaultyStore()
  const notices: Readonly<Record<string, unknown>>[] = []
  const ports: LogPublisher = {
    log: logRepository(db),
    logSigner: logSigner(keyParts, publicUrl),
    objects: store,
    get witnesses() {
      return witnesses
    },
    world,
    notices: { tell: (level, name, facts) => void notices.push({ level, message: name, ...facts }) },
  }
  return {
    isOneSession,
    db,
    notices,
    ports,
    store,
    wait: (seconds) => {
      now += seconds * 1000
    },
    witness: (given) => {
      witnesses = given
    },
    reset: async () => {
      await emptyLog(db)
      store.clear()
      notices.length = 0
      witnesses = { witnesses: [], ask: async () => ({ refused: 'unknown' }) }
    },
  }
}

/** Past the triggers that keep everything for ever. */
async function emptyLog(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`truncate log_entries, log_subtrees, log_witnesses, credentials cascade`)
    await tx.execute(sql`update log set size = 0, published_size = 0, confirmed_size = 0, checkpoint = null,
      published_at = null, turn_token = null, turn_until = null`)
  })
}

/** An entry that stands alone. */
export function entry(subject: string): NewLogEntry {
  return { subject: `test:${subject}`, type: 'engine', body: JSON.stringify({ subject }) }
}

/** Appends entries named by their number, from the next on. */
export async function appendMany({ ports }: Pick<LogSystem, 'ports'>, count: number): Promise<void> {
  const { size } = await ports.log.head()
  for (let at = 0; at < count; at += 1) await ports.log.append(entry(String(size + at)), ports.world.now())
}

/** Appends many at once, past the statements that are being tested. */
export async function appendInBulk({ db }: Pick<LogSystem, 'db'>, count: number): Promise<void> {
  await db.execute(sql`with grown as (update log set size = size + ${count} returning size - ${count} as first)
    insert into log_entries (leaf_index, subject, type, body, appended_at)
    select first + n, 'bulk:' || (first + n), 'engine', '{"n":' || (first + n) || '}', now()
    from grown, generate_series(0, ${count}::int - 1) n`)
}

/** Appends a pending credential with its entry, as issuing leaves it. */
export async function appendCredential(
  { db, ports }: Pick<LogSystem, 'db' | 'ports'>,
  id: string,
): Promise<number> {
  const { leafIndex } = await ports.log.append(entry(`credential:${id}`), ports.world.now())
  await db.execute(sql`insert into credentials (id, number, engagement_id, body_organization_id, client_organization_id,
      document_kind, jwt, digest, kid, face, leaf_index, status, move_count, status_at, pseudonym_salt, state, issued_at)
    values (${id}::uuid, ${id}, ${id}::uuid, ${id}::uuid, ${id}::uuid, 'certificate', ${`jwt.of.${id}`}, 'd', 'k', '{}',
      ${leafIndex}, 'active', 0, now(), 'AA', 'pending', now())`)
  return leafIndex
}
