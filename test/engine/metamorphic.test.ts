/**
 * No parameter of a line is stored and never used: for each there is a line and a change, and the change shows in the result or
 * is refused by a name. The table is held to the type: a parameter that the engine gains and this table lacks does not compile.
 */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationInput, Process, ProductInput } from '../../src/engine/types.ts'
import { isProblem, type ProblemCode } from '../../src/problem.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { co2eFactor, context, diesel, factor, gridFactor, inventory, product, table } from './fixtures.ts'
import { changed, type Places, valueAt } from './places.ts'

/** What lines take from a site is changed beside the site's own parameters (`site/metamorphic.test.ts`). */
type Parameter = Exclude<Places<ActivityLine, ''>, `/fromSite/${string}`>

/** A line with the parameter, the value it is changed to (undefined leaves it out), and the refusal where that is what comes. */
type Change = readonly [line: ActivityLine, to: unknown, refused?: ProblemCode]

const tables = [
  {
    ...table(
      'main',
      [
        gridFactor('cn', 'CN', 2023, '0.5'),
        gridFactor('cn-2022', 'CN', 2022, '0.6'),
        gridFactor('fj', 'CN-FJ', 2023, '0.4'),
        gridFactor('fj-2022', 'CN-FJ', 2022, '0.45'),
        { ...gridFactor('fossil', 'CN-FJ', 2023, '0.8'), category: 'electricity-fossil' },
        factor({ id: 'diesel' }),
        factor({ id: 'diesel-energy', unit: 'TJ{NCV}' }),
        factor({
          ...{ id: 'minor', unit: 't', region: 'CN', category: 'minor' },
          flows: [
            { kind: 'fossil', gas: 'CH4', kg: '1' },
            { kind: 'fossil', gas: 'N2O', kg: '2' },
            { kind: 'pollutant', gas: 'SO2-per-percent-sulphur', kg: '19' },
          ],
        }),
        factor({
          ...{ id: 'minor-fj', unit: 't', region: 'CN-FJ', category: 'minor', year: 2022 },
          flows: [{ kind: 'fossil', gas: 'CH4', kg: '3' }],
        }),
        factor({ id: 'steam', family: 'heat', category: 'heat', unit: 'GJ' }),
        factor({ id: 'road', family: 'transport', unit: 't.km' }),
        factor({ id: 'truck', family: 'transport', unit: 'vehicle.km' }),
        co2eFactor({ id: 'money', family: 'spend-based', unit: 'CNY', year: 2020 }, '0.1'),
        co2eFactor({ id: 'dollars', family: 'spend-based', unit: 'USD{2022}' }, '0.5'),
        factor({ id: 'supply', family: 'upstream', unit: 't' }),
        factor({ id: 'steel', family: 'cradle-to-gate', unit: 't' }),
        ...['wind', 'sun'].map((id, index) =>
          factor({
            ...{
              id,
              family: 'electricity-life-cycle',
              category: id,
              unit: 'kWh',
              includesTransmission: true,
            },
            flows: [{ kind: 'fossil', gas: 'CO2', kg: `0.0${index + 3}` }],
          }),
        ),
      ],
      [diesel, { ...diesel, id: 'other', oxidation: '0.9' }],
    ),
    version: '1',
  },
  table('second', [gridFactor('cn', 'CN', 2023, '0.9')], [{ ...diesel, oxidation: '0.5' }]),
]

const year = { start: '2023-01-01', end: '2024-01-01' }
const month = { start: '2023-03-01', end: '2023-04-01' }

