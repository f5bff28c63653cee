/**
 * Builds what is not run from source: what browsers load, the engine as one module named by its digest, and (as
 * `npm run build`) the Worker itself, with its size.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { buildWeb } from './web.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))
const assets = join(root, 'dist/assets')

/** The engine as released: every pure room a certified figure depends on, in one module. */
const engineEntry = 'src/engine/index.ts'

export interface EngineBuild {
  readonly version: string
  /** `sha256:<hex>` of the module's bytes. */
  readonly digest: string
  readonly path: string
}

/** What browsers load, under `dist/assets`, which the Worker's assets binding and `node.ts` serve. */
export function buildAssets(): Promise<void> {
  return buildWeb(assets)
}

/** Builds the engine into `dist/engine/<hex>.mjs`: the same sources give the same bytes on every machine. */
export async function buildEngine(): Promise<EngineBuild> {
  const output = await build({
    absWorkingDir: root,
    entryPoints: [engineEntry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    legalComments: 'none',
  })
  const bytes = output.outputFiles[0]?.contents ?? new Uint8Array()
  const hex = createHash('sha256').update(bytes).digest('hex')
  const path = join(root, 'dist/engine', `${hex}.mjs`)
  mkdirSync(join(root, 'dist/engine'), { recursive: true })
  // In one step, because another run may be reading the module of the same name.
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, bytes)
  renameSync(fresh, path)
  const release = { version: packageVersion(), digest: `sha256:${hex}` }
  writeFileSync(`${fresh}.json`, `${JSON.stringify(release)}\n`)
  renameSync(`${fresh}.json`, join(root, 'dist/engine/release.json'))
  return { ...release, path }
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}

/** The variables that name the engine to an entry. */
export function engineEnvironment(engine: EngineBuild): Record<string, string> {
  return { ENGINE_VERSION: engine.version, ENGINE_DIGEST: engine.digest }
}

/** Bundles the Worker of an environment into `dist/worker/<name>` without deploying it. Exits where wrangler does. */
export function buildWorker(environment: 'local' | 'production'): string {
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
  return join(folder, 'worker.js')
}

async function main(): Promise<void> {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await buildAssets()
  const engine = await buildEngine()
  const worker = readFileSync(buildWorker('production'))
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`
  console.log(`assets  dist/assets`)
  console.log(`engine  ${engine.version}, ${engine.digest}`)
  console.log(`worker  ${kib(worker.length)}, ${kib(gzipSync(worker, { level: 9 }).length)} gzip`)
}

if (import.meta.main) await main()
