/** Looks once an hour for deadlines that are near or past, and tells those whom they concern. */

import { documentRule, readScheme } from '../../certification/scheme.ts'
import type { SchemeTerms } from '../../ports/messages.ts'
import type { Ports } from '../../ports.ts'

const hourMilliseconds = 3_600_000

/** @returns how many messages that made; 0 where somebody has looked within the hour. */
export async function sweepDeadlines(ports: Pick<Ports, 'messages' | 'registry' | 'world'>): Promise<number> {
  const now = ports.world.now()
  const notSince = new Date(now.getTime() - hourMilliseconds)
  if (!(await ports.messages.takeTurn('deadlines', now, notSince))) return 0
  try {
    return await ports.messages.tellDeadlines(now, await schemeTerms(ports))
  } catch (thrown) {
    await ports.messages.giveTurnBack('deadlines', now)
    throw thrown
  }
}

/** Of every scheme version that sets a term. */
async function schemeTerms({ registry }: Pick<Ports, 'registry'>): Promise<SchemeTerms[]> {
  return (await registry.listSchemes()).flatMap(({ id: schemeId, version, body }) => {
    const scheme = readScheme(body)
    const surveillanceMonths = documentRule(scheme, 'certificate')?.surveillanceMonths ?? null
    const closeMajorDays = scheme.process?.closeMajorDays ?? null
    if (surveillanceMonths === null && closeMajorDays === null) return []
    return [{ schemeId, version, surveillanceMonths, closeMajorDays }]
  })
}
