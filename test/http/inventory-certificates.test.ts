import { beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import {
  apply,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  submit,
} from './cast.ts'
import {
  allocate,
  certificate,
  claim,
  draftWith,
  instrument,
  productDraft,
  project,
  release,
  reporting,
  retirements,
  serials,
} from './certificates.ts'

let ours: Enterprise
let theirs: Enterprise
beforeAll(async () => {
  ours = await enterprise()
  theirs = await enterprise()
}, 60_000)

const instrumentsAt = '/calculation/marketBased/instruments'
const calculate = (id: string) =>
  call('POST', `/v1/footprints/${id}/calculations`, { token: ours.preparer.token })
const trips = (answer: Answer) => costOf(answer as unknown as Response).database

/** A claim of serial numbers 1 to `count`. */
async function claimed(by: Enterprise, count: number, changes: Record<string, unknown> = {}) {
  const of = project()
  const made = await claim(by.machine, [serials(of, 1, count)], changes)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return { of, id: made.body.id as string }
}

async function allocated(retirement: string, footprint: string, certificates: number): Promise<string> {
  const answer = await allocate(ours.machine, retirement, footprint, certificates)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const marksOf = async (retirement: string) => {
  const { body: seen } = await call('GET', `${retirements}/${retirement}/allocations`, {
    token: ours.machine,
  })
  return new Map(
    seen.allocations.map((one: { id: string; usedByRevisionId: string | null }) => [
      one.id,
      one.usedByRevisionId,
    ]),
  )
}

describe('an inventory that takes green certificates', () => {
  test('goes the whole way: claimed, allocated, calculated, submitted; what it rests on stays', async () => {
    const { of, id: held } = await claimed(ours, 100)
    const taken = [serials(of, 1, 30), serials(of, 51, 70)]
    const { id } = await draftWith(ours, [instrument(taken)])
    const used = await allocated(held, id, 60)
    const spare = await allocated(held, id, 20)

    const answer = await calculate(id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.certificates).toEqual(
      taken.map((range) => ({ instrument: 'wind', ...range, standing: 'allocated', problem: null })),
    )
    const first = await submit(ours.responsible.token, id)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    // 50 are taken, and the older allocation of 60 covers them.
    expect(await marksOf(held)).toEqual(
      new Map([
        [spare, null],
        [used, first.body.id],
      ]),
    )
    const kept = await release(ours.machine, `${held}/allocations/${used}`)
    expect([kept.status, code(kept)]).toEqual([409, 'certificate-in-use'])
    expect(kept.body).toMatchObject({ allocated: { inventories: 60, products: 0 }, submitted: true })
    expect((await release(ours.machine, `${held}/allocations/${spare}`)).status).toBe(200)
    expect(code(await release(ours.machine, held, { reason: 'Mistake.' }))).toBe('certificate-in-use')

    await call('POST', `/v1/footprints/${id}/reopen`, { token: ours.machine })
    const second = await submit(ours.responsible.token, id)
    expect(second.status, JSON.stringify(second.body)).toBe(201)
    expect((await marksOf(held)).get(used)).toBe(first.body.id)
  })

  test('is read with its numbers by the body that it is put before', async () => {
    const { of, id: held } = await claimed(ours, 10)
    const taken = instrument([serials(of, 1, 10)])
    const { id } = await draftWith(ours, [taken])
    await allocated(held, id, 10)
    expect((await submit(ours.responsible.token, id)).status).toBe(201)
    const certifier = await body()
    expect((await apply(ours.preparer.token, id, certifier.slug)).status).toBe(201)
    const { token } = certifier.manager
    const at = `/v1/footprints/${id}/revisions/1`
    const revision = await call('GET', at, { token })
    const manifest = await call('GET', `${at}/manifest`, { token })
    expect(revision.body.definition.calculation.marketBased.instruments).toEqual([taken])
    expect(manifest.body.calculation.marketBased.instruments).toEqual([taken])
  })

  test('takes a retirement up to what it was given, over all instruments, and several retirements at once', async () => {
    const [one, other] = [await claimed(ours, 50), await claimed(ours, 50)]
    const { id } = await draftWith(ours, [
      instrument([serials(one.of, 1, 20)]),
      instrument([serials(one.of, 21, 40), serials(other.of, 1, 5)], { id: 'more' }),
    ])
    const ids = [
      await allocated(one.id, id, 15),
      await allocated(one.id, id, 25),
      await allocated(other.id, id, 5),
    ]
    const { body: revision } = await submit(ours.responsible.token, id)
    const marks = new Map([...(await marksOf(one.id)), ...(await marksOf(other.id))])
    expect(ids.map((given) => marks.get(given))).toEqual([revision.id, revision.id, revision.id])
  })

  interface Case {
    readonly instruments: readonly unknown[]
    readonly prepare?: (footprint: string) => Promise<unknown>
  }
  const misfit = async (
    retirement: Record<string, unknown>,
    stated: Record<string, unknown>,
  ): Promise<Case> => {
    const { of, id } = await claimed(ours, 10, retirement)
    return {
      instruments: [instrument([serials(of, 1, 10)], stated)],
      prepare: (footprint) => allocated(id, footprint, 10),
    }
  }
  const consumption = (changes: Record<string, unknown>) => ({
    consumption: { consumer: 'Xiamen Test Factory', period: reporting, retiredOn: '2025-01-20', ...changes },
  })
  const year = { start: '2024-01-01', end: '2025-01-01' }

  test.each<[string, () => Promise<Case>, string, Record<string, unknown>]>([
    [
      'numbers that nobody claimed',
      async () => ({ instruments: [instrument([serials(project(), 1, 10)])] }),
      'certificate-not-retired',
      { instrument: 'wind', pointer: `${instrumentsAt}/0/certificates/0` },
    ],
    [
      'a range half beyond the claim',
      async () => {
        const { of, id } = await claimed(ours, 10)
        return {
          instruments: [instrument([serials(of, 1, 5), serials(of, 6, 11)])],
          prepare: (footprint) => allocated(id, footprint, 10),
        }
      },
      'certificate-not-retired',
      { pointer: `${instrumentsAt}/0/certificates/1` },
    ],
    [
      'a claim that was released',
      async () => {
        const { of, id } = await claimed(ours, 10)
        await release(ours.machine, id, { reason: 'Mistake.' })
        return { instruments: [instrument([serials(of, 1, 10)])] }
      },
      'certificate-not-retired',
      {},
    ],
    [
      'green certificates without numbers',
      async () => ({ instruments: [instrument([serials(project(), 1, 1)], { certificates: undefined })] }),
      'certificate-not-retired',
      { instrument: 'wind', pointer: `${instrumentsAt}/0` },
    ],
    [
      'certificates that are not given to it',
      async () => ({ instruments: [instrument([serials((await claimed(ours, 10)).of, 1, 10)])] }),
      'certificate-not-allocated',
      { taken: 10, allocated: 0, pointer: `${instrumentsAt}/0/certificates/0` },
    ],
    [
      'fewer than all its instruments take',
      async () => {
        const { of, id } = await claimed(ours, 60)
        return {
          instruments: [instrument([serials(of, 1, 30)]), instrument([serials(of, 31, 60)], { id: 'more' })],
          prepare: (footprint) => allocated(id, footprint, 59),
        }
      },
      'certificate-not-allocated',
      { taken: 60, allocated: 59 },
    ],
    [
      'certificates that another footprint was given',
      async () => {
        const { of, id } = await claimed(ours, 10)
        return {
          instruments: [instrument([serials(of, 1, 10)])],
          prepare: async () => allocated(id, (await draft(ours)).id, 10),
        }
      },
      'certificate-not-allocated',
      { taken: 10, allocated: 0 },
    ],
    [
      'an allocation that was taken back',
      async () => {
        const { of, id } = await claimed(ours, 10)
        return {
          instruments: [instrument([serials(of, 1, 10)])],
          prepare: async (footprint) =>
            release(ours.machine, `${id}/allocations/${await allocated(id, footprint, 10)}`),
        }
      },
      'certificate-not-allocated',
      { taken: 10, allocated: 0 },
    ],
    [
      'a consumption that goes beyond the reporting period',
      () => misfit({ consumption: { start: '2024-01-01', end: '2025-02-01' } }, {}),
      'certificate-dates-invalid',
      {
        rule: 'consumed-outside-reporting-period',
        consumption: { start: '2024-01-01', end: '2025-02-01' },
        pointer: `${instrumentsAt}/0/certificates/0`,
      },
    ],
    [
      'another month of generation',
      () => misfit({}, { generated: { start: '2024-04-01', end: '2024-05-01' } }),
      'certificate-dates-invalid',
      { rule: 'generated-in-another-month', generated: { start: '2024-03-01', end: '2024-04-01' } },
    ],
    [
      'a year of generation where the certificates are of a month, which is December',
      () => misfit({ generationMonth: '2024-12' }, { generated: year }),
      'certificate-dates-invalid',
      { rule: 'generated-in-another-month', generated: { start: '2024-12-01', end: '2025-01-01' } },
    ],
    [
      'another day of retirement',
      () => misfit({}, consumption({ retiredOn: '2025-01-19' })),
      'certificate-dates-invalid',
      { rule: 'retired-on-another-day', retiredOn: '2025-01-20' },
    ],
    [
      'a consumption beyond that of the retirement',
      () => misfit({ consumption: { start: '2024-03-01', end: '2024-07-01' } }, {}),
      'certificate-dates-invalid',
      {
        rule: 'consumed-in-another-period',
        consumption: { start: '2024-03-01', end: '2024-07-01' },
      },
    ],
    [
      'a consumption that is no period',
      () => misfit({}, consumption({ period: { start: '2024-01-01', end: '2024-02-30' } })),
      'period-invalid',
      { pointer: `${instrumentsAt}/0/certificates/0` },
    ],
    [
      'another count than the numbers come to',
      async () => ({ instruments: [instrument([{ ...serials(project(), 1, 10), certificates: 9 }])] }),
      'identifier-invalid',
      { part: 'count', counted: '10', pointer: `${instrumentsAt}/0/certificates/0/certificates` },
    ],
    [
      'a range that ends before it begins',
      async () => {
        const of = project()
        const range = { from: certificate(of, 10), to: certificate(of, 1), certificates: 1 }
        return { instruments: [instrument([range])] }
      },
      'identifier-invalid',
      { part: 'order', pointer: `${instrumentsAt}/0/certificates/0/to` },
    ],
    [
      'a number in two ranges',
      async () => {
        const { of, id } = await claimed(ours, 10)
        return {
          instruments: [instrument([serials(of, 4, 8)]), instrument([serials(of, 1, 4)], { id: 'again' })],
          prepare: (footprint) => allocated(id, footprint, 10),
        }
      },
      'duplicate-id',
      { instrument: 'again', pointer: `${instrumentsAt}/1/certificates/0` },
    ],
  ])('is not submitted with %s', async (_, make, problem, facts) => {
    const { instruments, prepare } = await make()
    const { id } = await draftWith(ours, instruments)
    await prepare?.(id)
    const refused = await submit(ours.responsible.token, id)
    expect(code(refused), JSON.stringify(refused.body)).toBe(problem)
    expect(refused.body).toMatchObject(facts)
    const { body: footprint } = await call('GET', `/v1/footprints/${id}`, { token: ours.machine })
    expect([footprint.state, footprint.latestRevision]).toEqual(['draft', 0])
  })

  test('is submitted once what was missing is there', async () => {
    const { of, id: held } = await claimed(ours, 10)
    const { id } = await draftWith(ours, [instrument([serials(of, 1, 10)])])
    const { body: refused } = await submit(ours.responsible.token, id)
    await allocated(refused.retirementId, id, refused.taken - refused.allocated)
    expect(refused.retirementId).toBe(held)
    expect((await submit(ours.responsible.token, id)).status).toBe(201)
  })

  test('cannot take what another tenant claimed, and is told the same as of what nobody claimed', async () => {
    const [{ of }, nobody] = [await claimed(theirs, 10), project()]
    const answers = await Promise.all(
      [of, nobody].map(async (which) => {
        const { id } = await draftWith(ours, [instrument([serials(which, 1, 10)])])
        const [refused, seen] = [await submit(ours.responsible.token, id), await calculate(id)]
        const { instance: _, ...rest } = refused.body
        return JSON.stringify([refused.status, rest, seen.body.certificates]).replaceAll(which, 'PROJECT')
      }),
    )
    expect(answers[0]).toBe(answers[1])
    expect(answers[0]).toContain('certificate-not-retired')
  })

  test('is answered, as a draft, how each range stands', async () => {
    const [full, part, none] = [await claimed(ours, 10), await claimed(ours, 10), project()]
    const ranges = [serials(full.of, 1, 10), serials(part.of, 1, 10), serials(none, 1, 10)]
    const { id } = await draftWith(ours, [instrument(ranges)])
    await allocated(full.id, id, 10)
    await allocated(part.id, id, 9)
    const answer = await calculate(id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const at = (place: number) => `${instrumentsAt}/0/certificates/${place}`
    expect(answer.body.certificates).toMatchObject([
      { instrument: 'wind', ...ranges[0], standing: 'allocated', problem: null },
      {
        ...ranges[1],
        standing: 'not-allocated',
        problem: { code: 'certificate-not-allocated', pointer: at(1), taken: 10, allocated: 9 },
      },
      { ...ranges[2], standing: 'not-retired', problem: { code: 'certificate-not-retired', pointer: at(2) } },
    ])
    expect((await calculate((await draft(ours)).id)).body.certificates).toEqual([])
  })

  test('names at most two thousand ranges', async () => {
    const of = project()
    const of200 = (at: number) =>
      instrument(
        Array.from({ length: 200 }, (_, place) => serials(of, 400 * at + 2 * place, 400 * at + 2 * place)),
        { id: `wind-${at}` },
      )
    const calculation = (instruments: readonly unknown[]) =>
      footprintBody({ calculation: inventory({ marketBased: { instruments, ageMonthsMax: 12 } }) })
    const ten = Array.from({ length: 10 }, (_, at) => of200(at))
    const create = (sent: unknown) =>
      call('POST', '/v1/footprints', { token: ours.preparer.token, body: sent })
    const refused = await create(calculation([...ten, instrument([serials(of, 9000, 9000)])]))
    expect([code(refused), refused.body.pointer]).toEqual(['too-many-items', instrumentsAt])
    expect((await create(calculation(ten))).status).toBe(201)
  })

  test('costs one query more than one without certificates, as a draft and submitted', async () => {
    const { of, id: held } = await claimed(ours, 20)
    const { id: without } = await draft(ours)
    const { id } = await draftWith(ours, [instrument([serials(of, 1, 5), serials(of, 6, 20)])])
    await allocated(held, id, 20)
    const plain = [await calculate(without), await submit(ours.responsible.token, without)].map(trips)
    const taking = [await calculate(id), await submit(ours.responsible.token, id)]
    expect(taking.map(({ status }) => status)).toEqual([200, 201])
    expect(taking.map(trips)).toEqual(plain.map((count) => count + 1))
  })
})

describe('products beside their organization’s inventory', () => {
  test('are given the same power again, each kind up to what the retirement holds', async () => {
    const { id: held } = await claimed(ours, 10)
    const [{ id: whole }, product, other] = [
      await draft(ours),
      await productDraft(ours),
      await productDraft(ours),
    ]
    await allocated(held, whole, 10)
    const given = await allocate(ours.machine, held, product, 7)
    expect([given.status, given.body.footprintKind]).toEqual([201, 'product'])
    const beyond = await allocate(ours.machine, held, other, 4)
    expect(beyond.body).toMatchObject({ certificates: 10, allocated: 7, allocatedTo: 'products' })
    await allocated(held, other, 3)
    const more = await allocate(ours.machine, held, whole, 1)
    expect(more.body).toMatchObject({ certificates: 10, allocated: 10, allocatedTo: 'inventories' })
    const read = () => call('GET', `${retirements}/${held}`, { token: ours.machine })
    expect((await read()).body.allocated).toEqual({ inventories: 10, products: 10 })
    expect((await release(ours.machine, `${held}/allocations/${given.body.id}`)).status).toBe(200)
    expect((await read()).body.allocated).toEqual({ inventories: 10, products: 3 })
    const kept = await release(ours.machine, held, { reason: 'Mistake.' })
    expect(kept.body).toMatchObject({ allocated: { inventories: 10, products: 3 }, submitted: false })
  })
})
