/** Takes up what no wake-up reached: jobs never begun, let go of, or left behind. Run by the schedule; harmless at any time. */

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
