/** Units convert exactly, once, and only within what they measure. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  convert,
  dimensionOf,
  moneyOf,
  moneys,
  productIn,
  quotientIn,
  unitAliases,
  unitCode,
  unitCodes,
  unitOf,
} from '../../src/engine/units.ts'
import { isProblem } from '../../src/problem.ts'

/** The `activity_unit` codes of the source tables. */
const tableUnits =
  'kWh kWh{NCV} kWh{GCV} GJ GJ{NCV} TJ{NCV} MJ MWh mmBtu{HHV} mmBtu kg t short_ton L gal_us m3 m3{60F} scf ML km mi vehicle.mi t.km short_ton.mi passenger.km passenger.mi room.night FTE.h m2 ha kW CNY USD{2022} USD{2019}'.split(
    ' ',
  )

describe('the list', () => {
  test.each([...tableUnits, 'tce', 'kg/L', 'GJ/t', 'GJ/m3', 'tC/TJ', 'kJ/kg'])('knows %s', (code) => {
    expect(unitCode(code)).toBe(code)
  })

  test.each([
    ['万m³', '1e4m3'],
    ['m³', 'm3'],
    ['t·km', 't.km'],
    ['tkm', 't.km'],
    ['吨', 't'],
    ['千瓦时', 'kWh'],
    ['度', 'kWh'],
    ['万千瓦时', '1e4kWh'],
    ['吨标准煤', 'tce'],
    ['吨公里', 't.km'],
    ['GJ/1e4 m3', 'GJ/1e4m3'],
    ['万美元', '1e4USD'],
    ['万欧元', '1e4EUR'],
    ['万吉焦', '1e4GJ'],
    ['万升', '1e4L'],
    ['万件', '1e4piece'],
    ['万公里', '1e4km'],
    ['万吨公里', '1e4t.km'],
    ['冷吨时', 'ton_hour'],
  ])('reads %s as %s', (written, code) => {
    expect(unitCode(written)).toBe(code)
  })

  test('has no spelling that is also a code, and no spelling of a code that is none', () => {
    for (const [spelling, code] of Object.entries(unitAliases)) {
      expect(unitCodes).toContain(code)
      expect(unitCodes).not.toContain(spelling)
    }
  })

  test.each(['ton', 'gal', 'KWH', 'Nm3', 'furlong', '', '__proto__', 'constructor', 'kg.kg', 'kg/t', ' kg'])(
    'refuses %j',
    (written) => {
      expect(() => unitCode(written)).toThrow('unknown-unit')
    },
  )

  test('names what may have been meant', () => {
    expect(candidatesOf('KWH')).toContain('kWh')
    expect(candidatesOf('ton')).toEqual(expect.arrayContaining(['t', 'short_ton']))
    expect(candidatesOf('Nm3')).toContain('m3')
  })
})

describe('money', () => {
  test('is known by its currency, and by its year where the unit says one', () => {
    expect(moneyOf('万元')).toEqual({ dimension: 'CNY', currency: 'CNY', year: null, base: 'CNY' })
    expect(moneyOf('USD{2022}')).toMatchObject({ currency: 'USD', year: 2022, base: 'USD{2022}' })
    expect(moneyOf('kWh')).toBeUndefined()
    expect(moneys.map(({ base }) => base)).toEqual(['CNY', 'USD', 'EUR', 'USD{2022}', 'USD{2019}'])
  })
})

describe('convert', () => {
  test.each([
    // 1 tce = 29.3076 GJ (GB/T 2589) = 29307.6 MJ ÷ 3.6 = 8141 kWh.
    [1, 'tce', 'GJ', 29.3076],
    [1, 'tce', 'kWh', 8141],
    [1000, 'kWh', 'MJ', 3600],
    [250, 'kWh', 'GJ', 0.9],
    [3, '万m³', 'm3', 30000],
    [1, 'short_ton', 'kg', 907.18474],
    [1, 'mi', 'km', 1.609344],
    [1, 'gal_us', 'L', 3.785411784],
    [1, 'mmBtu', 'GJ', 1.05506],
    [1, 'scf', 'm3{60F}', 0.028316846592],
    // 12,000 BTU (IT), each 1055.05585262 J by definition.
    [1, 'ton_hour', 'kJ', 12660.67023144],
    [3, 'd', 'h', 72],
    [1, 'a', 'd', 365.25],
    [2, '1e4USD', 'USD', 20000],
    [1.5, '万t·km', 't.km', 15000],
    [389.31, 'GJ/1e4m3', 'GJ/m3', 0.038931],
    [5500, 'kcal/kg', 'MJ/kg', 23.0274],
    [0.84, 'kg/L', 't/m3', 0.84],
    [1, 'tC/TJ', 'kgC/GJ', 1],
    // 1 short ton-mile = 0.90718474 t × 1.609344 km.
    [1, 'short_ton.mi', 't.km', 1.45997231821056],
  ])('%d %s is so many %s: %d', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected)
  })

  test.each([
    ['kWh', 'kWh{NCV}'],
    ['kWh{NCV}', 'kWh{GCV}'],
    ['GJ', 'TJ{NCV}'],
    ['m3', 'm3{60F}'],
    ['m3', 't'],
    ['USD{2019}', 'USD{2022}'],
    ['CNY', 'USD{2022}'],
    ['CNY', 'EUR'],
    ['USD', 'USD{2022}'],
    ['t.km', 'km'],
    ['passenger.km', 'vehicle.km'],
    ['t', 'tC'],
  ])('refuses %s → %s', (from, to) => {
    expect(() => convert(1, from, to)).toThrow('incompatible-dimension')
  })

  test('changes nothing between equal units', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(...unitCodes),
        (value, code) => {
          expect(convert(value, code, code)).toBe(value)
        },
      ),
    )
  })

  test('is correctly rounded where one unit is a whole number of the other: kg → t', () => {
    const kilograms = fc.double({ noNaN: true, min: 1e-6, max: 1e12 })
    fc.assert(
      fc.property(kilograms, (kg) => {
        expect(convert(kg, 'kg', 't')).toBe(kg / 1000)
      }),
    )
  })

  test('has whole numbers for every ratio of the list that a double holds exactly', () => {
    for (const [from, to] of pairsOfOneDimension()) {
      const { n, d } = unitOf(from).ratio.div(unitOf(to).ratio)
      expect([BigInt(Number(n)), BigInt(Number(d))], `${from} → ${to}`).toEqual([n, d])
    }
  })

  test('there and back is the amount again, to a rounding or four', () => {
    const pair = fc.constantFrom(...pairsOfOneDimension())
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 1e-9, max: 1e12 }), pair, (value, [from, to]) => {
        expect(Math.abs(convert(convert(value, from, to), to, from) / value - 1)).toBeLessThan(4 * 2 ** -52)
      }),
    )
  })

  test('refuses an amount that would leave the range of doubles', () => {
    expect(() => convert(1e308, 't', 'kg')).toThrow('invalid-number')
    expect(() => convert(5e-324, 'kg', 't')).toThrow('invalid-number')
  })
})

