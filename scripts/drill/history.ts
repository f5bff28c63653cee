/**
 * What the installation lives through before its loss, over HTTP as its users would: three documents, of which one stays in
 * force, one is suspended and one withdrawn, and facts of the body's accreditation.
 */

import { StepFailed } from '../demo/api.ts'
import type { Body, Registrar } from '../demo/parties.ts'
import { type MoveAsked, moveCredential } from '../demo/standing.ts'
import type { Story } from '../demo/story.ts'
import type { System } from '../demo/system.ts'
import type { IssuedCredential } from '../demo/verification.ts'
import { issueExamples } from '../demo/walk.ts'

/** What a verifier says of a document's status. */
export type Verdict = 'valid' | 'suspended' | 'revoked'

export interface Lived {
  readonly credentials: Readonly<Record<Verdict, IssuedCredential>>
  readonly body: Body
  readonly registrar: Registrar
}

/** What the log is told of it, by type of entry: as counted in this file. */
export const entriesTold = { credential: 3, 'credential-status': 5, accreditation: 3 } as const
/** Signed facts, withdrawn ones too. */
export const factsRecorded = 2
/** Set bits of the lists, fewest first: of revocation for what is withdrawn; of suspension for that too, and what is suspended. */
export const bitsSet = [1, 2] as const

/** @throws StepFailed at the first step that is answered otherwise than it should be. */
export async function live(system: System, story: Story): Promise<Lived> {
  const { registrar, body, done } = await issueExamples(
    system,
    ['organization-food-processing-site', 'product-electricity-from-fuel', 'product-xiamen-fan'],
    story,
  )
  const [valid, suspended, revoked] = done.map(({ outcome }) => outcome.credential)
  if (!valid || !suspended || !revoked) throw new StepFailed('Three documents were to be issued.')
  story.chapter('What becomes of them')
  await recordFacts(registrar, body)
  const note = 'Part of the drill.'
  const move = (credential: IssuedCredential, asked: Omit<MoveAsked, 'note'>) =>
    moveCredential(story, body.decider, credential, { ...asked, note })
  await move(suspended, { move: 'suspend', reason: 'nonconformity' })
  await move(suspended, { move: 'reinstate', reason: 'resolved' })
  await move(suspended, { move: 'suspend', reason: 'surveillance-not-passed' })
  await move(revoked, { move: 'suspend', reason: 'information-wrong' })
  await move(revoked, { move: 'withdraw', reason: 'information-wrong' })
  return { credentials: { valid, suspended, revoked }, body, registrar }
}

const accreditation = {
  kind: 'accreditation',
  authority: { en: 'Accreditation body (fictional)', zh: '某认可机构（虚构示例）' },
  documentKinds: ['verification-statement', 'certificate'],
  subjectKinds: ['organization', 'product'],
  standards: ['ISO 14064-1:2018', 'ISO 14067:2018'],
  sectors: ['C', 'D44'],
  source: 'https://accreditation.example/',
  validFrom: '2026-01-01T00:00:00Z',
} as const

/** One that stands, and one that is withdrawn. */
async function recordFacts({ operator, story }: Registrar, { id, name }: Body): Promise<void> {
  story.step('The operator', `records two accreditations of ${name.en}, and withdraws one.`)
  const record = (number: string) =>
    operator.call<{ id: string }>('POST', `/v1/organizations/${id}/accreditations`, {
      body: { ...accreditation, number },
      expect: { status: 201 },
    })
  await record('DRILL-V 001')
  const { body } = await record('DRILL-V 002')
  await operator.call('POST', `/v1/accreditations/${body.id}/withdraw`, {
    body: { reason: 'Part of the drill.' },
    expect: { status: 200 },
  })
}
