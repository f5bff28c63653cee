/** What a verifier must see of a product's carbon: biogenic carbon that does not come out, removals to trace, gases beside the seven groups. */

import { over, times } from '../arithmetic.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import type { BalanceState, CalculationResult, Quantity } from '../types.ts'
import { convert, dimensionOf } from '../units.ts'
import { biogenicFlowsOf } from './biogenic-balance.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'
import { isOutsideGroups } from './iso-sums.ts'

type CarbonFinding =
  | 'biogenic-carbon-not-balanced'
  | 'biogenic-uptake-not-stated'
  | 'biogenic-carbon-not-by-mass'
  | 'carbon-content-not-stated'
  | 'implausible-uptake'
  | 'removal-to-trace'
  | 'gases-outside-seven-groups'

export const carbonRules: Readonly<Record<CarbonFinding, Rule>> = {
  'biogenic-carbon-not-balanced': whereBalance('not-balanced', 'biogenic-carbon-not-balanced'),
  'biogenic-uptake-not-stated': whereBalance('uptake-not-stated', 'biogenic-uptake-not-stated'),
  'biogenic-carbon-not-by-mass': whereBalance('not-by-mass', 'biogenic-carbon-not-by-mass'),
  'carbon-content-not-stated': whereBalance('content-not-stated', 'carbon-content-not-stated'),
  'implausible-uptake': implausibleUptake,
  'removal-to-trace': ({ lines }) =>
    aboutLines(
      'removal-to-trace',
      lines.filter(({ gases }) => gases.some(({ kind }) => kind === 'removal')),
    ),
  'gases-outside-seven-groups': ({ lines }) =>
    aboutLines(
      'gases-outside-seven-groups',
      lines.filter(
        ({ gases, landUseChange }) => landUseChange?.kind !== 'indirect' && gases.some(isOutsideGroups),
      ),
    ),
}

/** About all lines that the balance is made of; about the whole where no line is biogenic and the product yet holds some. */
function whereBalance(state: BalanceState, code: CarbonFinding): Rule {
  return ({ lines }, { carbon }) => {
    if (carbon.balance?.state !== state) return []
    const found = aboutLines(code, biogenicFlowsOf(lines).lines)
    return found.length > 0 ? found : [{ code, lines: [], processes: [] }]
  }
}

/** More carbon stays than the product weighs. A stated content is held against the mass and the balance already. */
function implausibleUptake(
  { lines, declaredUnit }: CalculationResult,
  { carbon }: Parameters<Rule>[1],
): readonly Found[] {
  const mass = carbon.content === null ? massOf(declaredUnit) : null
  const { takenUp, released, lines: own } = biogenicFlowsOf(lines)
  if (mass === null || takenUp === null) return []
  const carbonKg = over(times(-exactSum([takenUp, released]), 12), 44)
  return carbonKg > mass ? aboutLines('implausible-uptake', own) : []
}

function massOf(declaredUnit: Quantity | null): number | null {
  if (declaredUnit === null || dimensionOf(declaredUnit.unit) !== 'mass') return null
  return convert(parseDecimal(declaredUnit.amount), declaredUnit.unit, 'kg')
}
