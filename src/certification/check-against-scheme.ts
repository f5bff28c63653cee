/** Holds a calculation and the claim around it against a scheme: every rule it breaks, each by its name. */

import type {
  CalculationInput,
  CalculationResult,
  Decimal,
  FactorUsed,
  Family,
  LineResult,
  TablePin,
} from '../engine/types.ts'
import { Problem } from '../problem.ts'
import { isPrivateTable } from '../tables/names.ts'
import { type Boundary, type Part, type Scheme, type SchemeSubjectRule, subjectRule } from './scheme.ts'

/** A result as the engine has it or as a record holds it: the rules read no number of it. */
type Result = CalculationResult<number | Decimal>
type Line = LineResult<number | Decimal>

/** Something left out of the footprint on purpose: a declared gap. */
export interface Exclusion {
  readonly what: string
  readonly reason: string
  /** Share of the whole, 0 to 1, as estimated. */
  readonly estimatedShare: string
}

/** What a footprint claims, as far as a scheme judges it. */
export interface Claim {
  readonly boundary: Boundary
  readonly exclusions: readonly Exclusion[]
  /** The calculation without its lines. */
  readonly input: Pick<CalculationInput, 'kind' | 'gwpSet' | 'factorTables'>
}

export const schemeRules = [
  'subject',
  'boundary',
  'factor-table',
  'private-table',
  'gwp-set',
  'family',
  'gwp-basis',
  'own-factor',
  'unverified-factor',
  'confirmation',
  'exclusions',
  'part',
] as const
export type SchemeRule = (typeof schemeRules)[number]

/** One rule broken: which, where, and what the scheme would accept. */
export interface Violation {
  readonly rule: SchemeRule
  readonly detail: string
  readonly lines?: readonly string[]
  readonly accepted?: readonly string[]
}

/** @throws Problem `scheme-violation` naming every rule the claim breaks before anything is calculated. */
export function checkClaim(scheme: Scheme, claim: Claim): void {
  refuse(scheme, claimViolations(scheme, claim))
}

/** @throws Problem `scheme-violation` naming every rule that the claim or its result breaks. */
export function checkAgainstScheme(scheme: Scheme, claim: Claim, result: Result): void {
  refuse(scheme, violationsOf(scheme, claim, result))
}

/** Every rule that the claim or its result breaks; none when the scheme would take it. */
export function violationsOf(scheme: Scheme, claim: Claim, result: Result): readonly Violation[] {
  return [...claimViolations(scheme, claim), ...resultViolations(scheme, result)]
}

function refuse(scheme: Scheme, violations: readonly Violation[]): void {
  const [first] = violations
  if (!first) return
  throw new Problem('scheme-violation', first.detail, {
    scheme: { id: scheme.id, version: scheme.version },
    rule: first.rule,
    violations,
  })
}

function claimViolations(scheme: Scheme, claim: Claim): Violation[] {
  const subject = subjectRule(scheme, claim.input.kind)
  if (!subject) return [subjectViolation(scheme, claim.input.kind)]
  return [
    ...boundaryViolations(subject, claim.boundary),
    ...tableViolations(scheme, claim.input.factorTables),
    ...gwpSetViolations(scheme, claim.input.gwpSet),
    ...exclusionViolations(scheme, claim.exclusions),
  ]
}

function subjectViolation(scheme: Scheme, kind: string): Violation {
  const accepted = scheme.subjects.map((rule) => rule.kind)
  return { rule: 'subject', detail: `The scheme is not for footprints of kind "${kind}".`, accepted }
}

function boundaryViolations(subject: SchemeSubjectRule, boundary: Boundary): Violation[] {
  if (subject.boundaries.includes(boundary)) return []
  const detail = `The scheme does not accept the boundary "${boundary}".`
  return [{ rule: 'boundary', detail, accepted: subject.boundaries }]
}

