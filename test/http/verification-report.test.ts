/** The verification report: for whom, from when, of what, and that the same record makes the same bytes. */

import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalize } from '../../src/json/canonical.ts'
import { type Answer, call, operatorToken, organization } from './api.ts'
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
  inventoryTotalKg,
  move,
  proposal,
  type Someone,
  someone,
  submit,
} from './cast.ts'
import { brought, link, ofEngagement, ofFootprint } from './evidence-files.ts'

let client: Enterprise
let certifier: Body
let engagement: string
let footprint: string
/** As the body reads it at each state. */
const seen: Record<string, Answer['body']> = {}

const get = (token: string, query = '', id = engagement, headers: Record<string, string> = {}) =>
  call('GET', `/v1/engagements/${id}/verification-report${query}`, { token, headers })
const report = async (token: string) => {
  const answer = await get(token)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const digestOf = (part: unknown) => `sha256:${createHash('sha256').update(canonicalize(part)).digest('hex')}`

const misstatement = {
  ...{ kind: 'misstatement', part: 'scope-1', text: 'A delivery of diesel is missing.', lines: ['diesel'] },
  quantity: { amount: '-100.5', unit: 'kgCO2e' },
}

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  const act = async (by: Someone, path: string, sent?: unknown) => {
    const answer = await move(by.token, engagement, path, sent)
    expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
  }
  const plan = (sampling: string) => ({
    kind: 'verification-plan',
    body: {
      steps: [{ activity: 'Visit', from: '2026-02-10', until: '2026-02-11', who: 'Lead' }],
      sampling,
    },
  })
  const risk = { area: 'Power', part: 'scope-2', inherent: 'high', control: 'low', detection: 'low' }
  footprint = (await draft(client)).id
  await submit(client.responsible.token, footprint)
  engagement = (await apply(client.preparer.token, footprint, certifier.slug)).body.id
  seen.applied = await report(certifier.manager.token)
  await act(certifier.manager, 'accept', acceptance(certifier))
  const invoice = await brought(client.preparer.token, ofFootprint(footprint))
  await link(client.preparer.token, ofFootprint(footprint), invoice.id, { lines: ['power'] })
  const photo = await brought(certifier.lead.token, ofEngagement(engagement), undefined, {
    name: 'Own photo.pdf',
  })
  await link(certifier.lead.token, ofEngagement(engagement), photo.id, { lines: ['diesel'] })
  await act(certifier.lead, 'papers', {
    kind: 'risk-assessment',
    body: { risks: [{ ...risk, response: 'Retrace the secret ledger.' }] },
  })
  await act(certifier.lead, 'papers', plan('Four months.'))
  await act(certifier.lead, 'papers', plan('All months.'))
  await act(certifier.lead, 'findings', misstatement)
  await act(client.preparer, 'findings/1/answer', { text: 'The slip is lost.' })
  await act(certifier.lead, 'findings/1/close', { closure: 'stands', note: 'Below the threshold.' })
  await act(certifier.lead, 'propose', proposal)
  await act(certifier.reviewer, 'review', { outcome: 'concur', notes: 'Complete.' })
  seen.proposed = await get(client.preparer.token)
  await act(certifier.decider, 'decide', { outcome: 'granted', reason: 'Conforms.' })
  seen.decided = await report(certifier.manager.token)
}, 90_000)

