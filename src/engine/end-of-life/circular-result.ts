/**
 * What a product's result says of its end of life: each material's formula, term by term, and the recycled content. Checked on the
 * way: that every term that weighs something has a line, and that all of them speak of one mass.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import { missing } from '../line-properties.ts'
import { Refusals } from '../refusals.ts'
import type { CircularResult, CircularTerm, MaterialResult, RecycledContent, TermResult } from '../types.ts'
import { circularTerms } from '../types.ts'
import { convert } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { TermWeight } from './formula.ts'
import { massOf, parametersOf } from './material-line.ts'
import { isOfInput, pointerOf, type ReadEndOfLife, type ReadMaterial } from './materials.ts'

/** Masses of one material in other units may differ by roundings; a real difference does not hide in a billionth. */
const rounding = 1e-9

/** A line of a material, with its mass per declared unit. */
export interface MaterialLine {
  readonly weighed: WeighedLine
  readonly term: CircularTerm
  readonly kg: number
}

/** A material with its lines. */
export interface HeldMaterial {
  readonly material: ReadMaterial
  readonly lines: readonly MaterialLine[]
}

/**
 * The lines of each material, held against its formula.
 * @param scaling how often each line counts per declared unit.
 * @throws Problem `property-missing` for a term without a line, `material-mass-differs`.
 */
export function heldMaterials(
  endOfLife: ReadEndOfLife | null,
  placed: readonly WeighedLine[],
  scaling: readonly number[],
): readonly HeldMaterial[] {
  const materials = [...(endOfLife?.materials.values() ?? [])]
  const refusals = new Refusals()
  const linesOf = linesByMaterial(placed, scaling)
  const held = materials.map((material) => ({ material, lines: linesOf.get(material.given.id) ?? [] }))
  for (const each of held) {
    refusals.attempt(() => requireTerms(each))
    refusals.attempt(() => requireOneMass(each, isOfInput))
    refusals.attempt(() => requireOneMass(each, (term) => !isOfInput(term)))
  }
  refusals.throwIfAny()
  return held
}

function linesByMaterial(
  placed: readonly WeighedLine[],
  scaling: readonly number[],
): ReadonlyMap<string, readonly MaterialLine[]> {
  const found = new Map<string, MaterialLine[]>()
  for (const [place, weighed] of placed.entries()) {
    const { circular } = weighed.line
    if (circular === undefined) continue
    const mass = massOf(weighed.line, weighed.working)
    const kg = times(convert(mass.value, mass.unit, 'kg'), scaling[place] as number)
    const line = { weighed, term: circular.term, kg }
    const others = found.get(circular.material)
    if (others) others.push(line)
    else found.set(circular.material, [line])
  }
  return found
}

/** A term that weighs something and has no line would count for nothing. */
function requireTerms({ material, lines }: HeldMaterial): void {
  const { given, place, weights } = material
  const lacking = termsOf(material).find(
    (term) => weights[term]?.value !== 0 && !lines.some((line) => line.term === term),
  )
  if (lacking === undefined) return
  const detail = `The formula of "${given.id.slice(0, 128)}" has the term ${lacking}, and no line carries it: add one of the material’s mass with "circular": {"material": …, "term": "${lacking}"}.`
  throw missing(pointerOf(place), detail).with({ material: given.id.slice(0, 128), term: lacking })
}

function termsOf({ weights }: ReadMaterial): readonly CircularTerm[] {
  return circularTerms.filter((term) => weights[term] !== undefined)
}

function requireOneMass({ material, lines }: HeldMaterial, isOf: (term: CircularTerm) => boolean): void {
  const masses = massByTerm(lines).filter(({ term }) => isOf(term))
  const [first] = masses
  const other = masses.find(({ kg }) => first && Math.abs(kg - first.kg) > rounding * Math.abs(first.kg))
  if (first === undefined || other === undefined) return
  const { given, place } = material
  const detail = `The lines of "${given.id.slice(0, 128)}" speak of ${first.kg} kg under ${first.term} and of ${other.kg} kg under ${other.term}; each states the whole mass, and the formula says how much of it counts.`
  throw new Problem('material-mass-differs', detail, {
    pointer: pointerOf(place),
    material: given.id.slice(0, 128),
    masses: masses.map(({ term, kg }) => ({ term, kg: String(kg) })),
  })
}

