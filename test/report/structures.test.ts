/** The structures of a report over made-up lines with round numbers; every sum is derived by hand beside it. */

import { describe, expect, test } from 'vitest'
import type { PresentedResult } from '../../src/engine/present.ts'
import type { FuelUsed } from '../../src/engine/types.ts'
import { inventoryReport } from '../../src/report/inventory-report.ts'
import { exclusionsOf, scope3Categories } from '../../src/report/scope-3.ts'
import type {
  Gbt32150Report,
  GhgProtocolReport,
  InventoryReport,
  Iso14064Report,
  ReportSource,
} from '../../src/report/types.ts'
import { madeLine, madeResult, madeSource, realisticSource } from './made-up.ts'

const working = (value: string, origin: 'measured' | 'default') => [
  { name: 'netCalorificValue', value, unit: 'GJ/t', origin } as const,
  { name: 'carbonContent', value: '20', unit: 'tC/TJ', origin: 'default' } as const,
  { name: 'oxidation', value: '0.98', unit: '1', origin: 'default' } as const,
]

const diesel: FuelUsed = {
  ...{ table: 'cn-fuel', version: '2015', id: 'diesel', name: { en: 'Diesel', zh: '柴油' } },
  ...{ confirmation: 'primary', source: 'ndrc', measured: [], path: [] },
}

/**
 * In kg: fuel 1 000 + 500 (+ 40 biogenic apart), process 200, HFC 300, electricity 2 000, heat 700, commuting a true 0, goods 4 000.
 * Scope 1: 1 000 + 500 + 200 + 300 = 2 000. Scope 2: 2 700. Scope 3: 4 000. Total 8 700. Exported 250, sold on 90.
 */
const lines = [
  madeLine({
    ...{ id: 'diesel-1', category: 'mobile-combustion', month: '2025-01', facility: 'a' },
    ...{ fuel: diesel, working: working('43', 'default'), activity: { amount: '3', unit: 't' } },
    made: [
      ['fossil', 'CO2', 1000, 1000],
      ['biogenic', 'CO2', 40, 40, false],
    ],
  }),
  madeLine({
    ...{ id: 'diesel-2', category: 'mobile-combustion', month: '2025-03', facility: 'a' },
    ...{ fuel: diesel, working: working('43', 'default'), activity: { amount: '1.5', unit: 't' } },
    made: [['fossil', 'CO2', 500, 500]],
  }),
  madeLine({
    id: 'process',
    category: 'process-emissions',
    facility: 'b',
    made: [['fossil', 'CO2', 200, 200]],
  }),
  madeLine({ id: 'hfc', category: 'fugitive-emissions', made: [['fossil', 'HFC-134a', 0.2, 300]] }),
  madeLine({ id: 'power', category: 'purchased-electricity', made: [['fossil', 'CO2', 2000, 2000]] }),
  madeLine({ id: 'heat', category: 'purchased-heat', made: [['fossil', 'CO2', 700, 700]] }),
  madeLine({ id: 'commuting', category: 'employee-commuting', made: [['fossil', 'CO2', 0, 0]] }),
  madeLine({ id: 'goods', category: 'purchased-goods-and-services', made: [['fossil', 'CO2e', null, 4000]] }),
  madeLine({ id: 'sold', category: 'exported-electricity', made: [['fossil', 'CO2', 250, 250, false]] }),
  madeLine({ id: 'passed', category: 'resold-electricity', made: [['fossil', 'CO2', 90, 90, false]] }),
]

const reported = (changes: Partial<ReportSource> = {}): InventoryReport =>
  inventoryReport(madeSource(madeResult(lines), { decimals: 3, ...changes }))

function structure<Wanted extends InventoryReport['structures'][number]>(
  name: Wanted['structure'],
  changes: Partial<ReportSource> = {},
): Wanted {
  return reported(changes).structures.find((one) => one.structure === name) as Wanted
}

