import { sql } from 'drizzle-orm'
import { describe, expect, inject, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { request, runSchedule, token } from '../harness/http.ts'
import { installation, openTestPorts } from '../harness/ports.ts'

type Values = Readonly<Record<string, number>>

async function readMetrics(): Promise<Values> {
  const answer = await request('/metrics', { headers: { authorization: `Bearer ${await token()}` } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value] = /^(\S+) (\S+)$/.exec(line) ?? []
      return [name, value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)]
    }),
  )
}

async function run(statement: ReturnType<typeof sql>): Promise<void> {
  const { backends } = installation()
  const { db, close } = backends.database({ roundTrips: 0, objectReads: 0, objectWrites: 0 })
  await db.execute(statement)
  await close()
}

describe('GET /metrics', () => {
  test('is for the operator’s clients with the scope, and for nobody else', async () => {
    expect((await request('/metrics')).status).toBe(401)
    const bearer = { authorization: `Bearer ${await token(inject('operator'), 'parties:read')}` }
    expect((await request('/metrics', { headers: bearer })).status).toBe(403)
  })

  test('counts what is in the log, and is calm after the schedule ran', async () => {
    await runSchedule()
    const values = await readMetrics()
    const { ports, close } = openTestPorts()
    const { publishedSize } = await ports.log.head()
    await close()
    expect(values.egret_log_entries).toBeGreaterThanOrEqual(publishedSize)
    expect(publishedSize).toBeGreaterThan(0)
    expect(values.egret_log_lag_seconds).toBeLessThan(180)
    for (const part of ['log', 'status', 'keys', 'accreditations', 'jobs', 'job-results']) {
      expect(values[`egret_sweep_age_seconds{sweep="${part}"}`], part).toBeLessThan(60)
      expect(values[`egret_sweep_failures{sweep="${part}"}`], part).toBe(0)
    }
    expect(values['egret_alarm{measure="egret_sweep_age_seconds"}']).toBe(0)
  })

  test('counts failures of a part of the schedule until it ends well again', async () => {
    const { ports, close } = openTestPorts()
    const failed = [{ name: 'log', succeeded: false }] as const
    await runSchedule()
    for (let times = 0; times < 3; times += 1) await ports.measures.keepSweeps(failed, ports.world.now())
    await close()
    const failing = await readMetrics()
    expect(failing['egret_sweep_failures{sweep="log"}']).toBe(3)
    expect(failing['egret_sweep_age_seconds{sweep="log"}']).toBeLessThan(60)
    expect(failing['egret_alarm{measure="egret_sweep_failures"}']).toBe(1)
    await runSchedule()
    expect((await readMetrics())['egret_sweep_failures{sweep="log"}']).toBe(0)
  })

  test('says since when a part has not ended well', async () => {
    await runSchedule()
    await run(sql`update sweeps set succeeded_at = now() - interval '10 minutes' where name = 'status'`)
    const values = await readMetrics()
    expect(values['egret_sweep_age_seconds{sweep="status"}']).toBeGreaterThanOrEqual(600)
    expect(values['egret_alarm{measure="egret_sweep_age_seconds"}']).toBe(1)
    await runSchedule()
  })
})

describe('the log of requests', () => {
  interface Told {
    readonly level: string
    readonly message: string
    readonly facts: Readonly<Record<string, unknown>>
  }

  function appThatTells(): { told: Told[]; fetch(path: string): Promise<Response> } {
    const told: Told[] = []
    const { environment } = installation()
    const app = createApp({
      settings: { ...openTestPorts().ports.settings, publicUrl: environment.PUBLIC_URL },
      reportsCost: false,
      open: () => openTestPorts(),
      log: (level, message, facts) => void told.push({ level, message, facts }),
    })
    return { told, fetch: async (path) => app.fetch(new Request(new URL(path, environment.PUBLIC_URL))) }
  }

  test('has one record of each, under the id that the answer and a problem carry, and without its query', async () => {
    const { told, fetch } = appThatTells()
    const answer = await fetch('/v1/nothing?code=91350200MA0000000X')
    const { instance } = (await answer.json()) as { instance: string }
    expect(told).toMatchObject([
      {
        level: 'info',
        message: 'request',
        facts: { method: 'GET', path: '/v1/nothing', status: 404, problem: 'not-found', roundTrips: 0 },
      },
    ])
    const id = told[0]?.facts.requestId
    expect(id).toBe(answer.headers.get('x-request-id'))
    expect(instance).toBe(`urn:uuid:${id}`)
    expect(JSON.stringify(told)).not.toContain('91350200MA0000000X')
  })

  test('has none of what is read from the public bucket, which is named all the same', async () => {
    const { told, fetch } = appThatTells()
    const answer = await fetch('/.well-known/did.json')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(told).toEqual([])
  })
})
