/** Published matrices with known answers: input-output tables, whose sectors are processes that all need each other. */

import { describe, expect, test } from 'vitest'
import {
  isFault,
  type Outcome,
  type PreparedNetwork,
  prepareNetwork,
} from '../../src/engine/network/network.ts'
import { sparseMatrix } from '../../src/engine/network/sparse-matrix.ts'
import { caseNote, casesPresent, publishedJson, publishedText } from '../json/published.ts'

const published = describe.skipIf(!casesPresent)
const tables = ['state-eeio-146-me', 'useeio-411']

test.skipIf(!casesPresent)(`every published matrix is tested${caseNote}`, () => {
  const files = publishedText('index.json').match(/"matrix\/[a-z0-9-]+/g) ?? []
  expect([...new Set(files)].sort()).toEqual(
    ['miller-blair-two-sector', ...tables].map((name) => `"matrix/${name}`),
  )
})

published(`miller-blair-two-sector${caseNote}`, () => {
  const given = publishedJson('matrix/miller-blair-two-sector.json', {
    ...{ A: [[0]], L: [[0]], final_demand: [0], x: [0], new_final_demand: [0], new_x: [0] },
    ...{ labour_coefficients: [0], labour_total: [0], rederived: { new_x: [0], labour: [0] } },
  })
  const network = networkOf(given.A.flatMap((row, i) => row.map((value, j) => [i, j, value] as const)))
  const outputs = (demand: readonly number[]) => valuesOf(network.solve(Float64Array.from(demand)))

  test('outputs for both final demands', () => {
    outputs(given.final_demand).forEach((x, sector) => {
      expect(Math.abs(x - given.x[sector]!)).toBeLessThan(1e-6)
    })
    outputs(given.new_final_demand).forEach((x, sector) => {
      expect(Math.abs(x - given.new_x[sector]!)).toBeLessThan(0.1)
      expectRelative(x, given.rederived.new_x[sector]!)
    })
  })

  test('the inverse, column by column', () => {
    for (const sector of [0, 1]) {
      outputs([1 - sector, sector]).forEach((x, row) => {
        expect(Math.abs(x - given.L[row]![sector]!)).toBeLessThan(1e-6)
      })
    }
  })

  test('labour in each sector', () => {
    outputs(given.new_final_demand).forEach((x, sector) => {
      const labour = x * given.labour_coefficients[sector]!
      expect(Math.abs(labour - given.labour_total[sector]!)).toBeLessThan(0.1)
      expectRelative(labour, given.rederived.labour[sector]!)
    })
  })
})

published.each(tables)(`%s${caseNote}`, (name) => {
  const network = networkOf(requirements(name))
  const { D_direct_per_USD: direct, N_total_per_USD: totals } = publishedJson<{
    D_direct_per_USD: number[][]
    N_total_per_USD: number[][]
  }>(`matrix/${name}/direct-and-total.json`, { D_direct_per_USD: [], N_total_per_USD: [] })

  test('the total of every indicator for every sector', () => {
    direct.forEach((costs, indicator) => {
      const found = valuesOf(network.solveAdjoint(Float64Array.from(costs)))
      found.forEach((total, sector) => {
        expectRelative(total, totals[indicator]![sector]!)
      })
    })
    expect(direct.length).toBeGreaterThan(15)
  })

  test('the greenhouse gases of one dollar, sector by sector as they run', () => {
    const { greenhouse_gas_row: row } = publishedJson(`matrix/${name}/case.json`, { greenhouse_gas_row: 0 })
    for (const sector of [0, 77, direct[0]!.length - 1]) {
      const demand = new Float64Array(direct[0]!.length)
      demand[sector] = 1
      expectRelative(total(valuesOf(network.solve(demand)), direct[row]!), totals[row]![sector]!)
    }
  })
})

published(`useeio-411, what the United States consume and produce${caseNote}`, () => {
  const { greenhouse_gas_row: row, demand_totals } = publishedJson('matrix/useeio-411/case.json', {
    greenhouse_gas_row: 0,
    demand_totals: { greenhouse_gas_kg: {} as Readonly<Record<string, number>> },
  })
  const { D_direct_per_USD: direct } = publishedJson<{ D_direct_per_USD: number[][] }>(
    'matrix/useeio-411/direct-and-total.json',
    { D_direct_per_USD: [] },
  )
  const expected = Object.entries(demand_totals.greenhouse_gas_kg)

  test('kg of greenhouse gases, by runs and by intensities', () => {
    const network = networkOf(requirements('useeio-411'))
    const intensities = valuesOf(network.solveAdjoint(Float64Array.from(direct[row]!)))
    for (const [name, kg] of expected) {
      const { amounts_USD: amounts } = publishedJson(`matrix/useeio-411/demand-${name}.json`, {
        amounts_USD: [0],
      })
      const runs = valuesOf(network.solve(Float64Array.from(amounts)))
      expectRelative(total(runs, direct[row]!), kg)
      expectRelative(total(intensities, amounts), kg)
    }
    expect(expected).toHaveLength(2)
  })
})

/** A.csv: row, column, value. */
function requirements(name: string): readonly (readonly [number, number, number])[] {
  const lines = publishedText(`matrix/${name}/A.csv`).trim().split('\n').slice(1)
  return lines.map((line) => line.split(',').map(Number) as [number, number, number])
}

function networkOf(entries: readonly (readonly [number, number, number])[]): PreparedNetwork {
  const [rows, columns, values] = [0, 1, 2].map((place) => entries.map((entry) => entry[place] as number))
  const size = entries.reduce((largest, [row, column]) => Math.max(largest, row, column), -1) + 1
  return prepareNetwork(sparseMatrix(size, { rows: rows!, columns: columns!, values: values! }))
}

function valuesOf(outcome: Outcome): Float64Array {
  if (isFault(outcome)) throw new Error(`${outcome.fault}: ${outcome.nodes.join(', ')}`)
  return outcome.values
}

function total(values: Float64Array, weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * weights[index]!, 0)
}

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-9)
}
