/**
 * Evidence where things go wrong: a process that dies between any two writes, many who confirm at once, a hand that writes SQL, and
 * erasing after the term. On the real store and database.
 */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { announceEvidence } from '../../src/actions/evidence/announce-evidence.ts'
import { confirmEvidence } from '../../src/actions/evidence/confirm-evidence.ts'
import {
  type Expired,
  eraseExpired,
  expiredEvidence,
  removeErasedBytes,
} from '../../src/actions/evidence/expired-evidence.ts'
import { expired } from '../../src/cli/evidence.ts'
import { openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import { readEnvironment } from '../../src/environment.ts'
import type { OpenPorts } from '../../src/http/context.ts'
import type { Evidence } from '../../src/ports/evidence.ts'
import { evidenceKey, uploadKey } from '../../src/ports/files.ts'
import type { Actor, Ports } from '../../src/ports.ts'
import { hexDigest, pdf } from '../certification/made-evidence.ts'
import { everyKill, Process } from '../harness/faults.ts'
import { installationActor } from '../harness/installation-actor.ts'
import { openTestPorts } from '../harness/ports.ts'
import {
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  inventoryLines,
  move,
  submitted,
} from '../http/cast.ts'
import { announce, brought, confirm, link, ofFootprint, put, unlink } from '../http/evidence-files.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const at = 20

let client: Enterprise
let certifier: Body
let opened: OpenPorts
let database: ReturnType<typeof openDatabase>
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  opened = openTestPorts()
  const { DATABASE_URL: url, NEON_WS_PROXY: webSocketProxy } = readEnvironment(inject('environment'))
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
}, 120_000)
afterAll(async () => {
  await opened.close()
  await database.close()
})

const random = () => pdf(crypto.randomUUID())
const mark = () => ({ idempotencyKey: null, digest: `sha256:${crypto.randomUUID()}` })
const rows = async (query: SQL): Promise<Record<string, unknown>[]> =>
  ((await database.db.execute(query)) as unknown as { rows: Record<string, unknown>[] }).rows

/** The enterprise's machine, as actions know it. */
function actor(): Actor {
  return {
    clientId: crypto.randomUUID(),
    organizationId: client.id,
    organizationKind: 'enterprise',
    memberId: null,
    personId: null,
    scopes: ['footprints:write'],
  }
}

/** A file announced and uploaded by the actions themselves. */
async function uploaded(ports: Ports, footprintId: string, file: Uint8Array): Promise<Evidence> {
  const said = { kind: 'invoice', name: 'a.pdf', mediaType: 'application/pdf' } as const
  const none = { description: null, takenOn: null, validUntil: null }
  const { evidence } = await announceEvidence(ports, {
    actor: actor(),
    mark: mark(),
    owner: { of: 'footprint', id: footprintId },
    file: { ...said, ...none, size: file.length, sha256: hexDigest(file) },
  })
  await ports.objects.put('private', uploadKey(evidence.id), file, { contentType: 'application/pdf' })
  return evidence
}

const confirmBy = (ports: Ports, { id, footprintId }: Evidence) =>
  confirmEvidence(ports, {
    actor: actor(),
    mark: mark(),
    owner: { of: 'footprint', id: footprintId },
    evidenceId: id,
  })

describe('a process that dies while it confirms', () => {
  const writes = { files: ['copy', 'remove'], evidence: ['settle'] }

  test.each(everyKill(5))('$moment its write $write leaves what the next try ends', async (kill) => {
    const { ports } = opened
    const file = random()
    const evidence = await uploaded(ports, (await draft(client)).id, file)
    const process = new Process(kill)
    await confirmBy(process.ports(ports, writes), evidence).catch(() => {})
    expect(process.isDead).toBe(true)
    const seen = await confirmBy(ports, evidence)
    expect(seen.evidence.state).toBe('kept')
    const key = evidenceKey(client.id, evidence.sha256)
    expect(await ports.objects.get('private', key)).toEqual(file)
    const kept = await rows(
      sql`select id from audit where action = 'keep-evidence' and facts ->> 'evidence' = ${evidence.id}`,
    )
    expect(kept).toHaveLength(1)
  })

  test('the upload and its copy are gone when nobody dies', async () => {
    const { ports } = opened
    const evidence = await uploaded(ports, (await draft(client)).id, random())
    const process = new Process()
    await confirmBy(process.ports(ports, writes), evidence)
    expect(process.writes).toBe(5)
    expect(await ports.files.size(uploadKey(evidence.id))).toBeNull()
  })

  test('an upload that is replaced while it is read is judged as it was copied', async () => {
    const { ports } = opened
    const file = random()
    const evidence = await uploaded(ports, (await draft(client)).id, file)
    const other = file.slice().fill(0x20)
    const files = new Proxy(ports.files, {
      get: (store, name: keyof Ports['files']) =>
        name === 'read'
          ? async (key: string) => {
              await ports.objects.put('private', uploadKey(evidence.id), other, { contentType: 'text/plain' })
              return store.read(key)
            }
          : store[name],
    })
    const seen = await confirmBy(new Proxy(ports, { get: replacing({ files }) }), evidence)
    expect(seen.evidence.state).toBe('kept')
    expect(await ports.objects.get('private', evidenceKey(client.id, evidence.sha256))).toEqual(file)
  })
})

