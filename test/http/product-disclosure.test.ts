/**
 * What a stranger can learn of a certified product: what its scheme shows at least, and what its holder added. Every name and every
 * figure of the system behind it is made to be recognized, and is looked for in everything that anyone may fetch.
 */

import { beforeAll, describe, expect, inject, test } from 'vitest'
import { request } from '../harness/http.ts'
import { call } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  contractReview,
  draft,
  type Enterprise,
  enterprise,
  move,
  productBody,
  proposal,
  submit,
} from './cast.ts'

/** Stands in every name of the system, in Latin and in Chinese letters, and nowhere else. */
const mark = 'zylbr'
const zhMark = '齉龘'
const names = (name: string) => ({ en: `${mark} ${name}`, zh: `${zhMark}${name}` })

/** Figures of the system, by digits that nothing else has. */
const figures = {
  welding: '3.117131',
  castings: '2.719373',
  furnace: '0.581359',
  alloy: '1.234787',
  boxes: '0.339137',
  perKilogram: '1.917379',
  price: '91.70317',
  swarf: '0.063179',
  swarfPrice: '7.137131',
  parameter: '0.412717',
} as const

const parts = [{ part: 'product-footprint', assurance: 'limited', materiality: '0.05' }] as const
const kg = (amount: string) => ({ amount, unit: 'kg' })

/** Castings of a named supplier, who shares the furnace between castings and swarf by price, in a fan. */
function secretive() {
  const { calculation } = productBody() as unknown as { calculation: Record<string, unknown> }
  const fan = { ...{ id: `${mark}-fan`, name: names('assembly') }, stage: 'production' }
  const casting = {
    ...{ id: `${mark}-casting`, name: names('Castings Ltd of Quanzhou'), stage: 'raw-material-acquisition' },
    ...{ product: `${mark}-billet`, output: kg('1'), price: { amount: figures.price, unit: 'CNY' } },
    coProducts: [
      {
        ...{ id: `${mark}-swarf`, output: kg(figures.swarf) },
        price: { amount: figures.swarfPrice, unit: 'CNY' },
      },
    ],
    allocation: { by: 'economic-value', justification: `${mark} sells both` },
  }
  const factor = {
    ...{ id: `${mark}-alloy`, name: names('alloy'), category: 'material', family: 'cradle-to-gate' },
    ...{
      region: 'CN',
      year: 2024,
      unit: 'kg',
      statedCo2eKg: null,
      gwpBasis: 'gas-masses',
      gasesNotCovered: [],
    },
    ...{ flows: [{ kind: 'fossil', gas: 'CO2', kg: figures.perKilogram }], includesTransmission: false },
    ...{ fossilFugitiveMethane: false, confirmation: 'primary', notes: `${mark} told us` },
    source: { id: `${mark} declaration`, locator: 'page 3' },
  }
  return productBody({
    scheme: { id: 'egret-development', version: '1.3' },
    product: { name: { en: 'Fan', zh: '风机' } },
    calculation: {
      ...calculation,
      referenceProcess: fan.id,
      processes: [{ ...fan, output: { amount: '1', unit: 'piece' } }, casting],
      parameters: [{ id: `${mark}_share`, value: figures.parameter, unit: 'kg', name: names('share') }],
      ownFactors: [factor],
    },
  })
}

const own = { table: 'own', id: `${mark}-alloy` }
const gas = { category: 'process-emissions', gas: 'CO2' }
const lines = [
  { ...gas, id: `${mark}-1`, process: `${mark}-fan`, quantity: kg(figures.welding) },
  {
    ...{ id: `${mark}-2`, category: 'material', process: `${mark}-fan`, from: `${mark}-casting` },
    ...{ fromProduct: `${mark}-billet`, quantity: kg(figures.castings) },
  },
  { ...gas, id: `${mark}-3`, process: `${mark}-casting`, quantity: kg(figures.furnace) },
  {
    ...{ id: `${mark}-4`, category: 'material', process: `${mark}-casting`, factor: own },
    quantity: kg(figures.alloy),
  },
  {
    ...{ id: `${mark}-5`, category: 'packaging', process: `${mark}-fan`, factor: own },
    quantity: kg(figures.boxes),
  },
  { ...gas, id: `${mark}-6`, process: `${mark}-fan`, parameter: { id: `${mark}_share` } },
]

let client: Enterprise
let certifier: Body

