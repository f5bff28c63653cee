/** Laws of green power: its way is counted once wherever it is added, in any order, and what is taken follows what is made. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analysisParts, type Sensitivity } from '../../../src/engine/analysis/types.ts'
import { analyzeProduct, expandBillOfMaterials } from '../../../src/engine/index.ts'
import type { ActivityLine, BillOfMaterials, Process } from '../../../src/engine/types.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { analysisRequest } from '../analysis/requests.ts'
import { context, refusalOf } from '../fixtures.ts'
import {
  average,
  bottled,
  calculated,
  contracts,
  covered,
  kilogram,
  kWh,
  powers,
  takes,
  way,
  wind,
} from './green-power-fixtures.ts'

/** What one kWh of a level is made of, in percent, and how much of the way that is still owed is added there. */
interface Level {
  readonly before: number
  readonly wind: number
  readonly grid: number
  readonly added: number
}

const percent = fc.integer({ min: 1, max: 98 })
const level = fc
  .record({ before: percent, wind: percent, added: fc.integer({ min: 0, max: 100 }) })
  .filter(({ before, wind }) => before + wind < 100)
  .map(({ before, wind, added }): Level => ({ before, wind, added, grid: 100 - before - wind }))

/** The first level takes of no other. */
const chain = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 100 }), fc.array(level, { maxLength: 5 }))
  .map(([share, added, others]): Level[] => [{ before: 0, wind: share, grid: 100 - share, added }, ...others])

interface Made {
  readonly lines: readonly ActivityLine[]
  readonly processes: readonly Pick<Process, 'id' | 'output'>[]
  /** Of the last level's kWh, by hand: of wind, of the grid, and of wind whose way is still owed. */
  readonly wind: number
  readonly grid: number
  readonly owed: number
}

/** A bottle of 10 kWh of the last level, its way added by `rest` × what is owed. */
function made(levels: readonly Level[], rest: number): Made {
  let [windOf, gridOf, owed] = [0, 0, 0]
  const lines = levels.flatMap(({ before, wind, grid, added }, at): ActivityLine[] => {
    const id = `level-${at}`
    const lacking = (before / 100) * owed + wind / 100
    windOf = (before / 100) * windOf + wind / 100
    gridOf = (before / 100) * gridOf + grid / 100
    owed = lacking * (1 - added / 100)
    return [
      covered(wind / 100, { id: `${id} wind` }, id),
      { ...average(grid / 100, id), id: `${id} grid` },
      ...(at === 0 ? [] : [takes(`${id} before`, before / 100, { from: `level-${at - 1}` }, id)]),
      ...(added === 0 ? [] : [way((lacking * added) / 100, id, `${id} way`)]),
    ]
  })
  const last = takes('taken', 10, { from: `level-${levels.length - 1}` })
  const remaining = 10 * owed * rest
  return {
    lines: [...lines, last, ...(remaining === 0 ? [] : [way(remaining)])],
    processes: [kilogram('bottle'), ...levels.map((_, at) => kWh(`level-${at}`))],
    ...{ wind: windOf, grid: gridOf, owed },
  }
}

/** Enough for whatever is taken. */
const enough = contracts([wind()], { produced: { amount: '1', unit: 'kg' } })
const resultOf = ({ lines, processes }: Made) =>
  calculated(lines, { contractualInstruments: enough }, processes)
const isOpen = ({ owed }: Made) => owed > 1e-6

describe('the way of covered electricity', () => {
  test('is counted once, wherever along its processes it is added', () => {
    fc.assert(
      fc.property(chain, (levels) => {
        const bottle = made(levels, 1)
        const byHand = 10 * (bottle.wind * (0.03 + 0.04) + bottle.grid * 0.6)
        const { total, product } = resultOf(bottle)
        expect(Math.abs(total - byHand)).toBeLessThanOrEqual(1e-12 * Math.max(1, byHand))
        expect(product?.contractualInstruments?.coveredKWh).toBeCloseTo(10 * bottle.wind, 9)
      }),
    )
  })

  test('is missed where a hundredth of it is, and too much by a hundredth', () => {
    fc.assert(
      fc.property(chain, (levels) => {
        const bottle = made(levels, 0.99)
        fc.pre(isOpen(bottle))
        expect(refusalOf(() => resultOf(bottle)).code).toBe('transmission-missing')
        // Something that has its way behind it is always there: some of each level is of the grid.
        expect(refusalOf(() => resultOf(made(levels, 1.01))).code).toBe('transmission-counted-twice')
      }),
    )
  })
})

