/** Builds what is not run from source: what browsers load, the engine (`engine.ts`), and the Worker itself, with its size. */

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildEngine, type EngineBuild } from './engine.ts'
import { buildWeb } from './web.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))
const assets = join(root, 'dist/assets')

/** What browsers load, under `dist/assets`, which the Worker's assets binding and `node.ts` serve. */
export function buildAssets(): Promise<void> {
  return buildWeb(assets)
}

/**
 * Bundles the Worker of an environment into `dist/worker/<name>` without deploying it. Exits where wrangler does.
 *
 * @throws Error `engine-digest-mismatch` where what would be uploaded does not hold the engine's module as it was built.
 */
export function buildWorker(environment: 'local' | 'production', engine: EngineBuild): string {
  const folder = join(root, 'dist/worker', environment)
  const args = ['deploy', '--dry-run', '--outdir', folder, '--env', environment]
  const run = spawnSync('wrangler', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`)
    process.exit(1)
  }
  requireEngine(folder, engine)
  return join(folder, 'worker.js')
}

function requireEngine(folder: string, { path, digest }: EngineBuild): void {
  const module = basename(path)
  const claimed = readFileSync(join(folder, 'worker.js'), 'utf8').includes(`/${module}`)
  const isBuilt = claimed && readFileSync(path).equals(readFileSync(join(folder, module)))
  if (!isBuilt)
    throw new Error(`engine-digest-mismatch: ${folder} does not import the engine ${digest} as it was built`)
}

async function main(): Promise<void> {
  for (const folder of ['assets', 'worker'])
    rmSync(join(root, 'dist', folder), { recursive: true, force: true })
  await buildAssets()
  const engine = await buildEngine()
  const worker = Buffer.concat([readFileSync(buildWorker('production', engine)), readFileSync(engine.path)])
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`
  console.log(`assets  dist/assets`)
  console.log(`engine  ${engine.version}, ${engine.digest}`)
  console.log(
    `worker  with its engine ${kib(worker.length)}, ${kib(gzipSync(worker, { level: 9 }).length)} gzip`,
  )
}

if (import.meta.main) await main()
