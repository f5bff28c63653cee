/** The Worker: reads its bindings once an isolate, opens Postgres and S3 for each request, and hands both to the app. */

import { openDatabase } from './db/client.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { writeRecord } from './records.ts'
import { sweep, workOn } from './schedule.ts'
import { makeS3Client, s3ObjectStore } from './storage/s3.ts'
import { s3FileStore } from './storage/s3-files.ts'
import { type Backends, makeFetch, objectCounts, storageOptions } from './wire.ts'

/** The part of Cloudflare Queues that a wake-up needs. */
interface Queue {
  send(body: WakeUp): Promise<unknown>
}

/** What a message says: look at this job. Postgres knows the rest. */
interface WakeUp {
  readonly job: string
}

interface Batch {
  readonly messages: readonly { readonly body: WakeUp; ack(): void }[]
}

function backendsOf(environment: Environment, queue: Queue | undefined): Backends {
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
    files: (cost) => s3FileStore(client, storage, objectCounts(cost)),
    // An installation without the binding lives by the schedule alone.
    wakeUps: queue && { send: async (job) => void (await queue.send({ job })) },
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
  const backends = backendsOf(environment, bindings.JOBS as Queue | undefined)
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

  /** Wake-ups (`[queues]` of wrangler.toml). One that fails is not repeated: the schedule finds the job again. */
  async queue({ messages }: Batch, bindings: Record<string, unknown>) {
    serving ??= serve(bindings)
    for (const message of messages) {
      const { job } = message.body
      await workOn(serving.environment, serving.backends, job).catch((thrown) =>
        writeRecord('error', 'job', { job, error: thrown }),
      )
      message.ack()
    }
  },
}
