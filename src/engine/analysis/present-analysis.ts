/** An analysis as it stands on the wire: every figure its shortest exact decimal text; what is counted stays a number. */

import { formatDecimal } from '../decimal.ts'
import type { Decimal } from '../types.ts'
import type { AnalysisResult } from './types.ts'

/** Members that count things, or number them. */
const counting: ReadonlySet<string> = new Set([
  ...['parent', 'depth', 'depthMax', 'nodesMax', 'count', 'counts', 'lines', 'inputs', 'of'],
  ...['draws', 'seed', 'sources', 'shared', 'signChanged'],
])

export function presentAnalysis(result: AnalysisResult): AnalysisResult<Decimal> {
  return presented(result, false) as AnalysisResult<Decimal>
}

function presented(value: unknown, isCount: boolean): unknown {
  if (typeof value === 'number') return isCount ? value : formatDecimal(value)
  if (Array.isArray(value)) return value.map((item) => presented(item, isCount && typeof item === 'number'))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, presented(member, counting.has(name))]),
  )
}
