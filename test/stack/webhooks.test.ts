/**
 * Webhooks against a real database and a real receiver, on a clock of their own: what is signed verifies with the library that
 * receivers use; what fails is tried again; what is gone is asked no more; of many senders one has a delivery.
 */

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { Webhook as Receiver } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  changeSecret,
  replayDeliveries,
  startWebhook,
  stopWebhook,
  tryWebhook,
} from '../../src/actions/notices/change-webhook.ts'
import { createWebhook } from '../../src/actions/notices/create-webhook.ts'
import { failingDaysMax, pausesSeconds, sendDeliveries } from '../../src/actions/notices/send-deliveries.ts'
import type { MessageType } from '../../src/certification/message-types.ts'
import { messageRepository } from '../../src/db/messages.ts'
import { webhookRepository } from '../../src/db/webhooks.ts'
import { webhookSender } from '../../src/outbound/webhooks.ts'
import type { Actor } from '../../src/ports.ts'
import { webhookSecrets } from '../../src/signing/webhook-secrets.ts'
import { type FreshDatabase, startFreshDatabase } from './fresh-database.ts'

interface Heard {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let database: FreshDatabase
let server: Server
let origin: string
let heard: Heard[] = []
let answers: (path: string) => number = () => 204
let clock = new Date('2026-03-01T00:00:00Z')

beforeAll(async () => {
  database = await startFreshDatabase()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const path = request.url ?? ''
      heard.push({ path, headers: request.headers, body })
      response.writeHead(answers(path)).end('an answer that nobody keeps')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 240_000)
afterAll(async () => {
  server?.close()
  await database?.stop()
})
beforeEach(() => {
  heard = []
  answers = () => 204
})

const world = {
  now: () => clock,
  newId: () => crypto.randomUUID(),
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}
const ring = { activeId: 'k', keys: { k: new Uint8Array(32).fill(7) } }

function ports() {
  return {
    settings: {
      publicUrl: 'https://egret.test',
      engine: { version: '0', digest: '' },
      tokenSeconds: 900,
      statusSeconds: 900,
    },
    world,
    messages: messageRepository(database.db),
    webhooks: webhookRepository(database.db),
    webhookSecrets: webhookSecrets(ring, world),
    webhookSender: webhookSender([new URL(origin).host]),
  }
}

async function organization(): Promise<Actor> {
  const organizationId = crypto.randomUUID()
  await database.db.execute(sql`insert into organizations (id, kind, slug, name_en, country, request_digest, created_at)
    values (${organizationId}, 'relying-party', ${`bank-${organizationId}`}, 'Bank', 'SG', 'd', now())`)
  return {
    clientId: crypto.randomUUID(),
    organizationId,
    organizationKind: 'relying-party',
    memberId: null,
    personId: null,
    scopes: [],
  }
}

const mark = () => ({ idempotencyKey: null, digest: crypto.randomUUID() })

async function webhook(actor: Actor, path: string, types: readonly MessageType[] = []) {
  const made = await createWebhook(ports(), { actor, mark: mark(), url: `${origin}${path}`, types })
  if (made.secret === null) throw new Error('no secret')
  return { id: made.webhook.id, secret: made.secret }
}

/** A message as an act would have made it. */
async function told({ organizationId }: Actor, type: MessageType = 'credential.suspended'): Promise<string> {
  const id = crypto.randomUUID()
  await database.db.execute(sql`insert into messages (id, organization_id, at, type, subject, subject_id, facts, source)
    values (${id}, ${organizationId}, ${clock.toISOString()}, ${type}, 'credential', ${crypto.randomUUID()}, '{"number":"EGRET-2026-0000-0001"}', ${id})`)
  return id
}

const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000)
}

const standing = async (actor: Actor, id: string) => {
  const found = await ports().webhooks.find(actor, id)
  if (found === null) throw new Error('no webhook')
  return found
}
const log = (actor: Actor, id: string) =>
  ports().webhooks.listDeliveries(actor, id, null, { limit: 50, after: null })

/** What a receiver's own library makes of a request. */
function verified(secret: string, { headers, body }: Heard): unknown {
  const now = Date.now
  Date.now = () => clock.getTime()
  try {
    return new Receiver(secret).verify(body, headers as Record<string, string>)
  } finally {
    Date.now = now
  }
}

