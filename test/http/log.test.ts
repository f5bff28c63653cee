/** The log as the world sees it: what acts over HTTP tell in it at once, what it never says, and how its objects are served. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellWhatStands } from '../../src/actions/registry/tell-what-stands.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { verifyCheckpoint } from '../../src/transparency/checkpoint.ts'
import { parseVerifierKey, webCryptoEd25519 } from '../../src/transparency/note.ts'
import { decodeBundle, tilePath, widthIn } from '../../src/transparency/tiles.ts'
import { request } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { operatorToken, unique } from './api.ts'
import { enterprise } from './cast.ts'
import { published, withdraw } from './tables.ts'

type Open = ReturnType<typeof openTestPorts>

let open: Open
beforeAll(() => {
  open = openTestPorts()
})
afterAll(() => open.close())

/** The checkpoint that the bucket holds now, its signature checked. */
async function checkpoint() {
  const { objects, logSigner } = open.ports
  const bytes = await objects.get('public', 'log/checkpoint')
  const key = parseVerifierKey(await logSigner.verifierKey())
  const read = await verifyCheckpoint(bytes ?? '', key ? [key] : [], webCryptoEd25519(crypto.subtle))
  if ('fault' in read) throw new Error(`the checkpoint is ${read.fault}`)
  return read.checkpoint
}

type Entry = Readonly<Record<string, unknown>>

/** Entries from an index on, out of the served bundles. */
async function entriesFrom(first: number): Promise<Entry[]> {
  const { size } = await checkpoint()
  const found: Entry[] = []
  for (let index = Math.floor(first / 256); index * 256 < size; index += 1) {
    const width = widthIn(size, 0, index)
    const answer = await request(`/log/${tilePath({ level: 'entries', index, width })}`)
    expect(answer.status).toBe(200)
    const bundle = decodeBundle(new Uint8Array(await answer.arrayBuffer()), width) ?? []
    found.push(...bundle.map((bytes) => JSON.parse(decodeUtf8(bytes))))
  }
  return found.slice(first % 256)
}

describe('the log', () => {
  test('tells of everything that set-up published, in order', async () => {
    const entries = await entriesFrom(0)
    const types = new Set(entries.map(({ type }) => type))
    for (const type of ['engine', 'gwp-set', 'factor-table', 'scheme']) expect(types).toContain(type)
    expect(entries[0]).toMatchObject({ schemaVersion: '1', at: expect.stringMatching(/^20.*Z$/) })
  })

  test('is not told twice what it tells already', async () => {
    expect(await tellWhatStands(open.ports)).toBe(0)
  })

  test('shows a publication and a withdrawal when they are answered', async () => {
    const { size } = await checkpoint()
    const [token, table] = [await operatorToken(), unique('logged')]
    const digest = await published(token, table, '1')
    await withdraw(token, table, '1')
    const told = (await entriesFrom(size)).filter((entry) => entry.table === table)
    expect(told).toMatchObject([
      { type: 'factor-table', act: 'published', version: '1', digest },
      { type: 'factor-table', act: 'withdrawn', version: '1', digest },
    ])
  })

  test('says of a private table only its digest', async () => {
    const { size } = await checkpoint()
    const client = await enterprise()
    const digest = await published(client.preparer.token, `${client.slug}.power`, '1')
    const told = (await entriesFrom(size)).filter((entry) => entry.digest === digest)
    expect(told).toEqual([
      { type: 'factor-table', act: 'published', at: expect.any(String), digest, schemaVersion: '1' },
    ])
  })
})

describe('its objects', () => {
  test('are served for good, and the checkpoint for moments', async () => {
    const answer = await request('/log/checkpoint')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=5')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const { size } = await checkpoint()
    const tile = await request(`/log/${tilePath({ level: 0, index: 0, width: widthIn(size, 0, 0) })}`)
    expect((await tile.arrayBuffer()).byteLength).toBe(widthIn(size, 0, 0) * 32)
    expect(tile.headers.get('cache-control')).toContain('immutable')
    expect(tile.headers.get('content-type')).toBe('application/octet-stream')
  })

  test.each([
    '/log/tile/0/999',
    '/log/tile/0/0',
    '/log/tile/0/x000/001',
    '/log/tile/0/000.p/256',
    '/log/tile/64/000',
    '/log/tile/entries/%2e%2e/%2e%2e/credentials',
    '/log/tile/',
    '/log/entries',
  ])('that cannot be are not found: %s', async (path) => {
    const answer = await request(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })
})
