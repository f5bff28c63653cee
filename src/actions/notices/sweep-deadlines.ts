/** Looks once an hour for deadlines that are near or past, and tells those whom they concern. */

import { documentRule, readScheme } from '../../certification/scheme.ts'
import type { SurveillanceInterval } from '../../ports/messages.ts'
import type { Ports } from '../../ports.ts'

const hourMilliseconds = 3_600_000

/** @returns how many messages that made; 0 where somebody has looked within the hour. */
export async function sweepDeadlines(ports: Pick<Ports, 'messages' | 'registry' | 'world'>): Promise<number> {
  const now = ports.world.now()
  const notSince = new Date(now.getTime() - hourMilliseconds)
  if (!(await ports.messages.takeTurn('deadlines', now, notSince))) return 0
  return ports.messages.tellDeadlines(now, await intervals(ports))
}

/** Of every scheme version that asks for surveillance of certificates. */
async function intervals({ registry }: Pick<Ports, 'registry'>): Promise<SurveillanceInterval[]> {
  return (await registry.listSchemes()).flatMap(({ id: schemeId, version, body }) => {
    const months = documentRule(readScheme(body), 'certificate')?.surveillanceMonths
    return months === undefined ? [] : [{ schemeId, version, months }]
  })
}
