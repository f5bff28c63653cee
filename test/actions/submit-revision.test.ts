/** Submitting when the world fails before and after it keeps something: nothing half-written, and a retry ends the work. */

import { describe, expect, test } from 'vitest'
import { submitRevision } from '../../src/actions/footprints/submit-revision.ts'
import type { FactorTable, GwpSet } from '../../src/engine/types.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { digestHex, digestOfBytes } from '../../src/json/digest.ts'
import type { Footprint, FootprintForWrite, Revision } from '../../src/ports/footprints.ts'
import type { Actor, Ports, RequestMark } from '../../src/ports.ts'
import { development } from '../certification/situation.ts'
import { tableVersion } from './version.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const uuid = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`

const table: FactorTable = {
  table: 'cn-electricity-co2',
  version: '1',
  digest: digest('a'),
  title: { en: 'Grid', zh: null },
  yearFallbackLimit: 0,
  fuels: [],
  factors: [
    {
      id: 'grid',
      name: { en: 'Grid', zh: null },
      category: 'electricity',
      family: 'electricity-generation',
      region: 'CN',
      year: 2024,
      unit: 'kWh',
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5' }],
      gwpBasis: 'gas-masses',
      statedCo2eKg: null,
      gasesNotCovered: [],
      includesTransmission: false,
      fossilFugitiveMethane: false,
      confirmation: 'primary',
      source: { id: 's', locator: 'l' },
      notes: null,
    },
  ],
}

const gwpSet: GwpSet = {
  id: 'ipcc-ar6',
  version: '1',
  digest: digest('b'),
  title: { en: 'AR6', zh: null },
  basis: 'AR6',
  values: { CO2: '1' },
  inTotal: ['CO2'],
  blends: {},
  aliases: {},
}

const period = { start: '2024-01-01', end: '2025-01-01' }
const lines = [
  {
    id: 'a',
    category: 'purchased-electricity',
    quantity: { amount: '10', unit: 'kWh' },
    factor: { table: table.table, id: 'grid' },
  },
]
const data = canonicalBytes({ type: 'egret/activity-data', schemaVersion: '1', lines })

const draft: Footprint = {
  id: uuid('1'),
  organizationId: uuid('2'),
  kind: 'organization',
  state: 'draft',
  version: 2,
  definition: {
    title: 'Inventory',
    scheme: { id: development.id, version: development.version },
    boundary: 'operational-control',
    responsibleParty: { name: { en: 'Factory', zh: null }, address: null },
    manufacturer: null,
    factory: null,
    intendedUsers: null,
    product: null,
    sites: [],
    exclusions: [],
    productCategoryRules: null,
    calculation: {
      kind: 'organization',
      period,
      region: 'CN',
      gwpSet: { id: gwpSet.id, version: gwpSet.version },
      factorTables: [{ table: table.table, version: table.version }],
    },
  },
  activityData: { digest: digestOfBytes(data), count: 1 },
  latestRevision: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
}

const actor: Actor = {
  clientId: uuid('3'),
  organizationId: draft.organizationId,
  organizationKind: 'enterprise',
  memberId: uuid('4'),
  personId: uuid('5'),
  scopes: ['footprints:write'],
}
const mark: RequestMark = { idempotencyKey: 'once', digest: digest('c') }

