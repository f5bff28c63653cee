/**
 * A whole engagement under a scheme that asks for everything: from a draft to the document, each step by the person it belongs to, and each
 * gate first tried before what it asks for is there.
 */

import { expect } from 'vitest'
import { pdf } from '../certification/made-evidence.ts'
import { type Answer, call } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  code,
  contractReview,
  draft,
  type Enterprise,
  move,
  type Someone,
  submit,
} from './cast.ts'
import { brought, link, ofFootprint } from './evidence-files.ts'

/** What is walked: all else is the same under every scheme that asks for everything. */
export interface Walk {
  readonly client: Enterprise
  readonly certifier: Body
  readonly documentKind: 'verification-statement' | 'certificate'
  readonly definition: Record<string, unknown>
  readonly lines: readonly unknown[]
  /** What is agreed on each part, and of each stated. */
  readonly parts: readonly {
    readonly part: string
    readonly assurance: string
    readonly materiality: string
  }[]
  readonly evidence: {
    readonly kind: string
    /** Lines with evidence before the opinion, and those that were forgotten until it was refused. */
    readonly linked: readonly string[]
    readonly forgotten: readonly string[]
  }
  /** The client's plan of reduction, where the scheme asks for one. */
  readonly plan?: unknown
  /** Gates of other kinds, tried while the engagement is there; each may leave nothing behind. */
  readonly at?: Partial<
    Record<'applied' | 'accepted' | 'reviewed' | 'granted', (id: string, walk: Steps) => Promise<void>>
  >
}

/** The acts of the walk that tests try out of turn. */
export interface Steps {
  readonly accept: (sector?: string) => Promise<Answer>
  readonly grant: () => Promise<Answer>
  readonly issue: () => Promise<Answer>
}

const digest = `sha256:${'a'.repeat(64)}`
const agreement = { title: 'Agreement', documentDigest: digest, agreedOn: '2026-01-05' }

/** Working papers of a small footprint of one site, about this part of it. */
export function teamPapers(part: string, line: string) {
  return {
    'strategic-analysis': {
      operations: 'One foundry.',
      sources: 'Purchased power, diesel of two lorries.',
      dataAndControls: 'Meter book and ERP, checked each month by the controller.',
      intendedUse: 'A buyer in Germany.',
    },
    'risk-assessment': {
      risks: [
        {
          ...{ area: 'Meters', part, inherent: 'high', control: 'medium', detection: 'low' },
          ...{ response: 'Retrace every monthly record.', lines: [line] },
        },
      ],
    },
    'verification-plan': {
      steps: [{ activity: 'Visit', from: '2026-02-10', until: '2026-02-11', who: 'Lead verifier' }],
      sampling: 'All twelve records of the year.',
    },
    'evidence-plan': {
      items: [{ about: 'The year', part, method: 'retracing', evidence: 'Records', risk: 1 }],
    },
    'document-review': {
      documents: [{ title: 'Records 2024', inOrder: true }],
      conclusion: 'Complete.',
    },
    'site-visit': {
      ...{ site: 'Haicang', kind: 'on-site', from: '2026-02-10', until: '2026-02-11' },
      ...{ participants: ['Lead verifier', 'Controller'], checked: 'Meters.', rationale: 'The only site.' },
    },
  }
}
const notes = { points: [{ question: 'Was the plan kept?', answer: 'yes' }], conclusion: 'It was.' }
const report = { procedures: 'Retracing, visit.', results: 'None open.', conclusion: 'Fairly stated.' }

const refused = async (answer: Promise<Answer>) => {
  const told = await answer
  return [code(told), told.body.guard]
}

/** Each who acts for the body, competent for it in the whole of manufacturing. */
async function competent(certifier: Body): Promise<void> {
  for (const [by, role] of [
    [certifier.lead, 'lead-verifier'],
    [certifier.reviewer, 'reviewer'],
    [certifier.decider, 'decision-maker'],
  ] as const) {
    const competence = { role, sector: 'C', evidence: 'Examined in 2024.', validFrom: '2024-01-01' }
    const path = `/v1/members/${by.memberId}/competences`
    await call('POST', path, { token: certifier.manager.token, body: competence })
  }
}

