/** Holds a calculation and the claim around it against a scheme: every rule it breaks, each by its name. */

import { exceeds } from '../engine/shares.ts'
import type {
  CalculationInput,
  CalculationResult,
  Confirmation,
  Decimal,
  FactorUsed,
  Family,
  FuelUsed,
  LineResult,
  ProductInput,
  TablePin,
} from '../engine/types.ts'
import { Problem } from '../problem.ts'
import { isPrivateTable } from '../tables/names.ts'
import { claimDemandViolations, resultDemandViolations } from './demand-violations.ts'
import type { ProductCode } from './product-codes.ts'
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
  readonly input: Pick<CalculationInput, 'kind' | 'gwpSet' | 'factorTables'> &
    Pick<ProductInput, 'contractualInstruments'>
  /** Of a product: its codes. */
  readonly codes?: readonly ProductCode[] | undefined
  /** Of a product: the category rules it is calculated by. */
  readonly rules?: { readonly id: string; readonly operator: string } | null | undefined
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
  'instruments',
  'estimates',
  'part',
  'category',
  'pcr',
  'gas-coverage',
  'data-quality',
  'primary-data',
] as const
export type SchemeRule = (typeof schemeRules)[number]

/** One rule broken: which, where, and what the scheme would accept. */
export interface Violation {
  readonly rule: SchemeRule
  readonly detail: string
  readonly lines?: readonly string[]
  /** Instruments: those of scope 2 by market, where the factors they convey break it, and those that a product may not count. */
  readonly instruments?: readonly string[]
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
    ...exclusionViolations(scheme, subject, claim.exclusions),
    ...instrumentViolations(subject, claim.input),
    ...claimDemandViolations(subject, claim),
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

/** One by one, and all together. */
function exclusionViolations(
  scheme: Scheme,
  { exclusionSingleMax: single }: SchemeSubjectRule,
  exclusions: readonly Exclusion[],
): Violation[] {
  const large =
    single === undefined ? [] : exclusions.filter(({ estimatedShare }) => exceeds([estimatedShare], single))
  const each = large.map(({ what, estimatedShare }): Violation => {
    const detail = `"${what.slice(0, 128)}" is left out and estimated at ${estimatedShare} of the footprint, above the scheme's limit of ${single} for one exclusion.`
    return { rule: 'exclusions', detail }
  })
  const shares = exclusions.map(({ estimatedShare }) => estimatedShare)
  if (!exceeds(shares, scheme.exclusionMax)) return each
  const detail = `The exclusions together are estimated above the scheme's limit of ${scheme.exclusionMax} of the footprint.`
  return [...each, { rule: 'exclusions', detail }]
}

/** An inventory's instruments stand beside its figure by location; a product's are its only figure. */
function instrumentViolations(
  { contractualInstruments: accepted }: SchemeSubjectRule,
  { kind, contractualInstruments: stated }: Claim['input'],
): Violation[] {
  if (kind !== 'product' || stated === undefined || accepted === true) return []
  const detail = 'The scheme counts no electricity under contract in a product: weigh it by its grid.'
  return [{ rule: 'instruments', detail, instruments: stated.instruments.map(({ id }) => id) }]
}

function resultViolations(scheme: Scheme, result: Result): Violation[] {
  const subject = subjectRule(scheme, result.kind)
  if (!subject) return []
  const uses = usesOf(result)
  return [
    ...familyViolations(subject, uses),
    ...basisViolations(scheme, uses),
    ...ownViolations(scheme, result, uses),
    ...unverifiedViolations(scheme, result, uses),
    ...confirmationViolations(scheme, uses),
    ...estimateViolations(scheme, result),
    ...partViolations(subject, result),
    ...resultDemandViolations(subject, result),
  ]
}

/** What factors are used by: a line, an instrument, or the lines of scope 2 whose electricity no instrument covers. */
interface Use {
  readonly lines: readonly string[]
  readonly instruments: readonly string[]
  readonly factors: readonly FactorUsed[]
  readonly fuel: FuelUsed | null
}

/** Everything the result rests on, by location and by market. */
function usesOf(result: Result): readonly Use[] {
  return [...result.lines.map(useOfLine), ...marketUses(result)]
}

function useOfLine({ id, factor, fuel, beside }: Line): Use {
  return { lines: [id], instruments: [], factors: [...(factor ? [factor] : []), ...(beside ?? [])], fuel }
}

function marketUses({ inventory, lines }: Result): readonly Use[] {
  const { instruments = [], rest = [] } = inventory?.scope2 ?? {}
  const open = lines.filter(isOpen).map(({ id }) => id)
  return [
    ...instruments.map(({ id, factor }) => ({ lines: [], instruments: [id], factors: [factor], fuel: null })),
    ...rest.map(({ factor }) => ({ lines: open, instruments: [], factors: [factor], fuel: null })),
  ]
}

/** Whether some of a line's electricity is covered by no instrument. */
function isOpen({ marketBased }: Line): boolean {
  if (!marketBased || marketBased.kWh === null) return false
  return Number(marketBased.kWh) > Number(marketBased.coveredKWh ?? 0)
}

function familyViolations(subject: SchemeSubjectRule, uses: readonly Use[]): Violation[] {
  const refused = (use: Use) => familiesOf(use).filter((family) => !subject.families.includes(family))
  return grouped(uses, refused).map(([family, places]) => {
    const detail = `The scheme does not accept factors of the family "${family}" for this kind of footprint.`
    return { rule: 'family', detail, ...places, accepted: subject.families }
  })
}

/** A fuel weighed by its carbon content burns; a gas let out as such needs no factor at all. */
function familiesOf({ factors, fuel }: Use): readonly Family[] {
  const families = factors.map(({ family }) => family)
  return fuel === null ? families : ['combustion', ...families]
}

function basisViolations(scheme: Scheme, uses: readonly Use[]): Violation[] {
  const refused = ({ factors }: Use) => factors.flatMap((used) => basisRefusal(scheme, used) ?? [])
  return grouped(uses, refused).map(([detail, places]) => {
    return { rule: 'gwp-basis', detail, ...places, accepted: scheme.gwp.bases }
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

/** The name under which a factor of the client's own stands in a result. */
const ownTable = 'own'

function ownViolations({ ownFactors }: Scheme, result: Result, uses: readonly Use[]): Violation[] {
  if (ownFactors) return []
  const detail = "The scheme accepts only factors of published tables; these use the client's own."
  const isOwn = ({ factors }: Use) => factors.some(({ table }) => table === ownTable)
  return flagged('own-factor', detail, result, uses.filter(isOwn))
}

function unverifiedViolations(
  { unverifiedFactors }: Scheme,
  result: Result,
  uses: readonly Use[],
): Violation[] {
  if (unverifiedFactors) return []
  const detail = 'The scheme accepts no factor that nobody confirmed with its publisher.'
  const isUnverified = (use: Use) => confirmationsOf(use).includes('unverified')
  return flagged('unverified-factor', detail, result, uses.filter(isUnverified))
}

/** The flag tells the lines, those too that an instrument covers; the instruments themselves it does not tell. */
function flagged(
  rule: 'own-factor' | 'unverified-factor',
  detail: string,
  { flags }: Result,
  uses: readonly Use[],
): Violation[] {
  const told = flags.find(({ code }) => code === rule)
  const places = placesOf([...(told ? [{ lines: told.lines, instruments: [] }] : []), ...uses])
  return told || uses.length > 0 ? [{ rule, detail, ...places }] : []
}

/** Factors and fuels of which one is less sure than the scheme asks; the unverified have a rule of their own. */
function confirmationViolations({ confirmations: accepted }: Scheme, uses: readonly Use[]): Violation[] {
  if (accepted === undefined) return []
  const refused = (use: Use) =>
    confirmationsOf(use).filter(
      (confirmation) => confirmation !== 'unverified' && !accepted.includes(confirmation),
    )
  return grouped(uses, refused).map(([confirmation, places]) => {
    const detail = `The scheme accepts no factor whose confirmation is "${confirmation}".`
    return { rule: 'confirmation', detail, ...places, accepted }
  })
}

function confirmationsOf({ factors, fuel }: Use): readonly Confirmation[] {
  return [...factors, ...(fuel ? [fuel] : [])].map(({ confirmation }) => confirmation)
}

/** A share is null where nothing weighs anything: then nothing rests on estimates either. */
function estimateViolations({ estimatedMax }: Scheme, { flags }: Result): Violation[] {
  const told = flags.find(({ code }) => code === 'estimated')
  if (estimatedMax === undefined || told === undefined || told.share === null) return []
  if (Number(told.share) <= Number(estimatedMax)) return []
  const detail = `Lines that say they are estimated make up ${told.share} of the result, above the scheme's limit of ${estimatedMax}.`
  return [{ rule: 'estimates', detail, lines: told.lines }]
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

type Places = Pick<Violation, 'lines' | 'instruments'>

/** What is refused, by the reason, in the order of lines and instruments. */
function grouped<Reason extends string>(
  uses: readonly Use[],
  reasons: (use: Use) => readonly Reason[],
): readonly (readonly [Reason, Places])[] {
  const byReason = new Map<Reason, Use[]>()
  for (const use of uses) {
    for (const why of new Set(reasons(use))) {
      const refused = byReason.get(why)
      if (refused) refused.push(use)
      else byReason.set(why, [use])
    }
  }
  return [...byReason].map(([why, refused]) => [why, placesOf(refused)] as const)
}

/** Each line and each instrument once; a kind of which there is none is left out. */
function placesOf(uses: readonly Pick<Use, 'lines' | 'instruments'>[]): Places {
  const lines = [...new Set(uses.flatMap((use) => use.lines))]
  const instruments = [...new Set(uses.flatMap((use) => use.instruments))]
  return { ...(lines.length > 0 && { lines }), ...(instruments.length > 0 && { instruments }) }
}

function accepts(versions: 'all' | readonly string[] | undefined, version: string): boolean {
  return versions === 'all' || (versions?.includes(version) ?? false)
}

function named(id: string, versions: 'all' | readonly string[]): string {
  return versions === 'all' ? id : `${id} ${versions.join(', ')}`
}