describe('who reads a verification report', () => {
  test('the body at any time; before the opinion there is none in it', async () => {
    expect(seen.applied).toMatchObject({
      state: 'applied',
      text: { agreed: null, opinion: null, decision: null, materiality: [{}, {}] },
      document: null,
    })
  })

  test('the client from the decision on, and not what the body does inside', async () => {
    expect([seen.proposed.status, code(seen.proposed)]).toEqual([409, 'invalid-transition'])
    const told = await report(client.machine)
    expect([told.annex, told.annexDigest]).toEqual([null, null])
    expect(JSON.stringify(told)).not.toContain('secret ledger')
    expect(JSON.stringify(told)).not.toContain('Own photo.pdf')
    // That there was such a step, by whom and when, stands in the text.
    const steps = told.text.steps.map(({ kind, number }: { kind: string; number: number }) => [kind, number])
    expect(steps).toEqual([
      ['risk-assessment', 1],
      ['verification-plan', 1],
      ['verification-plan', 2],
    ])
    expect(told.text.steps[0].body).toBeNull()
    expect(told.text.steps[2].body).toMatchObject({ sampling: 'All months.' })
  })

  test('nobody else: another enterprise, another body, the operator', async () => {
    const others = [(await enterprise()).preparer.token, (await body()).manager.token, await operatorToken()]
    for (const token of others) expect([401, 403, 404]).toContain((await get(token)).status)
    expect((await get(others[0] as string)).status).toBe(404)
  })

  test('an assessor, the annex too, while an assessment covers it, and leaves a trace', async () => {
    const accreditor = await organization(await operatorToken(), 'accreditation-body')
    const assessor = await someone(accreditor.id, ['assessor'], ['footprints:read', 'engagements:read'])
    expect((await get(assessor.token)).status).toBe(404)
    const asked = {
      ...{ assessorMemberId: assessor.memberId, engagementIds: [engagement], reason: 'Yearly.' },
      until: new Date(Date.now() + 86_400_000).toISOString(),
    }
    const token = certifier.manager.token
    const granted = await call('POST', '/v1/assessments', { token, body: asked })
    expect(granted.status, JSON.stringify(granted.body)).toBe(201)
    const read = await report(assessor.token)
    expect(read.digest).toBe(seen.decided.digest)
    expect(read.annex.papers[0].body.risks[0].response).toBe('Retrace the secret ledger.')
    const trail = (await call('GET', `/v1/engagements/${engagement}/trail?limit=200`, { token })).body
    const last = JSON.parse(trail.links.at(-1).entry)
    expect([last.kind, last.action]).toEqual(['reading', 'read-verification-report'])
    const revoked = await call('POST', `/v1/assessments/${granted.body.id}/revoke`, { token })
    expect(revoked.status, JSON.stringify(revoked.body)).toBe(200)
    expect((await get(assessor.token)).status).toBe(404)
  })
})

