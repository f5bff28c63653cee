/**
 * What lines of a product system may name as the instrument that covers their electricity, found before any line is weighed: one
 * instrument, or several of the same generation under the name of their group. Each conveys the factor of that generation: chosen,
 * never guessed, and never nothing.
 */

import { Problem } from '../../problem.ts'
import { yearOf } from '../calendar.ts'
import { boughtElectricity } from '../categories.ts'
import { pointerOf } from '../instruments/criteria.ts'
import { generationOf, rateOfRow } from '../instruments/rate.ts'
import { missing } from '../line-properties.ts'
import { nearest } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import type { Chosen } from '../resolve.ts'
import type { ActivityLine, ContractualInstruments, EmissionFactor, ProductInput } from '../types.ts'
import type { Frame } from '../weigh-line.ts'
import type { ProductInstrument } from './contract-types.ts'

/** An instrument, by its place among them. */
export interface StatedInstrument {
  readonly index: number
  readonly instrument: ProductInstrument
}

/** What lines name: instruments that convey one generation. */
export interface Supply {
  readonly name: string
  readonly members: readonly StatedInstrument[]
  readonly chosen: Chosen<EmissionFactor>
}

export type Supplies = ReadonlyMap<string, Supply>

/** The member of a product's calculation that states instruments. */
export const member = 'contractualInstruments'
const root = `/${member}`
const placeOf = (index: number) => pointerOf({ member }, index)

/**
 * What lines may name, by name.
 * @throws Problem `property-unused`, `duplicate-id`, `property-missing`, `generation-factor-zero`, `line-ambiguous`, and what the
 * choice of a factor refuses; the first, with the others in `others`.
 */
export function suppliesOf(input: ProductInput, frame: Omit<Frame, 'supplies'>): Supplies {
  const contracts = input.contractualInstruments
  if (contracts === undefined) return new Map()
  const refusals = new Refusals()
  refusals.attempt(() => refuseIdle(contracts, input.lines))
  refusals.attempt(() => refuseSharedNames(contracts))
  const stated = contracts.instruments.map((instrument, index) => ({ index, instrument }))
  const supplies = [...Map.groupBy(stated, ({ instrument }) => nameOf(instrument))].flatMap(
    ([name, members]) => refusals.attempt(() => supplyOf(name, members, frame)) ?? [],
  )
  refusals.throwIfAny()
  return new Map(supplies.map((supply) => [supply.name, supply]))
}

function nameOf({ id, group }: ProductInstrument): string {
  return group ?? id
}

/** An instrument that no line names would be claimed, and cover nothing. */
function refuseIdle({ instruments }: ContractualInstruments, lines: readonly ActivityLine[]): void {
  if (instruments.length === 0) {
    const detail = `Without instruments ${member} leads nowhere: leave it out, or state what lines name.`
    throw new Problem('property-unused', detail, { pointer: root })
  }
  const named = new Set(lines.map(({ instrument }) => instrument))
  const idle = instruments.findIndex((instrument) => !named.has(nameOf(instrument)))
  if (idle < 0) return
  const name = nameOf(instruments[idle] as ProductInstrument).slice(0, 128)
  const detail = `No line names "${name}" as its instrument, so that it covers nothing: name it on lines of category ${boughtElectricity.product}, or leave it out.`
  throw new Problem('property-unused', detail, { pointer: placeOf(idle), instrument: name })
}

/** A group that is called as an instrument outside it would leave open which is meant. */
function refuseSharedNames({ instruments }: ContractualInstruments): void {
  const groups = new Set(instruments.map(({ group }) => group))
  const shared = instruments.findIndex((one) => one.group !== one.id && groups.has(one.id))
  if (shared < 0) return
  const id = (instruments[shared] as ProductInstrument).id.slice(0, 128)
  const detail = `"${id}" is the name of a group and the id of an instrument: call one of them otherwise.`
  throw new Problem('duplicate-id', detail, { pointer: `${placeOf(shared)}/id` })
}

function supplyOf(
  name: string,
  members: readonly StatedInstrument[],
  frame: Omit<Frame, 'supplies'>,
): Supply {
  const each = members.map((one) => at(`${placeOf(one.index)}/factor`, () => conveyedBy(one, frame)))
  const [chosen] = each as [Chosen<EmissionFactor>, ...Chosen<EmissionFactor>[]]
  const other = each.findIndex(({ row }) => row !== chosen.row)
  if (other > 0) {
    const detail = `The instruments of group "${name.slice(0, 128)}" convey two factors, ${chosen.row.id} and ${each[other]?.row.id}: give each generation a group of its own.`
    throw new Problem('line-ambiguous', detail, {
      pointer: `${placeOf((members[other] as StatedInstrument).index)}/factor`,
    })
  }
  return { name, members, chosen }
}

/** The generation's own factor. A grid's average is what a selector finds unasked, and is nobody's generation. */
function conveyedBy(
  { instrument: { factor, market, generated } }: StatedInstrument,
  frame: Omit<Frame, 'supplies'>,
): Chosen<EmissionFactor> {
  if (factor.id === undefined && factor.factorCategory === undefined) {
    const detail =
      'Which generation is it of? Name its life-cycle factor by id, or by factorCategory, e.g. electricity-wind; it is not guessed, and never zero.'
    throw missing('/factor', detail).with({ pointer: undefined })
  }
  const chosen = generationOf(factor, { region: market, year: yearOf(generated.start) }, frame)
  const { kgCo2ePerUnit } = rateOfRow(chosen, frame.gwpSet)
  if (kgCo2ePerUnit > 0) return chosen
  const detail = `Factor "${chosen.row.id}" comes to ${kgCo2ePerUnit} kg CO2e per ${chosen.row.unit}. In a product, electricity is weighed over its life cycle, and building and running a plant emits: use the life-cycle factor of the generation.`
  throw new Problem('generation-factor-zero', detail, { factor: chosen.row.id })
}

/**
 * What a line names.
 * @throws Problem `unknown-instrument`; `line-ambiguous` on a line of something else than electricity.
 */
export function supplyNamed({ category, instrument = '' }: ActivityLine, supplies: Supplies): Supply {
  if (category !== boughtElectricity.product) {
    const detail = `An instrument covers electricity that is bought, on lines of category ${boughtElectricity.product}; this one is of ${category}.`
    throw new Problem('line-ambiguous', detail, { pointer: '/instrument' })
  }
  const supply = supplies.get(instrument)
  if (supply !== undefined) return supply
  const candidates = nearest(instrument, supplies.keys())
  const hint = candidates.length > 0 ? ` Near it: ${candidates.join(', ')}.` : ''
  const detail = `No instrument and no group of instruments is called "${instrument.slice(0, 128)}".${hint} State it under ${member}.`
  throw new Problem('unknown-instrument', detail, { pointer: '/instrument', candidates })
}
