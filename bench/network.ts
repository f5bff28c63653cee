/**
 * `node bench/network.ts`: how fast networks of processes are solved, beside scipy on the same matrices, on one core, in one run.
 * Times are the processes' own (CPU), so that a busy machine does not move them.
 *
 * A time of Egret's is from triplets to the contribution of every process and the intensity of every product (a second solve, the
 * adjoint); of scipy's, from triplets to the contributions. `--limit=N` stops scipy after so many CPU seconds (600). scipy is Debian's
 * python3-scipy; without it Egret is measured alone. `series` sums s = f + B f + … with its sparse products, unchecked and one way only: where a
 * factorization gives no answer it is whom Egret's is held against. USEEIO is read from `EGRET_CASES` (../shared/cases).
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isFault, type Outcome, prepareNetwork } from '../src/engine/network/network.ts'
import { sparseMatrix } from '../src/engine/network/sparse-matrix.ts'
import { growthOf } from './growth.ts'
import { drawNetwork, type Network, normals, readUseeio } from './networks.ts'

const sizes = [100, 1_000, 5_000, 20_000]
const limitSeconds = Number(/--limit=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 600)
const draws = 1_000
const script = fileURLToPath(import.meta.url)
const python = '/usr/bin/python3'

interface Answer {
  readonly runs: Float64Array
  readonly contributions: Float64Array
  readonly intensities: Float64Array
}

/** Everything that is asked of a network, from its triplets. */
function answerOf({ size, triplets, demand, costs }: Network): Answer {
  const prepared = prepareNetwork(sparseMatrix(size, triplets))
  const runs = valuesOf(prepared.solve(demand))
  const intensities = valuesOf(prepared.solveAdjoint(costs))
  return { runs, contributions: runs.map((times, node) => times * (costs[node] as number)), intensities }
}

