/**
 * What of a result is public: the printed vector, what the total includes and what no source covers. Masses of single gases
 * stay in the record, because a refrigerant's mass is an activity amount; so do pollutants, which a footprint's credential
 * does not speak of, processes, categories and lines.
 */

import { z } from 'zod'
import { type Breakdown, breakdowns } from '../certification/breakdowns.ts'
import type { SchemeSubjectRule } from '../certification/scheme.ts'
import { printRounded } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import { gasGroupOf, gasGroups } from '../engine/gas-groups.ts'
import { kindCounts } from '../engine/gwp.ts'
import { flowKinds, type Names } from '../engine/types.ts'
import { encodeUtf8 } from '../json/encoding.ts'
import { label } from './members.ts'
import type { CredentialSubject, PublicResult } from './schema.ts'

type Print = SchemeSubjectRule['print']

const decimal = z.string()
const subtotals = z.array(z.object({ key: z.string(), kgCo2e: decimal }))

/** The members of a recorded result that are read here; the engine's `CalculationResult<Decimal>` has them. */
const vectorSchema = z.object({
  total: decimal,
  totalIncludes: z.array(z.string()),
  byKind: z.array(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), kgCo2e: decimal })),
  byGas: z.array(
    z.object({ kind: z.enum(flowKinds), gas: z.string(), inTotal: z.boolean(), kgCo2e: decimal.nullable() }),
  ),
  byScope: subtotals,
  byIsoCategory: subtotals,
  byStage: subtotals,
  byCategory: subtotals,
  /** Records of before have none. */
  byFacility: subtotals.optional(),
  gasesNotCovered: z.array(z.object({ gas: z.string() })),
  flags: z.array(z.object({ code: z.string(), share: decimal.nullable() })),
  /** Of an organization's inventory; records of before have none. */
  inventory: z
    .object({
      scope2: z.object({ marketBasedKgCo2e: decimal, totalMarketBasedKgCo2e: decimal }).nullable(),
      dataQuality: z.object({
        ratedShare: decimal.nullable(),
        ratings: z.record(z.string(), decimal).nullable(),
      }),
      uncertainty: z.object({
        confidence: decimal,
        statedShare: decimal.nullable(),
        halfWidthKgCo2e: decimal.nullable(),
      }),
    })
    .nullable()
    .optional(),
})
type Vector = z.infer<typeof vectorSchema>

/** Decimal places of a flag's share. */
const shareDigits = 4

/**
 * The public vector of a recorded result, printed as the scheme says.
 *
 * @param shown the breakdowns to show; sites are left out where the record does not tell them ({@link sitesUntold}).
 * @param sites names of facilities by their id; one without a name stands by its id.
 * @throws z.ZodError where the result is not one the engine presents.
 */
export function publicResult(
  recorded: unknown,
  print: Print,
  shown: readonly Breakdown[],
  sites: SiteNames = new Map(),
): PublicResult {
  const vector = vectorSchema.parse(recorded)
  const untold = shown.includes('bySite') && untoldSites(vector, print, sites) !== null
  const named = breakdowns.filter((name) => shown.includes(name) && !(name === 'bySite' && untold))
  return {
    total: printedMass(vector.total, print),
    totalIncludes: vector.totalIncludes,
    breakdowns: named,
    ...Object.fromEntries(named.map((name) => [name, breakdown(name, vector, print, sites)])),
    ...alternativesOf(vector, print),
    gasesNotCovered: vector.gasesNotCovered.map(({ gas }) => gas),
    gasesOutsideTotal: gasesOutsideTotal(vector.byGas),
    flags: vector.flags.map(({ code, share }) => ({ flag: code, share: printedShare(share) })),
  }
}

/** Facilities by their id. */
export type SiteNames = ReadonlyMap<string, Names>

/** Bytes that the sites of a document take, at most; the rest of it is for what every document says. */
const sitesBytesMax = 8 * 1024
/** What the roundings of a total and of its parts can come to, as a part of it. */
const roundings = 1e-9

/**
 * Why a record cannot be shown by site; null where it can. A part of the total under no site would be missing without a word.
 * @throws z.ZodError where the result is not one the engine presents.
 */
export function sitesUntold(recorded: unknown, print: Print, sites: SiteNames): string | null {
  return untoldSites(vectorSchema.parse(recorded), print, sites)
}

function untoldSites(vector: Vector, print: Print, sites: SiteNames): string | null {
  const { total, byFacility = [] } = vector
  if (byFacility.length === 0) return 'No line of the total names its facility.'
  const sums = byFacility.map(({ kgCo2e }) => Number(kgCo2e))
  const whole = Number(total)
  const missing = Math.abs(exactSum([whole, ...sums.map((kg) => -kg)]))
  if (missing > roundings * Math.abs(whole)) {
    return 'Some lines of the total name no facility, so its sites would not come to it.'
  }
  const bytes = encodeUtf8(JSON.stringify(siteRows(vector, print, sites))).length
  if (bytes <= sitesBytesMax) return null
  return `Its ${byFacility.length} facilities take ${bytes} bytes, and a document has ${sitesBytesMax} for them.`
}

