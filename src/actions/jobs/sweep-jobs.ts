/**
 * Takes up what no wake-up reached: jobs never begun, let go of, or left behind; and removes results that nobody can read any
 * more. Run by the schedule; harmless at any time.
 */

import { resultDays } from '../../ports/jobs.ts'
import type { Ports } from '../../ports.ts'

const batch = 50

/** @returns how many jobs were due. */
export async function sweepJobs(
  { jobs, world }: Pick<Ports, 'jobs' | 'world'>,
  takeUp: (jobId: string) => Promise<void>,
): Promise<number> {
  const due = await jobs.listDue(world.now(), batch)
  for (const id of due) await takeUp(id)
  return due.length
}

/** Jobs whose steps one sweep removes: each may have many. */
const removedAtOnce = 10

/** A day after the last one who could read a result. @returns of how many jobs the steps were removed. */
export function removeOldSteps({ jobs, world }: Pick<Ports, 'jobs' | 'world'>): Promise<number> {
  const now = world.now()
  const endedBefore = new Date(now.getTime() - (resultDays + 1) * 86_400_000)
  return jobs.removeSteps(endedBefore, now, removedAtOnce)
}
