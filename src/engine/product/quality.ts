/** How good the data of a product are: the share that is primary, and the ratings, of the lines that PACT sums up and by what they weigh there. */

import { dataQualityOf } from '../inventory/data-quality.ts'
import { ownTable } from '../resolve.ts'
import type { CalculationResult, DataQualityResult, LineResult, PrimaryDataShare } from '../types.ts'
import { aboutLines, type Found } from './finding-rule.ts'
import { beforeGate } from './gate.ts'
import { primaryDataShareOf, weightOf } from './primary-data.ts'
import type { SolvedProduct } from './solve-product.ts'

/** @throws Problem `property-out-of-range` for a score that is none, pointing to it. */
export function qualityOf(
  solved: SolvedProduct,
  lines: readonly LineResult[],
): { readonly primaryDataShare: PrimaryDataShare; readonly dataQuality: DataQualityResult } {
  const counted = solved.input.boundary === 'gate-to-gate' ? lines : beforeGate(lines)
  const counts = new Set(counted)
  return {
    primaryDataShare: primaryDataShareOf(solved, counted),
    dataQuality: dataQualityOf(lines, (line) => (counts.has(line) ? weightOf(line) : 0)),
  }
}

/** A factor of a table is anyone's, and so is a default of a fuel. */
export function notSpecific({ lines }: CalculationResult): readonly Found[] {
  const doubtful = lines.filter(
    ({ dataSource, factor, working }) =>
      dataSource?.factor === 'primary' &&
      (factor ? factor.table !== ownTable : working.some(({ origin }) => origin === 'default')),
  )
  return aboutLines('primary-factor-not-specific', doubtful)
}
