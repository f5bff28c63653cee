/** Two versions of a table held against each other: which rows are one row, what counts as a change, and in which order it is told. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publishedTable } from '../../src/tables/canonical.ts'
import { type DiffEntry, diffTables, matchRows } from '../../src/tables/diff.ts'
import type { PublishedFactor, PublishedTable } from '../../src/tables/format.ts'
import { gwpSet, table } from '../factors/bundled.ts'

const ar6 = gwpSet('ipcc-ar6').set
const facts = table('uk-desnz', '2025').facts

/** A row of an edition that prints CO2e and its gases on AR5. */
function row(edition: string, key: string, members: Partial<PublishedFactor> = {}): PublishedFactor {
  return {
    id: `desnz-${edition}-${key}`,
    name: { en: `Fuel ${key}`, zh: `燃料 ${key}` },
    category: 'fuel-combustion-gas',
    family: 'combustion',
    region: 'GB',
    year: Number(edition.slice(0, 4)),
    unit: 'kWh',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '2' }],
    gwpBasis: 'AR5',
    statedCo2eKg: '2',
    gasesNotCovered: [],
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source: { id: `DESNZ-${edition}`, locator: `sheet Fuels ${edition}, row ${key}` },
    notes: null,
    uncertainty: null,
    acknowledged: {},
    ...members,
  }
}

function version(
  edition: string,
  factors: readonly PublishedFactor[],
  fuels: PublishedTable['table']['fuels'] = [],
) {
  return publishedTable({ ...facts, version: edition }, { factors, fuels })
}

/** The only entry of the diff of two one-row versions. */
function entryOf(older: Partial<PublishedFactor>, newer: Partial<PublishedFactor>): DiffEntry | undefined {
  const diff = diffTables(
    version('2025', [row('2025', 'a', older)]),
    version('2026', [row('2026', 'a', newer)]),
    ar6,
  )
  expect(diff.entries.length).toBe(diff.counts.changed)
  return diff.entries[0]
}

const stated = (kg: string) => ({ statedCo2eKg: kg, flows: [{ kind: 'fossil', gas: 'CO2e', kg }] }) as const
const masses = (gases: Record<string, string>, kind = 'fossil') =>
  ({
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    flows: Object.entries(gases).map(([gas, kg]) => ({ kind, gas, kg })),
  }) as Partial<PublishedFactor>

describe('rows of two versions', () => {
  test('are one row when their ids are, and when only the edition in them differs', () => {
    const older = version('2025', [
      row('2025', '1_100'),
      row('2025', 'gone'),
      { ...row('2025', 'x'), id: 'kept' },
    ])
    const newer = version('2026', [
      row('2026', '1_100'),
      row('2026', 'new'),
      { ...row('2026', 'x'), id: 'kept' },
    ])
    const { pairs, added, removed } = matchRows(older, newer)
    expect(pairs.map(({ older, newer }) => [older.id, newer.id])).toEqual([
      ['desnz-2025-1_100', 'desnz-2026-1_100'],
      ['kept', 'kept'],
    ])
    expect(added.map(({ id }) => id)).toEqual(['desnz-2026-new'])
    expect(removed.map(({ id }) => id)).toEqual(['desnz-2025-gone'])
  })

  test('take the edition out as a whole token only', () => {
    const older = version('2025', [{ ...row('2025', 'a'), id: 'sheet-12025-a' }])
    const newer = version('2026', [{ ...row('2026', 'a'), id: 'sheet-12026-a' }])
    expect(matchRows(older, newer).pairs).toEqual([])
  })

  test('keep a number that looks like an edition further on in the id', () => {
    const ids = ['1_2025_15', '1_2026_15']
    const older = version(
      '2025',
      ids.map((key) => row('2025', key)),
    )
    const newer = version(
      '2026',
      ids.map((key) => row('2026', key)),
    )
    const pairs = matchRows(older, newer).pairs.map((pair) => [pair.older.id, pair.newer.id])
    expect(pairs).toEqual(ids.map((key) => [`desnz-2025-${key}`, `desnz-2026-${key}`]))
  })

  test('are matched by equal ids before anything else', () => {
    const ids = (edition: string, names: readonly string[]) =>
      version(
        edition,
        names.map((id) => ({ ...row(edition, id), id })),
      )
    const older = ids('2025', ['grid-2024', 'grid-2025'])
    const { pairs, added, removed } = matchRows(older, ids('2026', ['grid-2025', 'grid-2026']))
    expect(pairs.map(({ older, newer }) => [older.id, newer.id])).toEqual([['grid-2025', 'grid-2025']])
    expect([added, removed].map(([item]) => item?.id)).toEqual(['grid-2026', 'grid-2024'])
  })
})

