/**
 * Electricity of a product that instruments cover. They meet the same criteria as an inventory's; beside these, each line that names
 * one lies in its market and wholly in its time, and what all lines take for all that was made is no more than it is of. A line is
 * covered whole or not at all, so that the result stays linear: what is not covered stands on a line of its own, with its own factor.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { daysOf, yearOf } from '../calendar.ts'
import { boughtElectricity } from '../categories.ts'
import { exactSum } from '../exact-sum.ts'
import { type Electricity, pointerOf, type Reach, standingInstruments } from '../instruments/criteria.ts'
import { readMeasure, readPositive } from '../line-properties.ts'
import { inOrder } from '../names.ts'
import { at, atLine, type Refusals } from '../refusals.ts'
import { factorUsed } from '../resolve.ts'
import type { ProductInput, ProductInstrumentUse } from '../types.ts'
import { convert, type Measure } from '../units.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'
import type { ContractualInstruments, CoveredElectricity, ProductInstrument } from './contract-types.ts'
import { placeOf } from './place-and-time.ts'
import { member, type StatedInstrument, type Supply } from './supplies.ts'
import { referenceFlowOf } from './unit.ts'

const root = `/${member}`

/** Sums of the same readings in other units may differ by roundings; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/** Where the power is not the one that the instrument was retired for, whoever that is. */
const afterwards = ['use', 'end-of-life']

/** Refuses instruments that fail a criterion, and lines that they do not fit. */
export function checkContracts(
  { contractualInstruments: contracts }: ProductInput,
  frame: Frame,
  placed: readonly WeighedLine[],
  refusals: Refusals,
): void {
  if (contracts === undefined) return
  refusals.attempt(() => readProduced(contracts))
  const reaches = reachesOf(placed, frame)
  const { instruments, ageMonthsMax } = contracts
  const claim = {
    ...({ instruments, ageMonthsMax, member, frame } as const),
    isInTime: (days: Electricity['days'], consumed: Electricity['days']) =>
      consumed.start <= days.start && days.end <= consumed.end,
    outOfTime:
      'takes electricity before or after the period that the instrument was retired for: state the part within it on a line of its own period, or name an instrument of the whole time.',
    reach: ({ id, group = id }: ProductInstrument) => reaches.get(group) ?? [],
  }
  standingInstruments(claim, refusals)
  for (const { index, line } of placed) {
    if (line.instrument === undefined) continue
    refusals.attempt(() => atLine(index, line, () => checkStage(line.process ?? '', line.instrument, frame)))
  }
}

/** By what lines name, each line to cover; of lines of one place and time the first stands for all. */
function reachesOf(
  placed: readonly WeighedLine[],
  frame: Frame,
): ReadonlyMap<string | undefined, readonly Reach[]> {
  const seen = new Set<string>()
  const named = placed.flatMap((weighed) => {
    const { id, instrument } = weighed.line
    if (instrument === undefined) return []
    const electricity = electricityOf(weighed, frame)
    const { origin, facility, days } = electricity
    const key = JSON.stringify([instrument, origin, facility, days])
    if (seen.has(key)) return []
    seen.add(key)
    const who = `Line "${id.slice(0, 128)}"`
    return [{ instrument, reach: { candidates: [electricity], who, place: '/market' } }]
  })
  const groups = Map.groupBy(named, ({ instrument }) => instrument)
  return new Map([...groups].map(([name, lines]) => [name, lines.map(({ reach }) => reach)]))
}

function electricityOf({ line, amount, activity }: WeighedLine, frame: Frame): Electricity {
  const place = placeOf(line, frame)
  return {
    origin: {
      region: line.zone ?? place.region,
      year: yearOf((amount.period ?? place.reportingPeriod).start),
    },
    facility: line.facility,
    days: amount.period === undefined ? place.reporting : daysOf(amount.period),
    kWh: convert(activity.amount, activity.unit, 'kWh'),
  }
}

function checkStage(process: string, instrument: string | undefined, { processes }: Frame): void {
  const stage = processes.get(process)?.stage ?? ''
  if (!afterwards.includes(stage)) return
  const detail = `The instrument was retired for electricity of the reporting period, and what the stage ${stage} takes is taken later, by others: weigh it by its grid.`
  throw new Problem('instrument-criteria', detail, {
    ...{ criterion: 'consumption', pointer: '/instrument', instrument: instrument?.slice(0, 128) },
  })
}

