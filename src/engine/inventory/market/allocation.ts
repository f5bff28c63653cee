/**
 * Which electricity an instrument covers: of all it may cover, still uncovered, the same part of each line. So neither the order of
 * lines nor how one is split moves anything; and instruments are taken in an order of their own.
 */

import { Problem } from '../../../problem.ts'
import { over, times } from '../../arithmetic.ts'
import { ExactSum } from '../../exact-sum.ts'
import { inOrder } from '../../names.ts'
import type { Refusals } from '../../refusals.ts'
import type { Consumption } from './consumption.ts'
import { pointerOf, type StandingInstrument } from './instruments.ts'

/** Sums of the same readings in other units may differ by roundings; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/** What is left below this part is what roundings of earlier instruments left, and no electricity. */
const leftOver = 1e-12

/** What is covered by an instrument on a line: `take(instrument, place of the consumption, kWh)`. */
export type Take = (instrument: StandingInstrument, place: number, kWh: number) => void

/**
 * Covers electricity with instruments: first those that name facilities, which have no other to go to, then the others; by id.
 * @returns for each consumption the kWh that none covers.
 */
export function allocate(
  instruments: readonly StandingInstrument[],
  consumptions: readonly Consumption[],
  take: Take,
  refusals: Refusals,
): readonly number[] {
  const open = consumptions.map(({ kWh }) => kWh)
  for (const instrument of [...instruments].sort(byReach)) {
    if (refusals.full) break
    refusals.attempt(() => cover(instrument, consumptions, open, take))
  }
  return open
}

function byReach({ instrument: a }: StandingInstrument, { instrument: b }: StandingInstrument): number {
  return Number(a.facilities === undefined) - Number(b.facilities === undefined) || inOrder(a.id, b.id)
}

/** Covers of each line: instrument × open kWh of the line ÷ open kWh of all. */
function cover(
  standing: StandingInstrument,
  consumptions: readonly Consumption[],
  open: number[],
  take: Take,
): void {
  const places = [...consumptions.keys()].filter(
    (place) => open[place] !== 0 && standing.covers(consumptions[place] as Consumption),
  )
  const sum = new ExactSum()
  for (const place of places) sum.add(open[place] as number)
  const whole = sum.value
  if (standing.kWh > whole * rounding) throw exceeds(standing, whole)
  const isAll = standing.kWh >= whole * (1 - leftOver)
  for (const place of places) {
    const uncovered = open[place] as number
    const kWh = isAll ? uncovered : Math.min(uncovered, over(times(standing.kWh, uncovered), whole))
    open[place] = uncovered - kWh
    take(standing, place, kWh)
  }
}

function exceeds({ index, instrument, kWh }: StandingInstrument, whole: number): Problem {
  const detail = `The instrument is of ${kWh} kWh, and there are ${whole} kWh left that it may cover; state the part that was used, or name the facilities of the others.`
  return new Problem('instrument-exceeds-consumption', detail, {
    pointer: `${pointerOf(index)}/quantity`,
    instrument: instrument.id.slice(0, 128),
    kWh: String(kWh),
    uncoveredKWh: String(whole),
  })
}
