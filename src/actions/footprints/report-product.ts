/** A product's footprint as a report: what its definition and its record say. */

import { subjectRule } from '../../certification/scheme.ts'
import type { ProductInput } from '../../engine/types.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import { Problem } from '../../problem.ts'
import { productReport } from '../../report/product/product-report.ts'
import type { ProductReport } from '../../report/product/types.ts'
import { descriptionsOf, type Reported, type ReportWanted } from './reported.ts'

/** @throws Problem `invalid-request` for what only an inventory's report has. */
export function refuseOfProduct(
  { calculation }: FootprintDefinition,
  { structures, comparedWith }: ReportWanted,
): void {
  if (calculation.kind === 'organization') return
  const asked = structures !== undefined ? 'structure' : comparedWith !== undefined ? 'with' : undefined
  if (asked === undefined) return
  const detail = `A product’s report has no "${asked}": it belongs to reports of inventories. Leave it out.`
  throw new Problem('invalid-request', detail, { in: 'query', parameter: asked })
}

export async function reportProduct(
  reported: Reported,
  system: Omit<ProductInput, 'lines'>,
): Promise<ProductReport> {
  const { footprintId, definition, scheme, input, result, engine, standing } = reported
  const { title, product, manufacturer, factory, intendedUsers, exclusions } = definition
  return productReport({
    ...{ footprintId, title, product, manufacturer, factory, intendedUsers, exclusions },
    ...{ organization: definition.responsibleParty, rules: definition.productCategoryRules },
    ...{ scheme: definition.scheme, engine, standing, system, result },
    print: subjectRule(scheme, 'product')?.print ?? { unit: 'kgCO2e', decimals: 2 },
    descriptions: descriptionsOf(input.lines),
  })
}
