/** Jobs and the impact run over HTTP: begun, watched, cancelled, read; each by those it concerns and nobody else. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Job, liveJobsMax } from '../../src/ports/jobs.ts'
import { sweep } from '../../src/schedule.ts'
import { request, runSchedule } from '../harness/http.ts'
import { installation, openTestPorts } from '../harness/ports.ts'
import { type Answer, call, unique } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  move,
  proposal,
  submit,
} from './cast.ts'
import { edition, publish, row, withdraw } from './editions.ts'

// A table that the development scheme accepts, in editions that only this file knows.
const table = 'au-food-processing-example'
const older = unique('2023')
const newer = unique('2024')

const period = { start: '2024-01-01', end: '2025-01-01' }

const power = (id: string, amount: string, factor: Record<string, unknown>) => ({
  id,
  category: 'purchased-electricity',
  period,
  quantity: { amount, unit: 'kWh' },
  factor: { table, ...factor },
})
const coal = { id: `coal-${older}` }
const wind = { id: `wind-${older}` }

/** 2 t × 3,145.122493 kg = 6,290.244986 kg, on another table. */
const diesel = {
  id: 'diesel',
  category: 'mobile-combustion',
  quantity: { amount: '2', unit: 't' },
  factor: { table: 'cn-fuel', id: 'cn-fuel-set-a-diesel' },
}

const pins = [
  { table, version: older },
  { table: 'cn-fuel', version: '2015' },
]
const resting = (title: string) => footprintBody({ title, calculation: inventory({ factorTables: pins }) })

/** Electricity of a grid in another table: the table of the run weighs it by market only, or not at all. */
const fromGrid = (id: string, amount: string) => ({
  ...power(id, amount, {}),
  factor: { table: 'cn-electricity-co2', id: 'cn-grid-co2-2023-fj' },
})
const contract = (factor: object) => ({
  ...{ id: 'deal', kind: 'supplier-specific', market: 'CN-FJ', exclusive: true, generated: period },
  quantity: { amount: '500', unit: 'kWh' },
  factor: { table, ...factor },
  consumption: { consumer: 'Factory', period, retiredOn: '2025-01-20' },
})
const byMarket = (title: string, marketBased: object) =>
  footprintBody({
    title,
    calculation: inventory({
      factorTables: [...pins, { table: 'cn-electricity-co2', version: '2023' }],
      marketBased: { instruments: [], ageMonthsMax: 12, ...marketBased },
    }),
  })

/** An edition's rows: coal moves by a tenth, wind stays, gas is gone, and steam comes to be something else. */
const rowsOf = { older: oldRows(), newer: newRows() }
function oldRows() {
  return [
    row(`coal-${older}`, '0.8'),
    row(`wind-${older}`, '0.01', { year: 2022 }),
    row('gas', '0.4', { year: 2021 }),
    row('steam', '0.3', { year: 2020 }),
    methane('0.001'),
  ]
}
function newRows() {
  return [
    row(`coal-${newer}`, '0.88'),
    row(`wind-${newer}`, '0.01', { year: 2022 }),
    row('steam', '0.1', { year: 2020, category: 'heat', family: 'heat' }),
    methane('0.002'),
  ]
}

/** CH4 alone, to stand beside a factor of CO2 alone. */
function methane(kg: string) {
  return row('methane', kg, { year: 2019, flows: [{ kind: 'fossil', gas: 'CH4', kg }] })
}

let client: Enterprise
let certifier: Body
let stranger: Enterprise
beforeAll(async () => {
  const { ports, close } = openTestPorts()
  await publish(ports, edition(table, older, rowsOf.older))
  await publish(ports, edition(table, newer, rowsOf.newer, { supersedes: older }))
  await close()
  client = await enterprise()
  certifier = await body()
  stranger = await enterprise()
}, 60_000)

const start = (token: string, headers: Record<string, string> = {}, version = newer): Promise<Answer> =>
  call('POST', `/v1/factor-tables/${table}/versions/${version}/impact`, { token, headers })

