/** Ports for commands: the Node entry's adapters over the environment's own database and buckets. */

import type { Environment } from '../environment.ts'
import { nodeBackends } from '../node.ts'
import type { Ports } from '../ports.ts'
import { openPorts } from '../wire.ts'

/** Runs a command with ports opened from the environment, and lets go of them after it. */
export async function withPorts<Result>(
  environment: Environment,
  act: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const backends = nodeBackends(environment)
  try {
    return await act(openPorts(environment, backends).ports)
  } finally {
    await backends.close()
  }
}
