/** The totals of a report: both methods of scope 2 side by side, gas by gas, and what stands outside the total, each apart. */

import { organizationCategories } from '../engine/categories.ts'
import { type GasGroup, gasGroupOf } from '../engine/gas-groups.ts'
import { statedOutsideTotal } from '../engine/gwp.ts'
import { own } from '../engine/names.ts'
import type { PresentedResult } from '../engine/present.ts'
import type { Decimal } from '../engine/types.ts'
import { heldLines, type Measure } from './amounts.ts'
import { isBiogenicCo2, isOutsideGroups, isRemoval, shownGroups } from './gases.ts'
import type { Amount, ApartEnergy, ByScope, GasGroupRow, ReportedLine, ReportTotals } from './types.ts'

export function totalsOf(result: PresentedResult, measure: Measure): ReportTotals {
  const scope2 = result.inventory?.scope2 ?? null
  const ofScope = (scope: 1 | 2 | 3): Amount | null => {
    const found = result.byScope.find(({ key }) => key === String(scope))
    return found === undefined ? null : measure.amount(found.kgCo2e)
  }
  return {
    total: measure.amount(result.total),
    totalMarketBased: scope2 && measure.amount(scope2.totalMarketBasedKgCo2e),
    totalIncludes: result.totalIncludes,
    scopes: {
      1: ofScope(1),
      2: {
        locationBased: scope2 ? measure.amount(scope2.locationBasedKgCo2e) : ofScope(2),
        marketBased: scope2 && measure.amount(scope2.marketBasedKgCo2e),
      },
      3: ofScope(3),
    },
    gasGroups: gasGroupRows(heldLines(result.lines), measure),
    gases: result.byGas.map(({ kind, gas, kg, kgCo2e, inTotal }) => {
      return { kind, gas, kg, amount: kgCo2e === null ? null : measure.amount(kgCo2e), inTotal }
    }),
    apart: apartOf(result, measure),
  }
}

function gasGroupRows(lines: readonly ReportedLine[], measure: Measure): readonly GasGroupRow[] {
  const counted = lines.flatMap(({ scope, gases }) =>
    gases.filter(({ inTotal }) => inTotal).map((gas) => ({ scope, gas })),
  )
  const groups = Map.groupBy(counted, ({ gas }): GasGroup => gasGroupOf(gas.gas))
  return shownGroups(groups).map((gasGroup) => {
    const found = groups.get(gasGroup) ?? []
    const inScope = (scope: number) =>
      measure.sumGases(found.filter((one) => one.scope === scope).map(({ gas }) => gas))
    return {
      gasGroup,
      scopes: { 1: inScope(1), 2: inScope(2), 3: inScope(3) },
      total: measure.sumGases(found.map(({ gas }) => gas)),
    }
  })
}

function apartOf(result: PresentedResult, measure: Measure): ReportTotals['apart'] {
  const others = result.byGas.filter(isOutsideGroups)
  return {
    biogenicCo2: measure.sumGases(result.byGas.filter(isBiogenicCo2)),
    biogenicCo2ByScope: biogenicByScope(heldLines(result.lines), measure),
    removals: measure.sumGases(result.byGas.filter(isRemoval)),
    otherGases: {
      amount: measure.sumGases(others.filter(({ kgCo2e }) => kgCo2e !== null)),
      gases: [...new Set(others.map(({ gas }) => (gas === statedOutsideTotal ? 'CO2e' : gas)))],
    },
    energy: result.apart.flatMap(({ key, kgCo2e }) => energyApart(key, kgCo2e, measure)),
    pollutants: result.byGas.filter(({ kind }) => kind === 'pollutant').map(({ gas, kg }) => ({ gas, kg })),
  }
}

function biogenicByScope(lines: readonly ReportedLine[], measure: Measure): ByScope {
  const inScope = (scope: number) =>
    measure.sumGases(
      lines.filter((line) => line.scope === scope).flatMap(({ gases }) => gases.filter(isBiogenicCo2)),
    )
  return { 1: inScope(1), 2: inScope(2), 3: inScope(3) }
}

function energyApart(category: string, kgCo2e: Decimal, measure: Measure): readonly ApartEnergy[] {
  const as = own(organizationCategories, category)?.apart
  return as === undefined ? [] : [{ category, as, amount: measure.amount(kgCo2e) }]
}