/** Some ports in place of the real ones. */
function replacing(others: Partial<Ports>) {
  return (ports: Ports, name: string | symbol) =>
    name in others ? Reflect.get(others, name) : Reflect.get(ports, name)
}

describe('a hand that writes SQL', () => {
  let kept: { id: string }
  let tie: { id: string }
  beforeAll(async () => {
    const path = ofFootprint((await draft(client)).id)
    kept = await brought(client.machine, path)
    const linked = await link(client.machine, path, kept.id, { lines: inventoryLines.map(({ id }) => id) })
    tie = linked.body.links[0]
    await unlink(client.machine, path, kept.id, tie.id)
  })

  async function refusedBy(statement: SQL): Promise<string | null> {
    try {
      await database.db.execute(statement)
      return null
    } catch (thrown) {
      return brokenConstraint(thrown) ?? String(thrown)
    }
  }

  test('changes no evidence and removes none', async () => {
    const update = (set: SQL) => sql`update evidence_files set ${set} where id = ${kept.id}`
    const tries: readonly (readonly [SQL, string])[] = [
      [update(sql`sha256 = repeat('0', 64)`), 'evidence_files_frozen'],
      [update(sql`name = 'b.pdf'`), 'evidence_files_frozen'],
      [update(sql`state = 'announced', settled_at = null`), 'evidence_files_moves'],
      [update(sql`settled_at = now()`), 'evidence_files_said'],
      [update(sql`link_count = 0`), 'evidence_files_counted'],
      [sql`delete from evidence_files where id = ${kept.id}`, 'evidence_files_permanent'],
      [sql`truncate evidence_files cascade`, 'evidence_files_permanent'],
    ]
    for (const [statement, constraint] of tries) expect(await refusedBy(statement)).toBe(constraint)
  })

  test('changes no link, makes none stand again, and removes none', async () => {
    const update = (set: SQL) => sql`update evidence_links set ${set} where id = ${tie.id}`
    const tries: readonly (readonly [SQL, string])[] = [
      [update(sql`target = 'another'`), 'evidence_links_frozen'],
      [
        update(sql`unlinked_at = null, unlinked_from = null, unlink_reason = null`),
        'evidence_links_unlinked',
      ],
      [sql`delete from evidence_links where id = ${tie.id}`, 'evidence_links_permanent'],
      [sql`truncate evidence_links`, 'evidence_links_permanent'],
    ]
    for (const [statement, constraint] of tries) expect(await refusedBy(statement)).toBe(constraint)
  })
})

