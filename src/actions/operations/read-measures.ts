/** Measures the installation now. */

import type { Measured } from '../../ports/measures.ts'
import type { Actor, Ports } from '../../ports.ts'
import { requireOperator } from '../parties/permission.ts'
import type { MeasureContext } from './measures.ts'

export interface Measuring {
  readonly measured: Measured
  readonly context: MeasureContext
}

type Measurer = Pick<Ports, 'measures' | 'settings' | 'witnesses' | 'world'>

/** For the operator's clients. @throws Problem `role-required`. */
export function readMeasures(ports: Measurer, actor: Actor): Promise<Measuring> {
  requireOperator(actor)
  return measure(ports)
}

/** For the schedule itself. */
export async function measure(ports: Measurer): Promise<Measuring> {
  const now = ports.world.now()
  const witnessNames = ports.witnesses.witnesses.map(({ name }) => name)
  const context = { now, statusSeconds: ports.settings.statusSeconds, witnessNames }
  return { measured: await ports.measures.read(now), context }
}
