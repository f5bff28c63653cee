/** Rows of UK waste disposal through the engine: a company's report takes them, no product does, however it asks. */

import { describe, expect, test } from 'vitest'
import { calculate, productCategories } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationContext, FactorChoice, ProductInput } from '../../src/engine/types.ts'
import { inventory, product, refusalOf } from '../engine/fixtures.ts'
import { gwpSet, table } from './bundled.ts'

const editions = ['2024', '2025', '2026'] as const
type Edition = (typeof editions)[number]

const rowsOf = (version: Edition) =>
  table('uk-desnz', version).table.factors.filter(({ family }) => family === 'waste-collection')

const context = (version: Edition): CalculationContext => ({
  tables: [table('uk-desnz', version).table],
  gwpSet: gwpSet('ipcc-ar5').set,
})

const pinned = (version: Edition) => ({
  ...{ period: { start: `${version}-01-01`, end: `${Number(version) + 1}-01-01` }, region: 'GB' },
  ...{ gwpSet: { id: 'ipcc-ar5', version: '2013' }, factorTables: [{ table: 'uk-desnz', version }] },
})

const tonne = { amount: '1', unit: 't' }

/** A chair from cradle to grave, of which some waste is asked for by factors. */
function chair(
  version: Edition,
  choices: readonly FactorChoice[],
  category = 'waste-treatment',
): ProductInput {
  const lines = choices.map((factor, place): ActivityLine => {
    return { id: `waste ${place}`, category, process: 'thrown away', quantity: tonne, factor }
  })
  const processes = [
    { id: 'thrown away', output: { amount: '1', unit: 'kg' }, stage: 'end-of-life' as const },
  ]
  return product(processes, lines, { boundary: 'cradle-to-grave', ...pinned(version) })
}

const refusedAs = (input: ProductInput, version: Edition) => {
  const { code, facts } = refusalOf(() => calculate(input, context(version)))
  const { others = [], ...first } = facts as { others?: readonly Readonly<Record<string, unknown>>[] }
  return [{ code, ...first }, ...others] as readonly Readonly<Record<string, unknown>>[]
}

describe.each(editions)('UK waste disposal of %s', (version) => {
  test('as end of life of a product is refused, each row by its name, with what to do instead', () => {
    const rows = rowsOf(version)
    expect(rows).toHaveLength(version === '2026' ? 139 : 134)
    for (let first = 0; first < rows.length; first += 50) {
      const some = rows.slice(first, first + 50)
      const refusals = refusedAs(
        chair(
          version,
          some.map(({ id }) => ({ id })),
        ),
        version,
      )
      expect(refusals).toHaveLength(some.length)
      for (const [place, { id }] of some.entries()) {
        expect(refusals[place]).toMatchObject({
          code: 'wrong-family',
          pointer: `/lines/${place}/factor`,
          ...{ family: 'waste-collection', category: 'waste-treatment', families: ['end-of-life'] },
        })
        const { detail } = refusals[place] as { detail: string }
        expect(detail).toContain(`Factor "${id}" is of family waste-collection`)
        expect(detail).toContain('not the treatment')
        expect(detail).toContain('Use a factor of family end-of-life, or name under "to" a process')
      }
    }
  })

  test('is taken by no other category of a product either', () => {
    const [{ id } = { id: '' }] = rowsOf(version)
    const codes = Object.keys(productCategories).map((category) => {
      const input = {
        ...chair(version, [{ id }], category),
        capitalGoods: { choice: 'included', reason: 'Bought for the chair' } as const,
      }
      return refusedAs(input, version)[0]?.code
    })
    expect(new Set(codes)).toEqual(new Set(['wrong-family']))
  })

  test('is found by no selector of a product', () => {
    const choices: readonly FactorChoice[] = [
      { table: 'uk-desnz' },
      { factorCategory: 'waste-landfill' },
      { family: 'waste-collection' },
    ]
    const refusals = refusedAs(chair(version, choices), version)
    expect(refusals.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unknown-factor', '/lines/0/factor'],
      ['unknown-factor', '/lines/1/factor'],
      ['wrong-family', '/lines/2/factor'],
    ])
  })

  test('counts in a company’s scope 3, row by row as published', () => {
    const lines = rowsOf(version).map(({ id }): ActivityLine => {
      return { id, category: 'waste-generated-in-operations', quantity: tonne, factor: { id } }
    })
    const result = calculate(inventory(lines, [], pinned(version)), context(version))
    const published = new Map(rowsOf(version).map(({ id, statedCo2eKg }) => [id, Number(statedCo2eKg)]))
    for (const { id, kgCo2e } of result.lines) expect(kgCo2e, id).toBe(published.get(id))
  })
})
