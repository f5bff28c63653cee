/**
 * A product's footprint: processes that feed each other, A · s = f (ISO 14067; Heijungs & Suh, "The Computational Structure
 * of Life Cycle Assessment", 2002, §2). Loops are solved, not cut. The flat factors of lines are the background.
 *
 * In terms of *runs*: process i runs s_i times per declared unit, which covers what every other process takes of its product,
 * s_i = Σ_j B_ij · s_j + f_i, with B_ij = (input of i's product per run of j) ÷ (output of i per run).
 */

import { Problem } from '../problem.ts'
import { over } from './arithmetic.ts'
import { ExactSum } from './exact-sum.ts'
import { checkTogether, frameOf, weighLines } from './frame.ts'
import { readMeasure } from './line-properties.ts'
import { solve } from './linear-system.ts'
import { checkNewId, inOrder } from './names.ts'
import { at, atLine, Refusals } from './refusals.ts'
import { lineResult, summarize } from './totals.ts'
import type {
  CalculationContext,
  CalculationResult,
  LifeCycleStage,
  LineResult,
  Process,
  ProductInput,
} from './types.ts'
import { convert } from './units.ts'
import type { WeighedLine } from './weigh-line.ts'

/** A dense solver's reach; larger networks are databases, not activity data. */
export const mostProcesses = 500

/** The stages each boundary reaches. */
const stagesWithin: Readonly<Record<ProductInput['boundary'], readonly LifeCycleStage[]>> = {
  'gate-to-gate': ['production'],
  'cradle-to-gate': ['raw-material-acquisition', 'production'],
  'cradle-to-grave': ['raw-material-acquisition', 'production', 'distribution', 'use', 'end-of-life'],
}

/**
 * kg CO2e per declared unit.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function calculateProduct(input: ProductInput, context: CalculationContext): CalculationResult {
  const processes = checkProcesses(input)
  const frame = frameOf(input, context, processes)
  const placed = weighLines(frame)
  const refusals = new Refusals()
  checkTogether(placed, () => [frame.reporting], refusals)
  refusals.throwIfAny()
  checkConnected(input, placed)
  const runs = runsOf(input, placed)
  const lines = placed.map((line) => placedResult(line, runs, processes))
  const result = summarize(frame, placed, lines)
  const scaling = [...runs].map(([process, times]) => ({ process, runs: times }))
  return { ...result, declaredUnit: input.declaredUnit, scaling }
}

function placedResult(
  weighed: WeighedLine,
  runs: ReadonlyMap<string, number>,
  processes: ReadonlyMap<string, Process>,
): LineResult {
  const name = weighed.line.process as string
  const { stage } = processes.get(name) as Process
  return atLine(weighed.index, weighed.line, () =>
    lineResult(weighed, { runs: runs.get(name) as number, stage }),
  )
}

/** The processes by id, each checked. */
function checkProcesses(input: ProductInput): ReadonlyMap<string, Process> {
  if (input.processes.length > mostProcesses) {
    const detail = `A product system has at most ${mostProcesses} processes; this one has ${input.processes.length}.`
    throw new Problem('too-many-items', detail, { pointer: '/processes', limit: mostProcesses })
  }
  const refusals = new Refusals()
  const seen = new Set<string>()
  input.processes.forEach((process, index) => {
    refusals.attempt(() => checkNewId(process.id, seen, `/processes/${index}/id`))
    refusals.attempt(() => checkProcess(process, input, `/processes/${index}`))
  })
  refusals.attempt(() => checkReference(input))
  refusals.throwIfAny()
  return new Map(input.processes.map((process) => [process.id, process]))
}

function checkProcess({ output, stage }: Process, { boundary }: ProductInput, pointer: string): void {
  requirePositive(readMeasure(output, `${pointer}/output`).value, `${pointer}/output/amount`)
  const stages = stagesWithin[boundary]
  if (stages.includes(stage)) return
  const detail = `The stage ${stage} lies outside the boundary ${boundary}, which holds ${stages.join(', ')}; widen the boundary or leave the process out.`
  throw new Problem('property-out-of-range', detail, { pointer: `${pointer}/stage`, stage, boundary })
}

