/** Which breakdowns of a result a document shows: the scheme's minimum, and of what it offers, what the holder chose. */

import { Problem } from '../problem.ts'
import { type Breakdown, breakdowns } from './breakdowns.ts'
import { type Scheme, type SubjectKind, subjectRule } from './scheme.ts'

/** What a scheme asks and offers for a kind of footprint. */
export interface DisclosureRule {
  readonly minimum: readonly Breakdown[]
  readonly holderMayAdd: readonly Breakdown[]
}

/** Where a scheme says nothing: what its documents always showed, and no more. */
const silent: Readonly<Record<SubjectKind, DisclosureRule>> = {
  organization: { minimum: ['byKind', 'byScope'], holderMayAdd: [] },
  product: { minimum: ['byKind', 'byStage'], holderMayAdd: [] },
}

/** The scheme's rule for a kind of footprint. */
export function disclosureRule(scheme: Scheme, kind: SubjectKind): DisclosureRule {
  return subjectRule(scheme, kind)?.disclosure ?? silent[kind]
}

/** The breakdowns that a document shows, in the order of the format; of the holder's choice, what the scheme offers. */
export function shownBreakdowns(
  scheme: Scheme,
  kind: SubjectKind,
  chosen: readonly Breakdown[],
): readonly Breakdown[] {
  const { minimum, holderMayAdd } = disclosureRule(scheme, kind)
  return breakdowns.filter(
    (name) => minimum.includes(name) || (chosen.includes(name) && holderMayAdd.includes(name)),
  )
}

/** Everything that a document of the scheme could show: what its size is bounded by. */
export function everyBreakdown(scheme: Scheme, kind: SubjectKind): readonly Breakdown[] {
  return shownBreakdowns(scheme, kind, breakdowns)
}

/** Why a holder cannot choose these breakdowns; null where the scheme offers them all, or shows them anyway. */
export function disclosureRefusal(
  scheme: Scheme,
  kind: SubjectKind,
  chosen: readonly Breakdown[],
): Problem | null {
  const { minimum, holderMayAdd } = disclosureRule(scheme, kind)
  const at = chosen.findIndex((name) => !minimum.includes(name) && !holderMayAdd.includes(name))
  if (at < 0) return null
  const detail = `Under this scheme a document shows ${minimum.join(', ')}, and the holder may add ${holderMayAdd.join(', ') || 'nothing'}.`
  return new Problem('scheme-violation', detail, {
    rule: 'disclosure',
    pointer: `/disclosure/${at}`,
    accepted: holderMayAdd,
  })
}
