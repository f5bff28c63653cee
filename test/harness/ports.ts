/** Ports of the installation under test, for what HTTP cannot do: publishing tables of a test's own, and looking at rows. */

import { inject } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { type Environment, readEnvironment } from '../../src/environment.ts'
import type { OpenPorts } from '../../src/http/context.ts'
import { makeS3Client, s3ObjectStore } from '../../src/storage/s3.ts'
import { s3FileStore } from '../../src/storage/s3-files.ts'
import { type Backends, objectCounts, openPorts, storageOptions } from '../../src/wire.ts'

/** The environment under test, and backends over it; nobody is woken by them. */
export function installation(): { readonly environment: Environment; readonly backends: Backends } {
  const environment = readEnvironment(inject('environment'))
  const storage = storageOptions(environment)
  const client = makeS3Client(storage)
  const backends: Backends = {
    database: (cost) =>
      openDatabase({
        url: environment.DATABASE_URL,
        webSocketProxy: environment.NEON_WS_PROXY,
        onRoundTrip: () => {
          cost.roundTrips += 1
        },
      }),
    objects: (cost) => s3ObjectStore(client, storage.buckets, objectCounts(cost)),
    files: (cost) => s3FileStore(client, storage, objectCounts(cost)),
  }
  return { environment, backends }
}

/** Ports as a request has them; close them. */
export function openTestPorts(): OpenPorts {
  const { environment, backends } = installation()
  return openPorts(environment, backends)
}
