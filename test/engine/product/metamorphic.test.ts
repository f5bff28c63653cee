/**
 * No member of a product system is stored and never used: for each there is a system and a change, and the change shows in the
 * result or is refused by a name. Held to the type, as the parameters of a line are.
 */

import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  Allocation,
  CoProduct,
  Process,
  ProductCategoryRules,
  ProductDetail,
  ProductInput,
  RulesBinding,
} from '../../../src/engine/types.ts'
import { isProblem, type ProblemCode } from '../../../src/problem.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { bottle, byFormula, everyTerm, glassFactors, termLine, termTable } from '../end-of-life/glass.ts'
import { context, factor, product, table } from '../fixtures.ts'
import { changed, type Places, valueAt } from '../places.ts'
import { bottled, contracts, covered, powers, way, wind } from './green-power-fixtures.ts'

/** Those of sites are changed in `../site/metamorphic.test.ts`. */
type Parameter = Exclude<Places<ProductDetail, ''>, `/siteData/${string}` | `/processes/0/site/${string}`>

/** A system with the parameter, the value it is changed to (undefined leaves it out), and the refusal where that is what comes. */
type Change = readonly [system: ProductInput, to: unknown, refused?: ProblemCode]

const kg = (amount: string) => ({ amount, unit: 'kg' })
const process = (id: string, more: Partial<Process> = {}) => ({ id, output: kg('1'), ...more })
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const from = (process: string, maker: string, amount: string): ActivityLine => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: kg(amount) },
})

/** 1 kg of paint takes 0.5 kg of resin; each lets go CO2 of its own. */
const paint = product(
  [process('paint'), process('resin', { stage: 'raw-material-acquisition' })],
  [from('paint', 'resin', '0.5'), co2('paint', '2'), co2('resin', '3')],
)

/** The same by parameters: what is lost of the resin decides how much the paint takes. */
const assumed: ProductInput = {
  ...paint,
  lines: [
    { ...from('paint', 'resin', '0'), quantity: undefined, parameter: { id: 'taken' } },
    { ...co2('paint', '0'), quantity: undefined, parameter: { id: 'burnt' } },
    co2('resin', '3'),
  ],
  parameters: [
    {
      ...{ id: 'burnt', name: { en: 'Burnt', zh: '燃烧' }, value: '2', unit: 'kg' },
      uncertainty: { distribution: 'normal', percent: '5' },
    },
    { id: 'lost', value: '0.2' },
    { id: 'taken', unit: 'kg', formula: '0.4 / (1 - lost)' },
  ],
}
const bounded = changed(assumed, ['parameters', '0', 'uncertainty'], {
  ...{ distribution: 'triangular', low: '1.5', high: '3' },
}) as ProductInput
const withFormula = { ...assumed, parameters: [...(assumed.parameters ?? [])].reverse() }
/** A bottle by the Circular Footprint Formula, every term of it a line. */
const glass = bottle(
  byFormula({ LHV: { amount: '10', unit: 'MJ/kg' } }),
  everyTerm.map((term) => termLine(term)),
)
const yuan = (amount: string) => ({ amount, unit: 'CNY' })
const because = 'No physical relationship holds'

/** Of 10 kg milk 1 kg butter and 9 kg buttermilk come; the dairy lets go 10 kg CO2, the farm 1 a kilogram. */
const dairy = (
  allocation: Allocation,
  [butter, buttermilk]: readonly [Partial<Process>, Partial<CoProduct>] = [{}, {}],
  more: readonly ActivityLine[] = [],
) =>
  product(
    [
      process('dairy', {
        ...{ product: 'butter', allocation, ...butter },
        coProducts: [{ id: 'buttermilk', output: kg('9'), ...buttermilk }],
      }),
      process('farm', { product: 'milk' }),
    ],
    [from('dairy', 'farm', '10'), co2('dairy', '10'), co2('farm', '1'), ...more],
    { referenceProduct: 'butter' },
  )
