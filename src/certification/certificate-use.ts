/**
 * How a footprint's instruments take green certificates 绿证: which ranges they name, whether one number is named twice, and whether
 * what an instrument states of its certificates is what their retirement states. The ledger is asked by whoever calls.
 */

import { daysOf } from '../engine/calendar.ts'
import type { ContractualInstrument, InventoryInput, Period, ProductInput } from '../engine/types.ts'
import { isProblem, Problem } from '../problem.ts'
import {
  type CertificateRange,
  type NumberRange,
  type RetirementDates,
  rangesMeet,
} from './green-certificate.ts'

/** Ranges of one footprint: the ledger is asked for all of them at once. */
export const rangesMax = 2000

/** A range as an instrument names it. */
export interface NamedRange {
  readonly instrument: ContractualInstrument
  readonly range: CertificateRange
  /** Into a footprint's definition. */
  readonly pointer: string
}

/** What of a calculation states instruments. */
type Stating =
  | Pick<InventoryInput, 'kind' | 'marketBased'>
  | Pick<ProductInput, 'kind' | 'contractualInstruments'>

interface Stated {
  readonly instruments: readonly ContractualInstrument[]
  /** Where they stand in the calculation. */
  readonly pointer: string
}

function statedIn(calculation: Stating): Stated {
  return calculation.kind === 'organization'
    ? { instruments: calculation.marketBased?.instruments ?? [], pointer: '/marketBased/instruments' }
    : {
        instruments: calculation.contractualInstruments?.instruments ?? [],
        pointer: '/contractualInstruments/instruments',
      }
}

/** All ranges of a calculation, in the order of its instruments, whatever their kind. */
export function namedRanges(calculation: Stating): readonly NamedRange[] {
  const { instruments, pointer } = statedIn(calculation)
  return instruments.flatMap((instrument, index) =>
    (instrument.certificates ?? []).map((range, place) => ({
      instrument,
      range,
      pointer: `/calculation${pointer}/${index}/certificates/${place}`,
    })),
  )
}

/** @throws Problem `certificate-not-retired` for green certificates that no number tells apart from others. */
export function requireNumbers(calculation: Stating): void {
  const { instruments, pointer } = statedIn(calculation)
  instruments.forEach(({ id, kind, certificates = [] }, index) => {
    if (kind !== 'green-certificate' || certificates.length > 0) return
    const detail = 'Green certificates are named by the ranges of their numbers; add "certificates".'
    throw new Problem('certificate-not-retired', detail, {
      pointer: `/calculation${pointer}/${index}`,
      instrument: id,
    })
  })
}

/** @throws Problem `too-many-items`. */
export function requireFewRanges(calculation: Stating): void {
  const count = namedRanges(calculation).length
  if (count <= rangesMax) return
  const detail = `A footprint names at most ${rangesMax} ranges of certificates; these are ${count}. Join adjoining ones.`
  throw new Problem('too-many-items', detail, { pointer: statedIn(calculation).pointer, rangesMax })
}

/**
 * Ranges that share a number with one named before them, and which that is. Of the ranges that are open at a serial number none
 * shares its class with another, so few are looked at for each.
 */
export function repeatedRanges<Named extends { readonly range: NumberRange }>(
  named: readonly Named[],
): ReadonlyMap<Named, Named> {
  const place = new Map(named.map((one, index) => [one, index]))
  const placeOf = (one: Named) => place.get(one) as number
  const sorted = [...named].sort((a, b) => (serialOf(a.range.from) < serialOf(b.range.from) ? -1 : 1))
  const repeated = new Map<Named, Named>()
  let open: Named[] = []
  for (const next of sorted) {
    open = open.filter(({ range }) => serialOf(range.to) >= serialOf(next.range.from))
    const other = open.find(({ range }) => rangesMeet(range, next.range))
    if (other === undefined) open.push(next)
    else if (placeOf(other) < placeOf(next)) repeated.set(next, other)
    else repeated.set(other, next)
  }
  return repeated
}

/** A number without its class: what ranges are sorted by. */
const serialOf = (code: string) => code.slice(0, 30)

/**
 * Whether an instrument may take a retirement for a footprint: consumed within the reporting period, and what the instrument
 * states of its certificates is what the retirement states. Certificates know the month of generation and nothing finer.
 *
 * @returns `certificate-dates-invalid`, its `rule` saying which; `period-invalid`; null where all fits.
 */
export function misfitOf(
  retirement: RetirementDates,
  { instrument: { id, generated, consumption }, pointer }: NamedRange,
  reporting: Period,
): Problem | null {
  const misfit = (rule: string, detail: string, facts: Readonly<Record<string, unknown>>) =>
    new Problem('certificate-dates-invalid', detail, { rule, pointer, instrument: id, ...facts })
  const month = monthOf(retirement.generationMonth)
  if (!isWithin(retirement.consumption, reporting)) {
    const detail = `Retired for consumption from ${written(retirement.consumption)}, which goes beyond the reporting period, ${written(reporting)}.`
    return misfit('consumed-outside-reporting-period', detail, { consumption: retirement.consumption })
  }
  if (generated.start !== month.start || generated.end !== month.end) {
    const detail = `The certificates are of ${retirement.generationMonth}; as "generated" state ${written(month)}, and other months as instruments of their own.`
    return misfit('generated-in-another-month', detail, { generated: month })
  }
  if (consumption.retiredOn !== retirement.retiredOn) {
    const detail = `The certificates were retired on ${retirement.retiredOn}; state that day as "retiredOn".`
    return misfit('retired-on-another-day', detail, { retiredOn: retirement.retiredOn })
  }
  const consumed = readable(consumption.period, pointer)
  if (isProblem(consumed)) return consumed
  if (isWithin(consumed, retirement.consumption)) return null
  const detail = `The certificates were retired for consumption from ${written(retirement.consumption)}; the instrument's period goes beyond it.`
  return misfit('consumed-in-another-period', detail, { consumption: retirement.consumption })
}

const written = ({ start, end }: Period) => `${start} to before ${end}`
/** Days compare as they are written. */
const isWithin = (inner: Period, outer: Period) => inner.start >= outer.start && inner.end <= outer.end

function readable(period: Period, pointer: string): Period | Problem {
  try {
    daysOf(period)
    return period
  } catch (thrown) {
    if (isProblem(thrown)) return thrown.with({ pointer })
    throw thrown
  }
}

/** The days of a month written `YYYY-MM`. */
function monthOf(month: string): Period {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const [nextYear, next] = number === 12 ? [year + 1, 1] : [year, number + 1]
  return { start: `${month}-01`, end: `${nextYear}-${String(next).padStart(2, '0')}-01` }
}