describe('totals', () => {
  test('stand in full precision and printed, scope by scope', () => {
    const { totals } = reported()
    expect(totals.total).toEqual({ kgCo2e: '8700', tCo2e: '8.700' })
    expect(totals.scopes[1]).toEqual({ kgCo2e: '2000', tCo2e: '2.000' })
    expect(totals.scopes[2]).toEqual({
      locationBased: { kgCo2e: '2700', tCo2e: '2.700' },
      marketBased: null,
    })
    expect(totals.totalMarketBased).toBeNull()
  })

  test('show both methods of scope 2 where the result has both', () => {
    const { totals } = inventoryReport(realisticSource())
    // By hand: 402 150.5 kg less by market, in scope 2 and in the total alike.
    const { locationBased, marketBased } = totals.scopes[2]
    expect(Number(locationBased?.kgCo2e) - Number(marketBased?.kgCo2e)).toBeCloseTo(402_150.5, 6)
    expect(Number(totals.total.kgCo2e) - Number(totals.totalMarketBased?.kgCo2e)).toBeCloseTo(402_150.5, 6)
  })

  test('tell seven groups of gases by scope; what no line releases is absent, not zero', () => {
    const { gasGroups } = reported().totals
    expect(gasGroups.map(({ gasGroup }) => gasGroup)).toEqual([
      ...['CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3', 'CO2e'],
    ])
    const row = (name: string) => gasGroups.find(({ gasGroup }) => gasGroup === name)
    // CO2 in scope 1: 1 000 + 500 + 200; biogenic CO2 is not in it. Scope 3: commuting’s true zero.
    expect(row('CO2')?.scopes[1]?.kgCo2e).toBe('1700')
    expect(row('CO2')?.scopes[3]?.kgCo2e).toBe('0')
    expect(row('HFCs')?.total?.kgCo2e).toBe('300')
    expect(row('SF6')).toEqual({ gasGroup: 'SF6', scopes: { 1: null, 2: null, 3: null }, total: null })
  })

  test('keep what is outside the total apart', () => {
    const { apart } = reported().totals
    expect(apart.biogenicCo2?.kgCo2e).toBe('40')
    expect(apart.biogenicCo2ByScope[2]).toBeNull()
    expect(apart.removals).toBeNull()
    expect(apart.energy.map(({ category, as, amount }) => [category, as, amount.kgCo2e])).toEqual([
      ['exported-electricity', 'exported', '250'],
      ['resold-electricity', 'resold', '90'],
    ])
  })
})

describe('the structure of the GHG Protocol', () => {
  test('lists all fifteen categories of scope 3, numbered', () => {
    const { scope3 } = structure<GhgProtocolReport>('ghg-protocol')
    expect(scope3.categories.map(({ number }) => number)).toEqual(
      Array.from({ length: 15 }, (_, at) => at + 1),
    )
    expect(scope3.categories.map(({ category }) => category)).toEqual([...scope3Categories])
  })

  test('tells a category without lines from a true zero', () => {
    const { scope3 } = structure<GhgProtocolReport>('ghg-protocol')
    const row = (category: string) => scope3.categories.find((one) => one.category === category)
    expect(row('franchises')).toMatchObject({ state: 'without-lines', amount: null, share: null, lines: 0 })
    expect(row('employee-commuting')).toMatchObject({
      state: 'reported',
      amount: { kgCo2e: '0', tCo2e: '0.000' },
      lines: 1,
    })
    // 4 000 of 8 700.
    expect(row('purchased-goods-and-services')?.share).toBe('0.459770')
  })

  test('does not take lines outside the boundary for reported ones', () => {
    const outside = madeLine({
      id: 'far',
      category: 'investments',
      scaling: '0',
      made: [['fossil', 'CO2', 0, 0]],
    })
    const { structures } = inventoryReport(madeSource(madeResult([...lines, outside])), ['ghg-protocol'])
    const { scope3 } = structures[0] as GhgProtocolReport
    expect(scope3.categories.find(({ category }) => category === 'investments')?.state).toBe('without-lines')
  })

  test('puts an exclusion beside the category it speaks of', () => {
    const exclusions = [
      { what: 'Business travel by taxi', reason: 'No receipts.', estimatedShare: '0.01' },
      { what: '类别15 投资', reason: '无数据', estimatedShare: '0.02' },
    ]
    const { scope3 } = structure<GhgProtocolReport>('ghg-protocol', { exclusions })
    const spoken = scope3.categories
      .filter((row) => row.exclusions.length > 0)
      .map(({ category }) => category)
    expect(spoken).toEqual(['business-travel', 'investments'])
    expect(reported({ exclusions }).gaps.excludedShare).toBe('0.03')
  })

  test('does not take category 15 for category 1, nor a category of ISO 14064-1 for one of scope 3', () => {
    const exclusion = (what: string) => [{ what, reason: '', estimatedShare: '0' }]
    expect(exclusionsOf('purchased-goods-and-services', exclusion('Category 15'))).toEqual([])
    expect(exclusionsOf('purchased-goods-and-services', exclusion('Category 1'))).toHaveLength(1)
    expect(exclusionsOf('purchased-goods-and-services', exclusion('ISO 14064-1 category 1'))).toEqual([])
  })
})

