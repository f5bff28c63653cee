/**
 * Units: a closed list, each with its dimension and an exact ratio to the base unit of that dimension. A conversion is one
 * multiplication and one division by whole numbers, so that equal units change nothing and kg → t is a single correctly
 * rounded operation. Ratios are exact rationals (fraction.js); why no unit library: docs/decisions/units.md.
 *
 * What looks alike but is not never converts: net and gross calorific energy and energy not said to be either, a cubic metre
 * of gas at 60 °F and one as its source means it, the money of two years.
 */

import Fraction from 'fraction.js'
import { Problem } from '../problem.ts'
import { over, times } from './arithmetic.ts'
import { inOrder, nearest } from './names.ts'
import type { UnitCode } from './types.ts'

/** The unit codes of single quantities: ratio to the base unit (the first of each list), as exact decimal text. */
const baseUnits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mass: {
    kg: '1',
    mg: '0.000001',
    g: '0.001',
    t: '1000',
    kt: '1000000',
    '1e4t': '10000000',
    lb: '0.45359237', // international pound, exact by definition
    short_ton: '907.18474', // 2000 lb
    long_ton: '1016.0469088', // 2240 lb
  },
  carbon: { kgC: '1', tC: '1000' },
  // GB/T 2589: 1 kgce = 7000 kcal × 4.1868 kJ = 29.3076 MJ. EPA's mmBtu is 1055.06 MJ.
  energy: {
    MJ: '1',
    J: '0.000001',
    kJ: '0.001',
    GJ: '1000',
    TJ: '1000000',
    Wh: '0.0036',
    kWh: '3.6',
    MWh: '3600',
    GWh: '3600000',
    '1e4kWh': '36000',
    kcal: '0.0041868',
    Mcal: '4.1868',
    Gcal: '4186.8',
    kgce: '29.3076',
    tce: '29307.6',
    mmBtu: '1055.06',
    '1e4GJ': '10000000',
    ton_hour: '12.66067023144', // of refrigeration: 12,000 BTU (IT) of 1.05505585262 kJ
  },
  'net calorific energy': {
    'MJ{NCV}': '1',
    'kJ{NCV}': '0.001',
    'GJ{NCV}': '1000',
    'TJ{NCV}': '1000000',
    'kWh{NCV}': '3.6',
    'MWh{NCV}': '3600',
    'kgce{NCV}': '29.3076',
    'tce{NCV}': '29307.6',
  },
  'gross calorific energy': {
    'MJ{GCV}': '1',
    'GJ{GCV}': '1000',
    'TJ{GCV}': '1000000',
    'kWh{GCV}': '3.6',
    'MWh{GCV}': '3600',
    'mmBtu{HHV}': '1055.06',
  },
  volume: {
    m3: '1',
    mL: '0.000001',
    L: '0.001',
    '1e4L': '10',
    kL: '1',
    ML: '1000',
    '1e4m3': '10000',
    gal_us: '0.003785411784', // 231 cubic inches
    bbl: '0.158987294928', // 42 US gallons
  },
  'volume at 60 °F': { 'm3{60F}': '1', scf: '0.028316846592' },
  length: { km: '1', '1e4km': '10000', m: '0.001', mi: '1.609344', nmi: '1.852' },
  area: { m2: '1', ha: '10000', km2: '1000000' },
  // A year is the Julian one of 365.25 days (UCUM `a`).
  time: { h: '1', d: '24', a: '8766' },
  power: { kW: '1', W: '0.001', MW: '1000' },
  count: { piece: '1', '1e4piece': '10000' },
  passengers: { passenger: '1' },
  vehicles: { vehicle: '1' },
  rooms: { room: '1' },
  nights: { night: '1' },
  'full-time equivalents': { FTE: '1' },
  // Money of whatever year, and of one year. The name of each is the currency, and the year it is of: `moneyOf` reads them.
  CNY: { CNY: '1', '1e4CNY': '10000' },
  USD: { USD: '1', '1e4USD': '10000' },
  EUR: { EUR: '1', '1e4EUR': '10000' },
  'USD of 2022': { 'USD{2022}': '1' },
  'USD of 2019': { 'USD{2019}': '1' },
}

