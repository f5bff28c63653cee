/** Made-up products for reports, calculated by the engine from small factors. Everything here is fictional. */

import type { AnalysisRequest } from '../../src/engine/analysis/types.ts'
import { analyzeProduct, calculate, presentAnalysis, presentResult } from '../../src/engine/index.ts'
import type {
  ActivityLine,
  CalculationContext,
  CircularMaterial,
  CircularTerm,
  Process,
  ProductInput,
} from '../../src/engine/types.ts'
import type { ProductSource } from '../../src/report/product/types.ts'
import {
  bottle,
  byFormula,
  everyTerm,
  glassFactors,
  termLine,
  termTable,
} from '../engine/end-of-life/glass.ts'
import { co2eFactor, context, factor, product, table } from '../engine/fixtures.ts'
import {
  bottled,
  covered,
  kilogram,
  kWh as makesPower,
  powers,
  takes,
  way,
} from '../engine/product/green-power-fixtures.ts'
import { housing, tables as shopTables } from '../engine/site/factory.ts'

/** A source of what a calculation comes to. */
export function productSource(
  input: ProductInput,
  on: CalculationContext,
  changes: Partial<ProductSource> = {},
): ProductSource {
  const { lines, ...system } = input
  return {
    footprintId: '00000000-0000-4000-8000-00000000f002',
    title: 'Straw chair 秸秆课椅',
    product: {
      name: { en: 'School chair', zh: '课椅' },
      model: 'LF-CY-2',
      specification: '6.2 kg',
      trademark: null,
    },
    organization: {
      name: {
        en: 'Xiamen Lufeng Fan Manufacturing Co., Ltd. (fictional)',
        zh: '厦门鹭风风机制造有限公司（虚构）',
      },
      address: null,
    },
    manufacturer: null,
    factory: null,
    intendedUsers: 'Readers of this example 示例读者',
    exclusions: [],
    rules: null,
    scheme: { id: 'egret-development', version: '1.2' },
    engine: { version: '0.1.0', digest: `sha256:${'d'.repeat(64)}` },
    standing: { state: 'draft', version: 3 },
    print: { unit: 'kgCO2e', decimals: 2 },
    system,
    descriptions: new Map(
      lines.flatMap(({ id, description }) => (description === undefined ? [] : [[id, description]])),
    ),
    result: presentResult(calculate(input, on)).result,
    monteCarlo: null,
    other: null,
    ...changes,
  }
}

const weigh = (id: string, kgCo2e: string, unit = 'kg') =>
  co2eFactor({ ...{ id, unit, family: 'cradle-to-gate' }, name: { en: `Factor of ${id}`, zh: null } }, kgCo2e)

const straw = factor({
  ...{ id: 'straw', unit: 'kg', family: 'cradle-to-gate', name: { en: 'Straw, baled', zh: '打包秸秆' } },
  flows: [
    { kind: 'fossil', gas: 'CO2', kg: '0.4' },
    { kind: 'biogenic', gas: 'CH4', kg: '0.02' },
    { kind: 'biogenic', gas: 'CO2', kg: '1.4' },
    { kind: 'biogenic-uptake', gas: 'CO2', kg: '-1.5' },
    { kind: 'land-use-change', gas: 'CO2', kg: '0.12' },
  ],
})

const madeUp = table('made-up', [
  ...[weigh('coal', '2'), weigh('melt', '3'), weigh('resin', '3.1'), weigh('lorry', '0.11')],
  ...[
    weigh('lamp', '0.58', 'kWh'),
    weigh('burning', '2.7'),
    weigh('recycled', '1.9'),
    weigh('crush', '0.02'),
  ],
  straw,
])

export function line(id: string, process: string, amount: string, more: Partial<ActivityLine>): ActivityLine {
  return { id, process, category: 'material', quantity: { amount, unit: 'kg' }, ...more }
}

const by = (id: string) => ({ factor: { table: 'made-up', id } })
const kWh = (amount: string) => ({ category: 'electricity', quantity: { amount, unit: 'kWh' } })
const pieces = { quantity: { amount: '1', unit: 'piece' } }

