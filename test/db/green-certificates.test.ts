/** What the ledger of green certificates keeps whoever comes at once, fails in between, or writes SQL by hand. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { rangesMeet } from '../../src/certification/green-certificate.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import type { OpenPorts } from '../../src/http/context.ts'
import type { Standing } from '../../src/ports/green-certificates.ts'
import type { Authorship } from '../../src/ports/parties.ts'
import { costOf } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { type Answer, call } from '../http/api.ts'
import { code, draft, type Enterprise, enterprise, submit } from '../http/cast.ts'
import {
  allocate,
  certificate,
  claim,
  draftWith,
  instrument,
  productDraft,
  project,
  release,
  retirement,
  retirements,
  serials,
} from '../http/certificates.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''

let ours: Enterprise
let theirs: Enterprise
let open: OpenPorts
let database: OpenDatabase
beforeAll(async () => {
  ours = await enterprise()
  theirs = await enterprise()
  open = openTestPorts()
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
}, 60_000)
afterAll(async () => {
  await open.close()
  await database.close()
})

const refusals = (answers: readonly Answer[]) => answers.filter(({ status }) => status >= 300).map(code)
const made = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 201)
const standingRanges = async (of: string) => {
  const { rows } = (await database.db.execute(
    sql`select from_code as "from", to_code as "to" from green_certificate_ranges where is_standing and left(from_code, 17) = ${of}`,
  )) as unknown as { rows: { from: string; to: string }[] }
  return rows
}

describe.skipIf(isOneSession)(`at the same instant${note}`, () => {
  test('two tenants claim one certificate: exactly one wins, and the other learns its number', async () => {
    for (let round = 0; round < 25; round += 1) {
      const of = project()
      const number = serials(of, 7, 7)
      const answers = await Promise.all([ours, theirs].map(({ machine }) => claim(machine, [number])))
      expect(answers.map(({ status }) => status).sort(), `round ${round}`).toEqual([201, 409])
      const loser = answers.find(({ status }) => status === 409) as Answer
      expect([code(loser), loser.body.ranges]).toEqual([
        'certificate-already-claimed',
        [{ from: number.from, to: number.to }],
      ])
      expect(await standingRanges(of)).toHaveLength(1)
    }
  })

  test('many claims whose ranges cross: those that stand are apart, and nothing of a refused one is left', async () => {
    for (let round = 0; round < 6; round += 1) {
      const of = project()
      // Two ranges each, named in either order; each meets its neighbours, the first of one the second of another.
      const asked = Array.from({ length: 12 }, (_, at) => {
        const pair = [
          serials(of, 10 * at, 10 * at + 14),
          serials(of, 10 * ((at + 5) % 12) + 500, 10 * ((at + 5) % 12) + 514),
        ]
        return at % 2 === 0 ? pair : pair.reverse()
      })
      const answers = await Promise.all(
        asked.map((ranges, at) => claim((at % 2 === 0 ? ours : theirs).machine, ranges)),
      )
      expect(refusals(answers).every((problem) => problem === 'certificate-already-claimed')).toBe(true)
      expect(made(answers).length).toBeGreaterThan(0)
      const standing = await standingRanges(of)
      expect(standing).toHaveLength(2 * made(answers).length)
      standing.forEach((range, at) => {
        expect(standing.slice(at + 1).filter((other) => rangesMeet(range, other))).toEqual([])
      })
      // A refused claim met one that stands: nobody lost to somebody who lost as well.
      answers.forEach((answer, at) => {
        if (answer.status === 201) return
        const met = asked[at]?.some((range) => standing.some((other) => rangesMeet(range, other)))
        expect(met, `claim ${at}`).toBe(true)
      })
    }
  })

  test('claims over all classes beside claims of one: one of each pair stands', async () => {
    for (let round = 0; round < 6; round += 1) {
      const of = project()
      const all = { from: certificate(of, 1, '11'), to: certificate(of, 3, '12'), certificates: 202 }
      const answers = await Promise.all([
        claim(ours.machine, [all]),
        claim(theirs.machine, [serials(of, 2, 2, '55'), serials(of, 9, 9, '11')]),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    }
  })

  test('retries of one claim: all are answered it', async () => {
    const of = project()
    const headers = { 'idempotency-key': of }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => claim(ours.machine, [serials(of, 1, 9)], {}, headers)),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  })

  test('allocations of one retirement: never more than it holds, and no room is left that one would fit', async () => {
    const [one, other] = [await draft(ours), await draft(ours)]
    for (let round = 0; round < 5; round += 1) {
      const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          allocate(ours.machine, held.id, (at % 2 === 0 ? one : other).id, 3),
        ),
      )
      // Three times three of ten; a fourth three is too many.
      expect(made(answers)).toHaveLength(3)
      expect(new Set(refusals(answers))).toEqual(new Set(['certificate-overallocated']))
      const { body: seen } = await call('GET', `${retirements}/${held.id}`, { token: ours.machine })
      expect(seen.allocated).toEqual({ inventories: 9, products: 0 })
    }
  })

  test('allocations to products beside an inventory: neither count exceeds what the retirement holds, and both are used up', async () => {
    const [{ id: whole }, product, other] = [
      await draft(ours),
      await productDraft(ours),
      await productDraft(ours),
    ]
    for (let round = 0; round < 6; round += 1) {
      const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
      const answers = await Promise.all(
        Array.from({ length: 15 }, (_, at) =>
          allocate(ours.machine, held.id, [whole, product, other][at % 3] as string, 3),
        ),
      )
      const kinds = made(answers).map(({ body }) => body.footprintKind)
      // Three times three of ten for the inventory, and as many for the two products together.
      expect(kinds.sort(), `round ${round}`).toEqual([
        ...Array(3).fill('organization'),
        ...Array(3).fill('product'),
      ])
      const refused = answers.filter(({ status }) => status >= 300)
      expect(new Set(refusals(refused))).toEqual(new Set(['certificate-overallocated']))
      expect(refused.map(({ body }) => body.allocatedTo).sort()).toEqual([
        ...Array(2).fill('inventories'),
        ...Array(7).fill('products'),
      ])
      const { body: seen } = await call('GET', `${retirements}/${held.id}`, { token: ours.machine })
      expect(seen.allocated).toEqual({ inventories: 9, products: 9 })
    }
  })

  test('an inventory that takes certificates is submitted beside a release of what it was given: one of the two happens', async () => {
    for (let round = 0; round < 6; round += 1) {
      const of = project()
      const { body: held } = await claim(ours.machine, [serials(of, 1, 10)])
      const { id } = await draftWith(ours, [instrument([serials(of, 1, 10)])])
      const given = (await allocate(ours.machine, held.id, id, 10)).body.id
      const [sent, freed] = await Promise.all([
        submit(ours.responsible.token, id),
        release(ours.machine, `${held.id}/allocations/${given}`),
      ])
      expect([
        [201, 'certificate-in-use'],
        // Released before the submission looked, or between its look and its statement.
        ['certificate-not-allocated', 200],
        ['precondition-failed', 200],
      ]).toContainEqual([sent, freed].map((answer) => (answer.status < 300 ? answer.status : code(answer))))
    }
  })

  test('retries of one release: all are answered it', async () => {
    const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
    const headers = { 'idempotency-key': project() }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => release(ours.machine, held.id, { reason: 'Mistake.' }, headers)),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })

  test('a release beside an allocation: one of the two happens', async () => {
    const { id } = await draft(ours)
    for (let round = 0; round < 8; round += 1) {
      const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
      const [given, freed] = await Promise.all([
        allocate(ours.machine, held.id, id, 3),
        release(ours.machine, held.id, { reason: 'Mistake.' }),
      ])
      expect([
        [201, 'certificate-in-use'],
        ['invalid-transition', 200],
      ]).toContainEqual([given, freed].map((answer) => (answer.status < 300 ? answer.status : code(answer))))
    }
  })
})

describe('what an integrator asks', () => {
  test('is told, range by range, the own retirement each lies inside of and what the footprint was given', async () => {
    const [of, foreign] = [project(), project()]
    const { body: held } = await claim(ours.machine, [serials(of, 1, 100), serials(of, 201, 300)])
    await claim(theirs.machine, [serials(foreign, 1, 100)])
    const [mine, other] = [await draft(ours), await draft(ours)]
    const first = (await allocate(ours.machine, held.id, mine.id, 20)).body.id
    const second = (await allocate(ours.machine, held.id, mine.id, 10)).body.id
    const gone = (await allocate(ours.machine, held.id, mine.id, 5)).body.id
    await release(ours.machine, `${held.id}/allocations/${gone}`)
    await allocate(ours.machine, held.id, other.id, 40)
    const asked = [
      serials(of, 11, 30),
      serials(of, 201, 201),
      serials(of, 90, 101),
      serials(of, 150, 160),
      serials(of, 11, 30, '22'),
      serials(foreign, 1, 10),
    ]
    const found = await open.ports.greenCertificates.standing({ organizationId: ours.id }, asked, mine.id)
    const given = [
      { id: first, certificates: 20 },
      { id: second, certificates: 10 },
    ]
    expect(found.map((standing) => standing && [standing.retirement.id, standing.given])).toEqual([
      [held.id, given],
      [held.id, given],
      // Half outside, between, of another class, and another tenant's.
      null,
      null,
      null,
      null,
    ])
    expect((found[0] as Standing).retirement).toEqual({
      id: held.id,
      organizationId: ours.id,
      certificates: 200,
      allocated: { inventories: 70, products: 0 },
      generationMonth: '2024-03',
      technology: 'wind',
      isTradable: true,
      retiredOn: '2025-01-20',
      consumption: { start: '2024-01-01', end: '2025-01-01' },
    })
    const third = (await draft(ours)).id
    const [unallocated] = await open.ports.greenCertificates.standing(
      { organizationId: ours.id },
      [serials(of, 1, 1)],
      third,
    )
    expect(unallocated?.given).toEqual([])
  })

  test('is told nothing of a retirement that was released', async () => {
    const of = project()
    const { body: held } = await claim(ours.machine, [serials(of, 1, 100)])
    await release(ours.machine, held.id, { reason: 'Mistake.' })
    const { id } = await draft(ours)
    const asked = [serials(of, 1, 1)]
    expect(await open.ports.greenCertificates.standing({ organizationId: ours.id }, asked, id)).toEqual([
      null,
    ])
  })
})

describe('a submission that rests on allocations', () => {
  /** A submitted footprint, made a draft again: its revision's facts serve for the next one. */
  async function resubmittable() {
    const { id } = await draft(ours)
    const { body: revision } = await submit(ours.responsible.token, id)
    await call('POST', `/v1/footprints/${id}/reopen`, { token: ours.machine })
    const actor = {
      clientId: crypto.randomUUID(),
      organizationId: ours.id,
      organizationKind: 'enterprise',
      memberId: ours.responsible.memberId,
      personId: ours.responsible.personId,
      scopes: [],
    } as const
    const by: Authorship = { actor, mark: { idempotencyKey: null, digest: 'x' }, at: new Date() }
    const standing = await open.ports.footprints.find(actor, id)
    const last = await open.ports.footprints.findRevision(actor, id, 1)
    if (!standing || !last) throw new Error(JSON.stringify(revision))
    const next = { ...last, id: crypto.randomUUID(), number: 2, submittedAt: by.at }
    const submitOn = (ids: readonly string[]) => open.ports.footprints.submit(by, standing, next, 'key', ids)
    return { id, next, submitOn }
  }

  test('marks them for good: neither they nor the retirement are released any more', async () => {
    const { id, next, submitOn } = await resubmittable()
    const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
    const used = (await allocate(ours.machine, held.id, id, 4)).body.id
    const spare = (await allocate(ours.machine, held.id, id, 1)).body.id
    expect((await submitOn([used]))?.id).toBe(next.id)
    const { body: listed } = await call('GET', `${retirements}/${held.id}/allocations`, {
      token: ours.machine,
    })
    const marks = listed.allocations.map((seen: { id: string; usedByRevisionId: string | null }) => [
      seen.id,
      seen.usedByRevisionId,
    ])
    expect(marks).toEqual([
      [spare, null],
      [used, next.id],
    ])
    const kept = await release(ours.machine, `${held.id}/allocations/${used}`)
    expect([code(kept), kept.body.submitted]).toEqual(['certificate-in-use', true])
    expect((await release(ours.machine, `${held.id}/allocations/${spare}`)).status).toBe(200)
    const whole = await release(ours.machine, held.id, { reason: 'Mistake.' })
    expect([code(whole), whole.body]).toMatchObject([
      'certificate-in-use',
      { allocated: { inventories: 4, products: 0 }, submitted: true },
    ])
  })

  test.skipIf(isOneSession)(
    `beside a release of one at the same instant: one of the two happens${note}`,
    async () => {
      for (let round = 0; round < 6; round += 1) {
        const { id, next, submitOn } = await resubmittable()
        const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
        const given = (await allocate(ours.machine, held.id, id, 4)).body.id
        const [submitted, freed] = await Promise.all([
          submitOn([given]),
          release(ours.machine, `${held.id}/allocations/${given}`),
        ])
        expect([
          [next.id, 'certificate-in-use'],
          [undefined, 200],
        ]).toContainEqual([submitted?.id, freed.status < 300 ? freed.status : code(freed)])
      }
    },
  )

  test('does not happen where one was released, is another footprint’s, or another tenant’s', async () => {
    const { id, submitOn } = await resubmittable()
    const { body: held } = await claim(ours.machine, [serials(project(), 1, 10)])
    const { body: foreign } = await claim(theirs.machine, [serials(project(), 1, 10)])
    const good = (await allocate(ours.machine, held.id, id, 1)).body.id
    const gone = (await allocate(ours.machine, held.id, id, 1)).body.id
    await release(ours.machine, `${held.id}/allocations/${gone}`)
    const elsewhere = (await allocate(ours.machine, held.id, (await draft(ours)).id, 1)).body.id
    const lent = (await allocate(theirs.machine, foreign.id, (await draft(theirs)).id, 1)).body.id
    for (const bad of [gone, elsewhere, lent, crypto.randomUUID()]) {
      expect(await submitOn([good, bad])).toBeNull()
    }
    const { body: footprint } = await call('GET', `/v1/footprints/${id}`, { token: ours.machine })
    expect([footprint.state, footprint.latestRevision]).toEqual(['draft', 1])
    expect((await release(ours.machine, `${held.id}/allocations/${good}`)).status).toBe(200)
  })
})

