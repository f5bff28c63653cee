/** The life of a factor-table version over HTTP: draft, published, superseded, withdrawn; and who sees which. */

import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { digestOf } from '../../src/json/digest.ts'
import { factorTableKey } from '../../src/ports/objects.ts'
import type { ObjectStore } from '../../src/ports.ts'
import { makeS3Client, s3ObjectStore } from '../../src/storage/s3.ts'
import { costOf, request } from '../harness/http.ts'
import { type Answer, call, operatorToken, tokenFor, unique } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise } from './cast.ts'
import {
  csvOf,
  free,
  powerRow,
  publish,
  published,
  putDraft,
  tableFiles,
  versionPath,
  withdraw,
} from './tables.ts'

let operator: string
let client: Enterprise
let rival: Enterprise
beforeAll(async () => {
  operator = await operatorToken()
  client = await enterprise()
  rival = await enterprise()
}, 60_000)

const read = (table: string, version: string, token?: string) =>
  call('GET', versionPath(table, version), token === undefined ? {} : { token })
const document = (table: string, version: string, token?: string) =>
  call('GET', `${versionPath(table, version)}/document`, token === undefined ? {} : { token })
const publicObject = (digest: string) => call('GET', `/factor-tables/${digest.slice('sha256:'.length)}.json`)

/** 1000 kWh on a table's one row. */
function calculation(table: string, version: string) {
  const line = { id: 'power', category: 'purchased-electricity', quantity: { amount: '1000', unit: 'kWh' } }
  return {
    kind: 'organization',
    period: { start: '2025-01-01', end: '2026-01-01' },
    region: 'CN',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [{ table, version }],
    lines: [{ ...line, factor: { table, id: 'power' } }],
  }
}
const calculate = (token: string, table: string, version: string) =>
  call('POST', '/v1/calculations', { token, body: calculation(table, version) })

