/**
 * A fuel is burnt and it was supplied: its wells, refineries and transport. Whoever counts one and not the other leaves a fifth out,
 * or counts what was never burnt. Amounts tell which belongs to which: what a process burns, it was supplied with.
 */

import { exactSum } from '../exact-sum.ts'
import type { LineResult } from '../types.ts'
import { convert, dimensionOf, unitOf } from '../units.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'

/** Amounts of one fuel in other units differ by roundings, and by density or heating value as somebody rounded them. */
const tolerance = 0.01

/** Lines of one process in units of one dimension. */
interface Matched {
  readonly burnt: readonly LineResult[]
  readonly supplied: readonly LineResult[]
}

export const fuelRules: Readonly<Record<'fuel-supply-missing' | 'fuel-combustion-missing', Rule>> = {
  'fuel-supply-missing': ({ lines }) =>
    about('fuel-supply-missing', lines, (open) => (open.supplied.length === 0 ? open.burnt : [])),
  'fuel-combustion-missing': ({ lines }) =>
    about('fuel-combustion-missing', lines, (open) => (open.burnt.length === 0 ? open.supplied : [])),
}

function about(
  code: keyof typeof fuelRules,
  lines: readonly LineResult[],
  which: (open: Matched) => readonly LineResult[],
): readonly Found[] {
  const byProcess = Map.groupBy(lines, ({ process }) => process)
  const found = new Set([...byProcess.values()].flatMap((own) => which(openOf(own))))
  return aboutLines(
    code,
    lines.filter((line) => found.has(line)),
  )
}

/**
 * What is left of a process's fuels once amounts that meet are set aside, dimension by dimension. Where both sides are left, in units of
 * two dimensions, they are taken for each other: litres burnt and megajoules supplied.
 */
function openOf(lines: readonly LineResult[]): Matched {
  const fuels = lines.filter(({ category }) => category === 'fuel-combustion' || category === 'fuel-supply')
  const byDimension = Map.groupBy(fuels, ({ activity }) => dimensionOf(activity.unit))
  const open = [...byDimension.values()].map((same) => openIn(same, madeHere(lines)))
  return {
    burnt: open.flatMap(({ burnt }) => burnt),
    supplied: open.flatMap(({ supplied }) => supplied),
  }
}

/** Materials that processes of the system make: coal from a mine of the system is a supply of it. */
function madeHere(lines: readonly LineResult[]): readonly LineResult[] {
  return lines.filter(({ category, from }) => category === 'material' && from !== null)
}

function openIn(same: readonly LineResult[], made: readonly LineResult[]): Matched {
  const burnt = same.filter(({ category }) => category === 'fuel-combustion')
  const supplied = same.filter(({ category }) => category === 'fuel-supply')
  const [most, least] = [amountOf(burnt, burnt), amountOf(supplied, burnt)]
  const ownMade = burnt.length === 0 ? [] : made.filter((line) => isOf(line, burnt))
  const covered = exactSum([least, amountOf(ownMade, burnt)])
  return {
    burnt: most > covered * (1 + tolerance) ? burnt : [],
    supplied: least > most * (1 + tolerance) ? supplied : [],
  }
}

function isOf(line: LineResult, burnt: readonly LineResult[]): boolean {
  const first = burnt[0] as LineResult
  return dimensionOf(line.activity.unit) === dimensionOf(first.activity.unit)
}

/** Together, in the unit of the first of some lines of the same dimension. */
function amountOf(lines: readonly LineResult[], like: readonly LineResult[]): number {
  const unit = unitOf((like[0] ?? lines[0])?.activity.unit ?? 'kg').code
  return exactSum(lines.map(({ activity }) => convert(activity.amount, activity.unit, unit)))
}