describe('a hand that writes SQL', () => {
  const broken = (statement: SQL) =>
    database.db.execute(statement).then(
      () => 'went through',
      (thrown: unknown) => brokenConstraint(thrown),
    )

  /** A retirement of ours with one allocation. */
  async function ledger() {
    const of = project()
    const { body: held } = await claim(ours.machine, [serials(of, 1, 10), serials(of, 21, 30)])
    const { id: footprint } = await draft(ours)
    const { body: given } = await allocate(ours.machine, held.id, footprint, 4)
    return { of, held: held.id as string, given: given.id as string, footprint }
  }

  test('lets no number stand twice, and no claim be less or more than its ranges', async () => {
    const { of, held } = await ledger()
    const add = (from: string, to: string, certificates: number, standing = true) =>
      broken(
        sql`insert into green_certificate_ranges (retirement_id, from_code, to_code, certificates, is_standing) values (${held}::uuid, ${from}, ${to}, ${certificates}, ${standing})`,
      )
    expect(await add(certificate(of, 10), certificate(of, 10), 1)).toBe('green_certificate_ranges_once')
    expect(await add(certificate(of, 40), certificate(of, 40), 1)).toBe('green_certificate_claim_whole')
    expect(await add(certificate(of, 40), certificate(of, 41), 3)).toBe(
      'green_certificate_ranges_count_check',
    )
    const odd = certificate(`${of.slice(1)}-`, 40)
    expect(await add(odd, odd, 1)).toBe('green_certificate_ranges_form_check')
    expect(await add(certificate(of, 40), certificate(of, 40), 1, false)).toBe('green_certificate_ranges_new')
    const empty = sql`insert into green_certificate_retirements
      select (jsonb_populate_record(r, jsonb_build_object('id', ${crypto.randomUUID()}::text, 'allocated_to_inventories', 0))).*
      from green_certificate_retirements r where id = ${held}::uuid`
    expect(await broken(empty)).toBe('green_certificate_claim_whole')
  })

  test.each<[string, (ids: Awaited<ReturnType<typeof ledger>>) => SQL, string]>([
    [
      'a retirement’s consumer',
      ({ held }) =>
        sql`update green_certificate_retirements set organization_id = ${theirs.id}::uuid where id = ${held}::uuid`,
      'green_certificate_retirements_frozen',
    ],
    [
      'what is allocated',
      ({ held }) =>
        sql`update green_certificate_retirements set allocated_to_inventories = 0 where id = ${held}::uuid`,
      'green_certificate_retirements_counted',
    ],
    [
      'a release beside an allocation',
      ({ held }) =>
        sql`update green_certificate_retirements set released_at = now(), released_reason = 'x' where id = ${held}::uuid`,
      'green_certificate_retirements_released_check',
    ],
    [
      'a deleted retirement',
      ({ held }) => sql`delete from green_certificate_retirements where id = ${held}::uuid`,
      'green_certificate_retirements_permanent',
    ],
    [
      'a range that falls alone',
      ({ held }) =>
        sql`update green_certificate_ranges set is_standing = false where retirement_id = ${held}::uuid`,
      'green_certificate_ranges_standing',
    ],
    [
      'a range’s numbers',
      ({ held, of }) =>
        sql`update green_certificate_ranges set to_code = ${certificate(of, 12)}, certificates = 12 where retirement_id = ${held}::uuid and from_code = ${certificate(of, 1)}`,
      'green_certificate_ranges_frozen',
    ],
    [
      'a deleted range',
      ({ held }) => sql`delete from green_certificate_ranges where retirement_id = ${held}::uuid`,
      'green_certificate_ranges_permanent',
    ],
    [
      'an allocation’s amount',
      ({ given }) => sql`update green_certificate_allocations set certificates = 1 where id = ${given}::uuid`,
      'green_certificate_allocations_frozen',
    ],
    [
      'a deleted allocation',
      ({ given }) => sql`delete from green_certificate_allocations where id = ${given}::uuid`,
      'green_certificate_allocations_permanent',
    ],
    [
      'an allocation beyond the retirement',
      ({ given }) =>
        sql`insert into green_certificate_allocations select (jsonb_populate_record(a, jsonb_build_object('id', ${crypto.randomUUID()}::text, 'certificates', 17))).* from green_certificate_allocations a where id = ${given}::uuid`,
      'green_certificate_retirements_inventories_check',
    ],
    [
      'what is allocated to products',
      ({ held }) =>
        sql`update green_certificate_retirements set allocated_to_products = 1 where id = ${held}::uuid`,
      'green_certificate_retirements_counted',
    ],
    [
      'an allocation counted as of another kind than its footprint',
      ({ given }) =>
        sql`insert into green_certificate_allocations select (jsonb_populate_record(a, jsonb_build_object('id', ${crypto.randomUUID()}::text, 'footprint_kind', 'product'))).* from green_certificate_allocations a where id = ${given}::uuid`,
      'green_certificate_allocations_footprint_fkey',
    ],
    [
      'a footprint’s kind under its allocations',
      ({ footprint }) => sql`update footprints set kind = 'product' where id = ${footprint}::uuid`,
      'green_certificate_allocations_footprint_fkey',
    ],
    [
      'an allocation of another tenant’s',
      ({ given }) =>
        sql`insert into green_certificate_allocations select (jsonb_populate_record(a, jsonb_build_object('id', ${crypto.randomUUID()}::text, 'organization_id', ${theirs.id}::text))).* from green_certificate_allocations a where id = ${given}::uuid`,
      'green_certificate_allocations_retirement_fkey',
    ],
    [
      'all of them at once',
      () => sql`truncate green_certificate_ranges`,
      'green_certificate_ranges_permanent',
    ],
  ])('does not change %s', async (_, statement, constraint) => {
    expect(await broken(statement(await ledger()))).toBe(constraint)
  })

  test('releases a retirement once; its ranges fall with it and do not stand up again', async () => {
    const of = project()
    const { body: held } = await claim(ours.machine, [serials(of, 1, 10)])
    await release(ours.machine, held.id, { reason: 'Mistake.' })
    expect(await standingRanges(of)).toEqual([])
    const back = sql`update green_certificate_ranges set is_standing = true where retirement_id = ${held.id}::uuid`
    expect(await broken(back)).toBe('green_certificate_ranges_standing')
    const undone = sql`update green_certificate_retirements set released_at = null, released_reason = null where id = ${held.id}::uuid`
    expect(await broken(undone)).toBe('green_certificate_retirements_release')
  })
})

test('a claim is one statement, also where it names two hundred ranges; a refused one takes a second to say of what', async () => {
  const of = project()
  const many = Array.from({ length: 200 }, (_, at) => serials(of, 2 * at, 2 * at))
  const trips = (answer: Answer) => costOf(answer as unknown as Response).database
  const first = await call('POST', retirements, { token: ours.machine, body: retirement(many) })
  expect([first.status, trips(first)]).toEqual([201, 1])
  const second = await call('POST', retirements, { token: theirs.machine, body: retirement(many) })
  expect([second.status, second.body.ranges.length, trips(second)]).toEqual([409, 200, 2])
})
