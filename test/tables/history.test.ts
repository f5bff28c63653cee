import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrderOfEdition } from '../../src/tables/editions.ts'
import type { PublishedTable } from '../../src/tables/format.ts'
import { editionsOfRow, yearsOfRow } from '../../src/tables/history.ts'
import { madeUpFactor, madeUpTables } from '../web/made-up-table.ts'

const tables = madeUpTables()
const rowOf = (table: PublishedTable, id: string) =>
  table.table.factors.find((factor) => factor.id === id) ?? expect.fail(`no ${id}`)
const amounts = (rows: readonly { factor: { flows: readonly { kg: string }[] } | null }[]) =>
  rows.map(({ factor }) => factor?.flows[0]?.kg ?? null)

describe('a row across editions', () => {
  test('is found in each, from wherever one looks', () => {
    for (const table of tables) {
      expect(amounts(editionsOfRow(tables, table, rowOf(table, 'doubles')))).toEqual(['0.25', '0.25', '0.5'])
    }
  })

  test('that one edition leaves out is a gap there, and found again behind it', () => {
    for (const table of [tables[0], tables[2]] as PublishedTable[]) {
      expect(amounts(editionsOfRow(tables, table, rowOf(table, 'comes-and-goes')))).toEqual(['1', null, '2'])
    }
  })

  test('whose value is zero is no gap', () => {
    expect(
      amounts(editionsOfRow(tables, tables[1] as PublishedTable, rowOf(tables[1] as PublishedTable, 'zero'))),
    ).toEqual(['0', '0', '0'])
  })
})

describe('a row across the years of its edition', () => {
  const year = (id: string, at: number, region = 'CN-FJ') => madeUpFactor(id, { year: at, region })

  test('is every row of its category, family, region and unit, a year each, with gaps between', () => {
    const factors = [year('a', 2020), year('b', 2023), year('c', 2022), year('other', 2021, 'CN-GD')]
    const rows = yearsOfRow(factors, factors[1] as (typeof factors)[number])
    expect(rows.map(({ year: at, factor, gap }) => [at, factor?.id ?? null, gap])).toEqual([
      [2020, 'a', null],
      [2021, null, 'none'],
      [2022, 'c', null],
      [2023, 'b', null],
    ])
  })

  test('has no value for a year with several, and no series where its own year has several', () => {
    const factors = [year('a', 2020), year('b', 2020), year('c', 2021)]
    expect(yearsOfRow(factors, factors[2] as (typeof factors)[number])[0]).toMatchObject({
      factor: null,
      gap: 'several',
    })
    expect(yearsOfRow(factors, factors[0] as (typeof factors)[number])).toEqual([])
  })

  test('has no series of one year', () => {
    expect(yearsOfRow([year('a', 2020)], year('a', 2020))).toEqual([])
  })
})

describe('editions', () => {
  test('stand in the order of their numbers', () => {
    const editions = ['2023.10', '2026', '2023', '2023.2', '3.1', '3.1-r2']
    expect([...editions].sort(inOrderOfEdition)).toEqual([
      '3.1',
      '3.1-r2',
      '2023',
      '2023.2',
      '2023.10',
      '2026',
    ])
  })

  test('have one order, however they are shuffled', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,8}$/)
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(inOrderOfEdition(a, b))).toBe(-Math.sign(inOrderOfEdition(b, a)) + 0)
        if (inOrderOfEdition(a, b) <= 0 && inOrderOfEdition(b, c) <= 0)
          expect(inOrderOfEdition(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
