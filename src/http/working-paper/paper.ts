/**
 * The working paper of an inventory: every figure of the result calculated once more by formulas, from the activity data, the
 * published factors and the warming potentials, and set beside the figure of the record. What a verifier changes in it moves
 * everything that hangs on it.
 */

import { Problem } from '../../problem.ts'
import { type Chain, chainsOf, placeChains } from './chains.ts'
import { factorRows, factorsSheet, gwpSheet } from './factors-sheet.ts'
import { gapsSheet } from './gaps-sheet.ts'
import { gasesSheet, gasRows } from './gases-sheet.ts'
import { linesSheet } from './lines-sheet.ts'
import { scope2Sheet } from './scope-2-sheet.ts'
import type { PaperSource } from './source.ts'
import { summarySheet } from './summary-sheet.ts'
import { type PaperLanguage, wordsOf } from './words.ts'
import type { Sheet } from './workbook.ts'
import { workingSheet } from './working-sheet.ts'

/** Rows of working: a line has one for each of its meters and parts, and that once more for each factor beside its own. */
const stepsMax = 100_000

/** The sheets of a working paper. @throws Problem `too-many-items` for more working than a spreadsheet is good for. */
export function workingPaper(source: PaperSource, language: PaperLanguage): readonly Sheet[] {
  const words = wordsOf(language)
  const chains = chainsOf(source)
  refuseTooManySteps(chains)
  const placed = placeChains(chains)
  const factors = factorRows(source)
  const scope2 = scope2Sheet(source, factors, words)
  const gases = gasRows(source, placed, factors, words)
  return [
    summarySheet(source, gases.length, words),
    linesSheet(source, placed, gases, words),
    workingSheet(placed, words),
    gasesSheet(gases, words),
    factorsSheet(factors, words),
    gwpSheet(source.gwpSet, words),
    ...(scope2 ? [scope2] : []),
    gapsSheet(source, words),
  ]
}

function refuseTooManySteps(chains: readonly Chain[]): void {
  const count = chains.reduce((sum, { way }) => sum + way.steps.length, 0)
  if (count <= stepsMax) return
  const detail = `A working paper holds at most ${stepsMax} operations, and this inventory's come to ${count}; the report as CSV holds every line.`
  throw new Problem('too-many-items', detail, { count, stepsMax })
}
