/** The gate: what the standards of products sum up until there, and what comes after. */

import type { LifeCycleStage, LineResult } from '../types.ts'

/** The stages that lie before it. */
export const stagesBeforeGate: readonly LifeCycleStage[] = ['raw-material-acquisition', 'production']

/** The lines of processes before the gate. */
export function beforeGate(lines: readonly LineResult[]): readonly LineResult[] {
  return lines.filter(({ stage }) => stage !== null && stagesBeforeGate.includes(stage))
}
