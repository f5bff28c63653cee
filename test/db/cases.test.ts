/** Who may not hear a case cannot be stored, by whatever way it is tried; and of many acts at once, one is done. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import { type Answer, call } from '../http/api.ts'
import {
  type Body,
  body,
  code,
  type Enterprise,
  engagementIn,
  enterprise,
  move,
  type Someone,
  someone,
} from '../http/cast.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''
const at = 20

let database: OpenDatabase
let client: Enterprise
let certifier: Body
let examiner: Someone
let judge: Someone
let engagementId: string
let credentialId: string
let caseId: string

const opened = async (): Promise<string> => {
  const sent = { kind: 'misuse', credentialId, text: 'x' }
  const answer = await call('POST', '/v1/cases', { token: certifier.lead.token, body: sent })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}
const act = (token: string, id: string, sent: object, headers: Record<string, string> = {}) =>
  call('POST', `/v1/cases/${id}/moves`, { token, body: sent, headers })

beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  examiner = await someone(certifier.id, ['verifier'])
  judge = await someone(certifier.id, ['decision-maker'])
  engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  credentialId = (await move(certifier.decider.token, engagementId, 'credential')).body.id
  caseId = await opened()
}, 60_000)
afterAll(() => database.close())

const goesThrough = new Error('goes through')

/** The constraint that refuses the last of the statements; null where all go through. Nothing stays. */
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

const hears = (personId: string, role = 'examiner', engagement: string | null = null) =>
  sql`insert into case_persons (case_id, person_id, role, engagement_id, since)
    values (${caseId}, ${personId}, ${role}, ${engagement}::uuid, now())`
const set = (change: SQL) => sql`update cases set ${change} where id = ${caseId}`

describe('a hand that writes SQL', () => {
  test('lets nobody hear a case who took part in what it is about, whatever it writes beside', async () => {
    const { lead, verifier, reviewer, decider, manager } = certifier
    const { preparer, responsible } = client
    for (const { personId } of [lead, verifier, reviewer, decider, manager, preparer, responsible]) {
      for (const role of ['examiner', 'decider']) {
        expect(await refusedBy(hears(personId, role)), role).toBe('case_persons_apart')
      }
    }
    expect(await refusedBy(hears(examiner.personId))).toBeNull()
    expect(await refusedBy(hears(examiner.personId, 'examiner', crypto.randomUUID()))).toBeNull()
    expect(await refusedBy(hears(examiner.personId, 'clerk'))).toBe('case_persons_role_check')
  })

  test('nor who belongs to the client without having acted', async () => {
    const { personId } = await someone(client.id, ['preparer'])
    expect(await refusedBy(hears(personId))).toBe('case_persons_apart')
  })

  test('nor who moved the document', async () => {
    const suspended = { move: 'suspend', reason: 'nonconformity' }
    const mover = await someone(certifier.id, ['decision-maker'])
    const path = `/v1/credentials/${credentialId}/moves`
    expect((await call('POST', path, { token: mover.token, body: suspended })).status).toBe(201)
    expect(await refusedBy(hears(mover.personId, 'decider'))).toBe('case_persons_apart')
  })

  test('lets nobody who hears a case join the engagement, and changes or removes nobody who heard one', async () => {
    const role = sql`insert into engagement_roles (engagement_id, person_id, side, role, since)
      values (${engagementId}, ${examiner.personId}, 'decision', 'reviewer', now())`
    expect(await refusedBy(hears(examiner.personId), role)).toBe('engagement_roles_one_side_fkey')
    const side = sql`update engagement_persons set side = 'team'
      where engagement_id = ${engagementId} and person_id = ${examiner.personId}`
    expect(await refusedBy(hears(examiner.personId), side)).toBe('case_persons_apart_fkey')
    const gone = sql`delete from case_persons where case_id = ${caseId}`
    expect(await refusedBy(hears(examiner.personId), gone)).toBe('case_persons_permanent')
    const other = sql`update case_persons set person_id = ${certifier.lead.personId} where case_id = ${caseId}`
    expect(await refusedBy(hears(examiner.personId), other)).toBe('case_persons_permanent')
  })

  test('names no examiner or decider who has no row of theirs', async () => {
    expect(await refusedBy(set(sql`examiner_person_id = ${examiner.personId}`))).toBe('cases_examiner_fkey')
    const dismissal = JSON.stringify({ personId: certifier.decider.personId, reason: 'no-substance' })
    const dismissed = sql`state = 'dismissed', dismissal = ${dismissal}::jsonb`
    expect(await refusedBy(set(dismissed))).toBe('cases_decider_check')
    const named = sql`${dismissed}, decider_person_id = ${certifier.decider.personId}`
    expect(await refusedBy(set(named))).toBe('cases_decider_fkey')
    expect(await refusedBy(set(sql`state = 'decided'`))).toBe('cases_decided_check')
  })

  test('makes a case about nothing else, and removes neither it nor what was said', async () => {
    for (const change of [
      sql`engagement_id = null, client_organization_id = null, credential_id = null`,
      sql`credential_id = null`,
      sql`body_organization_id = client_organization_id`,
      sql`number = 'CASE-2026-0000-0000'`,
    ]) {
      expect(await refusedBy(set(change))).toBe('cases_frozen')
    }
    expect(await refusedBy(sql`delete from cases where id = ${caseId}`)).toBe('cases_permanent')
    expect(await refusedBy(sql`update case_statements set text = 'y' where case_id = ${caseId}`)).toBe(
      'case_statements_frozen',
    )
  })

  test('makes no move name a case about another document', async () => {
    const other = await engagementIn('decided', client, certifier)
    const { id } = (await move(certifier.decider.token, other, 'credential')).body
    const moved = sql`insert into credential_moves
      (id, credential_id, number, move, reason_class, effective_at, person_id, at, leaf_index, request_digest, case_id) values
      (gen_random_uuid(), ${id}, 1, 'withdraw', 'misuse-of-document', now(), ${judge.personId}, now(), 9e15, 'sha256:0', ${caseId})`
    expect(await refusedBy(moved)).toBe('credential_moves_case_fkey')
  }, 30_000)
})

