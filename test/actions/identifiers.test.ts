/** Identifiers that check themselves, against published numbers. */

import { describe, expect, test } from 'vitest'
import { checkCreditCode, checkResidentNumber } from '../../src/actions/parties/identifiers.ts'

describe('unified social credit code (GB 32100-2015)', () => {
  test('accepts codes that companies print', () => {
    // Published by Tencent and by Huawei in their annual reports.
    for (const code of ['9144030071526726XG', '914403001922038216']) {
      expect(() => checkCreditCode(code, '/code')).not.toThrow()
    }
  })

  test('has a check digit derived by hand', () => {
    // 350200 is Xiamen. Digits of 91350200000000000: 9,1,3,5,0,2,0,…; weights 3^i mod 31: 1,3,9,27,19,26,…
    // Σ = 9×1 + 1×3 + 3×9 + 5×27 + 0×19 + 2×26 = 226; 226 mod 31 = 9; 31 − 9 = 22 → alphabet[22] = 'N'.
    expect(() => checkCreditCode('91350200000000000N', '/code')).not.toThrow()
    expect(() => checkCreditCode('91350200000000000M', '/code')).toThrow('identifier-invalid')
  })

  test('refuses every single slip of one character', () => {
    const good = '9144030071526726XG'
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    for (let at = 0; at < good.length; at++) {
      for (const other of alphabet) {
        if (other === good[at]) continue
        const slip = good.slice(0, at) + other + good.slice(at + 1)
        expect(() => checkCreditCode(slip, '/code'), slip).toThrow('identifier-invalid')
      }
    }
  })

  test('refuses letters that the standard leaves out, and other lengths', () => {
    for (const code of ['9144030071526726IG', '9144030071526726xg', '9144030071526726X', '']) {
      expect(() => checkCreditCode(code, '/code'), code).toThrow('identifier-invalid')
    }
  })
})

describe('resident identity number (GB 11643-1999)', () => {
  test('accepts the two examples of the standard', () => {
    expect(() => checkResidentNumber('11010519491231002X', '/n')).not.toThrow()
    expect(() => checkResidentNumber('440524188001010014', '/n')).not.toThrow()
  })

  test('refuses a wrong check character', () => {
    expect(() => checkResidentNumber('110105194912310021', '/n')).toThrow('identifier-invalid')
  })
})