/** The composite codes that exist: `.` multiplies, `/` divides. No other combination is a unit. */
const compositeUnits: readonly UnitCode[] = [
  ...['t.km', '1e4t.km', 'kg.km', 't.mi', 'short_ton.mi', 't.nmi'],
  ...['passenger.km', 'passenger.mi', 'vehicle.km', 'vehicle.mi', 'room.night', 'FTE.h'],
  ...['kg/L', 'kg/m3', 't/m3', 'g/mL', 'kg/gal_us'],
  ...['GJ/t', 'MJ/kg', 'kJ/kg', 'MJ/t', 'kcal/kg', 'Mcal/t', 'kWh/kg'],
  ...['GJ/m3', 'MJ/m3', 'kJ/m3', 'GJ/1e4m3', 'kcal/m3', 'GJ/kL', 'MJ/L', 'kWh/m3'],
  ...['tC/TJ', 'tC/GJ', 'kgC/GJ', 'tC/t', 'kgC/kg', 'tC/1e4m3', 'kgC/m3'],
]

/** Other ways people write a unit, by code. `ton` and `gal` are missing on purpose: they mean two different things each. */
const spellings: Readonly<Record<UnitCode, readonly string[]>> = {
  a: ['年'],
  kg: ['千克', '公斤'],
  g: ['克'],
  t: ['吨', '公吨', 'tonne'],
  '1e4t': ['万吨', '万t'],
  kWh: ['千瓦时', '千瓦·时', '千瓦小时', '度', 'kW·h', 'kW.h'],
  MWh: ['兆瓦时', 'MW·h', 'MW.h'],
  '1e4kWh': ['万千瓦时', '万千瓦·时', '万度', '万kWh', '10^4kWh', '10^4 kWh'],
  kJ: ['千焦'],
  MJ: ['兆焦'],
  GJ: ['吉焦', '百万千焦'],
  '1e4GJ': ['万吉焦', '万GJ', '10^4GJ'],
  TJ: ['太焦'],
  kcal: ['千卡', '大卡'],
  Gcal: ['百万大卡', '百万千卡'],
  kgce: ['千克标准煤', '千克标煤'],
  tce: ['吨标准煤', '吨标煤'],
  m3: ['m³', '㎥', 'm^3', '立方米', '立方'],
  '1e4m3': ['万m³', '万m3', '万㎥', '万立方米', '万立方', '10^4m3', '10^4 m3', '10⁴m³', '1e4 m3'],
  L: ['l', '升'],
  '1e4L': ['万升'],
  mL: ['ml', '毫升'],
  km: ['千米', '公里'],
  '1e4km': ['万公里', '万千米'],
  m: ['米'],
  m2: ['m²', '㎡', 'm^2', '平方米'],
  ha: ['公顷', 'hm2'],
  h: ['小时'],
  d: ['天'],
  ton_hour: ['冷吨时', '冷吨·时', '冷吨小时'],
  kW: ['千瓦'],
  piece: ['件', '个', '台', '只'],
  '1e4piece': ['万件', '万个', '万台', '万只'],
  CNY: ['元', '人民币元'],
  '1e4CNY': ['万元', '万元人民币'],
  USD: ['美元'],
  '1e4USD': ['万美元'],
  EUR: ['欧元'],
  '1e4EUR': ['万欧元'],
  't.km': ['t·km', 't⋅km', 't•km', 't*km', 'tkm', '吨公里', '吨·公里', '吨千米', '吨·千米'],
  '1e4t.km': ['万吨公里', '万吨·公里', '万t·km', '万t.km'],
  'passenger.km': ['passenger·km', 'pkm', '人公里', '人·公里', '人千米'],
  'vehicle.km': ['vehicle·km', 'vkm', '车公里'],
  'room.night': ['room·night', '间夜', '间·夜'],
  'kg/m3': ['kg/m³', '千克/立方米'],
  't/m3': ['t/m³', '吨/立方米'],
  'GJ/t': ['TJ/Gg', '吉焦/吨', '百万千焦/吨'],
  'kJ/kg': ['千焦/千克', '千焦/公斤'],
  'kcal/kg': ['大卡/千克', '大卡/公斤', '千卡/千克'],
  'GJ/m3': ['GJ/m³'],
  'MJ/m3': ['MJ/m³'],
  'kJ/m3': ['kJ/m³'],
  'kcal/m3': ['kcal/m³', '大卡/立方米'],
  'GJ/1e4m3': ['GJ/万m³', 'GJ/万m3', 'GJ/1e4 m3', 'GJ/10^4m3', '吉焦/万立方米'],
  'tC/1e4m3': ['tC/万m³', 'tC/万m3', 'tC/10^4m3'],
  'kgC/m3': ['kgC/m³'],
}

