/** The whole main job, for as many examples as asked for: who is who, then each footprint to its credential, then the stranger. */

import type { Names } from '../../src/engine/types.ts'
import { type Api, apiOf, type Step } from './api.ts'
import { type ExampleName, readExample } from './examples.ts'
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
import type { Story } from './story.ts'
import { type Findings, verifyAsStranger } from './stranger.ts'
import type { System } from './system.ts'
import { type IssuedCredential, type Outcome, type Refusal, verifyAndIssue } from './verification.ts'

/** One footprint, from its example to its credential. */
export interface FootprintReport {
  readonly example: ExampleName
  readonly kind: 'organization' | 'product'
  readonly title: string
  /** Whether its activity data are made up. */
  readonly illustrative: boolean
  readonly footprintId: string
  readonly engagementId: string
  readonly credentialId: string
  readonly revisions: number
  readonly revision: string
  readonly record: string
  readonly total: {
    readonly kgCo2e: string
    readonly printed: { readonly amount: string; readonly unit: string }
    /** As worked out by hand in the example. */
    readonly expectedKgCo2e: string
    readonly per: string
  }
  readonly parts: Revision['result']['parts']
  readonly published: Readonly<Record<string, unknown>> | null
  readonly gasesNotCovered: readonly string[]
  readonly flags: readonly string[]
  readonly states: readonly string[]
}

/** A credential, where it is, and what came of verifying it. */
export interface CredentialReport extends Findings {
  readonly id: string
  readonly number: string
  readonly example: ExampleName
  readonly documentKind: string
  readonly digest: string
  readonly links: {
    readonly page: string
    readonly jwt: string
    readonly verify: string
    readonly issuerDid: string
  }
}

/** An organization that took part. */
export interface PartyReport {
  readonly id: string
  readonly slug: string
  readonly name: Names
}

/** Everything the walk did and found. */
export interface WalkReport {
  readonly parties: { readonly body: PartyReport; readonly enterprises: readonly PartyReport[] }
  readonly footprints: readonly FootprintReport[]
  readonly credentials: readonly CredentialReport[]
  readonly refusals: readonly Refusal[]
  readonly requests: readonly Step[]
}

/** Walks the examples through a system. @throws StepFailed at the first step that does not hold. */
export async function walkExamples(
  system: System,
  names: readonly ExampleName[],
  story: Story,
): Promise<WalkReport> {
  const api = apiOf(system.url, story)
  story.chapter('Who is who')
  story.step('The operator', 'exchanges its client id and secret for an access token.')
  const registrar = { api, story, operator: await api.login('The operator', system.operator) }
  const body = await registerBody(registrar)
  const enterprises = await registerOwners(registrar, names)
  const done: Walked[] = []
  for (const name of names) done.push(await walkOne(api, story, body, enterprises, name))
  const refusals = await otherRefusals(registrar, done)
  const credentials = await askStranger(api, story, done)
  return {
    parties: { body: partyReport(body), enterprises: [...new Set(enterprises.values())].map(partyReport) },
    footprints: done.map(footprintReport),
    credentials,
    refusals: [...done.map(({ outcome }) => outcome.refusal), ...refusals],
    requests: api.steps,
  }
}

/** An example with everything that happened to it. */
interface Walked {
  readonly walk: Walk
  readonly outcome: Outcome
}

type Owners = ReadonlyMap<ExampleName, Enterprise>

/** Each enterprise once, also where two examples are its. */
async function registerOwners(registrar: Registrar, names: readonly ExampleName[]): Promise<Owners> {
  const byName = new Map<string, Enterprise>()
  const owners = new Map<ExampleName, Enterprise>()
  for (const example of names) {
    const { enterprise } = plots[example]
    const owner = byName.get(enterprise.name.en) ?? (await registerEnterprise(registrar, enterprise))
    byName.set(enterprise.name.en, owner)
    owners.set(example, owner)
  }
  return owners
}

async function walkOne(
  api: Api,
  story: Story,
  body: Body,
  owners: Owners,
  name: ExampleName,
): Promise<Walked> {
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

function credentialReport({ example, plot, body }: Walk, credential: IssuedCredential) {
  const { id, number, url, verifyUrl, digest } = credential
  const origin = new URL(url).origin
  return {
    id,
    number,
    example: example.name,
    documentKind: plot.documentKind,
    digest,
    links: {
      page: url,
      jwt: `${url}.jwt`,
      verify: verifyUrl,
      issuerDid: `${origin}/bodies/${body.slug}/did.json`,
    },
  }
}

function footprintReport({ walk: { example }, outcome }: Walked): FootprintReport {
  const { revision, credential, engagementId, states } = outcome
  const { totalKgCo2e, printed, parts, gasesNotCovered, flags } = revision.result
  return {
    example: example.name,
    kind: example.definition.kind,
    title: example.face.title,
    illustrative: example.illustrative,
    footprintId: revision.footprintId,
    engagementId,
    credentialId: credential.id,
    revisions: revision.number,
    revision: revision.digest,
    record: revision.recordDigest,
    total: {
      kgCo2e: totalKgCo2e,
      printed,
      expectedKgCo2e: example.expected.totals.total,
      per: example.expected.per,
    },
    parts,
    published: example.expected.published ?? null,
    gasesNotCovered,
    flags,
    states,
  }
}

function partyReport({ id, slug, name }: PartyReport): PartyReport {
  return { id, slug, name }
}
