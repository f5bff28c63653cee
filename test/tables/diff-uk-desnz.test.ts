/**
 * The UK's three editions, compared once by the diff and once here, straight from the CSV text: by our files, and by the
 * collected source files where they are at hand (beside `EGRET_CASES`, preset `../shared/cases`).
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type DiffEntry, diffTables, type TableDiff } from '../../src/tables/diff.ts'
import { gwpSet, root, tables } from '../factors/bundled.ts'

type Cells = Readonly<Record<string, string>>

/** Rows by id without `desnz-<year>-`, read by a splitter of our own: every quote is doubled, no cell holds a line end. */
function rowsOf(path: string, year: string): ReadonlyMap<string, Cells> {
  const [header = [], ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/).map(cellsOf)
  const records = rows.map(
    (row): Cells => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])),
  )
  const prefix = `desnz-${year}-`
  return new Map(
    records.map((record) => [(record.id ?? record.factor_id ?? '').slice(prefix.length), record]),
  )
}

function cellsOf(line: string): string[] {
  const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

const ours = (year: string) => rowsOf(join(root, 'uk-desnz', year, 'factors.csv'), year)
const folder = join(process.env.EGRET_CASES ?? '../shared/cases', '../factors')
const source = (year: string) => rowsOf(join(folder, `desnz-uk-${year}.csv`), year)

const diffs = new Map<string, TableDiff>()
function diffOf(a: string, b: string): TableDiff {
  const version = (name: string) =>
    tables.find(({ table }) => table.table === 'uk-desnz' && table.version === name)!
  const made = diffs.get(`${a} ${b}`) ?? diffTables(version(a), version(b), gwpSet('ipcc-ar6').set)
  diffs.set(`${a} ${b}`, made)
  return made
}

const editions = [
  ['2024', '2025'],
  ['2025', '2026'],
  ['2024', '2026'],
] as const
const key = (id: string | null) => id?.replace(/^desnz-\d{4}-/, '') ?? ''
const entriesByKey = ({ entries }: TableDiff) =>
  new Map<string, DiffEntry>(entries.map((entry) => [key(entry.to ?? entry.from), entry]))

/** Columns in which moving to another edition is no change. */
const editionColumns = new Set(['id', 'year', 'source_id', 'source_locator'])
/** As numbers where they are: a zero more at the end says nothing. */
const same = (a: string, b: string) => a === b || (a !== '' && b !== '' && Number(a) === Number(b))
const differs = (before: Cells, after: Cells, [a, b]: readonly [string, string]) =>
  Object.keys(before)
    .filter((column) => !editionColumns.has(column))
    .some((column) => {
      const [from, to] = [before[column]!, after[column]!]
      return column === 'notes' ? from.replaceAll(a, '@') !== to.replaceAll(b, '@') : !same(from, to)
    })

describe.each(editions)('uk-desnz %s → %s', (a, b) => {
  test('counts what the CSV texts say', () => {
    const [before, after] = [ours(a), ours(b)]
    const common = [...before].filter(([id]) => after.has(id))
    const changed = common.filter(([id, row]) => differs(row, after.get(id)!, [a, b]))
    const { counts, entries } = diffOf(a, b)
    expect(counts).toEqual({
      added: after.size - common.length,
      removed: before.size - common.length,
      changed: changed.length,
      unchanged: common.length - changed.length,
    })
    const listed = entries.filter(({ kind }) => kind === 'changed').map(({ to }) => key(to))
    expect(new Set(listed)).toEqual(new Set(changed.map(([id]) => id)))
  })

  test('tells every value that moved, from what to what', () => {
    const [before, after, told] = [ours(a), ours(b), entriesByKey(diffOf(a, b))]
    let moved = 0
    for (const [id, row] of before) {
      const [from, to] = [row.stated_co2e_kg!, after.get(id)!.stated_co2e_kg!]
      if (from === '' || Number(from) === Number(to)) continue
      moved += 1
      expect(told.get(id)?.value, id).toMatchObject({ from, to, of: 'stated-co2e', basis: 'AR5' })
      const expected = Number(from) === 0 ? null : (Number(to) - Number(from)) / Math.abs(Number(from))
      expect(told.get(id)?.relativeChange, id).toBe(expected)
    }
    expect(moved).toBeGreaterThan(1000)
  })

  test('puts the largest mover first, and after it never a larger one', () => {
    const sizes = diffOf(a, b)
      .entries.map(({ relativeChange }) => relativeChange)
      .filter((x) => x !== null)
    expect(sizes.every((size, at) => at === 0 || Math.abs(size) <= Math.abs(sizes[at - 1]!))).toBe(true)
    const [before, after] = [ours(a), ours(b)]
    const largest = [...before].reduce((most, [id, row]) => {
      const [from, to] = [Number(row.stated_co2e_kg), Number(after.get(id)!.stated_co2e_kg)]
      return row.stated_co2e_kg === '' || from === 0
        ? most
        : Math.max(most, Math.abs(to - from) / Math.abs(from))
    }, 0)
    expect(Math.abs(sizes[0]!)).toBe(largest)
  })
})

describe('uk-desnz', () => {
  test('moved most in 2026 for international rail, and in 2025 for the upstream of liquid biomethane', () => {
    // (0.01135 − 0.00446) ÷ 0.00446 = 1.5448…; (1.17125 − 0.51989) ÷ 0.51989 = 1.2528…
    expect(diffOf('2025', '2026').entries[0]).toMatchObject({
      name: { en: 'Business travel- land: Rail / International rail' },
      value: { from: '0.00446', to: '0.01135', unit: 'passenger.km' },
      relativeChange: expect.closeTo(1.5448, 4),
    })
    expect(diffOf('2024', '2025').entries[0]).toMatchObject({
      name: { en: 'WTT- bioenergy: WTT- biofuel / Biomethane (liquified)' },
      value: { from: '0.51989', to: '1.17125', unit: 'kg' },
      relativeChange: expect.closeTo(1.2529, 4),
    })
  })

  test('names the five rows that 2026 is the first to have', () => {
    const added = diffOf('2025', '2026').entries.filter(({ kind }) => kind === 'added')
    expect(added.map(({ to }) => to)).toEqual(
      ['48-10', '48-5', '48-6', '52-10', '52-6'].map((at) => `desnz-2026-new-waste-disposal-${at}`),
    )
  })

  test('of 2024 was copied by someone else and is surer since, which changes every row and moves none', () => {
    const { entries } = diffOf('2024', '2025')
    expect(entries).toHaveLength(2672)
    expect(entries.every(({ changes }) => changes.some(({ field }) => field === 'confirmation'))).toBe(true)
    // 1,370 rows print another CO2e, ten of biogenic CO2 alone another mass: counted in the source files.
    expect(entries.filter(({ relativeChange }) => relativeChange !== 0)).toHaveLength(1380)
  })
})

const isAtHand = existsSync(join(folder, 'desnz-uk-2026.csv'))
describe.skipIf(!isAtHand).each(editions)('the source files of uk-desnz %s → %s', (a, b) => {
  test('move in the rows the diff names, and in no other', () => {
    const [before, after, told] = [source(a), source(b), entriesByKey(diffOf(a, b))]
    const numbers = ['co2e_kg', 'co2_kg', 'ch4_kg', 'n2o_kg', 'co2_biogenic_kg', 'other_gas_json']
    const moved = [...before].filter(([id, row]) =>
      numbers.some((column) => !same(row[column]!, after.get(id)![column]!)),
    )
    const isAmount = /^(?:flows\.|statedCo2eKg)/
    const named = [...told].filter(([, { changes }]) => changes.some(({ field }) => isAmount.test(field)))
    expect(new Set(named.map(([id]) => id))).toEqual(new Set(moved.map(([id]) => id)))
    for (const [id, row] of moved.filter(([, row]) => row.co2e_kg !== '')) {
      expect(told.get(id)?.value, id).toMatchObject({ from: row.co2e_kg, to: after.get(id)!.co2e_kg })
    }
  })
})
