/** A product's report: what flows between its processes, by hand, and the laws that hold of every one. */

import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import type { ProductInput } from '../../src/engine/types.ts'
import { networkOf } from '../../src/report/product/network.ts'
import { productReport } from '../../src/report/product/product-report.ts'
import type { Branch, ProductSource } from '../../src/report/product/types.ts'
import { contextOf } from '../cases/published-tables.ts'
import {
  beside,
  besideSource,
  cake,
  chair,
  credited,
  dairy,
  green,
  lightChairInput,
  loop,
  loopInput,
  ofCircle,
  ofSite,
  productSource,
  ruled,
  strawLoopInput,
} from './made-up-product.ts'

function example(name: 'product-xiamen-fan' | 'product-electricity-from-fuel'): ProductSource {
  const input = calculationOf(readExample(name)) as ProductInput
  return productSource(input, contextOf(input))
}

const kg = ({ amount }: { readonly amount: { readonly kgCo2e: string } }) => Number(amount.kgCo2e)

describe('what flows between two processes that need each other', () => {
  const report = productReport(loop())

  test('each hands on its own with what it took in', () => {
    // λ of steel 6.25 a kg, of power 1 + 0.1 × 6.25 = 1.625 a kWh: 1.25 × 6.25 = 7.8125 and 2.5 × 1.625 = 4.0625.
    const network = networkOf(loop())
    const embodied = new Map(network?.nodes.map((node) => [node.process, node.embodied]))
    expect(embodied.get('steel')).toBeCloseTo(7.8125, 12)
    expect(embodied.get('power')).toBeCloseTo(4.0625, 12)
    // Power takes 0.25 of 1.25 kg of steel; the product gets 1 of 1.25.
    const taken = network?.taken.map(({ maker, share }) => [network.nodes[maker]?.process, share])
    expect(taken).toEqual(
      expect.arrayContaining([
        ['power', 1],
        ['steel', expect.closeTo(0.2, 12)],
      ]),
    )
    expect(report.processes.map(({ process, direct }) => [process, Number(direct.kgCo2e)])).toEqual([
      ['steel', 3.75],
      ['power', 2.5],
    ])
  })

  test('the tree enters the loop once more, with less each time', () => {
    // 6.25 = 3 melting + 3.25 power; that is 2 coal + 1.25 steel again, of which 0.6 melting and 0.65 power.
    const [power, melt] = report.tree?.branches ?? []
    expect([power?.key, kg(power as Branch), melt?.key, kg(melt as Branch)]).toEqual([
      'power',
      expect.closeTo(3.25, 12),
      'melt',
      expect.closeTo(3, 12),
    ])
    const again = power?.branches.find(({ of }) => of === 'process')
    expect([again?.key, again?.again, kg(again as Branch)]).toEqual(['steel', true, expect.closeTo(1.25, 12)])
    expect(again?.branches.map(kg)).toEqual([expect.closeTo(0.65, 12), expect.closeTo(0.6, 12)])
  })

  test('links say what each hands to the other, and to the product', () => {
    const { nodes = [], links = [] } = report.flows ?? {}
    const named = links.map(({ from, to, amount }) => [
      nodes[from]?.key,
      nodes[to]?.key,
      Number(amount.kgCo2e),
    ])
    expect(named).toEqual(
      expect.arrayContaining([
        ['power', 'steel', expect.closeTo(4.0625, 12)],
        ['steel', 'power', expect.closeTo(1.5625, 12)],
        ['steel', '', expect.closeTo(6.25, 12)],
      ]),
    )
  })
})

