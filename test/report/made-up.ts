/** Made-up results for reports: lines with round numbers, and sums of them as an engine would give them. Everything here is fictional. */

import { organizationCategories } from '../../src/engine/categories.ts'
import { exactSum } from '../../src/engine/exact-sum.ts'
import type { PresentedResult } from '../../src/engine/present.ts'
import type {
  Decimal,
  FactorUsed,
  Flag,
  FuelUsed,
  GasResult,
  InventoryResult,
  Working,
} from '../../src/engine/types.ts'
import type { ReportedLine, ReportSource } from '../../src/report/types.ts'

/** A gas of a line: kind, name, kg, kg CO2e, and whether it counts. */
type MadeGas = readonly [GasResult['kind'], string, number | null, number, boolean?]

export interface MadeLine extends Partial<Omit<ReportedLine, 'gases' | 'id' | 'category'>> {
  readonly id: string
  readonly category: string
  readonly made: readonly MadeGas[]
}

export function madeLine({ made, ...given }: MadeLine): ReportedLine {
  const rule = organizationCategories[given.category]
  const gases: GasResult<Decimal>[] = made.map(([kind, gas, kg, kgCo2e, inTotal = true]) => {
    return { kind, gas, kg: kg === null ? null : String(kg), kgCo2e: String(kgCo2e), inTotal }
  })
  const counted = exactSum(gases.filter(({ inTotal }) => inTotal).map(({ kgCo2e }) => Number(kgCo2e)))
  const kind = Object.entries(rule?.kinds ?? {})[0]
  return {
    activityKind: kind?.[0] ?? given.category,
    scope: rule?.scope ?? null,
    isoCategory: kind?.[1].isoCategory ?? rule?.isoCategory ?? null,
    ...(rule?.apart === undefined ? {} : { apart: rule.apart }),
    process: null,
    stage: null,
    from: null,
    activity: { amount: '1', unit: 't' },
    scaling: '1',
    factor: null,
    fuel: null,
    working: [],
    gasesNotCovered: [],
    ...given,
    gases,
    kgCo2e: String(counted),
  }
}