interface Unit {
  readonly code: UnitCode
  readonly dimension: string
  /** How many base units one unit is. */
  readonly ratio: Fraction
}

const units: ReadonlyMap<string, Unit> = new Map(
  [...singles(), ...compositeUnits.map(composite)].map((u) => [u.code, u]),
)

const aliases: ReadonlyMap<string, UnitCode> = new Map(
  Object.entries(spellings).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
)

/** Every unit code, in code-unit order. */
export const unitCodes: readonly UnitCode[] = [...units.keys()].sort(inOrder)

/** Every accepted other spelling with the code it stands for. */
export const unitAliases: Readonly<Record<string, UnitCode>> = Object.fromEntries(aliases)

/**
 * The code of a unit written as a code or in one of its other spellings.
 * @throws Problem `unknown-unit`, with the most similar codes as candidates.
 */
export function unitCode(written: string): UnitCode {
  return unitOf(written).code
}

/**
 * What a unit measures, in words: `mass`, `energy`, `mass·length`, `energy/mass`…
 * @throws Problem `unknown-unit`.
 */
export function dimensionOf(written: string): string {
  return unitOf(written).dimension
}

/**
 * Converts an amount between units of one dimension: × n ÷ d, with n/d the exact ratio in lowest terms.
 * @throws Problem `unknown-unit`, or `incompatible-dimension` naming both.
 */
export function convert(value: number, from: string, to: string): number {
  const [source, target] = [unitOf(from), unitOf(to)]
  if (source.dimension !== target.dimension) throw incompatible(source, target)
  return scale(
    value,
    ratioOf(source.code, target.code, () => source.ratio.div(target.ratio)),
  )
}

/** What a unit of money is of. */
export interface Money {
  readonly dimension: string
  /** ISO 4217. */
  readonly currency: string
  /** The year of its prices; null where the unit does not say. */
  readonly year: number | null
  /** The unit of one. */
  readonly base: UnitCode
}

/** Every kind of money of the list. */
export const moneys: readonly Money[] = Object.entries(baseUnits).flatMap(([dimension, codes]) => {
  const [, currency, year] = /^([A-Z]{3})(?: of ([0-9]{4}))?$/.exec(dimension) ?? []
  const [base] = Object.keys(codes)
  if (currency === undefined || base === undefined) return []
  return [{ dimension, currency, year: year === undefined ? null : Number(year), base }]
})

const moneyByDimension = new Map(moneys.map((money) => [money.dimension, money]))

/**
 * What money a unit is; undefined where it is none.
 * @throws Problem `unknown-unit`.
 */
export function moneyOf(written: string): Money | undefined {
  return moneyByDimension.get(unitOf(written).dimension)
}

/** An amount with its unit, read. */
export interface Measure {
  readonly value: number
  readonly unit: UnitCode
}

