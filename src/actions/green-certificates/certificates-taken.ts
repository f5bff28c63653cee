/**
 * What a footprint's instruments take of the ledger of green certificates, range by range: retired for its organization, given to
 * the footprint, or what is missing. A draft is answered all of it; a submission goes on only where nothing is missing.
 */

import {
  misfitOf,
  type NamedRange,
  namedRanges,
  repeatedRanges,
  requireNumbers,
} from '../../certification/certificate-use.ts'
import { checkCertificateRange } from '../../certification/green-certificate.ts'
import type { Period } from '../../engine/types.ts'
import type { Footprint } from '../../ports/footprints.ts'
import type { Standing } from '../../ports/green-certificates.ts'
import type { Actor, Ports } from '../../ports.ts'
import { isProblem, Problem } from '../../problem.ts'

/** A range as it stands in the ledger for a footprint. */
export interface TakenRange {
  /** The instrument's id. */
  readonly instrument: string
  readonly from: string
  readonly to: string
  readonly certificates: number
  readonly standing: 'allocated' | 'not-allocated' | 'not-retired'
  /** What a submission would be refused with; null where it would not. */
  readonly refusal: Problem | null
}

interface Asked extends NamedRange {
  readonly standing: Standing | null
  /** Of the range by itself, or beside others of the footprint. */
  readonly fault: Problem | null
}

/** One query, and none where no certificate is named. */
export async function certificatesTaken(
  ports: Pick<Ports, 'greenCertificates'>,
  actor: Actor,
  footprint: Footprint,
): Promise<readonly TakenRange[]> {
  const asked = await ask(ports, actor, footprint)
  const { period } = footprint.definition.calculation
  const byRetirement = takenOf(asked)
  return asked.map((one) => takenRange(one, period, byRetirement))
}

/**
 * The allocations that a submitted footprint rests on: of each retirement as many as it takes to cover what the instruments take.
 *
 * @throws Problem `certificate-not-retired`, `certificate-not-allocated`, `certificate-dates-invalid`, `duplicate-id`,
 *   `identifier-invalid`, `period-invalid`, pointing to the first range that does not stand.
 */
export async function allocationsTaken(
  ports: Pick<Ports, 'greenCertificates'>,
  actor: Actor,
  footprint: Footprint,
): Promise<readonly string[]> {
  const { calculation } = footprint.definition
  requireNumbers(calculation)
  const asked = await ask(ports, actor, footprint)
  const byRetirement = takenOf(asked)
  for (const one of asked) {
    const { refusal } = takenRange(one, calculation.period, byRetirement)
    if (refusal) throw refusal
  }
  return [...byRetirement.values()].flatMap(covering)
}

async function ask(
  { greenCertificates }: Pick<Ports, 'greenCertificates'>,
  actor: Actor,
  { id, definition }: Footprint,
): Promise<readonly Asked[]> {
  const named = namedRanges(definition.calculation)
  const malformed = new Map(named.flatMap((one) => faultOf(one) ?? []))
  const wellFormed = named.filter((one) => !malformed.has(one))
  const repeated = repeatedRanges(wellFormed)
  if (wellFormed.length === 0) return named.map((one) => asked(one, null, malformed.get(one)))
  const found = await greenCertificates.standing(
    actor,
    wellFormed.map(({ range: { from, to } }) => ({ from, to })),
    id,
  )
  const standings = new Map(wellFormed.map((one, index) => [one, found[index] ?? null]))
  return named.map((one) => {
    const first = repeated.get(one)
    return asked(one, standings.get(one) ?? null, first ? namedTwice(one, first) : malformed.get(one))
  })
}

function asked(named: NamedRange, standing: Standing | null, fault: Problem | undefined): Asked {
  return { ...named, standing, fault: fault ?? null }
}

/** What no ledger could hold is not looked for there. */
function faultOf(named: NamedRange): [readonly [NamedRange, Problem]] | null {
  try {
    checkCertificateRange(named.range, named.pointer)
    return null
  } catch (thrown) {
    if (isProblem(thrown)) return [[named, thrown.with({ instrument: named.instrument.id })]]
    throw thrown
  }
}

function namedTwice({ instrument, pointer }: NamedRange, first: NamedRange): Problem {
  const detail = `The range shares numbers with ${first.pointer}; one certificate covers power once in a footprint.`
  return new Problem('duplicate-id', detail, { pointer, instrument: instrument.id })
}

/** What the instruments take of one retirement, in sum. */
interface Taken {
  readonly standing: Standing
  readonly certificates: number
}

function takenOf(ranges: readonly Asked[]): ReadonlyMap<string, Taken> {
  const taken = new Map<string, Taken>()
  for (const { standing, range } of ranges) {
    if (standing === null) continue
    const { id } = standing.retirement
    const before = taken.get(id)?.certificates ?? 0
    taken.set(id, { standing, certificates: before + range.certificates })
  }
  return taken
}

function takenRange(one: Asked, period: Period, byRetirement: ReadonlyMap<string, Taken>): TakenRange {
  const { instrument, range, standing, fault } = one
  const stated = { instrument: instrument.id, ...range }
  if (standing === null) return { ...stated, standing: 'not-retired', refusal: fault ?? notRetired(one) }
  const taken = byRetirement.get(standing.retirement.id) as Taken
  const isCovered = taken.certificates <= givenOf(standing)
  const refusal = fault ?? misfitOf(standing.retirement, one, period)
  if (isCovered) return { ...stated, standing: 'allocated', refusal }
  return { ...stated, standing: 'not-allocated', refusal: refusal ?? notAllocated(one, taken) }
}

function notRetired({ instrument, pointer, range: { from, to } }: NamedRange): Problem {
  const detail =
    'These numbers lie in no standing claim of your organization: claim them as retired for it (POST /v1/green-certificates/retirements), or name a range within one that you claimed.'
  return new Problem('certificate-not-retired', detail, {
    pointer,
    instrument: instrument.id,
    range: { from, to },
  })
}

function notAllocated(
  { instrument, pointer }: NamedRange,
  { standing, certificates: taken }: Taken,
): Problem {
  const { id: retirementId } = standing.retirement
  const allocated = givenOf(standing)
  const detail = `The footprint takes ${taken} certificates of this retirement, and ${allocated} are allocated to it: allocate ${taken - allocated} more (POST /v1/green-certificates/retirements/${retirementId}/allocations), or take fewer.`
  return new Problem('certificate-not-allocated', detail, {
    pointer,
    instrument: instrument.id,
    retirementId,
    taken,
    allocated,
  })
}

function givenOf({ given }: Standing): number {
  return given.reduce((sum, { certificates }) => sum + certificates, 0)
}

/** As many of a retirement's allocations as cover what is taken, in the ledger's order: what is beyond stays free. */
function covering({ standing: { given }, certificates: taken }: Taken): readonly string[] {
  const ids: string[] = []
  let covered = 0
  for (const { id, certificates } of given) {
    if (covered >= taken) break
    ids.push(id)
    covered += certificates
  }
  return ids
}
