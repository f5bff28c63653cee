/** Reports of products over HTTP: of a draft and of a frozen revision, in every form, and for whom. */

import { beforeAll, describe, expect, test } from 'vitest'
import { ProductReportView } from '../../src/http/routes/footprints/product-report-view.ts'
import { call } from './api.ts'
import { code, draft, type Enterprise, enterprise, productBody, productLines, submit } from './cast.ts'

let client: Enterprise
let other: Enterprise
let draftId: string
let frozenId: string

beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
  draftId = (await draft(client, productBody(), productLines)).id
  frozenId = (await draft(client, productBody(), productLines)).id
  const answer = await submit(client.responsible.token, frozenId)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
}, 60_000)

const get = (path: string, token = client.preparer.token, headers: Record<string, string> = {}) =>
  call('GET', `/v1/footprints/${path}`, { token, headers })

describe('the report of a product', () => {
  test('is JSON that its schema describes, with the hand-derived total', async () => {
    const answer = await get(`${draftId}/report`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { totals, head, stages, processes, tree, flows } = ProductReportView.parse(answer.body)
    // productLines (cast.ts): 3 kg of CO2 in welding, 2 × 0.5 kg in casting.
    expect(totals.total).toEqual({ kgCo2e: '4', printed: '4.0000' })
    expect(head.print).toEqual({ unit: 'kgCO2e', decimals: 4 })
    expect(head.standing).toEqual({ state: 'draft', version: 2 })
    expect(stages.map(({ state }) => state)).toEqual([
      'reported',
      'reported',
      'outside-boundary',
      'outside-boundary',
      'outside-boundary',
    ])
    expect(processes.map(({ process, runs }) => [process, runs[0]?.runs])).toEqual([
      ['fan', '1'],
      ['casting', '2'],
    ])
    expect(tree?.branches).toHaveLength(2)
    expect(flows?.nodes[0]).toMatchObject({ of: 'product', amount: { kgCo2e: '4' } })
  })

  test('is CSV with a row a line', async () => {
    const answer = await get(`${draftId}/report?format=csv`)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toContain('"product-2024-01-01-draft.csv"')
    const [header = '', ...rows] = answer.body.trim().split('\r\n')
    expect(header.split(',').slice(0, 4)).toEqual(['line', 'description', 'stage', 'process'])
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('welding-gas')
  })

  test('is a page that stands alone, under a policy of its own', async () => {
    const answer = await get(`${draftId}/report?format=html&lang=en`)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; /,
    )
    expect(answer.body).toContain('<html lang="en" data-language="en">')
    expect(answer.body).toContain('Product carbon footprint report')
    expect(answer.body).not.toMatch(/<script|src="|href="\//)
  })

  test('comes out of the frozen record, and is the same as the draft’s but for how it stands', async () => {
    const frozen = await get(`${frozenId}/revisions/1/report`)
    expect(frozen.status, JSON.stringify(frozen.body)).toBe(200)
    const asItStands = await get(`${frozenId}/report`)
    const without = (report: { head: object }) => ({ ...report, head: { ...report.head, standing: null } })
    expect(without(frozen.body)).toEqual(without(asItStands.body))
    expect(frozen.body.head.standing).toMatchObject({ state: 'frozen', revision: 1 })
  })

  test('is refused by name: without activity data, to others, and in structures of inventories', async () => {
    const empty = await call('POST', '/v1/footprints', { token: client.preparer.token, body: productBody() })
    expect(code(await get(`${empty.body.id}/report`))).toBe('footprint-incomplete')
    expect(code(await get(`${draftId}/report`, other.preparer.token))).toBe('not-found')
    const structured = await get(`${draftId}/report?structure=ghg-protocol`)
    expect([code(structured), structured.body.parameter]).toEqual(['invalid-request', 'structure'])
    expect(code(await get(`${draftId}/report?withRevision=1`))).toBe('invalid-request')
  })
})

/** The castings are off by 20 %, the welding gas by 10 %. */
const uncertainLines = productLines.map((line) =>
  line.id === 'furnace'
    ? line
    : { ...line, uncertainty: { activityPercent: line.id === 'castings' ? '20' : '10', factorPercent: '0' } },
)

/** The same fan with half of the castings: 3 + 1 × 0.5 = 3.5 kg. */
const lighter = uncertainLines.map((line) =>
  line.id === 'castings' ? { ...line, quantity: { amount: '1', unit: 'kg' } } : line,
)

describe('the draws of a product', () => {
  test('stand in its report with seed and number, the same for the same seed', async () => {
    const { id } = await draft(client, productBody(), uncertainLines)
    const report = async (query: string) => ProductReportView.parse((await get(`${id}/report?${query}`)).body)
    const { monteCarlo } = await report('')
    expect(monteCarlo?.drawn).toEqual({ generator: 'philox4x32-10', seed: 1, draws: 1000 })
    // By hand: half of the 95 % interval √((3 × 0.1)² + (1 × 0.2)²) = 0.3606, so σ = 0.3606 ÷ 1.96 = 0.184.
    const { mean, standardDeviation } = monteCarlo?.totals?.statistics ?? {}
    expect(Number(mean)).toBeCloseTo(4, 1)
    expect(Number(standardDeviation)).toBeGreaterThan(0.17)
    expect(Number(standardDeviation)).toBeLessThan(0.2)
    const again = await report('draws=200&seed=7')
    expect(again.monteCarlo?.drawn).toMatchObject({ seed: 7, draws: 200 })
    expect(again).toEqual(await report('draws=200&seed=7'))
    expect(again.monteCarlo?.totals).not.toEqual((await report('draws=200&seed=8')).monteCarlo?.totals)
  })

  test('are of a frozen revision as they are of the draft, and none where nothing is uncertain', async () => {
    const { id } = await draft(client, productBody(), uncertainLines)
    const answer = await submit(client.responsible.token, id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const [frozen, asItStands] = [await get(`${id}/revisions/1/report`), await get(`${id}/report`)]
    expect(frozen.body.monteCarlo.totals.sources).toBe(2)
    expect(frozen.body.monteCarlo).toEqual(asItStands.body.monteCarlo)
    expect((await get(`${draftId}/report`)).body.monteCarlo).toBeNull()
  })

  test('are refused of an inventory, and out of bounds', async () => {
    const inventory = (await draft(client)).id
    const asked = await get(`${inventory}/report?seed=3`)
    expect([code(asked), asked.body.parameter]).toEqual(['invalid-request', 'seed'])
    expect(code(await get(`${draftId}/report?draws=10001`))).toBe('invalid-request')
    // An empty seed is none, and no zero.
    for (const of of ['report', 'analysis']) {
      const empty = await get(`${draftId}/${of}?seed=`)
      expect([code(empty), empty.body.pointer]).toEqual(['invalid-request', '/seed'])
    }
  })
})

describe('two products beside one another', () => {
  let heavyId: string
  let lightId: string

  beforeAll(async () => {
    heavyId = (await draft(client, productBody(), uncertainLines)).id
    lightId = (await draft(client, productBody({ title: 'Lighter fan 轻型' }), lighter)).id
  }, 60_000)

  test('have difference and ratio, by stage and gas, and the same draws', async () => {
    const answer = await get(`${heavyId}/report?with=${lightId}`)
    const { comparison, monteCarlo } = ProductReportView.parse(answer.body)
    expect(comparison?.with).toMatchObject({
      footprintId: lightId,
      revision: null,
      title: 'Lighter fan 轻型',
    })
    // 3.5 − 4, and 3.5 ÷ 4.
    expect(comparison?.total).toMatchObject({ difference: { kgCo2e: '-0.5' }, ratio: '0.875000' })
    const raw = comparison?.stages.find(({ stage }) => stage === 'raw-material-acquisition')
    expect([raw?.a?.kgCo2e, raw?.b?.kgCo2e, raw?.ratio]).toEqual(['1', '0.5', '0.500000'])
    const use = comparison?.stages.find(({ stage }) => stage === 'use')
    expect(use).toMatchObject({ a: null, b: null, difference: null, ratio: null })
    expect(comparison?.gases.map(({ gas, kg }) => [gas, kg])).toEqual([['CO2', { a: '4', b: '3.5' }]])
    const { draws } = comparison ?? {}
    // Both hold the same two things. B − A = −0.5 × castings: never above zero, off by 20 % of a half.
    expect(draws?.totals).toMatchObject({ shared: 2, belowShare: '0', difference: '-0.5' })
    expect(Number(draws?.totals?.statistics?.high)).toBeLessThan(0)
    expect(monteCarlo?.totals).toEqual(draws?.totals?.a)
    const turned = await get(`${lightId}/report?with=${heavyId}`)
    expect(turned.body.comparison.draws.totals.belowShare).toBe('1')
  })

  test('are CSV with a row for everything that is compared, and a page', async () => {
    const csv = await get(`${heavyId}/report?with=${lightId}&format=csv&draws=100`)
    expect(csv.headers.get('content-disposition')).toContain('-draft-compared.csv"')
    const [header = '', total = '', ...rows] = csv.body.trim().split('\r\n')
    expect(header.split(',').slice(0, 4)).toEqual(['part', 'key', 'in_total', 'a_kg_co2e'])
    expect(total).toBe('total,total,true,4,3.5,-0.5,0.875000,,,,,,,')
    expect(rows.filter((row: string) => row.startsWith('draws,'))).toHaveLength(6)
    const page = await get(`${heavyId}/report?with=${lightId}&format=html&lang=en`)
    expect(page.body).toContain('Lighter fan 轻型')
  })

  test('are refused by name where they are no alternatives, and where the other may not be seen', async () => {
    const refusedWith = async (changes: Record<string, unknown>, from = heavyId) => {
      const { calculation } = productBody()
      const body = productBody({ calculation: { ...calculation, ...changes } })
      const { id } = await draft(client, body, productLines)
      return get(`${from}/report?with=${id}`)
    }
    const unit = await refusedWith({ declaredUnit: { amount: '2', unit: 'piece' } })
    expect([unit.status, code(unit), unit.body.parameter]).toEqual([409, 'not-comparable', 'with'])
    expect(unit.body.differences).toEqual([{ member: 'declaredUnit', a: '1 piece', b: '2 piece' }])
    const goods = await refusedWith({ capitalGoods: { choice: 'excluded', reason: 'Small 很小' } })
    expect(goods.body.differences.map(({ member }: { member: string }) => member)).toEqual([
      'capitalGoods.choice',
    ])
    const inventory = (await draft(client)).id
    const kinds = await get(`${heavyId}/report?with=${inventory}`)
    expect([code(kinds), kinds.body.kinds]).toEqual(['not-comparable', ['product', 'organization']])
    const hidden = (await draft(other, productBody(), productLines)).id
    const unseen = await get(`${heavyId}/report?with=${hidden}`)
    expect([code(unseen), unseen.body.parameter]).toEqual(['not-found', 'with'])
    // What the engine refuses of the other says that it is of the other: its pointer is into that one.
    const refusedLines = uncertainLines.map((line) => ({ ...line, quantity: { amount: '-1', unit: 'kg' } }))
    const { id: refused } = await draft(client, productBody(), refusedLines)
    const negative = await get(`${heavyId}/report?with=${refused}`)
    expect([code(negative), negative.body.parameter]).toEqual(['negative-amount', 'with'])
    expect((await get(`${refused}/report`)).body.parameter).toBeUndefined()
  })

  test('of which only the other is uncertain have draws together, and its own report has none', async () => {
    const answer = await get(`${draftId}/report?with=${heavyId}`)
    const { comparison, monteCarlo } = ProductReportView.parse(answer.body)
    expect(monteCarlo).toBeNull()
    expect(comparison?.draws?.totals).toMatchObject({ a: { sources: 0 }, b: { sources: 2 }, shared: 0 })
  })

  test('one of them may be frozen, or a revision of the same footprint', async () => {
    const answer = await get(`${frozenId}/revisions/1/report?with=${frozenId}&withRevision=1`)
    expect(answer.body.comparison).toMatchObject({
      with: { footprintId: frozenId, revision: 1 },
      total: { difference: { kgCo2e: '0' }, ratio: '1.000000' },
      draws: null,
    })
  })
})

describe('the working paper of a product', () => {
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

  test('is an XLSX workbook, of a draft and of a revision, and nobody else’s', async () => {
    for (const [path, state] of [
      [`${draftId}/working-paper?lang=zh`, 'draft'],
      [`${frozenId}/revisions/1/working-paper`, 'revision-1'],
    ] as const) {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, workbook])
      expect(answer.headers.get('content-disposition')).toContain(`working-paper-2024-01-01-${state}.xlsx`)
      expect(String(answer.body)).toMatch(/^PK/)
      expect(code(await get(path, other.preparer.token))).toBe('not-found')
    }
  })
})
