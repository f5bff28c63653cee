/** Several plants as one: what each site made is its weight. */

import { describe, expect, test } from 'vitest'
import type { Plant, Process, ProductInput, SiteData } from '../../../src/engine/types.ts'
import { refusalOf } from '../fixtures.ts'
import { housing, lines, moulding, run, takes, year } from './factory.ts'

/** A second shop: 3000 housings of 6000 kWh. */
const other: SiteData = {
  ...{ id: 'other', name: { en: 'Other shop', zh: null }, period: year.period, keys: [] },
  totals: [{ id: 'power', name: { en: 'Main meter', zh: null }, quantity: { amount: '6000', unit: 'kWh' } }],
  products: [
    {
      ...{ id: 'housing', name: { en: 'Housing', zh: null }, good: { amount: '3000', unit: 'piece' } },
      massPerPiece: { amount: '100', unit: 'g' },
    },
  ],
  splits: [{ totals: ['power'], products: ['housing'] }],
}
const piece = (amount: string) => ({ amount, unit: 'piece' })

function mean(meanOf: readonly Plant[], more: Partial<Process> = {}): ProductInput {
  const there = { ...moulding, id: 'there', site: { site: 'other', product: 'housing' } }
  const processes = [
    { ...moulding, id: 'mean', output: piece('4000'), site: undefined, meanOf },
    { ...moulding, ...more },
    there,
  ]
  return housing({
    ...{ processes, referenceProcess: 'mean', siteData: [year, other] },
    lines: [...lines, takes('electricity', 'power', { total: 'power' }, { id: 'there', process: 'there' })],
  })
}

describe('a mean of plants at sites', () => {
  test('weighs each by its good output: 0.25 × 5.6802 + 0.75 × 2 kWh × 0.5', () => {
    const { total, product } = run(mean([{ from: 'moulding' }, { from: 'there' }]))
    expect(total).toBeCloseTo(0.25 * 5.6802 + 0.75, 12)
    expect(product?.means[0]?.plants.map(({ share }) => share)).toEqual([0.25, 0.75])
  })

  test('of pieces takes no plant whose process is per kilogram', () => {
    const perKilogram = { output: { amount: '1', unit: 'kg' } }
    const refusal = refusalOf(() => run(mean([{ from: 'moulding' }, { from: 'there' }], perKilogram)))
    expect(refusal.code).toBe('incompatible-dimension')
  })

  test('may state what the site says, and nothing else', () => {
    const same = [{ from: 'moulding', output: piece('1000') }, { from: 'there' }]
    expect(run(mean(same)).total).toBe(run(mean([{ from: 'moulding' }, { from: 'there' }])).total)
    const another = [{ from: 'moulding', output: piece('999') }, { from: 'there' }]
    const refusal = refusalOf(() => run(mean(another)))
    expect([refusal.code, refusal.facts.pointer]).toEqual([
      'site-not-balanced',
      '/processes/0/meanOf/0/output',
    ])
  })

  test('needs the output of a plant that is at no site', () => {
    const nowhere = { ...mean([{ from: 'moulding' }, { from: 'blank' }]) }
    const blank = { ...moulding, id: 'blank', site: undefined }
    const processes = [...nowhere.processes.slice(0, 2), blank]
    const own = { ...takes('material', 'resin', {}), id: 'blank', process: 'blank', fromSite: undefined }
    const input = {
      ...{ ...nowhere, processes, siteData: [year] },
      lines: [...lines, { ...own, quantity: { amount: '1', unit: 'kg' } }],
    }
    const refusal = refusalOf(() => run(input))
    expect([refusal.code, refusal.facts.pointer]).toEqual([
      'property-missing',
      '/processes/0/meanOf/1/output',
    ])
  })
})
