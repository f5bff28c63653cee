/**
 * A whole engagement under a scheme that asks for everything: from a draft to the document, each step by the person it belongs to, and each gate
 * first tried before what it asks for is there.
 */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  contractReview,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  move,
  proposal,
  read,
  type Someone,
  submit,
} from './cast.ts'
import { brought, link, ofFootprint } from './evidence-files.ts'

let client: Enterprise
let certifier: Body
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

const digest = `sha256:${'a'.repeat(64)}`
/** Working papers of a small inventory of one site. */
const papers = {
  'strategic-analysis': {
    operations: 'One foundry.',
    sources: 'Purchased power, diesel of two lorries.',
    dataAndControls: 'Meter book and ERP, checked each month by the controller.',
    intendedUse: 'A buyer in Germany.',
  },
  'risk-assessment': {
    risks: [
      {
        ...{ area: 'Power meter', part: 'scope-2', inherent: 'high', control: 'medium', detection: 'low' },
        ...{ response: 'Retrace every monthly invoice.', lines: ['power'] },
      },
    ],
  },
  'verification-plan': {
    steps: [{ activity: 'Visit', from: '2026-02-10', until: '2026-02-11', who: 'Lead verifier' }],
    sampling: 'All twelve invoices of power; four of diesel.',
  },
  'evidence-plan': {
    items: [
      { about: 'Power of the year', part: 'scope-2', method: 'retracing', evidence: 'Invoices', risk: 1 },
    ],
  },
  'document-review': {
    documents: [{ title: 'Power invoices 2024', inOrder: true }],
    conclusion: 'Complete.',
  },
  'site-visit': {
    ...{ site: 'Haicang', kind: 'on-site', from: '2026-02-10', until: '2026-02-11' },
    ...{ participants: ['Lead verifier', 'Controller'], checked: 'Meters.', rationale: 'The only site.' },
  },
}
const notes = { points: [{ question: 'Was the plan kept?', answer: 'yes' }], conclusion: 'It was.' }
const report = { procedures: 'Retracing, visit.', results: 'None open.', conclusion: 'Fairly stated.' }

describe('an engagement under a scheme that asks for everything', () => {
  test('goes from draft to document, and through no gate before its time', async () => {
    const requests: string[] = []
    const counted = async (what: string, answer: Promise<Answer>): Promise<Answer['body']> => {
      const { status, body: told } = await answer
      requests.push(what)
      expect(status, `${what}: ${JSON.stringify(told)}`).toBeLessThan(300)
      return told
    }
    const refused = async (answer: Promise<Answer>) => {
      const told = await answer
      return [code(told), told.body.guard]
    }
    const scheme = { id: 'egret-development', version: '1.5' }
    const { id: footprintId } = await draft(client, footprintBody({ scheme }))
    requests.push('create', 'activity data')
    const files = ofFootprint(footprintId)
    const invoice = await brought(client.machine, files)
    requests.push('announce', 'upload', 'confirm')
    await counted('link', link(client.machine, files, invoice.id, { lines: ['power'] }))
    await counted('submit', submit(client.responsible.token, footprintId))
    const { id } = await counted('apply', apply(client.preparer.token, footprintId, certifier.slug))

    const act = (by: Someone, path: string, sent?: unknown) => move(by.token, id, path, sent)
    const record = (by: Someone, kind: string, sent: unknown) => act(by, 'papers', { kind, body: sent })
    const declare = (by: Someone) => record(by, 'impartiality-declaration', { ties: [] })
    const accept = () =>
      act(
        certifier.manager,
        'accept',
        acceptance(certifier, { contractReview: { ...contractReview, sector: 'C33' } }),
      )

    expect(await refused(accept())).toEqual(['not-independent', 'impartiality-declared'])
    await counted('declare', declare(certifier.manager))
    expect(await refused(accept())).toEqual(['not-independent', 'team-impartial'])
    await counted('declare', declare(certifier.lead))
    await counted('declare', declare(certifier.verifier))
    expect(await refused(accept())).toEqual(['competence-missing', 'team-competent'])
    for (const [by, role] of [
      [certifier.lead, 'lead-verifier'],
      [certifier.reviewer, 'reviewer'],
      [certifier.decider, 'decision-maker'],
    ] as const) {
      const competence = { role, sector: 'C', evidence: 'Examined in 2024.', validFrom: '2024-01-01' }
      const path = `/v1/members/${by.memberId}/competences`
      await call('POST', path, { token: certifier.manager.token, body: competence })
    }
    await counted('accept', accept())

    const propose = () => act(certifier.lead, 'propose', proposal)
    expect(await refused(propose())).toEqual(['paper-missing', 'papers-complete'])
    expect(await refused(record(certifier.lead, 'strategic-analysis', papers['strategic-analysis']))).toEqual(
      ['paper-missing', 'paper-in-order'],
    )
    const agreement = { title: 'Agreement', documentDigest: digest, agreedOn: '2026-01-05' }
    await counted('agreement', record(certifier.manager, 'agreement', agreement))
    await counted('signature', record(client.responsible, 'agreement-signature', { documentDigest: digest }))
    for (const [kind, sent] of Object.entries(papers)) await counted(kind, record(certifier.lead, kind, sent))
    // Diesel is 11 % of the inventory and has no evidence yet: 5 % asks for some.
    expect(await refused(propose())).toEqual(['evidence-missing', 'evidence-complete'])
    await counted('link', link(client.machine, files, invoice.id, { lines: ['diesel'] }))
    await counted('propose', propose())

    const concur = () => act(certifier.reviewer, 'review', { outcome: 'concur', notes: 'Complete.' })
    expect(await refused(concur())).toEqual(['not-independent', 'impartiality-declared'])
    await counted('declare', declare(certifier.reviewer))
    expect(await refused(concur())).toEqual(['paper-missing', 'papers-complete'])
    await counted('review notes', record(certifier.reviewer, 'review-notes', notes))
    await counted('concur', concur())
    const grant = () => act(certifier.decider, 'decide', { outcome: 'granted', reason: 'Conforms.' })
    expect(await refused(grant())).toEqual(['not-independent', 'impartiality-declared'])
    await counted('declare', declare(certifier.decider))
    await counted('decide', grant())
    const issue = () => act(certifier.decider, 'credential')
    expect(await refused(issue())).toEqual(['paper-missing', 'papers-complete'])
    await counted('report', record(certifier.lead, 'verification-report', report))
    const document = await counted('issue', issue())
    expect(document.state).toBe('public')

    const seen = (await read(certifier.manager.token, id)).body
    expect(seen.state).toBe('issued')
    expect(seen.papers.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['agreement', 'agreement-signature', ...Object.keys(papers), 'review-notes']),
    )
    console.info(`a full engagement in ${requests.length} requests: ${requests.join(', ')}`)
  }, 120_000)

  test('is stopped by a tie that its reviewer declares, until another reviews', async () => {
    const scheme = { id: 'egret-development', version: '1.5' }
    const { id: footprintId } = await draft(client, footprintBody({ scheme }))
    await submit(client.responsible.token, footprintId)
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    const tie = {
      kind: 'consultancy',
      party: 'The client',
      from: '2025-01-01',
      description: 'Its inventory.',
    }
    const declared = { kind: 'impartiality-declaration', body: { ties: [tie] } }
    expect((await move(certifier.manager.token, id, 'papers', declared)).status).toBe(200)
    const answer = await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    expect([code(answer), answer.body.ties]).toEqual(['not-independent', ['consultancy']])
  })
})
