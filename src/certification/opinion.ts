/**
 * Whether an opinion can stand beside the findings. The rules bar; they never choose: an unmodified opinion over an
 * uncorrected matter that should have moved it is refused, any other opinion is the team's judgement.
 */

import type { EngagementFacts, Finding, Proposal } from './engagement.ts'
import { isUncorrected, materialityOf, type PartMateriality } from './materiality.ts'
import { type Opinion, opinions, type Part } from './scheme.ts'

/** Why an unmodified opinion cannot stand, one sentence each; empty when it can. `judgement`: what the verifier wrote on each part. */
export function barsToUnmodified(facts: EngagementFacts, judged: readonly Part[] = []): readonly string[] {
  return [
    ...facts.findings.filter(isUncorrected).flatMap(barOfFinding),
    ...materialityOf(facts).flatMap((part) => barsOfPart(part, judged)),
  ]
}

/** Why an unmodified opinion on one part cannot stand: what is found of it, and what is found of no part in particular. */
export function barsOfOnePart(
  facts: EngagementFacts,
  part: Part,
  judged: readonly Part[],
): readonly string[] {
  const findings = facts.findings.filter((one) => one.part === null || one.part === part)
  return barsToUnmodified(
    { ...facts, findings, parts: facts.parts.filter((one) => one.part === part) },
    judged,
  )
}

function barOfFinding(finding: Finding): string[] {
  const named = `Finding ${finding.number}`
  if (finding.kind === 'nonconformity' && finding.severity === 'major')
    return [`${named} is a major nonconformity.`]
  return finding.kind === 'scope-limitation' ? [`${named} limits what could be verified.`] : []
}

function barsOfPart(
  { part, intentional, singleOver, netOver, needsJudgement, together }: PartMateriality,
  judged: readonly Part[],
): string[] {
  const alone = singleOver.filter((number) => !intentional.includes(number))
  const isNamed = intentional.length + alone.length > 0
  return [
    ...intentional.map((number) => `Finding ${number} is an intentional misstatement.`),
    ...alone.map((number) => `Finding ${number} is a material misstatement of ${part}.`),
    ...(netOver && !isNamed ? [`The misstatements of ${part} are material together.`] : []),
    ...(needsJudgement && !isNamed && !judged.includes(part)
      ? [
          `The misstatements of ${part} come to ${together.gross} kgCO2e and are material but for setting each other off: say in "judgements" why that may stand.`,
        ]
      : []),
  ]
}

/** How favourable an opinion is: 0 for the most; an adverse opinion and a disclaimer are alike here. */
const rank: Readonly<Record<Opinion, number>> = { unmodified: 0, modified: 1, adverse: 2, disclaimer: 2 }

/** The least favourable opinion on a part decides how favourable the opinion as a whole may be; null where it is not too favourable. */
export function tooFavourable({ opinion, parts }: Proposal): Opinion | null {
  const worst = opinions.filter((one) => parts.some((part) => (part.opinion ?? opinion) === one)).at(-1)
  return worst !== undefined && rank[opinion] < rank[worst] ? worst : null
}
