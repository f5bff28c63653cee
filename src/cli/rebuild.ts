/** `egret rebuild`: writes everything public again, after a bucket was lost. Safe to run at any time; it changes no byte that stands. */

import { type Rebuilt, rebuildPublic, requireNoNewerLog } from '../actions/rebuild/rebuild-public.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { withPorts } from './local.ts'
import { publishBundled, publishEngine } from './set-up.ts'

/** Rebuilds the public bucket of the installation that the environment names. @throws Problem `log-inconsistent`. */
export function rebuildFrom(environment: Environment): Promise<Rebuilt> {
  return withPorts(environment, async (ports) => {
    await requireNoNewerLog(ports)
    await publishEngine(ports)
    await publishBundled(ports)
    return rebuildPublic(ports)
  })
}

/** @returns 0, or 1 where a document could not be written again. */
export async function rebuild(): Promise<number> {
  const { missing, ...written } = await rebuildFrom(readEnvironment(process.env))
  process.stdout.write(`${JSON.stringify(written)}\n`)
  for (const key of missing) process.stderr.write(`missing: ${key} (restore it from a copy of the bucket)\n`)
  return missing.length === 0 ? 0 : 1
}
