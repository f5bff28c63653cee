/**
 * A selector without a line: which factor an activity of this category, place, year and unit would be weighed with. The rules
 * are those of lines (`resolve.ts`), and so are the guards a line would meet: family, unit, gases.
 */

import { Problem } from '../problem.ts'
import { categoryRule, type FootprintKind, requireFamily, requireWeighing } from './categories.ts'
import { at } from './refusals.ts'
import { flowsTaken, requireGreenhouseGas } from './releases.ts'
import { type Chosen, chooseFactor, type Library, type Wanted } from './resolve.ts'
import type { EmissionFactor, FactorChoice, Family, Gas, UnitCode } from './types.ts'
import { dimensionOf, incompatible, unitOf } from './units.ts'

/** What a selector states. With an id, the others say what the factor is wanted for, and it is held against them. */
export interface Selector {
  /** The activity's category. */
  readonly category: string
  readonly family?: string | undefined
  readonly factorCategory?: string | undefined
  readonly region?: string | undefined
  readonly year: number
  readonly unit: UnitCode
  /** For a factor beside another: the gases that are to be taken of it. */
  readonly gases?: readonly Gas[] | undefined
  readonly table?: string | undefined
  readonly version?: string | undefined
  readonly id?: string | undefined
}

/** What all selectors of one question share. */
export interface SelectorFrame {
  readonly kind: FootprintKind
  /** Where a selector starts that names no region. */
  readonly region?: string | undefined
  readonly library: Library
}

/**
 * The factor of a selector, and the way to it.
 * @throws Problem `unknown-category`, `unknown-unit`, `property-missing` for a selector without any region, what
 * {@link chooseFactor} refuses, `wrong-family`, `factor-conveyed-only`, `incompatible-dimension`, `gas-not-stated`, `no-greenhouse-gas`.
 */
export function resolveSelector(selector: Selector, frame: SelectorFrame): Chosen<EmissionFactor> {
  const { kind, library } = frame
  const { category, gases } = selector
  at('/category', () => categoryRule(kind, category))
  const chosen = chooseFactor(choiceOf(selector), wantedOf(selector, frame), library)
  const factor = chosen.row
  requireFamily(kind, category, factor.family, `Factor "${factor.id}"`)
  requireWeighing(factor)
  at('/family', () => requireAskedFamily(selector, factor))
  at('/unit', () => requireUnit(selector.unit, factor))
  if (gases === undefined) requireGreenhouseGas(factor)
  else at('/gases', () => flowsTaken(factor, gases))
  return chosen
}

function choiceOf({ table, version, id, family, factorCategory }: Selector): FactorChoice {
  if (id !== undefined) return { table, version, id, factorCategory }
  return { table, version, family: family as Family | undefined, factorCategory }
}

function wantedOf(selector: Selector, { kind, region: start }: SelectorFrame): Wanted {
  const { category, id, year, unit, gases } = selector
  const region = selector.region ?? start
  if (region === undefined && id === undefined) {
    const detail = 'A selector starts from a region: state it here or for all, e.g. "CN-FJ".'
    throw new Problem('property-missing', detail, { pointer: '/region' })
  }
  const dimension = at('/unit', () => dimensionOf(unit))
  return { kind, category, region: region ?? 'GLOBAL', year, dimensions: [dimension], gases }
}

/** With an id, the family is a question: is it the one meant? */
function requireAskedFamily({ family }: Selector, factor: EmissionFactor): void {
  if (family === undefined || family === factor.family) return
  const detail = `Factor "${factor.id}" is of family ${factor.family}, not ${family.slice(0, 64)}.`
  throw new Problem('wrong-family', detail, { family: factor.family, asked: family.slice(0, 64) })
}

function requireUnit(unit: UnitCode, factor: EmissionFactor): void {
  const [asked, needed] = [unitOf(unit), unitOf(factor.unit)]
  if (asked.dimension !== needed.dimension) throw incompatible(asked, needed)
}