/** Walks to the issued document, a gate at a time. @param isNew whether the body's members have no competence yet. */
export async function walked(
  { client, certifier, documentKind, definition, lines, parts, evidence, plan, at = {} }: Walk,
  isNew = true,
): Promise<{ id: string; footprintId: string; issued: Answer['body']; requests: readonly string[] }> {
  const requests: string[] = []
  const counted = async (what: string, answer: Promise<Answer>): Promise<Answer['body']> => {
    const { status, body: told } = await answer
    requests.push(what)
    expect(status, `${what}: ${JSON.stringify(told)}`).toBeLessThan(300)
    return told
  }
  const { id: footprintId } = await draft(client, definition as Parameters<typeof draft>[1], lines)
  requests.push('create', 'activity data')
  const files = ofFootprint(footprintId)
  const file = await brought(client.machine, files, pdf(crypto.randomUUID()), { kind: evidence.kind })
  requests.push('announce', 'upload', 'confirm')
  await counted('link', link(client.machine, files, file.id, { lines: evidence.linked }))
  await counted('submit', submit(client.responsible.token, footprintId))
  const { id } = await counted(
    'apply',
    apply(client.preparer.token, footprintId, certifier.slug, { documentKind }),
  )

  const act = (by: Someone, path: string, sent?: unknown) => move(by.token, id, path, sent)
  /** Engagements whose plan the client's work list asks for. */
  const plansAwaited = async () => {
    const { items } = (await call('GET', '/v1/work', { token: client.responsible.token })).body
    type Item = { readonly engagementId: string; readonly queues: readonly string[] }
    return (items as Item[])
      .filter(({ queues }) => queues.includes('to-plan'))
      .map(({ engagementId }) => engagementId)
  }
  const record = (by: Someone, kind: string, sent: unknown) => act(by, 'papers', { kind, body: sent })
  const declare = (by: Someone) => record(by, 'impartiality-declaration', { ties: [] })
  const accept = (sector = 'C33') =>
    act(
      certifier.manager,
      'accept',
      acceptance(certifier, { contractReview: { ...contractReview, parts, sector } }),
    )
  const grant = () => act(certifier.decider, 'decide', { outcome: 'granted', reason: 'Conforms.' })
  const issue = () => act(certifier.decider, 'credential')
  const steps: Steps = { accept, grant, issue }

  expect(await refused(accept())).toEqual(['not-independent', 'impartiality-declared'])
  await counted('declare', declare(certifier.manager))
  await at.applied?.(id, steps)
  expect(await refused(accept())).toEqual(['not-independent', 'team-impartial'])
  await counted('declare', declare(certifier.lead))
  await counted('declare', declare(certifier.verifier))
  if (isNew) {
    expect(await refused(accept())).toEqual(['competence-missing', 'team-competent'])
    await competent(certifier)
  }
  await counted('accept', accept())
  await at.accepted?.(id, steps)

  const stated = {
    opinion: 'unmodified',
    parts: parts.map(({ part, assurance }) => ({ part, assurance })),
    rationale: 'Records agree with the lines.',
  }
  const propose = () => act(certifier.lead, 'propose', stated)
  const papers = teamPapers(parts.at(-1)?.part ?? '', evidence.linked[0] ?? '')
  expect(await refused(propose())).toEqual(['paper-missing', 'papers-complete'])
  const analysis = record(certifier.lead, 'strategic-analysis', papers['strategic-analysis'])
  expect(await refused(analysis)).toEqual(['paper-missing', 'paper-in-order'])
  await counted('agreement', record(certifier.manager, 'agreement', agreement))
  await counted('signature', record(client.responsible, 'agreement-signature', { documentDigest: digest }))
  for (const [kind, sent] of Object.entries(papers)) await counted(kind, record(certifier.lead, kind, sent))
  if (plan !== undefined) {
    const { body: told } = await propose()
    expect([told.guard, told.papers]).toEqual(['papers-complete', ['reduction-plan']])
    expect(await plansAwaited()).toContain(id)
    await counted('plan', record(client.responsible, 'reduction-plan', plan))
    expect(await plansAwaited()).not.toContain(id)
  }
  expect(await refused(propose())).toEqual(['evidence-missing', 'evidence-complete'])
  await counted('link', link(client.machine, files, file.id, { lines: evidence.forgotten }))
  await counted('propose', propose())

  const concur = () => act(certifier.reviewer, 'review', { outcome: 'concur', notes: 'Complete.' })
  expect(await refused(concur())).toEqual(['not-independent', 'impartiality-declared'])
  await counted('declare', declare(certifier.reviewer))
  expect(await refused(concur())).toEqual(['paper-missing', 'papers-complete'])
  await counted('review notes', record(certifier.reviewer, 'review-notes', notes))
  await counted('concur', concur())
  expect(await refused(grant())).toEqual(['not-independent', 'impartiality-declared'])
  await counted('declare', declare(certifier.decider))
  await at.reviewed?.(id, steps)
  await counted('decide', grant())
  expect(await refused(issue())).toEqual(['paper-missing', 'papers-complete'])
  await counted('report', record(certifier.lead, 'verification-report', report))
  await at.granted?.(id, steps)
  const issued = await counted('issue', issue())
  expect(issued.state).toBe('public')
  return { id, footprintId, issued, requests }
}
