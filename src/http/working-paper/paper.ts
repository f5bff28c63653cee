/**
 * The working paper of an inventory: every figure of the result calculated once more by formulas, from the activity data, the
 * published factors and the warming potentials, and set beside the figure of the record. What a verifier changes in it moves
 * everything that hangs on it.
 */

import { Problem } from '../../problem.ts'
import { chainsOf, placeChains } from './chains.ts'
import { factorRows, factorsSheet } from './factors-sheet.ts'
import { gapsSheet } from './gaps-sheet.ts'
import { gasesSheet, gasRows } from './gases-sheet.ts'
import { gwpSheet } from './gwp-sheet.ts'
import { linesSheet } from './lines-sheet.ts'
import { scope2Sheet } from './scope-2-sheet.ts'
import type { PaperSource } from './source.ts'
import { summaryRows } from './summary-rows.ts'
import { summarySheet } from './summary-sheet.ts'
import { type PaperLanguage, wordsOf } from './words.ts'
import type { Sheet } from './workbook.ts'
import { workingSheet } from './working-sheet.ts'

/** Operations of a paper: a line may have some dozens, and a sheet ends where nobody would look any more. */
const operationsMax = 100_000

/** The sheets of a working paper. @throws Problem `too-many-items`. */
export function workingPaper(source: PaperSource, language: PaperLanguage): readonly Sheet[] {
  const words = wordsOf(language)
  const chains = chainsOf(source)
  refuseTooMany(chains.reduce((sum, { way }) => sum + way.steps.length, 0))
  const placed = placeChains(chains)
  const factors = factorRows(source)
  const scope2 = scope2Sheet(source, factors, words)
  const gases = gasRows(source, placed, factors, words)
  return [
    summarySheet(source, summaryRows({ source, gasCount: gases.length, scope2, words }), words),
    linesSheet(source, placed, gases, words),
    workingSheet(placed, words),
    gasesSheet(gases, source, words),
    factorsSheet(factors, words),
    gwpSheet(source.gwpSet, words),
    ...(scope2 ? [scope2] : []),
    gapsSheet(source, words),
  ]
}

/** @throws Problem `too-many-items` for more operations than anybody would look at. */
export function refuseTooMany(count: number): void {
  if (count <= operationsMax) return
  const detail = `The working of this footprint has ${count} operations, and a working paper holds at most ${operationsMax}; the report as CSV holds every line.`
  throw new Problem('too-many-items', detail, { count, operationsMax })
}