describe('a delivery', () => {
  test('is signed as Standard Webhooks says, by the secret that was told', async () => {
    const actor = await organization()
    const { id, secret } = await webhook(actor, '/signed')
    const messageId = await told(actor)
    await sendDeliveries(ports())
    const [request] = heard
    if (request === undefined) throw new Error('nothing came')
    expect(request.headers['webhook-id']).toBe(messageId)
    expect(verified(secret, request)).toMatchObject({
      type: 'credential.suspended',
      timestamp: clock.toISOString(),
      data: { organizationId: actor.organizationId, subject: 'credential', number: 'EGRET-2026-0000-0001' },
    })
    const other = await webhook(actor, '/other')
    expect(() => verified(other.secret, request)).toThrow()
    expect(() => verified(secret, { ...request, body: request.body.replace('0001', '0002') })).toThrow()
    expect(await log(actor, id)).toMatchObject([
      { messageId, state: 'delivered', dueAt: null, attempts: [{ status: 204, error: null }] },
    ])
    // What arrived is not sent again.
    await sendDeliveries(ports())
    expect(heard).toHaveLength(1)
  })

  test('that fails is tried again with growing pauses, with the same id and bytes, until it has failed for good', async () => {
    const actor = await organization()
    const { id, secret } = await webhook(actor, '/failing')
    const messageId = await told(actor)
    answers = () => 503
    await sendDeliveries(ports())
    for (const [index, pause] of pausesSeconds.entries()) {
      pass(pause - 1)
      await sendDeliveries(ports())
      expect(heard, `try ${index + 2} came early`).toHaveLength(index + 1)
      pass(1)
      await sendDeliveries(ports())
      expect(heard).toHaveLength(index + 2)
    }
    const [delivery] = await log(actor, id)
    expect([delivery?.state, delivery?.attempts.length]).toEqual(['failed', pausesSeconds.length + 1])
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([messageId]))
    const last = heard.at(-1)
    if (last) verified(secret, last)
    pass(30 * 86_400)
    await sendDeliveries(ports())
    expect(heard).toHaveLength(pausesSeconds.length + 1)
  })

  test('waits while its receiver fails, one question a minute, and follows when it is back', async () => {
    const actor = await organization()
    const { id } = await webhook(actor, '/down')
    for (let number = 0; number < 20; number += 1) await told(actor)
    answers = () => 500
    await sendDeliveries(ports())
    // Five are taken at once; after their failure nothing more is asked.
    expect(heard.length).toBeLessThanOrEqual(6)
    const asked = heard.length
    pass(30)
    await sendDeliveries(ports())
    expect(heard).toHaveLength(asked)
    answers = () => 200
    pass(31)
    await sendDeliveries(ports())
    pass(600)
    await sendDeliveries(ports())
    expect((await log(actor, id)).map(({ state }) => state)).toEqual(Array(20).fill('delivered'))
    expect((await standing(actor, id)).failingSince).toBeNull()
  })

  test('goes to those of its organization’s webhooks that ask for its type, and to no other organization', async () => {
    const [actor, stranger] = [await organization(), await organization()]
    await webhook(actor, '/all')
    await webhook(actor, '/some', ['credential.withdrawn'])
    await webhook(stranger, '/stranger')
    await told(actor, 'credential.suspended')
    await told(actor, 'credential.withdrawn')
    await sendDeliveries(ports())
    const paths = heard.map(({ path, body }) => `${path} ${JSON.parse(body).type}`).sort()
    expect(paths).toEqual([
      '/all credential.suspended',
      '/all credential.withdrawn',
      '/some credential.withdrawn',
    ])
  })

  test.skipIf(process.env.EGRET_DB !== 'postgres')(
    'is sent once by twenty senders at the same instant (PostgreSQL)',
    async () => {
      const actor = await organization()
      await webhook(actor, '/raced')
      for (let number = 0; number < 30; number += 1) await told(actor)
      await Promise.all(Array.from({ length: 20 }, () => sendDeliveries(ports())))
      const ids = heard.map(({ headers }) => headers['webhook-id'])
      expect([ids.length, new Set(ids).size]).toEqual([30, 30])
    },
  )

  test('whose sender died is taken up when its lease is over', async () => {
    const actor = await organization()
    const { id } = await webhook(actor, '/died')
    await told(actor)
    const lease = {
      token: crypto.randomUUID(),
      at: clock,
      until: new Date(clock.getTime() + 60_000),
      limit: 6,
    }
    const [claimed] = await ports().webhooks.claim(lease)
    await sendDeliveries(ports())
    expect(heard).toHaveLength(0)
    pass(60)
    await sendDeliveries(ports())
    expect(heard).toHaveLength(1)
    // Whoever was thought dead and comes back late changes nothing.
    const late = {
      at: clock,
      status: 500,
      error: null,
      state: 'failed',
      dueAt: null,
      pausedUntil: null,
      stop: null,
    } as const
    expect(await ports().webhooks.settle(claimed?.id ?? '', lease.token, late)).toBe(false)
    expect((await log(actor, id)).map(({ state }) => state)).toEqual(['delivered'])
  })
})

