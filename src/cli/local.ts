/** Ports for commands: the same adapters as the Node entry, over the environment's own database and buckets. */

import { makePool } from '../db/client-node.ts'
import type { Environment } from '../environment.ts'
import type { Ports } from '../ports.ts'
import { makeS3Client, s3ObjectStore } from '../storage/s3.ts'
import { openPorts, storageOptions } from '../wire.ts'

/** Runs a command with ports opened from the environment, and lets go of them after it. */
export async function withPorts<Result>(
  environment: Environment,
  act: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const pool = makePool(environment.DATABASE_URL, 1)
  const storage = storageOptions(environment)
  const objects = s3ObjectStore(makeS3Client(storage), storage.buckets, {
    onRead: () => {},
    onWrite: () => {},
  })
  const backends = {
    database: () => ({ db: pool.open(() => {}), close: async () => {} }),
    objects: () => objects,
  }
  try {
    return await act(openPorts(environment, backends).ports)
  } finally {
    await pool.close()
  }
}