describe('a row that moved to the next edition', () => {
  test('and to its own place in the next document is unchanged', () => {
    const place = { source: { id: 'DESNZ-2026', locator: 'sheet Bioenergy, cell D7' } }
    expect(
      entryOf({ notes: 'As printed in 2025.' }, { ...place, notes: 'As printed in 2026.' }),
    ).toBeUndefined()
  })

  test('is changed by a confirmation, and says so', () => {
    const entry = entryOf({ confirmation: 'secondary' }, {})
    expect(entry?.changes).toEqual([{ field: 'confirmation', from: 'secondary', to: 'primary' }])
    expect(entry?.relativeChange).toBe(0)
  })

  test('is changed by another place in the same document, by another document, and by a name', () => {
    const book = { id: 'BOOK', locator: 'page 12' }
    const fields = (older: Partial<PublishedFactor>, newer: Partial<PublishedFactor>) =>
      entryOf(older, newer)?.changes.map(({ field }) => field)
    // The name of one edition stands in both, by chance: nothing changed, and no entry is told.
    const cell = { id: 'BOOK', locator: 'row 2025' }
    expect(fields({ source: cell }, { source: cell })).toBeUndefined()
    expect(fields({ source: book }, { source: { ...book, locator: 'page 13' } })).toEqual(['source.locator'])
    expect(fields({}, { source: book })).toEqual(['source.id', 'source.locator'])
    expect(fields({}, { name: { en: 'Fuel a', zh: null } })).toEqual(['name.zh'])
    expect(fields({}, { family: 'process', category: 'purchased-co2' })).toEqual(['category', 'family'])
    expect(fields({}, { gasesNotCovered: ['N2O', 'CH4'] })).toEqual(['gasesNotCovered'])
    expect(fields({ gasesNotCovered: ['CH4', 'N2O'] }, { gasesNotCovered: ['N2O', 'CH4'] })).toBeUndefined()
    expect(fields({}, { year: 2024 })).toEqual(['year'])
    expect(fields({ notes: '0.2025 kg' }, { notes: '0.2026 kg' })).toEqual(['notes'])
  })

  test('is not changed by zeros at the end of a number', () => {
    expect(entryOf({ statedCo2eKg: '2' }, { statedCo2eKg: '2.000' })).toBeUndefined()
  })

  test('is changed by any member there is, known to this file or not', () => {
    const entry = entryOf({}, { somethingNew: 'yes' } as Partial<PublishedFactor>)
    expect(entry?.changes).toEqual([{ field: 'somethingNew', from: null, to: 'yes' }])
  })
})

