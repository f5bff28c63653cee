/** The Worker: reads its bindings once an isolate, opens Postgres and S3 for each request, and hands both to the app. */

import { openDatabase } from './db/client.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { makeS3Client, s3ObjectStore } from './storage/s3.ts'
import { type Backends, makeFetch, objectCounts, storageOptions, sweep } from './wire.ts'

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
    objects: (cost) => s3ObjectStore(client, storage.buckets, objectCounts(cost)),
  }
}

/** What an isolate serves with: its bindings never change during its life. */
interface Serving {
  readonly environment: Environment
  readonly backends: Backends
  readonly fetch: ReturnType<typeof makeFetch>
}

let serving: Serving | undefined

function serve(bindings: Record<string, unknown>): Serving {
  const environment = readEnvironment(bindings)
  const backends = backendsOf(environment)
  return { environment, backends, fetch: makeFetch(environment, backends) }
}

export default {
  fetch(request: Request, bindings: Record<string, unknown>, context: unknown) {
    serving ??= serve(bindings)
    return serving.fetch(request, ...([bindings, context] as never[]))
  },

  /** Every minute (`[triggers]` of wrangler.toml). */
  async scheduled(_event: unknown, bindings: Record<string, unknown>) {
    serving ??= serve(bindings)
    await sweep(serving.environment, serving.backends)
  },
}
