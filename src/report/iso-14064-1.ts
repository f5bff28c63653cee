/**
 * An inventory in the structure of ISO 14064-1: six categories with their kinds of activity, direct emissions gas by gas, biogenic
 * CO2 apart.
 */

import { organizationCategories } from '../engine/categories.ts'
import { type GasGroup, gasGroupOf } from '../engine/gas-groups.ts'
import { heldLines, type Measure } from './amounts.ts'
import { isBiogenicCo2, isRemoval, shownGroups } from './gases.ts'
import type { Iso14064Report, IsoCategoryRow, ReportedLine } from './types.ts'

const isoCategories = [1, 2, 3, 4, 5, 6] as const

export function iso14064Report(lines: readonly ReportedLine[], measure: Measure): Iso14064Report {
  const held = heldLines(lines)
  const direct = held.filter(({ isoCategory }) => isoCategory === 1).flatMap(({ gases }) => gases)
  const counted = Map.groupBy(
    direct.filter(({ inTotal }) => inTotal),
    ({ gas }): GasGroup => gasGroupOf(gas),
  )
  return {
    structure: 'iso-14064-1',
    categories: isoCategories.map((isoCategory) => isoRow(isoCategory, held, measure)),
    directByGas: shownGroups(counted).map((gasGroup) => ({
      gasGroup,
      amount: measure.sumGases(counted.get(gasGroup) ?? []),
    })),
    directRemovals: measure.sumGases(direct.filter(isRemoval)),
  }
}

function isoRow(
  isoCategory: IsoCategoryRow['isoCategory'],
  held: readonly ReportedLine[],
  measure: Measure,
): IsoCategoryRow {
  const lines = held.filter((line) => line.isoCategory === isoCategory)
  const amount = measure.sum(lines)
  const groups = Map.groupBy(lines, (line) => line.activityKind ?? line.category)
  return {
    isoCategory,
    state: amount === null ? 'without-lines' : 'reported',
    amount,
    share: amount && measure.share(amount.kgCo2e),
    lines: lines.length,
    kinds: [...groups].map(([kind, group]) => ({
      kind,
      category: group[0]?.category ?? kind,
      amount: measure.sum(group) ?? measure.amount(0),
      lines: group.length,
    })),
    kindsWithoutLines: kindsIn(isoCategory).filter((kind) => !groups.has(kind)),
    biogenicCo2: measure.sumGases(lines.flatMap(({ gases }) => gases.filter(isBiogenicCo2))),
  }
}

/** Every kind of activity that the engine places in a category of ISO 14064-1. */
function kindsIn(isoCategory: number): readonly string[] {
  return Object.entries(organizationCategories).flatMap(([category, rule]) =>
    Object.entries(rule.kinds ?? { [category]: { isoCategory: rule.isoCategory } })
      .filter(([, kind]) => kind.isoCategory === isoCategory)
      .map(([name]) => name),
  )
}