describe('the value of a changed row', () => {
  test('is the CO2e that both state on one basis', () => {
    const entry = entryOf(stated('2'), stated('2.5'))
    expect(entry?.value).toEqual({ from: '2', to: '2.5', of: 'stated-co2e', basis: 'AR5', unit: 'kWh' })
    // (2.5 − 2) ÷ 2
    expect(entry?.relativeChange).toBe(0.25)
  })

  test('is weighed from gases where the bases differ', () => {
    const gases = [
      { kind: 'fossil', gas: 'CO2', kg: '1' },
      { kind: 'fossil', gas: 'N2O', kg: '0.01' },
    ] as const
    const entry = entryOf({ flows: gases, statedCo2eKg: '3.65' }, { ...masses({ CO2: '2', N2O: '0.01' }) })
    // AR6: 1 + 0.01 × 273 = 3.73 and 2 + 2.73 = 4.73
    expect(entry?.value).toMatchObject({
      of: 'weighed-co2e',
      basis: 'ipcc-ar6 2021',
      from: '3.73',
      to: '4.73',
    })
    expect(entry?.relativeChange).toBeCloseTo(1 / 3.73, 12)
  })

  test('is a mass where nothing in it counts as CO2e, and that of the gas that moved most', () => {
    const biogenic = entryOf(masses({ CO2: '100' }, 'biogenic'), masses({ CO2: '90' }, 'biogenic'))
    expect(biogenic?.value).toMatchObject({ of: 'gas-mass', basis: 'biogenic CO2', from: '100', to: '90' })
    expect(biogenic?.relativeChange).toBe(-0.1)
    const pollutants = entryOf(
      masses({ SO2: '4', NOx: '4' }, 'pollutant'),
      masses({ SO2: '5', NOx: '2' }, 'pollutant'),
    )
    expect(pollutants?.value).toMatchObject({ basis: 'pollutant NOx', from: '4', to: '2' })
    expect(pollutants?.relativeChange).toBe(-0.5)
  })

  test('is null where nothing can be held against each other, never zero', () => {
    const nothing = { from: null, to: null, of: 'none', basis: null }
    const other = entryOf({ gwpBasis: 'AR4', ...stated('2') }, stated('2'))
    expect([other?.value, other?.relativeChange]).toMatchObject([nothing, null])
    const dimension = entryOf({}, { unit: 't' })
    expect([dimension?.value, dimension?.relativeChange]).toMatchObject([nothing, null])
    expect(dimension?.changes.map(({ field }) => field)).toEqual(['flows.fossil.CO2', 'statedCo2eKg', 'unit'])
  })

  test('is null where one edition states a gas that the other does not cover: a gap is no zero that grew', () => {
    const older = { ...masses({ CO2: '2' }), gasesNotCovered: ['CH4', 'N2O'] }
    const newer = masses({ CO2: '2', CH4: '0.1', N2O: '0' })
    for (const entry of [entryOf(older, newer), entryOf(newer, older)]) {
      expect(entry?.value).toMatchObject({ from: null, to: null, of: 'none' })
      expect(entry?.relativeChange).toBeNull()
    }
    expect(entryOf(older, newer)?.changes).toContainEqual({
      field: 'flows.fossil.CH4',
      from: null,
      to: '0.1',
    })
    // What neither covers stands in neither sum: 2 to 3 kg of CO2.
    const both = entryOf(older, { ...masses({ CO2: '3' }), gasesNotCovered: ['N2O'] })
    expect(both?.value).toMatchObject({ from: '2', to: '3', of: 'weighed-co2e' })
  })

  test('from zero has both values and no relative change', () => {
    const entry = entryOf(stated('0'), stated('2'))
    expect(entry?.value).toMatchObject({ from: '0', to: '2' })
    expect(entry?.relativeChange).toBeNull()
    expect(entryOf(stated('2'), stated('0'))?.relativeChange).toBe(-1)
  })

  test('is brought to the newer unit; the same amount in another unit moved nothing else', () => {
    const entry = entryOf(stated('0.5703'), { ...stated('570.3'), unit: 'MWh' })
    expect(entry?.value).toMatchObject({ from: '570.3', to: '570.3', unit: 'MWh' })
    expect(entry?.changes).toEqual([{ field: 'unit', from: 'kWh', to: 'MWh' }])
    expect(entry?.relativeChange).toBe(0)
  })
})

