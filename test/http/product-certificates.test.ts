/** Products that take green certificates: the whole way to a revision, one count among products, and races between them. */

import { beforeAll, describe, expect, test } from 'vitest'
import { call } from './api.ts'
import { apply, body, code, draft, type Enterprise, enterprise, productBody, submit } from './cast.ts'
import { allocate, claim, draftWith, instrument, project, retirements, serials } from './certificates.ts'

let ours: Enterprise
let theirs: Enterprise
beforeAll(async () => {
  ours = await enterprise()
  theirs = await enterprise()
}, 60_000)

const newest = { id: 'egret-development', version: '1.4' }
const at = '/calculation/contractualInstruments/instruments'

/** 5 kWh of wind a fan, with their way through the grid. By hand: 5 × 0.0324 + 5 × 0.0327 = 0.3255 kg CO2e. */
const lines = [
  {
    ...{ id: 'wind', category: 'electricity', process: 'fan', instrument: 'wind' },
    quantity: { amount: '5', unit: 'kWh' },
  },
  {
    ...{ id: 'way', category: 'transmission', process: 'fan', factor: {} },
    quantity: { amount: '5', unit: 'kWh' },
  },
  {
    ...{ id: 'castings', category: 'material', process: 'fan', from: 'casting' },
    quantity: { amount: '0', unit: 'kg' },
  },
  {
    ...{ id: 'furnace', category: 'process-emissions', process: 'casting', gas: 'CO2' },
    quantity: { amount: '0', unit: 'kg' },
  },
]
const conveyed = { factor: { id: 'cn-elec-footprint-2024-wind' } }

function greenBody(instruments: readonly unknown[], changes: Record<string, unknown> = {}) {
  const { calculation, ...definition } = productBody({ scheme: newest, ...changes })
  return {
    ...definition,
    calculation: {
      ...calculation,
      contractualInstruments: {
        ...{ instruments, ageMonthsMax: 12, produced: { amount: '2000', unit: 'piece' } },
      },
    },
  }
}
const greenDraft = (by: Enterprise, ranges: readonly ReturnType<typeof serials>[]) =>
  draft(by, greenBody([instrument(ranges, conveyed)]) as ReturnType<typeof productBody>, lines)

/** A claim of serial numbers 1 to `count`. */
async function claimed(by: Enterprise, count: number) {
  const of = project()
  const made = await claim(by.machine, [serials(of, 1, count)])
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return { of, id: made.body.id as string }
}
const calculate = (id: string) =>
  call('POST', `/v1/footprints/${id}/calculations`, { token: ours.preparer.token })
const allocatedOf = async (id: string) =>
  (await call('GET', `${retirements}/${id}`, { token: ours.machine })).body.allocated

