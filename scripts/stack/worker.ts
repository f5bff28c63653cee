/** Runs the Worker in workerd, from the `local` environment of wrangler.toml and nothing else. */

import { join } from 'node:path'
import { unstable_startWorker as startWorker } from 'wrangler'
import { root } from '../build.ts'

export interface RunningWorker {
  readonly url: string
  stop(): Promise<void>
}

export interface WorkerOptions {
  readonly port: number
  /** What only the running stack knows. */
  readonly variables: Readonly<Record<string, string>>
  /** Whether a changed source reloads it. */
  readonly watch: boolean
}

// Neither telemetry nor a look-up of this machine's place: the local stack talks to nobody outside.
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_LOG = 'error'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

/** Starts it on 127.0.0.1. */
export async function runWorker({ port, variables, watch }: WorkerOptions): Promise<RunningWorker> {
  const bindings = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, { type: 'plain_text' as const, value }]),
  )
  const worker = await startWorker({
    config: join(root, 'wrangler.toml'),
    env: 'local',
    bindings,
    dev: {
      server: { hostname: '127.0.0.1', port },
      inspector: false,
      persist: false,
      logLevel: 'none',
      structuredLogsHandler: ({ message }: { message: string }) => console.error(message),
      watch,
    },
  })
  await worker.ready
  const url = (await worker.url).origin
  const sweeping = setInterval(() => callSchedule(url), 60_000)
  const stop = () => {
    clearInterval(sweeping)
    return worker.dispose()
  }
  return { url, stop }
}

/** Runs what Cloudflare's schedule would run; a Worker that is restarting is met again a minute later. */
function callSchedule(url: string): void {
  fetch(`${url}/cdn-cgi/handler/scheduled`).catch(() => {})
}

/** Waits until `/health` answers. Throws after `seconds`. */
export async function untilHealthy(url: string, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const status = await fetch(`${url}/health`).then(
      (answer) => answer.status,
      (error: Error) => error.message,
    )
    if (status === 200) return
    if (Date.now() > until) throw new Error(`${url}/health did not answer 200 in ${seconds} s: ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