const power: ActivityLine = {
  ...{ id: 'power', category: 'purchased-electricity', facility: 'site' },
  ...{ quantity: { amount: '1000', unit: 'kWh' }, factor: { table: 'main', id: 'cn' } },
}
const roof: ActivityLine = {
  ...{ id: 'roof', category: 'self-generated-electricity', facility: 'site', attributes: 'kept' },
  quantity: { amount: '1000', unit: 'kWh' },
}
const bare: ActivityLine = { id: 'power', category: 'purchased-electricity', factor: power.factor }
const selected: ActivityLine = {
  ...power,
  factor: {
    ...{ table: 'main', family: 'electricity-generation', factorCategory: 'electricity' },
    ...{ region: 'CN-FJ', year: 2023 },
  },
}
const read: ActivityLine = {
  ...bare,
  meter: {
    unit: 'kWh',
    meters: [
      {
        ...{ serial: 'A', multiplier: '60', digits: 5 },
        readings: [
          { date: '2023-01-01', value: '99000' },
          { date: '2024-01-01', value: '500' },
        ],
      },
    ],
  },
}
const burnt: ActivityLine = {
  ...{ id: 'boiler', category: 'stationary-combustion', quantity: { amount: '10', unit: 't' } },
}
const byFactor: ActivityLine = { ...burnt, factor: { table: 'main', id: 'diesel' } }
const heap: ActivityLine = {
  ...{ ...byFactor, quantity: undefined },
  stock: { unit: 't', opening: '10', received: '90', passedOn: '5', closing: '20' },
}
const byFuel: ActivityLine = {
  ...burnt,
  fuel: {
    ...{ table: 'main', id: 'diesel', oxidation: '0.97' },
    netCalorificValue: { amount: '42', unit: 'GJ/t' },
    carbonContent: { amount: '20', unit: 'tC/TJ' },
  },
}
const released: ActivityLine = { id: 'chiller', category: 'fugitive-emissions', gas: 'HFC-134a' }
const balanced: ActivityLine = {
  ...released,
  gasBalance: {
    unit: 'kg',
    opening: '50',
    purchased: '30',
    returned: '5',
    closing: '40',
    newCharge: '12',
  },
}
const leaking: ActivityLine = {
  ...released,
  leakage: { unit: 'kg', charge: '200', toppedUp: '20', days: '146' },
}
const rated: ActivityLine = { ...released, leakage: { unit: 'kg', charge: '200', annualRate: '0.05' } }
const companions: ActivityLine = {
  ...byFactor,
  sulphurPercent: '0.8',
  beside: [{ table: 'main', id: 'minor', gases: ['SO2-per-percent-sulphur'] }],
}
const besideSelected: ActivityLine = {
  ...byFactor,
  beside: [
    {
      ...{ table: 'main', family: 'combustion', factorCategory: 'minor', region: 'CN', year: 2023 },
      gases: ['CH4'],
    },
  ],
}
const bill: ActivityLine = {
  ...power,
  apportion: 'by-days',
  period: { start: '2022-12-17', end: '2023-01-17' },
}
const monthly: ActivityLine = { ...power, period: month }
const estimated: ActivityLine = {
  ...power,
  estimate: { method: 'engineering', basis: 'rating × hours', approvedBy: 'energy manager' },
}
const freight: ActivityLine = {
  ...{ id: 'leg', category: 'upstream-transportation-and-distribution' },
  ...{ quantity: { amount: '36', unit: 't' }, distance: { amount: '400', unit: 'km' } },
  factor: { id: 'truck' },
  transport: {
    ...{ payload: { amount: '18', unit: 't' }, loadFactor: '0.5', emptyReturn: '1' },
    ...{ distanceBasis: 'great-circle', distanceAdjustment: '1.1' },
  },
}
const bought: ActivityLine = {
  ...{ id: 'bought', category: 'purchased-goods-and-services', factor: { id: 'dollars' } },
  quantity: { amount: '1000', unit: 'CNY' },
  spend: { year: 2021, priceIndex: '1.05', exchangeRate: '0.15', source: 'NBS' },
}
const sold: ActivityLine = {
  ...{ id: 'fans', category: 'use-of-sold-products', factor: { table: 'main', id: 'cn' } },
  quantity: { amount: '100', unit: 'piece' },
  use: { consumption: { amount: '2', unit: 'kWh' }, times: '10' },
}
const invested: ActivityLine = {
  ...{ ...power, category: 'investments', facility: undefined },
  ...{ attribution: '0.2', investee: 'Wind Co' },
}
const cooled: ActivityLine = { ...power, category: 'purchased-cooling', coefficientOfPerformance: '4' }
const steamed: ActivityLine = {
  ...{ id: 'steam', category: 'purchased-heat', factor: { id: 'steam' } },
  ...{ quantity: { amount: '10', unit: 't' }, enthalpy: { amount: '2777', unit: 'kJ/kg' } },
}
const tank: ActivityLine = {
  ...{ ...byFactor, quantity: { amount: '1000', unit: 'L' } },
  density: { amount: '0.84', unit: 'kg/L' },
}
const perEnergy: ActivityLine = {
  ...{ ...burnt, factor: { id: 'diesel-energy' } },
  netCalorificValue: { amount: '42', unit: 'GJ/t' },
}
const rating: ActivityLine = {
  ...power,
  dataQuality: { reliability: 1, completeness: 2, temporal: 3, geographical: 4, technological: 5 },
  uncertainty: { activityPercent: '5', factorPercent: '10' },
}
const supply: ActivityLine = {
  ...{ id: 'kept', category: 'upstream-transportation-and-distribution', factor: { id: 'supply' } },
  ...{ activityKind: 'upstream-transport', quantity: { amount: '1', unit: 't' } },
}
const behind: ActivityLine = {
  ...power,
  id: 'behind',
  quantity: { amount: '10', unit: 'kWh' },
  partOf: 'one',
}
const input: ActivityLine = {
  ...{ id: 'pressed', category: 'material', process: 'paint', from: 'press' },
  quantity: { amount: '2', unit: 'kg' },
}
const named: ActivityLine = { ...input, from: undefined, fromProduct: 'press' }
const contracted: ActivityLine = {
  ...{ id: 'power', category: 'electricity', process: 'paint', instrument: 'wind' },
  quantity: { amount: '2', unit: 'kWh' },
}
const ofPaint: ActivityLine = { ...input, forProduct: 'paint' }
const waste: ActivityLine = {
  ...{ id: 'sludge', category: 'waste-treatment', process: 'paint', to: 'kiln' },
  quantity: { amount: '2', unit: 'kg' },
}
const wasteByName: ActivityLine = { ...waste, to: undefined, toProduct: 'kiln' }

