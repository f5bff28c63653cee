/**
 * How good the data of a footprint are: five scores a line by the pedigree matrix (Weidema and Wesnæs 1996), and their means,
 * weighted by what the lines weigh. Whoever rated nothing is told so, and not given a middling score.
 */

import { Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { at, atLine, Refusals } from '../refusals.ts'
import type { DataQuality, DataQualityIndicator, DataQualityResult, LineResult } from '../types.ts'
import { dataQualityIndicators } from './types.ts'

/**
 * The ratings of lines. A line shown apart, or of which nothing counts, weighs nothing here either.
 *
 * @param weighed what a line weighs; |kg CO2e| where nothing is said.
 * @throws Problem `property-out-of-range` for a score that is not 1, 2, 3, 4 or 5, pointing to it.
 */
export function dataQualityOf(
  lines: readonly LineResult[],
  weighed: (line: LineResult) => number = ({ kgCo2e }) => Math.abs(kgCo2e),
): DataQualityResult {
  checkScores(lines)
  const rated = lines.filter(({ dataQuality }) => dataQuality !== undefined)
  const [whole, weight] = [exactSum(lines.map(weighed)), exactSum(rated.map(weighed))]
  return {
    ratedShare: whole === 0 ? null : over(weight, whole),
    ratings: weight === 0 ? null : ratingsOf(rated, weight, weighed),
  }
}

function checkScores(lines: readonly LineResult[]): void {
  const refusals = new Refusals()
  for (const [index, line] of lines.entries()) {
    if (line.dataQuality === undefined || refusals.full) continue
    for (const indicator of dataQualityIndicators) {
      const score = line.dataQuality[indicator]
      refusals.attempt(() =>
        atLine(index, line, () => at(`/dataQuality/${indicator}`, () => checkScore(score))),
      )
    }
  }
  refusals.throwIfAny()
}

function checkScore(score: number): void {
  if (Number.isInteger(score) && score >= 1 && score <= 5) return
  const detail =
    'A pedigree score is a whole number from 1 (best) to 5; leave out the ratings of a line that has none.'
  throw new Problem('property-out-of-range', detail, { given: score })
}

function ratingsOf(
  rated: readonly LineResult[],
  weight: number,
  weighed: (line: LineResult) => number,
): DataQualityResult['ratings'] {
  const mean = (indicator: DataQualityIndicator) =>
    over(exactSum(rated.map((line) => weighed(line) * scoreOf(line, indicator))), weight)
  return Object.fromEntries(dataQualityIndicators.map((indicator) => [indicator, mean(indicator)])) as Record<
    DataQualityIndicator,
    number
  >
}

function scoreOf({ dataQuality }: LineResult, indicator: DataQualityIndicator): number {
  return (dataQuality as DataQuality)[indicator]
}

/**
 * Scores written as life cycle databases write them: `(2,3,4,3,2)`, in the order of {@link dataQualityIndicators}.
 *
 * Software reads `-`, `na` or nothing as the best score, and takes a sixth number for the size of the sample. The first would make
 * a gap the best there is; the second is none of the five (ecoinvent 3 has no sixth). Both are refused.
 *
 * @throws Problem `invalid-request` saying what it cannot read.
 */
export function readPedigree(text: string): DataQuality {
  const inside = /^\s*\(([^()]*)\)\s*$/.exec(text)?.[1]
  if (inside === undefined) {
    throw unreadable('is written "(2,3,4,3,2)", with nothing before or after it', text)
  }
  const cells = inside.split(',').map((cell) => cell.trim())
  const gap = cells.findIndex((cell) => cell === '' || /^(?:-|n\/?a)$/i.test(cell))
  const gapName = dataQualityIndicators[gap]
  if (gapName !== undefined)
    throw unreadable(`does not say the score of "${gapName}"; a gap is no best score`, text)
  if (cells.length !== dataQualityIndicators.length) {
    throw unreadable(
      `has the five scores of ${dataQualityIndicators.join(', ')}; this one has ${cells.length}`,
      text,
    )
  }
  const wrong = cells.findIndex((cell) => !/^[1-5]$/.test(cell))
  if (wrong >= 0)
    throw unreadable(`has whole numbers from 1 to 5; "${cells[wrong]?.slice(0, 20)}" is none`, text)
  return Object.fromEntries(
    dataQualityIndicators.map((indicator, place) => [indicator, Number(cells[place])]),
  ) as unknown as DataQuality
}

function unreadable(fault: string, text: string): Problem {
  return new Problem('invalid-request', `A pedigree ${fault}.`, { given: text.slice(0, 64) })
}