describe('the structure of ISO 14064-1', () => {
  test('has six categories whose amounts make up the total', () => {
    const { categories } = structure<Iso14064Report>('iso-14064-1')
    expect(categories.map(({ isoCategory, amount }) => [isoCategory, amount?.kgCo2e ?? null])).toEqual([
      [1, '2000'],
      [2, '2700'],
      [3, '0'],
      [4, '4000'],
      [5, null],
      [6, null],
    ])
  })

  test('names the kinds of activity of which there is no line', () => {
    const { categories } = structure<Iso14064Report>('iso-14064-1')
    expect(categories[2]?.kinds.map(({ kind }) => kind)).toEqual(['commuting'])
    expect(categories[2]?.kindsWithoutLines).toContain('travel')
    expect(categories[1]?.kindsWithoutLines).toContain('purchased-cooling')
  })

  test('tells direct emissions gas by gas, biogenic CO2 apart', () => {
    const { directByGas, categories, directRemovals } = structure<Iso14064Report>('iso-14064-1')
    const direct = new Map(directByGas.map(({ gasGroup, amount }) => [gasGroup, amount?.kgCo2e ?? null]))
    expect([direct.get('CO2'), direct.get('HFCs'), direct.get('CH4')]).toEqual(['1700', '300', null])
    expect(direct.has('CO2e')).toBe(false)
    expect([categories[0]?.biogenicCo2?.kgCo2e, directRemovals]).toEqual(['40', null])
  })
})

describe('the structure of GB/T 32150', () => {
  test('adds fuels, processes and purchased energy, deducts what is exported, and leaves scope 3 out', () => {
    const { total, items, resold } = structure<Gbt32150Report>('gb-t-32150')
    // 1 500 fuel + 200 process + 300 fugitive + 2 000 electricity + 700 heat − 250 exported = 4 450.
    expect(total).toEqual({ kgCo2e: '4450', tCo2e: '4.450' })
    expect(items.map(({ item, role, amount }) => [item, role, amount?.kgCo2e ?? null])).toEqual([
      ['fossil-fuel-combustion', 'added', '1500'],
      ['process-emissions', 'added', '200'],
      ['fugitive-emissions', 'added', '300'],
      ['purchased-electricity', 'added', '2000'],
      ['purchased-heat', 'added', '700'],
      ['exported-electricity', 'deducted', '250'],
      ['exported-heat', 'deducted', null],
    ])
    expect(resold.map(({ amount }) => amount.kgCo2e)).toEqual(['90'])
  })

  test('deducts nothing for own renewable power that is fed in: it was never added', () => {
    const roof = madeLine({
      ...{ id: 'roof', category: 'self-generated-electricity', made: [] },
      working: [{ name: 'part', value: '400', unit: 'kWh', of: 'fed-in' }],
    })
    const fedIn = madeLine({
      id: 'fed-in',
      category: 'exported-electricity',
      made: [['fossil', 'CO2', 200, 200, false]],
    })
    const source = madeSource(madeResult([...lines, roof, fedIn]), { decimals: 3 })
    const report = inventoryReport(source).structures.find(({ structure: name }) => name === 'gb-t-32150')
    // As above: 4 450, of which 250 are deducted for what was made here by fuel.
    expect(report).toMatchObject({ total: { kgCo2e: '4450' } })
  })

  test('sums the lines of one fuel with the same properties, and tells where these come from', () => {
    const { items, biomassCo2 } = structure<Gbt32150Report>('gb-t-32150')
    const [row, ...others] = items[0]?.activities ?? []
    expect(others).toEqual([])
    // 3 t + 1.5 t.
    expect(row).toMatchObject({
      name: { en: 'Diesel', zh: '柴油' },
      activity: { amount: '4.5', unit: 't' },
      netCalorificValue: { value: '43', unit: 'GJ/t', origin: 'default' },
      oxidation: { value: '0.98', origin: 'default' },
      source: 'cn-fuel 2015, ndrc',
      lines: ['diesel-1', 'diesel-2'],
      amount: { kgCo2e: '1500' },
    })
    expect(biomassCo2?.kgCo2e).toBe('40')
  })

  test('keeps a measured property apart from the default one', () => {
    const measured = madeLine({
      ...{ id: 'diesel-3', category: 'mobile-combustion', fuel: diesel, working: working('43', 'measured') },
      made: [['fossil', 'CO2', 10, 10]],
    })
    const { structures } = inventoryReport(madeSource(madeResult([...lines, measured])), ['gb-t-32150'])
    const [fuels] = (structures[0] as Gbt32150Report).items
    expect(fuels?.activities.map((row) => row.netCalorificValue?.origin)).toEqual(['default', 'measured'])
  })

  test('counts of a half-held activity the half', () => {
    const half = madeLine({
      ...{ id: 'joint', category: 'process-emissions', scaling: '0.5', activity: { amount: '8', unit: 't' } },
      made: [['fossil', 'CO2', 100, 100]],
    })
    const { structures } = inventoryReport(madeSource(madeResult([half])), ['gb-t-32150'])
    const process = (structures[0] as Gbt32150Report).items[1]
    expect([process?.activities[0]?.activity.amount, process?.amount?.kgCo2e]).toEqual(['4', '100'])
  })
})