interface Certified {
  readonly footprint: string
  readonly credential: string
  readonly number: string
}

async function certified(disclosure: readonly string[]): Promise<Certified> {
  const { id: footprint } = await draft(client, secretive(), lines)
  const frozen = await submit(client.responsible.token, footprint)
  expect(frozen.status, JSON.stringify(frozen.body)).toBe(201)
  const applied = await apply(client.preparer.token, footprint, certifier.slug, { disclosure })
  expect(applied.status, JSON.stringify(applied.body)).toBe(201)
  const { id } = applied.body
  const agreed = { contractReview: { ...contractReview, parts } }
  const opinion = { ...proposal, parts: parts.map(({ part, assurance }) => ({ part, assurance })) }
  const walk = [
    () => move(certifier.manager.token, id, 'accept', acceptance(certifier, agreed)),
    () => move(certifier.lead.token, id, 'propose', opinion),
    () => move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' }),
    () => move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'Conforms.' }),
  ]
  for (const step of walk) {
    const moved = await step()
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
  }
  const issued = await move(certifier.decider.token, id, 'credential')
  expect(issued.status, JSON.stringify(issued.body)).toBe(201)
  return { footprint, credential: issued.body.id, number: issued.body.number }
}

/** Everything that reads as text in an answer, what is encoded in signed documents too. */
async function textOf(response: Response): Promise<string> {
  const text = new TextDecoder('latin1').decode(await response.clone().arrayBuffer())
  const utf8 = new TextDecoder().decode(await response.arrayBuffer())
  const encoded = utf8.match(/[A-Za-z0-9_-]{40,}/g) ?? []
  return [text, utf8, ...encoded.map((part) => Buffer.from(part, 'base64url').toString())].join('\n')
}

