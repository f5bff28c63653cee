/** TO DO by the helper. */

import type { LineResult, UncertaintyResult } from '../types.ts'

export function uncertaintyOf(_lines: readonly LineResult[]): UncertaintyResult {
  return {
    method: 'error-propagation',
    confidence: '0.95',
    statedShare: 0,
    halfWidthKgCo2e: 0,
    percent: null,
  }
}