function valuesOf(outcome: Outcome): Float64Array {
  if (isFault(outcome)) throw new Error(`${outcome.fault}: ${outcome.nodes.join(', ')}`)
  return outcome.values
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of the first round, in which nothing is compiled yet, and on average over a second of rounds after ten. */
function timed(act: () => unknown): { readonly mean: number; readonly first: number } {
  const first = lasting(0, act)
  for (let warming = 0; warming < 10; warming++) act()
  return { first, mean: lasting(1000, act) }
}

/** Milliseconds a round, over at least so many. */
function lasting(milliseconds: number, act: () => unknown): number {
  const started = cpuMs()
  let rounds = 0
  do {
    act()
    rounds++
  } while (cpuMs() - started < milliseconds)
  return (cpuMs() - started) / rounds
}

const stopped = 'stopped'

type Other = { readonly seconds: number; readonly runs: Float64Array } | string

/** scipy's answer, or why there is none. */
function otherAnswer(method: string, matrix: string, folder: string): Other {
  const answered = join(folder, `${method}.f64`)
  const given = [join(script, '../network.py'), method, matrix, answered, String(limitSeconds)]
  const run = spawnSync(python, given, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  if (run.signal !== null) return stopped
  if (run.status !== 0) return `failed: ${run.stderr.trim().split('\n').at(-1)}`
  const { seconds } = JSON.parse(run.stdout) as { readonly seconds: number }
  return { seconds, runs: new Float64Array(new Uint8Array(readFileSync(answered)).buffer) }
}

function writeMatrix(path: string, { size, triplets, demand, costs }: Network): void {
  const { rows, columns, values } = triplets
  const parts = [[size, rows.length], rows, columns, values, demand, costs].map(
    (part) => new Uint8Array(Float64Array.from(part).buffer),
  )
  writeFileSync(path, Buffer.concat(parts))
}

/** How far two answers are apart: their scores, and the contribution that differs most, in parts of the score and of itself. */
function apart(answer: Answer, runs: Float64Array, { costs }: Network): string {
  const other = runs.map((times, node) => times * (costs[node] as number))
  const [mine, theirs] = [sum(answer.contributions), sum(other)]
  const differences = answer.contributions.map((value, node) => Math.abs(value - (other[node] as number)))
  const relative = differences.map((value, node) => value / (Math.abs(other[node] as number) || 1))
  const parts = [
    Math.abs(mine / theirs - 1),
    Math.max(...differences) / Math.abs(theirs),
    Math.max(...relative),
  ]
  const agrees = parts.every((part) => part <= 1e-9) ? '' : ' NO AGREEMENT'
  return parts.map((part) => part.toExponential(0)).join(', ') + agrees
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function measure(name: string, network: Network, methods: readonly string[], folder: string): number {
  const { mean, first } = timed(() => answerOf(network))
  const answer = answerOf(network)
  const matrix = join(folder, 'matrix.f64')
  writeMatrix(matrix, network)
  const cells = methods.map((method) => {
    const other = otherAnswer(method, matrix, folder)
    if (other === stopped)
      return `${method}: stopped after ${limitSeconds} s, more than ${Math.floor((limitSeconds * 1000) / mean)} ×`
    if (typeof other === 'string') return `${method}: ${other}`
    const ratio = (other.seconds * 1000) / mean
    return `${method}: ${(other.seconds * 1000).toFixed(1)} ms, ${ratio.toFixed(1)} ×, apart ${apart(answer, other.runs, network)}`
  })
  const entries = network.triplets.rows.length
  console.log(
    `| ${name} | ${entries} | ${mean.toFixed(1)} | ${first.toFixed(1)} | ${cells.join(' · ') || '–'} |`,
  )
  return mean
}

/** The same network with other numbers, a thousand times: drawn, put in, solved, summed. */
function monteCarlo(): void {
  const network = drawNetwork(1_000, 1)
  const needs = sparseMatrix(network.size, network.triplets)
  const prepared = prepareNetwork(needs)
  const next = normals(7)
  let drawing = 0
  const scores = new Float64Array(draws)
  const started = cpuMs()
  for (let draw = 0; draw < draws; draw++) {
    const begun = cpuMs()
    const values = needs.values.map((value) => value * Math.exp(0.2 * next()))
    drawing += cpuMs() - begun
    const runs = valuesOf(prepared.withValues(values).solve(network.demand))
    scores[draw] = sum(runs.map((times, node) => times * (network.costs[node] as number)))
  }
  const all = cpuMs() - started
  const mean = sum(scores) / draws
  const deviation = Math.sqrt(sum(scores.map((score) => (score - mean) ** 2)) / (draws - 1))
  console.log(
    `\n${draws} draws of 1000 processes, ${needs.values.length} lognormal values each: ${(all / 1000).toFixed(2)} s, ${(drawing / 1000).toFixed(2)} s of it drawing; score ${mean.toPrecision(6)} ± ${deviation.toPrecision(3)}`,
  )
}

/** In a process of its own: what solving 20,000 processes adds to it. */
function memory(): void {
  const network = drawNetwork(20_000, 1)
  globalThis.gc?.()
  const before = process.memoryUsage()
  const prepared = prepareNetwork(sparseMatrix(network.size, network.triplets))
  const answers = [prepared.solve(network.demand), prepared.solveAdjoint(network.costs)].map(valuesOf)
  const arrays = process.memoryUsage().arrayBuffers - before.arrayBuffers
  globalThis.gc?.()
  const kept = process.memoryUsage().arrayBuffers - before.arrayBuffers
  const peak = process.resourceUsage().maxRSS * 1024 - before.rss
  const mebibytes = [peak, arrays, kept].map((bytes) => (bytes / 2 ** 20).toFixed(0))
  console.log(
    `${network.size} processes, solved both ways: ${mebibytes[0]} MiB above what the process had with the triplets in it; typed arrays ${mebibytes[1]} MiB, ${mebibytes[2]} MiB of them kept (${answers.length} answers)`,
  )
}

function scipyThere(): boolean {
  const versions = "import numpy, scipy.sparse; print('scipy', scipy.__version__, 'numpy', numpy.__version__)"
  const { status, stdout } = spawnSync(python, ['-c', versions], { encoding: 'utf8' })
  if (status === 0) console.log(`${stdout.trim()}, Node ${process.version}\n`)
  if (status === 0) return true
  console.log(`scipy is not there (${python}; Debian: python3-scipy): Egret alone.\n`)
  return false
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'egret-network-'))
  const there = scipyThere()
  const methods = there ? ['spsolve', 'splu', 'series'] : []
  console.log(
    '| network | exchanges | Egret, ms | its first, ms | scipy: time, ratio to Egret, apart in score, contributions by score, each by itself |\n|---|---|---|---|---|',
  )
  const times = sizes.map((size) => measure(`${size} processes`, drawNetwork(size, 1), methods, folder))
  const useeio = readUseeio()
  if (useeio) measure('USEEIO, 411 sectors', useeio, methods, folder)
  else console.log('\nUSEEIO is not there (EGRET_CASES).')
  console.log(`\nTime grows as n^${growthOf(sizes, times).toFixed(2)} from 100 to 20,000 processes.`)
  monteCarlo()
  rmSync(folder, { recursive: true, force: true })
}

/** Everything on one core, the other side too. */
function onOneCore(mode: string): void {
  const pinned = existsSync('/usr/bin/taskset') ? ['taskset', '-c', '0'] : []
  if (pinned.length === 0) console.log('taskset is not there: not bound to one core.')
  const command = [...pinned, process.execPath, '--expose-gc', script, mode, ...process.argv.slice(2)]
  const { status } = spawnSync(command[0] as string, command.slice(1), { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (process.argv[2] === '--times') main()
else if (process.argv[2] === '--memory') memory()
else for (const mode of ['--times', '--memory']) onOneCore(mode)