describe('what several products, plants and treatments of waste hand on', () => {
  const network = networkOf(cake())
  const carried = (maker: string, taker: string) =>
    network?.taken
      .filter(
        (one) => network.nodes[one.maker]?.process === maker && network.nodes[one.taker]?.process === taker,
      )
      .reduce((sum, one) => sum + one.carried, 0)

  test('the mean of plants embodies what its plants do, and hands it to every product of the dairy', () => {
    // Milk: (300 × 0.93 + 600 × 0.31) / 900 = 0.93 × 1/3 + 0.31 × 2/3 = 0.51667. A run: 0.5 × 2 + 0.51667 = 1.51667 for 1 kg of both.
    const dairies = network?.nodes.filter(({ process }) => process === 'dairy') ?? []
    expect(dairies.reduce((sum, { embodied }) => sum + embodied, 0)).toBeCloseTo(
      0.5 * (1 + 0.93 / 3 + (0.31 * 2) / 3),
      12,
    )
    expect(carried('milk', 'dairy')).toBeCloseTo(0.5 * (0.93 / 3 + (0.31 * 2) / 3), 12)
    expect(carried('hill', 'milk')).toBeCloseTo((0.5 * 0.93) / 3, 12)
  })

  test('a treatment of waste is taken as an input is, and its credit takes off what it replaces', () => {
    // A run of the digester: 0.4 × 3 − 0.6 × 1 = 0.6, of which 0.2.
    expect(carried('digester', 'cake')).toBeCloseTo(0.12, 12)
    expect(carried('power', 'digester')).toBeCloseTo(-0.12, 12)
  })
})

describe('a process that makes several products', () => {
  test('is a node for each, with its share of what they have in common', () => {
    // A run of the dairy: 10 kg own and 10 kg of milk at 1 kg. Butter: 2 runs × 0.1 × 20 = 4; buttermilk: 3 ÷ 9 runs × 0.9 × 20 = 6.
    const { tree, processes } = productReport(dairy())
    expect(tree?.branches.map((branch) => [branch.key, branch.product, kg(branch)])).toEqual([
      ['dairy', 'buttermilk', expect.closeTo(6, 12)],
      ['dairy', 'butter', expect.closeTo(4, 12)],
    ])
    expect(processes.find(({ process }) => process === 'dairy')?.runs).toEqual([
      { product: 'butter', runs: '2' },
      { product: 'buttermilk', runs: expect.stringMatching(/^0\.3333333333333/) },
    ])
  })

  test('hands back what its co-products make needless', () => {
    // 10 own + 10 of milk − 9 × 0.4.
    const { tree, flows, totals } = productReport(credited())
    expect(Number(totals.total.kgCo2e)).toBeCloseTo(16.4, 12)
    const feed = tree?.branches.find(({ key }) => key === 'feed')
    expect(kg(feed as Branch)).toBeCloseTo(-3.6, 12)
    const { nodes = [], links = [] } = flows ?? {}
    const credit = links.find(({ from }) => nodes[from]?.key === 'feed')
    expect(Number(credit?.amount.kgCo2e)).toBeCloseTo(-3.6, 12)
  })
})

const sources: Readonly<Record<string, () => ProductSource>> = {
  ...{ loop, chair, cake, dairy, credited, ruled, site: ofSite, circle: ofCircle },
  fan: () => example('product-xiamen-fan'),
  electricity: () => example('product-electricity-from-fuel'),
}

