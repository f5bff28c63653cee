/**
 * Whether an opinion can stand beside the findings. The rules bar; they never choose: an unmodified opinion over an
 * uncorrected matter that should have moved it is refused, any other opinion is the team's judgement.
 */

import type { AgreedPart, EngagementFacts, Finding } from './engagement.ts'

/** Why an unmodified opinion cannot stand, one sentence each; empty when it can. */
export function barsToUnmodified(facts: EngagementFacts): readonly string[] {
  const uncorrected = facts.findings.filter(isUncorrected)
  return [
    ...uncorrected.flatMap((finding) => barOfOne(finding, facts)),
    ...facts.parts.flatMap(({ part }) => barOfSum(part, uncorrected, facts)),
  ]
}

/** Neither resolved nor taken back: what the opinion must answer for. */
export function isUncorrected(finding: Finding): boolean {
  return finding.state !== 'closed' || finding.closure === 'stands'
}

function barOfOne(finding: Finding, facts: EngagementFacts): string[] {
  const named = `Finding ${finding.number}`
  if (finding.kind === 'nonconformity' && finding.severity === 'major')
    return [`${named} is a major nonconformity.`]
  if (finding.kind === 'scope-limitation') return [`${named} limits what could be verified.`]
  if (finding.kind !== 'misstatement') return []
  if (finding.intentional) return [`${named} is an intentional misstatement.`]
  return isMaterial(finding, facts) ? [`${named} is a material misstatement of ${finding.part}.`] : []
}

function isMaterial(finding: Finding, facts: EngagementFacts): boolean {
  return Math.abs(quantity(finding)) >= thresholdOf(finding.part, facts)
}

/** Small misstatements of one direction can matter together. A single material one has been named already. */
function barOfSum(
  part: AgreedPart['part'],
  uncorrected: readonly Finding[],
  facts: EngagementFacts,
): string[] {
  const small = uncorrected.filter(
    (finding) => finding.kind === 'misstatement' && finding.part === part && !isMaterial(finding, facts),
  )
  const sum = small.reduce((total, finding) => total + quantity(finding), 0)
  if (small.length < 2 || Math.abs(sum) < thresholdOf(part, facts)) return []
  return [`The misstatements of ${part} are material together.`]
}

/** kg CO2e from which a misstatement of the part matters; nothing agreed means that everything does. */
function thresholdOf(part: Finding['part'], facts: EngagementFacts): number {
  const agreed = facts.contractReview?.parts.find((entry) => entry.part === part)
  const result = facts.parts.find((entry) => entry.part === part)
  return agreed && result ? Number(agreed.materiality) * Math.abs(result.kgCo2e) : 0
}

function quantity(finding: Finding): number {
  return Number(finding.quantityKgCo2e ?? 0)
}
