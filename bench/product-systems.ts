/**
 * `node bench/product-systems.ts`: product systems through the engine, from lines as they are sent to the result, on the networks of
 * `bench/network.ts`: each process takes of twelve others and has one line with a factor. Once each process makes one product, once three,
 * the burden shared by mass, price, a property and subdivision in turn. Milliseconds are the process's own (CPU): of the third round, and
 * of the first, in which nothing is compiled yet.
 *
 * `--sizes=100,1000` (100 to 20,000), `--only=one`, `--only=three`.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../scripts/build.ts'
import { calculateProduct } from '../src/engine/product/calculate-product.ts'
import { solveProduct } from '../src/engine/product/solve-product.ts'
import type {
  ActivityLine,
  CalculationContext,
  EmissionFactor,
  Process,
  ProductInput,
} from '../src/engine/types.ts'
import { gwpSetFolders, readGwpSet } from '../src/factors/files.ts'
import { parseGwpSet } from '../src/tables/parse.ts'
import { growthOf } from './growth.ts'
import { drawNetwork } from './networks.ts'

const argument = (name: string) => new RegExp(`--${name}=(\\S+)`).exec(process.argv.join(' '))?.[1]
const sizes = (argument('sizes') ?? '100,1000,5000,20000').split(',').map(Number)
const script = fileURLToPath(import.meta.url)

const factor: EmissionFactor = {
  ...{ id: 'own', name: { en: 'Own', zh: null }, category: 'material', family: 'cradle-to-gate' },
  ...{ region: 'CN', year: 2024, unit: 'kg', flows: [{ kind: 'fossil', gas: 'CO2', kg: '1.5' }] },
  ...{ gwpBasis: 'gas-masses', statedCo2eKg: null, gasesNotCovered: [], includesTransmission: false },
  ...{ fossilFugitiveMethane: false, confirmation: 'primary', source: { id: 'bench', locator: 'here' } },
  notes: null,
}

function contextOf(): CalculationContext {
  const folders = gwpSetFolders(join(root, 'emission-factors'))
  const sets = folders.map(({ path }) => parseGwpSet(readGwpSet(path)).set)
  return { tables: [], gwpSet: sets.find(({ id }) => id === 'ipcc-ar6') as (typeof sets)[number] }
}

const kg = (amount: string) => ({ amount, unit: 'kg' })
const idOf = (node: number) => `process ${node}`

/** How three products are shared by; the first is the main one. */
const ways: readonly Pick<Process, 'allocation'>[] = [
  { allocation: { by: 'mass' } },
  { allocation: { by: 'economic-value', justification: 'Prices drive what is made' } },
  { allocation: { by: 'physical-property', property: 'protein' } },
  { allocation: { by: 'subdivision', common: { by: 'mass' } } },
]

const facts = {
  price: { amount: '2', unit: 'CNY' },
  properties: [{ name: 'protein', quantity: kg('0.2') }],
}

function processOf(node: number, products: 1 | 3): Process {
  const id = idOf(node)
  const alone = { id, name: { en: id, zh: null }, stage: 'production', output: kg('1') } as const
  if (products === 1) return alone
  const coProducts = ['b', 'c'].map((name) => ({ id: `${id} ${name}`, output: kg('0.5'), ...facts }))
  return { ...alone, product: id, ...facts, coProducts, ...ways[node % ways.length] }
}

/** A system whose lines are the entries of a drawn network, and one line with a factor for each process. */
function systemOf(size: number, products: 1 | 3): ProductInput {
  const { triplets, costs } = drawNetwork(size, 1)
  const processes = Array.from({ length: size }, (_, node) => processOf(node, products))
  const taken = triplets.rows.map((maker, entry): ActivityLine => {
    const taker = triplets.columns[entry] as number
    const subdivided = products === 3 && taker % ways.length === 3 && entry % 3 === 0
    return {
      ...{ id: `line ${entry}`, category: 'material', process: idOf(taker) },
      ...{ from: idOf(maker), quantity: kg(String(triplets.values[entry])) },
      ...(products === 3 ? { fromProduct: idOf(maker) } : {}),
      ...(subdivided ? { forProduct: idOf(taker) } : {}),
    }
  })
  const own = Array.from({ length: size }, (_, node): ActivityLine => {
    const base = { id: `own ${node}`, category: 'material', process: idOf(node) }
    return { ...base, factor: { table: 'own', id: 'own' }, quantity: kg(String(costs[node])) }
  })
  const reference = idOf(size >> 1)
  return {
    ...{ kind: 'product', period: { start: '2024-01-01', end: '2025-01-01' }, region: 'CN' },
    ...{ gwpSet: { id: 'ipcc-ar6', version: '2021' }, factorTables: [], ownFactors: [factor] },
    ...{ boundary: 'cradle-to-gate', declaredUnit: kg('1'), processes, lines: [...taken, ...own] },
    ...{ referenceProcess: reference, ...(products === 3 ? { referenceProduct: reference } : {}) },
  }
}

function cpuMs(act: () => unknown): number {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function measure(name: string, products: 1 | 3, context: CalculationContext): void {
  const times = sizes.map((size) => {
    const input = systemOf(size, products)
    const first = cpuMs(() => calculateProduct(input, context))
    const solving = cpuMs(() => solveProduct(input, context))
    const whole = cpuMs(() => calculateProduct(input, context))
    const cells = [name, size, input.lines.length, whole.toFixed(0), solving.toFixed(0), first.toFixed(0)]
    console.log(`| ${cells.join(' | ')} |`)
    return whole
  })
  if (sizes.length > 1) {
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
    console.log(
      `\n${name}: time grows as n^${growthOf(sizes, times).toFixed(2)} from ${least} to ${most} processes.\n`,
    )
  }
}

function main(): void {
  console.log(`Node ${process.version}\n`)
  console.log(
    '| products of a process | processes | lines | result, ms | of it weighed and solved, ms | first, ms |',
  )
  console.log('|---|---|---|---|---|---|')
  const context = contextOf()
  const only = argument('only')
  if (only !== 'three') measure('one', 1, context)
  if (only !== 'one') measure('three', 3, context)
}

/** On one core, with memory for the largest size. */
function onOneCore(): void {
  const pinned = existsSync('/usr/bin/taskset') ? ['taskset', '-c', '0'] : []
  const command = [
    ...pinned,
    process.execPath,
    '--max-old-space-size=4096',
    script,
    '--times',
    ...process.argv.slice(2),
  ]
  const { status } = spawnSync(command[0] as string, command.slice(1), { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (process.argv[2] === '--times') main()
else onOneCore()
