/** Codes of products: their forms, and the check digit that a typing slip breaks. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ProductCode, readProductCodes } from '../../src/certification/product-codes.ts'
import { refusalOf } from '../engine/fixtures.ts'

const one = (system: ProductCode['system'], code: string) => readProductCodes([{ system, code }], '/codes')
const refused = (...codes: readonly ProductCode[]) => {
  const { code, facts } = refusalOf(() => readProductCodes(codes, '/codes'))
  return [code, facts.pointer, facts.part]
}

describe('a GTIN', () => {
  // Published examples: GS1's 8-digit 96385074, UPC-A 036000291452, EAN-13 4006381333931 and the GTIN-14 10614141000415.
  test.each(['96385074', '036000291452', '4006381333931', '10614141000415'])(
    '%s fits its check digit',
    (code) => {
      expect(one('GTIN', code)).toEqual([{ system: 'GTIN', code }])
    },
  )

  test('with any one digit mistyped is refused', () => {
    const digit = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), digit, (place, other) => {
        const code = [...'4006381333931']
        fc.pre(code[place] !== String(other))
        code[place] = String(other)
        expect(refused({ system: 'GTIN', code: code.join('') })).toEqual([
          ...['identifier-invalid', '/codes/0/code', 'check-digit'],
        ])
      }),
    )
  })

  test('has 8, 12, 13 or 14 digits and nothing else', () => {
    expect(refused({ system: 'GTIN', code: '400638133393' + '10' + '1' })).toEqual([
      ...['identifier-invalid', '/codes/0/code', 'length'],
    ])
    expect(refused({ system: 'GTIN', code: '4006381-33393' })[2]).toBe('digits')
  })
})

describe('a classification', () => {
  test('is read as people write it, and kept as digits', () => {
    expect(one('HS', '8414.51')).toEqual([{ system: 'HS', code: '841451' }])
    expect(one('CN', '8414 51 00')).toEqual([{ system: 'CN', code: '84145100' }])
    expect(one('CPC', '44817')).toEqual([{ system: 'CPC', code: '44817' }])
  })

  test.each([
    ['HS', '8414'],
    ['HS', '84145100'],
    ['CN', '841451'],
    ['CPC', '4481'],
  ] as const)('%s %s has the wrong length', (system, code) => {
    expect(refused({ system, code })).toEqual(['identifier-invalid', '/codes/0/code', 'length'])
  })

  test('of the European CN lies under the HS code beside it', () => {
    const cn = { system: 'CN', code: '84145100' } as const
    expect(readProductCodes([{ system: 'HS', code: '8414.51' }, cn], '/codes')).toHaveLength(2)
    expect(refused({ system: 'HS', code: '841459' }, cn)).toEqual([
      ...['identifier-invalid', '/codes/1/code', 'heading'],
    ])
  })

  test('stands once, however it is written', () => {
    expect(refused({ system: 'HS', code: '8414.51' }, { system: 'HS', code: '841451' })).toEqual([
      ...['duplicate-id', '/codes/1', undefined],
    ])
  })
})
