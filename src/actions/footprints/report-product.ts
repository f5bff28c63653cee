/** A product's footprint as a report: what its definition and its record say, and another product beside it. */

import { subjectRule } from '../../certification/scheme.ts'
import { requireComparable } from '../../engine/analysis/comparable.ts'
import type { ProductInput } from '../../engine/types.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { isProblem, Problem, type ProblemFacts } from '../../problem.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import { productReport } from '../../report/product/product-report.ts'
import type { MonteCarlo, OtherProduct, ProductReport } from '../../report/product/types.ts'
import { readState } from './compare-footprints.ts'
import { type Drawable, drawBoth, drawProduct, drawsByDefault, isCertain } from './draw-product.ts'
import { descriptionsOf, type Reported, type ReportWanted } from './reported.ts'

/** @throws Problem `invalid-request` for what only reports of the other kind have. */
export function refuseOfKind({ calculation }: FootprintDefinition, wanted: ReportWanted): void {
  const { structures, draws } = wanted
  const isProduct = calculation.kind === 'product'
  const asked = isProduct
    ? structures && 'structure'
    : Object.entries(draws ?? {}).find(([, value]) => value !== undefined)?.[0]
  if (asked === undefined) return
  const [one, other] = isProduct ? ['A product’s', 'inventories'] : ['An inventory’s', 'products']
  const detail = `${one} report has no "${asked}": it belongs to reports of ${other}. Leave it out.`
  throw new Problem('invalid-request', detail, { in: 'query', parameter: asked })
}

/** @throws Problem `not-found` and `not-comparable`, where another product is to stand beside it. */
export async function reportProduct(
  ports: Ports,
  wanted: ReportWanted,
  reported: Reported,
  system: Omit<ProductInput, 'lines'>,
): Promise<ProductReport> {
  const { footprintId, definition, scheme, input, result, engine, standing } = reported
  const { title, product, manufacturer, factory, intendedUsers, exclusions } = definition
  const other = await otherOf(ports, wanted, reported)
  return productReport({
    ...{ footprintId, title, product, manufacturer, factory, intendedUsers, exclusions },
    ...{ organization: definition.responsibleParty, rules: definition.productCategoryRules },
    ...{ scheme: definition.scheme, engine, standing, system, result, other },
    print: subjectRule(scheme, 'product')?.print ?? { unit: 'kgCO2e', decimals: 2 },
    descriptions: descriptionsOf(input.lines),
    monteCarlo: await monteCarloOf(reported, wanted, other),
  })
}

/** What both were drawn for holds the product's own draws; where that was refused, it may still be drawn by itself. */
async function monteCarloOf(
  reported: Drawable,
  { draws }: ReportWanted,
  other: OtherProduct | null,
): Promise<MonteCarlo | null> {
  const both = other?.draws ?? null
  if (both?.totals && !isCertain(reported)) return { ...both, totals: both.totals.a }
  return drawProduct(reported, { ...drawsByDefault, ...draws })
}

const place: ProblemFacts = { in: 'query', parameter: 'with' }

/** The product that is asked for beside the reported one. */
async function otherOf(
  ports: Ports,
  { actor, comparedWith, draws }: ReportWanted,
  reported: Reported,
): Promise<OtherProduct | null> {
  if (comparedWith === undefined) return null
  const { state, definition, result, ...read } = await ofOther(readState(ports, actor, comparedWith))
  const input = await read.readInput()
  const [one, theirs] = [canonicalInput(reported.input), canonicalInput(input)]
  if (one.kind === 'organization' || theirs.kind === 'organization') throw anotherKind(one.kind, theirs.kind)
  requireComparable(one, theirs, place)
  const { lines: _, ...system } = theirs
  const { footprintId, revision, title } = state
  return {
    ...{ footprintId, revision, title, product: definition.product, system, result },
    draws: await drawBoth(reported, { input, result, ...read }, { ...drawsByDefault, ...draws }),
  }
}

/** What is refused of the other is not refused of the reported one: it says so. */
async function ofOther<Value>(read: Promise<Value>): Promise<Value> {
  try {
    return await read
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with(place) : thrown
  }
}

function anotherKind(...kinds: readonly string[]): Problem {
  const detail = 'An organization and a product are two things; compare two results of one kind.'
  return new Problem('not-comparable', detail, { ...place, kinds })
}
