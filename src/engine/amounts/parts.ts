/**
 * Sub-meters. What is measured behind another line's meter is in that line's amount already: it is taken off there, and
 * stands on a line of its own, which may be of another facility, category or factor (power that is sold on, heat for a
 * tenant). Nothing is counted twice, nothing is lost, and parts that come to more than their whole are refused.
 *
 * Amounts are taken off as they were measured, in the reporting period, before any of them is attributed to somebody.
 */

import { Problem } from '../../problem.ts'
import { daysOf } from '../calendar.ts'
import { exactSum } from '../exact-sum.ts'
import { at, atLine, type Refusals } from '../refusals.ts'
import type { ActivityLine, Period, Working } from '../types.ts'
import { convert, dimensionOf, incompatible, unitOf } from '../units.ts'
import type { PreparedLine } from '../weigh-line.ts'
import { restOf } from './remainder.ts'

/** The one category whose parts may be exported. */
const ownPower = 'self-generated-electricity'

/** A refusal names at most this many parts. */
const mostNamed = 20

/** What the parts of all lines need to know of each other. */
export interface Whole {
  /** All lines, also those that were refused. */
  readonly lines: readonly ActivityLine[]
  /** The period that a line's amount is of, where it says none. */
  readonly reportedOf: (line: ActivityLine) => Period
}

/**
 * The lines, each without what is measured behind its meter.
 * @throws nothing: what is wrong goes to the refusals, and those lines stay as they are.
 */
export function deductParts(
  prepared: readonly PreparedLine[],
  { lines, reportedOf }: Whole,
  refusals: Refusals,
): readonly PreparedLine[] {
  if (!lines.some(({ partOf }) => partOf !== undefined)) return prepared
  const known = new Map(lines.map((line) => [line.id, line]))
  const byId = new Map(prepared.map((each) => [each.line.id, each]))
  const loops = loopsOf(lines, known)
  const sound = prepared.filter((part) => {
    if (part.line.partOf === undefined || refusals.full) return false
    const check = () => checkPart(part, { known, byId, loops, reportedOf })
    return refusals.attempt(() => atLine(part.index, part.line, check)) === true
  })
  const partsOf = Map.groupBy(sound, ({ line }) => line.partOf as string)
  return prepared.map((whole) => {
    const parts = partsOf.get(whole.line.id)
    if (parts === undefined || byId.get(whole.line.id) !== whole) return whole
    return refusals.attempt(() => atLine(whole.index, whole.line, () => without(whole, parts))) ?? whole
  })
}

interface Setting {
  readonly known: ReadonlyMap<string, ActivityLine>
  readonly byId: ReadonlyMap<string, PreparedLine>
  readonly loops: ReadonlySet<string>
  readonly reportedOf: (line: ActivityLine) => Period
}

/** Whether a part can be taken off its whole; false where the whole was itself refused. */
function checkPart(part: PreparedLine, { known, byId, loops, reportedOf }: Setting): boolean {
  const name = part.line.partOf as string
  if (!known.has(name)) throw unknownLine(name)
  if (loops.has(part.line.id)) throw partOfItself(part.line.id, name)
  const whole = byId.get(name)
  if (whole === undefined) return false
  if (part.amount.quantity.value < 0) throw negativePart()
  requireSameProcess(part.line, whole.line)
  requireMeasured(whole.line)
  refuseBoughtExport(part, whole)
  requireSameMeasure(part, whole)
  requireInside(part, whole, reportedOf(part.line))
  return true
}

/** The ids of the lines that come back to themselves, following each to the line it is a part of. */
function loopsOf(
  lines: readonly ActivityLine[],
  known: ReadonlyMap<string, ActivityLine>,
): ReadonlySet<string> {
  const done = new Set<string>()
  const looped = new Set<string>()
  for (const line of lines) {
    const way = new Set<string>()
    let next: ActivityLine | undefined = line
    while (next !== undefined && !done.has(next.id) && !way.has(next.id)) {
      way.add(next.id)
      next = next.partOf === undefined ? undefined : known.get(next.partOf)
    }
    if (next !== undefined && way.has(next.id)) {
      const ids = [...way]
      for (const id of ids.slice(ids.indexOf(next.id))) looped.add(id)
    }
    for (const id of way) done.add(id)
  }
  return looped
}

