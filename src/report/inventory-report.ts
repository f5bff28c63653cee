/** An organization's inventory report: from a result and the facts around it to what a reader needs, in the structures asked for. */

import { type Measure, measureOf } from './amounts.ts'
import { breakdownsOf } from './breakdowns.ts'
import { contributorsOf } from './contributors.ts'
import { gapsOf } from './gaps.ts'
import { gbt32150Report } from './gb-t-32150.ts'
import { ghgProtocolReport } from './ghg-protocol.ts'
import { iso14064Report } from './iso-14064-1.ts'
import { totalsOf } from './totals.ts'
import { trailOf } from './trail.ts'
import {
  type InventoryReport,
  type ReportHead,
  type ReportSource,
  type ReportStructure,
  type ReportTotals,
  reportStructures,
  type StructuredReport,
} from './types.ts'

/** Members that a record frozen by an early engine does not have: it says nothing of them, and so does its report. */
const absentInOldRecords = {
  byFacility: [],
  byEntity: [],
  byMonth: [],
  apart: [],
  inventory: null,
  product: null,
}

/** @param wanted the structures to report in; all of them where absent. */
export function inventoryReport(
  given: ReportSource,
  wanted: readonly ReportStructure[] = reportStructures,
): InventoryReport {
  const source = { ...given, result: { ...absentInOldRecords, ...given.result } }
  const { result } = source
  const measure = measureOf(result.total, source.decimals)
  const totals = totalsOf(result, measure)
  const breakdowns = breakdownsOf(source, measure)
  return {
    type: 'egret/inventory-report',
    schemaVersion: '1',
    head: headOf(source),
    totals,
    scope2: result.inventory?.scope2 ?? null,
    consolidation: result.inventory?.consolidation ?? null,
    structures: wanted.map((structure) => structured(structure, source, totals, measure)),
    gaps: gapsOf(source, breakdowns.month, measure),
    dataQuality: result.inventory?.dataQuality ?? null,
    uncertainty: result.inventory?.uncertainty ?? null,
    intensities: result.inventory?.intensities ?? [],
    contributors: contributorsOf(source, measure),
    breakdowns,
    comparison: source.comparison,
    lines: trailOf(source, measure),
  }
}

function structured(
  structure: ReportStructure,
  { result, exclusions }: ReportSource,
  totals: ReportTotals,
  measure: Measure,
): StructuredReport {
  if (structure === 'ghg-protocol')
    return ghgProtocolReport({ lines: result.lines, exclusions, totals }, measure)
  if (structure === 'iso-14064-1') return iso14064Report(result.lines, measure)
  return gbt32150Report(result, totals.apart.energy, measure)
}

function headOf(source: ReportSource): ReportHead {
  const { footprintId, title, organization, intendedUsers, sites, period, region, scheme, engine, standing } =
    source
  const { gwpSet, factorTables, inventory } = source.result
  return {
    ...{ footprintId, title, organization, intendedUsers, sites, period, region },
    consolidationApproach: source.boundary,
    changeOption: inventory?.consolidation?.changeOption ?? null,
    ...{ scheme, engine, gwpSet, factorTables, standing },
  }
}