function tableViolations(scheme: Scheme, pins: CalculationInput['factorTables']): Violation[] {
  const accepted = scheme.factorTables.map((rule) => named(rule.table, rule.versions))
  return pins.filter((pin) => !acceptsTable(scheme, pin)).map((pin) => tableViolation(pin, accepted))
}

/** A table of the public registry is accepted by name only, whatever its licence; private ones all together, or not at all. */
function acceptsTable(scheme: Scheme, { table, version }: TablePin): boolean {
  if (isPrivateTable(table)) return scheme.privateTables === true
  return accepts(scheme.factorTables.find((rule) => rule.table === table)?.versions, version)
}

function tableViolation({ table, version }: TablePin, accepted: readonly string[]): Violation {
  if (isPrivateTable(table)) {
    const detail = `The scheme accepts no private factor tables; ${table} ${version} is one.`
    return { rule: 'private-table', detail, accepted }
  }
  const detail = `The scheme does not name the factor table ${table} ${version}, and accepts only those it names.`
  return { rule: 'factor-table', detail, accepted }
}

function gwpSetViolations(scheme: Scheme, pin: CalculationInput['gwpSet']): Violation[] {
  if (accepts(scheme.gwp.sets.find((rule) => rule.id === pin.id)?.versions, pin.version)) return []
  const accepted = scheme.gwp.sets.map((rule) => named(rule.id, rule.versions))
  return [
    { rule: 'gwp-set', detail: `The scheme does not accept the GWP set ${pin.id} ${pin.version}.`, accepted },
  ]
}

/** Shares are decimal strings of at most 12 places: compared as whole numbers of 10^-12, so that 0.1 + 0.2 is 0.3. */
function exclusionViolations(scheme: Scheme, exclusions: readonly Exclusion[]): Violation[] {
  const excluded = exclusions.reduce((sum, exclusion) => sum + trillionths(exclusion.estimatedShare), 0n)
  if (excluded <= trillionths(scheme.exclusionMax)) return []
  const detail = `The exclusions together are estimated above the scheme's limit of ${scheme.exclusionMax} of the footprint.`
  return [{ rule: 'exclusions', detail }]
}

/** The sum of some shares, exactly: 0.1 and 0.2 are 0.3. */
export function sumOfShares(shares: readonly string[]): Decimal {
  const sum = shares.reduce((before, share) => before + trillionths(share), 0n)
  const [whole, decimals] = [sum / 1_000_000_000_000n, String(sum % 1_000_000_000_000n).padStart(12, '0')]
  return `${whole}.${decimals}`.replace(/\.?0+$/, '')
}

/** A share (0 to 1, at most 12 decimal places) as a whole number of 10^-12. */
function trillionths(share: string): bigint {
  const [whole = '0', decimals = ''] = share.split('.')
  return BigInt(whole) * 1_000_000_000_000n + BigInt(decimals.padEnd(12, '0'))
}

function resultViolations(scheme: Scheme, result: Result): Violation[] {
  const subject = subjectRule(scheme, result.kind)
  if (!subject) return []
  return [
    ...familyViolations(subject, result.lines),
    ...basisViolations(scheme, result.lines),
    ...flagViolations(scheme, result),
    ...confirmationViolations(scheme, result.lines),
    ...partViolations(subject, result),
  ]
}

function familyViolations(subject: SchemeSubjectRule, lines: readonly Line[]): Violation[] {
  const refused = (line: Line) => familiesOf(line).filter((family) => !subject.families.includes(family))
  return grouped(lines, refused).map(([family, ids]) => {
    const detail = `The scheme does not accept factors of the family "${family}" for this kind of footprint.`
    return { rule: 'family', detail, lines: ids, accepted: subject.families }
  })
}

/** A fuel weighed by its carbon content burns; a gas let out as such needs no factor at all. */
function familiesOf(line: Line): readonly Family[] {
  const own = line.factor !== null || line.fuel === null ? [] : ['combustion' as const]
  return [...own, ...factorsOf(line).map(({ family }) => family)]
}

/** Every factor a line rests on: its own, and those beside it. */
function factorsOf({ factor, beside }: Line): readonly FactorUsed[] {
  return [...(factor ? [factor] : []), ...(beside ?? [])]
}