const byMass = dairy({ by: 'mass' })
const byPrice = dairy({ by: 'economic-value', justification: because }, [
  { price: yuan('40') },
  { price: yuan('1') },
])
const fat = (amount: string) => [{ name: 'fat', quantity: { amount, unit: 'g' } }]
const byFat = dairy({ by: 'physical-property', property: 'fat' }, [
  { properties: fat('820') },
  { properties: fat('5') },
])
const shared = (butter: string, buttermilk: string) => [
  { product: 'butter', share: butter },
  { product: 'buttermilk', share: buttermilk },
]
const given = dairy({ by: 'shares', shares: shared('0.3', '0.7'), justification: because })
const churning: ActivityLine = { ...co2('dairy', '2'), id: 'churn', forProduct: 'butter' }
const subdivided = dairy({ by: 'subdivision', common: { by: 'mass' } }, undefined, [churning])
const subdividedByFat = {
  ...dairy(
    { by: 'subdivision', common: { by: 'physical-property', property: 'fat' } },
    [{ properties: fat('820') }, { properties: fat('5') }],
    [churning],
  ),
}
const subdividedByShares = dairy(
  {
    ...{ by: 'subdivision', justification: because },
    common: { by: 'shares', shares: shared('0.3', '0.7') },
  },
  undefined,
  [churning],
)
const drink = { from: 'farm', fromProduct: 'milk', quantity: kg('4') }
const substituted = dairy({ by: 'substitution' }, [{}, { avoids: drink }])

/** 1 kg of paint as a piece of 1 kg, a third of it carbon. */
const held: ProductInput = {
  ...paint,
  carbonContent: {
    fossil: { amount: '0.2', unit: 'kgC' },
    biogenic: { amount: '0.1', unit: 'kgC/kg' },
    recycled: { amount: '0.05', unit: 'kgC' },
    packagingBiogenic: { amount: '0.04', unit: 'kgC' },
    productMass: { amount: '1', unit: 'kg' },
  },
}

/** Sludge goes to a kiln that recovers zinc; the reference is the first process. */
const treated = product(
  [
    process('kiln', {
      ...{ product: 'sludge', output: kg('10'), treats: true, allocation: { by: 'mass' } },
      coProducts: [{ id: 'tyres', output: kg('30'), treats: true }],
    }),
    process('plating'),
  ],
  [
    { ...co2('kiln', '8') },
    { ...co2('plating', '1') },
    { id: 'waste', category: 'waste-treatment', process: 'plating', toProduct: 'sludge', quantity: kg('2') },
    { id: 'old', category: 'waste-treatment', process: 'plating', toProduct: 'tyres', quantity: kg('1') },
  ],
  { referenceProcess: 'plating' },
)

/** Paint of two plants, one of which makes varnish as well. */
const plants = product(
  [
    process('paint', {
      output: kg('100'),
      meanOf: [
        { from: 'north', fromProduct: 'white', output: kg('60') },
        { from: 'south', output: kg('40') },
      ],
    }),
    process('north', {
      ...{ product: 'white', allocation: { by: 'mass' } },
      coProducts: [{ id: 'varnish', output: kg('3') }],
    }),
    process('south'),
    process('west'),
  ],
  [co2('north', '8'), co2('south', '5'), co2('west', '7'), from('south', 'west', '0.1')],
)

