/**
 * Factors beside a line's own. A Chinese grid or fuel factor states CO2 alone; CH4 and N2O then come of an IPCC factor used
 * for just these, and pollutants of a third. What is taken of a factor beside is named gas by gas, so that nothing comes
 * along unseen, and no gas of one kind is counted by two factors of a line (docs/decisions/0034).
 */

import { Problem } from '../problem.ts'
import { bringTo, netEnergy, reachableDimensions, type Weighs } from './activity.ts'
import { requireFamily, requireWeighing } from './categories.ts'
import { characterize, isHeldBy, isStated, substanceOf } from './gwp.ts'
import type { Activity, LineProperty } from './line-properties.ts'
import { placeOf } from './product/place-and-time.ts'
import { at } from './refusals.ts'
import { flowsTaken, releasesOf } from './releases.ts'
import { chooseFactor, factorUsed, type Wanted } from './resolve.ts'
import type { ActivityLine, Companion, CompanionUsed, Gas, GasResult, GwpSet, UnitCode } from './types.ts'
import { convert, dimensionOf, type Measure, unitOf } from './units.ts'
import type { Frame } from './weigh-line.ts'

/** A line has at most this many factors beside its own. */
export const mostCompanions = 5

/** A factor or fuel as weighed, as far as another of its line must not count the same again. */
export interface Weighed {
  /** What a refusal calls it, e.g. `factor "x"`. */
  readonly what: string
  readonly gases: readonly GasResult[]
  readonly gasesNotCovered: readonly Gas[]
}

/** A line, and how it was weighed by itself. */
export interface Setting {
  readonly line: ActivityLine
  readonly quantity: Measure
  readonly frame: Frame
  readonly year: number
  readonly own: Weighed
  /** The net calorific energy of the fuel burnt, where the line burns one by its carbon content. */
  readonly energy: (() => Activity) | undefined
}

/** What all factors beside add to a line. */
export interface Beside {
  readonly beside: readonly CompanionUsed[]
  readonly gases: readonly GasResult[]
  /** The same, apart for each factor. */
  readonly gasesEach: readonly (readonly GasResult[])[]
  /** What none of the line's factors covers. */
  readonly gasesNotCovered: readonly Gas[]
  readonly uses: readonly LineProperty[]
}

/**
 * Weighs the factors beside a line's own, in their order.
 * @throws Problem `gas-not-stated`, `gas-counted-twice`, `too-many-items`, and whatever a line's own factor may meet.
 */
export function weighBeside(companions: readonly Companion[], setting: Setting): Beside {
  if (companions.length === 0 || companions.length > mostCompanions) {
    const detail = `Beside its own, a line has 1 to ${mostCompanions} factors; without any, leave out the list.`
    throw new Problem('too-many-items', detail, { pointer: '/beside', limit: mostCompanions })
  }
  const weighed = companions.map((companion, index) => {
    const pointer = `/beside/${index}`
    return at(pointer, () => weighCompanion(companion, setting, pointer))
  })
  weighed.forEach((found, index) => {
    at(`/beside/${index}/gases`, () => {
      refuseTwice(found, [setting.own, ...weighed.slice(0, index)], setting.frame.gwpSet)
    })
  })
  const covered = new Set(weighed.flatMap(({ covers }) => covers))
  return {
    beside: weighed.map(({ used }) => used),
    gases: weighed.flatMap(({ gases }) => gases),
    gasesEach: weighed.map(({ gases }) => gases),
    gasesNotCovered: setting.own.gasesNotCovered.filter((gas) => !covered.has(gas)),
    uses: weighed.flatMap(({ uses }) => uses),
  }
}

function substance({ gas }: Pick<GasResult, 'gas'>): Gas {
  return substanceOf(gas)
}

interface WeighedCompanion extends Weighed {
  readonly used: CompanionUsed
  /** The gases of which it says what is emitted, by every name they have. */
  readonly covers: readonly Gas[]
  readonly uses: readonly LineProperty[]
}

