/**
 * Issuing and moving documents, many at once: no place, number or leaf is given twice, of two moves one wins, and the public lists
 * say in the end what Postgres says. Only PostgreSQL can tell: PGlite is one session, where nothing is ever at once.
 */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readCompact } from '../../src/credential/compact.ts'
import { bitAt, readStatusList } from '../../src/credential/status-list.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { statusListKey } from '../../src/ports/objects.ts'
import { runSchedule } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { type Answer, call } from '../http/api.ts'
import {
  type Body,
  body,
  code,
  type Enterprise,
  engagementIn,
  enterprise,
  move,
  someone,
} from '../http/cast.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''
const at = 20

/** Where a document is looked up in a list. */
interface Place {
  readonly listId: string
  readonly purpose: 'revocation' | 'suspension'
  readonly index: number
}

describe.skipIf(isOneSession)(`of ${at} at once${note}`, () => {
  let database: OpenDatabase
  let client: Enterprise
  let certifier: Body
  beforeAll(async () => {
    const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
    database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
    client = await enterprise()
    certifier = await body()
  }, 60_000)
  afterAll(() => database?.close())

  const all = <Result>(act: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: at }, (_, index) => act(index)))
  const winners = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300)
  const refusals = (answers: readonly Answer[]) => [
    ...new Set(answers.filter(({ status }) => status >= 300).map(code)),
  ]
  const decided = (kind: string) => engagementIn('decided', client, certifier, { documentKind: kind })
  const issue = (engagementId: string) => move(certifier.decider.token, engagementId, 'credential')

  /** Documents issued at once; each under a decision of its own. */
  async function issued(kind: string): Promise<readonly Answer[]> {
    const engagements: string[] = []
    for (let made = 0; made < at; made += 1) engagements.push(await decided(kind))
    const answers = await all((index) => issue(engagements[index] ?? ''))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    return answers
  }

  const act = (id: string, made: string, reason: string, options: { key?: string; token?: string } = {}) =>
    call('POST', `/v1/credentials/${id}/moves`, {
      token: options.token ?? certifier.decider.token,
      body: { move: made, reason },
      headers: options.key === undefined ? {} : { 'idempotency-key': options.key },
    })

  async function rows<Row>(query: ReturnType<typeof sql>): Promise<readonly Row[]> {
    const { rows } = (await database.db.execute(query)) as { rows: unknown }
    return rows as readonly Row[]
  }

  const placesOf = (ids: readonly string[]) =>
    rows<Place & { readonly isSet: boolean; readonly credentialId: string }>(sql`
      select list_id as "listId", index, purpose, is_set as "isSet", credential_id as "credentialId"
      from status_entries where credential_id in ${ids}`)

  /** The bits of a list as the bucket has them: an isolate may keep what it serves for some seconds. */
  async function bitsInBucket(listId: string): Promise<Uint8Array> {
    const { ports, close } = openTestPorts()
    const bytes = await ports.objects.get('public', statusListKey(listId))
    await close()
    const read = readCompact(decodeUtf8(bytes ?? new Uint8Array()))
    const list = 'compact' in read ? readStatusList(read.compact.payload) : undefined
    return list?.bits ?? new Uint8Array()
  }

  test('first issues of a body begin its lists once, and share no number, place or leaf', async () => {
    const ids = (await issued('certificate')).map((answer) => answer.body.id as string)
    const lists = await rows<{ purpose: string }>(sql`
      select purpose from status_lists where body_organization_id = ${certifier.id} order by purpose`)
    expect(lists.map(({ purpose }) => purpose)).toEqual(['revocation', 'suspension'])
    const places = await placesOf(ids)
    expect(new Set(places.map(({ listId, index }) => `${listId}#${index}`)).size).toBe(2 * at)
    const documents = await rows<{ number: string; leafIndex: string; jwt: string }>(sql`
      select number, leaf_index as "leafIndex", jwt from credentials where id in ${ids}`)
    for (const name of ['number', 'leafIndex', 'jwt'] as const) {
      expect(new Set(documents.map((document) => document[name])).size, name).toBe(at)
    }
  }, 120_000)

  test('issues of one decision, all are answered one document, which has its places once', async () => {
    const engagementId = await decided('certificate')
    const answers = await all(() => issue(engagementId))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => answer.body.jwt)).size).toBe(1)
    expect(await placesOf([answers[0]?.body.id])).toHaveLength(2)
  }, 60_000)

  test('moves of one document by two who disagree, exactly one is made, in every place it is written', async () => {
    const { id } = (await issue(await decided('certificate'))).body
    const second = await someone(certifier.id, ['decision-maker'])
    const answers = await all((index) =>
      index % 2 === 0
        ? act(id, 'suspend', 'nonconformity')
        : act(id, 'withdraw', 'nonconformity', { token: second.token }),
    )
    const suspensions = winners(answers).filter((answer) => answer.body.move === 'suspend').length
    const withdrawals = winners(answers).filter((answer) => answer.body.move === 'withdraw').length
    // A suspended document may still be withdrawn; nothing follows a withdrawal.
    expect([suspensions <= 1, withdrawals <= 1, suspensions + withdrawals >= 1]).toEqual([true, true, true])
    for (const refusal of refusals(answers)) expect(['stale-state', 'invalid-transition']).toContain(refusal)
    const [row] = await rows<{
      status: string
      moves: number
      counted: number
      leaves: number
      acts: number
    }>(sql`
      select status, move_count as counted,
        (select count(*)::int from credential_moves where credential_id = credentials.id) as moves,
        (select count(*)::int from log_entries where type = 'credential-status' and body like ${`%${id}%`}) as leaves,
        (select count(*)::int from audit where resource_id = credentials.id and resource = 'credential') as acts
      from credentials where id = ${id}`)
    const made = suspensions + withdrawals
    expect(row).toEqual({
      status: withdrawals === 1 ? 'withdrawn' : 'suspended',
      counted: made,
      moves: made,
      leaves: made,
      acts: made,
    })
    const set = (await placesOf([id])).filter(({ isSet }) => isSet).map(({ purpose }) => purpose)
    const expected = [...(withdrawals ? ['revocation'] : []), ...(suspensions ? ['suspension'] : [])]
    expect(set.sort()).toEqual(expected)
  }, 60_000)

  test('retries of one move under one key all answer it, and it is made once', async () => {
    const { id } = (await issue(await decided('verification-statement'))).body
    const key = crypto.randomUUID()
    const answers = await all(() => act(id, 'withdraw', 'facts-discovered-later', { key }))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.body.leafIndex)).size).toBe(1)
    const other = await act(id, 'withdraw', 'nonconformity', { key })
    expect([other.status, code(other)]).toEqual([422, 'idempotency-key-reused'])
    const { moves } = (await call('GET', `/v1/credentials/${id}/moves`, { token: certifier.manager.token }))
      .body
    expect(moves).toHaveLength(1)
  }, 60_000)

  test('withdrawals of documents in one list, none is lost, and after the sweep the public list has them all', async () => {
    const ids = (await issued('verification-statement')).map((answer) => answer.body.id as string)
    const [before] = await rows<{ version: number }>(sql`
      select version from status_lists where body_organization_id = ${certifier.id} and purpose = 'revocation'`)
    const answers = await all((index) => act(ids[index] ?? '', 'withdraw', 'information-wrong'))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => answer.body.leafIndex)).size).toBe(at)
    const places = await placesOf(ids)
    expect(places.map(({ isSet }) => isSet)).toEqual(places.map(() => true))
    const [after] = await rows<{ version: number }>(sql`
      select version from status_lists where body_organization_id = ${certifier.id} and purpose = 'revocation'`)
    expect(after?.version).toBe((before?.version ?? 0) + at)
    await runSchedule()
    const bits = await bitsInBucket(places[0]?.listId ?? '')
    for (const { index } of places) expect(bitAt(bits, index)).toBe(true)
  }, 120_000)
})