/** A world that keeps what it is given until it is told to fail. */
function world() {
  const objects = new Map([[`activity-data/${digestHex(digestOfBytes(data))}.json`, data as Uint8Array]])
  const state = {
    footprint: draft,
    standings: [tableVersion()],
    made: null as Revision | null,
    failures: [] as string[],
    writes: [] as string[],
  }
  const failIf = (place: string) => {
    const at = state.failures.indexOf(place)
    if (at < 0) return
    state.failures.splice(at, 1)
    throw new Error(`${place} failed`)
  }
  let chance = 0
  const ports = {
    settings: { publicUrl: 'https://x', engine: { version: '1', digest: digest('d') }, tokenSeconds: 1 },
    world: {
      now: () => new Date('2026-01-01T00:00:00Z'),
      newId: () => uuid('9'),
      randomBytes: (length: number) => new Uint8Array(length).fill(++chance),
    },
    registry: {
      listTables: async () => state.standings,
      loadTables: async () => [table],
      loadGwpSet: async () => gwpSet,
      loadScheme: async () => ({
        id: development.id,
        version: '1.0',
        digest: digest('e'),
        body: development,
      }),
    },
    objects: {
      get: async (_: string, key: string) => objects.get(key) ?? null,
      exists: async (_: string, key: string) => objects.has(key),
      put: async (_: string, key: string, bytes: Uint8Array) => {
        const folder = key.split('/')[0] ?? ''
        failIf(folder)
        state.writes.push(folder)
        objects.set(key, bytes)
      },
    },
    footprints: {
      findForWrite: async (): Promise<FootprintForWrite> => ({
        footprint: state.footprint,
        standings: state.standings,
        client: {
          id: draft.organizationId,
          kind: 'enterprise',
          slug: 'factory',
          name: { en: 'Factory', zh: '工厂' },
          country: 'CN',
          unifiedSocialCreditCode: null,
          did: null,
          createdAt: new Date(0),
        },
        latestDigest: null,
        callerRoles: ['responsible'],
        callerName: 'Someone',
        madeBefore: state.made && { revision: state.made, requestDigest: mark.digest },
        isEngaged: false,
      }),
      submit: async (_: unknown, standing: Footprint, revision: Revision) => {
        failIf('before')
        if (state.footprint.version !== standing.version) return null
        state.footprint = {
          ...standing,
          state: 'submitted',
          version: standing.version + 1,
          latestRevision: 1,
        }
        state.made = revision
        failIf('after')
        return revision
      },
    },
  } as unknown as Ports
  return { ports, objects, state }
}

const submit = (ports: Ports, by: RequestMark = mark) =>
  submitRevision(ports, { actor, mark: by, footprintId: draft.id, version: null })

describe('submitting a revision', () => {
  test('writes chunks and declaration before the manifests that name them, and the row last: 10 × 0.5 = 5 kg', async () => {
    const { ports, state, objects } = world()
    const revision = await submit(ports)
    expect(revision.result).toMatchObject({ totalKgCo2e: '5', printed: { amount: '0.00', unit: 'tCO2e' } })
    expect(state.writes.slice(-2)).toEqual(['revisions', 'records'])
    expect(state.writes.slice(0, 3).sort()).toEqual(['chunks', 'chunks', 'declarations'])
    expect(objects.has(`revisions/${revision.digest.slice(7)}.json`)).toBe(true)
    expect(objects.has(`records/${revision.recordDigest.slice(7)}.json`)).toBe(true)
  })

  test.each(['chunks', 'declarations', 'revisions', 'records', 'before'])(
    'leaves the draft as it was when it fails at %s, and a retry submits it',
    async (place) => {
      const { ports, state } = world()
      state.failures.push(place)
      await expect(submit(ports)).rejects.toThrow(`${place} failed`)
      expect([state.footprint, state.made]).toEqual([draft, null])
      expect((await submit(ports)).number).toBe(1)
      expect(state.footprint.state).toBe('submitted')
    },
  )

  test('that was kept although the answer was lost is answered to the retry, and not made twice', async () => {
    const { ports, state } = world()
    state.failures.push('after')
    await expect(submit(ports)).rejects.toThrow('after failed')
    const kept = state.made
    expect(await submit(ports)).toBe(kept)
    expect(state.footprint.latestRevision).toBe(1)
    await expect(submit(ports, { ...mark, digest: digest('f') })).rejects.toThrow('idempotency-key-reused')
  })

  test('refuses a table version that was withdrawn since the draft was made, before anything is written', async () => {
    const { ports, state } = world()
    const withdrawal = { at: new Date(0), reason: 'Two rows were exchanged.' }
    state.standings = [tableVersion({ state: 'withdrawn', withdrawal })]
    await expect(submit(ports)).rejects.toThrow('factor-table-withdrawn')
    state.standings = []
    await expect(submit(ports)).rejects.toThrow('unknown-factor-table')
    expect([state.made, state.writes]).toEqual([null, []])
  })

  test('refuses activity data that are not what the row names', async () => {
    const { ports, objects } = world()
    for (const key of objects.keys()) objects.set(key, canonicalBytes({ lines: [] }))
    await expect(submit(ports)).rejects.toThrow('stored-object-corrupt')
    objects.clear()
    await expect(submit(ports)).rejects.toThrow('unavailable')
  })
})
