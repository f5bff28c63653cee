/**
 * What a product's definition and its calculation both say, said once: rules of its category and exclusions. A document prints the
 * definition's, the figure rests on the calculation's; two that differ would be two claims.
 */

import type { Exclusion } from '../../certification/check-against-scheme.ts'
import { canonicalize } from '../../json/canonical.ts'
import type { FootprintDefinition, ProductDefinition } from '../../ports/footprints.ts'
import { Problem } from '../../problem.ts'

/**
 * The definition with what only its calculation says.
 * @throws Problem `invalid-request` where the two say different things.
 */
export function oneStatement(definition: FootprintDefinition): FootprintDefinition {
  const { calculation } = definition
  if (calculation.kind !== 'product') return definition
  return { ...definition, ...rulesOf(definition, calculation), ...exclusionsOf(definition, calculation) }
}

function rulesOf(
  { productCategoryRules: printed }: FootprintDefinition,
  { productCategoryRules: bound }: ProductDefinition,
): Pick<FootprintDefinition, 'productCategoryRules'> {
  if (bound === undefined) return { productCategoryRules: printed }
  const { id, edition, operator, title } = bound
  const same = { id, edition, operator, title: title ?? printed?.title ?? { en: id, zh: null } }
  if (printed === null || canonicalize(printed) === canonicalize(same)) return { productCategoryRules: same }
  throw differs(
    'productCategoryRules',
    `the rules ${printed.id} ${printed.edition}, and its calculation ${id} ${edition}`,
  )
}

function exclusionsOf(
  { exclusions: printed }: FootprintDefinition,
  { exclusions: left }: ProductDefinition,
): Pick<FootprintDefinition, 'exclusions'> {
  if (left === undefined) return { exclusions: printed }
  const same = left.map(({ what, reason, estimatedShare }): Exclusion => ({ what, reason, estimatedShare }))
  if (printed.length === 0 || canonicalize(printed) === canonicalize(same)) return { exclusions: same }
  throw differs('exclusions', 'other exclusions than its calculation')
}

function differs(member: string, what: string): Problem {
  const detail = `The footprint names ${what}; make them one, or leave them out of the footprint, which then takes the calculation's.`
  return new Problem('invalid-request', detail, { pointer: `/${member}` })
}
