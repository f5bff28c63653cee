/** The materials of a product's end of life, read and held to what their method needs; nothing has a default. */

import { Problem } from '../../problem.ts'
import { remainderOf } from '../amounts/remainder.ts'
import { missing, outOfRange, readMeasure, readNumber, requireDimension } from '../line-properties.ts'
import { checkNewId, inOrder, listed, nearest } from '../names.ts'
import { Refusals } from '../refusals.ts'
import type { ProductInput } from '../types.ts'
import type { Measure } from '../units.ts'
import {
  disposedShare,
  type FormulaParameters,
  type TermWeight,
  type TermWeights,
  termWeights,
} from './formula.ts'
import type { CircularMaterial, CircularTerm, EndOfLifeMethod } from './types.ts'

/** The materials of one product. */
export const mostMaterials = 200

/** A material with what each term weighs its mass by. */
export interface ReadMaterial {
  readonly place: number
  readonly given: CircularMaterial
  readonly parameters: FormulaParameters
  readonly weights: TermWeights
}

/** A product's end of life, read. */
export interface ReadEndOfLife {
  readonly method: EndOfLifeMethod
  readonly materials: ReadonlyMap<string, ReadMaterial>
}

/** Terms of the material as it goes in; all others are of the end of life. */
const termsIn: readonly CircularTerm[] = ['Ev', 'Erecycled']

/** Whether a term is of the material as it goes in. */
export function isOfInput(term: CircularTerm): boolean {
  return termsIn.includes(term)
}

/**
 * How the end of life is calculated; null where the calculation does not say.
 * @throws Problem `property-missing`, `property-out-of-range`, `recovery-over-whole`, `line-ambiguous` for a parameter without use.
 */
export function readEndOfLife({ endOfLife, boundary }: ProductInput): ReadEndOfLife | null {
  if (endOfLife === undefined) return null
  const { method, materials = [] } = endOfLife
  if (materials.length > mostMaterials) {
    const detail = `A product has at most ${mostMaterials} materials here; join what is recycled alike.`
    throw new Problem('too-many-items', detail, { pointer: '/endOfLife/materials', limit: mostMaterials })
  }
  const refusals = new Refusals()
  const seen = new Set<string>()
  const reaches = boundary === 'cradle-to-grave'
  const read = materials.flatMap((material, place) => {
    const pointer = pointerOf(place)
    refusals.attempt(() => checkNewId(material.id, seen, `${pointer}/id`))
    return refusals.attempt(() => readMaterial(material, place, method, reaches)) ?? []
  })
  refusals.throwIfAny()
  return { method, materials: new Map(read.map((material) => [material.given.id, material])) }
}

/** Where a material stands. */
export function pointerOf(place: number): string {
  return `/endOfLife/materials/${place}`
}

type Name = Exclude<keyof CircularMaterial, 'id' | 'name'>

/** What only the formula shares, and what only a boundary with an end of life has. */
const ofFormula: readonly Name[] = ['A', 'B', 'QsinQp', 'QsoutQp', 'LHV', 'XERheat', 'XERelec']
const ofEndOfLife: readonly Name[] = ['B', 'R2', 'R3', 'QsoutQp', 'LHV', 'XERheat', 'XERelec']

function readMaterial(
  given: CircularMaterial,
  place: number,
  method: EndOfLifeMethod,
  reaches: boolean,
): ReadMaterial {
  const pointer = pointerOf(place)
  refuseWithoutUse(given, pointer, method, reaches)
  const share = (name: Exclude<Name, 'LHV'>) => readShareOf(given, name, pointer)
  const isFormula = method === 'circular-footprint-formula'
  const [R1, A] = [share('R1'), isFormula ? share('A') : 0]
  const [R2, R3] = reaches ? [share('R2'), share('R3')] : [0, 0]
  if (disposedShare({ R2, R3 }) < 0) throw overWhole(`${pointer}/R3`, given)
  const recovers = isFormula && R3 > 0
  const parameters: FormulaParameters = {
    ...{ A, R1, R2, R3 },
    B: recovers ? share('B') : 0,
    QsinQp: isFormula && R1 > 0 ? share('QsinQp') : 0,
    QsoutQp: isFormula && R2 > 0 ? share('QsoutQp') : 0,
    LHV: recovers ? readHeatingValue(given, pointer) : { value: 0, unit: 'MJ/kg' },
    XERheat: recovers ? share('XERheat') : 0,
    XERelec: recovers ? share('XERelec') : 0,
  }
  if (remainderOf([1, -parameters.XERheat, -parameters.XERelec]) < 0) {
    throw outOfRange(
      `${pointer}/XERelec`,
      'Heat and electricity together are more than the energy recovered.',
    )
  }
  return { place, given, parameters, weights: weightsWithin(method, parameters, reaches) }
}