/** Links of this installation that an answer holds, without what is the same for everyone. */
function linksIn(text: string, origin: string): readonly string[] {
  const found = text.matchAll(/(?:href|src|action)="([^"#]+)|"(https?:\/\/[^"#\s]+)"/g)
  return [...found].flatMap(([, relative, absolute]) => {
    const url = URL.parse((relative ?? absolute ?? '').replaceAll('&amp;', '&'), origin)
    if (url === null || url.origin !== origin) return []
    return /^\/(?:factors|docs|assets|factor-tables|contexts|schemas|problems)\b/.test(url.pathname)
      ? []
      : [url.pathname + url.search]
  })
}

/** Everything that a stranger finds of a document who knows its number, and follows every link. */
async function foundByStrangers({ credential, number }: Certified): Promise<ReadonlyMap<string, string>> {
  const api = await call('GET', `/v1/public/credentials/${credential}`)
  const { origin } = new URL(String(inject('environment').PUBLIC_URL))
  const code = api.body.holder.unifiedSocialCreditCode
  const queue = [
    `/credentials/${credential}`,
    `/credentials/${credential}.jwt`,
    `/credentials/${credential}.tlog-proof`,
    `/v1/public/credentials/${credential}`,
    `/v1/public/credentials?number=${number}`,
    `/v1/public/credentials?development=true&holder=${code}`,
    `/v1/public/credentials?development=true&body=${certifier.slug}`,
    `/credentials?q=${number}`,
    `/credentials?development=true&q=${code}`,
    `/bodies/${certifier.slug}`,
    '/log',
    '/log/checkpoint',
    ...(await entryBundles()),
  ]
  const found = new Map<string, string>()
  for (const path of queue) {
    if (found.has(path) || found.size > 150) continue
    const response = await request(path, { headers: { accept: 'text/html, */*' } })
    const text = await textOf(response)
    found.set(path, text)
    queue.push(...linksIn(text, origin))
  }
  const bytes = await (await request(`/credentials/${credential}.jwt`)).arrayBuffer()
  const jwt = new TextDecoder().decode(bytes)
  const verified = await call('POST', '/v1/verifications', { body: { credential: jwt } })
  found.set('the verification', JSON.stringify(verified.body))
  return found
}

/** The bundles of the log's entries, full and not. */
async function entryBundles(): Promise<readonly string[]> {
  const note = await (await request('/log/checkpoint')).text()
  const size = Number(note.split('\n')[1])
  const full = Math.floor(size / 256)
  const of = (index: number) => `/log/tile/entries/${String(index).padStart(3, '0')}`
  return [...Array.from({ length: full }, (_, index) => of(index)), `${of(full)}.p/${size % 256}`]
}

/** What lines, processes and inputs come to, in full and printed, as the client's own report has them. */
async function privateFigures(footprint: string): Promise<readonly string[]> {
  const report = await call('GET', `/v1/footprints/${footprint}/report`, { token: client.responsible.token })
  expect(report.status, JSON.stringify(report.body).slice(0, 300)).toBe(200)
  const text = JSON.stringify(report.body)
  for (const figure of [mark, zhMark]) expect(text).toContain(figure)
  const figuresOf = (part: unknown) =>
    [...JSON.stringify(part).matchAll(/"(?:kgCo2e|printed)":"(-?[0-9.]+)"/g)].map(([, value = '']) => value)
  const { totals, stages, ...inside } = report.body
  const inOpen = new Set([...figuresOf(totals), ...figuresOf(stages)])
  return [...new Set(figuresOf(inside))].filter((value) => !inOpen.has(value) && /[1-9]/.test(value))
}

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

describe('a certified product', () => {
  let plain: Certified
  let found: ReadonlyMap<string, string>

  beforeAll(async () => {
    plain = await certified([])
    found = await foundByStrangers(plain)
  }, 120_000)

  test('is found by number, holder, body and log', () => {
    for (const path of [
      `/credentials/${plain.credential}`,
      `/credentials/${plain.credential}.jwt`,
      `/credentials?q=${plain.number}`,
    ])
      expect(found.get(path), path).toContain(plain.number)
    expect([...found.keys()].some((path) => path.startsWith('/status/'))).toBe(true)
    expect([...found.keys()].some((path) => path.startsWith('/log/tile/entries/'))).toBe(true)
    expect(found.get('the verification')).toContain('"verified":true')
  })

  test('names no process, supplier, line, parameter or factor of its own', () => {
    for (const [path, text] of found) {
      expect(text.toLowerCase().includes(mark), path).toBe(false)
      expect(text.includes(zhMark), path).toBe(false)
    }
  })

  test('shows no amount, price, factor or parameter', () => {
    for (const [path, text] of found)
      for (const [name, figure] of Object.entries(figures))
        expect(text.includes(figure), `${name} at ${path}`).toBe(false)
  })

  test('shows the total, its kinds and stages, and nothing that a line or a process comes to', async () => {
    const text = found.get(`/credentials/${plain.credential}.jwt`) ?? ''
    const [document] = /\{"@context".*"verification":\{.*\}/.exec(text) ?? []
    expect(document).toBeDefined()
    expect(document).toContain('"breakdowns":["byKind","byStage"]')
    expect(document).not.toContain('"byCategory"')
    expect(document).not.toContain('"byGas"')
    const values = await privateFigures(plain.footprint)
    // The boxes, as derived below, are among what must not show here.
    expect(values).toContain('0.6503')
    expect(values.length).toBeGreaterThanOrEqual(10)
    for (const [path, all] of found)
      for (const value of values) expect(all.includes(value), `${value} at ${path}`).toBe(false)
  })

  test('keeps its record, report and data to those who work on it', async () => {
    const { footprint } = plain
    const other = await enterprise()
    for (const path of [
      '',
      '/activity-data',
      '/report',
      '/working-paper',
      '/product-system',
      '/analysis',
      '/revisions/1',
    ]) {
      const asked = `/v1/footprints/${footprint}${path}`
      expect((await call('GET', asked)).status, path).toBe(401)
      expect((await call('GET', asked, { token: other.preparer.token })).status, path).toBe(404)
    }
  })
})

describe('what the holder adds', () => {
  test('is shown, and nothing with it', async () => {
    const open = await certified(['byCategory'])
    const found = await foundByStrangers(open)
    const text = found.get(`/credentials/${open.credential}.jwt`) ?? ''
    expect(text).toContain('"breakdowns":["byKind","byStage","byCategory"]')
    // 0.339137 kg of boxes × 1.917379 kg CO2 = 0.650254… kg.
    expect(text).toContain('{"amount":"0.6503","category":"packaging","unit":"kgCO2e"}')
    for (const [path, all] of found) {
      expect(all.toLowerCase().includes(mark) || all.includes(zhMark), path).toBe(false)
      for (const figure of Object.values(figures))
        expect(all.includes(figure), `${figure} at ${path}`).toBe(false)
    }
  }, 120_000)
})
