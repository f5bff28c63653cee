/** Who wins when several act at once. Only PostgreSQL can tell: PGlite is one session, where nothing is ever at once. */

import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Answer } from '../http/api.ts'
import { call, operatorToken, person, unique } from '../http/api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  inventory,
  inventoryLines,
  move,
  proposal,
  putData,
  read,
  someone,
  submit,
  submitted,
} from '../http/cast.ts'
import { publishSteam, steamPin } from '../http/private-table.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''
const at = 20

describe.skipIf(isOneSession)(`of ${at} at once${note}`, () => {
  let client: Enterprise
  let certifier: Body
  beforeAll(async () => {
    client = await enterprise()
    certifier = await body()
  }, 60_000)

  const all = (act: (index: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: at }, (_, index) => act(index)))
  const winners = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300)
  const losers = (answers: readonly Answer[]) => [
    ...new Set(answers.filter(({ status }) => status >= 300).map(code)),
  ]

  test('retries of one request, all are answered alike, whatever else of it must be unique', async () => {
    const token = await operatorToken()
    for (let round = 0; round < 5; round += 1) {
      const slug = unique('same')
      const sent = { kind: 'enterprise', slug, name: { en: slug, zh: null }, country: 'DE' }
      const headers = { 'idempotency-key': slug }
      const answers = await all(() => call('POST', '/v1/organizations', { token, body: sent, headers }))
      expect(losers(answers)).toEqual([])
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    }
  })

  test('decisions, by two decision makers who disagree, exactly one is made', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const second = await someone(certifier.id, ['decision-maker'])
    const answers = await all((index) => {
      const outcome = index % 2 === 0 ? 'granted' : 'refused'
      const { token } = index % 2 === 0 ? certifier.decider : second
      return move(token, id, 'decide', { outcome, reason: 'As reviewed.' })
    })
    expect(winners(answers)).toHaveLength(1)
    for (const refusal of losers(answers)) expect(['stale-state', 'invalid-transition']).toContain(refusal)
    const seen = (await read(certifier.manager.token, id)).body
    const decisions = seen.history.filter(({ action }: { action: string }) =>
      ['grant', 'refuse'].includes(action),
    )
    expect(decisions).toHaveLength(1)
    const outcome = { grant: 'granted', refuse: 'refused' }[decisions[0].action as 'grant' | 'refuse']
    expect(seen.decision.outcome).toBe(outcome)
    const deciders = seen.participants.filter(({ role }: { role: string }) => role === 'decision-maker')
    expect(deciders).toHaveLength(1)
  })

  const reason = { reason: 'x' }
  const signature = { kind: 'agreement-signature', body: { documentDigest: `sha256:${'a'.repeat(64)}` } }
  const agreement = {
    kind: 'agreement',
    body: { ...signature.body, title: 'Agreement', agreedOn: '2026-01-05' },
  }
  const reviewed = (outcome: string) => ({ outcome, notes: 'Seen.' })

  /** Two acts of which each forbids the other, by those entitled to each. */
  const rivals: readonly {
    readonly name: string
    readonly state: 'applied' | 'in-verification' | 'in-review'
    readonly acts: readonly ((id: string) => Promise<Answer>)[]
  }[] = [
    {
      name: 'acceptance, refusal and withdrawal of an application',
      state: 'applied',
      acts: [
        (id) => move(certifier.manager.token, id, 'accept', acceptance(certifier)),
        (id) => move(certifier.manager.token, id, 'decline', reason),
        (id) => move(client.responsible.token, id, 'withdraw', reason),
      ],
    },
    {
      name: 'proposals and withdrawals',
      state: 'in-verification',
      acts: [
        (id) => move(certifier.lead.token, id, 'propose', proposal),
        (id) => move(client.responsible.token, id, 'withdraw', reason),
      ],
    },
    {
      name: 'concurrences and returns of one proposal',
      state: 'in-review',
      acts: [
        (id) => move(certifier.reviewer.token, id, 'review', reviewed('concur')),
        (id) => move(certifier.reviewer.token, id, 'review', reviewed('return')),
      ],
    },
  ]

  test.each(rivals)(
    '$name, one wins, and the others find the engagement elsewhere',
    async ({ state, acts }) => {
      const id = await engagementIn(state, client, certifier)
      const before = (await read(certifier.manager.token, id)).body.version
      const answers = await all((index) => (acts[index % acts.length] as (typeof acts)[number])(id))
      // A withdrawal may still follow what came first: each act that won counts once, and no two were made on one version.
      const seen = (await read(certifier.manager.token, id)).body
      expect(seen.version - before).toBe(winners(answers).length)
      expect(new Set(winners(answers).map(({ body: head }) => head.version)).size).toBe(
        winners(answers).length,
      )
      expect(winners(answers).length).toBeGreaterThan(0)
      for (const refusal of losers(answers)) expect(['stale-state', 'invalid-transition']).toContain(refusal)
      const kept = seen.history.filter(({ from }: { from: string | null }) => from === state)
      expect(kept.length).toBe(1)
    },
  )

  test('versions of one paper, each that is kept has a number of its own, and a page left open keeps none', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const etag = (await read(certifier.manager.token, id)).headers.get('etag') ?? ''
    const once = await all(() => move(certifier.manager.token, id, 'papers', agreement, { 'if-match': etag }))
    expect(winners(once)).toHaveLength(1)
    for (const refusal of losers(once)) expect(['stale-state', 'precondition-failed']).toContain(refusal)
    const signed = await all((index) =>
      index % 2 === 0
        ? move(client.responsible.token, id, 'papers', signature)
        : move(certifier.manager.token, id, 'papers', agreement),
    )
    const { papers } = (await call('GET', `/v1/engagements/${id}/papers`, { token: certifier.lead.token }))
      .body
    expect(papers).toHaveLength(1 + winners(signed).length)
    const numbers = papers.map(({ kind, number }: { kind: string; number: number }) => `${kind} ${number}`)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('changes of a team, one lead is left', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const other = await someone(certifier.id, ['lead-verifier'])
    const leads = [certifier.lead, other]
    const answers = await all((index) => {
      const { memberId } = leads[index % 2] as (typeof leads)[number]
      const team = [{ memberId, role: 'lead-verifier', impartial: true }]
      return call('PUT', `/v1/engagements/${id}/team`, {
        token: certifier.manager.token,
        body: { team, reason: 'x' },
      })
    })
    expect(winners(answers).length).toBeGreaterThan(0)
    for (const refusal of losers(answers)) expect(refusal).toBe('stale-state')
    const { participants } = (await read(certifier.manager.token, id)).body
    const standing = participants.filter(
      (one: { role: string; endedAt: string | null }) => one.role === 'lead-verifier' && one.endedAt === null,
    )
    expect(standing).toHaveLength(1)
  })

  test('retries of one decision under one key all answer it, and it is made once', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const granted = { outcome: 'granted', reason: 'Conforms.' }
    const answers = await all(() => move(certifier.decider.token, id, 'decide', granted, key))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map((answer) => answer.body.version)).size).toBe(1)
  })

  test('findings raised beside a proposal, none is overlooked', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const found = { kind: 'clarification', text: 'Which meter is this?' }
    const answers = await all((index) =>
      index === 7
        ? move(certifier.lead.token, id, 'propose', proposal)
        : move(certifier.verifier.token, id, 'findings', found),
    )
    const seen = (await read(certifier.manager.token, id)).body
    const raised = winners(answers.filter((_, index) => index !== 7)).length
    expect(seen.findings).toHaveLength(raised)
    expect(seen.findings.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: raised }, (_, index) => index + 1),
    )
    // Either the proposal came first, and nothing was raised after it, or it lost against an open finding.
    expect([seen.state, raised > 0]).toEqual(
      seen.state === 'in-review' ? ['in-review', false] : ['in-verification', true],
    )
  })

  test('findings, all are raised, each under a number of its own', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const found = { kind: 'clarification', text: 'Which meter is this?' }
    const answers = await all(() => move(certifier.verifier.token, id, 'findings', found))
    expect(winners(answers)).toHaveLength(at)
    expect((await read(certifier.manager.token, id)).body.findings).toHaveLength(at)
  })

  test('rejections of a private table beside proposals, no favourable opinion stands over a rejected one', async () => {
    const digest = await publishSteam(client, '2024', '95')
    const pin = steamPin(client, '2024')
    const scheme = { id: 'egret-development', version: '1.1' }
    const calculation = inventory({ factorTables: [...inventory().factorTables, pin] })
    const footprintId = await submitted(client, footprintBody({ scheme, calculation }))
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    const say = (token: string, outcome: string) =>
      move(token, id, 'factor-table-acceptances', { ...pin, digest, outcome, note: 'x' })
    expect((await say(certifier.lead.token, 'accepted')).status).toBe(200)
    const answers = await all((index) =>
      index % 2 === 0
        ? say(certifier.verifier.token, 'rejected')
        : move(certifier.lead.token, id, 'propose', proposal),
    )
    const refusals = ['stale-state', 'invalid-transition', 'factor-table-not-accepted']
    for (const refusal of losers(answers)) expect(refusals).toContain(refusal)
    expect(winners(answers).length).toBeGreaterThan(0)
    const seen = (await read(certifier.manager.token, id)).body
    const { outcome } = seen.factorTables.at(-1).examination
    expect([
      ['in-review', 'accepted'],
      ['in-verification', 'rejected'],
    ]).toContainEqual([seen.state, outcome])
  })

  test('applications with one footprint, one stands', async () => {
    const footprintId = await submitted(client)
    const answers = await all(() => apply(client.preparer.token, footprintId, certifier.slug))
    expect(winners(answers)).toHaveLength(1)
    for (const refusal of losers(answers)) expect(['already-exists', 'stale-state']).toContain(refusal)
  })

  test('submissions and changes of one draft, exactly one revision is made of what stood', async () => {
    const { id, version } = await draft(client)
    const answers = await all((index) =>
      index % 2 === 0
        ? submit(client.responsible.token, id)
        : putData(client.preparer.token, id, { lines: inventoryLines.slice(1) }, `"${version}"`),
    )
    const { body: footprint } = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    const revisions = answers.filter((answer, index) => index % 2 === 0 && answer.status === 201)
    expect(revisions.length).toBeLessThanOrEqual(1)
    expect(footprint.latestRevision).toBe(revisions.length)
    for (const refusal of losers(answers))
      expect(['precondition-failed', 'revision-frozen']).toContain(refusal)
  })

  test('reopenings beside applications, a draft is never under verification', async () => {
    const footprintId = await submitted(client)
    const answers = await all((index) =>
      index % 2 === 0
        ? apply(client.preparer.token, footprintId, certifier.slug)
        : call('POST', `/v1/footprints/${footprintId}/reopen`, { token: client.machine }),
    )
    const applied = answers.filter((answer) => answer.status === 201).length
    const { body: footprint } = await call('GET', `/v1/footprints/${footprintId}`, { token: client.machine })
    expect([footprint.state, applied]).toEqual(applied === 1 ? ['submitted', 1] : ['draft', 0])
  })

  test('requests to issue, one credential comes out, and all who asked are answered it', async () => {
    const id = await engagementIn('decided', client, certifier)
    const answers = await all(() => move(certifier.decider.token, id, 'credential'))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => answer.body.jwt)).size).toBe(1)
  })

  /** A certificate of the client that is public. */
  async function certificate(): Promise<{ readonly id: string; readonly engagementId: string }> {
    const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
    const answer = await move(certifier.decider.token, engagementId, 'credential')
    expect(answer.body.state, JSON.stringify(answer.body)).toBe('public')
    return { id: answer.body.id, engagementId }
  }

  test('supersessions and suspensions of one document, each names a state that was, and one supersedes', async () => {
    const [old, next] = [await certificate(), await certificate()]
    const declared = await call('POST', `/v1/credentials/${old.id}/successions`, {
      token: certifier.manager.token,
      body: { engagementId: next.engagementId, purpose: 'renewal' },
    })
    expect(declared.status, JSON.stringify(declared.body)).toBe(201)
    const supersede = { move: 'supersede', reason: 'renewed', successorId: next.id }
    const suspend = { move: 'suspend', reason: 'nonconformity' }
    const token = certifier.decider.token
    const answers = await all((index) =>
      call('POST', `/v1/credentials/${old.id}/moves`, { token, body: index % 2 === 0 ? supersede : suspend }),
    )
    const won = winners(answers).map(({ body: made }) => made.move)
    expect(won.filter((name) => name === 'supersede').length).toBeLessThanOrEqual(1)
    expect(won.filter((name) => name === 'suspend').length).toBeLessThanOrEqual(1)
    for (const refusal of losers(answers)) expect(['stale-state', 'invalid-transition']).toContain(refusal)
    const { moves, status } = (await call('GET', `/v1/public/credentials/${old.id}`)).body
    expect(moves).toHaveLength(won.length)
    expect(status).toBe(won.includes('supersede') ? 'superseded' : 'suspended')
  })

  test('declarations of what an engagement replaces, it replaces one document', async () => {
    const documents = [await certificate(), await certificate()]
    const { engagementId } = await certificate()
    const answers = await all((index) =>
      call('POST', `/v1/credentials/${documents[index % 2]?.id}/successions`, {
        token: certifier.manager.token,
        body: { engagementId, purpose: 'renewal' },
      }),
    )
    expect(winners(answers)).toHaveLength(1)
    expect(losers(answers)).toEqual(['already-exists'])
  })

  test('an erasure and new clients of one person, the person is erased or acts, never both', async () => {
    const token = await operatorToken()
    for (let round = 0; round < 5; round += 1) {
      const personId = await person(token, 'Raced')
      const path = `/v1/organizations/${certifier.id}`
      const member = await call('POST', `${path}/members`, { token, body: { personId, roles: ['verifier'] } })
      const client = { name: 'Raced', memberId: member.body.id, scopes: ['engagements:read'] }
      const answers = await all((index) =>
        index % 4 === 0
          ? call('POST', `/v1/persons/${personId}/erasure`, { token })
          : call('POST', `${path}/clients`, { token, body: client }),
      )
      const isErasure = (_: unknown, index: number) => index % 4 === 0
      const erased = winners(answers.filter(isErasure)).length
      const made = winners(answers.filter((answer, index) => !isErasure(answer, index))).length
      expect([erased > 0, made > 0].filter(Boolean), `round ${round}`).toHaveLength(1)
      for (const refusal of losers(answers)) expect(['invalid-transition', 'not-found']).toContain(refusal)
    }
  })
})
