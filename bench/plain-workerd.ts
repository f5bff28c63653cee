/**
 * Plain workerd for load: the deployed bundle under `workerd serve`, without the development server in front, beside a bare
 * Hono handler in the same run. Requests per second mean something only as a ratio of the two.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../scripts/build.ts'
import { untilHealthy } from '../scripts/stack/worker.ts'

export interface ServedWorker {
  readonly url: string
  /** Milliseconds from starting the process to its first answer. */
  readonly firstAnswerMs: number
  /** Processor time of the process so far, milliseconds; null where the system does not tell (it is read from /proc). */
  cpuMs(): number | null
  /** The most memory that the process ever had resident, MB; null where the system does not tell. */
  peakMemoryMb(): number | null
  stop(): Promise<void>
}

const compatibility = /^compatibility_date = "(.+)"/m.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))

/** Serves one ES module as a Worker on 127.0.0.1, with text bindings. */
export async function serveWorker(
  script: string,
  port: number,
  bindings: Readonly<Record<string, string>>,
): Promise<ServedWorker> {
  const config = join(dirname(script), `${basename(script, '.js')}.capnp`)
  writeFileSync(config, capnp(script, port, bindings))
  const startedAt = performance.now()
  const child = spawn(workerdBinary(), ['serve', config], { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  try {
    await Promise.race([untilHealthy(url, 20), failed(child)])
  } catch (error) {
    child.kill('SIGTERM')
    throw error
  }
  const firstAnswerMs = performance.now() - startedAt
  return {
    url,
    firstAnswerMs,
    cpuMs: () => cpuMsOf(child.pid),
    peakMemoryMb: () => peakMemoryOf(child.pid),
    stop: () => end(child),
  }
}

/** A bare Hono handler that answers `body` everywhere: the yardstick. It takes in what is sent, as a server does that keeps its connection. */
export async function bareHono(folder: string, body: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const script = join(folder, 'bare.js')
  await build({
    stdin: {
      contents: `import { Hono } from 'hono'
        const body = ${JSON.stringify(body)}
        const headers = { 'content-type': 'application/json' }
        export default new Hono()
          .get('*', (c) => c.body(body, 200, headers))
          .post('*', async (c) => { await c.req.arrayBuffer(); return c.body(body, 200, headers) })`,
      resolveDir: root,
    },
    outfile: script,
    bundle: true,
    format: 'esm',
    target: 'es2022',
  })
  return script
}

function workerdBinary(): string {
  const require = createRequire(import.meta.url)
  return (require('workerd') as { default: string }).default
}

function capnp(script: string, port: number, bindings: Readonly<Record<string, string>>): string {
  const texts = Object.entries(bindings).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  )
  // The engine lies beside the bundle, as it is uploaded.
  const files = [basename(script), ...readdirSync(dirname(script)).filter((name) => name.endsWith('.mjs'))]
  const modules = files.map(
    (name) => `(name = ${JSON.stringify(name)}, esModule = embed ${JSON.stringify(name)})`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "${compatibility?.[1] ?? '2026-10-01'}",
  bindings = [${texts.join(', ')}],
);
`
}

/** Linux counts in ticks of 10 ms: fields 14 and 15 of `stat`, user and system. */
function cpuMsOf(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}

function peakMemoryOf(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1000)
  } catch {
    return null
  }
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`workerd ended with ${code} before it answered`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
