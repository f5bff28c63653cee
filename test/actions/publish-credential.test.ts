/** Publishing when the world fails before and after it keeps something: the sweep ends the work, to the same bytes. */

import { describe, expect, test } from 'vitest'
import { publishCredential } from '../../src/actions/credentials/publish-credential.ts'
import { sweepPending } from '../../src/actions/credentials/sweep-pending.ts'
import type { CredentialRepository, IssuedCredential } from '../../src/ports/credentials.ts'
import type { ObjectStore, Ports } from '../../src/ports.ts'

const id = '11111111-1111-4111-8111-111111111111'
const fixed: IssuedCredential = {
  id,
  number: 'EGRET-2026-8F3K-27QD',
  engagementId: '22222222-2222-4222-8222-222222222222',
  bodyOrganizationId: '33333333-3333-4333-8333-333333333333',
  clientOrganizationId: '44444444-4444-4444-8444-444444444444',
  documentKind: 'certificate',
  jwt: 'e30.e30.AA',
  digest: `sha256:${'a'.repeat(64)}`,
  kid: 'key-2026-1',
  face: {
    type: 'ProductFootprint',
    title: 'Fan',
    holder: { en: 'Fan Works', zh: null },
    issuer: { did: 'did:web:egret.test:bodies:green', name: { en: 'Green', zh: null } },
    scheme: { id: 'egret-development', version: '1.1', title: { en: 'Development', zh: '开发' } },
    opinion: 'unmodified',
    development: true,
    validFrom: '2026-11-26T00:00:00Z',
    validUntil: null,
  },
  holderCode: null,
  leafIndex: 0,
  receipt: null,
  status: 'active',
  moveCount: 0,
  statusAt: new Date(0),
  pseudonymSalt: 'AA',
  state: 'pending',
  issuedAt: new Date(0),
  publishedAt: null,
  confirmedAt: null,
}

/** Fails the nth write, before or after it took hold; later writes succeed. */
function world(failing: { readonly write: number; readonly after: boolean } | null) {
  let row: IssuedCredential = fixed
  let writes = 0
  const kept = new Map<string, string>()
  const write = <Result>(take: () => Result): Result => {
    writes += 1
    const fails = failing !== null && writes === failing.write
    if (fails && !failing.after) throw new Error('connection lost')
    const result = take()
    if (fails) throw new Error('connection lost')
    return result
  }
  const objects: Pick<ObjectStore, 'put'> = {
    put: async (_area, key, body) => write(() => void kept.set(key, new TextDecoder().decode(body))),
  }
  const credentials: Pick<CredentialRepository, 'markPublic' | 'listPending'> = {
    markPublic: async (_id, at) =>
      write(() => {
        row = { ...row, state: 'public', publishedAt: row.publishedAt ?? at }
        return row
      }),
    listPending: async () => (row.state === 'pending' ? [row] : []),
  }
  const ports = { objects, credentials, world: { now: () => new Date(1) } } as unknown as Ports
  return { ports, kept, state: () => row.state }
}

const points = [1, 2].flatMap((write) => [false, true].map((after) => ({ write, after })))

describe('publishing', () => {
  test('writes the object before the row says so', async () => {
    const { ports, kept, state } = world({ write: 1, after: false })
    await expect(publishCredential(ports, fixed)).rejects.toThrow('connection lost')
    expect([kept.size, state()]).toEqual([0, 'pending'])
  })

  test.each(points)(
    'ends as if nothing had happened, when write $write fails (after it took hold: $after)',
    async (point) => {
      const uninterrupted = world(null)
      await publishCredential(uninterrupted.ports, fixed)
      const { ports, kept, state } = world(point)
      await expect(publishCredential(ports, fixed)).rejects.toThrow('connection lost')
      await sweepPending(ports)
      expect([...kept]).toEqual([...uninterrupted.kept])
      expect(state()).toBe('public')
      expect(await sweepPending(ports)).toBe(0)
    },
  )

  test('a public credential is written no second time', async () => {
    const { ports, kept } = world(null)
    await publishCredential(ports, { ...fixed, state: 'public' })
    expect(kept.size).toBe(0)
  })
})