const shaped: ActivityLine = {
  ...input,
  uncertainty: {
    ...{ activityPercent: '5', factorPercent: '0' },
    ...{ activityDistribution: 'lognormal', factorDistribution: 'triangular' },
  },
}
const assumed: ActivityLine = {
  ...{ ...input, quantity: undefined, id: 'assumed' },
  parameter: { id: 'pressed', times: '2' },
}
const cleared: ActivityLine = {
  ...{ id: 'cleared', category: 'process-emissions', process: 'paint', gas: 'CO2' },
  ...{ flowKind: 'land-use-change', quantity: { amount: '300', unit: 'kg' } },
  landUseChange: { kind: 'direct', convertedIn: 2010, years: 20 },
}
const sourced: ActivityLine = {
  ...{ id: 'steel', category: 'material', process: 'paint', factor: { id: 'steel' } },
  ...{ quantity: { amount: '1', unit: 'kg' }, dataSource: { activity: 'primary', factor: 'primary' } },
}
const stored: ActivityLine = {
  ...{ id: 'stored', category: 'process-emissions', process: 'paint', gas: 'CO2' },
  ...{ flowKind: 'removal', flowOrigin: 'land-management', quantity: { amount: '-3', unit: 'kg' } },
}

/** Steel, all of it primary: its formula has one term. */
const sheet: ActivityLine = {
  ...{ id: 'steel', category: 'material', process: 'paint', factor: { id: 'steel' } },
  ...{ quantity: { amount: '2', unit: 'kg' }, circular: { material: 'steel', term: 'Ev' } },
}