/** A result whose sums are those of its lines. */
export function madeResult(
  lines: readonly ReportedLine[],
  inventory: InventoryResult<Decimal> | null = null,
  flags: readonly Flag<Decimal>[] = [],
): PresentedResult {
  const counting = lines.filter(({ apart }) => apart === undefined)
  const sums = (keyOf: (line: ReportedLine) => string | number | null | undefined) =>
    [
      ...Map.groupBy(
        counting.filter((line) => keyOf(line) != null),
        (line) => String(keyOf(line)),
      ),
    ]
      .map(([key, group]) => ({ key, kgCo2e: String(exactSum(group.map(({ kgCo2e }) => Number(kgCo2e)))) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  const gases = Map.groupBy(
    counting.flatMap((line) => line.gases),
    ({ kind, gas, inTotal }) => `${kind} ${gas} ${inTotal}`,
  )
  const total = (group: readonly GasResult<Decimal>[], member: 'kg' | 'kgCo2e') =>
    group.some((gas) => gas[member] === null)
      ? null
      : String(exactSum(group.map((gas) => Number(gas[member]))))
  return {
    kind: 'organization',
    declaredUnit: null,
    gwpSet: { id: 'ipcc-ar6', version: '2021', digest: `sha256:${'a'.repeat(64)}` },
    factorTables: [
      { table: 'cn-electricity-co2', version: '2023', digest: `sha256:${'b'.repeat(64)}` },
      { table: 'cn-fuel', version: '2015', digest: `sha256:${'c'.repeat(64)}` },
    ],
    total: String(exactSum(counting.map(({ kgCo2e }) => Number(kgCo2e)))),
    totalIncludes: ['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'],
    byKind: [],
    byGas: [...gases.values()].map((group) => ({
      ...(group[0] as GasResult<Decimal>),
      kg: total(group, 'kg'),
      kgCo2e: total(group, 'kgCo2e'),
    })),
    byScope: sums(({ scope }) => scope),
    byIsoCategory: sums(({ isoCategory }) => isoCategory),
    byCategory: sums(({ category }) => category),
    byActivityKind: sums(({ activityKind }) => activityKind),
    byFacility: sums(({ facility }) => facility),
    byEntity: sums(({ entity }) => entity),
    byMonth: sums(({ month }) => month),
    apart: [
      ...Map.groupBy(
        lines.filter(({ apart }) => apart !== undefined),
        ({ category }) => category,
      ),
    ].map(([key, group]) => ({
      key,
      kgCo2e: String(exactSum(group.flatMap((line) => line.gases.map(({ kgCo2e }) => Number(kgCo2e))))),
    })),
    byStage: [],
    byProcess: [],
    scaling: [],
    lines,
    gasesNotCovered: [],
    flags,
    inventory,
    product: null,
  }
}

export function madeSource(result: PresentedResult, changes: Partial<ReportSource> = {}): ReportSource {
  return {
    footprintId: '00000000-0000-4000-8000-00000000f001',
    title: 'Inventory 2025 温室气体清单',
    organization: {
      name: {
        en: 'Xiamen Lufeng Fan Manufacturing Co., Ltd. (fictional)',
        zh: '厦门鹭风风机制造有限公司（虚构）',
      },
      address: null,
    },
    intendedUsers: 'Readers of this example 示例读者',
    sites: [{ name: { en: 'Tong’an works (fictional)', zh: '同安厂区（虚构）' }, address: null }],
    period: { start: '2025-01-01', end: '2026-01-01' },
    region: 'CN-FJ',
    boundary: 'operational-control',
    names: { facility: new Map(), entity: new Map() },
    descriptions: new Map(),
    exclusions: [],
    scheme: { id: 'egret-development', version: '1.2' },
    engine: { version: '0.1.0', digest: `sha256:${'d'.repeat(64)}` },
    standing: { state: 'draft', version: 3 },
    decimals: 2,
    comparison: null,
    ...changes,
    result,
  }
}

const fuel = (id: string, en: string, zh: string, measured: FuelUsed['measured'] = []): FuelUsed => ({
  ...{
    table: 'cn-fuel',
    version: '2015',
    id,
    name: { en, zh },
    confirmation: 'primary',
    source: 'ndrc-2015',
    measured,
  },
  path: [{ step: 'explicit', asked: id, took: id }],
})

const factor = (table: string, id: string, en: string, zh: string | null, unit: string): FactorUsed => ({
  ...{
    table,
    version: '2023',
    id,
    name: { en, zh },
    family: 'electricity-generation',
    region: 'CN-FJ',
    year: 2023,
  },
  ...{ unit, gwpBasis: 'gas-masses', confirmation: 'primary' },
  path: [
    { step: 'table', asked: table, took: `${table} 2023` },
    { step: 'region', asked: 'CN-FJ', took: 'CN-FJ' },
    { step: 'year', asked: '2025', took: '2023' },
  ],
})

const burnt = (ncv: string, carbon: string, origin: 'measured' | 'default'): Working<Decimal>[] => [
  { name: 'netCalorificValue', value: ncv, unit: 'GJ/t', origin },
  { name: 'carbonContent', value: carbon, unit: 'tC/TJ', origin: 'default' },
  { name: 'oxidation', value: '0.99', unit: '1', origin: 'default' },
]

const months = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`)
const season = [0.8, 0.55, 0.95, 0.98, 1.02, 1.08, 1.2, 1.22, 1.1, 1.01, 0.97, 0.93]

/** A factory group of two sites with everything a report can show; electricity of April is missing. */
export function realisticSource(): ReportSource {
  const grid = factor('cn-electricity-co2', 'cn-grid-co2-2023-fj', 'Electricity, Fujian', '电力，福建', 'kWh')
  const lines = [
    ...months.flatMap((month, at) => {
      const kWh = Math.round(201_000 * (season[at] ?? 1))
      const kg = Math.round(kWh * 0.4211)
      if (month === '2025-04') return []
      return [
        madeLine({
          ...{
            id: `electricity-${month}`,
            category: 'purchased-electricity',
            month,
            facility: 'tongan',
            entity: 'lufeng',
          },
          activity: { amount: String(kWh), unit: 'kWh' },
          ...{
            factor: grid,
            gasesNotCovered: ['CH4', 'N2O'],
            uncertainty: { activityPercent: '1', factorPercent: '5' },
          },
          made: [['fossil', 'CO2', kg, kg]],
        }),
      ]
    }),
    ...months
      .filter((month) => month !== '2025-04')
      .map((month, at) =>
        madeLine({
          ...{
            id: `natural-gas-${month}`,
            category: 'stationary-combustion',
            month,
            facility: 'tongan',
            entity: 'lufeng',
          },
          activity: { amount: String(9000 + at * 70), unit: 'm3' },
          fuel: fuel('cn-fuel-set-a-natural-gas', 'Natural gas', '天然气'),
          working: [
            { name: 'netCalorificValue', value: '389.31', unit: 'GJ/1e4m3', origin: 'default' },
            { name: 'carbonContent', value: '15.3', unit: 'tC/TJ', origin: 'default' },
            { name: 'oxidation', value: '0.99', unit: '1', origin: 'default' },
          ],
          gasesNotCovered: ['CH4', 'N2O'],
          made: [['fossil', 'CO2', 19_460 + at * 151, 19_460 + at * 151]],
        }),
      ),
    madeLine({
      ...{ id: 'diesel-fleet', category: 'mobile-combustion', facility: 'tongan', entity: 'lufeng' },
      activity: { amount: '20.16', unit: 't' },
      fuel: fuel('cn-fuel-set-a-diesel', 'Diesel', '柴油', ['netCalorificValue']),
      working: burnt('43.33', '20.2', 'measured'),
      made: [
        ['fossil', 'CO2', 63_405.67, 63_405.67],
        ['fossil', 'CH4', 3.4, 91.8],
        ['fossil', 'N2O', 3.3, 900.9],
        ['biogenic', 'CO2', 2_410, 2_410, false],
      ],
    }),
    madeLine({
      ...{
        id: 'refrigerant-top-up',
        category: 'fugitive-emissions',
        facility: 'jimei',
        entity: 'lufeng-trade',
      },
      activity: { amount: '12.5', unit: 'kg' },
      estimate: {
        method: 'engineering',
        basis: 'Service sheets of the chiller 冷机维保单',
        approvedBy: 'EHS manager',
      },
      made: [
        ['fossil', 'HFC-32', 6.25, 4_818.75],
        ['fossil', 'HFC-125', 6.25, 23_375],
      ],
    }),
    madeLine({
      id: 'welding-co2',
      category: 'process-emissions',
      facility: 'tongan',
      entity: 'lufeng',
      made: [['fossil', 'CO2', 5_200, 5_200]],
    }),
    madeLine({
      ...{ id: 'steam', category: 'purchased-heat', facility: 'tongan', entity: 'lufeng' },
      activity: { amount: '4832.4', unit: 'GJ' },
      factor: factor('cn-heat', 'cn-heat-default', 'Heat, default', '热力缺省', 'GJ'),
      made: [['fossil', 'CO2', 531_562.68, 531_562.68]],
    }),
    ...(
      [
        [
          'steel',
          'purchased-goods-and-services',
          1_846_000,
          '1120',
          't',
          'Steel sheet and motors 钢板与电机',
        ],
        ['copper', 'purchased-goods-and-services', 702_300.4, '168', 't', 'Copper wire 铜线'],
        ['presses', 'capital-goods', 118_000, '2400000', 'CNY', 'Two presses 冲床两台'],
        [
          'wtt',
          'fuel-and-energy-related-activities',
          203_410.2,
          '2380000',
          'kWh',
          'Upstream of electricity 电力上游',
        ],
        [
          'inbound',
          'upstream-transportation-and-distribution',
          96_220,
          '820000',
          't.km',
          'Inbound by lorry 原料公路运输',
        ],
        ['waste', 'waste-generated-in-operations', 14_900, '96', 't', 'Mixed waste 生活与一般工业固废'],
        ['flights', 'business-travel', 38_240, '214000', 'passenger.km', 'Flights 航空差旅'],
        [
          'outbound',
          'downstream-transportation-and-distribution',
          164_800,
          '1430000',
          't.km',
          'Outbound 成品运输',
        ],
        ['use', 'use-of-sold-products', 4_980_000, '11800000', 'kWh', 'Fans in use 风机使用阶段用电'],
        ['eol', 'end-of-life-treatment-of-sold-products', 22_100, '900', 't', 'Scrapped fans 风机报废'],
      ] as const
    ).map(([id, category, kg, amount, unit]) =>
      madeLine({
        ...{
          id,
          category,
          activity: { amount, unit },
          factor: factor('made-up', `made-up-${id}`, `Factor of ${id}`, null, unit),
        },
        dataQuality: { reliability: 3, completeness: 2, temporal: 2, geographical: 3, technological: 4 },
        made: [['fossil', 'CO2e', null, kg]],
      }),
    ),
    madeLine({
      ...{ id: 'roof-pv-sold', category: 'exported-electricity', facility: 'tongan' },
      ...{ activity: { amount: '61000', unit: 'kWh' }, factor: grid },
      made: [['fossil', 'CO2', 25_687.1, 25_687.1, false]],
    }),
  ]
  const location = exactSum(lines.filter(({ scope }) => scope === 2).map(({ kgCo2e }) => Number(kgCo2e)))
  const bare = madeResult(lines)
  const market = location - 402_150.5
  const inventory: InventoryResult<Decimal> = {
    scope2: {
      locationBasedKgCo2e: String(location),
      marketBasedKgCo2e: String(market),
      totalMarketBasedKgCo2e: String(Number(bare.total) - 402_150.5),
      electricityKWh: '2216000',
      ownKWh: '0',
      coveredKWh: '955000',
      instruments: [{ id: 'gec-2025', kind: 'green-certificate', factor: grid, kWh: '955000', kgCo2e: '0' }],
      rest: [{ factor: grid, basis: 'proxy', kWh: '1261000', kgCo2e: '531007.1' }],
    },
    consolidation: {
      approach: 'operational-control',
      changeOption: 'from-date',
      shares: [
        { facility: 'tongan', entity: 'lufeng', from: '2025-01-01', to: '2026-01-01', share: '1' },
        { facility: 'jimei', entity: 'lufeng-trade', from: '2025-07-01', to: '2026-01-01', share: '1' },
      ],
    },
    dataQuality: {
      ratedShare: '0.826',
      ratings: {
        reliability: '2.71',
        completeness: '1.94',
        temporal: '2.05',
        geographical: '2.8',
        technological: '3.62',
      },
    },
    uncertainty: {
      method: 'error-propagation',
      confidence: '0.95',
      statedShare: '0.4132',
      halfWidthKgCo2e: '412300',
      percent: '9.87',
      byScope: [],
      contributions: [],
    },
    intensities: [
      {
        kind: 'revenue',
        name: { en: 'revenue', zh: '营业收入' },
        quantity: { amount: '186000000', unit: 'CNY' },
        kgCo2ePerUnit: '0.0524731',
      },
      {
        kind: 'output',
        name: { en: 'fans', zh: '风机产量' },
        quantity: { amount: '412000', unit: 'piece' },
        kgCo2ePerUnit: '23.688',
      },
    ],
    sectorGuideline: { id: 'gb-t-32151-machinery', fuelDefaults: 'ndrc-2015' },
  }
  const electricity = lines.filter(({ category }) => category === 'purchased-electricity').map(({ id }) => id)
  const gas = lines.filter(({ category }) => category === 'stationary-combustion').map(({ id }) => id)
  const flags: Flag<Decimal>[] = [
    { code: 'gases-not-covered', lines: [...electricity, ...gas], share: '0.1209', gases: ['CH4', 'N2O'] },
    { code: 'estimated', lines: ['refrigerant-top-up'], share: '0.0028' },
    { code: 'gwp-basis-not-stated', lines: ['steel', 'copper', 'use'], share: '0.7712' },
    { code: 'scope-2-proxy', lines: electricity, share: '0.0911' },
  ]
  const result: PresentedResult = {
    ...bare,
    inventory,
    product: null,
    flags,
    gasesNotCovered: ['CH4', 'N2O'].map((name) => ({ gas: name, lines: [...electricity, ...gas] })),
  }
  return madeSource(result, {
    names: {
      facility: new Map([
        ['tongan', { en: 'Tong’an works', zh: '同安厂区' }],
        ['jimei', { en: 'Jimei office and warehouse', zh: '集美办公与仓库' }],
      ]),
      entity: new Map([
        ['lufeng', { en: 'Lufeng Fan Manufacturing', zh: '鹭风风机制造' }],
        ['lufeng-trade', { en: 'Lufeng Trading', zh: '鹭风贸易' }],
      ]),
    },
    descriptions: new Map([
      ['steel', 'Steel sheet and motors 钢板与电机'],
      ['use', 'Fans in use, ten years 风机使用阶段用电（十年）'],
    ]),
    exclusions: [
      {
        what: 'Methane of the septic tank 化粪池甲烷',
        reason: 'No measurement; estimated by heads. 未监测，按人数估算。',
        estimatedShare: '0.004',
      },
      {
        what: 'Employee commuting 员工通勤',
        reason: 'No survey yet; planned for 2026. 尚无调查。',
        estimatedShare: '0.012',
      },
    ],
    comparison: {
      previousPeriod: { start: '2024-01-01', end: '2025-01-01' },
      total: result.total,
      previousTotal: String(Number(result.total) - 300_000),
      ...{
        activityChange: '620000',
        factorChange: '-410000',
        added: '118000',
        ceased: '-64000',
        structural: '36000',
      },
      methodChange: '0',
    },
    standing: {
      state: 'frozen',
      revision: 2,
      digest: `sha256:${'1'.repeat(64)}`,
      recordDigest: `sha256:${'2'.repeat(64)}`,
      declarationDigest: `sha256:${'3'.repeat(64)}`,
      declaredBy: 'Chen Wei 陈伟',
      declaredAt: '2026-02-20T03:00:00Z',
    },
  })
}
