/** The body's part: application, acceptance with contract review and team, findings, opinion, review, decision, credential. */

import { type Answer, StepFailed } from './api.ts'
import type { Member } from './parties.ts'
import type { Question, Slip } from './plots.ts'
import {
  addActivityData,
  calculateDraft,
  type Revision,
  readFootprint,
  requireExpected,
  submit,
  type Walk,
} from './prepare.ts'

/** An engagement as every move answers it. */
interface Engagement {
  readonly id: string
  readonly state: string
  readonly findingCount: number
}

/** A request that had to be refused, and was. */
export interface Refusal {
  readonly what: string
  readonly status: number
  readonly problem: string
  readonly detail: string
}

/** An issued credential, as the API answers it. */
export interface IssuedCredential {
  readonly id: string
  readonly number: string
  readonly url: string
  readonly verifyUrl: string
  readonly jwt: string
  readonly digest: string
  /** Its place in the transparency log. */
  readonly leafIndex: number
}

/** What a verification came to. */
export interface Outcome {
  readonly engagementId: string
  readonly states: readonly string[]
  readonly revision: Revision
  readonly refusal: Refusal
  readonly credential: IssuedCredential
}

/** An example with everything that happened to it. */
export interface Walked {
  readonly walk: Walk
  readonly outcome: Outcome
}

/** An engagement in which everything is decided, and nothing issued yet. */
export type Decided = Pick<Outcome, 'engagementId' | 'revision' | 'refusal'>

/** From the application to the credential. */
export async function verifyAndIssue(walk: Walk, submitted: Revision): Promise<Outcome> {
  const decided = await verifyAndDecide(walk, submitted)
  const credential = await issue(walk, decided.engagementId)
  return { ...decided, credential, states: await statesOf(walk, decided.engagementId) }
}

/** From the application to the decision. */
export async function verifyAndDecide(walk: Walk, submitted: Revision): Promise<Decided> {
  const engagement = await apply(walk, submitted)
  await accept(walk, engagement, submitted)
  const revision = await settleFinding(walk, engagement, submitted)
  await propose(walk, engagement, revision)
  await review(walk, engagement)
  const refusal = await refuseInsider(walk, engagement)
  await decide(walk, engagement)
  return { engagementId: engagement.id, revision, refusal }
}

async function apply(
  { story, enterprise, body, plot }: Walk,
  { footprintId }: Revision,
): Promise<Engagement> {
  const { caller, name } = enterprise.responsible
  story.step(
    name,
    `applies to ${body.name.en} for a ${plot.documentKind}, and lets it show the result by gas as well.`,
  )
  const answer = await caller.call<Engagement>('POST', '/v1/engagements', {
    body: { footprintId, body: body.slug, documentKind: plot.documentKind, disclosure: ['byGas'] },
    expect: { status: 201 },
  })
  return answer.body
}

/** A move of the engagement by one of its persons. */
function move(
  { caller }: Member,
  { id }: Engagement,
  path: string,
  body?: unknown,
): Promise<Answer<Engagement>> {
  return caller.call('POST', `/v1/engagements/${id}/${path}`, { body, expect: { status: 200 } })
}

async function accept(
  { story, body, plot }: Walk,
  engagement: Engagement,
  revision: Revision,
): Promise<void> {
  const { manager, lead, verifier } = body
  story.step(
    manager.name,
    `reviews the contract and accepts, with ${lead.name} and ${verifier.name} as the team.`,
  )
  await move(manager, engagement, 'accept', {
    contractReview: {
      objectives: 'Whether the footprint is fairly stated in accordance with the criteria',
      scope: 'All lines of the footprint, its boundary and its exclusions',
      criteria: ['ISO 14064-3:2019', 'egret-development 1.2'],
      parts: revision.result.parts.map(({ part }) => ({
        part,
        assurance: plot.assurance,
        materiality: '0.05',
      })),
      personDays: '3.5',
      competenceConfirmed: true,
      sector: plot.sector,
    },
    team: [
      { memberId: lead.memberId, role: 'lead-verifier', impartial: true },
      { memberId: verifier.memberId, role: 'verifier', impartial: true },
    ],
  })
}

/** Raises the plot's finding and brings it to its end. @returns the revision that stands afterwards. */
async function settleFinding(walk: Walk, engagement: Engagement, submitted: Revision): Promise<Revision> {
  const { finding } = walk.plot
  return 'amount' in finding
    ? correct(walk, engagement, submitted, finding)
    : askAndClose(walk, engagement, submitted, finding)
}

async function askAndClose(
  walk: Walk,
  engagement: Engagement,
  submitted: Revision,
  question: Question,
): Promise<Revision> {
  const { kind, text, lines } = { kind: 'clarification', ...question }
  const number = await raise(walk, engagement, { kind, text, lines })
  await answerFinding(walk, engagement, number, question.answer)
  await close(walk, engagement, number, question.note)
  return submitted
}