describe('a draft', () => {
  test('is kept from its files, and seen by nobody but its owner', async () => {
    const table = unique('draft')
    const answer = await putDraft(operator, table, '1')
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({
      table,
      version: '1',
      state: 'draft',
      publishedAt: null,
      factorCount: 1,
    })
    expect((await read(table, '1', operator)).body.state).toBe('draft')
    for (const token of [undefined, client.machine]) {
      expect((await read(table, '1', token)).status).toBe(404)
      expect((await document(table, '1', token)).status).toBe(404)
    }
    expect((await document(table, '1', operator)).body.table).toBe(table)
    const { body: found } = await call('GET', `/v1/factors?table=${table}`, { token: operator })
    expect(found.factors).toEqual([])
    expect(code(await calculate(operator, table, '1'))).toBe('unknown-factor-table')
  })

  test('is replaced only by who names it, and not at all by the same files', async () => {
    const table = unique('draft')
    const first = await putDraft(operator, table, '1')
    const etag = first.headers.get('etag') ?? ''
    const again = await putDraft(operator, table, '1')
    expect([again.status, again.headers.get('etag')]).toEqual([200, etag])
    const other = tableFiles(table, '1', {}, [powerRow('power', '0.3')])
    expect(code(await putDraft(operator, table, '1', other))).toBe('precondition-required')
    const stale = { 'if-match': `"sha256:${'0'.repeat(64)}"` }
    expect(code(await putDraft(operator, table, '1', other, stale))).toBe('precondition-failed')
    const replaced = await putDraft(operator, table, '1', other, { 'if-match': etag })
    expect(replaced.status).toBe(200)
    expect(replaced.headers.get('etag')).not.toBe(etag)
    expect(code(await putDraft(operator, table, '1', tableFiles(table, '1'), { 'if-match': etag }))).toBe(
      'precondition-failed',
    )
  })

  test('that is broken is refused whole, with every fault by file, row and column', async () => {
    const table = unique('broken')
    const rows = [powerRow('a', '0.2'), powerRow('a', '0.2'), powerRow('b', 'zero').replace(',kWh,', ',kwh,')]
    const files = tableFiles(table, '1', { years: { from: 2024, to: 2025 }, publisher: '' }, rows)
    const answer = await putDraft(operator, table, '1', files)
    expect([answer.status, code(answer)]).toEqual([422, 'factor-table-invalid'])
    const places = answer.body.faults.map(
      ({ file, row, column, rule }: { file: string; row: number; column: string; rule: string }) =>
        `${file}:${row} ${column} ${rule}`,
    )
    expect(places).toEqual(
      expect.arrayContaining([
        'table.json:null /publisher form',
        'factors.csv:4 co2_kg form',
        'factors.csv:4 unit unit',
      ]),
    )
    expect(answer.body.faultCount).toBe(places.length)
    expect((await read(table, '1', operator)).status).toBe(404)
  })

  test('with very many faults is answered with the first of them and the count of all', async () => {
    const table = unique('broken')
    const rows = Array.from({ length: 300 }, (_, at) => powerRow(`r${at}`, 'x'))
    const answer = await putDraft(operator, table, '1', tableFiles(table, '1', {}, rows))
    expect(answer.body.faults).toHaveLength(100)
    expect(answer.body.faultCount).toBe(300)
  })

  test('of another name than its address is refused', async () => {
    const table = unique('draft')
    const answer = await putDraft(operator, table, '1', tableFiles(table, '2'))
    expect([code(answer), answer.body.pointer]).toEqual(['invalid-request', '/table.json/version'])
  })

  const hostile: readonly (readonly [string, unknown])[] = [
    ['a NUL in a text', tableFiles('t', '1', { publisher: 'a\u0000b' })],
    ['half a surrogate pair in a text', tableFiles('t', '1', { publisher: 'a\ud800b' })],
    ['half a surrogate pair in a cell', tableFiles('t', '1', {}, [powerRow('power', '0.2', 'a\ud800b')])],
    [
      'an escaped NUL in a JSON cell',
      tableFiles('t', '1', {}, [hostileCell('{""gas-sum"":""ten letters \\u0000""}')]),
    ],
    [
      'a name of ten thousand letters',
      tableFiles('t', '1', {}, [powerRow('power', '0.2', 'x'.repeat(10_000))]),
    ],
    ['an id of a thousand letters', tableFiles('t', '1', {}, [powerRow('x'.repeat(1000), '0.2')])],
    ['a million commas', { ...tableFiles('t', '1'), 'factors.csv': ','.repeat(1_000_000) }],
    [
      'a quote that never closes',
      { ...tableFiles('t', '1'), 'factors.csv': `${csvOf([])}"${'x'.repeat(100_000)}` },
    ],
    ['a hundred thousand rows', { ...tableFiles('t', '1'), 'factors.csv': 'a\n'.repeat(100_000) }],
    ['deep nesting', tableFiles('t', '1', { notes: JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`) })],
    ['facts that are a list', { ...tableFiles('t', '1'), 'table.json': [] }],
    ['an unknown file', { ...tableFiles('t', '1'), 'x.csv': 'a' }],
  ]
  test.each(hostile)('with %s is refused by name', async (_, files) => {
    const answer = await putDraft(operator, 't', '1', files)
    expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
  })
})

function hostileCell(acknowledged: string): string {
  return powerRow('power', '0.2').replace(/,,,$/, `,,"${acknowledged}",`)
}

describe('publishing', () => {
  test('makes a version findable, and its document public where the licence allows it', async () => {
    const table = unique('free')
    const files = tableFiles(table, '1', free)
    const digest = (await putDraft(operator, table, '1', files)).body.digest
    expect((await publicObject(digest)).status).toBe(404)
    const answer = await publish(operator, table, '1')
    expect(answer.body).toMatchObject({ state: 'published', digest, publishedAt: expect.any(String) })
    expect((await publicObject(digest)).body.factors).toHaveLength(1)
    expect((await document(table, '1')).body.table).toBe(table)
    const { body: found } = await call('GET', `/v1/factors?table=${table}`)
    expect(found.factors.map(({ id }: { id: string }) => id)).toEqual(['power'])
    // By hand: 1000 kWh × 0.2 kg = 200 kg.
    expect((await calculate(client.machine, table, '1')).body.printed.total.kg).toBe('200.00')
  })

  test('keeps a document private that may not be passed on', async () => {
    const table = unique('kept')
    const digest = await published(operator, table, '1')
    expect((await publicObject(digest)).status).toBe(404)
    expect((await document(table, '1')).status).toBe(404)
    const shown = await document(table, '1', client.machine)
    expect([shown.status, shown.headers.get('etag')]).toEqual([200, `"${digest}"`])
    expect(shown.headers.get('cache-control')).toContain('private')
  })

  test('done again changes nothing, and never changes what it published', async () => {
    const table = unique('again')
    await published(operator, table, '1')
    const { body: first } = await read(table, '1')
    expect((await publish(operator, table, '1')).body).toEqual(first)
    expect((await putDraft(operator, table, '1')).body).toEqual(first)
    const changed = tableFiles(table, '1', {}, [powerRow('power', '0.3')])
    for (const headers of [{}, { 'if-match': `"${first.digest}"` }]) {
      expect(code(await putDraft(operator, table, '1', changed, headers))).toBe('published-version-changed')
    }
    expect((await read(table, '1')).body).toEqual(first)
  })

  test('takes an idempotency key for one request only', async () => {
    const [one, other] = [unique('key'), unique('key')]
    await putDraft(operator, one, '1')
    await putDraft(operator, other, '1')
    const key = { 'idempotency-key': unique('key') }
    expect((await publish(operator, one, '1', key)).status).toBe(200)
    expect((await publish(operator, one, '1', key)).status).toBe(200)
    expect(code(await publish(operator, other, '1', key))).toBe('idempotency-key-reused')
    expect((await read(other, '1', operator)).body.state).toBe('draft')
  })

  test('of what nobody drafted is not found', async () => {
    expect((await publish(operator, unique('none'), '1')).status).toBe(404)
  })
})

describe('editions', () => {
  test('follow each other in one line', async () => {
    const table = unique('line')
    await published(operator, table, '2024')
    await published(operator, table, '2025', tableFiles(table, '2025', { supersedes: '2024' }))
    expect((await read(table, '2024')).body).toMatchObject({ state: 'superseded', supersededBy: '2025' })
    const branch = tableFiles(table, '2025-b', { ...free, supersedes: '2024' })
    const { digest } = (await putDraft(operator, table, '2025-b', branch)).body
    const refused = await publish(operator, table, '2025-b')
    expect(code(refused)).toBe('factor-table-invalid')
    expect(refused.body.faults).toEqual([
      expect.objectContaining({ column: '/supersedes', rule: 'succession' }),
    ])
    // Nothing of it came into the open.
    expect((await publicObject(digest)).status).toBe(404)
    expect((await read(table, '2025-b')).status).toBe(404)
  })

  test('supersede only what is published', async () => {
    const table = unique('gap')
    await putDraft(operator, table, '2024')
    await putDraft(operator, table, '2025', tableFiles(table, '2025', { supersedes: '2024' }))
    expect(code(await publish(operator, table, '2025'))).toBe('factor-table-invalid')
    await publish(operator, table, '2024')
    expect((await publish(operator, table, '2025')).status).toBe(200)
  })

  test('may come late: an older one is superseded from its first day', async () => {
    const table = unique('late')
    await published(operator, table, '2025')
    await published(operator, table, '2024', tableFiles(table, '2024', { supersededBy: '2025' }))
    expect((await read(table, '2024')).body).toMatchObject({ state: 'superseded', supersededBy: '2025' })
    await putDraft(operator, table, '2023', tableFiles(table, '2023', { supersededBy: '2025' }))
    expect(code(await publish(operator, table, '2023'))).toBe('factor-table-invalid')
  })

  test('are listed by table and by standing', async () => {
    const table = unique('list')
    await published(operator, table, '1')
    await published(operator, table, '2', tableFiles(table, '2', { supersedes: '1' }))
    await putDraft(operator, table, '3', tableFiles(table, '3', { supersedes: '2' }))
    const listed = async (query: string, token?: string) => {
      const answer = await call('GET', `/v1/factor-tables?table=${table}${query}`, token ? { token } : {})
      return answer.body.factorTables.map(({ version }: { version: string }) => version)
    }
    expect(await listed('', operator)).toEqual(['1', '2', '3'])
    expect(await listed('')).toEqual(['1', '2'])
    expect(await listed('&state=superseded')).toEqual(['1'])
    expect(await listed('&state=published')).toEqual(['2'])
    expect(await listed('&state=draft', operator)).toEqual(['3'])
    expect(await listed('&state=draft', client.machine)).toEqual([])
  })
})

describe('withdrawing', () => {
  test('is for good, with its reason, and leaves everything readable', async () => {
    const table = unique('withdrawn')
    await published(operator, table, '1')
    const answer = await withdraw(operator, table, '1')
    expect(answer.body).toMatchObject({
      state: 'withdrawn',
      withdrawal: { reason: 'A meter was read wrongly.', at: expect.any(String) },
    })
    expect((await withdraw(operator, table, '1')).body).toEqual(answer.body)
    expect(code(await withdraw(operator, table, '1', 'Another reason.'))).toBe('invalid-transition')
    expect(code(await publish(operator, table, '1'))).toBe('invalid-transition')
    expect((await read(table, '1')).body.state).toBe('withdrawn')
    expect((await document(table, '1', client.machine)).status).toBe(200)
    expect((await calculate(client.machine, table, '1')).status).toBe(200)
  })

  test('is not for drafts, and needs a reason', async () => {
    const table = unique('withdrawn')
    await putDraft(operator, table, '1')
    expect(code(await withdraw(operator, table, '1'))).toBe('invalid-transition')
    expect(code(await withdraw(operator, table, '1', ' '))).toBe('invalid-request')
  })

  test('of one version lets its correction follow it', async () => {
    const table = unique('corrected')
    await published(operator, table, '1')
    await withdraw(operator, table, '1')
    await published(operator, table, '1.1', tableFiles(table, '1.1', { supersedes: '1' }))
    expect((await read(table, '1')).body).toMatchObject({ state: 'withdrawn', supersededBy: '1.1' })
  })
})

describe('who writes', () => {
  test('the public registry: the operator, and nobody else', async () => {
    const table = unique('public')
    expect(code(await putDraft(client.machine, table, '1'))).toBe('role-required')
    await published(operator, table, '1')
    expect(code(await publish(client.machine, table, '1'))).toBe('role-required')
    expect(code(await withdraw(client.machine, table, '1'))).toBe('role-required')
  })

  test('a private table: the enterprise it is named after, and nobody else', async () => {
    const table = `${client.slug}.${unique('own')}`
    for (const token of [rival.machine, operator]) {
      const before = await putDraft(token, table, '1')
      expect(code(before)).toBe('role-required')
    }
    await published(client.machine, table, '1')
    for (const token of [rival.machine, operator]) {
      // The same answer as before there was such a table.
      expect(code(await putDraft(token, table, '1'))).toBe('role-required')
      expect((await publish(token, table, '1')).status).toBe(404)
      expect((await withdraw(token, table, '1')).status).toBe(404)
    }
  })

  test('with the scope for it', async () => {
    const table = `${client.slug}.${unique('own')}`
    const { login } = client.preparer
    const narrow = await tokenFor(login, 'footprints:read')
    expect(code(await putDraft(narrow, table, '1'))).toBe('insufficient-scope')
    expect((await call('PUT', versionPath(table, '1'), { body: tableFiles(table, '1') })).status).toBe(401)
  })

  test('a private table under private terms, and no other under them', async () => {
    const table = `${client.slug}.${unique('own')}`
    const answer = await putDraft(client.machine, table, '1', tableFiles(table, '1', free))
    expect([code(answer), answer.body.faults[0].column]).toEqual(['factor-table-invalid', '/licence/terms'])
    const licence = { name: 'Ours', terms: 'private', redistributable: false, attribution: 'us', note: null }
    const open = unique('open')
    const other = await putDraft(operator, open, '1', tableFiles(open, '1', { licence }))
    expect([code(other), other.body.faults[0].column]).toEqual(['factor-table-invalid', '/licence/terms'])
  })
})

describe('a private table', () => {
  let certifier: Body
  let stranger: Body
  let engagementId: string
  beforeAll(async () => {
    certifier = await body()
    stranger = await body()
    engagementId = await engagementIn('applied', client, certifier)
  }, 60_000)

  /** Every way to learn of a version, and what each answers. */
  async function seen(table: string, digest: string, token?: string) {
    const options = token === undefined ? {} : { token }
    const list = await call('GET', `/v1/factor-tables?table=${table}`, options)
    const search = await call('GET', `/v1/factors?table=${table}`, options)
    const words = await call('GET', `/v1/factors?q=${table.split('.')[1]}`, options)
    const selector = { category: 'purchased-electricity', id: 'power', year: 2025, unit: 'kWh' }
    const asked = { kind: 'organization', region: 'CN', factorTables: [{ table, version: '1' }] }
    const resolved = await call('POST', '/v1/factors/resolve', {
      ...options,
      body: { ...asked, selectors: [selector] },
    })
    const calculated = token === undefined ? null : await calculate(token, table, '1')
    return {
      listed: list.body.factorTables.length,
      read: (await read(table, '1', token)).status,
      found: search.body.factors.length + words.body.factors.length,
      document: (await document(table, '1', token)).status,
      object: (await publicObject(digest)).status,
      resolved: resolved.status === 200 ? resolved.body.answers[0].factor?.id : code(resolved),
      calculated: calculated && (calculated.status === 200 ? 'yes' : code(calculated)),
    }
  }
  const nothing = {
    ...{ listed: 0, read: 404, found: 0, document: 404, object: 404 },
    resolved: 'unknown-factor-table',
  }
  const everything = { listed: 1, read: 200, found: 2, document: 200, object: 404, resolved: 'power' }

  /** The revision put before the certifier is made to pin a table, as a scheme that names private tables lets it. */
  async function pinned(table: string): Promise<void> {
    const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
    const { db, close } = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
    const pin = JSON.stringify([{ table, version: '1' }])
    await db.execute(sql`update revisions r
      set definition = jsonb_set(definition, '{calculation,factorTables}', definition #> '{calculation,factorTables}' || ${pin}::jsonb)
      from engagements e where e.id = ${engagementId} and e.footprint_id = r.footprint_id`)
    await close()
  }

  test('is the owner’s, and does not exist for anyone else, before and after others have read it', async () => {
    const name = unique('steel')
    const table = `${client.slug}.${name}`
    const files = tableFiles(table, '1', {}, [powerRow('power', '0.2', `Power ${name}`)])
    const digest = await published(client.machine, table, '1', files)
    const others = [rival.machine, operator, certifier.lead.token, stranger.lead.token]
    const hidden = { ...nothing, calculated: 'unknown-factor-table' }
    const withScope = (token: string) => token === rival.machine || token === operator
    for (const token of others) {
      const got = await seen(table, digest, token)
      expect(withScope(token) ? got : { ...got, calculated: hidden.calculated }).toEqual(hidden)
    }
    expect(await seen(table, digest, client.machine)).toEqual({ ...everything, calculated: 'yes' })
    expect(await seen(table, digest)).toEqual({ ...nothing, calculated: null })
    // The isolate holds the document now: nobody else is shown it for that.
    expect(code(await calculate(rival.machine, table, '1'))).toBe('unknown-factor-table')
    expect((await document(table, '1', operator)).status).toBe(404)
    const missing = await calculate(rival.machine, `${client.slug}.nothing`, '1')
    const answer = await calculate(rival.machine, table, '1')
    expect([answer.status, answer.body.title]).toEqual([missing.status, missing.body.title])
  })

  test('is shown to the body before which a revision was put that pins it', async () => {
    const name = unique('supplier')
    const table = `${client.slug}.${name}`
    const files = tableFiles(table, '1', {}, [powerRow('power', '0.2', `Power ${name}`)])
    const digest = await published(client.machine, table, '1', files)
    const got = async (token: string) => {
      const { calculated: _, ...rest } = await seen(table, digest, token)
      return rest
    }
    expect(await got(certifier.lead.token)).toEqual(nothing)
    await pinned(table)
    expect(await got(certifier.lead.token)).toEqual(everything)
    expect(await got(stranger.lead.token)).toEqual(nothing)
    expect(await got(rival.machine)).toEqual(nothing)
    expect(await got(operator)).toEqual(nothing)
  })

  test('of which only a draft stands is not shown even to that body', async () => {
    const table = `${client.slug}.${unique('draft')}`
    await putDraft(client.machine, table, '1')
    await pinned(table)
    expect((await read(table, '1', certifier.lead.token)).status).toBe(404)
    expect((await document(table, '1', certifier.lead.token)).status).toBe(404)
    expect((await read(table, '1', client.machine)).status).toBe(200)
  })

  test('cannot be told from none in a footprint', async () => {
    const table = `${client.slug}.${unique('pin')}`
    await published(client.machine, table, '1')
    const define = (name: string): Promise<Answer> => {
      const { lines: _, ...rest } = calculation(name, '1')
      return call('POST', '/v1/footprints', {
        token: rival.machine,
        body: {
          title: 'Inventory',
          scheme: { id: 'egret-development', version: '1.0' },
          consolidationApproach: 'operational-control',
          responsibleParty: { name: { en: 'Rival', zh: null } },
          calculation: rest,
        },
      })
    }
    const [there, none] = [await define(table), await define(`${client.slug}.nothing`)]
    expect([there.status, code(there)]).toEqual([none.status, code(none)])
  })
})

describe('the digest of a private table', () => {
  test('tells nobody whether a guess of its rows is right, and is the same for the same files', async () => {
    const name = unique('salted')
    const [own, open] = [`${client.slug}.${name}`, name]
    const digest = await published(client.machine, own, '1')
    const { body: shown } = await document(own, '1', client.machine)
    expect(shown.salt).toMatch(/^[\w-]{22}$/)
    const { salt: _, ...guessed } = shown
    expect(digestOf(shown)).toBe(digest)
    expect(digestOf(guessed)).not.toBe(digest)
    expect((await putDraft(client.machine, own, '1')).body.digest).toBe(digest)
    await published(operator, open, '1')
    expect((await document(open, '1', operator)).body.salt).toBeUndefined()
    const chosen = await putDraft(client.machine, own, '2', tableFiles(own, '2', { salt: 'A'.repeat(22) }))
    expect(code(chosen)).toBe('factor-table-invalid')
  })
})

describe('what an isolate keeps', () => {
  const store = (): ObjectStore => {
    const env = inject('environment')
    const s3 = makeS3Client({
      endpoint: env.S3_ENDPOINT ?? '',
      region: env.S3_REGION ?? 'auto',
      accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
      forcePathStyle: true,
      buckets: { public: env.S3_PUBLIC_BUCKET ?? '', private: env.S3_PRIVATE_BUCKET ?? '' },
    })
    const none = { onRead: () => {}, onWrite: () => {} }
    return s3ObjectStore(
      s3,
      { public: env.S3_PUBLIC_BUCKET ?? '', private: env.S3_PRIVATE_BUCKET ?? '' },
      none,
    )
  }
  async function flip(area: 'public' | 'private', digest: string): Promise<void> {
    const key = factorTableKey(digest as `sha256:${string}`)
    const bytes = await store().get(area, key)
    if (bytes === null) throw new Error(`no ${key}`)
    bytes[bytes.length >> 1]! ^= 1
    await store().put(area, key, bytes, { contentType: 'application/json' })
  }

  test.each(['public', 'private'] as const)(
    'is never a corrupted object of the %s bucket, and healed once the object is right again',
    async (area) => {
      const table = unique('corrupt')
      const digest = await published(
        operator,
        table,
        '1',
        tableFiles(table, '1', area === 'public' ? free : {}),
      )
      await flip(area, digest)
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const answer = await calculate(client.machine, table, '1')
        expect([answer.status, code(answer)]).toEqual([500, 'stored-object-corrupt'])
        expect(code(await document(table, '1', client.machine))).toBe('stored-object-corrupt')
        if (area === 'public') expect(code(await publicObject(digest))).toBe('stored-object-corrupt')
      }
      await flip(area, digest)
      expect((await calculate(client.machine, table, '1')).body.printed.total.kg).toBe('200.00')
      expect((await document(table, '1', client.machine)).status).toBe(200)
      if (area === 'public') expect((await publicObject(digest)).status).toBe(200)
      // Verified once, and kept: what happens to the object later is not asked about.
      await flip(area, digest)
      expect((await calculate(client.machine, table, '1')).status).toBe(200)
      await flip(area, digest)
    },
  )

  test('is a published table of the public registry: the second calculation reads no object and no row of it', async () => {
    const [table, other] = [unique('kept'), unique('kept')]
    await published(operator, table, '1')
    await published(operator, other, '1')
    const costOfCalculation = async (on: string) => {
      const response = await request('/v1/calculations', {
        method: 'POST',
        headers: { authorization: `Bearer ${client.machine}`, 'content-type': 'application/json' },
        body: JSON.stringify(calculation(on, '1')),
      })
      expect(response.status).toBe(200)
      await response.text()
      return costOf(response)
    }
    // How the registry stands is remembered for half a minute: asked just before, it is asked again by neither.
    await costOfCalculation(other)
    const costs = [await costOfCalculation(table), await costOfCalculation(table)]
    expect(costs[1]!.database).toBe(costs[0]!.database - 1)
  })
})