describe('two products beside one another', () => {
  const { comparison, totals, monteCarlo } = productReport(beside())

  test('have the difference of what both report, and the ratio', () => {
    // What the other comes to is what its own report says.
    const other = productReport(productSource(...lightChairInput()))
    expect(comparison?.total.a).toEqual(totals.total)
    expect(comparison?.total.b).toEqual(other.totals.total)
    const [a, b] = [Number(totals.total.kgCo2e), Number(other.totals.total.kgCo2e)]
    expect(Number(comparison?.total.difference?.kgCo2e)).toBeCloseTo(b - a, 12)
    expect(comparison?.total.ratio).toBe((b / a).toFixed(6))
    for (const { stage, a: here, b: there } of comparison?.stages ?? []) {
      expect(there).toEqual(other.stages.find((row) => row.stage === stage)?.amount ?? null)
      expect(here).not.toBeNull()
    }
  })

  test('say where the difference lies, the largest first', () => {
    const { comparison } = productReport(beside())
    // Of steel a chair takes 2.4 kg and 2.1 kg: 0.3 kg × 1.1 kWh and the loop besides. Of board 3.5 and 3.8 kg: 0.3 × 2.2 kg of straw.
    for (const rows of [comparison?.processes, comparison?.categories, comparison?.lines]) {
      const sizes = rows?.map(({ difference }) => Math.abs(Number(difference?.kgCo2e))) ?? []
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
      const sum = rows?.reduce((total, { difference }) => total + Number(difference?.kgCo2e), 0)
      expect(sum).toBeCloseTo(Number(comparison?.total.difference?.kgCo2e), 12)
    }
    const resin = comparison?.lines.find(({ line }) => line === 'resin')
    // 0.3 kg more of board, of which 0.15 kg is resin at 3.1 kg.
    expect(Number(resin?.difference?.kgCo2e)).toBeCloseTo(0.3 * 0.15 * 3.1, 12)
    expect(comparison?.lines.some(({ line }) => line === 'lorry')).toBe(false)
  })

  test('stand by kind and by gas with all that either report has, and what counts makes up the difference', () => {
    const { comparison, totals } = productReport(beside())
    const other = productReport(productSource(...lightChairInput()))
    const told = (rows: typeof totals.kinds) =>
      rows.map(({ kind, inTotal, amount }) => [kind, inTotal, amount])
    expect(comparison?.kinds.map(({ kind, inTotal, a }) => [kind, inTotal, a])).toEqual(told(totals.kinds))
    expect(comparison?.kinds.map(({ kind, inTotal, b }) => [kind, inTotal, b])).toEqual(
      told(other.totals.kinds),
    )
    // Methane of the straw counts and its CO2 does not: both are biogenic.
    expect(comparison?.kinds.filter(({ kind }) => kind === 'biogenic')).toHaveLength(2)
    expect(comparison?.gases).toHaveLength(totals.gases.length)
    for (const rows of [comparison?.kinds, comparison?.gases]) {
      const counted = rows?.filter(({ inTotal }) => inTotal) ?? []
      const sum = counted.reduce((whole, { difference }) => whole + Number(difference?.kgCo2e), 0)
      expect(sum).toBeCloseTo(Number(comparison?.total.difference?.kgCo2e), 12)
    }
  })

  test('have no difference by process and category to what one of them lacks', () => {
    const { comparison } = productReport(besideSource(loopInput(), strawLoopInput(), { monteCarlo: null }))
    expect(comparison?.lines.map(({ line }) => line)).not.toContain('straw')
    expect(comparison?.processes.map(({ process }) => process)).toEqual(['steel', 'power'])
    expect(comparison?.processes[1]?.difference?.kgCo2e).toBe('0')
  })

  test('have no difference to what one of them does not report', () => {
    // Both are fossil CO2e; only the straw of the second has methane.
    const straw = productReport(besideSource(loopInput(), strawLoopInput()))
    const methane = straw.comparison?.gases.find(({ gas }) => gas === 'CH4')
    // 0.1 kg of straw on each of 1.25 runs, 0.02 kg of CH4 each: 0.0025 kg × 27.
    expect([methane?.a, methane?.difference, methane?.ratio]).toEqual([null, null, null])
    expect(Number(methane?.kg.b)).toBeCloseTo(0.0025, 12)
    expect(Number(methane?.b?.kgCo2e)).toBeCloseTo(0.0025 * 27, 12)
  })

  test('have no ratio where one adds and the other takes off, nor to zero', () => {
    const ratioOf = (a: string, b: string) => {
      const source = beside()
      const other = source.other as NonNullable<ProductSource['other']>
      const result = { ...other.result, total: b }
      const report = productReport({
        ...source,
        result: { ...source.result, total: a },
        other: { ...other, result },
      })
      return report.comparison?.total.ratio
    }
    expect([ratioOf('2', '-1'), ratioOf('0', '1'), ratioOf('2', '0'), ratioOf('-2', '-1')]).toEqual([
      ...[null, null, '0.000000', '0.500000'],
    ])
  })

  test('are on the same draws: A’s own are those of its report', () => {
    expect(comparison?.draws?.totals?.a).toEqual(monteCarlo?.totals && withoutDrawn(monteCarlo.totals))
    expect(Number(comparison?.draws?.totals?.belowShare)).toBeGreaterThan(0.95)
  })
})

function withoutDrawn(totals: object): object {
  return Object.fromEntries(Object.entries(totals).filter(([name]) => name !== 'drawn'))
}

