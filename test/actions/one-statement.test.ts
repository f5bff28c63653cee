/** What a product's definition and its calculation both say is said once, or refused. */

import { describe, expect, test } from 'vitest'
import { oneStatement } from '../../src/actions/footprints/one-statement.ts'
import type { FootprintDefinition } from '../../src/ports/footprints.ts'
import { inventory, product, refusalOf } from '../engine/fixtures.ts'

const rules = { id: 'PCR-1', edition: '2', operator: 'Example' }
const title = { en: 'Fans', zh: '风机' }
const validity = { start: '2020-01-01', end: '2030-01-01' }
const exclusion = { what: 'Screws', reason: 'Below a thousandth', estimatedShare: '0.001' }
const { lines: _, ...system } = product([{ id: 'fan', output: { amount: '1', unit: 'piece' } }], [], {
  productCategoryRules: { ...rules, title, validity, binds: {} },
  exclusions: [{ ...exclusion, stage: 'production' }],
})
const face = { name: { en: 'A', zh: null }, address: null }
const definition: FootprintDefinition = {
  ...{ title: 'Fan', scheme: { id: 'egret-development', version: '1.0' }, boundary: 'cradle-to-gate' },
  ...{
    responsibleParty: face,
    manufacturer: null,
    factory: null,
    intendedUsers: null,
    product: null,
    sites: [],
  },
  ...{ exclusions: [], productCategoryRules: null, calculation: system },
}

describe('a product’s definition', () => {
  test('takes the rules and the exclusions of its calculation', () => {
    expect(oneStatement(definition)).toMatchObject({
      productCategoryRules: { ...rules, title },
      exclusions: [exclusion],
    })
  })

  test('may say the same itself, and keeps a title that only it gives', () => {
    const { title: __, ...untitled } = system.productCategoryRules as NonNullable<
      typeof system.productCategoryRules
    >
    const same = { ...definition, productCategoryRules: { ...rules, title }, exclusions: [exclusion] }
    expect(oneStatement(same)).toEqual(same)
    const calculation = { ...system, productCategoryRules: untitled }
    expect(oneStatement({ ...same, calculation }).productCategoryRules?.title).toEqual(title)
    expect(oneStatement({ ...definition, calculation }).productCategoryRules?.title).toEqual({
      en: 'PCR-1',
      zh: null,
    })
  })

  test.each([
    ['/productCategoryRules', { productCategoryRules: { ...rules, edition: '3', title } }],
    ['/exclusions', { exclusions: [{ ...exclusion, estimatedShare: '0.002' }] }],
  ] as const)('that says something else is refused at %s', (pointer, changes) => {
    const { code, facts } = refusalOf(() => oneStatement({ ...definition, ...changes }))
    expect([code, facts.pointer]).toEqual(['invalid-request', pointer])
  })

  test('of an organization, and one whose calculation says nothing, stay as they are', () => {
    const { lines: __, ...calculation } = inventory([])
    const own = { ...definition, exclusions: [exclusion], calculation }
    expect(oneStatement(own)).toEqual(own)
    const silent = {
      ...own,
      calculation: { ...system, productCategoryRules: undefined, exclusions: undefined },
    }
    expect(oneStatement(silent)).toEqual(silent)
  })
})
