/**
 * What pedigree scores suggest about uncertainty. Informative only: `exp` and `log` are not the same bits on every engine, and a
 * spread that a matrix suggests is nobody's statement about this datum. So nothing here is part of a result, and a line with scores but
 * without an uncertainty stays one that states none; reports may show these beside it, named as indicative.
 */

import { Problem } from '../../problem.ts'
import { type DataQuality, type DataQualityIndicator, dataQualityIndicators } from './types.ts'

type Scores = readonly [number, number, number, number, number]

/** Factors of the squared geometric standard deviation, by score 1 to 5 (published with brightway's pedigree_matrix, BSD-3-Clause). */
const spreadFactors: Readonly<Record<DataQualityIndicator, Scores>> = {
  reliability: [1, 1.54, 1.61, 1.69, 1.69],
  completeness: [1, 1.03, 1.04, 1.08, 1.08],
  temporal: [1, 1.03, 1.1, 1.19, 1.29],
  geographical: [1, 1.04, 1.08, 1.11, 1.11],
  technological: [1, 1.18, 1.65, 2.08, 2.8],
}

/**
 * The squared geometric standard deviation that scores suggest: 95 % of a lognormal lies between the value ÷ it and the value × it.
 *
 * @param basicUncertainty the squared geometric standard deviation of a perfectly known datum of this kind, at least 1; nobody's
 *   default: 1.05 for combustion CO2, more for other things.
 * @throws Problem `property-out-of-range`.
 */
export function indicativeSpread(quality: DataQuality, basicUncertainty: number): number {
  if (!(basicUncertainty >= 1 && Number.isFinite(basicUncertainty))) {
    throw new Problem(
      'property-out-of-range',
      'A basic uncertainty is a squared geometric standard deviation: 1 or more.',
    )
  }
  const factors = dataQualityIndicators.map((indicator) => spreadFactors[indicator][quality[indicator] - 1])
  if (factors.includes(undefined)) {
    throw new Problem('property-out-of-range', 'A pedigree score is a whole number from 1 (best) to 5.')
  }
  const squares = [...(factors as number[]), basicUncertainty].map(
    (factor) => Math.log(factor) * Math.log(factor),
  )
  return Math.exp(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)))
}

/** The squared geometric standard deviation of a variance of the logarithm, as databases state added variances. */
export function spreadOfLogVariance(variance: number): number {
  if (!(variance >= 0)) throw new Problem('property-out-of-range', 'A variance is not less than 0.')
  return Math.exp(2 * Math.sqrt(variance))
}