/** A chiller leaks 5 % a year, and takes a grid's power: where and when are its process's. */
const grids = table('grids', [
  ...(['CN-FJ', 'CN-ZJ'] as const).flatMap((region, index) =>
    [2021, 2022].map((year) =>
      factor({
        ...{ id: `${region} ${year}`, region, year, unit: 'kWh', category: 'electricity' },
        ...{
          family: 'electricity-life-cycle',
          flows: [{ kind: 'fossil', gas: 'CO2', kg: `0.${year - 2000 + index}` }],
        },
      }),
    ),
  ),
])
const chilled = product(
  [process('cold', { region: 'CN-ZJ', period: { start: '2022-01-01', end: '2023-01-01' } })],
  [
    {
      ...{ id: 'leak', category: 'fugitive-emissions', process: 'cold', gas: 'HFC-134a' },
      leakage: { unit: 'kg', charge: '20', annualRate: '0.05' },
    },
    {
      ...{ id: 'power', category: 'electricity', process: 'cold', factor: {} },
      quantity: { amount: '10', unit: 'kWh' },
    },
  ],
  { factorTables: [{ table: 'grids', version: '1' }] },
)
/** Paint by rules of its category, machines and all. */
const ruled: ProductInput = {
  ...paint,
  lines: [...paint.lines, { ...from('paint', 'resin', '0.1'), id: 'kettle', category: 'capital-goods' }],
  capitalGoods: { choice: 'included', reason: 'They wear out quickly' },
  exclusions: [{ what: 'Tin', stage: 'production', reason: 'Below the cut-off', estimatedShare: '0.01' }],
  productCategoryRules: {
    ...{ id: 'PCR-1', edition: '1', operator: 'Example', title: { en: 'Paint', zh: '涂料' } },
    validity: { start: '2020-01-01', end: '2025-01-01' },
    binds: {
      ...{ unit: 'kg', boundary: 'cradle-to-gate', capitalGoods: 'included' },
      ...{ cutOffSingle: '0.01', cutOffTotal: '0.05' },
    },
  },
}
const rulesOf = (system: ProductInput, binds: RulesBinding): ProductInput => ({
  ...system,
  productCategoryRules: { ...(ruled.productCategoryRules as ProductCategoryRules), binds },
})
const rulesOfAllocation = rulesOf(byMass, { allocation: ['mass'] })
const rulesOfEndOfLife = rulesOf(glass, { endOfLife: 'circular-footprint-formula' })

/** A bottle of wind power; its instrument by id, and by what it should be in a group. */
const blown = bottled([covered(2), way(2)])
const grouped: ProductInput = {
  ...blown,
  contractualInstruments: contracts([
    wind({
      ...{ id: 'first', group: 'wind' },
      factor: {
        ...{ table: 'power', version: '1', family: 'electricity-life-cycle' },
        ...{ factorCategory: 'electricity-wind', region: 'CN', year: 2023 },
      },
    }),
  ]),
}
const instrument = '/contractualInstruments/instruments/0'

