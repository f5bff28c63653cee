/**
 * The totals of a site's year: each measured, and without what is measured behind its meter. A total that says nothing of some
 * of the site's days is refused, because the year would be short by them.
 */

import { Problem } from '../../problem.ts'
import { restOf } from '../amounts/remainder.ts'
import { measuredAmount, type Reported } from '../amounts/stated.ts'
import { daysOf, monthsTouched, uncovered } from '../calendar.ts'
import { exactSum } from '../exact-sum.ts'
import { listed } from '../names.ts'
import { at, type Refusals, within } from '../refusals.ts'
import type { Estimate, Period, SiteTotal, UnitCode, Working } from '../types.ts'
import { convert } from '../units.ts'
import { named } from './named.ts'

/** A total with what of it is divided. */
export interface MeasuredTotal {
  readonly id: string
  readonly pointer: string
  readonly unit: UnitCode
  readonly measured: number
  readonly working: readonly Working[]
  readonly estimated: boolean
  readonly estimate: Estimate | null
  readonly apportioned: boolean
  /** What stands behind its meter, in its unit. */
  readonly subMeters: readonly { readonly total: string; readonly amount: number }[]
  /** measured − Σ sub-meters. */
  readonly rest: number
}

type Read = Omit<MeasuredTotal, 'subMeters' | 'rest'>

const ways = ['quantity', 'meter', 'stock'] as const

/** A refusal names at most this many months, and as many parts. */
const mostNamed = 12

/**
 * The totals by id.
 * @throws nothing: what is wrong goes to the refusals.
 */
export function measureTotals(
  totals: readonly SiteTotal[],
  pointer: string,
  reported: Reported,
  refusals: Refusals,
): ReadonlyMap<string, MeasuredTotal> {
  const read = new Map<string, Read>()
  totals.forEach((total, index) => {
    const place = `${pointer}/${index}`
    const done = refusals.attempt(() => readTotal(total, place, reported))
    if (done) read.set(total.id, done)
  })
  const known = new Map(totals.map((total) => [total.id, total]))
  totals.forEach((total, index) => {
    refusals.attempt(() => checkPart(total, known, `${pointer}/${index}/partOf`))
  })
  const partsOf = Map.groupBy(totals, ({ partOf }) => partOf)
  const measured = [...read.values()].map((total) =>
    refusals.attempt(() => withoutParts(total, partsOf.get(total.id) ?? [], read)),
  )
  return new Map(measured.flatMap((total) => (total ? [[total.id, total] as const] : [])))
}

function readTotal(total: SiteTotal, pointer: string, reported: Reported): Read {
  const way = wayOf(total, pointer)
  const amount = within(pointer, () => measuredAmount(total, way, reported))
  const { value, unit } = amount.quantity
  if (value < 0) {
    const detail = 'A total is never less than nothing; what left the site is a total of its own.'
    throw new Problem('negative-amount', detail, {
      pointer: `${pointer}/${way}/amount`,
      given: String(value),
    })
  }
  if (amount.period) requireWholePeriod(amount.period, pointer, reported)
  const { working, estimated, apportioned } = amount
  const estimate = total.estimate ?? null
  return { id: total.id, pointer, unit, measured: value, working, estimated, estimate, apportioned }
}

function wayOf(total: SiteTotal, pointer: string): (typeof ways)[number] {
  const given = ways.filter((way) => total[way] !== undefined)
  const [way, ...others] = given
  if (way && others.length === 0) return way
  const detail = `Exactly one of ${listed(ways)} says how much a total is; this one gives ${given.length === 0 ? 'none' : given.join(' and ')}.`
  throw new Problem('line-ambiguous', detail, { pointer, given })
}

function requireWholePeriod(period: Period, pointer: string, { reporting }: Reported): void {
  const gaps = uncovered(reporting, [daysOf(period)])
  if (gaps.length === 0) return
  const months = [...new Set(gaps.flatMap((gap) => monthsTouched(gap, mostNamed)))].slice(0, mostNamed)
  const detail = `The total says nothing of ${months.join(', ')}: read its meter on the first day of the period and on the day after the last, or state the whole period's amount. A reading is of the beginning of its day.`
  throw new Problem('month-missing', detail, { pointer, months })
}

function checkPart(total: SiteTotal, known: ReadonlyMap<string, SiteTotal>, pointer: string): void {
  if (total.partOf === undefined) return
  named(known, 'total', total.partOf, pointer)
  const way = new Set([total.id])
  for (let next: string | undefined = total.partOf; next !== undefined; next = known.get(next)?.partOf) {
    if (next === total.id) throw partOfItself(total.id, pointer)
    if (way.has(next)) return
    way.add(next)
  }
}

/** The total less what stands behind its meter, in its own unit. */
function withoutParts(
  total: Read,
  parts: readonly SiteTotal[],
  read: ReadonlyMap<string, Read>,
): MeasuredTotal {
  const known = parts.flatMap(({ id }) => read.get(id) ?? [])
  const subMeters = known.map(({ id, measured, unit, pointer }) => ({
    total: id,
    amount: at(`${pointer}/partOf`, () => convert(measured, unit, total.unit)),
  }))
  const taken = subMeters.map(({ amount }) => amount)
  const rest = restOf(total.measured, taken)
  if (rest === undefined) throw partsExceed(total, subMeters)
  return {
    ...total,
    subMeters,
    rest,
    // What is left rests on what was taken off.
    estimated: total.estimated || known.some(({ estimated }) => estimated),
    apportioned: total.apportioned || known.some(({ apportioned }) => apportioned),
  }
}

function partsExceed({ id, unit, measured, pointer }: Read, subMeters: MeasuredTotal['subMeters']): Problem {
  const sum = exactSum(subMeters.map(({ amount }) => amount))
  const detail = `The totals behind "${id.slice(0, 128)}" come to ${sum} ${unit} and itself to ${measured} ${unit}: a reading, a multiplier or a period is wrong, or one stands behind another meter.`
  return new Problem('parts-exceed-whole', detail, {
    pointer,
    whole: { amount: String(measured), unit },
    parts: { amount: String(sum), unit },
    totals: subMeters.slice(0, mostNamed).map(({ total }) => total),
    count: subMeters.length,
  })
}

function partOfItself(id: string, pointer: string): Problem {
  const detail = `Following partOf from "${id.slice(0, 128)}" comes back to it; the main meter is part of nothing.`
  return new Problem('part-of-itself', detail, { pointer })
}
