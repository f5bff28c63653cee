/**
 * How often each process runs per declared unit. Process i runs s_i times, which covers what every other process takes of its
 * product: s_i = Σ_j B_ij · s_j + f_i, with B_ij = (input of i's product per run of j) ÷ (output of i per run).
 */

import { Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import { ExactSum } from '../exact-sum.ts'
import { readMeasure } from '../line-properties.ts'
import { solve } from '../linear-system.ts'
import { inOrder } from '../names.ts'
import type { Process, ProductInput } from '../types.ts'
import { convert } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'

/** How often each process runs per declared unit, in the order of ids. */
export function runsOf(input: ProductInput, placed: readonly WeighedLine[]): ReadonlyMap<string, number> {
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
