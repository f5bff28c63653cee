/**
 * From lines to a result. The smallest term is one gas of one line in kg CO2e; every sum in a result is the exactly rounded
 * sum of its own terms, never a sum of sums, so that no order and no grouping of lines moves a digit.
 */

import { over, times } from './arithmetic.ts'
import { monthOfPeriod } from './calendar.ts'
import { type ActivityKind, activityKindOf } from './categories.ts'
import { ExactSum, exactSum } from './exact-sum.ts'
import { kindCounts, totalIncludes } from './gwp.ts'
import { inOrder } from './names.ts'
import { isTreatment } from './product/offers.ts'
import {
  type ActivityLine,
  type CalculationResult,
  type Flag,
  type FlagCode,
  flowKinds,
  type Gas,
  type GasResult,
  type KindTotal,
  type LifeCycleStage,
  type LineResult,
  lifeCycleStages,
  type Subtotal,
} from './types.ts'
import { dimensionOf } from './units.ts'
import { type Frame, isOwn, type WeighedLine } from './weigh-line.ts'

/** A line's place in a product system: how often its process runs per declared unit, and in which stage. */
export interface Placement {
  readonly runs: number
  readonly stage: LifeCycleStage | null
  /** The entity that counts it. */
  readonly entity?: string | undefined
}

/** A weighed line as it stands in the result. */
export function lineResult(weighed: WeighedLine, { runs, stage, entity }: Placement): LineResult {
  const { line, rule, activity, maker, factor, fuel, beside, working, gasesNotCovered } = weighed
  const counted = rule.apart === undefined ? weighed.gases : weighed.gases.map(shownApart)
  const gases = runs === 1 ? counted : counted.map((gas) => scaledGas(gas, runs))
  const kind = kindOfLine(weighed)
  return {
    id: line.id,
    category: line.category,
    activityKind: kind?.name ?? null,
    ...whereAndWhen(weighed, entity),
    ...(rule.apart === undefined ? {} : { apart: rule.apart }),
    ...statedBeside(line),
    scope: rule.scope,
    isoCategory: kind?.isoCategory ?? null,
    process: line.process ?? null,
    ...(line.forProduct === undefined ? {} : { forProduct: line.forProduct }),
    stage,
    ...madeBy(maker),
    activity,
    scaling: runs,
    factor,
    fuel,
    ...(beside.length > 0 ? { beside } : {}),
    working,
    gases,
    kgCo2e: exactSum(gases.map(countedCo2e)),
    gasesNotCovered,
  }
}

/** The process that makes an input or treats a waste, and which of its products or wastes it is. */
function madeBy(maker: WeighedLine['maker']): Pick<LineResult, 'from' | 'fromProduct' | 'to' | 'toProduct'> {
  if (maker === null) return { from: null }
  const { key, process, product } = maker
  const several = key !== process.id
  return isTreatment(maker)
    ? { from: null, to: process.id, ...(several ? { toProduct: product } : {}) }
    : { from: process.id, ...(several ? { fromProduct: product } : {}) }
}

/** In product systems there are processes and stages instead. */
function kindOfLine({ line, rule, factor }: WeighedLine): ActivityKind | null {
  if (line.process !== undefined) return null
  const known = factor && { family: factor.family, dimension: dimensionOf(factor.unit) }
  return activityKindOf(line.category, rule, line.activityKind, known)
}

function whereAndWhen({ line, amount }: WeighedLine, entity: string | undefined) {
  const month = amount.period === undefined ? undefined : monthOfPeriod(amount.period)
  return {
    ...(line.facility === undefined ? {} : { facility: line.facility }),
    ...(entity === undefined ? {} : { entity }),
    ...(month === undefined ? {} : { month }),
  }
}

const membersBeside = [
  ...(['zone', 'interval', 'estimate', 'flowOrigin', 'landUseChange', 'investee'] as const),
  ...(['instrument', 'dataQuality', 'uncertainty', 'dataSource'] as const),
]
type StatedBeside = (typeof membersBeside)[number]

/** What a line says of itself that its reader needs beside the number. */
function statedBeside(line: ActivityLine) {
  const found: Partial<Record<StatedBeside, unknown>> = {}
  for (const member of membersBeside) if (line[member] !== undefined) found[member] = line[member]
  return found as Partial<Pick<ActivityLine, StatedBeside>>
}

function shownApart(gas: GasResult): GasResult {
  return { ...gas, inTotal: false }
}

/** What a reader must know of the factors that weigh a line of scope 2 by market. */
export interface MarketUse {
  readonly isOwn: boolean
  readonly isUnverified: boolean
  readonly basisUnknown: boolean
  /** Something that only stands in for a residual mix weighs part of it. */
  readonly isProxy: boolean
  readonly gasesNotCovered: readonly Gas[]
}

/**
 * A result without what only one kind of footprint has.
 * @param market by the line's id, of an inventory's scope 2.
 */
