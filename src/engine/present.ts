/**
 * A result as it stands on the wire and in a record: every number its shortest exact decimal text; and, beside it, the
 * same numbers as people print them, in kilograms and tonnes, rounded half-even from fifteen digits (DESIGN §7).
 */

import { formatDecimal, printRounded } from './decimal.ts'
import { presentedNumbers } from './present-numbers.ts'
import type {
  CalculationResult,
  Decimal,
  FlowKind,
  GasResult,
  InventoryResult,
  LineByMarket,
  LineResult,
  ProductResult,
  Subtotal,
} from './types.ts'

/** A result with decimal strings; its canonical bytes are what a record digests. */
export type PresentedResult = CalculationResult<Decimal>

/** An amount of CO2e as printed. */
export interface PrintedAmount {
  readonly kg: Decimal
  readonly t: Decimal
}

/** The figures a document shows, each rounded from the full-precision one. */
export interface PrintedResult {
  readonly digits: number
  readonly total: PrintedAmount
  readonly byKind: readonly ({ readonly kind: FlowKind; readonly inTotal: boolean } & PrintedAmount)[]
  readonly byScope: readonly PrintedSubtotal[]
  readonly byIsoCategory: readonly PrintedSubtotal[]
  readonly byCategory: readonly PrintedSubtotal[]
  readonly byFacility: readonly PrintedSubtotal[]
  readonly byEntity: readonly PrintedSubtotal[]
  readonly byMonth: readonly PrintedSubtotal[]
  readonly apart: readonly PrintedSubtotal[]
  readonly scope2: PrintedScope2 | null
  readonly byStage: readonly PrintedSubtotal[]
  readonly byProcess: readonly PrintedSubtotal[]
  readonly lines: readonly ({ readonly id: string } & PrintedAmount)[]
}

/** Scope 2 by both methods, and the total with it by market. */
export interface PrintedScope2 {
  readonly locationBased: PrintedAmount
  readonly marketBased: PrintedAmount
  readonly totalMarketBased: PrintedAmount
}

export type PrintedSubtotal = { readonly key: string } & PrintedAmount

/**
 * A result for the wire and the record, and its printed figures.
 * @param digits decimal places of the printed figures, as the scheme states; 2 where none does.
 */
export function presentResult(
  result: CalculationResult,
  digits = 2,
): { result: PresentedResult; printed: PrintedResult } {
  return { result: presented(result), printed: printed(result, digits) }
}

function presented(result: CalculationResult): PresentedResult {
  return {
    ...result,
    total: formatDecimal(result.total),
    byKind: result.byKind.map((kind) => ({ ...kind, kgCo2e: formatDecimal(kind.kgCo2e) })),
    byGas: result.byGas.map(presentedGas),
    byScope: presentedSubtotals(result.byScope),
    byIsoCategory: presentedSubtotals(result.byIsoCategory),
    byCategory: presentedSubtotals(result.byCategory),
    byActivityKind: presentedSubtotals(result.byActivityKind),
    byFacility: presentedSubtotals(result.byFacility),
    byEntity: presentedSubtotals(result.byEntity),
    byMonth: presentedSubtotals(result.byMonth),
    apart: presentedSubtotals(result.apart),
    byStage: presentedSubtotals(result.byStage),
    byProcess: presentedSubtotals(result.byProcess),
    scaling: result.scaling.map((node) => ({ ...node, runs: formatDecimal(node.runs) })),
    lines: result.lines.map(presentedLine),
    flags: result.flags.map((flag) => ({ ...flag, share: orNull(flag.share) })),
    inventory: presentedNumbers(result.inventory) as InventoryResult<Decimal> | null,
    product: presentedNumbers(result.product) as ProductResult<Decimal> | null,
  }
}

function presentedMarket({ kWh, coveredKWh, kgCo2e }: LineByMarket): LineByMarket<Decimal> {
  return { kWh: orNull(kWh), coveredKWh: orNull(coveredKWh), kgCo2e: formatDecimal(kgCo2e) }
}

function presentedLine({ beside, marketBased, ...line }: LineResult): LineResult<Decimal> {
  return {
    ...line,
    ...presentedWay(line),
    ...(beside ? { beside: beside.map((used) => ({ ...used, ...presentedWay(used) })) } : {}),
    ...(marketBased ? { marketBased: presentedMarket(marketBased) } : {}),
    scaling: formatDecimal(line.scaling),
    gases: line.gases.map(presentedGas),
    kgCo2e: formatDecimal(line.kgCo2e),
  }
}

/** An amount in its factor's unit, with the steps that led there. */
function presentedWay({ activity, working }: Pick<LineResult, 'activity' | 'working'>) {
  return {
    activity: { ...activity, amount: formatDecimal(activity.amount) },
    working: working.map((step) => ({ ...step, value: formatDecimal(step.value) })),
  }
}

function presentedGas(gas: GasResult): GasResult<Decimal> {
  return { ...gas, kg: orNull(gas.kg), kgCo2e: orNull(gas.kgCo2e) }
}

function presentedSubtotals(subtotals: readonly Subtotal[]): readonly Subtotal<Decimal>[] {
  return subtotals.map(({ key, kgCo2e }) => ({ key, kgCo2e: formatDecimal(kgCo2e) }))
}

function orNull(value: number | null): Decimal | null {
  return value === null ? null : formatDecimal(value)
}

function printed(result: CalculationResult, digits: number): PrintedResult {
  const amount = (kgCo2e: number): PrintedAmount => ({
    kg: printRounded(kgCo2e, digits),
    t: printRounded(kgCo2e, digits, -3),
  })
  const subtotals = (sums: readonly Subtotal[]) => sums.map(({ key, kgCo2e }) => ({ key, ...amount(kgCo2e) }))
  return {
    digits,
    total: amount(result.total),
    byKind: result.byKind.map(({ kind, inTotal, kgCo2e }) => ({ kind, inTotal, ...amount(kgCo2e) })),
    byScope: subtotals(result.byScope),
    byIsoCategory: subtotals(result.byIsoCategory),
    byCategory: subtotals(result.byCategory),
    byFacility: subtotals(result.byFacility),
    byEntity: subtotals(result.byEntity),
    byMonth: subtotals(result.byMonth),
    apart: subtotals(result.apart),
    scope2: result.inventory?.scope2
      ? {
          locationBased: amount(result.inventory.scope2.locationBasedKgCo2e),
          marketBased: amount(result.inventory.scope2.marketBasedKgCo2e),
          totalMarketBased: amount(result.inventory.scope2.totalMarketBasedKgCo2e),
        }
      : null,
    byStage: subtotals(result.byStage),
    byProcess: subtotals(result.byProcess),
    lines: result.lines.map(({ id, kgCo2e }) => ({ id, ...amount(kgCo2e) })),
  }
}
