/**
 * The engine as one ES module named by its digest, which the Worker and Node import unbundled: the digest in a record is that of
 * the code that ran. As a command: builds it; `--check` refuses other bytes under a released version, and a Worker that holds a
 * second engine; `--release` writes the version into engine/released.json, for ever.
 */

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'dist/engine')
const releasedPath = join(root, 'engine/released.json')

/** The engine's front door: every pure room that a certified figure depends on hangs on it. */
const entry = 'src/engine/index.ts'
/** What decides a figure, and must be in a Worker once: inside the engine's module. */
const deciding = [
  'src/engine/inventory.ts',
  'src/engine/product/calculate-product.ts',
  'src/engine/present.ts',
  'src/engine/analysis/analyze-product.ts',
]

export interface EngineBuild {
  readonly version: string
  /** `sha256:<hex>` of the module's bytes. */
  readonly digest: string
  readonly path: string
}

/** Versions that were released, with the digest of each one's module. */
export type Released = Readonly<Record<string, string>>

/**
 * Builds the engine into `dist/engine/<hex>.mjs`, and `dist/engine/index.js`, which `#engine` is: it hands on that module with its
 * name. The same sources give the same bytes on every machine.
 */
export async function buildEngine(): Promise<EngineBuild> {
  const bytes = await engineBytes()
  const hex = createHash('sha256').update(bytes).digest('hex')
  const release = { version: packageVersion(), digest: `sha256:${hex}` }
  mkdirSync(folder, { recursive: true })
  writeWhole(`${hex}.mjs`, bytes)
  writeWhole('index.js', frontOf(hex, release))
  for (const name of readdirSync(folder)) {
    if (/\.mjs$/.test(name) && name !== `${hex}.mjs`) rmSync(join(folder, name), { force: true })
  }
  return { ...release, path: join(folder, `${hex}.mjs`) }
}

async function engineBytes(): Promise<Uint8Array> {
  const output = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    legalComments: 'none',
  })
  return output.outputFiles[0]?.contents ?? new Uint8Array()
}

function frontOf(hex: string, { version, digest }: Omit<EngineBuild, 'path'>): string {
  return `export * from './${hex}.mjs'\nexport const engineRelease = { version: '${version}', digest: '${digest}' }\n`
}

/** In one step, because another run may be reading the file of the same name. */
function writeWhole(name: string, contents: Uint8Array | string): void {
  const fresh = join(folder, `${name}.${process.pid}`)
  writeFileSync(fresh, contents)
  renameSync(fresh, join(folder, name))
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}

/** What stands against this engine under its version; null where it is the released one, or none is yet. */
export function releaseFault(
  released: Released,
  { version, digest }: Omit<EngineBuild, 'path'>,
): string | null {
  const standing = released[version]
  if (standing === undefined || standing === digest) return null
  return `engine ${version} is released as ${standing}, and these sources give ${digest}: a released engine never changes; raise the version in package.json`
}

/** The list with this engine in it. @throws Error where its version is released with other bytes. */
export function withRelease(released: Released, engine: Omit<EngineBuild, 'path'>): Released {
  const fault = releaseFault(released, engine)
  if (fault !== null) throw new Error(fault)
  return { ...released, [engine.version]: engine.digest }
}

/** Sources of the engine that decide a figure and would come into the Worker a second time, beside its module. */
export async function secondEngine(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/worker.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['#engine', 'cloudflare:*'],
    outdir: join(root, 'dist'),
  })
  const held = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return deciding.filter((path) =>
    held.some(([name, { bytesInOutput }]) => name === path && bytesInOutput > 0),
  )
}

function readReleased(): Released {
  return JSON.parse(readFileSync(releasedPath, 'utf8')) as Released
}

async function check(engine: EngineBuild): Promise<void> {
  const fault = releaseFault(readReleased(), engine)
  const second = (await secondEngine()).map(
    (path) => `the Worker holds ${path} beside the engine's module: import it from #engine`,
  )
  const faults = [...(fault === null ? [] : [fault]), ...second]
  for (const line of faults) console.error(line)
  if (faults.length > 0) process.exit(1)
}

async function main(options: readonly string[]): Promise<void> {
  const engine = await buildEngine()
  if (options.includes('--check')) await check(engine)
  if (options.includes('--release')) {
    writeFileSync(releasedPath, `${JSON.stringify(withRelease(readReleased(), engine), null, 2)}\n`)
  }
  console.log(`engine ${engine.version}, ${engine.digest}`)
}

if (import.meta.main) await main(process.argv.slice(2))