describe('a product that takes green certificates', () => {
  test('goes the whole way: claimed, allocated, calculated, submitted, read by the body', async () => {
    const { of, id: held } = await claimed(ours, 10)
    const ranges = [serials(of, 1, 10)]
    const { id } = await greenDraft(ours, ranges)

    const before = await calculate(id)
    expect(before.status, JSON.stringify(before.body)).toBe(200)
    expect(Number(before.body.result.total)).toBeCloseTo(0.3255, 12)
    expect(before.body.scheme).toMatchObject({ conforms: true })
    expect(before.body.certificates).toMatchObject([
      { instrument: 'wind', standing: 'not-allocated', problem: { pointer: `${at}/0/certificates/0` } },
    ])
    expect(before.body.result.product.contractualInstruments).toMatchObject({
      ...{ electricityKWh: '5', coveredKWh: '5' },
      instruments: [{ id: 'wind', named: 'wind', kWh: '10000', takenKWh: '10000' }],
    })
    const early = await submit(ours.responsible.token, id)
    expect([early.status, code(early)]).toEqual([409, 'certificate-not-allocated'])
    expect(early.body).toMatchObject({ taken: 10, allocated: 0, pointer: `${at}/0/certificates/0` })

    expect((await allocate(ours.machine, held, id, 10)).status).toBe(201)
    const revision = await submit(ours.responsible.token, id)
    expect(revision.status, JSON.stringify(revision.body)).toBe(201)
    expect(await allocatedOf(held)).toEqual({ inventories: 0, products: 10 })
    const given = await call('GET', `${retirements}/${held}/allocations`, { token: ours.machine })
    expect(given.body.allocations).toMatchObject([{ usedByRevisionId: revision.body.id }])

    const certifier = await body()
    expect((await apply(ours.preparer.token, id, certifier.slug)).status).toBe(201)
    const token = certifier.manager.token
    const manifest = await call('GET', `/v1/footprints/${id}/revisions/1/manifest`, { token })
    expect(manifest.body.calculation.contractualInstruments.instruments).toEqual([
      instrument(ranges, conveyed),
    ])
  })

  test('shares power with its organization’s inventory, and with no other product', async () => {
    const { of, id: held } = await claimed(ours, 10)
    const ranges = [serials(of, 1, 10)]
    const { id: whole } = await draftWith(ours, [instrument(ranges)])
    const [{ id: fan }, { id: other }] = [await greenDraft(ours, ranges), await greenDraft(ours, ranges)]
    expect((await allocate(ours.machine, held, whole, 10)).status).toBe(201)
    expect((await submit(ours.responsible.token, whole)).status).toBe(201)
    expect((await allocate(ours.machine, held, fan, 10)).status).toBe(201)
    expect((await submit(ours.responsible.token, fan)).status).toBe(201)

    const refused = await allocate(ours.machine, held, other, 1)
    expect(refused.body).toMatchObject({ certificates: 10, allocated: 10, allocatedTo: 'products' })
    const late = await submit(ours.responsible.token, other)
    expect(code(late)).toBe('certificate-not-allocated')
    expect(JSON.stringify([refused.body, late.body])).not.toContain(fan)
  })

  test('races another for the last certificates: one has them, and one is submitted', async () => {
    const { of, id: held } = await claimed(ours, 10)
    const ranges = [serials(of, 1, 10)]
    const both = [await greenDraft(ours, ranges), await greenDraft(ours, ranges)]
    const given = await Promise.all(both.map(({ id }) => allocate(ours.machine, held, id, 10)))
    expect(given.map(({ status }) => status).sort()).toEqual([201, 409])
    const sent = await Promise.all(both.map(({ id }) => submit(ours.responsible.token, id)))
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(sent.map(({ status }) => status)).toEqual(given.map(({ status }) => status))
    expect(await allocatedOf(held)).toEqual({ inventories: 0, products: 10 })
  })

  test('is told the same of what another tenant claimed as of what nobody claimed', async () => {
    const [{ of }, nobody] = [await claimed(theirs, 10), project()]
    const answers = await Promise.all(
      [of, nobody].map(async (which) => {
        const { id } = await greenDraft(ours, [serials(which, 1, 10)])
        const { instance: _, ...refused } = (await submit(ours.responsible.token, id)).body
        return JSON.stringify(refused).replaceAll(which, 'PROJECT')
      }),
    )
    expect(answers[0]).toBe(answers[1])
    expect(answers[0]).toContain('certificate-not-retired')
  })

  test('is copied to another year without them: they are of their year', async () => {
    const { id } = await greenDraft(ours, [serials(project(), 1, 10)])
    const copied = await call('POST', `/v1/footprints/${id}/copies`, {
      token: ours.preparer.token,
      body: { period: { start: '2025-01-01', end: '2026-01-01' } },
    })
    expect(copied.status, JSON.stringify(copied.body)).toBe(201)
    expect(copied.body.calculation.processes).toHaveLength(2)
    expect(copied.body.calculation).not.toHaveProperty('contractualInstruments')
  })

  test('is refused by an edition of the scheme that counts no contracts in products', async () => {
    const instruments = [instrument([serials(project(), 1, 10)], conveyed)]
    const refused = await call('POST', '/v1/footprints', {
      token: ours.preparer.token,
      body: greenBody(instruments, { scheme: { ...newest, version: '1.3' } }),
    })
    expect([refused.status, code(refused)]).toEqual([422, 'scheme-violation'])
    expect(refused.body).toMatchObject({
      pointer: '/calculation/contractualInstruments',
      violations: [{ rule: 'instruments', instruments: ['wind'] }],
    })
  })
})