const changes: Readonly<Record<Parameter, Change>> = {
  [`${instrument}/id`]: [grouped, 'second'],
  [`${instrument}/group`]: [grouped, 'sun', 'property-unused'],
  [`${instrument}/kind`]: [blown, 'other-certificate', 'instrument-criteria'],
  [`${instrument}/quantity/amount`]: [blown, '2001', 'instrument-criteria'],
  [`${instrument}/quantity/unit`]: [blown, 'MWh', 'instrument-criteria'],
  [`${instrument}/factor/id`]: [blown, 'photovoltaic'],
  [`${instrument}/factor/table`]: [grouped, 'other', 'unknown-factor-table'],
  [`${instrument}/factor/version`]: [grouped, '2', 'unknown-factor-table'],
  [`${instrument}/factor/family`]: [grouped, 'heat', 'wrong-family'],
  [`${instrument}/factor/factorCategory`]: [grouped, 'electricity-photovoltaic'],
  [`${instrument}/factor/region`]: [grouped, 'DE', 'unknown-factor'],
  [`${instrument}/factor/year`]: [grouped, 2022, 'transmission-counted-twice'],
  [`${instrument}/generated/start`]: [blown, '2021-06-01', 'instrument-criteria'],
  [`${instrument}/generated/end`]: [blown, '2024-02-01', 'instrument-criteria'],
  [`${instrument}/market`]: [blown, 'DE', 'instrument-criteria'],
  [`${instrument}/exclusive`]: [blown, false, 'instrument-criteria'],
  [`${instrument}/consumption/consumer`]: [blown, 'the brewer'],
  [`${instrument}/consumption/period/start`]: [blown, '2023-02-01', 'instrument-criteria'],
  [`${instrument}/consumption/period/end`]: [blown, '2023-12-01', 'instrument-criteria'],
  [`${instrument}/consumption/retiredOn`]: [blown, '2022-12-31', 'instrument-criteria'],
  [`${instrument}/certificates/0/from`]: [blown, 'A', 'instrument-criteria'],
  [`${instrument}/certificates/0/to`]: [blown, 'A', 'instrument-criteria'],
  [`${instrument}/certificates/0/certificates`]: [blown, 3, 'instrument-criteria'],
  '/contractualInstruments/ageMonthsMax': [blown, -1, 'property-out-of-range'],
  '/contractualInstruments/produced/amount': [blown, '900'],
  '/contractualInstruments/produced/unit': [blown, 't', 'instrument-exceeded'],
  '/processes/0/region': [chilled, 'CN-FJ'],
  '/processes/0/period/start': [chilled, '2021-01-01'],
  '/processes/0/period/end': [chilled, '2022-07-01'],
  '/processes/0/treats': [treated, false, 'product-not-offered'],
  '/processes/0/coProducts/0/treats': [treated, false, 'product-not-offered'],
  '/processes/0/meanOf/0/from': [plants, 'west', 'product-not-offered'],
  '/processes/0/meanOf/0/fromProduct': [plants, 'varnish'],
  '/processes/0/meanOf/0/output/amount': [plants, '50', 'shares-not-whole'],
  '/processes/0/meanOf/0/output/unit': [plants, 'g', 'shares-not-whole'],
  '/referenceProduct': [byMass, 'buttermilk'],
  '/processes/0/product': [byMass, 'cream', 'product-not-offered'],
  '/processes/0/price/amount': [byPrice, '50'],
  '/processes/0/price/unit': [byPrice, '1e4CNY'],
  '/processes/0/properties/0/name': [byFat, 'protein', 'property-missing'],
  '/processes/0/properties/0/quantity/amount': [byFat, '800'],
  '/processes/0/properties/0/quantity/unit': [byFat, 'kg'],
  '/processes/0/coProducts/0/id': [given, 'whey', 'product-not-offered'],
  '/processes/0/coProducts/0/output/amount': [byMass, '8'],
  '/processes/0/coProducts/0/output/unit': [byMass, 't'],
  '/processes/0/coProducts/0/price/amount': [byPrice, '0'],
  '/processes/0/coProducts/0/price/unit': [byPrice, 'USD', 'incompatible-dimension'],
  '/processes/0/coProducts/0/properties/0/name': [byFat, 'protein', 'property-missing'],
  '/processes/0/coProducts/0/properties/0/quantity/amount': [byFat, '6'],
  '/processes/0/coProducts/0/properties/0/quantity/unit': [byFat, 'kg'],
  '/processes/0/coProducts/0/avoids/from': [substituted, 'dairy', 'product-not-offered'],
  '/processes/0/coProducts/0/avoids/fromProduct': [substituted, 'butter', 'product-not-offered'],
  '/processes/0/coProducts/0/avoids/quantity/amount': [substituted, '3'],
  '/processes/0/coProducts/0/avoids/quantity/unit': [substituted, 'g'],
  '/processes/0/allocation/by': [byMass, 'subdivision', 'property-missing'],
  '/processes/0/allocation/property': [byFat, 'protein', 'property-missing'],
  '/processes/0/allocation/shares/0/product': [given, 'cream', 'product-not-offered'],
  '/processes/0/allocation/shares/0/share': [given, '0.4', 'shares-not-whole'],
  '/processes/0/allocation/common/by': [subdivided, 'energy', 'property-missing'],
  '/processes/0/allocation/common/property': [subdividedByFat, 'protein', 'property-missing'],
  '/processes/0/allocation/common/shares/0/product': [subdividedByShares, 'cream', 'product-not-offered'],
  '/processes/0/allocation/common/shares/0/share': [subdividedByShares, '0.2', 'shares-not-whole'],
  '/processes/0/allocation/justification': [given, 'Agreed with the customer'],
  '/boundary': [paint, 'gate-to-gate', 'property-out-of-range'],
  '/declaredUnit/amount': [paint, '2'],
  '/declaredUnit/unit': [paint, 't'],
  '/functionalUnit/description/en': [glass, 'Keep two litres of water'],
  '/functionalUnit/description/zh': [glass, '盛装 2 升水'],
  '/functionalUnit/quantity/amount': [glass, '366'],
  '/functionalUnit/quantity/unit': [glass, 'h'],
  '/functionalUnit/serviceLife/amount': [glass, '3'],
  '/functionalUnit/serviceLife/unit': [glass, 'd'],
  '/functionalUnit/referenceFlow/amount': [glass, '2'],
  '/functionalUnit/referenceFlow/unit': [glass, 't'],
  '/emptyStages/0/stage': [glass, 'distribution', 'stage-missing'],
  '/emptyStages/0/reason': [glass, 'It is used by itself'],
  '/referenceProcess': [paint, 'resin', 'unconnected-process'],
  '/processes/0/id': [paint, 'other', 'unknown-process'],
  '/processes/0/name/en': [paint, 'Lacquer'],
  '/processes/0/name/zh': [paint, '清漆'],
  '/processes/0/stage': [paint, 'raw-material-acquisition'],
  '/processes/0/output/amount': [paint, '4'],
  '/processes/0/output/unit': [paint, 't'],
  '/carbonContent/fossil/amount': [held, '0.3'],
  '/carbonContent/fossil/unit': [held, 'tC', 'carbon-exceeds-mass'],
  '/carbonContent/biogenic/amount': [held, '0.2'],
  '/carbonContent/biogenic/unit': [held, 'tC', 'carbon-exceeds-mass'],
  '/carbonContent/recycled/amount': [held, '0.06'],
  '/carbonContent/recycled/unit': [held, 'tC', 'property-out-of-range'],
  '/carbonContent/packagingBiogenic/amount': [held, '0.05'],
  '/carbonContent/packagingBiogenic/unit': [held, 'tC'],
  '/carbonContent/productMass/amount': [held, '2'],
  '/carbonContent/productMass/unit': [held, 't'],
  '/parameters/0/id': [assumed, 'other', 'parameter-unused'],
  '/parameters/0/name/en': [assumed, 'Fired'],
  '/parameters/0/name/zh': [assumed, '烧掉'],
  '/parameters/0/value': [assumed, '2.5'],
  '/parameters/0/unit': [assumed, 'g'],
  '/parameters/0/uncertainty/distribution': [assumed, 'lognormal'],
  '/parameters/0/uncertainty/percent': [assumed, '6'],
  '/parameters/0/uncertainty/low': [bounded, '1'],
  '/parameters/0/uncertainty/high': [bounded, '4'],
  '/parameters/0/formula': [withFormula, '0.4 / (1 - 2 * lost)'],
  '/capitalGoods/choice': [ruled, 'excluded', 'capital-goods-excluded'],
  '/capitalGoods/reason': [ruled, 'The rules ask for it'],
  '/exclusions/0/what': [ruled, 'Label'],
  '/exclusions/0/stage': [ruled, 'distribution', 'line-ambiguous'],
  '/exclusions/0/reason': [ruled, 'Nobody weighed them'],
  '/exclusions/0/estimatedShare': [ruled, '0.02'],
  '/productCategoryRules/id': [ruled, 'PCR-2'],
  '/productCategoryRules/edition': [ruled, '2'],
  '/productCategoryRules/operator': [ruled, 'Another'],
  '/productCategoryRules/title/en': [ruled, 'Lacquer'],
  '/productCategoryRules/title/zh': [ruled, '清漆'],
  '/productCategoryRules/validity/start': [ruled, '2024-01-01'],
  '/productCategoryRules/validity/end': [ruled, '2023-07-01'],
  '/productCategoryRules/binds/unit': [ruled, 'piece'],
  '/productCategoryRules/binds/boundary': [ruled, 'cradle-to-grave'],
  '/productCategoryRules/binds/allocation/0': [rulesOfAllocation, 'economic-value'],
  '/productCategoryRules/binds/endOfLife': [rulesOfEndOfLife, 'cut-off'],
  '/productCategoryRules/binds/capitalGoods': [ruled, 'excluded'],
  '/productCategoryRules/binds/cutOffSingle': [ruled, '0.005'],
  '/productCategoryRules/binds/cutOffTotal': [ruled, '0.005'],
  '/endOfLife/method': [glass, 'cut-off', 'line-ambiguous'],
  '/endOfLife/materials/0/id': [glass, 'other', 'unknown-material'],
  '/endOfLife/materials/0/name/en': [glass, 'Bottle glass'],
  '/endOfLife/materials/0/name/zh': [glass, '瓶玻璃'],
  '/endOfLife/materials/0/A': [glass, '0.5'],
  '/endOfLife/materials/0/B': [glass, '0.5'],
  '/endOfLife/materials/0/R1': [glass, '0.3'],
  '/endOfLife/materials/0/R2': [glass, '0.6'],
  '/endOfLife/materials/0/R3': [glass, '0.2'],
  '/endOfLife/materials/0/QsinQp': [glass, '0.7'],
  '/endOfLife/materials/0/QsoutQp': [glass, '0.7'],
  '/endOfLife/materials/0/LHV/amount': [glass, '11'],
  '/endOfLife/materials/0/LHV/unit': [glass, 'kWh/kg'],
  '/endOfLife/materials/0/XERheat': [glass, '0.3'],
  '/endOfLife/materials/0/XERelec': [glass, '0.2'],
}

