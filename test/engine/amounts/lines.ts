/** Lines to test amounts with: electricity at 0.5 kg CO2 per kWh, gas by mass, and the amount that came of them. */

import type { ActivityLine, CalculationResult, InventoryInput, Period } from '../../../src/engine/types.ts'
import { calculated, gridFactor, refusalOf, table } from '../fixtures.ts'

export const grid = [table('grid', [gridFactor('cn', 'CN', 2023, '0.5')])]

/** Electricity that is bought; how much is the test's. */
export function electricity(given: Partial<ActivityLine>): ActivityLine {
  return { id: 'power', category: 'purchased-electricity', factor: { id: 'cn' }, ...given }
}

/** A gas that got out. */
export function gas(given: Partial<ActivityLine>): ActivityLine {
  return { id: 'chiller', category: 'fugitive-emissions', gas: 'HFC-134a', ...given }
}

export function kWh(amount: string): ActivityLine['quantity'] {
  return { amount, unit: 'kWh' }
}

/** `days('2023-01-01', '2023-02-01')`. */
export function days(start: string, end: string): Period {
  return { start, end }
}

export function resultOf(
  lines: readonly ActivityLine[],
  given: Partial<InventoryInput> = {},
): CalculationResult {
  return calculated(lines, grid, given)
}

/** What a line is about in the unit of its factor. */
export function amountOf(line: ActivityLine, given: Partial<InventoryInput> = {}): number | undefined {
  return resultOf([line], given).lines[0]?.activity.amount
}

/** Code and pointer of a refusal. */
export function refusedAt(act: () => unknown): readonly [string, unknown] {
  const { code, facts } = refusalOf(act)
  return [code, facts.pointer]
}

/** Values of a line's working by their names. */
export function workingOf(result: CalculationResult, index = 0): Readonly<Record<string, number>> {
  return Object.fromEntries(result.lines[index]?.working.map(({ name, value }) => [name, value]) ?? [])
}