const get = (token: string, path: string, headers: Record<string, string> = {}) =>
  call('GET', path, { token, headers })

/** Looks until it has ended; the test's own limit is the only clock. */
async function ended(token: string, id: string): Promise<Answer> {
  for (;;) {
    const answer = await get(token, `/v1/jobs/${id}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    if (answer.body.endedAt !== null) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A whole run, and its items. */
async function run(token: string): Promise<{ job: Answer['body']; items: Answer['body'][] }> {
  const begun = await start(token)
  expect(begun.status, JSON.stringify(begun.body)).toBe(202)
  const job = (await ended(token, begun.body.id)).body
  expect(job.state, JSON.stringify(job)).toBe('succeeded')
  return { job, items: (await get(token, `${job.links.result}?limit=200`)).body.items }
}

const titles = (items: readonly Answer['body'][]) => items.map(({ title }) => title)

describe('an impact run of an enterprise', () => {
  let ran: Awaited<ReturnType<typeof run>>
  const of = (title: string) => ran.items.find((item) => item.title === title)

  beforeAll(async () => {
    await draft(client, resting('unmoved'), [power('a', '1000', wind)])
    await draft(client, resting('nothing used'), [power('a', '0', coal)])
    await draft(client, resting('small'), [power('a', '1000', coal)])
    await draft(client, resting('large'), [power('a', '2000', coal)])
    await draft(client, resting('=mixed, "quoted"'), [power('a', '10000', coal), power('b', '1000', wind)])
    await draft(client, resting('by selector'), [power('a', '3000', { year: 2024 }), diesel])
    await draft(client, resting('row gone'), [power('a', '1000', { id: 'gas' })])
    await draft(client, resting('row changed'), [power('a', '1000', { id: 'steam' })])
    // The refusal quotes the id cut off within the last character, which no database stores.
    await draft(client, resting('half a character'), [power('a', '1', { id: `${'x'.repeat(127)}😀` })])
    await draft(client, footprintBody({ title: 'elsewhere' }))
    await draft(client, byMarket('rest', { residual: { table, ...coal } }), [fromGrid('a', '1000')])
    const covered = [fromGrid('a', '1000'), fromGrid('b', '500')]
    await draft(client, byMarket('contract', { instruments: [contract(coal)] }), covered)
    await draft(client, byMarket('contract gone', { instruments: [contract({ id: 'gas' })] }), covered)
    const empty = { token: client.preparer.token, body: resting('without data') }
    expect((await call('POST', '/v1/footprints', empty)).status).toBe(201)
    ran = await run(client.preparer.token)
  }, 60_000)

  test('lists what rests on the older version: the larger movers first, refusals last', () => {
    // Relative: 0.1 and 0.1 (160 kg before 80 kg), 800 ÷ 8,010, 240 ÷ 8,690.24…, then what stays.
    expect(titles(ran.items).slice(0, 4)).toEqual(['large', 'small', '=mixed, "quoted"', 'by selector'])
    expect(new Set(titles(ran.items).slice(4, 8))).toEqual(
      new Set(['unmoved', 'nothing used', 'rest', 'contract']),
    )
    expect(new Set(titles(ran.items).slice(8))).toEqual(
      new Set(['row gone', 'row changed', 'half a character', 'without data', 'contract gone']),
    )
    const summary = { drafts: 13, engagements: 0, credentials: 0, moved: 4, unmoved: 4, refused: 5 }
    expect(ran.job).toMatchObject({
      summary,
      progress: { done: 13, total: 13, what: 'items' },
      problem: null,
    })
  })

  test('says by how much each total would move, and how many lines rest on the table', () => {
    // 0.8 → 0.88 kg for 1,000 kWh.
    expect(of('small')).toMatchObject({
      subject: 'draft',
      revision: null,
      before: '800',
      after: '880',
      change: '80',
      relativeChange: '0.1',
      lines: { count: 1, ids: ['a'] },
      problem: null,
    })
    expect(of('=mixed, "quoted"')).toMatchObject({ before: '8010', change: '800', lines: { count: 2 } })
    // 3,000 × 0.8 = 2,400; + 6,290.244986 = 8,690.244986; + 240. The diesel line rests on another table.
    const selected = of('by selector')
    expect(Number(selected.before)).toBeCloseTo(8690.244986, 6)
    expect(Number(selected.change)).toBeCloseTo(240, 6)
    expect(selected.lines).toEqual({ count: 1, ids: ['a'] })
  })

  test('tells a change of nothing from a change that is not known', () => {
    expect(of('unmoved')).toMatchObject({ before: '10', after: '10', change: '0', relativeChange: '0' })
    expect(of('nothing used')).toMatchObject({ before: '0', after: '0', change: '0', relativeChange: '0' })
    expect(of('row gone')).toMatchObject({
      before: '400',
      ...{ after: null, change: null, relativeChange: null },
      problem: { status: 422, id: 'gas', lineId: 'a', pointer: '/lines/0/factor' },
    })
    expect(of('row gone').problem.type).toMatch(/\/problems\/row-gone$/)
    expect(of('row changed').problem.type).toMatch(/\/problems\/row-changed-kind$/)
    expect(of('without data')).toMatchObject({ before: null, after: null, lines: null })
    expect(of('without data').problem.type).toMatch(/\/problems\/footprint-incomplete$/)
  })

  test('finds what rests on the table by market only: the total by location stays, its lines are named', () => {
    // 1,000 × 0.4211 kg; the rest is weighed by coal, and the total is by location.
    expect(Number(of('rest').before)).toBeCloseTo(421.1, 9)
    expect(of('rest')).toMatchObject({ change: '0', lines: { count: 1, ids: ['a'] } })
    expect(of('rest').problem).toBeNull()
    // 500 kWh cover a third of both lines.
    expect(of('contract')).toMatchObject({ change: '0', lines: { count: 2, ids: ['a', 'b'] } })
    expect(of('contract gone').problem).toMatchObject({
      ...{ id: 'gas', instrument: 'deal', pointer: '/marketBased/instruments/0/factor' },
    })
  })

  test('is read in pages that lose and repeat nothing', async () => {
    const seen: string[] = []
    let path: string | undefined = `${ran.job.links.result}?limit=2`
    while (path !== undefined) {
      const answer = await get(client.preparer.token, path)
      seen.push(...titles(answer.body.items))
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search
    }
    expect(seen).toEqual(titles(ran.items))
    const strange = await get(client.preparer.token, `${ran.job.links.result}?after=no-cursor`)
    expect(code(strange)).toBe('invalid-request')
  })

  test('is read as CSV, in the same order, and begins no formula in a spreadsheet', async () => {
    const { token } = client.preparer
    const asked = await get(token, ran.job.links.result, { accept: 'text/csv' })
    expect(asked.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = String(asked.body).trimEnd().split('\r\n')
    expect(lines[0]).toMatch(
      /^subject,id,footprintId,title,client\.en,.*,before\.kgCo2e,after\.kgCo2e,change/,
    )
    expect(lines).toHaveLength(1 + ran.items.length)
    expect(lines[3]).toContain(`"'=mixed, ""quoted"""`)
    const small = ran.items[1]
    const cells = ['draft', small.id, small.id, 'small', small.client.en, small.client.zh]
    expect(lines[2]).toBe([...cells, '', '', '', '', '', 800, 880, 80, 0.1, 1, 'a', '', ''].join(','))
    expect(String((await get(token, `${ran.job.links.result}?format=csv`)).body)).toBe(asked.body)
  })
})

describe('an impact run over real editions and factors beside factors', () => {
  const ofUk = (version: string) =>
    footprintBody({
      title: `UK ${version}`,
      calculation: inventory({
        period: { start: '2025-01-01', end: '2026-01-01' },
        region: 'GB',
        gwpSet: { id: 'ipcc-ar5', version: '2013' },
        factorTables: [{ table: 'uk-desnz', version }],
      }),
    })
  const used = (category: string, amount: string, unit: string, factor: Record<string, unknown>) => ({
    id: category,
    category,
    quantity: { amount, unit },
    factor,
  })

  test('says what DESNZ 2026 changes of the UK’s electricity and petrol, and that it has no year for a selector', async () => {
    const owner = await enterprise()
    const power = (id: Record<string, unknown>) => used('purchased-electricity', '1000', 'kWh', id)
    await draft(owner, ofUk('2025'), [
      power({ id: 'desnz-2025-7_400_4000_5' }),
      used('mobile-combustion', '100', 'L', { id: 'desnz-2025-1_101_1017_8' }),
    ])
    await draft(owner, ofUk('2025'), [power({ year: 2025 })])
    const begun = await call('POST', '/v1/factor-tables/uk-desnz/versions/2026/impact', {
      token: owner.machine,
    })
    const job = (await ended(owner.machine, begun.body.id)).body
    const [first, second] = (await get(owner.machine, job.links.result)).body.items
    // kg of CO2, CH4 × 28 and N2O × 265. Electricity: 0.17489 + 0.0009 + 0.00122 = 0.17701 → 0.12943 + 0.00067 + 0.00086 = 0.13096.
    // Petrol: 2.05523 + 0.00806 + 0.00587 = 2.06916 → 2.06107 + 0.00806 + 0.00587 = 2.075. So 177.01 + 206.916 → 130.96 + 207.5.
    expect(Number(first.before)).toBeCloseTo(383.926, 6)
    expect(Number(first.after)).toBeCloseTo(338.46, 6)
    expect(Number(first.relativeChange)).toBeCloseTo(-45.466 / 383.926, 6)
    expect(first.lines.count).toBe(2)
    // Rows of 2026 are never taken for 2025.
    expect(second.problem.type).toMatch(/\/problems\/unknown-factor$/)
    expect(Number(second.before)).toBeCloseTo(177.01, 6)
  })

  test('compares an edition with an older one that was published here after it', async () => {
    const owner = await enterprise()
    const line = used('purchased-electricity', '1000', 'kWh', { id: 'desnz-2024-7_400_4000_5' })
    await draft(owner, ofUk('2024'), [line])
    const begun = await call('POST', '/v1/factor-tables/uk-desnz/versions/2025/impact', {
      token: owner.machine,
    })
    expect(begun.body.spec).toMatchObject({ older: '2024', newer: '2025' })
    const job = (await ended(owner.machine, begun.body.id)).body
    const [item] = (await get(owner.machine, job.links.result)).body.items
    // 0.20493 + 0.0009 + 0.00122 = 0.20705 → 0.17701.
    expect([Number(item.before), Number(item.after)]).toEqual([
      expect.closeTo(207.05, 6),
      expect.closeTo(177.01, 6),
    ])
  })

  test('follows a factor that stands beside another one', async () => {
    const owner = await enterprise()
    const grid = { table: 'cn-electricity-co2', version: '2023' }
    const calculation = inventory({ factorTables: [grid, { table, version: older }] })
    const line = {
      ...power('a', '1000', {}),
      factor: { ...grid, year: 2023 },
      beside: [{ table, id: 'methane', gases: ['CH4'] }],
    }
    await draft(owner, footprintBody({ calculation }), [line])
    const [item] = (await run(owner.machine)).items
    // Fujian 2023: 421.1 kg CO2; CH4 1 kg × 27.0 → 2 kg × 27.0 (AR6, not fossil fugitive).
    expect(Number(item.before)).toBeCloseTo(448.1, 6)
    expect(Number(item.change)).toBeCloseTo(27, 6)
    expect(item.lines).toEqual({ count: 1, ids: ['a'] })
  })
})

describe('what an organization may see', () => {
  let owner: Enterprise
  let credential: { id: string; number: string }
  const token = { owner: () => owner.preparer.token, body: () => certifier.verifier.token }

  /** A footprint of the enterprise before the certifier, accepted. */
  async function engaged(title: string, amount: string): Promise<string> {
    const { id } = await draft(owner, resting(title), [power('a', amount, coal), diesel])
    expect((await submit(owner.responsible.token, id)).status).toBe(201)
    const applied = await apply(owner.preparer.token, id, certifier.slug)
    expect(applied.status, JSON.stringify(applied.body)).toBe(201)
    const accepted = await move(certifier.manager.token, applied.body.id, 'accept', acceptance(certifier))
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
    return applied.body.id
  }

  beforeAll(async () => {
    owner = await enterprise()
    await draft(owner, resting('its draft'), [power('a', '1000', coal)])
    await engaged('under verification', '4000')
    const engagementId = await engaged('certified', '5000')
    await move(certifier.lead.token, engagementId, 'propose', proposal)
    await move(certifier.reviewer.token, engagementId, 'review', { outcome: 'concur', notes: 'Complete.' })
    await move(certifier.decider.token, engagementId, 'decide', { outcome: 'granted', reason: 'Conforms.' })
    const issued = await move(certifier.decider.token, engagementId, 'credential')
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)
    credential = issued.body
  }, 60_000)

  test('an enterprise: its drafts, what is being verified, and the credentials it holds', async () => {
    const { items, job } = await run(token.owner())
    expect(items.map(({ subject, title }) => [subject, title])).toEqual([
      ['draft', 'its draft'],
      ['credential', 'certified'],
      ['engagement', 'under verification'],
    ])
    expect(job.summary).toMatchObject({ drafts: 1, engagements: 1, credentials: 1, moved: 3 })
    // 5,000 × 0.8 + 6,290.244986 as certified; + 5,000 × 0.08.
    const certified = items[1]
    expect(certified).toMatchObject({
      id: credential.id,
      credentialNumber: credential.number,
      revision: 1,
      lines: { count: 1, ids: ['a'] },
    })
    expect(Number(certified.before)).toBeCloseTo(10290.244986, 6)
    expect(Number(certified.change)).toBeCloseTo(400, 6)
  })

  test('a body: the credentials it issued and what it is verifying, and nobody’s drafts', async () => {
    const { items } = await run(token.body())
    expect(items.map(({ subject, title }) => [subject, title])).toEqual([
      ['credential', 'certified'],
      ['engagement', 'under verification'],
    ])
    const other = await body()
    expect((await run(other.verifier.token)).items).toEqual([])
  })

  test('a competitor: neither another’s items nor another’s job', async () => {
    const theirs = (await start(token.owner())).body
    expect((await run(stranger.preparer.token)).items).toEqual([])
    for (const path of ['', '/events', '/result']) {
      expect(code(await get(stranger.preparer.token, `/v1/jobs/${theirs.id}${path}`))).toBe('not-found')
      expect((await call('GET', `/v1/jobs/${theirs.id}${path}`)).status).toBe(401)
    }
    const cancelled = await call('POST', `/v1/jobs/${theirs.id}/cancel`, { token: stranger.preparer.token })
    expect(code(cancelled)).toBe('not-found')
    const { body: listed } = await get(stranger.preparer.token, '/v1/jobs')
    expect(listed.jobs.map(({ id }: { id: string }) => id)).not.toContain(theirs.id)
    await ended(token.owner(), theirs.id)
  })
})

describe('a run is refused', () => {
  let own: { table: string; withdrawn: string; first: string; second: string }
  beforeAll(async () => {
    const names = { withdrawn: unique('w'), first: unique('1'), second: unique('2') }
    own = { table, ...names }
    const { ports, close } = openTestPorts()
    const rows = [row('a', '1')]
    // The older edition is published after its successor, and names it.
    await publish(ports, edition(table, own.second, rows))
    await publish(ports, edition(table, own.first, rows, { supersededBy: own.second }))
    const withdrawn = edition(table, own.withdrawn, rows, { supersedes: own.second })
    await publish(ports, withdrawn)
    await withdraw(ports, withdrawn)
    await close()
  })

  test('of a version that nobody published', async () => {
    expect(code(await start(client.preparer.token, {}, '1999'))).toBe('not-found')
  })

  test('of a version that supersedes none', async () => {
    const answer = await start(client.preparer.token, {}, own.first)
    expect([answer.status, code(answer), answer.body.reason]).toEqual([
      409,
      'impact-not-possible',
      'supersedes-nothing',
    ])
  })

  test('of a withdrawn version', async () => {
    const answer = await start(client.preparer.token, {}, own.withdrawn)
    expect([code(answer), answer.body.reason]).toEqual(['impact-not-possible', 'withdrawn'])
  })

  test('not of a version whose predecessor names it', async () => {
    const answer = await start(client.preparer.token, {}, own.second)
    expect(answer.body.spec).toEqual({ kind: 'impact', table, older: own.first, newer: own.second })
    await ended(client.preparer.token, answer.body.id)
  })

  test('without a scope for footprints', async () => {
    expect((await call('POST', `/v1/factor-tables/${table}/versions/${newer}/impact`)).status).toBe(401)
  })
})

/** A job that is due in another century: nobody takes it up while a test looks at it. */
async function waitingJob(owner: Enterprise, createdAt = new Date('2100-01-01T00:00:00Z')): Promise<Job> {
  const { ports, close } = openTestPorts()
  const actor = {
    ...{ clientId: crypto.randomUUID(), organizationId: owner.id, organizationKind: 'enterprise' as const },
    ...{ memberId: null, personId: null, scopes: [] },
  }
  const by = { actor, mark: { idempotencyKey: null, digest: 'sha256:0' }, at: createdAt }
  const spec = { kind: 'impact' as const, table, older, newer }
  const id = crypto.randomUUID()
  const { row: job } = await ports.jobs.create(by, {
    ...{ id, organizationId: owner.id, spec, requestedBy: actor, createdAt },
  })
  await close()
  return job
}

describe('a job', () => {
  let owner: Enterprise
  beforeAll(async () => {
    owner = await enterprise()
  }, 60_000)
  const cancel = (id: string, headers: Record<string, string> = {}) =>
    call('POST', `/v1/jobs/${id}/cancel`, { token: owner.machine, headers })

  test('is answered with where it stands, and a retry under its key meets it', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const begun = await start(owner.machine, headers)
    expect(begun.headers.get('location')).toBe(`/v1/jobs/${begun.body.id}`)
    expect((await start(owner.machine, headers)).body.id).toBe(begun.body.id)
    await ended(owner.machine, begun.body.id)
    expect((await start(owner.machine, headers)).body).toMatchObject({
      id: begun.body.id,
      state: 'succeeded',
    })
  })

  test('has an ETag that moves with it', async () => {
    const job = await waitingJob(owner)
    const first = await get(owner.machine, `/v1/jobs/${job.id}`)
    expect(first.body).toMatchObject({ state: 'queued', progress: { done: 0, total: null } })
    const etag = first.headers.get('etag') ?? ''
    const same = await get(owner.machine, `/v1/jobs/${job.id}`, { 'if-none-match': etag })
    expect([same.status, same.body]).toEqual([304, ''])
    await cancel(job.id)
    expect((await get(owner.machine, `/v1/jobs/${job.id}`, { 'if-none-match': etag })).status).toBe(200)
  })

  test('that waits is cancelled at once, asked as often as one likes, and has no result', async () => {
    const job = await waitingJob(owner)
    expect(code(await get(owner.machine, `/v1/jobs/${job.id}/result`))).toBe('job-unfinished')
    const key = { 'idempotency-key': crypto.randomUUID() }
    for (const headers of [key, key, {}]) {
      const answer = await cancel(job.id, headers)
      expect([answer.status, answer.body.state, answer.body.cancelRequested]).toEqual([
        200,
        'cancelled',
        true,
      ])
    }
    expect(code(await get(owner.machine, `/v1/jobs/${job.id}/result`))).toBe('job-without-result')
  })

  test('that has succeeded is not cancelled any more', async () => {
    const { job } = await run(owner.machine)
    expect(code(await cancel(job.id))).toBe('invalid-transition')
  })

  test('is one of a few: more than may live at once are refused by name', async () => {
    const busy = await enterprise()
    const jobs: Job[] = []
    for (let number = 0; number < liveJobsMax; number += 1) jobs.push(await waitingJob(busy))
    const refused = await start(busy.machine)
    expect([refused.status, code(refused), refused.body.liveJobsMax]).toEqual([
      429,
      'too-many-jobs',
      liveJobsMax,
    ])
    await call('POST', `/v1/jobs/${jobs[0]?.id}/cancel`, { token: busy.machine })
    expect((await start(busy.machine)).status).toBe(202)
    const listed = await get(busy.machine, '/v1/jobs?limit=2')
    expect(listed.body.jobs).toHaveLength(2)
    expect(listed.headers.get('link')).toContain('rel="next"')
    for (const { id } of jobs.slice(1)) await call('POST', `/v1/jobs/${id}/cancel`, { token: busy.machine })
  })

  test('that no wake-up reached is found by the schedule', async () => {
    const job = await waitingJob(owner, new Date())
    await runSchedule()
    expect((await ended(owner.machine, job.id)).body.state).toBe('succeeded')
  })

  test('is worked on by the schedule itself where nobody can be woken', async () => {
    const job = await waitingJob(owner, new Date())
    const { environment, backends } = installation()
    await sweep(environment, backends)
    expect((await get(owner.machine, `/v1/jobs/${job.id}`)).body.state).toBe('succeeded')
  })
})

describe('GET /v1/jobs/{id}/events', () => {
  /** The stream's text, as far as it goes; the client leaves after `eventsMax`. */
  async function watch(token: string, id: string, headers: Record<string, string> = {}, eventsMax = 100) {
    const response = await request(`/v1/jobs/${id}/events`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader && text.split('event: ').length <= eventsMax) {
      const { done, value } = await reader.read()
      if (done) break
      text += value
    }
    await reader?.cancel()
    return { response, text, events: eventsOf(text) }
  }

  function eventsOf(text: string) {
    return text
      .split('\n\n')
      .filter((block) => block.startsWith('event: '))
      .map((block) => {
        const [event = '', id = '', data = ''] = block.split('\n').map((line) => line.replace(/^\w+: /, ''))
        return { event, id: Number(id), data: JSON.parse(data) }
      })
  }

  test('tells progress until the end, and the end once', async () => {
    const owner = await enterprise()
    for (const amount of ['1', '2', '3']) await draft(owner, resting(amount), [power('a', amount, coal)])
    const job = await waitingJob(owner, new Date())
    const watching = watch(owner.machine, job.id)
    await runSchedule()
    const { response, text, events } = await watching
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(text.startsWith('retry: 1000\n\n')).toBe(true)
    expect(events.filter(({ event }) => event === 'end')).toHaveLength(1)
    const last = events.at(-1)
    expect(last).toMatchObject({
      event: 'end',
      data: { state: 'succeeded', progress: { done: 3, total: 3 } },
    })
    const versions = events.map(({ id }) => id)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    // Whoever comes again after the end is told to stay away; after anything else, only of what is new.
    const again = { 'last-event-id': String(last?.id) }
    expect((await watch(owner.machine, job.id, again)).response.status).toBe(204)
    const earlier = await watch(owner.machine, job.id, { 'last-event-id': '1' })
    expect(earlier.events).toEqual([last])
  })

  test('lets a client go that leaves early, also sixty of them', async () => {
    const owner = await enterprise()
    const job = await waitingJob(owner)
    // PGlite has 64 slots: a stream that kept its connection would make a later request fail.
    for (let clients = 0; clients < 80; clients += 1) {
      const { events } = await watch(owner.machine, job.id, {}, 1)
      expect(events.map(({ event }) => event)).toEqual(['progress'])
    }
    await call('POST', `/v1/jobs/${job.id}/cancel`, { token: owner.machine })
  })
})
