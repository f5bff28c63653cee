/**
 * Everything that issuing and moving needs, on real rows in a fresh database and a store with faults: two decided engagements of one
 * body, a clock set by hand, and chance that begins anew with each process, so that a retry draws what the killed one drew.
 */

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { publishBodyKeys, publishLogKeys } from '../../src/actions/keys/publish-keys.ts'
import { publishLog } from '../../src/actions/log/publish-log.ts'
import { schemeDigest } from '../../src/certification/scheme.ts'
import { accreditationRepository } from '../../src/db/accreditations.ts'
import { competenceRepository } from '../../src/db/competences.ts'
import { credentialRepository } from '../../src/db/credentials.ts'
import type { Db } from '../../src/db/database.ts'
import { engagementRepository } from '../../src/db/engagements.ts'
import { keyStore } from '../../src/db/keys.ts'
import { logRepository } from '../../src/db/log.ts'
import { publicRows } from '../../src/db/public-rows.ts'
import { statusRepository } from '../../src/db/status.ts'
import type { Actor, Ports } from '../../src/ports.ts'
import { recordKey, revisionKey } from '../../src/record/manifest.ts'
import { keyActs } from '../../src/signing/key-acts.ts'
import { newKeyCache, signingKeys } from '../../src/signing/keys.ts'
import { logSigner } from '../../src/signing/log-signer.ts'
import { record, revision, scheme } from '../credential/example.ts'
import { FaultyStore } from '../harness/faults.ts'
import { startFreshDatabase } from './fresh-database.ts'

export const publicUrl = 'https://egret.test'
const settings: Ports['settings'] = {
  publicUrl,
  engine: { version: '0.1.0', digest: `sha256:${'0'.repeat(64)}` },
  tokenSeconds: 900,
  statusSeconds: 900,
}

/** A UUID of a name: the same each time. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const engagementIds = { certificate: idOf('engagement a'), statement: idOf('engagement b') }

/** The body's decision maker. */
export const decider: Actor = {
  clientId: idOf('client'),
  organizationId: idOf('body'),
  organizationKind: 'certification-body',
  memberId: idOf('member'),
  personId: idOf('decider'),
  scopes: ['engagements:write'],
}