describe('products', () => {
  test('12 t over 350 km are 4200 t.km', () => {
    expect(productIn('t.km', { value: 12, unit: 't' }, { value: 350, unit: 'km' })).toBe(4200)
    expect(productIn('t.km', { value: 12000, unit: 'kg' }, { value: 350000, unit: 'm' })).toBe(4200)
  })

  test('1000 L at 0.84 kg/L are 0.84 t, and back', () => {
    expect(productIn('t', { value: 1000, unit: 'L' }, { value: 0.84, unit: 'kg/L' })).toBe(0.84)
    expect(quotientIn('m3', { value: 0.84, unit: 't' }, { value: 0.84, unit: 'kg/L' })).toBe(1)
  })

  test('there and back through a density is the amount again, to a rounding or eight', () => {
    const inList = (dimension: string) => unitCodes.filter((code) => dimensionOf(code) === dimension)
    const of = (dimension: string) => fc.constantFrom(...inList(dimension))
    const amount = fc.double({ noNaN: true, min: 1e-6, max: 1e9 })
    const drawn = fc.tuple(amount, of('volume'), amount, of('mass/volume'), of('mass'))
    fc.assert(
      fc.property(drawn, ([value, unit, density, per, mass]) => {
        const by = { value: density, unit: per }
        const weighed = productIn(mass, { value, unit }, by)
        const back = quotientIn(unit, { value: weighed, unit: mass }, by)
        expect(Math.abs(back / value - 1)).toBeLessThan(8 * 2 ** -52)
      }),
    )
  })

  test('have whole ratios too, in every pair the methods use but pounds and gallons against calories', () => {
    const uses: [string, string, string][] = [
      ['mass', 'length', 't.km'],
      ['volume', 'mass/volume', 'kg'],
      ['mass', 'energy/mass', 'GJ'],
      ['volume', 'energy/volume', 'GJ'],
      ['mass', 'carbon/mass', 'kgC'],
      ['volume', 'carbon/volume', 'kgC'],
    ]
    const inexact = uses.flatMap(([left, right, to]) =>
      pairsOf(left, right).filter((pair) => !isExact(...pair, to)),
    )
    expect(new Set(inexact.map(([left]) => left))).toEqual(new Set(['lb', 'bbl', 'gal_us']))
    expect(new Set(inexact.map(([, right]) => right))).toEqual(
      new Set(['Mcal/t', 'kcal/kg', 'kJ/m3', 'kcal/m3']),
    )
  })
})

function pairsOf(left: string, right: string): [string, string][] {
  const inList = (dimension: string) => unitCodes.filter((code) => dimensionOf(code) === dimension)
  return inList(left).flatMap((a) => inList(right).map((b): [string, string] => [a, b]))
}

function isExact(left: string, right: string, to: string): boolean {
  const { n, d } = unitOf(left).ratio.mul(unitOf(right).ratio).div(unitOf(to).ratio)
  return n <= 2n ** 53n && d <= 2n ** 53n
}

function pairsOfOneDimension(): [string, string][] {
  return unitCodes.flatMap((from) =>
    unitCodes.filter((to) => dimensionOf(to) === dimensionOf(from)).map((to): [string, string] => [from, to]),
  )
}

function candidatesOf(written: string): unknown {
  try {
    return unitCode(written)
  } catch (thrown) {
    return isProblem(thrown) ? thrown.facts.candidates : thrown
  }
}