export function summarize(
  frame: Frame,
  weighed: readonly WeighedLine[],
  results: readonly LineResult[],
  market: ReadonlyMap<string, MarketUse> = new Map(),
): CalculationResult {
  const lines = results.filter(({ apart }) => apart === undefined)
  return {
    kind: frame.kind,
    declaredUnit: null,
    ...pins(frame),
    total: exactSum(terms(lines)),
    totalIncludes,
    byKind: kindTotals(lines),
    byGas: gasTotals(lines),
    byScope: subtotals(lines, ({ scope }) => scope),
    byIsoCategory: subtotals(lines, ({ isoCategory }) => isoCategory),
    byCategory: subtotals(lines, ({ category }) => category),
    byActivityKind: subtotals(lines, ({ activityKind }) => activityKind),
    byFacility: subtotals(lines, ({ facility }) => facility ?? null),
    byEntity: subtotals(lines, ({ entity }) => entity ?? null),
    byMonth: subtotals(lines, ({ month }) => month ?? null),
    apart: apartTotals(results),
    byStage: subtotals(lines, ({ stage }) => stage, lifeCycleStages),
    byProcess: subtotals(lines, ({ process }) => process),
    scaling: [],
    lines: results,
    gasesNotCovered: notCovered(results),
    flags: flagsOf(weighed, results, market),
    inventory: null,
    product: null,
  }
}

/** What is outside the total as energy that others use: by category, all of what would count. */
function apartTotals(results: readonly LineResult[]): readonly Subtotal[] {
  const groups = Map.groupBy(
    results.filter(({ apart }) => apart !== undefined),
    ({ category }) => category,
  )
  const sumOf = (lines: readonly LineResult[]) =>
    exactSum(lines.flatMap(({ gases }) => gases.filter(kindCounts).map(({ kgCo2e }) => kgCo2e ?? 0)))
  return [...groups.keys()].sort(inOrder).map((key) => ({ key, kgCo2e: sumOf(groups.get(key) ?? []) }))
}

function pins({ gwpSet: { id, version, digest }, library }: Frame) {
  const factorTables = library.tables.map(({ table, version, digest }) => ({ table, version, digest }))
  return { gwpSet: { id, version, digest }, factorTables }
}

function scaledGas(gas: GasResult, runs: number): GasResult {
  const scaled = (value: number | null) => (value === null ? null : times(value, runs))
  return { ...gas, kg: scaled(gas.kg), kgCo2e: scaled(gas.kgCo2e) }
}

/** What a gas adds to the total. */
export function countedCo2e({ inTotal, kgCo2e }: GasResult): number {
  return inTotal ? (kgCo2e ?? 0) : 0
}

/** Σ|kg CO2e of a line|: what parts of a result are parts of, so that a credit hides nothing. */
export function absoluteSum(lines: Iterable<Pick<LineResult, 'kgCo2e'>>): number {
  const sum = new ExactSum()
  for (const { kgCo2e } of lines) sum.add(Math.abs(kgCo2e))
  return sum.value
}

function terms(lines: readonly LineResult[]): number[] {
  return lines.flatMap(({ gases }) => gases.map(countedCo2e))
}

/** Sums by a key of the line, in code-unit order of the keys or in the order given; lines without the key are left out. */
function subtotals(
  lines: readonly LineResult[],
  keyOf: (line: LineResult) => string | number | null,
  order?: readonly string[],
): readonly Subtotal[] {
  const keyed = lines.filter((line) => keyOf(line) !== null)
  const groups = Map.groupBy(keyed, (line) => String(keyOf(line)))
  const keys = order?.filter((key) => groups.has(key)) ?? [...groups.keys()].sort(inOrder)
  return keys.map((key) => ({ key, kgCo2e: exactSum(terms(groups.get(key) ?? [])) }))
}

/** Each kind, apart for what counts and what is shown only. */
function kindTotals(lines: readonly LineResult[]): readonly KindTotal[] {
  const gases = lines.flatMap((line) => line.gases).filter((gas) => gas.kgCo2e !== null)
  const groups = Map.groupBy(gases, kindKey)
  return [...groups.values()]
    .map((group) => ({ ...kindOf(group), kgCo2e: exactSum(group.map((gas) => gas.kgCo2e ?? 0)) }))
    .sort(byKindOrder)
}

function kindOf(group: readonly GasResult[]): Pick<GasResult, 'kind' | 'inTotal'> {
  const { kind, inTotal } = group[0] as GasResult
  return { kind, inTotal }
}

function kindKey({ kind, inTotal }: GasResult): string {
  return `${kind} ${inTotal}`
}

function byKindOrder(a: Pick<GasResult, 'kind' | 'inTotal'>, b: Pick<GasResult, 'kind' | 'inTotal'>): number {
  return flowKinds.indexOf(a.kind) - flowKinds.indexOf(b.kind) || Number(b.inTotal) - Number(a.inTotal)
}

