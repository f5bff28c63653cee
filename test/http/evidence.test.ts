/** Evidence over HTTP, with files that really go through the store: bringing, confirming, linking, reading, and who sees what. */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { readEnvironment } from '../../src/environment.ts'
import { jpeg, ofd, pdf, png, text } from '../certification/made-evidence.ts'
import { openTestPorts } from '../harness/ports.ts'
import { type Answer, call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  inventoryLines,
  inventoryTotalKg,
  move,
  putData,
  read,
  submit,
  submitted,
} from './cast.ts'
import {
  announce,
  announcement,
  brought,
  confirm,
  link,
  ofEngagement,
  ofFootprint,
  put,
  unlink,
} from './evidence-files.ts'

let client: Enterprise
let rival: Enterprise
let certifier: Body
let stranger: Body
let database: ReturnType<typeof openDatabase>
beforeAll(async () => {
  const { DATABASE_URL: url, NEON_WS_PROXY: webSocketProxy } = readEnvironment(inject('environment'))
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  rival = await enterprise()
  certifier = await body()
  stranger = await body()
}, 120_000)
afterAll(() => database.close())

const get = (token: string, path: string): Promise<Answer> => call('GET', path, { token })
const random = () => pdf(crypto.randomUUID())

describe('a file', () => {
  let path: string
  beforeAll(async () => {
    path = ofFootprint((await draft(client)).id)
  })

  test('is announced, put, confirmed, and then kept', async () => {
    const file = random()
    const announced = await announce(client.machine, path, file, {
      takenOn: '2024-04-02',
      description: 'March.',
    })
    expect(announced.status).toBe(201)
    expect(announced.headers.get('location')).toBe(`${path}/${announced.body.id}`)
    expect(announced.body).toMatchObject({
      state: 'announced',
      kind: 'invoice',
      name: '电费发票 2024-03.pdf',
      takenOn: '2024-04-02',
      validUntil: null,
      revision: 1,
      links: [],
      upload: { method: 'PUT', headers: { 'content-length': String(file.length) } },
    })
    expect(await put(announced.body.upload, file)).toBe(200)
    const kept = await confirm(client.machine, path, announced.body.id)
    expect(kept.body).toMatchObject({ state: 'kept', refusal: null, sha256: announced.body.sha256 })
    expect((await get(client.machine, `${path}/${announced.body.id}`)).body).toMatchObject({
      state: 'kept',
      retention: { keptUntil: null, because: 'clock-not-started', isPast: false },
    })
  })

  test('is handed out under its own type and a name of its own, for whoever may see it', async () => {
    const file = ofd({ 'Doc_0/id.xml': crypto.randomUUID() })
    const kept = await brought(client.machine, path, file, {
      mediaType: 'application/ofd',
      name: '电子发票.pdf.exe',
    })
    const content = await get(client.machine, `${path}/${kept.id}/content`)
    expect(content.status).toBe(200)
    expect(content.headers.get('cache-control')).toBe('no-store')
    const fetched = await fetch(content.body.url)
    expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(file)
    expect(fetched.headers.get('content-type')).toBe('application/ofd')
    expect(fetched.headers.get('content-disposition')).toBe(
      `attachment; filename="evidence-${kept.number}.ofd"`,
    )
  })

  test('announced twice under one key is one file; the key belongs to that request', async () => {
    const file = random()
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await announce(client.machine, path, file, {}, key)
    const again = await announce(client.machine, path, file, {}, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect([again.body.id, again.body.number]).toEqual([first.body.id, first.body.number])
    expect(await put(again.body.upload, file)).toBe(200)
    const next = await announce(client.machine, path, random())
    expect(next.body.number).toBe(first.body.number + 1)
    expect(code(await announce(client.machine, path, random(), {}, key))).toBe('idempotency-key-reused')
  })

  test('confirmed again answers the same; its upload address is no more', async () => {
    const kept = await brought(client.machine, path)
    const again = await confirm(client.machine, path, kept.id, { 'idempotency-key': crypto.randomUUID() })
    expect(again.body).toEqual(kept)
    const address = await call('POST', `${path}/${kept.id}/upload`, { token: client.machine })
    expect(code(address)).toBe('invalid-transition')
  })

  test('that was not put is not confirmed; its address can be had again', async () => {
    const file = random()
    const { id } = (await announce(client.machine, path, file)).body
    expect(code(await confirm(client.machine, path, id))).toBe('invalid-transition')
    const address = await call('POST', `${path}/${id}/upload`, { token: client.machine })
    expect(await put(address.body, file)).toBe(200)
    expect((await confirm(client.machine, path, id)).body.state).toBe('kept')
  })

  test('put again after it was confirmed changes nothing that is read', async () => {
    const file = random()
    const announced = (await announce(client.machine, path, file)).body
    await put(announced.upload, file)
    await confirm(client.machine, path, announced.id)
    const other = file.slice().fill(0x20)
    await put(announced.upload, other)
    const { url } = (await get(client.machine, `${path}/${announced.id}/content`)).body
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(file)
    expect((await confirm(client.machine, path, announced.id)).body.state).toBe('kept')
  })

  test('brought twice is kept once, under two names', async () => {
    const file = random()
    const [one, other] = [
      await brought(client.machine, path, file),
      await brought(client.machine, path, file),
    ]
    expect(one.id).not.toBe(other.id)
    for (const { id } of [one, other]) {
      const { url } = (await get(client.machine, `${path}/${id}/content`)).body
      expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(file)
    }
  })

  const refusedFor: readonly (readonly [string, Uint8Array, Uint8Array, Record<string, unknown>])[] = [
    ['digest-differs', pdf('one'), pdf('two'), {}],
    ['size-differs', pdf('one'), pdf('longer'), {}],
    ['type-differs', png(), png(), {}],
    ['active-content', text('<html>'), text('<html>'), { mediaType: 'text/plain' }],
    ['executable', text('#!/bin/sh'), text('#!/bin/sh'), { mediaType: 'text/plain' }],
  ]
  test.each(refusedFor)(
    '%s: is refused, never counts and is never handed out',
    async (reason, said, sent, changes) => {
      const announced = (await announce(client.machine, path, said, changes)).body
      // As a store leaves it that does not look at what the address binds.
      const { ports, close } = openTestPorts()
      const meta = { contentType: 'application/pdf' }
      await ports.objects.put('private', `uploads/evidence/${announced.id}`, sent, meta)
      await close()
      const refused = (await confirm(client.machine, path, announced.id)).body
      expect(refused).toMatchObject({ state: 'refused', refusal: { reason } })
      expect(refused.refusal.text.zh).toMatch(/\p{Script=Han}/u)
      if (reason === 'type-differs') expect(refused.refusal.found).toEqual(['image/png'])
      expect(code(await get(client.machine, `${path}/${announced.id}/content`))).toBe('not-found')
      expect(code(await link(client.machine, path, announced.id, { lines: ['grid'] }))).toBe(
        'invalid-transition',
      )
    },
  )

  test('is asked to be what it can be', async () => {
    const wrong: readonly Record<string, unknown>[] = [
      { size: 0 },
      { size: 100 * 1024 * 1024 + 1 },
      { sha256: 'A'.repeat(64) },
      { mediaType: 'image/svg+xml' },
      { mediaType: 'text/html' },
      { kind: 'selfie' },
      { name: '../x.pdf' },
      { name: 'a\u0000' },
      { takenOn: '2024-02-30' },
      { state: 'kept' },
    ]
    for (const changes of wrong) {
      const answer = await announce(client.machine, path, random(), changes)
      expect([changes, code(answer)]).toEqual([changes, 'invalid-request'])
    }
  })

  test('is one too many where there are as many as may be; nothing is counted then', async () => {
    const { id } = await draft(client)
    const full = ofFootprint(id)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const file = random()
    const first = await announce(client.machine, full, file, {}, key)
    await database.db.execute(sql`update evidence_counts set files = 2000 where owner_id = ${id}::uuid`)
    expect(code(await announce(client.machine, full, random()))).toBe('too-many-items')
    expect((await announce(client.machine, full, file, {}, key)).body.id).toBe(first.body.id)
  })
})

describe('links', () => {
  test('go to lines, meters and findings that there are, and to nothing else', async () => {
    const footprint = await draft(client)
    const path = ofFootprint(footprint.id)
    const { id } = await brought(client.machine, path)
    const lineIds = linesOf()
    const linked = await link(client.machine, path, id, { lines: [lineIds[0], lineIds[0]] })
    expect(linked.status, JSON.stringify(linked.body)).toBe(200)
    expect(linked.body).toMatchObject({
      linkCount: 1,
      links: [{ kind: 'line', line: lineIds[0], unlinked: null }],
    })
    expect((await link(client.machine, path, id, { lines: [lineIds[0]] })).body.linkCount).toBe(1)
    const unknown = await link(client.machine, path, id, { lines: [lineIds[0], 'no-such-line'] })
    expect([code(unknown), unknown.body.pointer]).toEqual(['unknown-line', '/lines/1'])
    expect(code(await link(client.machine, path, id, { meters: ['no-such-meter'] }))).toBe(
      'unknown-site-data',
    )
    const findings = [{ engagementId: crypto.randomUUID(), number: 1 }]
    expect(code(await link(client.machine, path, id, { findings }))).toBe('not-found')
    expect(code(await link(client.machine, path, id, {}))).toBe('invalid-request')
    const many = Array.from({ length: 501 }, (_, at) => `line-${at}`)
    expect(code(await link(client.machine, path, id, { lines: many }))).toBe('too-many-items')
  })

  test('go to a meter by its serial', async () => {
    const lines = [
      ...inventoryLines,
      {
        ...inventoryLines[0],
        id: 'metered',
        quantity: undefined,
        meter: {
          unit: 'kWh',
          meters: [
            {
              serial: 'No. 4711',
              multiplier: '1',
              readings: [
                { date: '2024-01-01', value: '100' },
                { date: '2025-01-01', value: '200' },
              ],
            },
          ],
        },
      },
    ]
    const made = await draft(client)
    const data = await putData(client.preparer.token, made.id, { lines }, `"${made.version}"`)
    expect(data.status, JSON.stringify(data.body)).toBe(200)
    const path = ofFootprint(made.id)
    const { id } = await brought(client.machine, path, jpeg(crypto.randomUUID()), {
      kind: 'meter-photo',
      mediaType: 'image/jpeg',
      name: 'IMG_0001.jpg',
    })
    const linked = await link(client.machine, path, id, { meters: ['No. 4711'], lines: ['metered'] })
    expect(linked.body.links).toHaveLength(2)
    const found = await get(client.machine, `${path}?meter=${encodeURIComponent('No. 4711')}`)
    expect(found.body.evidence).toMatchObject([{ id }])
    expect((await get(client.machine, `${path}?meter=4712`)).body.evidence).toEqual([])
    expect((await get(client.machine, `${path}?line=metered&kind=invoice`)).body.evidence).toEqual([])
    expect(code(await get(client.machine, `${path}?line=metered&meter=1`))).toBe('invalid-request')
  })

  test('taken away stay to be seen with their reason, and can be made again', async () => {
    const { id: footprintId } = await draft(client)
    const path = ofFootprint(footprintId)
    const { id } = await brought(client.machine, path)
    const [line = ''] = linesOf()
    const [standing] = (await link(client.machine, path, id, { lines: [line] })).body.links
    const key = { 'idempotency-key': crypto.randomUUID() }
    const gone = await unlink(client.machine, path, id, standing.id, key)
    expect(gone.body.links).toMatchObject([
      { id: standing.id, unlinked: { reason: 'The wrong month.', from: 1 } },
    ])
    expect((await unlink(client.machine, path, id, standing.id, key)).body).toEqual(gone.body)
    expect(code(await unlink(client.machine, path, id, standing.id))).toBe('invalid-transition')
    expect(code(await unlink(client.machine, path, id, crypto.randomUUID()))).toBe('not-found')
    const again = await link(client.machine, path, id, { lines: [line] })
    expect(again.body.links.map((tie: { unlinked: unknown }) => tie.unlinked === null)).toEqual([true, false])
    expect(again.body.linkCount).toBe(2)
  })

  test('that a submitted revision rests on are taken away by a person, and the body goes on seeing them', async () => {
    const { id: footprintId } = await draft(client)
    const path = ofFootprint(footprintId)
    const { id } = await brought(client.machine, path)
    const [line = ''] = linesOf()
    const [standing] = (await link(client.machine, path, id, { lines: [line] })).body.links
    expect((await submit(client.responsible.token, footprintId)).status).toBe(201)
    expect((await apply(client.preparer.token, footprintId, certifier.slug)).status).toBe(201)
    expect(code(await unlink(client.machine, path, id, standing.id))).toBe('member-required')
    expect((await unlink(client.preparer.token, path, id, standing.id)).status).toBe(200)
    const seen = await get(certifier.lead.token, `${path}/${id}`)
    expect(seen.body.links).toMatchObject([
      { line, revision: 1, unlinked: { from: 2, reason: 'The wrong month.' } },
    ])
  })
})

const linesOf = () => inventoryLines.map(({ id }) => id)

describe('who sees evidence', () => {
  test('its client; a body from application on, what counts, of revisions put before it; nobody else', async () => {
    const { id: footprintId } = await draft(client)
    const path = ofFootprint(footprintId)
    const kept = await brought(client.machine, path)
    const waiting = (await announce(client.machine, path, random())).body
    await submit(client.responsible.token, footprintId)
    const lead = certifier.lead.token
    for (const token of [lead, stranger.lead.token, rival.preparer.token])
      await seesNothing(token, path, kept.id)

    const { id: engagementId } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    expect((await get(lead, path)).body.evidence).toMatchObject([{ id: kept.id }])
    expect((await get(lead, `${path}/${kept.id}/content`)).status).toBe(200)
    expect(code(await get(lead, `${path}/${waiting.id}`))).toBe('not-found')
    for (const token of [stranger.lead.token, rival.preparer.token]) await seesNothing(token, path, kept.id)

    // A body reads; it brings nothing here, and takes nothing away.
    const bodyWrites = [
      () => announce(lead, path, random()),
      () => confirm(lead, path, kept.id),
      () => link(lead, path, kept.id, { lines: linesOf() }),
    ]
    for (const write of bodyWrites) expect((await write()).status).toBeGreaterThanOrEqual(403)

    await move(certifier.manager.token, engagementId, 'decline', { reason: 'No capacity.' })
    await seesNothing(lead, path, kept.id)
  })

  async function seesNothing(token: string, path: string, id: string): Promise<void> {
    const asked = [
      path,
      `${path}/${id}`,
      `${path}/${id}/content`,
      path.replace('evidence', 'evidence-coverage'),
    ]
    for (const one of asked) expect([one, code(await get(token, one))]).toEqual([one, 'not-found'])
  }

  test('what a client brings for its next revision waits for it, unless it answers a finding of the body', async () => {
    const engagementId = await engagementIn('in-verification', client, certifier)
    const { footprintId } = (await read(client.preparer.token, engagementId)).body
    const path = ofFootprint(footprintId)
    const found = { kind: 'clarification', text: 'Which meter is this?' }
    expect((await move(certifier.verifier.token, engagementId, 'findings', found)).status).toBe(200)
    expect((await move(certifier.lead.token, engagementId, 'send-back')).status).toBe(200)
    const next = await brought(client.machine, path)
    expect(next.revision).toBe(2)
    expect((await get(certifier.lead.token, path)).body.evidence).toEqual([])
    const findings = [{ engagementId, number: 1 }]
    expect((await link(client.machine, path, next.id, { findings })).status).toBe(200)
    const seen = await get(certifier.lead.token, path)
    expect(seen.body.evidence).toMatchObject([
      { id: next.id, links: [{ kind: 'finding', finding: findings[0] }] },
    ])
    const byFinding = await get(client.machine, `${path}?finding=${engagementId}/1`)
    expect(byFinding.body.evidence).toMatchObject([{ id: next.id }])
  })

  test('cross-tenant ids are not there, in every place of every path', async () => {
    const mine = ofFootprint((await draft(client)).id)
    const theirs = ofFootprint((await draft(rival)).id)
    const { id } = await brought(client.machine, mine)
    for (const [token, path] of [
      [rival.machine, mine],
      [rival.machine, theirs],
      [client.machine, theirs],
      [client.machine, ofEngagement(crypto.randomUUID())],
    ] as const) {
      const tries = [
        () => get(token, `${path}/${id}`),
        () => get(token, `${path}/${id}/content`),
        () => confirm(token, path, id),
        () => call('POST', `${path}/${id}/upload`, { token }),
        () => link(token, path, id, { lines: linesOf() }),
        () => unlink(token, path, id, crypto.randomUUID()),
      ]
      for (const attempt of tries) expect((await attempt()).status).toBe(404)
    }
  })

  test('that the bytes were handed out is on record: who, which, when', async () => {
    const path = ofFootprint((await draft(client)).id)
    const { id, sha256 } = await brought(client.machine, path)
    await get(client.preparer.token, `${path}/${id}/content`)
    await get(client.preparer.token, `${path}/${id}/content`)
    const rows = await acts(id)
    expect(rows).toMatchObject([
      { action: 'read-evidence', person_id: client.preparer.personId, facts: { sha256 } },
      { action: 'read-evidence', person_id: client.preparer.personId },
    ])
  })
})

async function acts(evidenceId: string): Promise<Record<string, unknown>[]> {
  const found = await database.db.execute(
    sql`select action, person_id, facts from audit where resource = 'evidence' and resource_id = ${evidenceId}::uuid order by at`,
  )
  return (found as unknown as { readonly rows: Record<string, unknown>[] }).rows
}

describe('a body’s own evidence', () => {
  test('is brought by its team while it works, and seen by nobody else', async () => {
    const engagementId = await engagementIn('in-verification', client, certifier)
    const path = ofEngagement(engagementId)
    const photo = { kind: 'site-photo', mediaType: 'image/jpeg', name: 'kiln.jpg' }
    const kept = await brought(certifier.verifier.token, path, jpeg(crypto.randomUUID()), photo)
    expect(kept).toMatchObject({ state: 'kept', engagementId, number: 1, revision: 1 })
    expect((await get(certifier.reviewer.token, path)).body.evidence).toMatchObject([{ id: kept.id }])
    for (const token of [client.preparer.token, stranger.lead.token]) {
      expect(code(await get(token, path))).toBe('not-found')
      expect(code(await get(token, `${path}/${kept.id}/content`))).toBe('not-found')
    }
    for (const token of [certifier.reviewer.token, certifier.manager.token]) {
      expect(code(await announce(token, path, random()))).toBe('role-required')
    }
    const linked = await link(certifier.lead.token, path, kept.id, { lines: linesOf() })
    expect(linked.status, JSON.stringify(linked.body)).toBe(200)
    expect(linked.body.linkCount).toBe(linesOf().length)
    // The client reads the engagement's acts, and of this it learns nothing.
    const { history } = (await read(client.preparer.token, engagementId)).body
    expect(JSON.stringify(history)).not.toContain('evidence')
  })

  test('is not brought before acceptance, nor once the opinion is proposed', async () => {
    for (const state of ['applied', 'in-review'] as const) {
      const path = ofEngagement(await engagementIn(state, client, certifier))
      const refused = await announce(certifier.lead.token, path, random())
      expect([state, ['role-required', 'invalid-transition'].includes(code(refused))]).toEqual([state, true])
    }
  })
})

describe('coverage', () => {
  test('shows for each line the files behind it, and names those that have none', async () => {
    const footprintId = await submitted(client)
    const path = ofFootprint(footprintId)
    const { id } = await brought(client.machine, path)
    const [line = ''] = linesOf()
    await link(client.machine, path, id, { lines: [line] })
    const coverage = `/v1/footprints/${footprintId}/evidence-coverage`
    const seen = (await get(client.machine, coverage)).body
    expect(seen).toMatchObject({
      revision: 1,
      lineCount: linesOf().length,
      bareCount: linesOf().length - 1,
      missing: null,
    })
    // By hand: 49,858.24 kg of 56,148.484986 kg.
    expect(Number(seen.backedShare)).toBeCloseTo(49_858.24 / inventoryTotalKg, 12)
    expect(seen.lines.find((one: { id: string }) => one.id === line)).toMatchObject({
      evidence: [{ id, kind: 'invoice', of: 'footprint' }],
      evidenceCount: 1,
    })
    const bare = (await get(client.machine, `${coverage}?only=bare&limit=1`)).body
    expect(bare.lines).toMatchObject([{ evidenceCount: 0, evidence: [] }])
  })

  test('of a draft is of what it comes to now; pages follow one another', async () => {
    const footprintId = (await draft(client)).id
    const coverage = `/v1/footprints/${footprintId}/evidence-coverage?limit=1`
    const first = await get(client.machine, coverage)
    expect(first.body).toMatchObject({ revision: null, backedShare: '0' })
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const { pathname, search } = new URL(next)
    const second = await get(client.machine, pathname + search)
    expect([first.body.lines[0].id, second.body.lines[0].id]).toEqual(linesOf().slice(0, 2))
    expect(code(await get(client.machine, coverage.replace('limit=1', 'after=x')))).toBe('invalid-request')
  })

  test('of a footprint without data says what is missing', async () => {
    const made = await call('POST', '/v1/footprints', { token: client.preparer.token, body: footprintBody() })
    const asked = await get(client.machine, `/v1/footprints/${made.body.id}/evidence-coverage`)
    expect(code(asked)).toBe('footprint-incomplete')
  })

  test('shows a body its own evidence among the client’s, and the client only its own', async () => {
    const engagementId = await engagementIn('in-verification', client, certifier)
    const { footprintId } = (await read(certifier.lead.token, engagementId)).body
    const own = ofEngagement(engagementId)
    const note = { kind: 'record-of-interview', mediaType: 'text/plain', name: 'note.txt' }
    const kept = await brought(certifier.lead.token, own, text(`note ${crypto.randomUUID()}`), note)
    const [line = ''] = linesOf()
    expect((await link(certifier.lead.token, own, kept.id, { lines: [line] })).status).toBe(200)
    const coverage = `/v1/footprints/${footprintId}/evidence-coverage`
    expect((await get(certifier.lead.token, coverage)).body.bareCount).toBe(linesOf().length - 1)
    expect((await get(client.machine, coverage)).body.bareCount).toBe(linesOf().length)
  })
})

test('every announced word is there again: the view holds what was said', async () => {
  const path = ofFootprint((await draft(client)).id)
  const file = random()
  const said = announcement(file, { kind: 'calibration-record', validUntil: '2027-06-30' })
  const answer = await call('POST', path, { token: client.machine, body: said })
  expect(answer.body).toMatchObject(said)
})