function basisViolations(scheme: Scheme, lines: readonly Line[]): Violation[] {
  const refused = (line: Line) => factorsOf(line).flatMap((used) => basisRefusal(scheme, used) ?? [])
  return grouped(lines, refused).map(([detail, ids]) => {
    return { rule: 'gwp-basis', detail, lines: ids, accepted: scheme.gwp.bases }
  })
}

function basisRefusal(scheme: Scheme, used: FactorUsed): string | null {
  if (used.gwpBasis !== 'not-stated') {
    const accepted = scheme.gwp.bases.includes(used.gwpBasis)
    return accepted ? null : `The scheme does not accept factors on the basis "${used.gwpBasis}".`
  }
  const table = isPrivateTable(used.table) ? 'private' : used.table
  if (scheme.gwp.notStatedTables.includes(table)) return null
  return `The scheme does not name the table ${used.table} among those whose source may leave its GWP basis unsaid.`
}

function flagViolations(scheme: Scheme, result: Result): Violation[] {
  const found: Violation[] = []
  const own = result.flags.find((flag) => flag.code === 'own-factor')
  if (own && !scheme.ownFactors) {
    const detail = "The scheme accepts only factors of published tables; these lines use the client's own."
    found.push({ rule: 'own-factor', detail, lines: own.lines })
  }
  const unverified = result.flags.find((flag) => flag.code === 'unverified-factor')
  if (unverified && !scheme.unverifiedFactors) {
    const detail = 'The scheme accepts no factor that nobody confirmed with its publisher.'
    found.push({ rule: 'unverified-factor', detail, lines: unverified.lines })
  }
  return found
}

/** Factors and fuels of which one is less sure than the scheme asks; the unverified have a rule of their own. */
function confirmationViolations({ confirmations: accepted }: Scheme, lines: readonly Line[]): Violation[] {
  if (accepted === undefined) return []
  const refused = (line: Line) =>
    [...factorsOf(line), ...(line.fuel ? [line.fuel] : [])]
      .map(({ confirmation }) => confirmation)
      .filter((confirmation) => confirmation !== 'unverified' && !accepted.includes(confirmation))
  return grouped(lines, refused).map(([confirmation, ids]) => {
    const detail = `The scheme accepts no factor whose confirmation is "${confirmation}".`
    return { rule: 'confirmation', detail, lines: ids, accepted }
  })
}

/** A part that has lines and about which the scheme says nothing could not be given an assurance level. */
function partViolations(subject: SchemeSubjectRule, result: Result): Violation[] {
  const accepted = subject.parts.map((rule) => rule.part)
  return partsOf(result)
    .filter((part) => !accepted.includes(part))
    .map((part) => ({
      rule: 'part',
      detail: `The scheme has no rule for ${part}, which has lines here.`,
      accepted,
    }))
}

/** The parts a result has: the scopes with lines in them, or the product's footprint as a whole. */
export function partsOf(result: Result): Part[] {
  if (result.kind === 'product') return ['product-footprint']
  const found = new Set(result.lines.map((line) => line.scope))
  return ([1, 2, 3] as const).filter((scope) => found.has(scope)).map((scope) => `scope-${scope}` as const)
}

/** Lines that are refused, by the reason, in the order of the lines. */
function grouped(
  lines: readonly Line[],
  reasons: (line: Line) => readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  const byReason = new Map<string, string[]>()
  for (const line of lines) {
    for (const why of new Set(reasons(line))) {
      const refused = byReason.get(why)
      if (refused) refused.push(line.id)
      else byReason.set(why, [line.id])
    }
  }
  return [...byReason]
}

function accepts(versions: 'all' | readonly string[] | undefined, version: string): boolean {
  return versions === 'all' || (versions?.includes(version) ?? false)
}

function named(id: string, versions: 'all' | readonly string[]): string {
  return versions === 'all' ? id : `${id} ${versions.join(', ')}`
}