describe.skipIf(isOneSession)(`of ${at} at once${note}`, () => {
  const all = (sending: (index: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: at }, (_, index) => sending(index)))
  const won = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200)
  const lost = (answers: readonly Answer[]) => [
    ...new Set(answers.filter(({ status }) => status !== 200).map(code)),
  ]

  /** Who acknowledges, names, dismisses, decides and closes: one of all, each time, with one row in the trail. */
  test('moves of one case, one is made at each step', async () => {
    const id = await opened()
    const judges = [judge, await someone(certifier.id, ['decision-maker'])]
    const summary = { en: 'x', zh: null }
    const decided = { move: 'decide', outcome: 'upheld', reasons: 'x', summary, consequence: 'none' }
    const steps = [
      () => all(() => act(certifier.manager.token, id, { move: 'acknowledge' })),
      () => all(() => act(certifier.manager.token, id, { move: 'assign', memberId: examiner.memberId })),
      () => all(() => act(examiner.token, id, { move: 'report', text: 'x' })),
      () =>
        all((index) =>
          act(
            judges[index % 2]?.token ?? '',
            id,
            index % 4 < 2 ? decided : { move: 'dismiss', reason: 'no-substance', summary },
          ),
        ),
    ]
    for (const [index, step] of steps.entries()) {
      const answers = await step()
      // Naming and reporting leave the state as it is, so that one that comes after may be made too; deciding is once.
      if (index === 0 || index === 3) expect(won(answers)).toHaveLength(1)
      expect(won(answers).length).toBeGreaterThanOrEqual(1)
      for (const refusal of lost(answers)) expect(['stale-state', 'invalid-transition']).toContain(refusal)
    }
    const { rows } = (await database.db.execute(sql`
      select (select count(*)::int from audit where resource = 'case' and resource_id = ${id}) as acts, version,
        (select count(*)::int from case_persons where case_id = ${id} and role = 'decider') as deciders
      from cases where id = ${id}`)) as unknown as {
      rows: { acts: number; version: number; deciders: number }[]
    }
    expect(rows[0]?.deciders).toBe(1)
    expect(rows[0]?.acts).toBe(rows[0]?.version)
  }, 120_000)

  test('retries of one complaint under one key, all are answered one number and one receipt', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const sent = { kind: 'complaint', text: 'Slow.' }
    const answers = await all(() =>
      call('POST', `/v1/bodies/${certifier.slug}/complaints`, { body: sent, headers }),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
  }, 60_000)

  test('retries of one decision under one key, all are answered it, and it is made once', async () => {
    const id = await opened()
    await act(certifier.manager.token, id, { move: 'acknowledge' })
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const dismissed = { move: 'dismiss', reason: 'retracted', summary: { en: 'x', zh: null } }
    const answers = await all(() => act(judge.token, id, dismissed, headers))
    expect(won(answers)).toHaveLength(at)
    expect(new Set(answers.map((answer) => answer.body.version))).toEqual(new Set([3]))
  }, 60_000)

  test('a reviewer and an examiner in one person, one of the two is', async () => {
    const both = await someone(certifier.id, ['reviewer'])
    const engagement = await engagementIn('in-review', client, certifier)
    const sent = { kind: 'complaint', engagementId: engagement, text: 'x' }
    const { id } = (await call('POST', '/v1/cases', { token: client.responsible.token, body: sent })).body
    await act(certifier.manager.token, id, { move: 'acknowledge' })
    const answers = await all((index) =>
      index % 2 === 0
        ? move(both.token, engagement, 'review', { outcome: 'concur', notes: 'x' })
        : act(certifier.manager.token, id, { move: 'assign', memberId: both.memberId }),
    )
    for (const answer of answers) expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500)
    const { rows } = (await database.db.execute(sql`select side from engagement_persons
      where engagement_id = ${engagement} and person_id = ${both.personId}`)) as unknown as {
      rows: { side: string }[]
    }
    expect(rows).toHaveLength(1)
    const reviewed = answers.some((answer, index) => index % 2 === 0 && answer.status === 200)
    const assigned = answers.some((answer, index) => index % 2 === 1 && answer.status === 200)
    expect([reviewed, assigned].sort()).toEqual([false, true])
    expect(rows[0]?.side).toBe(reviewed ? 'decision' : 'hearing')
  }, 60_000)
})