describe.each(Object.keys(sources))('laws of every report: %s', (name) => {
  const source = (sources[name] as () => ProductSource)()
  const report = productReport(source)
  const total = Number(report.totals.total.kgCo2e)
  const near = (value: number) => expect.closeTo(value, 9)

  test('stages and processes are, to the last bit, what the result has', () => {
    const { byStage, byProcess } = source.result
    for (const { key, kgCo2e } of byStage) {
      const row = report.stages.find(({ stage }) => stage === key)
      expect(row?.amount?.kgCo2e ?? '0').toBe(kgCo2e)
    }
    for (const { key, kgCo2e } of byProcess)
      expect(report.processes.find(({ process }) => process === key)?.direct.kgCo2e).toBe(kgCo2e)
  })

  test('stages, processes, lines and kinds make up the total', () => {
    const sums = [
      report.stages.map(({ amount }) => Number(amount?.kgCo2e ?? 0)),
      report.processes.map(({ direct }) => Number(direct.kgCo2e)),
      report.lines.map(kg),
      report.totals.kinds.filter(({ inTotal }) => inTotal).map(kg),
      report.stages.flatMap(({ kinds }) =>
        kinds.flatMap(({ added, takenOff }) => [Number(added.kgCo2e), Number(takenOff.kgCo2e)]),
      ),
    ]
    for (const terms of sums) expect(terms.reduce((sum, term) => sum + term, 0)).toEqual(near(total))
  })

  test('every branch is what its branches come to', () => {
    const check = (branch: Branch) => {
      if (branch.branches.length === 0) return
      expect(branch.branches.map(kg).reduce((sum, one) => sum + one, 0)).toEqual(near(kg(branch)))
      for (const one of branch.branches) check(one)
    }
    expect(kg(report.tree as Branch)).toEqual(near(total))
    check(report.tree as Branch)
  })

  test('every process hands on what it takes in, and the product receives the total', () => {
    const { nodes = [], links = [] } = report.flows ?? {}
    const sum = (end: 'from' | 'to', at: number) =>
      links
        .filter((link) => link[end] === at)
        .map(kg)
        .reduce((whole, one) => whole + one, 0)
    expect(sum('to', 0)).toEqual(near(total))
    for (const [at, { of }] of nodes.entries())
      if (of === 'process') expect(sum('to', at)).toEqual(near(sum('from', at)))
  })
})

test('what lies outside the boundary, and what nobody reported, is no zero', () => {
  const { stages, gaps } = productReport(loop())
  expect(stages.map(({ stage, state, amount }) => [stage, state, amount === null])).toEqual([
    ['raw-material-acquisition', 'without-lines', true],
    ['production', 'reported', false],
    ['distribution', 'outside-boundary', true],
    ['use', 'outside-boundary', true],
    ['end-of-life', 'outside-boundary', true],
  ])
  expect(gaps.stagesWithoutLines).toEqual(['raw-material-acquisition'])
})

test('a stage that is said to be empty is no gap, and neither is one whose lines count elsewhere', () => {
  const empty = productReport(ruled())
  expect(empty.stages[0]).toMatchObject({ state: 'declared-empty', amount: null, lines: 0 })
  expect(empty.gaps.stagesWithoutLines).toEqual([])
  // The chair's board and steel are raw materials; here a stage takes both of them and has nothing of its own.
  const source = chair()
  const lines = source.result.lines.filter(({ id }) => !['paint'].includes(id))
  const taking = productReport(chair({ result: { ...source.result, lines } })).stages[1]
  expect(taking).toMatchObject({ stage: 'production', state: 'elsewhere', amount: null, lines: 2 })
})