const changes: Readonly<Record<Parameter, Change>> = {
  '/id': [power, 'other'],
  '/category': [power, 'upstream-leased-assets'],
  '/activityKind': [supply, 'storage'],
  '/description': [{ ...power, description: 'a' }, 'b'],
  '/facility': [power, 'other'],
  '/period/start': [monthly, '2023-02-01'],
  '/period/end': [monthly, '2023-05-01'],
  '/quantity/amount': [power, '1001'],
  '/quantity/unit': [power, 'MWh'],
  '/meter/unit': [read, 'MWh'],
  '/meter/meters/0/serial': [read, 'B'],
  '/meter/meters/0/multiplier': [read, '61'],
  '/meter/meters/0/digits': [read, 6],
  '/meter/meters/0/readings/0/date': [read, '2023-01-02', 'month-missing'],
  '/meter/meters/0/readings/0/value': [read, '99001'],
  '/stock/unit': [heap, 'kg'],
  '/stock/opening': [heap, '11'],
  '/stock/received': [heap, '91'],
  '/stock/passedOn': [heap, '6'],
  '/stock/closing': [heap, '21'],
  '/gasBalance/unit': [balanced, 'g'],
  '/gasBalance/opening': [balanced, '51'],
  '/gasBalance/purchased': [balanced, '31'],
  '/gasBalance/returned': [balanced, '6'],
  '/gasBalance/closing': [balanced, '41'],
  '/gasBalance/newCharge': [balanced, '-13'],
  '/leakage/unit': [leaking, 'g'],
  '/leakage/charge': [leaking, '201'],
  '/leakage/annualRate': [rated, '0.06'],
  '/leakage/toppedUp': [leaking, '21'],
  '/leakage/days': [leaking, '147'],
  '/parameter/id': [assumed, 'other'],
  '/parameter/times': [assumed, '3'],
  '/apportion': [bill, undefined, 'period-outside'],
  '/estimate/method': [estimated, 'other'],
  '/estimate/basis': [estimated, 'last year'],
  '/estimate/approvedBy': [estimated, 'somebody else'],
  '/attribution': [invested, '0.3'],
  '/partOf': [behind, 'two'],
  '/distance/amount': [freight, '401'],
  '/distance/unit': [freight, 'mi'],
  '/density/amount': [tank, '0.85'],
  '/density/unit': [tank, 'kg/m3'],
  '/transport/payload/amount': [freight, '19'],
  '/transport/payload/unit': [freight, 'short_ton'],
  '/transport/loadFactor': [freight, '0.6'],
  '/transport/emptyReturn': [freight, '0.9'],
  '/transport/distanceBasis': [freight, 'shortest-feasible'],
  '/transport/distanceAdjustment': [freight, '1.2'],
  '/spend/year': [bought, 2020],
  '/spend/priceIndex': [bought, '1.06'],
  '/spend/exchangeRate': [bought, '0.16'],
  '/spend/source': [bought, 'IMF'],
  '/use/consumption/amount': [sold, '3'],
  '/use/consumption/unit': [sold, 'MWh'],
  '/use/times': [sold, '11'],
  '/coefficientOfPerformance': [cooled, '5'],
  '/enthalpy/amount': [steamed, '2778'],
  '/enthalpy/unit': [steamed, 'kWh/kg'],
  '/netCalorificValue/amount': [perEnergy, '43'],
  '/netCalorificValue/unit': [perEnergy, 'MJ/t'],
  '/sulphurPercent': [companions, '0.9'],
  '/factor/table': [power, 'second'],
  '/factor/version': [{ ...power, factor: { ...power.factor, version: '1' } }, '2', 'unknown-factor-table'],
  '/factor/id': [power, 'cn-2022'],
  '/factor/family': [selected, 'heat', 'wrong-family'],
  '/factor/factorCategory': [selected, 'electricity-fossil'],
  '/factor/region': [selected, 'CN'],
  '/factor/year': [selected, 2022],
  '/fuel/table': [{ ...burnt, fuel: { table: 'main', id: 'diesel' } }, 'second'],
  '/fuel/version': [
    { ...burnt, fuel: { table: 'main', version: '1', id: 'diesel' } },
    '2',
    'unknown-factor-table',
  ],
  '/fuel/id': [{ ...burnt, fuel: { table: 'main', id: 'diesel' } }, 'other'],
  '/fuel/netCalorificValue/amount': [byFuel, '43'],
  '/fuel/netCalorificValue/unit': [byFuel, 'MJ/t'],
  '/fuel/carbonContent/amount': [byFuel, '21'],
  '/fuel/carbonContent/unit': [byFuel, 'tC/GJ'],
  '/fuel/oxidation': [byFuel, '0.96'],
  '/gas': [balanced, 'SF6'],
  '/flowKind': [{ ...cleared, flowKind: 'biogenic', landUseChange: undefined }, 'aircraft'],
  '/flowOrigin': [stored, 'fossil-capture'],
  '/landUseChange/kind': [cleared, 'indirect'],
  '/landUseChange/convertedIn': [cleared, 2000],
  '/landUseChange/years': [cleared, 25],
  '/beside/0/gases/0': [companions, 'N2O', 'line-ambiguous'],
  '/beside/0/table': [companions, 'third', 'unknown-factor-table'],
  '/beside/0/version': [
    {
      ...companions,
      beside: [{ table: 'main', version: '1', id: 'minor', gases: ['SO2-per-percent-sulphur'] }],
    },
    '2',
    'unknown-factor-table',
  ],
  '/beside/0/id': [companions, 'minor-fj', 'gas-not-stated'],
  '/beside/0/family': [besideSelected, 'heat', 'wrong-family'],
  '/beside/0/factorCategory': [besideSelected, 'none', 'unknown-factor'],
  '/beside/0/region': [besideSelected, 'CN-FJ'],
  '/beside/0/year': [besideSelected, 2022, 'unknown-factor'],
  '/zone': [{ ...selected, factor: { table: 'main' }, zone: 'CN-FJ' }, 'CN'],
  '/interval': [{ ...power, interval: 'PT1H' }, 'P1M'],
  '/attributes': [roof, 'sold'],
  '/instrument': [contracted, 'sun'],
  '/investee': [invested, 'Sun Co'],
  '/dataQuality/reliability': [rating, 2],
  '/dataQuality/completeness': [rating, 3],
  '/dataQuality/temporal': [rating, 4],
  '/dataQuality/geographical': [rating, 5],
  '/dataQuality/technological': [rating, 1],
  '/uncertainty/activityPercent': [rating, '6'],
  '/uncertainty/factorPercent': [rating, '11'],
  '/dataSource/activity': [sourced, 'secondary'],
  '/dataSource/factor': [sourced, undefined],
  '/uncertainty/activityDistribution': [shaped, 'uniform'],
  '/uncertainty/factorDistribution': [shaped, 'uniform'],
  '/process': [input, 'press', 'process-empty'],
  '/forProduct': [ofPaint, 'varnish'],
  '/from': [input, 'cast'],
  '/circular/material': [sheet, 'brass', 'unknown-material'],
  '/circular/term': [sheet, 'ED', 'property-out-of-range'],
  '/recycledContent': [{ ...sheet, circular: undefined, recycledContent: '0.2' }, '0.3'],
  '/fromProduct': [named, 'cast'],
  '/to': [waste, 'pit'],
  '/toProduct': [wasteByName, 'pit'],
}

