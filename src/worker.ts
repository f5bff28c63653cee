/** The Worker: reads its bindings once an isolate, opens Postgres and S3 for each request, and hands both to the app. */

import { openDatabase } from './db/client.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { makeS3Client, s3ObjectStore } from './storage/s3.ts'
import { type Backends, makeFetch, storageOptions } from './wire.ts'

type Fetch = ReturnType<typeof makeFetch>

function backendsOf(environment: Environment): Backends {
  const storage = storageOptions(environment)
  const client = makeS3Client(storage)
  return {
    database: (cost) =>
      openDatabase({
        url: environment.DATABASE_URL,
        webSocketProxy: environment.NEON_WS_PROXY,
        onRoundTrip: () => {
          cost.roundTrips += 1
        },
      }),
    objects: (cost) =>
      s3ObjectStore(client, storage.buckets, {
        onRead: () => {
          cost.objectReads += 1
        },
        onWrite: () => {
          cost.objectWrites += 1
        },
      }),
  }
}

/** One app an isolate: its bindings never change during its life. */
let serving: Fetch | undefined

function serve(bindings: Record<string, unknown>): Fetch {
  const environment = readEnvironment(bindings)
  return makeFetch(environment, backendsOf(environment))
}

export default {
  fetch(request: Request, bindings: Record<string, unknown>, context: unknown) {
    serving ??= serve(bindings)
    return serving(request, ...([bindings, context] as never[]))
  },
}