/** Of a boundary that ends at the gate only the terms of what goes in. */
function weightsWithin(
  method: EndOfLifeMethod,
  parameters: FormulaParameters,
  reaches: boolean,
): TermWeights {
  const weights = termWeights(method, parameters)
  if (reaches) return weights
  const inside = Object.entries(weights).filter(([term]) => isOfInput(term as CircularTerm))
  return Object.fromEntries(inside) as Partial<Record<CircularTerm, TermWeight>>
}

function refuseWithoutUse(
  given: CircularMaterial,
  pointer: string,
  method: EndOfLifeMethod,
  reaches: boolean,
): void {
  const idle = (names: readonly Name[], why: string) => {
    const name = names.find((each) => given[each] !== undefined)
    if (name === undefined) return
    throw new Problem('line-ambiguous', `${name} leads nowhere: ${why}. Leave it out.`, {
      pointer: `${pointer}/${name}`,
    })
  }
  if (method === 'cut-off') idle(ofFormula, 'by cut-off nothing is shared with another product')
  if (!reaches) idle(ofEndOfLife, 'the boundary does not reach the end of life')
}

/** What each parameter is, where one is missing or out of its range. */
const meanings: Readonly<Record<Exclude<Name, 'LHV'>, string>> = {
  A: 'the factor that shares burdens and credits between supplier and user of recycled material (0.2, 0.5 or 0.8 in Annex C)',
  B: 'the factor that shares energy recovery ("0" where it stays with the product)',
  R1: 'the recycled part of what goes in ("0" where there is none)',
  R2: 'the part that is recycled at the end of life ("0" where none is)',
  R3: 'the part whose energy is recovered ("0" where none is)',
  QsinQp: 'the quality of the recycled material that goes in, as a part of the primary’s',
  QsoutQp: 'the quality of the recycled material that comes out, as a part of the primary’s',
  XERheat: 'the efficiency of recovery as heat ("0" where there is none)',
  XERelec: 'the efficiency of recovery as electricity ("0" where there is none)',
}

function readShareOf(given: CircularMaterial, name: Exclude<Name, 'LHV'>, pointer: string): number {
  const written = given[name]
  if (written === undefined) {
    throw missing(`${pointer}/${name}`, `State ${name} of "${given.id.slice(0, 128)}": ${meanings[name]}.`)
  }
  const value = readNumber(written, `${pointer}/${name}`)
  if (value >= 0 && value <= 1) return value
  throw outOfRange(`${pointer}/${name}`, `${name} is from 0 to 1: ${meanings[name]}; "${written}" is not.`)
}

function readHeatingValue({ LHV }: CircularMaterial, pointer: string): Measure {
  if (LHV === undefined) {
    throw missing(`${pointer}/LHV`, 'State the lower heating value, e.g. {"amount":"43","unit":"MJ/kg"}.')
  }
  const value = readMeasure(LHV, `${pointer}/LHV`)
  requireDimension(`${pointer}/LHV`, value, 'energy/mass', 'MJ/kg')
  if (value.value < 0) throw outOfRange(`${pointer}/LHV/amount`, 'A lower heating value is not below zero.')
  return value
}

function overWhole(pointer: string, { id, R2, R3 }: CircularMaterial): Problem {
  const detail = `Of "${id.slice(0, 128)}" ${R2} is recycled and energy recovered from ${R3}: together more than there is. What is left of 1 is disposed of.`
  return new Problem('recovery-over-whole', detail, { pointer, material: id.slice(0, 128), R2, R3 })
}

/** @throws Problem `unknown-material`, with those there are. */
export function materialNamed(endOfLife: ReadEndOfLife | null, id: string): ReadMaterial {
  const found = endOfLife?.materials.get(id)
  if (found) return found
  const known = [...(endOfLife?.materials.keys() ?? [])].sort(inOrder)
  const remedy =
    known.length === 0
      ? 'state it under endOfLife.materials with its parameters'
      : `use one of ${listed(known.slice(0, 20))}, or add it to endOfLife.materials`
  throw new Problem('unknown-material', `No material has the id "${id.slice(0, 128)}"; ${remedy}.`, {
    pointer: '/circular/material',
    material: id.slice(0, 128),
    candidates: nearest(id, known),
  })
}
