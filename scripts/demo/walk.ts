/** The whole main job, for as many examples as asked for: who is who, then each footprint to its credential, then the stranger. */

import { type Api, apiOf } from './api.ts'
import { type DemoName, readExample } from './examples.ts'
import {
  type Body,
  type Enterprise,
  type NewEnterprise,
  type Registrar,
  registerBody,
  registerEnterprise,
} from './parties.ts'
import { plots, type Slip } from './plots.ts'
import {
  addActivityData,
  beginFootprint,
  calculateDraft,
  type Revision,
  submit,
  tryCalculation,
  type Walk,
} from './prepare.ts'
import { lookAtAnothers, mixElectricityFamilies } from './refusals.ts'
import {
  type CredentialReport,
  credentialReport,
  footprintReport,
  partyReport,
  type WalkReport,
} from './report.ts'
import { type MoveAsked, type MoveReport, moveBeforeAll } from './standing.ts'
import type { Story } from './story.ts'
import { verifyAsStranger } from './stranger.ts'
import type { System } from './system.ts'
import { type Refusal, verifyAndIssue, type Walked } from './verification.ts'

/** Walks the examples through a system. @throws StepFailed at the first step that does not hold. */
export async function walkExamples(
  system: System,
  names: readonly DemoName[],
  story: Story,
): Promise<WalkReport> {
  const { registrar, body, enterprises, done } = await issueExamples(system, names, story)
  const { api } = registrar
  const refusals = await otherRefusals(registrar, done)
  const credentials = await askStranger(api, story, done)
  const moves = await suspendAndReinstate(api, story, done)
  return {
    parties: { body: partyReport(body), enterprises: enterprises.map(partyReport) },
    footprints: done.map(footprintReport),
    credentials,
    moves,
    refusals: [...done.map(({ outcome }) => outcome.refusal), ...refusals],
    requests: api.steps,
  }
}

/** Everyone, and each example with its credential. */
export interface IssuedExamples {
  readonly registrar: Registrar
  readonly body: Body
  readonly enterprises: readonly Enterprise[]
  readonly done: readonly Walked[]
}

/** The walk as far as the credentials. @throws StepFailed */
export async function issueExamples(
  system: System,
  names: readonly DemoName[],
  story: Story,
): Promise<IssuedExamples> {
  const api = apiOf(system.url, story)
  story.chapter('Who is who')
  story.step('The operator', 'exchanges its client id and secret for an access token.')
  const registrar = { api, story, operator: await api.login('The operator', system.operator) }
  const body = await registerBody(registrar)
  const owners = await registerOwners(registrar, names)
  const done: Walked[] = []
  for (const name of names) done.push(await walkOne(api, story, body, owners, name))
  return { registrar, body, enterprises: [...new Set(owners.values())], done }
}

type Owners = ReadonlyMap<DemoName, Enterprise>

/** Each enterprise once, also where two examples are its. */
async function registerOwners(registrar: Registrar, names: readonly DemoName[]): Promise<Owners> {
  const byName = new Map<string, Enterprise>()
  const owners = new Map<DemoName, Enterprise>()
  for (const example of names) {
    const { enterprise } = plots[example]
    const owner = byName.get(enterprise.name.en) ?? (await registerEnterprise(registrar, enterprise))
    byName.set(enterprise.name.en, owner)
    owners.set(example, owner)
  }
  return owners
}

async function walkOne(api: Api, story: Story, body: Body, owners: Owners, name: DemoName): Promise<Walked> {
  const enterprise = owners.get(name) as Enterprise
  const walk: Walk = { api, story, example: readExample(name), plot: plots[name], body, enterprise }
  const submitted = await prepare(walk)
  story.chapter(`Verify, decide, issue: ${walk.example.face.title}`)
  return { walk, outcome: await verifyAndIssue(walk, submitted) }
}

/** The enterprise's part, up to the frozen revision. */
export async function prepare(walk: Walk): Promise<Revision> {
  walk.story.chapter(`Prepare: ${walk.example.face.title}`)
  await tryCalculation(walk)
  const footprint = await beginFootprint(walk)
  await addActivityData(walk, footprint, slipOf(walk))
  await calculateDraft(walk, footprint.id)
  return submit(walk, footprint.id)
}

function slipOf({ plot: { finding } }: Walk): Slip | null {
  return 'amount' in finding ? finding : null
}

const curiousCompetitor: NewEnterprise = {
  name: { en: 'A curious competitor (fictional)', zh: '某竞争企业（虚构示例）' },
  country: 'CN',
  persons: { preparer: 'He Lin 何琳', responsible: 'Tang Jun 唐军' },
}

async function otherRefusals(registrar: Registrar, done: readonly Walked[]): Promise<Refusal[]> {
  const { story } = registrar
  const [first] = done
  if (!first) return []
  story.chapter('What is refused')
  const rival = await registerEnterprise(registrar, curiousCompetitor)
  return [
    await mixElectricityFamilies(story, rival.preparer),
    await lookAtAnothers(story, rival.preparer.caller, first.outcome.revision.footprintId),
  ]
}

async function askStranger(api: Api, story: Story, done: readonly Walked[]): Promise<CredentialReport[]> {
  const reports: CredentialReport[] = []
  for (const { walk, outcome } of done) {
    const { credential, revision } = outcome
    story.chapter(`A stranger verifies ${credential.number}`)
    const holder = {
      caller: walk.enterprise.preparer.caller,
      footprintId: revision.footprintId,
      revision: revision.number,
    }
    const findings = await verifyAsStranger(api, story, credential.id, holder)
    reports.push({ ...credentialReport(walk, credential), ...findings })
  }
  return reports
}

/** Only a certificate is ever suspended: a statement speaks of a point in time. At the end it is in force again. */
async function suspendAndReinstate(api: Api, story: Story, done: readonly Walked[]): Promise<MoveReport[]> {
  const certified = done.find(({ walk }) => walk.plot.documentKind === 'certificate')
  if (!certified) return []
  const { walk, outcome } = certified
  story.chapter(`What becomes of ${outcome.credential.number}`)
  const move = (asked: MoveAsked) => moveBeforeAll(api, story, walk.body.decider, outcome.credential, asked)
  return [
    await move({
      move: 'suspend',
      reason: 'nonconformity',
      note: 'A meter does not agree with its invoices; until that is explained.',
    }),
    await move({ move: 'reinstate', reason: 'resolved', note: 'The meter was read on the wrong day.' }),
  ]
}