test('neither the order of processes, of lines nor of instruments moves a bit', () => {
  const levels: Level[] = [
    { before: 0, wind: 30, grid: 70, added: 40 },
    { before: 55, wind: 20, grid: 25, added: 10 },
    { before: 71, wind: 3, grid: 26, added: 0 },
  ]
  const { lines, processes } = made(levels, 1)
  const group = ['a', 'b'].map((id, at) =>
    wind({
      ...{ id, group: 'wind', kind: 'supplier-specific', certificates: undefined },
      quantity: { amount: String(3 + at), unit: 'kWh' },
    }),
  )
  const produced = { amount: '1', unit: 'kg' }
  const forth = calculated(lines, { contractualInstruments: contracts(group, { produced }) }, processes)
  const back = calculated(
    [...lines].reverse(),
    {
      ...{ contractualInstruments: contracts([...group].reverse(), { produced }) },
      referenceProcess: 'bottle',
    },
    [...processes].reverse(),
  )
  expect(back.total).toBe(forth.total)
  expect(back.product?.contractualInstruments).toEqual(forth.product?.contractualInstruments)
})

test('twice the declared unit is twice the footprint, and takes as much of the instrument', () => {
  const lines = [covered(2), way(2), average(3)]
  const once = calculated(lines)
  const twice = calculated(lines, { declaredUnit: { amount: '2', unit: 'kg' } })
  expect(twice.total).toBe(2 * once.total)
  const taken = (result: typeof once) => result.product?.contractualInstruments?.instruments[0]?.takenKWh
  expect([taken(once), taken(twice)]).toEqual([2000, 2000])
})

test('an analysis sees a covered line as what it is: linear in its amount and in its generation', () => {
  const system = bottled([
    { ...covered(2), uncertainty: { activityPercent: '5', factorPercent: '20' } },
    way(2),
    average(3),
  ])
  const { total, contributions, sensitivities, uncertainty } = analyzeProduct(system, context([powers]), {
    ...analysisRequest,
    parts: analysisParts,
  })
  // By hand: 2 × 0.03 + 2 × 0.04 + 3 × 0.6 = 1.94; one kWh of wind more adds 0.03, a kilogram per kWh more adds 2.
  expect(total).toBeCloseTo(1.94, 12)
  const slopeOf = (is: (of: Sensitivity['of']) => boolean) =>
    sensitivities?.ranked.find(({ of }) => is(of))?.perUnit
  expect(slopeOf((of) => of.kind === 'amount' && of.line === 'covered')).toBeCloseTo(0.03, 12)
  expect(slopeOf((of) => of.kind === 'factor' && of.id === 'wind')).toBeCloseTo(2, 12)
  expect(contributions).toBeDefined()
  expect(uncertainty).toBeDefined()
})

test('a bill of materials names instruments as the system that it is short for', () => {
  const system = bottled([covered(2), way(2), average(3)])
  const { processes: _, referenceProcess: __, lines, kind: ___, ...frame } = system
  const bill: BillOfMaterials = {
    ...{ ...frame, kind: 'bill-of-materials' },
    item: {
      ...{ id: 'bottle', name: { en: 'bottle', zh: null }, stage: 'production' },
      output: { amount: '1', unit: 'kg' },
      lines: lines.map(({ process: ____, ...line }) => line),
    },
  }
  expect(canonicalInput(expandBillOfMaterials(bill).input)).toEqual(canonicalInput(system))
})