/**
 * a × b in a unit of the product's dimension, converted once: mass × distance in t.km, volume × density in kg.
 * The caller has checked the dimensions.
 */
export function productIn(unit: UnitCode, a: Measure, b: Measure): number {
  const ratio = ratioOf(`${a.unit}×${b.unit}`, unit, () =>
    unitOf(a.unit).ratio.mul(unitOf(b.unit).ratio).div(unitOf(unit).ratio),
  )
  return scale(times(a.value, b.value), ratio)
}

/** a ÷ b in a unit of the quotient's dimension, converted once: mass ÷ density in m3. The caller has checked the dimensions. */
export function quotientIn(unit: UnitCode, a: Measure, b: Measure): number {
  const ratio = ratioOf(`${a.unit}÷${b.unit}`, unit, () =>
    unitOf(a.unit).ratio.div(unitOf(b.unit).ratio).div(unitOf(unit).ratio),
  )
  return scale(over(a.value, b.value), ratio)
}

/** The refusal of a unit that measures something else than is needed. */
export function incompatible(
  given: { code: UnitCode; dimension: string },
  needed: { code: UnitCode; dimension: string },
): Problem {
  const detail = `The unit "${given.code}" measures ${given.dimension}; what is needed is ${needed.dimension}, such as "${needed.code}".`
  return new Problem('incompatible-dimension', detail, {
    unit: given.code,
    dimension: given.dimension,
    neededUnit: needed.code,
    neededDimension: needed.dimension,
  })
}

/** A unit by code or spelling. */
export function unitOf(written: string): Unit {
  const unit = units.get(aliases.get(written) ?? written)
  if (unit) return unit
  const candidates = nearest(written, [...unitCodes, ...aliases.keys()])
  const hint = candidates.length > 0 ? ` Near it: ${candidates.map((code) => `"${code}"`).join(', ')}.` : ''
  throw new Problem('unknown-unit', `"${written.slice(0, 64)}" is no unit of the list.${hint}`, {
    unit: written.slice(0, 64),
    candidates,
  })
}

interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

const ratios = new Map<string, Ratio>()

/**
 * A ratio in lowest terms as two whole doubles: exact between any two units of the list (a test goes through all), and in
 * products but for pounds, barrels and gallons against calories, where each is rounded to a double once.
 */
function ratioOf(from: string, to: string, compute: () => Fraction): Ratio {
  const key = `${from}→${to}`
  const known = ratios.get(key)
  if (known) return known
  const { n, d } = compute()
  const ratio = { numerator: Number(n), denominator: Number(d) }
  ratios.set(key, ratio)
  return ratio
}

function scale(value: number, { numerator, denominator }: Ratio): number {
  return over(times(value, numerator), denominator)
}

function singles(): Unit[] {
  return Object.entries(baseUnits).flatMap(([dimension, codes]) =>
    Object.entries(codes).map(([code, ratio]) => ({ code, dimension, ratio: new Fraction(ratio) })),
  )
}

/** Reads a composite code of our own list: every part is a single unit. */
function composite(code: UnitCode): Unit {
  const [above = '', below] = code.split('/')
  const factors = above.split('.').map(single)
  const product = {
    code,
    dimension: factors.map((unit) => unit.dimension).join('·'),
    ratio: factors.reduce((ratio, unit) => ratio.mul(unit.ratio), new Fraction(1)),
  }
  if (below === undefined) return product
  const divisor = single(below)
  return {
    code,
    dimension: `${product.dimension}/${divisor.dimension}`,
    ratio: product.ratio.div(divisor.ratio),
  }
}

function single(code: string): Unit {
  for (const [dimension, codes] of Object.entries(baseUnits)) {
    const ratio = codes[code]
    if (ratio !== undefined) return { code, dimension, ratio: new Fraction(ratio) }
  }
  throw new Error(`units.ts lists no unit "${code}"`)
}