describe('what is past its term', () => {
  /** Ports of a year in which terms are over, and under schemes that keep evidence so long. */
  function later(years: number | undefined, day = '2099-01-01'): Ports {
    const { ports } = opened
    const loadScheme = async (id: string, version: string) => {
      const published = await ports.registry.loadScheme(id, version)
      return { ...published, body: { ...(published.body as object), evidence: { retentionYears: years } } }
    }
    const registry = new Proxy(ports.registry, {
      get: (real, name) => (name === 'loadScheme' ? loadScheme : Reflect.get(real, name)),
    })
    const world = { ...ports.world, now: () => new Date(`${day}T00:00:00Z`) }
    return new Proxy(ports, { get: replacing({ registry, world }) })
  }

  /** Evidence of a footprint whose one engagement came to nothing. */
  async function closed(file = random()): Promise<{ id: string; sha256: string; path: string }> {
    const footprintId = await submitted(client)
    const path = ofFootprint(footprintId)
    const { id, sha256 } = await brought(client.machine, path, file)
    const { id: engagementId } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    await move(certifier.manager.token, engagementId, 'decline', { reason: 'No capacity.' })
    return { id, sha256, path }
  }

  async function found(ports: Ports): Promise<ReadonlyMap<string, Expired>> {
    const all = new Map<string, Expired>()
    for await (const one of expiredEvidence(ports)) all.set(one.evidence.id, one)
    return all
  }

  test('is found by its clock; what has none, or no years, is never found', async () => {
    const { id } = await closed()
    const open = await brought(client.machine, ofFootprint((await draft(client)).id))
    const seen = await found(later(6))
    expect(seen.get(id)?.retention).toMatchObject({ startedBy: 'close-of-engagement', years: 6 })
    expect(seen.has(open.id)).toBe(false)
    expect((await found(later(undefined))).has(id)).toBe(false)
    expect((await found(later(6, '2030-01-01'))).has(id)).toBe(false)
  })

  test('is listed without being touched; erased it leaves its row, and its bytes are gone', async () => {
    const { id, sha256, path } = await closed()
    const ports = later(6)
    const lines: string[] = []
    for await (const line of expired(ports, false)) lines.push(line)
    expect(lines.find((line) => line.startsWith(id))).toContain(`sha256:${sha256}`)
    expect(lines.join('\n')).not.toContain('发票')
    expect(await ports.objects.exists('private', evidenceKey(client.id, sha256))).toBe(true)
    const one = (await found(ports)).get(id) as Expired
    expect(await eraseExpired(ports, installationActor, one)).toBe(true)
    expect(await eraseExpired(ports, installationActor, one)).toBe(false)
    await removeErasedBytes(ports)
    expect(await ports.objects.exists('private', evidenceKey(client.id, sha256))).toBe(false)
    const said = await rows(sql`select state, bytes_removed_at from evidence_files where id = ${id}::uuid`)
    expect(said[0]).toMatchObject({ state: 'erased' })
    expect(said[0]?.bytes_removed_at).not.toBeNull()
    expect(path).toContain('evidence')
  })

  test('keeps its bytes as long as another file has the same, kept or on its way', async () => {
    const file = random()
    const { id, sha256 } = await closed(file)
    const shared = await brought(client.machine, ofFootprint((await draft(client)).id), file)
    const { ports } = opened
    const one = (await found(later(6))).get(id) as Expired
    await eraseExpired(ports, installationActor, one)
    await removeErasedBytes(ports)
    expect(await ports.objects.exists('private', evidenceKey(client.id, sha256))).toBe(true)
    expect(shared.state).toBe('kept')
  })

  test('a confirmation that meets bytes on their way out comes again', async () => {
    const file = random()
    const { id, sha256 } = await closed(file)
    const { ports } = opened
    await eraseExpired(ports, installationActor, (await found(later(6))).get(id) as Expired)
    const again = await uploaded(ports, (await draft(client)).id, file)
    await expect(confirmBy(ports, again)).rejects.toThrow('unavailable')
    await ports.objects.put('private', uploadKey(again.id), file, { contentType: 'application/pdf' })
    await ports.evidence.noteRemoved({ ...again, id }, new Date())
    expect((await confirmBy(ports, again)).evidence.state).toBe('kept')
    expect(await ports.objects.get('private', evidenceKey(client.id, sha256))).toEqual(file)
  })
})

describe.skipIf(isOneSession)(`of ${at} at once`, () => {
  const all = <Result>(act: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: at }, (_, index) => act(index)))

  test('confirmations all answer alike, and the file is kept once', async () => {
    const path = ofFootprint((await draft(client)).id)
    const file = random()
    const { id, upload } = (await announce(client.machine, path, file)).body
    await put(upload, file)
    const answers = await all(() => confirm(client.machine, path, id))
    expect(answers.map(({ status, body: { state } }) => [status, state])).toEqual(
      answers.map(() => [200, 'kept']),
    )
    const kept = await rows(
      sql`select id from audit where action = 'keep-evidence' and facts ->> 'evidence' = ${id}`,
    )
    expect(kept).toHaveLength(1)
  }, 120_000)

  test('announcements get numbers of their own, and the last place is taken once', async () => {
    const { id } = await draft(client)
    const path = ofFootprint(id)
    const answers = await all(() => announce(client.machine, path, random()))
    const numbers = answers.map(({ body: { number } }) => number).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: at }, (_, index) => index + 1))
    await database.db.execute(sql`update evidence_counts set files = 1999 where owner_id = ${id}::uuid`)
    const last = await all(() => announce(client.machine, path, random()))
    expect(last.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(last.filter(({ status }) => status !== 201).map(code))).toEqual(
      new Set(['too-many-items']),
    )
  }, 120_000)

  test('announcements under one key are one file', async () => {
    const path = ofFootprint((await draft(client)).id)
    const file = random()
    const key = { 'idempotency-key': crypto.randomUUID() }
    const answers = await all(() => announce(client.machine, path, file, {}, key))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1)
  }, 120_000)

  test('links of the same lines stand once, and are taken away once', async () => {
    const path = ofFootprint((await draft(client)).id)
    const { id } = await brought(client.machine, path)
    const lines = inventoryLines.map((line) => line.id)
    const answers = await all((index) =>
      link(client.machine, path, id, { lines: index % 2 === 0 ? lines : lines.toReversed() }),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const seen = (await link(client.machine, path, id, { lines })).body
    expect([seen.linkCount, seen.links.length]).toEqual([2, 2])
    const gone = await all(() => unlink(client.machine, path, id, seen.links[0].id))
    expect(gone.filter(({ status }) => status === 200)).toHaveLength(1)
  }, 120_000)
})
