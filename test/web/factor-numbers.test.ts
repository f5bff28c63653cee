import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { organizationCategories, productCategories } from '../../src/engine/categories.ts'
import { factorCategories } from '../../src/tables/categories.ts'
import { regionName } from '../../src/tables/region-names.ts'
import {
  factorCategoryNames,
  organizationCategoryNames,
  productCategoryNames,
} from '../../src/web/factors/category-words.ts'
import { besideTotal, readable, significant, writeChange } from '../../src/web/factors/numbers.ts'
import { regionCode, unitWritten } from '../../src/web/factors/words.ts'

const space = '\u202f'
const minus = '\u2212'

describe('figures of factors', () => {
  test('computed ones carry six significant digits, and no zeros at their end', () => {
    expect(significant(0.17700987)).toBe('0.17701')
    expect(significant(0.177012345)).toBe('0.177012')
    expect(significant(98979.5)).toBe('98979.5')
    expect(significant(1234567)).toBe('1234570')
    expect(significant(-0.00001234567)).toBe('-0.0000123457')
    expect(significant(0)).toBe('0')
  })

  test('printed ones keep every digit; the long ones of a division are shortened, and say so', () => {
    expect(readable('3033.38067')).toEqual({ text: `3${space}033.38067`, isWhole: true })
    // 0.0009 kg CO2e ÷ 28, kept by the table to 15 digits.
    expect(readable('0.000032142857142857')).toEqual({ text: '0.0000321429', isWhole: false })
    expect(readable('0')).toEqual({ text: '0', isWhole: true })
    expect(readable('0.4211')).toEqual({ text: '0.4211', isWhole: true })
    expect(readable('1.5e-7')).toEqual({ text: '0.00000015', isWhole: true })
  })

  test('never turn into a zero what is none', () => {
    const numbers = fc.double({ min: 1e-12, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(numbers, numbers, (part, total) => {
        expect(Number(significant(part))).toBeGreaterThan(0)
        expect(Number(besideTotal(part, total))).toBeGreaterThan(0)
      }),
    )
  })

  test('parts stand digit under digit with their total, or with the figure they are compared with', () => {
    // UK grid 2025 under AR5: 0.17489 + 0.0009 + 0.00122 = 0.17701.
    expect([0.17489, 0.0009, 0.00122, 0.17701].map((part) => besideTotal(part, 0.17701))).toEqual([
      '0.174890',
      '0.000900',
      '0.001220',
      '0.177010',
    ])
    expect(besideTotal(2.52, 3033.38067, 5)).toBe('2.52000')
    expect(besideTotal(0.0000001234, 1000)).toBe('0.00000012')
    expect(besideTotal(0, 1000)).toBe('0.00')
  })

  test('changes carry a sign and a percent; more than threefold is a multiple', () => {
    // (0.177 − 0.20705) ÷ 0.20705 = −0.14513…
    expect(writeChange((0.177 - 0.20705) / 0.20705)).toBe(`${minus}14.5${space}%`)
    expect(writeChange(0.0291)).toBe(`+2.9${space}%`)
    expect(writeChange(1)).toBe(`+100${space}%`)
    expect(writeChange(2.5)).toBe(`×${space}3.5`)
    expect(writeChange(0)).toBe(`0${space}%`)
    expect(writeChange(-1)).toBe(`${minus}100${space}%`)
  })
})

describe('units and regions', () => {
  test('are written with their signs, and net and gross are told apart', () => {
    expect(
      ['m3', 't.km', 'kWh{NCV}', 'passenger.km', 'km2', '1e4m3'].map((unit) => unitWritten(unit).en),
    ).toEqual(['m³', 't·km', 'kWh (net)', 'passenger·km', 'km²', '10⁴ m³'])
    expect(unitWritten('kWh{GCV}').zh).toBe('kWh（高位）')
    expect(unitWritten('USD{2022}').en).toBe('USD (2022)')
  })

  test('are found by code and by name in either language', () => {
    expect([regionName('CN-FJ').zh, regionName('GB').en, regionName('x-oecd').en]).toEqual([
      '福建',
      'United Kingdom',
      'x-oecd',
    ])
    expect(['福建', 'fujian', 'cn-fj', ' CN-FJ ', 'nowhere'].map(regionCode)).toEqual([
      'CN-FJ',
      'CN-FJ',
      'CN-FJ',
      'CN-FJ',
      'nowhere',
    ])
    expect(['台湾', 'Taiwan', '中国香港', 'macao, china', 'uk'].map(regionCode)).toEqual([
      'TW',
      'TW',
      'HK',
      'MO',
      'GB',
    ])
  })
})

describe('words', () => {
  test('name every category and every kind of activity in both languages', () => {
    const unnamed = (codes: object, names: object) =>
      Object.keys(codes).filter((code) => !Object.hasOwn(names, code))
    expect(unnamed(factorCategories, factorCategoryNames)).toEqual([])
    expect(unnamed(organizationCategories, organizationCategoryNames)).toEqual([])
    expect(unnamed(productCategories, productCategoryNames)).toEqual([])
  })
})