describe('breakdowns', () => {
  test('name what is under no key, so that the parts make up the total', () => {
    const { facility, entity } = reported().breakdowns
    expect(facility.rows.map(({ key, amount }) => [key, amount?.kgCo2e])).toEqual([
      ['a', '1500'],
      ['b', '200'],
    ])
    // 8 700 − 1 700, on hfc, power, heat, commuting and goods.
    expect(facility.remainder).toMatchObject({ amount: { kgCo2e: '7000' }, lines: 5 })
    expect(entity).toMatchObject({ rows: [], remainder: { amount: { kgCo2e: '8700' }, lines: 8 } })
  })

  test('show a month without lines as a gap in the course', () => {
    const { breakdowns, gaps } = reported()
    const course = breakdowns.month.rows.map(({ key, amount }) => [key, amount?.kgCo2e ?? null])
    expect(course.slice(0, 4)).toEqual([
      ['2025-01', '1000'],
      ['2025-02', null],
      ['2025-03', '500'],
      ['2025-04', null],
    ])
    expect([course.length, gaps.monthsWithoutLines.length]).toEqual([12, 10])
  })

  test('draw no course where no line lies within a month', () => {
    const { month } = inventoryReport(madeSource(madeResult([lines[4] as (typeof lines)[0]]))).breakdowns
    expect(month.rows).toEqual([])
  })
})

describe('contributors and gaps', () => {
  test('rank lines by weight with their cumulative share', () => {
    const [first, second] = reported().contributors.lines
    expect([first?.key, second?.key]).toEqual(['goods', 'power'])
    // (4 000 + 2 000) of 8 700.
    expect(second?.cumulativeShare).toBe('0.689655')
  })

  test('name every category of which nobody reported a line', () => {
    const { categoriesWithoutLines } = reported().gaps
    // 23 categories, of which seven have lines.
    expect(categoriesWithoutLines).toHaveLength(16)
    expect(categoriesWithoutLines).toContain('stationary-combustion')
    expect(categoriesWithoutLines).not.toContain('employee-commuting')
  })

  test('list estimates with method, basis, approver and share', () => {
    const { estimates, proxies } = inventoryReport(realisticSource()).gaps
    expect(estimates).toHaveLength(1)
    expect(estimates[0]).toMatchObject({
      line: 'refrigerant-top-up',
      estimate: { method: 'engineering', approvedBy: 'EHS manager' },
    })
    expect(proxies[0]?.amount.kgCo2e).toBe('531007.1')
  })

  test('have no share of a total of zero', () => {
    const nothing = madeLine({ id: 'zero', category: 'process-emissions', made: [['fossil', 'CO2', 0, 0]] })
    const report = inventoryReport(madeSource(madeResult([nothing])))
    expect([report.totals.total.kgCo2e, report.lines[0]?.share]).toEqual(['0', null])
  })
})

test('a record without breakdowns and inventory, as an early engine froze it, is reported without them', () => {
  const { byFacility, byEntity, byMonth, apart, inventory, ...old } = madeResult(lines)
  const report = inventoryReport(madeSource(old as PresentedResult))
  expect(report.totals.total.kgCo2e).toBe('8700')
  expect([report.breakdowns.month.rows, report.uncertainty, report.scope2]).toEqual([[], null, null])
})