/**
 * Steel and the power that melts it need each other. One kg of steel: s = 1 + 0.1 p and p = 2 s, so s = 1.25 and p = 2.5. Own: steel
 * 1.25 × 3 = 3.75, power 2.5 × 0.5 × 2 = 2.5, together 6.25 kg.
 */
export function loopInput(): readonly [ProductInput, CalculationContext] {
  const input = product(
    [
      { id: 'steel', output: { amount: '1', unit: 'kg' } },
      { id: 'power', output: { amount: '1', unit: 'kWh' } },
    ],
    [
      line('melt', 'steel', '1', by('melt')),
      line('power-in', 'steel', '2', { ...kWh('2'), from: 'power' }),
      line('coal', 'power', '0.5', by('coal')),
      line('steel-in', 'power', '0.1', { ...counted, from: 'steel' }),
    ],
    { factorTables: [{ table: 'made-up', version: '1' }] },
  )
  return [input, context([madeUp])]
}

/**
 * The loop with what it melts as a parameter between 0.8 and 1.2 kg, and no line that states an uncertainty: 1.25 × 3 × x + 2.5 kg, from 5.5
 * to 7 kg.
 * @param sure whether the coal, too, states none; else ± 10 % of its 2.5 kg.
 */
export function assumedInput(sure = true): readonly [ProductInput, CalculationContext] {
  const [input, on] = loopInput()
  const lines = input.lines.map((one) => {
    if (one.id === 'melt') return { ...one, quantity: undefined, parameter: { id: 'melted' } }
    const uncertainty = { activityPercent: '10', factorPercent: '0' }
    return one.id === 'coal' && !sure ? { ...one, uncertainty } : one
  })
  const melted = { id: 'melted', value: '1', unit: 'kg' } as const
  const uncertainty = { distribution: 'uniform', low: '0.8', high: '1.2' } as const
  return [{ ...input, lines, parameters: [{ ...melted, uncertainty }] }, on]
}

export function loop(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...loopInput(), changes)
}

/**
 * A cake of 0.1 kg butter and 0.4 kg buttermilk, both of one dairy (0.25 + 0.75 kg a run, by mass), whose milk is the mean of two
 * farms; its 0.2 kg of waste goes to a digester that is credited with the power it replaces.
 */
export function cakeInput(): readonly [ProductInput, CalculationContext] {
  const kg = (amount: string) => ({ amount, unit: 'kg' })
  const made = (id: string, output: Process['output'], more: Partial<Process> = {}): Process => ({
    ...{ id, name: { en: id, zh: null }, stage: 'production', output, ...more },
  })
  const lines: readonly ActivityLine[] = [
    line('butter-in', 'cake', '0.1', { from: 'dairy', fromProduct: 'butter' }),
    line('buttermilk-in', 'cake', '0.4', { from: 'dairy', fromProduct: 'buttermilk' }),
    line('oven', 'cake', '0.3', by('melt')),
    line('waste', 'cake', '0.2', { category: 'waste-treatment', to: 'digester' }),
    line('milk', 'dairy', '1', { from: 'milk' }),
    line('churn', 'dairy', '0.5', by('coal')),
    line('hay', 'hill', '0.3', by('resin')),
    line('grass', 'valley', '0.2', by('resin')),
    line('stirring', 'digester', '0.4', by('melt')),
    line('coal', 'power', '0.5', by('coal')),
  ]
  const input = product([], lines, {
    factorTables: [{ table: 'made-up', version: '1' }],
    referenceProcess: 'cake',
    processes: [
      made('cake', kg('1')),
      made('dairy', kg('0.25'), {
        ...{ product: 'butter', allocation: { by: 'mass' } },
        coProducts: [{ id: 'buttermilk', output: kg('0.75') }],
      }),
      made('milk', kg('900'), {
        meanOf: [
          { from: 'hill', output: kg('300') },
          { from: 'valley', output: kg('600') },
        ],
      }),
      ...[made('hill', kg('1')), made('valley', kg('2'))],
      made('digester', kg('1'), {
        ...{ product: 'waste', treats: true, allocation: { by: 'substitution' } },
        coProducts: [
          {
            id: 'biogas',
            output: kg('0.1'),
            avoids: { from: 'power', quantity: { amount: '0.6', unit: 'kWh' } },
          },
        ],
      }),
      made('power', { amount: '1', unit: 'kWh' }),
    ],
  })
  return [input, context([madeUp])]
}

