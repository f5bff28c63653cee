/**
 * What the database itself refuses of documents, places, moves and leaves, whatever way it is tried: by a hand that writes SQL past
 * every rule. Each attempt is a transaction of its own that leaves nothing behind.
 */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import { type Body, body, type Enterprise, engagementIn, enterprise, move } from '../http/cast.ts'

let database: OpenDatabase
let client: Enterprise
let certifier: Body
let id: string
let other: string
/** A statement cannot be suspended; this can. */
let certificateId: string

async function issued(wanted: { documentKind?: 'certificate' } = {}): Promise<string> {
  const answer = await move(
    certifier.decider.token,
    await engagementIn('decided', client, certifier, wanted),
    'credential',
  )
  expect([answer.status, answer.body.state], JSON.stringify(answer.body)).toEqual([201, 'public'])
  return answer.body.id
}

beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  id = await issued()
  other = await issued()
  certificateId = await issued({ documentKind: 'certificate' })
}, 60_000)
afterAll(() => database.close())

const goesThrough = new Error('goes through')

/** The constraint that refuses the last of the statements after those before it; null where all go through. */
async function refusedBy(...statements: readonly SQL[]): Promise<string | null> {
  try {
    await database.db.transaction(async (transaction) => {
      for (const statement of statements) await transaction.execute(statement)
      throw goesThrough
    })
  } catch (thrown) {
    return thrown === goesThrough ? null : (brokenConstraint(thrown) ?? String(thrown))
  }
  return null
}

const document = (set: SQL) => sql`update credentials set ${set} where id = ${id}`
const place = (set: SQL) => sql`update status_entries set ${set} where credential_id = ${id}`
/** A move written by hand; its leaf is one that the log will not reach. */
const moved = (number: number, leafIndex = 9e15) => sql`insert into credential_moves
  (id, credential_id, number, move, reason_class, effective_at, person_id, at, leaf_index, request_digest) values
  (gen_random_uuid(), ${id}, ${number}, 'withdraw', 'nonconformity', now(), ${certifier.decider.personId}, now(),
    ${leafIndex}, 'sha256:0')`

describe('an issued document', () => {
  test('never changes in what was signed, or in what is shown of it', async () => {
    const changes = [
      sql`jwt = jwt || 'x'`,
      sql`digest = 'sha256:0'`,
      sql`number = 'EGRET-2026-0000-0000'`,
      sql`kid = 'another'`,
      sql`face = jsonb_set(face, '{opinion}', '"unmodified"') || '{"title": "another"}'`,
      sql`holder_code = 'another'`,
      sql`leaf_index = leaf_index + 1000000`,
      sql`issued_at = issued_at - interval '1 day'`,
      sql`body_organization_id = client_organization_id`,
    ]
    for (const change of changes) expect(await refusedBy(document(change))).toBe('credentials_frozen')
  })

  test('stays, stays public, and keeps its receipt', async () => {
    expect(await refusedBy(sql`delete from credentials where id = ${id}`)).toBe('credentials_permanent')
    expect(await refusedBy(sql`truncate credentials cascade`)).toMatch(/_permanent$|_frozen$/)
    expect(await refusedBy(document(sql`state = 'pending'`))).toBe('credentials_public')
    expect(await refusedBy(document(sql`receipt = 'another'`))).toBe('credentials_public')
    expect(await refusedBy(document(sql`receipt = null`))).toBe('credentials_public')
    const anew = (leaf: SQL) =>
      sql`receipt = replace(receipt, 'index ' || leaf_index, 'index ' || ${leaf}) || 'x'`
    expect(await refusedBy(document(anew(sql`leaf_index + 1`)))).toBe('credentials_public')
    const unseen = sql`${anew(sql`leaf_index`)}, confirmed_at = now()`
    expect(await refusedBy(document(unseen))).toBe('credentials_public')
    expect(await refusedBy(document(sql`${anew(sql`leaf_index`)}, confirmed_at = null`))).toBeNull()
  })

  test('that is withdrawn or cancelled stays so; a suspended one may return', async () => {
    for (const end of ['withdrawn', 'cancelled']) {
      for (const next of ['active', 'suspended', end === 'withdrawn' ? 'cancelled' : 'withdrawn']) {
        const changes = [document(sql`status = ${end}`), document(sql`status = ${next}`)]
        expect(await refusedBy(...changes), `${end} → ${next}`).toBe('credentials_status_final')
      }
    }
    const returning = [document(sql`status = 'suspended'`), document(sql`status = 'active'`)]
    expect(await refusedBy(...returning)).toBeNull()
    expect(await refusedBy(document(sql`move_count = move_count - 1`))).toBe('credentials_status_final')
    expect(await refusedBy(document(sql`status = 'perhaps'`))).toBe('credentials_status_check')
  })
})