export interface IssuingSystem {
  readonly db: Db
  readonly store: FaultyStore
  readonly isOneSession: boolean
  readonly notices: Readonly<Record<string, unknown>>[]
  /** The ports of a process that begins now: its chance begins anew, and its ids too, or those of that name. */
  begin(ids?: string): Ports
  /** Sets the clock, in seconds after the beginning. */
  at(seconds: number): void
  /** As it was before anything was issued. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** Starts the database that `EGRET_DB` asks for. */
export async function startIssuingSystem(): Promise<IssuingSystem> {
  const { db, isOneSession, stop } = await startFreshDatabase()
  return { ...(await openIssuingSystem(db, isOneSession)), stop }
}

const beginning = Date.parse('2026-11-26T00:00:00Z')

async function openIssuingSystem(db: Db, isOneSession: boolean): Promise<Omit<IssuingSystem, 'stop'>> {
  let now = beginning
  const store = new FaultyStore()
  const notices: Readonly<Record<string, unknown>>[] = []
  const keyCache = newKeyCache()
  const ring = { activeId: 'test', keys: { test: new Uint8Array(32).fill(3) } }
  const begin = (ids = ''): Ports => {
    const world = worldOf(() => new Date(now), ids)
    const keyParts = {
      store: keyStore(db),
      ring,
      world,
      cache: keyCache,
      algorithm: 'EdDSA' as const,
      origin: publicUrl,
      signerHosts: [],
    }
    return {
      settings,
      world,
      objects: store,
      engagements: engagementRepository(db),
      credentials: credentialRepository(db),
      accreditations: accreditationRepository(db),
      competences: competenceRepository(db),
      status: statusRepository(db),
      log: logRepository(db),
      logSigner: logSigner(keyParts, publicUrl),
      keys: signingKeys(keyParts),
      keyActs: keyActs(keyParts),
      publicRows: publicRows(db),
      witnesses: { witnesses: [], ask: async () => ({ refused: 'unknown' }) },
      registry: { loadScheme: async () => ({ body: scheme }) },
      notices: {
        tell: (level: string, name: string, facts: object) =>
          void notices.push({ level, message: name, ...facts }),
      },
    } as unknown as Ports
  }
  await standUp(db, begin())
  await forgetLeaves(db)
  const standing = { ...(await keptRows(db)) }
  return {
    db,
    store,
    isOneSession,
    notices,
    begin,
    at: (seconds) => {
      now = beginning + seconds * 1000
    },
    reset: async () => {
      now = beginning
      notices.length = 0
      store.clear()
      await restore(db, standing)
      await putFrozen(begin())
      // What was told of keys stands in the log before anything is issued.
      await publishLog(begin())
    },
  }
}

/** Chance and ids that are the same for every process that begins. */
function worldOf(now: () => Date, ids: string): Ports['world'] {
  let drawn = 0
  // Two that are told apart by a word draw the same numbers and places.
  const seed = /^[0-9]*$/.test(ids) ? ids : ''
  const next = () => createHash('sha256').update(`draw ${seed} ${++drawn}`).digest()
  return {
    now,
    newId: () => idOf(`id ${ids} ${++drawn}`),
    randomBytes: (length) => new Uint8Array(Buffer.concat([next(), next()]).subarray(0, length)),
  }
}

async function putFrozen(ports: Ports): Promise<void> {
  const meta = { contentType: 'application/json' }
  await ports.objects.put('private', recordKey(record.digest), record.bytes, meta)
  await ports.objects.put('private', revisionKey(revision.digest), revision.bytes, meta)
  await publishLogKeys(ports)
  await publishBodyKeys(ports, { id: decider.organizationId, slug: 'green', did: null })
}

/** Parties, a submitted revision, and two engagements that were decided. */
async function standUp(db: Db, ports: Ports): Promise<void> {
  await ports.keys.ensureOwnKey('log')
  await ports.keys.ensureBodyKey(decider.organizationId, 'did:web:egret.test:bodies:green')
  const [client, responsible] = [idOf('enterprise'), idOf('responsible')]
  await db.execute(sql`insert into organizations (id, kind, slug, name_en, country, request_digest, created_at) values
    (${client}::uuid, 'enterprise', 'works', 'Example Ltd', 'DE', 'd', now()),
    (${decider.organizationId}::uuid, 'certification-body', 'green', 'Green Certification', 'DE', 'd', now())`)
  const people = ['responsible', 'lead', 'reviewer', 'decider']
  for (const name of people) {
    await db.execute(sql`insert into persons (id, name, identity_hash, request_digest, created_at)
      values (${idOf(name)}::uuid, ${name}, ${name}, 'd', now())`)
  }
  await db.execute(sql`insert into members (id, organization_id, person_id, roles, request_digest, created_at) values
    (${decider.memberId}::uuid, ${decider.organizationId}::uuid, ${decider.personId}::uuid, '{decision-maker}', 'd', now()),
    (${idOf('client member')}::uuid, ${client}::uuid, ${responsible}::uuid, '{responsible}', 'd', now())`)
  const party = { name: { en: 'Example Ltd', zh: null }, address: null, country: 'DE' }
  const nobody = { manufacturer: null, factory: null, intendedUsers: null, product: null }
  const definition = {
    ...{ title: 'Works', scheme: { id: scheme.id, version: scheme.version }, boundary: 'organization' },
    ...{ responsibleParty: party, ...nobody, sites: [], exclusions: [], productCategoryRules: null },
    calculation: {
      ...{ kind: 'organization', period: { start: '2025-01-01', end: '2026-01-01' }, factorTables: [] },
    },
  }
  const printed = { amount: '1', unit: 'kg' }
  const result = { parts: [{ part: 'scope-2', kgCo2e: '1' }], totalKgCo2e: '1', printed }
  for (const [at, id] of Object.values(engagementIds).entries()) {
    const own = idOf(`footprint ${at}`)
    await db.execute(sql`insert into footprints (id, organization_id, kind, state, version, definition, latest_revision,
        request_digest, created_at, updated_at)
      values (${own}::uuid, ${client}::uuid, 'organization', 'submitted', 1, ${JSON.stringify(definition)}::jsonb, 1, 'd', now(), now())`)
    await db.execute(sql`insert into revisions (id, footprint_id, organization_id, number, digest, record_digest, scheme_digest,
        line_count, definition, result, salt_key, declaration_digest, declaration_text, declared_by_member_id,
        declared_by_person_id, request_digest, submitted_at)
      values (${idOf(`revision ${at}`)}::uuid, ${own}::uuid, ${client}::uuid, 1, ${revision.digest}, ${record.digest},
        ${schemeDigest(scheme)}, 1, ${JSON.stringify(definition)}::jsonb, ${JSON.stringify(result)}::jsonb, 'k', 'd',
        '{"en":"x","zh":"x"}', ${idOf('client member')}::uuid, ${responsible}::uuid, 'd', now())`)
    await insertEngagement(db, {
      id,
      footprint: own,
      client,
      kind: at === 0 ? 'certificate' : 'verification-statement',
    })
  }
}

async function insertEngagement(
  db: Db,
  { id, footprint, client, kind }: { id: string; footprint: string; client: string; kind: string },
): Promise<void> {
  const at = '2026-11-25T00:00:00Z'
  const signedBy = (name: string) => ({ personId: idOf(name), personName: name, at })
  const parts = [{ part: 'scope-2', assurance: 'reasonable' }]
  const json = (value: object) => sql`${JSON.stringify(value)}::jsonb`
  await db.execute(sql`insert into engagements (id, footprint_id, client_organization_id, body_organization_id, scheme_id,
      scheme_version, scheme_digest, document_kind, state, version, first_revision, revision_number, finding_count,
      contract_review, proposal, review, decision, request_digest, created_at, updated_at)
    values (${id}::uuid, ${footprint}::uuid, ${client}::uuid, ${decider.organizationId}::uuid, ${scheme.id}, ${scheme.version},
      ${schemeDigest(scheme)}, ${kind}, 'decided', 5, 1, 1, 0,
      ${json({ parts: [{ ...parts[0], materiality: '0.05' }], criteria: ['ISO 14064-1:2018'], ...signedBy('lead') })},
      ${json({ opinion: 'unmodified', parts, rationale: 'x', ...signedBy('lead') })},
      ${json({ notes: 'x', ...signedBy('reviewer') })},
      ${json({ outcome: 'granted', reason: 'x', ...signedBy('decider') })}, 'd', now(), now())`)
  const roles = [
    ['responsible', 'client', 'preparer'],
    ['responsible', 'client', 'responsible'],
    ['lead', 'team', 'lead-verifier'],
    ['reviewer', 'decision', 'reviewer'],
    ['decider', 'decision', 'decision-maker'],
  ] as const
  for (const [name, side, role] of roles) {
    await db.execute(sql`insert into engagement_persons (engagement_id, person_id, side)
      values (${id}::uuid, ${idOf(name)}::uuid, ${side}) on conflict do nothing`)
    await db.execute(sql`insert into engagement_roles (engagement_id, person_id, side, role, since)
      values (${id}::uuid, ${idOf(name)}::uuid, ${side}, ${role}, ${at}::timestamptz)`)
  }
}

/** Rows that issuing and moving change, as they stood. */
type Kept = Readonly<Record<string, readonly unknown[]>>
const changed = ['engagements', 'log', 'log_entries'] as const
const filled = [
  'log_subtrees',
  'credentials',
  'status_lists',
  'status_entries',
  'credential_moves',
  'audit',
  'trail_entries',
  'trail_chains',
] as const

/** Keys have leaves of their own: the log begins with what is issued, so that every run has the same tiles. */
async function forgetLeaves(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`delete from log_entries`)
    await tx.execute(sql`update log set size = 0`)
  })
}

async function keptRows(db: Db): Promise<Kept> {
  const kept: Record<string, readonly unknown[]> = {}
  for (const table of changed) {
    const found = await db.execute(sql`select to_jsonb(kept) as row from ${sql.identifier(table)} kept`)
    kept[table] = (found as unknown as { rows: { row: unknown }[] }).rows.map(({ row }) => row)
  }
  return kept
}

/** Past the triggers that keep everything for ever. */
async function restore(db: Db, kept: Kept): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const table of filled) await tx.execute(sql`delete from ${sql.identifier(table)}`)
    for (const table of changed) {
      const name = sql.identifier(table)
      await tx.execute(sql`delete from ${name}`)
      await tx.execute(
        sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${JSON.stringify(kept[table])}::jsonb)`,
      )
    }
  })
}