function checkReference({ declaredUnit, referenceProcess, processes }: ProductInput): void {
  const declared = readMeasure(declaredUnit, '/declaredUnit')
  requirePositive(declared.value, '/declaredUnit/amount')
  const reference = processes.find(({ id }) => id === referenceProcess)
  if (reference) {
    at('/declaredUnit/unit', () => convert(declared.value, declared.unit, reference.output.unit))
    return
  }
  const detail = `No process has the id "${referenceProcess.slice(0, 128)}"; the reference process makes the declared unit.`
  throw new Problem('unknown-process', detail, {
    pointer: '/referenceProcess',
    process: referenceProcess.slice(0, 128),
  })
}

function requirePositive(value: number, pointer: string): void {
  if (value > 0) return
  throw new Problem('property-out-of-range', 'An output is greater than zero.', { pointer })
}

/** Every process must feed the declared unit, directly or through others: what does not would silently count for nothing. */
function checkConnected(input: ProductInput, placed: readonly WeighedLine[]): void {
  const makers = Map.groupBy(placed, (weighed) => weighed.line.process)
  const reached = new Set([input.referenceProcess])
  for (const process of reached) {
    for (const weighed of makers.get(process) ?? [])
      if (weighed.line.from !== undefined) reached.add(weighed.line.from)
  }
  const apart = input.processes.filter(({ id }) => !reached.has(id)).map(({ id }) => id)
  if (apart.length === 0) return
  const pointer = `/processes/${input.processes.findIndex(({ id }) => id === apart[0])}`
  const detail = `Nothing that leads to the declared unit takes from process "${apart[0]}"; add the line that does, or leave the process out.`
  throw new Problem('unconnected-process', detail, { pointer, processes: apart.slice(0, 20) })
}

/** How often each process runs per declared unit, in the order of ids. */
function runsOf(input: ProductInput, placed: readonly WeighedLine[]): ReadonlyMap<string, number> {
  const processes = [...input.processes].sort((a, b) => inOrder(a.id, b.id))
  const needs = needsPerRun(processes, placed)
  const matrix = needs.map((row, i) => row.map((need, j) => (i === j ? 1 : 0) - need))
  const demand = processes.map((process) =>
    process.id === input.referenceProcess ? demandInRuns(input, process) : 0,
  )
  const runs = solve(matrix, demand)
  if (!runs?.every(Number.isFinite)) throw singular('The processes need each other without end')
  const avoids = placed.some((weighed) => weighed.line.from !== undefined && weighed.activity.amount < 0)
  if (!avoids && runs.some((times) => times < 0))
    throw singular('Some process takes more of its own product, on the way round, than it makes')
  return new Map(processes.map(({ id }, index) => [id, (runs[index] as number) + 0]))
}

/** B_ij: runs of process i that one run of process j needs. */
function needsPerRun(
  processes: readonly Process[],
  placed: readonly WeighedLine[],
): readonly (readonly number[])[] {
  const position = new Map(processes.map(({ id }, index) => [id, index]))
  const inputs = processes.map(() => new Map<number, ExactSum>())
  for (const weighed of placed) {
    const maker = position.get(weighed.line.from ?? '')
    if (weighed.line.from === undefined || maker === undefined) continue
    const row = inputs[maker] as Map<number, ExactSum>
    const taker = position.get(weighed.line.process as string) as number
    row.set(taker, (row.get(taker) ?? new ExactSum()).add(weighed.activity.amount))
  }
  return processes.map(({ output }, maker) => {
    const made = readMeasure(output, '').value
    return processes.map((_, taker) => over(inputs[maker]?.get(taker)?.value ?? 0, made))
  })
}

function demandInRuns({ declaredUnit }: ProductInput, { output }: Process): number {
  const declared = readMeasure(declaredUnit, '/declaredUnit')
  const made = readMeasure(output, '/processes')
  return over(convert(declared.value, declared.unit, made.unit), made.value)
}

function singular(what: string): Problem {
  return new Problem('singular-system', `${what}; correct the inputs of the loop.`, { pointer: '/processes' })
}
