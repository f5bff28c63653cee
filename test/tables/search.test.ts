/** What a row is found by, and what is asked: both folded alike, and cut into the same words. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoted, waysToMatch } from '../../src/db/search-query.ts'
import { fold, wordsOf } from '../../src/tables/fold.ts'
import { regionName } from '../../src/tables/region-names.ts'
import { factorLexemes, remotenessOf } from '../../src/tables/search-lexemes.ts'
import { factor } from '../factors/bundled.ts'

describe('fold', () => {
  test('takes full width, capitals, accents, small figures and traditional characters for the same', () => {
    expect(fold('Ｒ－４１０Ａ')).toBe('r-410a')
    expect(fold('CO₂ m³ Crème')).toBe('co2 m3 creme')
    expect(fold('電力 天然氣 廢紙 廣東')).toBe('电力 天然气 废纸 广东')
  })

  test('of what was folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})

describe('wordsOf', () => {
  test('keeps a word with joiners whole and in parts, and divides it from Chinese', () => {
    expect(wordsOf('R-410A制冷剂, PM2.5')).toEqual([
      { kind: 'word', parts: ['r', '410a'], joined: 'r410a' },
      { kind: 'run', text: '制冷剂' },
      { kind: 'word', parts: ['pm2', '5'], joined: 'pm25' },
    ])
  })

  test('finds none in punctuation', () => {
    expect(wordsOf("%_\\ '|&!()<->:* ·。、 \u200b")).toEqual([])
  })
})

const fujian = factor('cn-electricity-co2', 'cn-grid-co2-2023-fj')

describe('the lexemes of a row', () => {
  const lexemes = new Set(factorLexemes('cn-electricity-co2', '2023', fujian))

  test('are its id, names, kind, region in both languages, and facets, each marked with its place', () => {
    for (const expected of [
      '#cn-grid-co2-2023-fj',
      'n福建',
      'n福',
      'nfujian',
      'k福建',
      'kfujian',
      'kelectricity',
      'k电力',
    ]) {
      expect(lexemes, expected).toContain(expected)
    }
    for (const facet of ['@region=CN-FJ', '@year=2023', '@gas=CO2', '@unit=kWh', '@confirmation=primary']) {
      expect(lexemes, facet).toContain(facet)
    }
    expect(lexemes).toContain('w中国')
  })

  test('hold of a path the group and the item as names, not the variant', () => {
    const name = { en: 'Passenger vehicles: Cars (by size) / Small car / Diesel', zh: null }
    const path = factorLexemes('t', '1', { ...fujian, name })
    expect(path).toContain('=small car ')
    expect(path).toContain('=cars by size ')
    expect(path).not.toContain('=diesel ')
    expect(path).toContain('ndiesel')
  })

  test('hold of a Chinese name with its year in front the rest as a name too', () => {
    expect(lexemes).toContain('=2023 年福建省级电力平均二氧化碳排放因子 ')
    expect(lexemes).toContain('=福建省级电力平均二氧化碳排放因子 ')
  })

  test('find by a region what does not name it', () => {
    const unnamed = factorLexemes('t', '1', { ...fujian, name: { en: 'Grid electricity', zh: null } })
    expect(unnamed).toEqual(expect.arrayContaining(['k福建', 'kfujian']))
    expect(regionName('GB')).toEqual({ en: 'United Kingdom', zh: '英国' })
  })
})

describe('the name of a region', () => {
  test('is its own, of a part without one its country’s and its code, of a private aggregate its code', () => {
    expect(regionName('CN-FJ')).toEqual({ en: 'Fujian', zh: '福建' })
    expect(regionName('US-x-AKGD')).toEqual({ en: 'United States AKGD', zh: '美国 AKGD' })
    expect(regionName('x-oecd')).toEqual({ en: 'x-oecd', zh: 'x-oecd' })
  })

  test('is that of Chinese official usage, by either code, and the short one finds it', () => {
    for (const [code, en, zh, short] of [
      ['HK', 'Hong Kong, China', '中国香港', '香港'],
      ['MO', 'Macao, China', '中国澳门', '澳门'],
      ['TW', 'Taiwan, China', '中国台湾', '台湾'],
    ] as const) {
      expect(regionName(code)).toEqual({ en, zh })
      expect(regionName(`CN-${code}`)).toEqual({ en, zh })
      expect(factorLexemes('t', '1', { ...fujian, region: code })).toContain(`k${short}`)
    }
  })
})

describe('remoteness', () => {
  test('is less for the fuel than for its supply, for the country than for its parts, for China asked in Chinese', () => {
    const row = {
      name: { en: 'Fuels: Liquid fuels / Diesel', zh: '柴油' },
      category: 'fuel-combustion-liquid',
      family: 'combustion',
      region: 'CN',
    } as const
    const near = remotenessOf(row)
    for (const family of ['upstream', 'electricity-carbon-market', 'electricity-marginal'] as const)
      expect(remotenessOf({ ...row, family }).en, family).toBe(near.en + 2)
    expect(remotenessOf({ ...row, name: { ...row.name, zh: '2023年柴油' } })).toEqual(near)
    expect(remotenessOf({ ...row, region: 'CN-FJ' }).en).toBeGreaterThan(near.en)
    expect(remotenessOf({ ...row, region: 'GB' })).toEqual({ en: near.en, zh: near.zh + 3 })
  })
})

describe('waysToMatch', () => {
  test('has none for what holds no word', () => {
    expect(waysToMatch('%_\\ | !', [])).toEqual([])
  })

  test('writes nothing that was typed outside of quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        for (const { condition } of waysToMatch(text, [])) {
          const outside = condition.replace(/'(?:[^'\\]|''|\\\\)*'/g, '')
          expect(outside).toMatch(/^[ &|!():*]*$/)
        }
      }),
    )
  })

  test('begins with the id and narrows every way', () => {
    const ways = waysToMatch('Diesel', ['@year=2026'])
    expect(ways[0]?.condition).toBe("'@year=2026' & '#diesel'")
    expect(ways.every(({ condition }) => condition.startsWith("'@year=2026' & "))).toBe(true)
    expect(ways.map(({ place }) => place)).toEqual([0, 1, 3, 4, 5, 6, 7])
  })

  test('asks of Chinese words whether a row’s kind says what its name says, of single characters and others not', () => {
    const places = (text: string) => waysToMatch(text, []).map(({ place }) => place)
    expect(places('英国 电力')).toContain(2)
    expect(waysToMatch('电力', [])[2]?.condition).toMatch(/^\('n电力' & 'k电力'\) & /)
    for (const text of ['煤', '电力 2023', 'diesel']) expect(places(text), text).not.toContain(2)
  })

  test('takes a single character for the beginning of a name only as a whole run', () => {
    expect(waysToMatch('煤', [])[2]?.condition).toMatch(/^\('=煤 ':\*/)
    expect(waysToMatch('柴油', [])[3]?.condition).toMatch(/^\('=柴油':\*/)
  })

  test('quotes quotes and backslashes', () => {
    expect(quoted("a'b\\c")).toBe("'a''b\\\\c'")
  })
})
