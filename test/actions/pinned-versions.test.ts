/** Which versions new work may rest on, and which are said to be no longer the newest. */

import { describe, expect, test } from 'vitest'
import { newestOf, outdatedTables, requireUsablePins } from '../../src/actions/registry/pinned-versions.ts'
import type { FactorTableVersion } from '../../src/ports/registry.ts'
import type { Actor, Ports } from '../../src/ports.ts'
import type { Problem } from '../../src/problem.ts'
import { tableVersion } from './version.ts'

const actor = { organizationId: 'mine', organizationKind: 'enterprise' } as Actor
const withdrawn = (changes: Partial<FactorTableVersion> = {}) =>
  tableVersion({
    state: 'withdrawn',
    withdrawal: { at: new Date('2026-11-20T08:00:00Z'), reason: 'Two rows were exchanged' },
    ...changes,
  })

/** A registry of these versions that counts how often it is asked for all of them. */
function registry(versions: readonly FactorTableVersion[]) {
  const asked = { times: 0 }
  const listTables = async () => {
    asked.times += 1
    return versions
  }
  return { asked, ports: { registry: { listTables } } as unknown as Pick<Ports, 'registry'> }
}

const pinsOf = (versions: readonly FactorTableVersion[]) =>
  versions.map(({ table, version }) => ({ table, version }))

async function refusal(standings: readonly FactorTableVersion[], all = standings, pins = pinsOf(standings)) {
  const thrown: unknown = await requireUsablePins(registry(all).ports, actor, pins, standings).catch(
    (problem: unknown) => problem,
  )
  return thrown === undefined ? null : { code: (thrown as Problem).code, ...(thrown as Problem).facts }
}

describe('new work rests on', () => {
  test('published versions, superseded ones, and the enterprise’s own tables', async () => {
    const own = tableVersion({ table: 'factory.suppliers', ownerOrganizationId: 'mine' })
    const older = tableVersion({ version: '0', state: 'superseded', supersededBy: '1' })
    expect(await refusal([tableVersion(), own, older])).toBeNull()
  })

  test('no version that the registry does not know, or only as a draft', async () => {
    const unknown = { code: 'unknown-factor-table', pointer: '/calculation/factorTables/1', version: '9' }
    const pins = [
      { table: 'cn-electricity-co2', version: '1' },
      { table: 'cn-electricity-co2', version: '9' },
    ]
    expect(await refusal([tableVersion()], [], pins)).toMatchObject(unknown)
    const draft = tableVersion({
      version: '9',
      state: 'draft',
      publishedAt: null,
      ownerOrganizationId: 'mine',
    })
    expect(await refusal([tableVersion(), draft])).toMatchObject(unknown)
  })

  test('no private table of someone else, which is as if it were not there', async () => {
    const theirs = tableVersion({ table: 'other.suppliers', ownerOrganizationId: 'other' })
    const absent = await refusal([], [], [{ table: 'other.suppliers', version: '1' }])
    expect(await refusal([theirs])).toEqual(absent)
    expect(absent?.code).toBe('unknown-factor-table')
  })

  test('no withdrawn version: the refusal says why, since when, and what to use instead', async () => {
    const old = withdrawn({ version: '2015', supersededBy: '2015.1' })
    const correction = tableVersion({ version: '2015.1', supersedes: '2015' })
    expect(await refusal([tableVersion(), old], [old, correction])).toMatchObject({
      code: 'factor-table-withdrawn',
      pointer: '/calculation/factorTables/1',
      detail: 'The factor table cn-electricity-co2 2015 was withdrawn: Two rows were exchanged. Use 2015.1.',
      table: 'cn-electricity-co2',
      version: '2015',
      reason: 'Two rows were exchanged',
      withdrawnAt: '2026-11-20T08:00:00.000Z',
      use: '2015.1',
    })
  })

  test('nothing in place of a withdrawn version that none supersedes, and the refusal says so', async () => {
    expect(await refusal([withdrawn()])).toMatchObject({
      use: null,
      detail:
        'The factor table cn-electricity-co2 1 was withdrawn: Two rows were exchanged. No version takes its place.',
    })
  })
})

describe('the version to use instead', () => {
  const chain = [
    tableVersion({ version: '2024', supersededBy: '2025' }),
    tableVersion({ version: '2025', supersededBy: '2026' }),
    tableVersion({ version: '2026' }),
  ]
  const [first] = chain as [FactorTableVersion]

  test('is the newest of the chain, not the next', () => {
    expect(newestOf(chain, first)).toBe('2026')
  })

  test('is the last that can be used, where the newest was withdrawn or is a draft', () => {
    expect(newestOf([...chain.slice(0, 2), withdrawn({ version: '2026' })], first)).toBe('2025')
    expect(newestOf([...chain.slice(0, 2), tableVersion({ version: '2026', state: 'draft' })], first)).toBe(
      '2025',
    )
  })

  test('may lie beyond one that was withdrawn', () => {
    const through = [chain[0]!, withdrawn({ version: '2025', supersededBy: '2026' }), chain[2]!]
    expect(newestOf(through, first)).toBe('2026')
  })

  test('is none where nothing supersedes it, or what does is not published here', () => {
    expect(newestOf(chain, chain[2]!)).toBeNull()
    expect(newestOf([first], first)).toBeNull()
  })

  test('is of the same table, and a circle has an end', () => {
    expect(newestOf([first, tableVersion({ table: 'uk-desnz', version: '2025' })], first)).toBeNull()
    const back = tableVersion({ version: '2025', supersededBy: '2024' })
    expect(newestOf([first, back], first)).toBe('2025')
  })
})

describe('a draft’s calculation', () => {
  test('says which pins are superseded or withdrawn, and what to use', async () => {
    const older = tableVersion({ version: '2024', state: 'superseded', supersededBy: '2026' })
    const newer = tableVersion({ version: '2026' })
    const gone = withdrawn({ table: 'cn-fuel' })
    const { ports } = registry([older, newer, gone])
    expect(await outdatedTables(ports, actor, [newer, older, gone])).toEqual([
      { table: 'cn-electricity-co2', version: '2024', state: 'superseded', reason: null, use: '2026' },
      { table: 'cn-fuel', version: '1', state: 'withdrawn', reason: 'Two rows were exchanged', use: null },
    ])
  })

  test('asks the registry no further where all are the newest', async () => {
    const { ports, asked } = registry([tableVersion()])
    expect(await outdatedTables(ports, actor, [tableVersion()])).toEqual([])
    expect(asked.times).toBe(0)
  })
})