export function cake(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...cakeInput(), changes)
}

/** A kilogram of bottle with 2 kWh of wind and 3 of the grid, all through the site's intake, which adds the way of the wind's. */
export function greenInput(): readonly [ProductInput, CalculationContext] {
  const input = bottled(
    [
      covered(0.4, {}, 'intake'),
      way(0.4, 'intake'),
      takes('average', 0.6, { factor: {} }, 'intake'),
      takes('power', 5, { from: 'intake' }),
    ],
    {},
    [kilogram('bottle'), makesPower('intake')],
  )
  return [input, context([powers])]
}

export function green(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...greenInput(), changes)
}

const stage = (id: string, zh: string, of: Process['stage'], unit: string): Process => ({
  ...{ id, name: { en: `Process ${id}`, zh }, stage: of, output: { amount: '1', unit } },
})

const of = (term: CircularTerm) => ({ circular: { material: 'steel', term } })

/** All of the steel comes back and replaces as much new steel, to the chair's credit. */
const steel: CircularMaterial = {
  ...{ id: 'steel', name: { en: 'Steel tube', zh: '钢管' } },
  ...{ A: '0', R1: '0', R2: '1', R3: '0', QsoutQp: '1' },
}

/** What lines say of their data. */
const measured: Partial<ActivityLine> = {
  dataSource: { activity: 'primary', factor: 'secondary' },
  dataQuality: { reliability: 1, completeness: 2, temporal: 1, geographical: 2, technological: 3 },
  uncertainty: { activityPercent: '3', factorPercent: '15' },
}
const counted: Partial<ActivityLine> = { dataSource: { activity: 'primary' } }
const guessed: Partial<ActivityLine> = { uncertainty: { activityPercent: '20', factorPercent: '30' } }

/** Cradle to grave, with a loop, a credit, and flows that no total counts. */
export function chairInput(): readonly [ProductInput, CalculationContext] {
  const lines: readonly ActivityLine[] = [
    line('coal', 'power', '0.4', { ...by('coal'), ...measured, description: 'Coal 煤' }),
    line('steel-for-power', 'power', '0.02', { ...counted, from: 'steel' }),
    line('melt', 'steel', '0.6', by('melt')),
    line('power-for-steel', 'steel', '1.1', { ...counted, ...kWh('1.1'), from: 'power' }),
    line('straw', 'board', '2.2', {
      ...{ ...by('straw'), ...measured },
      description: 'Straw of the district, baled 本地打包秸秆',
    }),
    line('resin', 'board', '0.15', { ...by('resin'), ...guessed }),
    line('power-for-board', 'board', '0.6', { ...counted, ...kWh('0.6'), from: 'power' }),
    line('steel-in', 'assembly', '2.4', { ...counted, from: 'steel', ...of('Ev') }),
    line('board-in', 'assembly', '3.5', { ...counted, from: 'board' }),
    line('paint', 'assembly', '0.12', { ...by('resin'), ...guessed }),
    line('chair-in', 'shop', '1', { ...pieces, from: 'assembly' }),
    line('lorry', 'shop', '9', by('lorry')),
    line('shop-in', 'life', '1', { ...pieces, from: 'shop' }),
    line('lamp', 'life', '4', { ...by('lamp'), quantity: { amount: '4', unit: 'kWh' } }),
    line('life-in', 'end', '1', { ...pieces, from: 'life' }),
    line('burning', 'end', '0.8', by('burning')),
    line('recycled', 'end', '2.3', {
      ...by('recycled'),
      ...of('EvStar'),
      description: 'Steel that replaces new steel 替代新钢',
    }),
    line('crush', 'end', '2.3', { ...by('crush'), ...of('ErecyclingEoL') }),
  ]
  const input = product([], lines, {
    boundary: 'cradle-to-grave',
    functionalUnit: {
      description: { en: 'Seat a pupil at school', zh: '供一名学生在校就座' },
      quantity: { amount: '1', unit: 'piece' },
      serviceLife: { amount: '10', unit: 'a' },
      referenceFlow: { amount: '1', unit: 'piece' },
    },
    emptyStages: undefined,
    endOfLife: { method: 'circular-footprint-formula', materials: [steel] },
    referenceProcess: 'end',
    carbonContent: {
      fossil: { amount: '0.4', unit: 'kgC' },
      biogenic: { amount: '0.3', unit: 'kgC' },
      productMass: { amount: '6.2', unit: 'kg' },
    },
    factorTables: [{ table: 'made-up', version: '1' }],
    processes: [
      stage('power', '自备电站', 'raw-material-acquisition', 'kWh'),
      stage('steel', '钢管', 'raw-material-acquisition', 'kg'),
      stage('board', '秸秆板', 'raw-material-acquisition', 'kg'),
      stage('assembly', '组装', 'production', 'piece'),
      stage('shop', '配送', 'distribution', 'piece'),
      stage('life', '使用', 'use', 'piece'),
      stage('end', '生命末期', 'end-of-life', 'piece'),
    ],
  })
  return [input, context([madeUp])]
}

