/** An organization's inventory as a report: what its definition, its record and another year beside it say. */

import { subjectRule } from '../../certification/scheme.ts'
import type { Names } from '../../engine/types.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { inventoryReport } from '../../report/inventory-report.ts'
import type { InventoryReport, ReportSource, YearComparison } from '../../report/types.ts'
import { compareFootprints } from './compare-footprints.ts'
import { descriptionsOf, type Reported, type ReportWanted } from './reported.ts'

/** @throws Problem as {@link compareFootprints}, where another year is held beside it. */
export async function reportInventory(
  ports: Ports,
  wanted: ReportWanted,
  reported: Reported,
): Promise<InventoryReport> {
  const { footprintId, definition, scheme, input, result, engine, standing } = reported
  const { title, responsibleParty, intendedUsers, sites, exclusions, boundary, calculation } = definition
  const source: ReportSource = {
    ...{ footprintId, title, intendedUsers, sites, exclusions, boundary },
    ...{ organization: responsibleParty, period: calculation.period, region: calculation.region },
    ...{ names: namesOf(definition), scheme: definition.scheme, engine, standing, result },
    decimals: subjectRule(scheme, 'organization')?.print.decimals ?? 2,
    comparison: await comparisonOf(ports, wanted, reported.revision),
    descriptions: descriptionsOf(input.lines),
  }
  return inventoryReport(source, wanted.structures)
}

/** What changed since the other year, by cause. @throws Problem as {@link compareFootprints}. */
async function comparisonOf(
  ports: Ports,
  { actor, footprintId, comparedWith }: ReportWanted,
  revision: number | null,
): Promise<YearComparison | null> {
  if (comparedWith === undefined) return null
  const after = { footprintId, revision }
  const { states, parts, ...totals } = await compareFootprints(ports, { actor, before: comparedWith, after })
  return {
    previousPeriod: states.before.period,
    total: totals.after,
    previousTotal: totals.before,
    activityChange: parts.activity,
    factorChange: parts.factor,
    added: parts.added,
    ceased: parts.ceased,
    structural: parts.structural,
    methodChange: parts.method,
  }
}

function namesOf({ calculation }: FootprintDefinition): ReportSource['names'] {
  const consolidation = calculation.kind === 'organization' ? calculation.consolidation : undefined
  const named = (parts: readonly { readonly id: string; readonly name: Names }[] = []) =>
    new Map(parts.map(({ id, name }) => [id, name]))
  return { facility: named(consolidation?.facilities), entity: named(consolidation?.entities) }
}