/** What shows in the record of the input only. */
const inRecordOnly: readonly string[] = [
  `${instrument}/consumption/consumer`,
  '/processes/0/name/en',
  '/processes/0/name/zh',
  '/parameters/0/name/en',
  '/parameters/0/name/zh',
  // What may be off moves an analysis (test/engine/analysis/metamorphic.test.ts), and never a result.
  '/parameters/0/uncertainty/distribution',
  '/parameters/0/uncertainty/percent',
  '/parameters/0/uncertainty/low',
  '/parameters/0/uncertainty/high',
] satisfies readonly Parameter[]

/** What comes of a system: its presented result, or the code of its refusal. */
function outcomeOf(system: ProductInput): { readonly result: string } | { readonly refused: string } {
  try {
    const { result } = presentResult(calculate(system, context([termTable(glassFactors), grids, powers])))
    return { result: JSON.stringify(result) }
  } catch (thrown) {
    if (isProblem(thrown)) return { refused: thrown.code }
    throw thrown
  }
}

describe('every parameter of a product system', () => {
  test.each(Object.entries(changes))('%s', (parameter, [system, to, refused]) => {
    const place = parameter.split('/').slice(1)
    expect(valueAt(system, place)).not.toBe(to)
    const other = changed(system, place, to) as ProductInput
    const [before, after] = [outcomeOf(system), outcomeOf(other)]
    expect(before).toHaveProperty('result')
    if (inRecordOnly.includes(parameter)) expect(canonicalInput(other)).not.toEqual(canonicalInput(system))
    else if (refused === undefined) {
      expect(after).toHaveProperty('result')
      expect(after).not.toEqual(before)
    } else expect(after).toEqual({ refused })
  })
})