function siteRows({ byFacility = [] }: Vector, print: Print, sites: SiteNames) {
  return byFacility.map(({ key, kgCo2e }) => ({
    label: label(sites.get(key) ?? { en: key, zh: null }),
    ...printedMass(kgCo2e, print),
  }))
}

/** Scope 2 by market beside the scope 2 by location that the total holds: a reader is shown both, always. */
function alternativesOf({ inventory }: Vector, print: Print): Pick<PublicResult, 'alternatives'> {
  const scope2 = inventory?.scope2
  if (!scope2) return {}
  const method = 'market-based'
  return {
    alternatives: [
      { method, part: 'scope-2', ...printedMass(scope2.marketBasedKgCo2e, print) },
      { method, ...printedMass(scope2.totalMarketBasedKgCo2e, print) },
    ],
  }
}

/**
 * How good the data are, and how sure the total is, as far as the record says: ratings with the share that was rated, and an interval
 * only where every line that weighs anything states an uncertainty.
 */
export function publicQuality(
  recorded: unknown,
  print: Print,
): Pick<CredentialSubject, 'dataQuality' | 'uncertainty'> {
  const { inventory, total } = vectorSchema.parse(recorded)
  if (!inventory) return {}
  const { ratedShare, ratings } = inventory.dataQuality
  const { confidence, statedShare, halfWidthKgCo2e } = inventory.uncertainty
  const bound = (sign: 1 | -1) => printedMass(String(Number(total) + sign * Number(halfWidthKgCo2e)), print)
  return {
    ...(ratings === null || ratedShare === null
      ? {}
      : {
          dataQuality: {
            ratedShare: printRounded(Number(ratedShare), shareDigits),
            ratings: Object.entries(ratings).map(([indicator, rating]) => ({
              indicator,
              rating: printRounded(Number(rating), 2),
            })),
            method: 'pedigree matrix, 1 (best) to 5, weighted by emissions',
          },
        }),
    ...(halfWidthKgCo2e === null || statedShare === null || Number(statedShare) < 1
      ? {}
      : {
          uncertainty: { method: 'error-propagation', confidence, lower: bound(-1), upper: bound(1) },
        }),
  }
}

/** One breakdown, as the document shows it. */
function breakdown(name: Breakdown, vector: Vector, print: Print, sites: SiteNames): readonly object[] {
  const under = (key: string, sums: Vector['byScope']) =>
    sums.map((sum) => ({ [key]: sum.key, ...printedMass(sum.kgCo2e, print) }))
  switch (name) {
    case 'byKind':
      return vector.byKind.map(({ kind, inTotal, kgCo2e }) => ({
        kind,
        inTotal,
        ...printedMass(kgCo2e, print),
      }))
    case 'byScope':
      return under('scope', vector.byScope)
    case 'byIsoCategory':
      return under('isoCategory', vector.byIsoCategory)
    case 'byStage':
      return under('stage', vector.byStage)
    case 'byCategory':
      return under('category', vector.byCategory)
    case 'byGas':
      return under('gasGroup', groupTotals(vector.byGas))
    case 'bySite':
      return siteRows(vector, print, sites)
  }
}

/** CO2e by group of gases, of what counts: groups and never gases, because a refrigerant's mass is an activity amount. */
function groupTotals(byGas: Vector['byGas']): Vector['byScope'] {
  const counted = byGas.filter(({ inTotal }) => inTotal)
  return gasGroups.flatMap((group) => {
    const sums = counted.flatMap(({ gas, kgCo2e }) =>
      gasGroupOf(gas) === group && kgCo2e !== null ? [Number(kgCo2e)] : [],
    )
    return sums.length === 0 ? [] : [{ key: group, kgCo2e: String(exactSum(sums)) }]
  })
}

/** A mass as the scheme prints it: rounded half-even (GB/T 8170), in kilograms or tonnes. */
export function printedMass(
  kgCo2e: string,
  { unit, decimals }: Print,
): { amount: string; unit: Print['unit'] } {
  return { amount: printRounded(Number(kgCo2e), decimals, unit === 'tCO2e' ? -3 : 0), unit }
}

function printedShare(share: string | null): string | null {
  return share === null ? null : printRounded(Number(share), shareDigits)
}

/**
 * Gases outside the seven groups, by name only: R-22 and its like are reported apart (GB/T 32150, ISO 14064-1). What is outside
 * the total for its kind and not for its gas is none of them; `byKind` shows it.
 */
function gasesOutsideTotal(byGas: Vector['byGas']): string[] {
  return [...new Set(byGas.filter((entry) => !entry.inTotal && kindCounts(entry)).map(({ gas }) => gas))]
}