/** The whole less its parts, in its own unit. */
function without(whole: PreparedLine, parts: readonly PreparedLine[]): PreparedLine {
  const { value: measured, unit } = whole.amount.quantity
  const taken = parts.map(({ amount: { quantity } }) => convert(quantity.value, quantity.unit, unit))
  const left = restOf(measured, taken)
  if (left === undefined) throw exceed(whole, parts, exactSum(taken))
  const working: Working[] = [
    { name: 'measured', value: measured, unit },
    ...parts.map(({ line }, index) => ({ name: 'part', value: taken[index] as number, unit, of: line.id })),
  ]
  return {
    ...whole,
    amount: {
      ...whole.amount,
      quantity: { value: left, unit },
      working: [...whole.amount.working, ...working],
      // What is left rests on what was taken off.
      estimated: whole.amount.estimated || parts.some(({ amount }) => amount.estimated),
      apportioned: whole.amount.apportioned || parts.some(({ amount }) => amount.apportioned),
    },
  }
}

/** What was bought and goes on to others is sold on; exported is what was made here, and was never in anything bought. */
function refuseBoughtExport(part: PreparedLine, whole: PreparedLine): void {
  if (part.rule.apart !== 'exported' || whole.line.category === ownPower) return
  const detail = `What is taken off a line of ${whole.line.category} was bought: it is resold-electricity or resold-heat. Exported is what was made here, behind a line of ${ownPower} or of none.`
  throw new Problem('line-ambiguous', detail, { pointer: '/category' })
}

function requireSameProcess(part: ActivityLine, whole: ActivityLine): void {
  if (part.process === whole.process) return
  const detail = `An amount is per run of its process: a part stands on the same one as its whole, here "${whole.process}".`
  throw new Problem('line-ambiguous', detail, { pointer: '/partOf' })
}

function requireMeasured({ id, parameter }: ActivityLine): void {
  if (parameter === undefined) return
  const detail = `The amount of line "${id.slice(0, 128)}" follows from a parameter: nothing stands behind its meter.`
  throw new Problem('line-ambiguous', detail, { pointer: '/partOf' })
}

function requireSameMeasure(part: PreparedLine, whole: PreparedLine): void {
  const [given, needed] = [part.amount.quantity.unit, whole.amount.quantity.unit]
  if (dimensionOf(given) === dimensionOf(needed)) return
  at('/partOf', () => {
    throw incompatible(unitOf(given), unitOf(needed))
  })
}

function requireInside(part: PreparedLine, whole: PreparedLine, reportingPeriod: Period): void {
  const [inner, outer] = [part, whole].map(({ amount }) => amount.period ?? reportingPeriod) as [
    Period,
    Period,
  ]
  const [inside, around] = [daysOf(inner), daysOf(outer)]
  if (inside.start >= around.start && inside.end <= around.end) return
  const detail = `The part is of ${inner.start} to ${inner.end}, its whole of ${outer.start} to ${outer.end}: split the part by a reading, or name the line of the same time.`
  throw new Problem('part-outside-whole', detail, { pointer: '/partOf', part: inner, whole: outer })
}

function unknownLine(name: string): Problem {
  const line = name.slice(0, 128)
  const detail = `No line has the id "${line}"; name the line whose meter this one stands behind.`
  return new Problem('unknown-line', detail, { pointer: '/partOf', line })
}

function partOfItself(id: string, name: string): Problem {
  const detail =
    id === name
      ? 'The line is said to stand behind its own meter; name the line of the meter before it, or leave partOf out.'
      : `Following partOf from "${id.slice(0, 128)}" comes back to it; the main meter is part of nothing.`
  return new Problem('part-of-itself', detail, { pointer: '/partOf' })
}

function negativePart(): Problem {
  const detail = 'What is measured behind a meter is never less than nothing.'
  return new Problem('negative-amount', detail, { pointer: '/partOf' })
}

function exceed({ line, amount }: PreparedLine, parts: readonly PreparedLine[], sum: number): Problem {
  const { value, unit } = amount.quantity
  const ids = parts.slice(0, mostNamed).map((part) => part.line.id)
  const detail = `The parts of "${line.id.slice(0, 128)}" come to ${sum} ${unit} and itself to ${value} ${unit}: a reading, a multiplier or a period is wrong, or a part stands behind another meter.`
  return new Problem('parts-exceed-whole', detail, {
    whole: { amount: String(value), unit },
    parts: { amount: String(sum), unit },
    lines: ids,
    count: parts.length,
  })
}
