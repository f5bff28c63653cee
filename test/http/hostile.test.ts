/**
 * Published hostile input, sent to the running API: whatever comes, the answer is never a failure of ours; what must be
 * refused is refused as a problem that names its place; and what is taken is kept and read back as it was.
 */

import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Answer, call, operatorToken } from './api.ts'
import { code, draft, type Enterprise, enterprise, footprintBody, inventory, putData } from './cast.ts'

const published = inject('hostile')
const isAbsent = Object.keys(published).length === 0
const note = isAbsent ? ' (skipped: no published cases)' : ''
const read = <Shape>(name: string, absent: Shape): Shape =>
  published[name] === undefined ? absent : (JSON.parse(published[name]) as Shape)

interface Case {
  readonly name: string
  readonly expect?: string
  readonly bytes_b64?: string
  readonly csv_b64?: string
  readonly token?: string
}
const casesOf = (name: string) => read<{ cases: Case[] }>(name, { cases: [] }).cases
const { strings } = read('naughty-strings', { strings: [] as string[] })
const bytesOf = (base64 = '') => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

/** Expects a refusal of the request itself: a problem document with its place. */
function expectRefusal(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${JSON.stringify(answer.body).slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, what).toBeLessThan(500)
  expect(answer.headers.get('content-type'), what).toContain('application/problem+json')
  expect(answer.body.detail, what).toMatch(/\S/)
  const { pointer, line, bytesMax } = answer.body
  const hasPlace = [pointer, line, bytesMax].some((place) => place !== undefined)
  expect(hasPlace, `${what}: ${JSON.stringify(answer.body).slice(0, 200)}`).toBe(true)
}

/** What no line of text may hold: see `line` in src/http/schemas.ts. Written here once more, from the rule and not from the code. */
function fits(text: string, lengthMax: number): boolean {
  const bare = [...text].filter((character) => !/^[\p{Z}\p{C}]$/u.test(character))
  const isUnfit = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text)
  return text.length <= lengthMax && bare.length > 0 && !isUnfit
}

describe.skipIf(isAbsent)(`JSON documents of JSONTestSuite as bodies${note}`, () => {
  const json = { 'content-type': 'application/json' }
  const grammar = ['malformed-json', 'duplicate-key', 'nesting-too-deep']

  test.each(['/v1/footprints', '/v1/calculations', '/v1/verifications'])(
    '%s takes none of them, and says at which line and column those break that are no JSON',
    async (path) => {
      const token = client.machine
      for (const { name, expect: wanted, bytes_b64 } of casesOf('json-parsing')) {
        const answer = await call('POST', path, { token, body: bytesOf(bytes_b64), headers: json })
        expectRefusal(answer, name)
        const isBroken = grammar.includes(code(answer))
        if (isBroken) expect([answer.body.line, answer.body.column], name).not.toContain(undefined)
        // A document without a single byte is no broken JSON, but a body that is missing.
        const isOther = bytes_b64 === '' || code(answer) === 'body-too-large'
        if (wanted === 'reject') expect(isBroken || isOther, name).toBe(true)
        // The suite takes a repeated name, as RFC 8259 does; what is signed must not have two meanings.
        if (wanted === 'accept') expect(isBroken, name).toBe(name.includes('duplicated_key'))
      }
    },
  )

  test('what parsers read differently is refused, or is the same text however it was written', async () => {
    const token = client.machine
    for (const { name, bytes_b64 } of casesOf('json-transform')) {
      const headers = { 'if-match': '"1"', ...json }
      const path = `/v1/footprints/${crypto.randomUUID()}/activity-data`
      const answer = await call('PUT', path, { token, body: bytesOf(bytes_b64), headers })
      expectRefusal(answer, name)
      if (/same_key|invalid_codepoint/.test(name)) expect(grammar, name).toContain(code(answer))
    }
  })
})