describe('what it says', () => {
  test('what stands uncorrected, in numbers', async () => {
    const [scope1] = seen.decided.text.materiality
    // By hand: 2 t of diesel are 6,290.244986 kg; 100.5 kg are missing, so 6,390.744986 kg and 5 % of that.
    expect(scope1).toMatchObject({
      ...{ part: 'scope-1', reported: '6290.244986', corrected: '6390.744986', materiality: '0.05' },
      known: { count: 1, net: '-100.5', gross: '100.5' },
      projected: { count: 0, net: '0', gross: '0' },
      ...{ netOver: false, grossOver: false },
    })
    expect(Number(scope1.threshold)).toBeCloseTo(319.5372493, 9)
  })

  test('whose evidence stands behind how much, by SHA-256', async () => {
    const { coverage, text } = seen.decided
    const [file] = text.evidence
    expect(coverage).toMatchObject({ lineCount: 2, backedCount: 1 })
    expect(Number(coverage.backedShare)).toBeCloseTo(49_858.24 / inventoryTotalKg, 12)
    expect(text.evidence).toHaveLength(1)
    expect(file).toMatchObject({
      lines: ['power'],
      lineCount: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(seen.decided.annex.files).toMatchObject([{ name: 'Own photo.pdf', lines: ['diesel'] }])
  })

  test('every person by label, and nobody by name, in the text', async () => {
    const { text, persons, annex } = seen.decided
    for (const { name } of persons) {
      expect(name).not.toBe('')
      expect(JSON.stringify([text, annex])).not.toContain(name)
    }
    const labels = new Set(persons.map(({ label }: { label: string }) => label))
    expect(labels.size).toBe(persons.length)
    expect(labels).toContain(text.decision.by)
    expect(text.findings[0].closed.by).toBe(text.opinion.by)
  })
})

describe('the digest of a report', () => {
  test('is of the text and of the annex as RFC 8785 writes them', () => {
    const { digest, text, annex, annexDigest } = seen.decided
    expect([digest, annexDigest]).toEqual([digestOf(text), digestOf(annex)])
    expect(annex.text).toBe(digest)
  })

  test('moves with nothing that comes after the decision, and stands in the trail of the document', async () => {
    const late = await brought(client.preparer.token, ofFootprint(footprint))
    await link(client.preparer.token, ofFootprint(footprint), late.id, { lines: ['diesel'] })
    const issued = await move(certifier.decider.token, engagement, 'credential')
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)
    const own = await report(certifier.manager.token)
    const told = await report(client.preparer.token)
    expect([own.digest, told.digest]).toEqual([seen.decided.digest, seen.decided.digest])
    expect(told.text).toEqual(seen.decided.text)
    expect(told.document).toMatchObject({ number: issued.body.number, status: 'active' })

    const { token } = client.preparer
    const trail = (await call('GET', `/v1/engagements/${engagement}/trail?limit=200`, { token })).body
    const entries = trail.links.flatMap(({ entry }: { entry: string | null }) =>
      entry ? [JSON.parse(entry)] : [],
    )
    const issue = entries.find(({ action }: { action: string }) => action === 'issue')
    expect(issue.facts.verificationReport).toBe(told.digest)

    const [, payload = ''] = issued.body.jwt.split('.')
    const { persons } = JSON.parse(Buffer.from(payload, 'base64url').toString()).credentialSubject
      .verification
    const signed = new Set(persons.map(({ pseudonym }: { pseudonym: string }) => pseudonym))
    const named = told.persons.flatMap(({ pseudonym }: { pseudonym: string | null }) => pseudonym ?? [])
    expect(new Set(named)).toEqual(signed)
  })

  test('in the trail is the one of the record, whatever is recorded while the document is issued', async () => {
    const one = await body()
    const id = await engagementIn('decided', client, one)
    const paper = (results: string) => ({
      kind: 'verification-report',
      body: { procedures: 'Visit.', results, conclusion: 'Fair.' },
    })
    const issue = () => move(one.decider.token, id, 'credential')
    const tries = Array.from({ length: 4 }, (_, at) => move(one.lead.token, id, 'papers', paper(`${at}`)))
    let [issued] = await Promise.all([issue(), ...tries])
    if (code(issued) === 'stale-state') issued = await issue()
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)
    const { token } = one.manager
    const { digest, text } = (await get(token, '', id)).body
    const trail = (await call('GET', `/v1/engagements/${id}/trail?limit=200`, { token })).body
    const entries = trail.links.map(({ entry }: { entry: string }) => JSON.parse(entry))
    const act = entries.find(({ action }: { action: string }) => action === 'issue')
    expect(act.facts.verificationReport).toBe(digest)
    expect(digestOf(text)).toBe(digest)
  })

  test('moves with no name that is erased, and the document’s end is told beside it', async () => {
    const token = await operatorToken()
    const path = `/v1/organizations/${certifier.id}/clients/${certifier.lead.login.clientId}`
    await call('DELETE', path, { token })
    const erased = await call('POST', `/v1/persons/${certifier.lead.personId}/erasure`, { token })
    expect(erased.status, JSON.stringify(erased.body)).toBe(200)
    const ended = { move: 'withdraw', reason: 'information-wrong' }
    const { document } = await report(certifier.manager.token)
    const path2 = `/v1/credentials/${document.id}/moves`
    expect((await call('POST', path2, { token: certifier.decider.token, body: ended })).status).toBe(201)
    const after = await report(client.preparer.token)
    expect([after.digest, after.document.status]).toEqual([seen.decided.digest, 'withdrawn'])
    const { label } = after.persons.find(({ name }: { name: string }) => name === '')
    expect(label).toBe(after.text.opinion.by)
  })
})

describe('the page of a report', () => {
  test('needs nothing else and runs nothing; the annex is on the body’s alone', async () => {
    const html = { accept: 'text/html', 'accept-language': 'en' }
    const own = await get(certifier.manager.token, '', engagement, html)
    const told = await get(client.preparer.token, '?format=html&lang=zh')
    for (const page of [own, told]) {
      expect(page.headers.get('content-type')).toMatch(/^text\/html/)
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/)
      expect(page.headers.get('content-disposition')).toBe('inline; filename="verification-2024-01-01.html"')
      expect(page.body).not.toMatch(/<script|NaN|undefined|\[object/)
      const count = (language: string) => page.body.split(`data-in="${language}"`).length
      expect(count('zh')).toBe(count('en'))
    }
    expect(own.body).toContain('data-language="en"')
    expect(told.body).toContain('data-language="zh"')
    expect(own.body).toContain('secret ledger')
    expect(told.body).not.toContain('secret ledger')
  })
})