describe('a webhook', () => {
  test('that answers 410 is asked no more, and its organization is told', async () => {
    const actor = await organization()
    const { id } = await webhook(actor, '/gone')
    await told(actor)
    await told(actor)
    answers = () => 410
    await sendDeliveries(ports())
    expect(await standing(actor, id)).toMatchObject({ stopReason: 'gone' })
    const asked = heard.length
    pass(7200)
    await sendDeliveries(ports())
    expect(heard).toHaveLength(asked)
    const wanted = { types: ['webhook.stopped'] as const, unread: true }
    expect(await ports().messages.list(actor, wanted, { limit: 5, after: null })).toMatchObject([
      { subjectId: id, facts: { reason: 'gone' } },
    ])
  })

  test('that fails for days is stopped; started again, it gets what it has missed by a replay, under the same ids', async () => {
    const actor = await organization()
    const { id } = await webhook(actor, '/days')
    const since = clock
    answers = () => 502
    const missed = [await told(actor)]
    await sendDeliveries(ports())
    pass((failingDaysMax + 1) * 86_400)
    missed.push(await told(actor))
    await sendDeliveries(ports())
    expect(await standing(actor, id)).toMatchObject({ stopReason: 'failing' })
    missed.push(await told(actor))
    answers = () => 200
    heard = []
    await startWebhook(ports(), { actor, mark: mark(), webhookId: id })
    const asked = { since, until: new Date(clock.getTime() + 1), failedOnly: true, limit: 1000 }
    // Two wait already and go out by themselves; the one that came while it was stopped, and that of the stop, are sent by the replay.
    expect(await replayDeliveries(ports(), { actor, mark: mark(), webhookId: id, asked })).toBe(2)
    pass(1)
    await sendDeliveries(ports())
    pass(600)
    await sendDeliveries(ports())
    const ids = heard.map(({ headers }) => headers['webhook-id'])
    expect(ids).toEqual(expect.arrayContaining(missed))
    expect(new Set(ids).size).toBe(ids.length)
    expect(await standing(actor, id)).toMatchObject({ stoppedAt: null, failingSince: null })
    // All has arrived: nothing is left to replay but what is asked for by name.
    expect(await replayDeliveries(ports(), { actor, mark: mark(), webhookId: id, asked })).toBe(0)
    const [delivery] = await log(actor, id)
    const named = { deliveryIds: [delivery?.id ?? ''] }
    expect(await replayDeliveries(ports(), { actor, mark: mark(), webhookId: id, asked: named })).toBe(1)
    const stranger = await organization()
    await expect(
      replayDeliveries(ports(), { actor: stranger, mark: mark(), webhookId: id, asked: named }),
    ).rejects.toThrow('not-found')
    const others = { deliveryIds: [delivery?.id ?? '', crypto.randomUUID()] }
    await expect(
      replayDeliveries(ports(), { actor, mark: mark(), webhookId: id, asked: others }),
    ).rejects.toThrow('not-found')
  })

  test('signs with the secret before and the new one for a day, also where the first answer was lost', async () => {
    const actor = await organization()
    const { id, secret } = await webhook(actor, '/secret')
    await changeSecret(ports(), { actor, mark: mark(), webhookId: id })
    const changed = await changeSecret(ports(), { actor, mark: mark(), webhookId: id })
    await told(actor)
    await sendDeliveries(ports())
    const first = heard.find(({ path }) => path === '/secret')
    if (first === undefined) throw new Error('nothing came')
    verified(secret, first)
    verified(changed.secret, first)
    pass(86_401)
    await told(actor)
    await sendDeliveries(ports())
    const second = heard.findLast(({ path }) => path === '/secret')
    if (second === undefined) throw new Error('nothing came')
    verified(changed.secret, second)
    expect(() => verified(secret, second)).toThrow()
  })

  test('keeps its secret under wraps that open for it alone', async () => {
    const actor = await organization()
    const { id, secret } = await webhook(actor, '/wrapped')
    const { rows } = (await database.db.execute(sql`select * from webhooks where id = ${id}`)) as unknown as {
      rows: object[]
    }
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length))
    const [row] = rows as { secret: Parameters<ReturnType<typeof webhookSecrets>['sign']>[1][number] }[]
    if (row === undefined) throw new Error('no row')
    await expect(webhookSecrets(ring, world).sign(crypto.randomUUID(), [row.secret], 'x')).rejects.toThrow(
      'stored-object-corrupt',
    )
  })

  test('is tried out alone, is stopped and started by its owner, and ten run at once', async () => {
    const actor = await organization()
    const [tried] = [await webhook(actor, '/tried', ['case.opened']), await webhook(actor, '/untried')]
    await tryWebhook(ports(), { actor, mark: mark(), webhookId: tried.id })
    await sendDeliveries(ports())
    expect(heard.map(({ path, body }) => `${path} ${JSON.parse(body).type}`)).toEqual([
      '/tried webhook.tried',
    ])
    const request = mark()
    const stopped = await stopWebhook(ports(), { actor, mark: request, webhookId: tried.id })
    expect(stopped.stopReason).toBe('asked')
    await expect(tryWebhook(ports(), { actor, mark: mark(), webhookId: tried.id })).rejects.toThrow(
      'invalid-transition',
    )
    for (let number = 0; number < 9; number += 1) await webhook(actor, `/many-${number}`)
    await expect(webhook(actor, '/eleventh')).rejects.toThrow('limit-reached')
    await expect(startWebhook(ports(), { actor, mark: mark(), webhookId: tried.id })).rejects.toThrow(
      'limit-reached',
    )
    const stranger = await organization()
    await expect(
      stopWebhook(ports(), { actor: stranger, mark: mark(), webhookId: tried.id }),
    ).rejects.toThrow('not-found')
    await expect(
      createWebhook(ports(), { actor, mark: mark(), url: 'https://elsewhere.example/', types: [] }),
    ).rejects.toThrow('invalid-request')
  })
})
