/**
 * Amounts read off meters: Σ (later − earlier) × multiplier over the meters of one measuring point. A register that fell is
 * refused unless it is said to roll over, and days between two meters that nobody read are refused: guessing at either would
 * be an amount that no meter showed.
 */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { dayNumber } from '../calendar.ts'
import { exactSum } from '../exact-sum.ts'
import { missing, outOfRange, readNotNegative, readPositive } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, Meter, MeterReadings, Period, Reading, Working } from '../types.ts'
import { unitOf } from '../units.ts'
import type { Found } from './stated.ts'

/** A register of more digits would not be told apart in a double. */
const mostDigits = 15

/**
 * What the meters of a line showed between its first reading and its last.
 * @throws Problem `property-missing`, `reading-falls`, `reading-gap`, `period-invalid` for dates that do not ascend,
 * `property-out-of-range`, `line-ambiguous` for a period that is not the readings'.
 */
export function readMeter(line: Pick<ActivityLine, 'meter' | 'period'>): Found {
  const { unit: written, meters } = line.meter as MeterReadings
  const unit = at('/meter/unit', () => unitOf(written).code)
  if (meters.length === 0) throw missing('/meter/meters', 'State the meter with its readings.')
  const shown = meters.map((meter, index) => readOne(meter, `/meter/meters/${index}`))
  requireContinuity(meters)
  const period = spanOf(meters)
  requireSamePeriod(line.period, period)
  const value = exactSum(shown.map(({ amount }) => amount))
  return { quantity: { value, unit }, working: shown.flatMap(({ working }) => working), period }
}

interface Shown {
  readonly amount: number
  readonly working: readonly Working[]
}

/** One meter: the steps of its register × what one is worth. */
function readOne(meter: Meter, pointer: string): Shown {
  const multiplier = readPositive(meter.multiplier, `${pointer}/multiplier`, 'A multiplier')
  const rollOver = rollOverOf(meter, pointer)
  requireOrder(meter.readings, pointer)
  const values = meter.readings.map(({ value }, index) => {
    const place = `${pointer}/readings/${index}/value`
    return registerOf(value, rollOver, place)
  })
  const fallen = values.flatMap((value, index) => (value < (values[index - 1] ?? value) ? [index] : []))
  if (rollOver === undefined && fallen.length > 0) throw falls(meter, fallen[0] as number, pointer)
  const [first, last] = [values[0] as number, values.at(-1) as number]
  // The readings between cancel out: they only tell how often the register went round.
  const steps = exactSum([last, -first, ...fallen.map(() => rollOver ?? 0)])
  const of = meter.serial
  return {
    amount: times(steps, multiplier),
    working: [
      { name: 'registerSteps', value: steps, unit: '1', of },
      { name: 'multiplier', value: multiplier, unit: '1', of },
    ],
  }
}

/** How many steps a whole round of the register has. */
function rollOverOf({ digits }: Meter, pointer: string): number | undefined {
  if (digits === undefined) return undefined
  if (Number.isInteger(digits) && digits >= 1 && digits <= mostDigits) return Number(`1e${digits}`)
  throw outOfRange(`${pointer}/digits`, `A register has 1 to ${mostDigits} whole digits.`)
}

function registerOf(text: string, rollOver: number | undefined, pointer: string): number {
  const value = readNotNegative(text, pointer, 'A register')
  if (value >= 10 ** mostDigits) {
    throw outOfRange(pointer, `A register has 1 to ${mostDigits} whole digits, and ${text} has more.`)
  }
  if (rollOver === undefined || value < rollOver) return value
  const detail = `The register goes to 0 at ${rollOver}, and so never shows ${text}; correct the reading or digits.`
  throw outOfRange(pointer, detail)
}

/** Two readings at least, each of a later day than the one before. */
function requireOrder(readings: readonly Reading[], pointer: string): void {
  if (readings.length < 2) {
    const detail =
      'Two readings tell how much went through a meter, one tells nothing: state the first and the last.'
    throw missing(`${pointer}/readings`, detail)
  }
  const days = readings.map(({ date }, index) =>
    at(`${pointer}/readings/${index}/date`, () => dayNumber(date)),
  )
  const late = days.findIndex((day, index) => index > 0 && day <= (days[index - 1] as number))
  if (late < 0) return
  const [before, after] = [readings[late - 1]?.date, readings[late]?.date]
  const detail = `The reading of ${after} stands after that of ${before}; list them by date, one for each day.`
  throw new Problem('period-invalid', detail, { pointer: `${pointer}/readings/${late}/date`, before, after })
}

function falls({ readings, serial }: Meter, index: number, pointer: string): Problem {
  const [earlier, later] = [readings[index - 1] as Reading, readings[index] as Reading]
  const detail = `Meter ${serial.slice(0, 64)} shows ${later.value} on ${later.date} and ${earlier.value} on ${earlier.date}. If it was changed, the new one is the next meter of the list, from that day on; if it rolled over, state digits, how many whole digits it has.`
  return new Problem('reading-falls', detail, {
    pointer: `${pointer}/readings/${index}/value`,
    serial: serial.slice(0, 64),
    earlier,
    later,
  })
}

/** A changed meter takes over on the very day on which the other ends. */
function requireContinuity(meters: readonly Meter[]): void {
  meters.slice(1).forEach((meter, index) => {
    const [ended, began] = [lastDate(meters[index] as Meter), firstDate(meter)]
    if (ended === began) return
    const detail = `The meter before ends on ${ended} and this one begins on ${began}: a changed meter takes over on the same day. State the reading of that day, or an estimate of the days between as a line of its own.`
    const pointer = `/meter/meters/${index + 1}/readings/0/date`
    throw new Problem('reading-gap', detail, { pointer, ended, began })
  })
}

/** A reading is of the beginning of its day: the day of the last one is the first that is not counted. */
function spanOf(meters: readonly Meter[]): Period {
  return { start: firstDate(meters[0] as Meter), end: lastDate(meters.at(-1) as Meter) }
}

function requireSamePeriod(stated: Period | undefined, read: Period): void {
  if (stated === undefined || (stated.start === read.start && stated.end === read.end)) return
  const detail = `The readings span ${read.start} to ${read.end}, and the line says ${stated.start} to ${stated.end}: leave the period out, or correct one of them.`
  throw new Problem('line-ambiguous', detail, { pointer: '/period', read, stated })
}

function firstDate({ readings }: Meter): string {
  return (readings[0] as Reading).date
}

function lastDate({ readings }: Meter): string {
  return (readings.at(-1) as Reading).date
}