/** Each gas of each kind, with its mass where the sources give one. */
function gasTotals(lines: readonly LineResult[]): readonly GasResult[] {
  const groups = Map.groupBy(
    lines.flatMap((line) => line.gases),
    (gas) => `${kindKey(gas)} ${gas.gas}`,
  )
  return [...groups.values()].map(gasTotal).sort((a, b) => byKindOrder(a, b) || inOrder(a.gas, b.gas))
}

function gasTotal(group: readonly GasResult[]): GasResult {
  const first = group[0] as GasResult
  return {
    ...first,
    kg: sumOrNull(group.map((gas) => gas.kg)),
    kgCo2e: sumOrNull(group.map((gas) => gas.kgCo2e)),
  }
}

/** One gas has a mass, or a weight, on every line or on none. */
function sumOrNull(values: readonly (number | null)[]): number | null {
  const sum = new ExactSum()
  for (const value of values) {
    if (value === null) return null
    sum.add(value)
  }
  return sum.value
}

function notCovered(lines: readonly LineResult[]): CalculationResult['gasesNotCovered'] {
  const pairs = lines.flatMap(({ id, gasesNotCovered }) => gasesNotCovered.map((gas) => ({ gas, id })))
  return [...Map.groupBy(pairs, ({ gas }) => gas)]
    .map(([gas, group]) => ({ gas, lines: [...new Set(group.map(({ id }) => id))] }))
    .sort((a, b) => inOrder(a.gas, b.gas))
}

/** A line as it was weighed and as it stands in the result. */
interface Both {
  readonly weighed: WeighedLine
  readonly result: LineResult
  readonly market: MarketUse | undefined
}

/** What a reader must know, by the test that says which lines it is about; and the gases to name with it. */
const flagRules: readonly {
  code: FlagCode
  concerns: (line: Both) => boolean
  gases?: (line: Both) => readonly Gas[]
}[] = [
  {
    code: 'gwp-basis-not-stated',
    concerns: ({ weighed, market }) => weighed.basisUnknown || market?.basisUnknown === true,
  },
  {
    code: 'unverified-factor',
    concerns: ({ weighed, market }) => isUnverified(weighed) || market?.isUnverified === true,
  },
  { code: 'own-factor', concerns: ({ weighed, market }) => isOwn(weighed) || market?.isOwn === true },
  {
    code: 'gases-not-covered',
    concerns: (line) => gapsOf(line).length > 0,
    gases: gapsOf,
  },
  {
    code: 'outside-total',
    concerns: ({ result }) => result.apart === undefined && result.gases.some(isOutsideTotal),
    gases: ({ result }) => result.gases.filter(isOutsideTotal).map(({ gas }) => gas),
  },
  {
    code: 'avoided-production',
    concerns: ({ weighed }) => weighed.maker !== null && weighed.activity.amount < 0,
  },
  { code: 'estimated', concerns: ({ weighed }) => weighed.amount.estimated },
  { code: 'apportioned', concerns: ({ weighed }) => weighed.amount.apportioned },
  {
    code: 'outside-boundary',
    concerns: ({ weighed, result }) => weighed.line.process === undefined && result.scaling === 0,
  },
  { code: 'scope-2-proxy', concerns: ({ market }) => market?.isProxy === true },
]

function gapsOf({ result, market }: Both): readonly Gas[] {
  return [...result.gasesNotCovered, ...(market?.gasesNotCovered ?? [])]
}

function flagsOf(
  weighed: readonly WeighedLine[],
  results: readonly LineResult[],
  market: ReadonlyMap<string, MarketUse>,
): readonly Flag[] {
  const lines = weighed.map((line, index): Both => {
    return { weighed: line, result: results[index] as LineResult, market: market.get(line.line.id) }
  })
  const whole = absoluteSum(results)
  return flagRules.flatMap(({ code, concerns, gases }) => {
    const concerned = lines.filter(concerns)
    if (concerned.length === 0) return []
    const flag = {
      code,
      lines: concerned.map(({ result }) => result.id),
      share: shareOf(code, concerned, whole),
    }
    return [gases ? { ...flag, gases: [...new Set(concerned.flatMap(gases))].sort(inOrder) } : flag]
  })
}

function shareOf(code: FlagCode, concerned: readonly Both[], whole: number): number | null {
  return whole === 0 || code === 'avoided-production'
    ? null
    : over(absoluteSum(concerned.map(({ result }) => result)), whole)
}

/** A greenhouse gas that is shown apart; a pollutant is none, and nobody misses it in the total. */
function isOutsideTotal({ inTotal, kind }: GasResult): boolean {
  return !inTotal && kind !== 'pollutant'
}

function isUnverified({ factor, fuel, beside }: WeighedLine): boolean {
  return [factor, fuel, ...beside].some((used) => used?.confirmation === 'unverified')
}