function readProduced({ produced }: ContractualInstruments): Measure {
  const pointer = `${root}/produced`
  readPositive(produced.amount, `${pointer}/amount`, 'What was produced')
  return readMeasure(produced, pointer)
}

/** What a solved system takes, by what lines name. */
interface Taken {
  readonly supply: Supply
  /** For all that was produced. */
  readonly takenKWh: number
  readonly statedKWh: number
}

/**
 * What instruments cover per declared unit, and what is taken of each; null where the calculation states none.
 * @throws Problem `instrument-exceeded`, `incompatible-dimension`.
 */
export function coveredElectricity(
  input: ProductInput,
  frame: Frame,
  placed: readonly WeighedLine[],
  scaling: readonly number[],
): CoveredElectricity | null {
  const contracts = input.contractualInstruments
  if (contracts === undefined) return null
  const perUnit = placed.flatMap(({ line, activity, factor }, place) => {
    if (line.category !== boughtElectricity.product || factor === null) return []
    const kWh = times(convert(activity.amount, activity.unit, 'kWh'), scaling[place] as number)
    return [{ named: line.instrument, kWh }]
  })
  const units = producedUnits(input, contracts)
  const byName = Map.groupBy(perUnit, ({ named }) => named)
  const taken = [...frame.supplies.values()].map((supply) => {
    const own = (byName.get(supply.name) ?? []).map(({ kWh }) => kWh)
    return takenOf(supply, own, units)
  })
  for (const one of taken) requireEnough(one)
  return {
    produced: contracts.produced,
    electricityKWh: exactSum(perUnit.map(({ kWh }) => kWh)),
    coveredKWh: exactSum(perUnit.filter(({ named }) => named !== undefined).map(({ kWh }) => kWh)),
    instruments: taken.flatMap(usesOf).sort((a, b) => inOrder(a.id, b.id)),
  }
}

/** Declared units, or reference flows, that were produced. */
function producedUnits(input: ProductInput, contracts: ContractualInstruments): number {
  const { quantity, pointer } = referenceFlowOf(input)
  const unit = readMeasure(quantity, pointer)
  const produced = readProduced(contracts)
  const inUnit = at(`${root}/produced/unit`, () => convert(produced.value, produced.unit, unit.unit))
  return over(inUnit, unit.value)
}

/** Power that is avoided elsewhere frees no certificate: it takes nothing, and gives nothing back. */
function takenOf(supply: Supply, perUnit: readonly number[], units: number): Taken {
  const taken = perUnit.filter((kWh) => kWh > 0).map((kWh) => times(kWh, units))
  return {
    supply,
    takenKWh: exactSum(taken),
    statedKWh: exactSum(supply.members.map(kWhOf)),
  }
}

function kWhOf({ instrument: { quantity } }: StatedInstrument): number {
  const { value, unit } = readMeasure(quantity, '')
  return convert(value, unit, 'kWh')
}

function requireEnough({ supply: { name, members }, takenKWh, statedKWh }: Taken): void {
  if (takenKWh <= statedKWh * rounding) return
  const [{ index }] = members as [StatedInstrument]
  const detail = `Lines take ${takenKWh} kWh of "${name.slice(0, 128)}" for what was produced, and it is of ${statedKWh} kWh: weigh the rest by its grid, on lines of its own, or state more instruments of group "${name.slice(0, 128)}".`
  throw new Problem('instrument-exceeded', detail, {
    pointer: `${pointerOf({ member }, index)}/quantity`,
    instrument: name.slice(0, 128),
    ...{ takenKWh: String(takenKWh), kWh: String(statedKWh) },
  })
}

/** Of a group each instrument takes its part, by what it is of. */
function usesOf({ supply: { name, members, chosen }, takenKWh, statedKWh }: Taken): ProductInstrumentUse[] {
  return members.map((one) => {
    const { id, kind } = one.instrument
    const kWh = kWhOf(one)
    const part = members.length === 1 ? takenKWh : over(times(takenKWh, kWh), statedKWh)
    return { id, kind, named: name, factor: factorUsed(chosen), kWh, takenKWh: part }
  })
}
