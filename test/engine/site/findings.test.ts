/** What a verifier must see of a site's year, and what is no reason to refuse it. */

import { describe, expect, test } from 'vitest'
import type { ProductInput } from '../../../src/engine/types.ts'
import { changedIn, housing, lines, run } from './factory.ts'

const findings = (given: Partial<ProductInput>) => run(housing(given)).product?.findings ?? []
const ids = lines.map(({ id }) => id)

test('a year that is told to the end has none', () => {
  expect(findings({})).toEqual([])
})

describe('a balance that is open', () => {
  test('names the process whose pieces nobody can find, and what it takes of the site', () => {
    // 1051 begun, 1000 good and 50 scrap: one is missing.
    const given = changedIn('products', 0, { started: { amount: '1051', unit: 'piece' } })
    expect(findings(given)).toEqual([
      { code: 'site-balance-open', lines: ids, processes: ['moulding'], share: 1 },
    ])
  })
})

describe('scrap that left', () => {
  test('and stands on no line', () => {
    expect(findings({ lines: lines.slice(0, -1) })).toEqual([
      { code: 'site-scrap-untold', lines: [], processes: ['moulding'], share: null },
    ])
  })

  test('is none where all of it was reground', () => {
    const given = changedIn('products', 0, { regrind: { amount: '5', unit: 'kg' } })
    expect(findings({ ...given, lines: lines.slice(0, -1) })).toEqual([])
  })
})

describe('a split by revenue', () => {
  test('names the lines that take of it', () => {
    const [finding] = findings(changedIn('keys', 0, { kind: 'revenue', unit: 'CNY' }))
    // 6 kWh × 0.5 of 5.6802 kg.
    expect(finding).toEqual({
      ...{ code: 'site-split-by-revenue', lines: ['electricity power'], processes: ['moulding'] },
      share: expect.closeTo(3 / 5.6802, 12),
    })
  })
})