/** Several lines of one term are parts of its mass: two suppliers of one material. */
function massByTerm(lines: readonly MaterialLine[]): readonly { term: CircularTerm; kg: number }[] {
  return circularTerms.flatMap((term) => {
    const kgs = lines.filter((line) => line.term === term).map(({ kg }) => kg)
    return kgs.length === 0 ? [] : [{ term, kg: exactSum(kgs) }]
  })
}

/** What a line comes to per declared unit, with all that leads to it. */
export type Weigh = (line: WeighedLine) => number

/**
 * What the result says; null where the calculation says nothing of an end of life or of recycled content.
 * @param held as {@link heldMaterials} has them.
 */
export function circularResult(
  endOfLife: ReadEndOfLife | null,
  held: readonly HeldMaterial[],
  placed: readonly WeighedLine[],
  scaling: readonly number[],
  weigh: Weigh,
): CircularResult | null {
  const recycledContent = recycledContentOf(held, placed, scaling)
  if (endOfLife === null && recycledContent === null) return null
  const materials = held.map((each) => materialResult(each, weigh))
  return { method: endOfLife?.method ?? null, recycledContent, materials }
}

function materialResult({ material, lines }: HeldMaterial, weigh: Weigh): MaterialResult {
  const { given, weights } = material
  const masses = massByTerm(lines)
  const terms = termsOf(material).map((term): TermResult => {
    const { value: weight, unit } = weights[term] as TermWeight
    const own = lines.filter((line) => line.term === term).map(({ weighed }) => weighed)
    return { term, weight, unit, lines: own.map(({ line }) => line.id), kgCo2e: exactSum(own.map(weigh)) }
  })
  const part = (names: readonly CircularTerm[]) =>
    exactSum(terms.filter(({ term }) => names.includes(term)).map(({ kgCo2e }) => kgCo2e))
  const from = [...new Set(termsOf(material).flatMap((term) => weights[term]?.from ?? []))]
  return {
    id: given.id,
    name: given.name,
    parameters: parametersOf(material, { from }).map(({ name, value, unit }) => ({ name, value, unit })),
    kgIn: masses.find(({ term }) => isOfInput(term))?.kg ?? null,
    kgOut: masses.find(({ term }) => !isOfInput(term))?.kg ?? null,
    terms,
    material: part(['Ev', 'Erecycled', 'ErecyclingEoL', 'EvStar']),
    energy: part(['EER', 'ESEheat', 'ESEelec']),
    disposal: part(['ED']),
  }
}

/** Lines that state a recycled content, and materials by their R1. */
function recycledContentOf(
  held: readonly HeldMaterial[],
  placed: readonly WeighedLine[],
  scaling: readonly number[],
): RecycledContent | null {
  const stated = placed.flatMap(({ line, amount }, place) => {
    if (line.recycledContent === undefined) return []
    const { value, unit } = amount.quantity
    const kg = times(convert(value, unit, 'kg'), scaling[place] as number)
    return [{ ids: [line.id], kg, share: parseDecimal(line.recycledContent) }]
  })
  const shared = held.flatMap(({ material, lines }) => {
    const input = lines.filter(({ term }) => isOfInput(term))
    const [first] = massByTerm(input)
    const ids = input.map(({ weighed }) => weighed.line.id)
    return first ? [{ ids, kg: first.kg, share: material.parameters.R1 }] : []
  })
  const parts = [...stated, ...shared]
  if (parts.length === 0) return null
  const kg = exactSum(parts.map((part) => part.kg))
  const kgRecycled = exactSum(parts.map((part) => times(part.kg, part.share)))
  return {
    kg,
    kgRecycled,
    share: kg === 0 ? null : over(kgRecycled, kg),
    lines: parts.flatMap(({ ids }) => ids),
  }
}