/** Wind and sun under contract, whatever of them the line names. */
function contractsFor({ instrument }: ActivityLine): ProductInput['contractualInstruments'] {
  if (instrument === undefined) return undefined
  return {
    ...{ ageMonthsMax: 12, produced: { amount: '1', unit: 'kg' } },
    instruments: [
      {
        ...{ id: instrument, kind: 'supplier-specific', quantity: { amount: '9', unit: 'kWh' } },
        ...{ factor: { id: instrument }, generated: year, market: 'CN', exclusive: true },
        consumption: { consumer: 'the painter', period: year, retiredOn: '2024-02-01' },
      },
    ],
  }
}

/** What shows in the record of the input only. */
const inRecordOnly: readonly string[] = ['/description'] satisfies readonly Parameter[]

/** A calculation around a line: meters for one that stands behind them, processes for an input of one. */
function calculationOf(line: ActivityLine): CalculationInput {
  if (line.process !== undefined) return systemOf(line)
  const mains = ['one', 'two'].map((id) => ({ ...power, id, facility: id }))
  return inventory(line.partOf === undefined ? [line] : [line, ...mains], tables, { period: year })
}

function systemOf(line: ActivityLine): CalculationInput {
  const output = { amount: '1', unit: 'kg' }
  const subdivided: Partial<Process> = {
    ...{ product: 'paint', coProducts: [{ id: 'varnish', output }] },
    allocation: { by: 'subdivision', common: { by: 'mass' } },
  }
  const paint = { id: 'paint', output, ...(line.forProduct === undefined ? {} : subdivided) }
  const isWaste = line.to !== undefined || line.toProduct !== undefined
  const treating = isWaste ? ['kiln', 'pit'].map((id) => ({ id, output, treats: true })) : []
  const processes = [paint, ...['press', 'cast'].map((id) => ({ id, output })), ...treating]
  const made = (process: string, amount: string): ActivityLine => ({
    ...{ id: `steel ${process}`, process, category: 'material', factor: { id: 'steel' } },
    quantity: { amount, unit: 'kg' },
  })
  const both: ActivityLine[] = ['press', 'cast'].map((from) => ({ ...input, id: `some ${from}`, from }))
  const dumped: ActivityLine[] = treating.flatMap(({ id }, index) => [
    { ...waste, id: `some ${id}`, to: id },
    made(id, `${index + 4}`),
  ])
  const sources = [made('press', '1'), made('cast', '3'), ...dumped]
  const lines = [line, ...(line.process === 'paint' ? both : []), ...sources]
  const pins = tables.map(({ table: name, version }) => ({ table: name, version }))
  const parameters: ProductInput['parameters'] = [
    { id: 'pressed', value: '2', unit: 'kg' },
    { id: 'other', value: '5', unit: 'kg' },
  ].filter(({ id }) => id === line.parameter?.id)
  const materials = [{ id: 'steel', name: { en: 'Steel', zh: null }, R1: '0' }]
  const endOfLife = { method: 'cut-off', ...(line.circular && { materials }) } as const
  const reference = line.forProduct === undefined ? {} : { referenceProduct: 'paint' }
  const contractualInstruments = contractsFor(line)
  const more = { parameters, endOfLife, contractualInstruments }
  return product(processes, lines, { factorTables: pins, ...more, ...reference })
}