describe.skipIf(isAbsent)(`naughty strings${note}`, () => {
  test('as names are refused at their place, or kept', async () => {
    const kept = new Map<string, string>()
    for (const text of strings) {
      const name = { en: text, zh: text }
      const body = footprintBody({
        title: text,
        responsibleParty: { name, address: name },
        exclusions: [{ what: text, reason: text, estimatedShare: '0.01' }],
      })
      const answer = await call('POST', '/v1/footprints', { token: client.machine, body })
      expect(answer.status, JSON.stringify(text)).toBe(fits(text, 200) ? 201 : 400)
      if (answer.status === 201) kept.set(answer.body.id, text.normalize('NFC'))
      else expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/title')
    }
    let path: string | undefined = '/v1/footprints?limit=200'
    while (path !== undefined) {
      const answer: Answer = await call('GET', path, { token: client.machine })
      for (const footprint of answer.body.footprints) {
        const text = kept.get(footprint.id)
        if (text === undefined) continue
        const { title, responsibleParty, exclusions } = footprint
        const name = { en: text, zh: text }
        expect([title, responsibleParty]).toEqual([text, { name, address: name }])
        expect(exclusions).toEqual([{ what: text, reason: text, estimatedShare: '0.01' }])
        kept.delete(footprint.id)
      }
      path = /<https:\/\/[^/]+([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1]
    }
    expect(kept.size).toBe(0)
  })

  test('as ids, descriptions and facilities of activity data are kept, from JSON and from CSV alike', async () => {
    const { cells, derived_cells } = read('csv-injection', {
      cells: [] as string[],
      derived_cells: [] as string[],
    })
    const texts = [...strings, ...cells, ...derived_cells].filter((text) => fits(text, 100))
    const lines = [...new Set(texts.map((text) => text.normalize('NFC')))].map((text) => ({
      id: text,
      category: 'c',
      description: text,
      facility: text,
      quantity: { amount: '1', unit: 'kWh' },
    }))
    expect(lines.length).toBeGreaterThan(200)
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const head = 'id,category,description,facility,quantity.amount,quantity.unit'
    const rows = lines.map(({ id }) => [id, 'c', id, id, '1', 'kWh'].map(cell).join())
    const files = [
      ['application/json', { lines }],
      ['text/csv', [head, ...rows].join('\n')],
    ] as const
    const { id } = await draft(client)
    const path = `/v1/footprints/${id}`
    for (const [type, data] of files) {
      const { headers } = await call('GET', path, { token: client.machine })
      const put = await putData(client.machine, id, data, headers.get('etag') ?? '', type)
      expect(put.status, JSON.stringify(put.body).slice(0, 300)).toBe(200)
      const found = await call('GET', `${path}/activity-data`, { token: client.machine })
      expect(found.body.lines).toEqual(lines)
    }
  })

  test('as ids in a path and as cursors are refused or find nothing', async () => {
    const operator = await operatorToken()
    for (const text of strings) {
      const part = encodeURIComponent(text)
      if (part !== '' && !/^\.+$/.test(text)) {
        const byId = await call('GET', `/v1/footprints/${part}`, { token: client.machine })
        expect([byId.status, byId.body.pointer], text).toEqual([400, '/footprintId'])
        const page = await call('GET', `/credentials/${part}`, { headers: { accept: 'text/html' } })
        expect(page.status, text).toBe(404)
        expect(page.body, text).not.toMatch(
          /<(script|img|svg|iframe|body|input)\b[^>]*(alert|onerror|src=x)/i,
        )
      }
      const listed = await call('GET', `/v1/organizations?limit=1&after=${part}`, { token: operator })
      if (listed.status !== 200) expectRefusal(listed, text)
      const isUnfit = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text) || text.length > 200
      expect(listed.status, text).toBe(isUnfit ? 400 : 200)
    }
  })

  test('in a search are words, never patterns or statements', async () => {
    const wild = strings.filter((text) => /['"%_\\;*]/.test(text) && fits(text, 100)).slice(0, 40)
    for (const text of [...wild, '%', '_', '\\', "' or 1=1 --"]) {
      const answer = await call('GET', `/v1/factors?limit=5&q=${encodeURIComponent(text)}`)
      expect(answer.status, text).toBe(200)
      // What is no letter or digit divides words and is not looked for; each word stands somewhere in every row found.
      const asked =
        text
          .normalize('NFKC')
          .toLowerCase()
          .match(/[a-z0-9]+/g) ?? []
      for (const row of answer.body.factors) {
        const searched = JSON.stringify(row).normalize('NFKC').toLowerCase()
        for (const word of asked) expect(searched, text).toContain(word)
      }
    }
  })

  test('as tokens open nothing, and as credentials verify nothing', async () => {
    for (const text of strings) {
      const isHeader = /^[\x21-\x7e]+$/.test(text)
      if (isHeader) expect((await call('GET', '/v1/footprints', { token: text })).status, text).toBe(401)
      const verified = await call('POST', '/v1/verifications', { body: { credential: text } })
      expect([verified.status, verified.body.verified], text).toEqual([200, false])
    }
  })
})

describe.skipIf(isAbsent)(`lines that are nearly right${note}`, () => {
  const line = (at: number, changes: Record<string, unknown>) => ({
    id: `line-${at}`,
    category: 'purchased-electricity',
    quantity: { amount: '1', unit: 'kWh' },
    factor: { table: 'cn-electricity-co2', year: 2023 },
    ...changes,
  })

  /** Calculates lines forty at a time, without those that were refused, until the rest is taken; answers the refused ones. */
  async function refusedAmong(lines: readonly object[]): Promise<Map<number, string>> {
    const refused = new Map<number, string>()
    for (let from = 0; from < lines.length; from += 40) {
      let left = lines.slice(from, from + 40).map((_, at) => from + at)
      while (left.length > 0) {
        const body = { ...inventory(), lines: left.map((at) => lines[at]) }
        const answer = await call('POST', '/v1/calculations', { token: client.machine, body })
        if (answer.status === 200) break
        expectRefusal(answer, JSON.stringify(body.lines).slice(0, 300))
        const found = [answer.body, ...(answer.body.others ?? []), ...(answer.body.errors ?? [])]
        const now = new Set(found.map(({ pointer }) => left[Number(/^\/lines\/(\d+)\//.exec(pointer)?.[1])]))
        for (const at of now) refused.set(at as number, code(answer))
        expect(now, JSON.stringify(answer.body).slice(0, 300)).not.toContain(undefined)
        left = left.filter((at) => !now.has(at))
      }
    }
    return refused
  }

  test('the line that they are made from is right', async () => {
    expect(await refusedAmong([line(0, {})])).toEqual(new Map())
  })

  test('amounts are plain decimals in ASCII digits, or refused one by one', async () => {
    const amounts = [...strings, '１２', '1e999', '1e-999', '0x10', '1_000', '٣', '.5', '5.', '-0', '007']
    const refused = await refusedAmong(
      amounts.map((amount, at) => line(at, { quantity: { amount, unit: 'kWh' } })),
    )
    const taken = new Set(amounts.filter((_, at) => !refused.has(at)))
    // By hand, from the list: the plain decimals of it that are not negative and that a double can hold.
    const sound = ['0', '1', '1E2', '1E02', '-0.0', '+0', '0.00', '2.2250738585072011e-308', '-0']
    expect([...taken].sort()).toEqual(sound.sort())
  })

  test('no naughty string is a unit, a gas, a factor or a table', async () => {
    const changes = (text: string) => [
      { quantity: { amount: '1', unit: text } },
      { category: 'fugitive-emissions', quantity: { amount: '1', unit: 'kg' }, factor: undefined, gas: text },
      { factor: { id: text } },
      { factor: { table: text } },
    ]
    const members = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ...strings]
    const lines = members.flatMap(changes).map((change, at) => line(at, change))
    expect((await refusedAmong(lines)).size).toBe(lines.length)
  }, 40_000)

  test('no look-alike of a unit or of a factor’s id passes for it', async () => {
    const { pairs } = read('unicode-confusables', { pairs: [] as { char: string; looks_like: string }[] })
    const units = [
      'kWh',
      'MWh',
      't',
      'kg',
      'GJ',
      'L',
      'km',
      'm3',
      't.km',
      'passenger',
      'vehicle',
      'bbl',
      'scf',
    ]
    const id = 'cn-fuel-set-a-diesel'
    const disguised = (text: string, { char, looks_like }: { char: string; looks_like: string }) =>
      text.replace(looks_like, char)
    const lines = pairs.flatMap((pair, at) => {
      const unit = units.find((known) => known.includes(pair.looks_like))
      const asUnit = {
        quantity: { amount: '1', unit: unit === undefined ? pair.char : disguised(unit, pair) },
      }
      const asId = { category: 'mobile-combustion', factor: { table: 'cn-fuel', id: disguised(id, pair) } }
      return [line(at, asUnit), ...(id.includes(pair.looks_like) ? [line(at + 10_000, asId)] : [])]
    })
    expect(lines.length).toBeGreaterThan(900)
    const refused = await refusedAmong(lines)
    const passed = lines.filter((_, at) => !refused.has(at))
    expect(passed).toEqual([])
  })
})

describe.skipIf(isAbsent)(`CSV and tokens${note}`, () => {
  test('foreign CSV is refused at a line and column, with nothing changed', async () => {
    const { id } = await draft(client)
    const before = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    for (const { name, csv_b64 } of [...casesOf('csv-good-and-bad'), ...casesOf('csv-valid')]) {
      const file = bytesOf(csv_b64)
      const answer = await putData(client.machine, id, file, before.headers.get('etag') ?? '', 'text/csv')
      expectRefusal(answer, name)
      if (file.length > 0) expect([answer.body.line, answer.body.column], name).not.toContain(undefined)
    }
    const after = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    expect(after.body).toEqual(before.body)
  })

  test('attacks on JWTs open nothing and verify nothing', async () => {
    const { factors } = (await call('GET', '/v1/factors?limit=1')).body
    for (const { name, token = '' } of casesOf('jwt-attacks')) {
      const asToken = await call('GET', '/v1/footprints', { token })
      expect([asToken.status, code(asToken)], name).toEqual([401, 'unauthorized'])
      const anonymous = await call('GET', '/v1/factors?limit=1', { token })
      expect([anonymous.status, anonymous.body.factors], name).toEqual([200, factors])
      const asCredential = await call('POST', '/v1/verifications', { body: { credential: token } })
      expect([asCredential.status, asCredential.body.verified], name).toEqual([200, false])
      const failed = asCredential.body.checks.filter(
        ({ outcome }: { outcome: string }) => outcome === 'failed',
      )
      expect(failed[0].reason, name).toMatch(/\S/)
    }
  })
})