test('the choices a figure rests on stand as they were made, and each rule with what stands there', () => {
  const { method, gaps } = productReport(ruled())
  expect(method.capitalGoods?.choice).toBe('excluded')
  expect(method.emptyStages.map(({ stage }) => stage)).toEqual(['raw-material-acquisition'])
  const { checks = [], inForce } = method.productCategoryRules ?? {}
  expect(inForce).toBe(true)
  // 0.004 and 0.02 against 0.01 each; 0.024 against 0.05.
  expect(checks.map(({ rule, given, holds }) => [rule, given, holds])).toEqual([
    ['unit', 'kg', true],
    ['boundary', 'cradle-to-gate', true],
    ['capitalGoods', 'excluded', false],
    ['cutOffSingle', '0.004', true],
    ['cutOffSingle', '0.02', false],
    ['cutOffTotal', '0.024', true],
  ])
  expect(gaps.exclusions.map(({ what, stage }) => [what, stage])).toEqual([
    ['Office 办公', 'production'],
    ['Travel 差旅', undefined],
  ])
  expect(gaps.excludedShare).toBe('0.024')
  expect(productReport(loop()).method).toEqual({
    ...{ capitalGoods: null, emptyStages: [], productCategoryRules: null },
  })
})

test('a mean of plants stands with what each made', () => {
  const { means } = productReport(cake())
  // 300 and 600 of 900 kg.
  const plants = means?.[0]?.plants.map(({ process, share }) => [process, Number(share)])
  expect(plants).toEqual([
    ['hill', expect.closeTo(1 / 3, 12)],
    ['valley', expect.closeTo(2 / 3, 12)],
  ])
})

test('electricity under contract stands with what was taken of it, and is null where there is none', () => {
  const { contractualInstruments } = productReport(green())
  expect(contractualInstruments).toMatchObject({
    ...{ electricityKWh: '5', coveredKWh: '2' },
    instruments: [{ id: 'wind', takenKWh: '2000' }],
  })
  expect(productReport(cake()).contractualInstruments).toBeNull()
})

test('a credit of a stage stands apart from what the stage emits', () => {
  // 0.8 × 2.7 + 2.3 × 0.02 = 2.206 against 2.3 × −1.9 = −4.37.
  const end = productReport(chair()).stages.find(({ stage }) => stage === 'end-of-life')
  expect(end?.kinds.map(({ added, takenOff }) => [added.printed, takenOff.printed])).toEqual([
    ['2.21', '-4.37'],
  ])
})

test('a record of before says nothing of findings, and neither does its report', () => {
  const { product: _, ...old } = loop().result
  expect(productReport(loop({ result: old as ProductSource['result'] })).findings).toBeNull()
})

test('what an older engine did not know is null, and what a calculation does not say is its own null', () => {
  const { product: known, ...result } = loop().result
  const old = {
    ...result,
    product: { findings: known?.findings ?? [] },
  } as unknown as ProductSource['result']
  const { carbon, sums, primaryDataShare, dataQuality, uncertainty, sites, means, findings } = productReport(
    loop({ result: old }),
  )
  expect([carbon, sums, primaryDataShare, dataQuality, uncertainty, sites, means]).toEqual(
    Array(7).fill(null),
  )
  expect(findings).toEqual([])
  const today = productReport(loop())
  expect([today.carbon?.content, today.circular, today.sites]).toEqual([null, null, []])
})

test('the year of a site stands in the report with its names', () => {
  const [shop] = productReport(ofSite()).sites ?? []
  expect(shop?.name.en).toBe('Moulding shop')
  expect(shop?.names.totals.oven).toEqual({ en: 'Oven', zh: null })
  // 10 MWh less the oven's 50 steps × 40 kWh.
  expect(shop?.year.totals.find(({ total }) => total === 'power')?.rest).toBe('8')
})

test('amounts are printed in the unit of the scheme', () => {
  const report = productReport(loop({ print: { unit: 'tCO2e', decimals: 4 } }))
  // 6.25 kg, half to even.
  expect(report.totals.total).toEqual({ kgCo2e: '6.25', printed: '0.0062' })
})

test('many small sources stand as one, and nothing is lost', () => {
  const source = example('product-xiamen-fan')
  const { flows, contributors } = productReport(source)
  const rest = flows?.nodes.find(({ of }) => of === 'rest')
  const own = source.result.lines.filter(({ from, kgCo2e }) => from === null && Number(kgCo2e) !== 0)
  expect(rest?.count).toBe(own.length - (flows?.nodes.filter(({ of }) => of === 'line').length ?? 0))
  expect(contributors).toHaveLength(12)
})