describe('a diff', () => {
  const older = version('2025', [
    row('2025', 'zero', stated('0')),
    row('2025', 'up', stated('4')),
    row('2025', 'down', stated('4')),
    row('2025', 'gone', stated('7')),
    row('2025', 'same'),
    row('2025', 'name'),
  ])
  const newer = version('2026', [
    row('2026', 'zero', stated('1')),
    row('2026', 'up', stated('5')),
    row('2026', 'down', stated('2')),
    row('2026', 'new', stated('8')),
    row('2026', 'same'),
    row('2026', 'name', { name: { en: 'Other', zh: null } }),
  ])

  test('tells the largest movers first, then what has no measure, what came and what went', () => {
    const diff = diffTables(older, newer, ar6)
    expect(diff.counts).toEqual({ added: 1, removed: 1, changed: 4, unchanged: 1 })
    expect(
      diff.entries.map(({ kind, from, to, relativeChange }) => [kind, from, to, relativeChange]),
    ).toEqual([
      ['changed', 'desnz-2025-down', 'desnz-2026-down', -0.5],
      ['changed', 'desnz-2025-up', 'desnz-2026-up', 0.25],
      ['changed', 'desnz-2025-name', 'desnz-2026-name', 0],
      ['changed', 'desnz-2025-zero', 'desnz-2026-zero', null],
      ['added', null, 'desnz-2026-new', null],
      ['removed', 'desnz-2025-gone', null, null],
    ])
    expect(diff.entries.at(-2)?.value).toMatchObject({ from: null, to: '8' })
    expect(diff.entries.at(-1)?.value).toMatchObject({ from: '7', to: null })
  })

  test('tells of fuels too, whose properties move results as factors do', () => {
    const { table: cnFuel } = table('cn-fuel')
    const [first, second, ...others] = cnFuel.fuels
    const dearer = { ...first!, oxidation: '0.5' }
    const diff = diffTables(
      version('2015', cnFuel.factors, cnFuel.fuels),
      version('2016', cnFuel.factors, [dearer, ...others]),
      ar6,
    )
    expect(diff.fuels).toEqual([
      {
        kind: 'changed',
        from: first!.id,
        to: first!.id,
        name: first!.name,
        changes: [{ field: 'oxidation', from: first!.oxidation, to: '0.5' }],
      },
      { kind: 'removed', from: second!.id, to: null, name: second!.name, changes: [] },
    ])
  })

  const rows = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      kg: fc.constantFrom('0', '1', '1.5', '-2', '3e-7'),
      unit: fc.constantFrom('kWh', 'MWh', 't'),
      basis: fc.constantFrom('AR5', 'AR6', 'not-stated'),
      confirmation: fc.constantFrom('primary', 'unverified'),
    }),
    { selector: ({ key }) => key },
  )
  const built = (edition: string, made: ReturnType<typeof Array.from<unknown>> | readonly object[]) =>
    version(
      edition,
      (made as { key: string; kg: string; unit: string; basis: 'AR5'; confirmation: 'primary' }[]).map(
        ({ key, kg, unit, basis, confirmation }) =>
          row(edition, key, { ...stated(kg), unit, gwpBasis: basis, confirmation }),
      ),
    )

  test('of a version with itself is empty', () => {
    fc.assert(
      fc.property(rows, (made) => {
        const one = built('2025', made)
        const diff = diffTables(one, one, ar6)
        expect(diff.entries).toEqual([])
        expect(diff.counts).toEqual({ added: 0, removed: 0, changed: 0, unchanged: made.length })
      }),
    )
  })

  test('the other way round swaps what came and went, and the signs', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const there = diffTables(built('2025', a), built('2026', b), ar6)
        const back = diffTables(built('2026', b), built('2025', a), ar6)
        const { added, removed, ...same } = there.counts
        expect(back.counts).toEqual({ ...same, added: removed, removed: added })
        for (const entry of there.entries.filter(({ kind }) => kind === 'changed')) {
          const mirror = back.entries.find(({ from, to }) => from === entry.to && to === entry.from)
          const [x, y] = [entry.relativeChange, mirror?.relativeChange]
          if (typeof x === 'number' && typeof y === 'number') expect(Math.sign(x) + Math.sign(y)).toBe(0)
          expect(entry.value.of).toBe(mirror?.value.of)
        }
      }),
    )
  })

  test('does not depend on the order of the rows', () => {
    const both = fc
      .tuple(rows, rows)
      .chain(([a, b]) =>
        fc.tuple(
          fc.constant([a, b] as const),
          fc.shuffledSubarray(a, { minLength: a.length }),
          fc.shuffledSubarray(b, { minLength: b.length }),
        ),
      )
    const shuffled = (edition: string, made: readonly object[]) => {
      const { facts, table } = built(edition, made)
      const factors = made.map(
        ({ key }: { key?: string }) => table.factors.find(({ id }) => id.endsWith(`-${key}`))!,
      )
      return { facts, table: { ...table, factors } }
    }
    fc.assert(
      fc.property(both, ([[a, b], left, right]) => {
        const straight = diffTables(built('2025', a), built('2026', b), ar6)
        expect(diffTables(shuffled('2025', left), shuffled('2026', right), ar6)).toEqual(straight)
      }),
    )
  })
})