export function chair(changes: Partial<ProductSource> = {}): ProductSource {
  const exclusions = [
    { what: 'Screws 螺钉', reason: 'Below 1 % of the mass 不足质量的 1 %', estimatedShare: '0.006' },
  ]
  return productSource(...chairInput(), { exclusions, ...changes })
}

const drawSetting = { generator: 'philox4x32-10', seed: 1, draws: 1000 } as const
const drawRequest: AnalysisRequest = {
  ...{ parts: ['uncertainty'], cutOff: 1, depthMax: 1, nodesMax: 1, most: 1, carried: 1 },
  ...{ draws: drawSetting.draws, seed: drawSetting.seed, scenarios: [], parameterTables: [] },
}

/** A product with its draws. */
export function drawnSource(
  [input, on]: readonly [ProductInput, CalculationContext],
  changes: Partial<ProductSource> = {},
): ProductSource {
  const { uncertainty } = presentAnalysis(analyzeProduct(input, on, drawRequest))
  return productSource(input, on, {
    monteCarlo: { drawn: drawSetting, totals: uncertainty, refusal: null },
    ...changes,
  })
}

/** One product with another one beside it, on the same draws. */
export function besideSource(
  [a, onA]: readonly [ProductInput, CalculationContext],
  [b, onB]: readonly [ProductInput, CalculationContext],
  changes: Partial<ProductSource> = {},
): ProductSource {
  const asked = { ...drawRequest, comparison: { system: b, context: onB } }
  const { comparison } = presentAnalysis(analyzeProduct(a, onA, asked))
  const { title, product: named, system, result } = productSource(b, onB, { title: 'Light chair 轻型课椅' })
  return drawnSource([a, onA], {
    other: {
      ...{ footprintId: '00000000-0000-4000-8000-00000000f003', revision: 2 },
      ...{ title, product: named, system, result },
      draws: { drawn: drawSetting, totals: comparison, refusal: null },
    },
    ...changes,
  })
}

/** The loop with some straw in its steel. */
export function strawLoopInput(): readonly [ProductInput, CalculationContext] {
  const [input, on] = loopInput()
  return [{ ...input, lines: [...input.lines, line('straw', 'steel', '0.1', by('straw'))] }, on]
}

/** The chair with more straw and less steel. */
export function lightChairInput(): readonly [ProductInput, CalculationContext] {
  const [input, on] = chairInput()
  const amounts: Readonly<Record<string, string>> = { 'steel-in': '2.1', 'board-in': '3.8' }
  const lines = input.lines.map((one) =>
    Object.hasOwn(amounts, one.id)
      ? { ...one, quantity: { amount: amounts[one.id] ?? '', unit: 'kg' } }
      : one,
  )
  return [{ ...input, lines }, on]
}

/** The chair beside the lighter one. */
export function beside(changes: Partial<ProductSource> = {}): ProductSource {
  return besideSource(chairInput(), lightChairInput(), changes)
}