describe('a place in a status list', () => {
  test('once revoked is so for good, while a suspension may end', async () => {
    const revoked = place(sql`is_set = true`)
    const undone = place(sql`is_set = false`)
    expect(await refusedBy(revoked, undone)).toBe('status_entries_revocation')
    const suspension = (isSet: boolean) => sql`update status_entries set is_set = ${isSet}
      where credential_id = ${certificateId} and purpose = 'suspension'`
    const isThere = sql`select 1 / count(*) from status_entries
      where credential_id = ${certificateId} and purpose = 'suspension'`
    expect(await refusedBy(isThere, suspension(true), suspension(false))).toBeNull()
  })

  test('stays taken, and by the same credential', async () => {
    expect(await refusedBy(place(sql`index = (index + 1) % 131072`))).toBe('status_entries_frozen')
    expect(await refusedBy(place(sql`purpose = 'suspension'`))).toBe('status_entries_frozen')
    expect(await refusedBy(place(sql`credential_id = ${other}`))).toBe('status_entries_frozen')
    const removed = sql`delete from status_entries where credential_id = ${id}`
    expect(await refusedBy(removed)).toBe('status_entries_permanent')
    expect(await refusedBy(sql`truncate status_entries`)).toBe('status_entries_permanent')
  })

  test('is no other credential’s, and each has one a purpose', async () => {
    const taken = (credentialId: string, index: SQL) => sql`insert into status_entries
      (list_id, index, credential_id, purpose, is_set)
      select list_id, ${index}, ${credentialId}, purpose, false from status_entries
      where credential_id = ${id} and purpose = 'revocation'`
    expect(await refusedBy(taken(other, sql`index`))).toBe('status_entries_pkey')
    expect(await refusedBy(taken(id, sql`(index + 1) % 131072`))).toBe('status_entries_credential_key')
    expect(await refusedBy(taken(other, sql`-1`))).toBe('status_entries_index_check')
  })

  test('goes with its list, which is never shorter than the fewest places that hide a number', async () => {
    const list = sql`(select list_id from status_entries where credential_id = ${id} limit 1)`
    expect(await refusedBy(sql`delete from status_lists where id = ${list}`)).toBe('status_entries_list_fk')
    const elsewhere = sql`insert into status_entries (list_id, index, credential_id, purpose, is_set)
      values (${list}, 0, ${id}, 'suspension', false)`
    expect(await refusedBy(elsewhere)).toBe('status_entries_list_fk')
    const short = sql`update status_lists set length = 131064 where id = ${list}`
    expect(await refusedBy(short)).toBe('status_lists_length_check')
    const ahead = sql`update status_lists set published_version = version + 1 where id = ${list}`
    expect(await refusedBy(ahead)).toBe('status_lists_version_check')
  })
})

describe('a move', () => {
  test('is made once, under a number and a leaf of its own', async () => {
    expect(await refusedBy(moved(1))).toBeNull()
    expect(await refusedBy(moved(1), moved(1, 9e15 - 1))).toBe('credential_moves_number_key')
    expect(await refusedBy(moved(1), moved(2))).toBe('credential_moves_leaf_key')
  })

  test('never changes and never goes', async () => {
    const changes = [
      sql`update credential_moves set reason_class = 'resolved' where credential_id = ${id}`,
      sql`update credential_moves set note = 'another' where credential_id = ${id}`,
      sql`delete from credential_moves where credential_id = ${id}`,
      sql`truncate credential_moves`,
    ]
    for (const change of changes) {
      expect(await refusedBy(moved(1), change)).toBe('credential_moves_frozen')
    }
  })
})

describe('what is recorded of a living document', () => {
  const recorded = (number = 1) => sql`insert into surveillances
    (id, credential_id, number, due_at, outcome, basis, person_id, done_at, request_digest) values
    (gen_random_uuid(), ${certificateId}, ${number}, now(), 'kept', 'Seen.', ${certifier.manager.personId}, now(), 'd')`
  const declared = () => sql`insert into credential_successions
    (id, engagement_id, credential_id, purpose, person_id, created_at, request_digest)
    select gen_random_uuid(), engagement_id, ${certificateId}, 'renewal', ${certifier.manager.personId}, now(), 'd'
    from credentials where id = ${other}`

  test.each(['surveillances', 'credential_successions'])('stays in %s as it was said', async (name) => {
    const [said, table] = [name === 'surveillances' ? recorded() : declared(), sql.identifier(name)]
    expect(await refusedBy(said)).toBeNull()
    const ofIt = sql`where credential_id = ${certificateId}`
    const set = name === 'surveillances' ? sql`outcome = 'failed'` : sql`purpose = 'change'`
    for (const change of [
      sql`update ${table} set ${set} ${ofIt}`,
      sql`delete from ${table} ${ofIt}`,
      sql`truncate ${table} cascade`,
    ]) {
      expect(await refusedBy(said, change)).toMatch(/_(frozen|permanent)$/)
    }
  })

  test('is recorded once a surveillance, and once an engagement', async () => {
    expect(await refusedBy(recorded(), recorded())).toBe('surveillances_number_key')
    expect(await refusedBy(recorded(), recorded(2))).toBeNull()
    expect(await refusedBy(declared(), declared())).toBe('credential_successions_engagement_key')
  })
})

describe('the log', () => {
  const leaf = () => sql`leaf_index = (select leaf_index from credentials where id = ${id})`

  test('keeps every leaf as it was told', async () => {
    const changes = [
      sql`update log_entries set body = body || ' ' where ${leaf()}`,
      sql`update log_entries set leaf_index = leaf_index + 1000000 where ${leaf()}`,
      sql`delete from log_entries where ${leaf()}`,
      sql`truncate log_entries`,
    ]
    for (const change of changes) expect(await refusedBy(change)).toBe('log_entries_frozen')
  })

  test('only grows', async () => {
    expect(await refusedBy(sql`update log set size = size - 1`)).toBe('log_grows')
    expect(await refusedBy(sql`update log set published_size = published_size - 1`)).toBe('log_grows')
    expect(await refusedBy(sql`update log set checkpoint = 'another'`)).toBe('log_grows')
    expect(await refusedBy(sql`delete from log`)).toBe('log_permanent')
    expect(await refusedBy(sql`truncate log`)).toBe('log_permanent')
  })
})
