/**
 * Live arithmetic of misstatements, part by part (ISO 14064-3, second hand): what stands uncorrected, against what the part would be if it
 * were corrected. Known and projected stay apart, net beside gross. It tells; whether an opinion can stand is `opinion.ts`.
 */

import { exactSum } from '../engine/exact-sum.ts'
import type { EngagementFacts, Finding } from './engagement.ts'
import type { Part } from './scheme.ts'

/** A sum of misstatements, kg CO2e: `net` sets over- (positive) and understatements off, `gross` adds their sizes. */
export interface MisstatementSum {
  readonly count: number
  readonly net: number
  readonly gross: number
}

/** One part's misstatements beside its threshold. */
export interface PartMateriality {
  readonly part: Part
  /** The part's result in the revision under verification, kg CO2e; null for a part that the result does not have. */
  readonly reported: number | null
  /** `reported` without what is uncorrected and known or projected, kg CO2e. */
  readonly corrected: number | null
  /** Share agreed; null where nothing was agreed: every misstatement matters there. */
  readonly materiality: number | null
  /** kg CO2e from which it matters: share × |corrected|; 0 where nothing was agreed. */
  readonly threshold: number
  readonly known: MisstatementSum
  readonly projected: MisstatementSum
  readonly together: MisstatementSum
  /** Numbers of findings that matter alone by size. */
  readonly singleOver: readonly number[]
  /** Numbers of findings that are intentional, of any size. */
  readonly intentional: readonly number[]
  readonly netOver: boolean
  readonly grossOver: boolean
  /** Gross over the threshold while net is under: misstatements hide each other, and the verifier says in writing why they may. */
  readonly needsJudgement: boolean
}

/** Every part of the result, and every part that a misstatement names. */
export function materialityOf(
  facts: Pick<EngagementFacts, 'findings' | 'parts' | 'contractReview'>,
): readonly PartMateriality[] {
  const uncorrected = facts.findings.filter((one) => one.kind === 'misstatement' && isUncorrected(one))
  const named = [...facts.parts.map(({ part }) => part), ...uncorrected.flatMap(({ part }) => part ?? [])]
  return [...new Set(named)].map((part) =>
    ofPart(
      part,
      uncorrected.filter((one) => one.part === part),
      facts,
    ),
  )
}

/** Neither resolved nor taken back: what the opinion must answer for. */
export function isUncorrected(finding: Finding): boolean {
  return finding.state !== 'closed' || finding.closure === 'stands'
}

function ofPart(
  part: Part,
  misstatements: readonly Finding[],
  facts: Pick<EngagementFacts, 'parts' | 'contractReview'>,
): PartMateriality {
  const together = sumOf(misstatements)
  const reported = facts.parts.find((one) => one.part === part)?.kgCo2e ?? null
  const agreed = facts.contractReview?.parts.find((one) => one.part === part)
  const materiality = agreed ? Number(agreed.materiality) : null
  const corrected = reported === null ? null : reported - together.net
  const threshold = materiality === null || corrected === null ? 0 : materiality * Math.abs(corrected)
  const matters = (kgCo2e: number) => kgCo2e >= threshold
  const netOver = together.count > 0 && matters(Math.abs(together.net))
  const grossOver = together.count > 0 && matters(together.gross)
  const numbers = (which: (one: Finding) => boolean) =>
    misstatements.filter(which).map(({ number }) => number)
  return {
    ...{ part, reported, corrected, materiality, threshold, together, netOver, grossOver },
    known: sumOf(misstatements.filter(({ projected }) => !projected)),
    projected: sumOf(misstatements.filter(({ projected }) => projected)),
    singleOver: numbers((one) => matters(Math.abs(quantity(one)))),
    intentional: numbers(({ intentional }) => intentional),
    needsJudgement: grossOver && !netOver,
  }
}

function sumOf(misstatements: readonly Finding[]): MisstatementSum {
  const quantities = misstatements.map(quantity)
  return {
    count: quantities.length,
    net: exactSum(quantities),
    gross: exactSum(quantities.map(Math.abs)),
  }
}

function quantity(finding: Finding): number {
  return Number(finding.quantityKgCo2e ?? 0)
}