/** A misstatement: sent back, corrected, resubmitted, closed. */
async function correct(
  walk: Walk,
  engagement: Engagement,
  submitted: Revision,
  slip: Slip,
): Promise<Revision> {
  const { story, enterprise, body, example } = walk
  const { footprintId, result } = submitted
  const overstated = Number(result.totalKgCo2e) - Number(example.expected.totals.total)
  const number = await raise(walk, engagement, {
    kind: 'misstatement',
    part: result.parts[0]?.part,
    quantity: { amount: overstated.toFixed(6), unit: 'kgCO2e' },
    text: slip.text,
    lines: [slip.line],
  })
  story.step(body.verifier.name, 'sends the footprint back: it becomes a draft again, for its next revision.')
  await move(body.verifier, engagement, 'send-back')
  await addActivityData(walk, await readFootprint(walk, footprintId), null)
  await calculateDraft(walk, footprintId)
  const corrected = await submit(walk, footprintId)
  await answerFinding(walk, engagement, number, slip.answer)
  story.step(enterprise.preparer.name, `comes back with revision ${corrected.number}.`)
  await move(enterprise.preparer, engagement, 'resubmit')
  await close(walk, engagement, number, slip.note)
  return corrected
}

async function raise({ story, body }: Walk, engagement: Engagement, finding: object): Promise<number> {
  story.step(body.verifier.name, 'raises a finding.')
  const { findingCount } = (await move(body.verifier, engagement, 'findings', finding)).body
  return findingCount
}

async function answerFinding(
  { story, enterprise }: Walk,
  engagement: Engagement,
  number: number,
  text: string,
): Promise<void> {
  story.step(enterprise.preparer.name, `answers finding ${number}.`)
  await move(enterprise.preparer, engagement, `findings/${number}/answer`, { text })
}

async function close(
  { story, body }: Walk,
  engagement: Engagement,
  number: number,
  note: string,
): Promise<void> {
  story.step(body.lead.name, `closes finding ${number} as resolved.`)
  await move(body.lead, engagement, `findings/${number}/close`, { closure: 'resolved', note })
}

async function propose(
  { story, body, plot, example }: Walk,
  engagement: Engagement,
  { result }: Revision,
): Promise<void> {
  requireExpected(example, result.totalKgCo2e)
  story.step(body.lead.name, 'proposes an unmodified opinion to the review.')
  await move(body.lead, engagement, 'propose', {
    opinion: 'unmodified',
    parts: result.parts.map(({ part }) => ({ part, assurance: plot.assurance })),
    rationale: 'Every line was traced to its source and computed again; no uncorrected matter remains.',
  })
}

async function review({ story, body }: Walk, engagement: Engagement): Promise<void> {
  story.step(body.reviewer.name, 'took no part in the verification, reviews it, and concurs.')
  await move(body.reviewer, engagement, 'review', {
    outcome: 'concur',
    notes: 'The evidence supports the opinion; the finding was followed to its end.',
  })
}

/** The lead verifier is a decision maker of the body too, and may not decide on this. */
async function refuseInsider({ story, body }: Walk, { id }: Engagement): Promise<Refusal> {
  const { caller, name } = body.lead
  story.step(name, 'is a decision maker of the body as well, and tries to decide on the own work.')
  const expect = { status: 409, problem: 'not-independent' }
  const answer = await caller.call<{ detail: string }>('POST', `/v1/engagements/${id}/decide`, {
    body: { outcome: 'granted', reason: 'Good work.' },
    expect,
  })
  story.remark('Refused: nobody certifies their own work.')
  const what = 'a decision by someone of the verification team'
  return { what, ...expect, detail: answer.body.detail }
}

async function decide({ story, body }: Walk, engagement: Engagement): Promise<void> {
  story.step(body.decider.name, 'decides: another person, outside the team.')
  await move(body.decider, engagement, 'decide', {
    outcome: 'granted',
    reason: 'The opinion is supported by the file and by the review.',
  })
}

async function issue({ story, body }: Walk, id: string): Promise<IssuedCredential> {
  const { caller, name } = body.decider
  story.step(name, 'issues what the decision grants: a signed credential.')
  const answer = await caller.call<IssuedCredential>('POST', `/v1/engagements/${id}/credential`, {
    expect: { status: 201 },
  })
  story.remark(answer.body.url)
  return answer.body
}

interface EngagementFile extends Engagement {
  readonly history: readonly { readonly to: string | null }[]
}

/** The states the engagement went through, as its history tells them. */
async function statesOf({ story, enterprise }: Walk, id: string): Promise<string[]> {
  story.step(enterprise.preparer.name, 'reads the whole file: findings, opinion, decision and history.')
  const { body } = await enterprise.preparer.caller.call<EngagementFile>('GET', `/v1/engagements/${id}`, {
    expect: { status: 200 },
  })
  if (body.state !== 'issued') throw new StepFailed(`The engagement ends as ${body.state}.`)
  const states = body.history.map(({ to }) => to).filter((to) => to !== null)
  return states.filter((state, at) => state !== states[at - 1])
}
