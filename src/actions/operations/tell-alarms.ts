/** Tells the operator of every value above its threshold: whoever reads only the log misses none. */

import type { SweepOutcome } from '../../ports/measures.ts'
import type { Ports } from '../../ports.ts'
import { alarmsIn } from './measures.ts'
import { measure } from './read-measures.ts'

/** Keeps how the parts of the schedule ended, then tells alarms. @returns how many. */
export async function tellAlarms(
  ports: Pick<Ports, 'measures' | 'notices' | 'settings' | 'witnesses' | 'world'>,
  outcomes: readonly SweepOutcome[],
): Promise<number> {
  await ports.measures.keepSweeps(outcomes, ports.world.now())
  const { measured, context } = await measure(ports)
  const alarms = alarmsIn(measured, context)
  for (const { measure: of, sample, above } of alarms) {
    const labelled = sample.label === undefined ? {} : { [sample.label.name]: sample.label.value }
    // JSON has no infinity.
    const value = sample.value === Number.POSITIVE_INFINITY ? 'never' : sample.value
    ports.notices.tell('error', 'alarm', { measure: of.name, ...labelled, value, above })
  }
  return alarms.length
}
