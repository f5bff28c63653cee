/** What the database itself refuses, whatever way it is tried: here by a hand that writes SQL past every rule. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import { type Body, body, type Enterprise, engagementIn, enterprise, someone } from '../http/cast.ts'
import { publishSteam, steamPin } from '../http/private-table.ts'

let database: OpenDatabase
let client: Enterprise
let certifier: Body
let id: string
beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  id = await engagementIn('reviewed', client, certifier)
}, 60_000)
afterAll(() => database.close())

/** The constraint that refuses a statement; null when it went through. */
async function refusedBy(statement: SQL): Promise<string | null> {
  try {
    await database.db.execute(statement)
    return null
  } catch (thrown) {
    return brokenConstraint(thrown) ?? String(thrown)
  }
}

const person = (personId: string, side: string) =>
  sql`insert into engagement_persons (engagement_id, person_id, side) values (${id}, ${personId}, ${side})`
const role = (personId: string, side: string, name: string) =>
  sql`insert into engagement_roles (engagement_id, person_id, side, role, since)
    values (${id}, ${personId}, ${side}, ${name}, now())`

describe('one person on two sides of an engagement cannot be stored', () => {
  test('as a second row of the person', async () => {
    expect(await refusedBy(person(client.preparer.personId, 'team'))).toBe(
      'engagement_persons_engagement_id_person_id_pk',
    )
  })

  test('as a role of another side', async () => {
    for (const [personId, side, name] of [
      [client.preparer.personId, 'team', 'verifier'],
      [client.responsible.personId, 'decision', 'decision-maker'],
      [certifier.lead.personId, 'decision', 'reviewer'],
      [certifier.reviewer.personId, 'client', 'preparer'],
    ] as const) {
      expect(await refusedBy(role(personId, side, name))).toBe('engagement_roles_one_side_fkey')
    }
  })

  test('as a role under a side it does not belong to', async () => {
    expect(await refusedBy(role(certifier.lead.personId, 'team', 'decision-maker'))).toBe(
      'engagement_roles_side_check',
    )
  })

  test('by moving the person to the other side', async () => {
    const moving = sql`update engagement_persons set side = 'decision'
      where engagement_id = ${id} and person_id = ${certifier.lead.personId}`
    expect(await refusedBy(moving)).toBe('engagement_roles_one_side_fkey')
  })
})

describe('a word on a private table cannot be stored', () => {
  const said = (personId: string, changes: Readonly<Record<string, string>> = {}) =>
    sql`insert into factor_table_examinations
      (engagement_id, table_id, version, digest, outcome, note, person_id, side, at) values
      (${id}, ${changes.table ?? steamPin(client, '2024').table}, ${changes.version ?? '2024'}, 'sha256:0',
        ${changes.outcome ?? 'accepted'}, 'x', ${personId}, ${changes.side ?? 'team'}, now())`

  test('of anyone but the team: the client, the reviewer, or someone who takes no part', async () => {
    await publishSteam(client, '2024', '95')
    const outside = await someone(certifier.id, ['verifier'])
    for (const { personId } of [client.preparer, client.responsible, certifier.reviewer, outside]) {
      expect(await refusedBy(said(personId))).toBe('factor_table_examinations_team_fkey')
    }
    expect(await refusedBy(said(client.preparer.personId, { side: 'client' }))).toBe(
      'factor_table_examinations_side_check',
    )
    expect(await refusedBy(said(certifier.lead.personId))).toBeNull()
  })

  test('twice on one version, on a table of the public registry, on none, or with another outcome', async () => {
    const { personId } = certifier.lead
    expect(await refusedBy(said(personId))).toBe('factor_table_examinations_pkey')
    expect(await refusedBy(said(personId, { table: 'cn-fuel', version: '2015' }))).toBe(
      'factor_table_examinations_private_check',
    )
    expect(await refusedBy(said(personId, { version: '1066' }))).toBe(
      'factor_table_examinations_version_fkey',
    )
    expect(await refusedBy(said(personId, { version: '1066', outcome: 'perhaps' }))).toBe(
      'factor_table_examinations_outcome_check',
    )
  })
})

describe('an engagement cannot be stored', () => {
  const update = (set: SQL) => sql`update engagements set ${set} where id = ${id}`

  test('decided without a decision, decided without a review, reviewed without a proposal', async () => {
    expect(await refusedBy(update(sql`state = 'decided'`))).toBe('engagements_decided_check')
    expect(await refusedBy(update(sql`review = null, decision = '{}'`))).toBe('engagements_decision_check')
    expect(await refusedBy(update(sql`proposal = null`))).toBe('engagements_review_check')
  })

  test('in a state the process does not know, or between an organization and itself', async () => {
    expect(await refusedBy(update(sql`state = 'certified'`))).toBe('engagements_state_check')
    expect(await refusedBy(update(sql`body_organization_id = client_organization_id`))).toBe(
      'engagements_two_organizations_check',
    )
  })

  test('beside another live one of the same footprint', async () => {
    const second = sql`insert into engagements
      select gen_random_uuid(), footprint_id, client_organization_id, body_organization_id, scheme_id, scheme_version,
        scheme_digest, document_kind, 'applied', 1, first_revision, revision_number, 0, null, null, null, null, null, null,
        null, request_digest, created_at, updated_at
      from engagements where id = ${id}`
    expect(await refusedBy(second)).toBe('engagements_live_footprint_key')
  })
})