function weighCompanion(companion: Companion, setting: Setting, pointer: string): WeighedCompanion {
  const { gases: names, ...choice } = companion
  at(`${pointer}/gases`, () => requireNames(names))
  const { line, frame } = setting
  const chosen = chooseFactor(choice, wantedBeside(names, setting), frame.library)
  const factor = chosen.row
  requireFamily(frame.kind, line.category, factor.family, `Factor "${factor.id}"`)
  requireWeighing(factor)
  const flows = at(`${pointer}/gases`, () => flowsTaken(factor, names))
  const { amount, unit, ...way } = amountFor(unitOf(factor.unit).code, setting, factor)
  const { releases, working, uses } = releasesOf(flows, factor, amount, line)
  const steps = [...way.working, ...working]
  const gases = releases.flatMap((release) => characterize(release, frame.gwpSet))
  return {
    what: `factor "${factor.id}"`,
    used: { ...factorUsed(chosen), gases: names, activity: { amount, unit }, working: steps },
    covers: [...flows, ...gases].filter((flow) => closesGap(flow, setting.own)).map(substance),
    gases,
    gasesNotCovered: [],
    uses: [...way.uses, ...uses],
  }
}

/**
 * Whether a flow tells what was not covered. What is taken from the atmosphere says nothing of what goes there, and biogenic
 * CO2 nothing of the fossil CO2 of a line whose other gases are fossil: the gap stays open.
 */
function closesGap({ kind, gas }: Pick<GasResult, 'kind' | 'gas'>, own: Weighed): boolean {
  if (kind === 'removal' || kind === 'biogenic-uptake') return false
  return kind !== 'biogenic' || gas !== 'CO2' || own.gases.every((other) => other.kind === 'biogenic')
}

function wantedBeside(gases: readonly Gas[], { line, quantity, frame, year, energy }: Setting): Wanted {
  const reachable = reachableDimensions(line, quantity)
  const dimensions = energy ? [...new Set([...reachable, netEnergy])] : reachable
  const region = line.zone ?? placeOf(line, frame).region
  return { kind: frame.kind, category: line.category, region, year, dimensions, gases }
}

/** The line's amount in the factor's unit; energy as it was worked out already, where the line burns a fuel. */
function amountFor(unit: UnitCode, { line, quantity, energy }: Setting, factor: Weighs): Activity {
  if (energy === undefined || dimensionOf(unit) !== netEnergy) return bringTo(unit, line, quantity, factor)
  const burnt = energy()
  return { ...burnt, amount: convert(burnt.amount, burnt.unit, unit), unit }
}

function requireNames(names: readonly Gas[]): void {
  if (names.length === 0) {
    throw new Problem('property-missing', 'Name the gases that are taken of a factor beside the line’s own.')
  }
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice === undefined) return
  const gas = twice.slice(0, 64)
  throw new Problem('gas-counted-twice', `"${gas}" is named twice; name each gas once.`, { gas })
}

function refuseTwice(found: Weighed, earlier: readonly Weighed[], set: GwpSet): void {
  for (const other of earlier) {
    for (const gas of found.gases) {
      const holding = other.gases.find((before) => counts(before, gas, other.gasesNotCovered, set))
      if (holding) throw countedTwice(gas, found, other, holding)
    }
  }
}

/** Whether a result of another factor is this gas, or a sum that holds it. */
function counts(before: GasResult, gas: GasResult, notCovered: readonly Gas[], set: GwpSet): boolean {
  if (isStated(before.gas)) return isHeldBy(before.gas, gas, set) && !notCovered.includes(substance(gas))
  return before.kind === gas.kind && substance(before) === substance(gas)
}

function countedTwice(gas: GasResult, found: Weighed, other: Weighed, holding: GasResult): Problem {
  const held = isStated(holding.gas) ? `, whose ${holding.gas} holds it,` : ''
  const detail = `${gas.gas} (${gas.kind}) would be counted twice: by ${other.what}${held} and by ${found.what} beside it; take it of one of them.`
  return new Problem('gas-counted-twice', detail, {
    gas: gas.gas,
    kind: gas.kind,
    factors: [other.what, found.what],
  })
}