/** What comes of a line: its presented result, or the code of its refusal. */
function outcomeOf(line: ActivityLine): { readonly result: string } | { readonly refused: string } {
  try {
    const { result } = presentResult(calculate(calculationOf(line), context(tables)))
    return { result: JSON.stringify(result) }
  } catch (thrown) {
    if (isProblem(thrown)) return { refused: thrown.code }
    throw thrown
  }
}

describe('every parameter of a line', () => {
  test.each(Object.entries(changes))('%s', (parameter, [line, to, refused]) => {
    const place = parameter.split('/').slice(1)
    expect(valueAt(line, place)).toBeDefined()
    expect(valueAt(line, place)).not.toBe(to)
    const other = changed(line, place, to) as ActivityLine
    const [before, after] = [outcomeOf(line), outcomeOf(other)]
    expect(before).toHaveProperty('result')
    if (inRecordOnly.includes(parameter)) {
      const [record, otherRecord] = [line, other].map((each) => canonicalInput(calculationOf(each)))
      expect(otherRecord).not.toEqual(record)
      return
    }
    if (refused === undefined) {
      expect(after).toHaveProperty('result')
      expect(after).not.toEqual(before)
    } else expect(after).toEqual({ refused })
  })
})

describe('whatever the way to the amount', () => {
  const number = fc.integer({ min: 1, max: 1_000_000 })
  /** One line of each way, all of its amounts by so much. */
  const waysBy = (sizes: readonly number[], by: number): ActivityLine[] => {
    const [a = 1, b = 1, c = 1] = sizes
    const text = (value: number) => String(value * by)
    return [
      { ...read, meter: { unit: 'kWh', meters: [meterBy(a, by)] } },
      {
        ...heap,
        stock: { unit: 't', opening: text(a + c), received: text(b), passedOn: text(a), closing: text(c) },
      },
      { ...balanced, gasBalance: { ...zeroBalance, opening: text(a), purchased: text(b) } },
      { ...rated, id: 'rated', leakage: { unit: 'kg', charge: text(a), annualRate: '0.05' } },
      { ...power, id: 'one', quantity: { amount: text(a + b), unit: 'kWh' }, attribution: '0.35' },
      { ...behind, quantity: { amount: text(a), unit: 'kWh' }, factor: { id: 'cn-2022' } },
      { ...freight, quantity: { amount: text(a), unit: 't' } },
      { ...bought, quantity: { amount: text(a), unit: 'CNY' } },
      { ...sold, quantity: { amount: text(a), unit: 'piece' } },
      { ...cooled, id: 'cooled', quantity: { amount: text(a), unit: 'kWh' } },
      { ...bill, id: 'bill', facility: 'rented', quantity: { amount: text(a), unit: 'kWh' } },
    ]
  }
  const zeroBalance = {
    ...{ unit: 'kg', opening: '0', purchased: '0', returned: '0', closing: '0', newCharge: '0' },
  }
  const meterBy = (steps: number, by: number) => ({
    ...{ serial: 'A', multiplier: String(60 * by) },
    readings: [
      { date: '2023-01-01', value: '100' },
      { date: '2024-01-01', value: String(100 + steps) },
    ],
  })
  const sizes = fc.array(number, { minLength: 3, maxLength: 3 })
  const totalOf = (lines: readonly ActivityLine[]) =>
    calculate(inventory(lines, tables), context(tables)).total

  test('twice as much weighs twice as much, to the bit', () => {
    fc.assert(
      fc.property(sizes, (drawn) => {
        expect(totalOf(waysBy(drawn, 2))).toBe(totalOf(waysBy(drawn, 1)) * 2)
      }),
    )
  })

  test('two parts weigh what the whole weighs, to a billionth of a thousandth', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 99 }), (drawn, percent) => {
        const whole = totalOf(waysBy(drawn, 1))
        const again = (line: ActivityLine): ActivityLine => ({
          ...line,
          id: `${line.id} again`,
          ...(line.partOf === undefined ? {} : { partOf: `${line.partOf} again` }),
        })
        const parts = [...waysBy(drawn, percent / 100), ...waysBy(drawn, (100 - percent) / 100).map(again)]
        expect(Math.abs(totalOf(parts) - whole)).toBeLessThanOrEqual(whole * 1e-12)
      }),
    )
  })

  test('the order of lines moves no bit', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { minLength: 11 })
    fc.assert(
      fc.property(sizes, order, (drawn, places) => {
        const lines = waysBy(drawn, 1)
        const shuffled = places.map((place) => lines[place] as ActivityLine)
        expect(totalOf(shuffled)).toBe(totalOf(lines))
      }),
    )
  })
})