/** The loop by rules of a category, with a stage that is empty, and a choice that the rules did not ask for. */
export function ruledInput(): readonly [ProductInput, CalculationContext] {
  const [input, on] = loopInput()
  const ruled: ProductInput = {
    ...input,
    emptyStages: [{ stage: 'raw-material-acquisition', reason: 'Ore lies on the site 矿石就在厂区，不另计' }],
    capitalGoods: { choice: 'excluded', reason: 'Below a hundredth over ten years 十年摊销不足百分之一' },
    exclusions: [
      {
        ...{ what: 'Office 办公', reason: 'Serves no product 不服务于产品', estimatedShare: '0.004' },
        stage: 'production',
      },
      { what: 'Travel 差旅', reason: 'As the rules have it 依规则', estimatedShare: '0.02' },
    ],
    productCategoryRules: {
      ...{ id: 'PCR-7', edition: '2', operator: 'A programme (fictional)' },
      title: { en: 'Steel bars', zh: '钢筋' },
      validity: { start: '2020-01-01', end: '2030-01-01' },
      binds: {
        ...{ unit: 'kg', boundary: 'cradle-to-gate', capitalGoods: 'included' },
        ...{ cutOffSingle: '0.01', cutOffTotal: '0.05' },
      },
    },
  }
  return [ruled, on]
}

export function ruled(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...ruledInput(), { title: 'Steel bar 钢筋', ...changes })
}

/** A housing of a shop whose year is divided. */
export function siteInput(): readonly [ProductInput, CalculationContext] {
  return [housing(), context(shopTables)]
}

export function ofSite(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...siteInput(), { title: 'Housing 外壳', ...changes })
}

/** A bottle by the Circular Footprint Formula. */
export function circleInput(): readonly [ProductInput, CalculationContext] {
  const lines = everyTerm.map((term) => termLine(term))
  const input = bottle(byFormula({ LHV: { amount: '10', unit: 'MJ/kg' }, B: '0.5' }), lines)
  return [input, context([termTable(glassFactors)])]
}

export function ofCircle(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...circleInput(), { title: 'Bottle 玻璃瓶', ...changes })
}

const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process}-co2`, category: 'process-emissions', process, gas: 'CO2' },
  quantity: { amount, unit: 'kg' },
})

/**
 * Cream of a dairy that makes butter and buttermilk, from milk and from butter of its own: 1 kg of butter and 9 kg of buttermilk a
 * run, by mass a tenth and nine tenths. A cake takes 2 kg of butter and 3 kg of buttermilk.
 */
export function dairyInput(): readonly [ProductInput, CalculationContext] {
  const input = product(
    [
      { id: 'cake', output: { amount: '1', unit: 'kg' } },
      {
        ...{ id: 'dairy', product: 'butter', output: { amount: '1', unit: 'kg' } },
        coProducts: [{ id: 'buttermilk', output: { amount: '9', unit: 'kg' } }],
        allocation: { by: 'mass' },
      },
      { id: 'farm', output: { amount: '1', unit: 'kg' } },
    ] as Process[],
    [
      line('butter-in', 'cake', '2', { from: 'dairy', fromProduct: 'butter' }),
      line('buttermilk-in', 'cake', '3', { from: 'dairy', fromProduct: 'buttermilk' }),
      line('milk', 'dairy', '10', { from: 'farm' }),
      ...[co2('dairy', '10'), co2('farm', '1')],
    ],
  )
  return [input, context()]
}

export function dairy(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...dairyInput(), { title: 'Cake 蛋糕', ...changes })
}

/** The same dairy, whose buttermilk makes feed needless: 9 kg a run, 0.4 kg of CO2 each. */
export function creditedInput(): readonly [ProductInput, CalculationContext] {
  const input = product(
    [
      {
        ...{ id: 'dairy', product: 'butter', output: { amount: '1', unit: 'kg' } },
        coProducts: [{ id: 'buttermilk', output: { amount: '9', unit: 'kg' }, avoids: { from: 'feed' } }],
        allocation: { by: 'substitution' },
      },
      { id: 'farm', output: { amount: '1', unit: 'kg' } },
      { id: 'feed', output: { amount: '1', unit: 'kg' } },
    ] as Process[],
    [line('milk', 'dairy', '10', { from: 'farm' }), co2('dairy', '10'), co2('farm', '1'), co2('feed', '0.4')],
  )
  return [input, context()]
}

export function credited(changes: Partial<ProductSource> = {}): ProductSource {
  return productSource(...creditedInput(), { title: 'Butter 黄油', ...changes })
}
