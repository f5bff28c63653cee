/** The processes of a product system, checked before any line: ids, outputs, stages within the boundary, and the reference. */

import { Problem } from '../../problem.ts'
import { readMeasure } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import type { LifeCycleStage, Process, ProductInput } from '../types.ts'
import { convert } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'

/** As many as the largest background databases have. */
export const mostProcesses = 20_000

/** The stages each boundary reaches. */
export const stagesWithin: Readonly<Record<ProductInput['boundary'], readonly LifeCycleStage[]>> = {
  'gate-to-gate': ['production'],
  'cradle-to-gate': ['raw-material-acquisition', 'production'],
  'cradle-to-grave': ['raw-material-acquisition', 'production', 'distribution', 'use', 'end-of-life'],
}

/** The processes by id, each checked. */
export function checkProcesses(input: ProductInput): ReadonlyMap<string, Process> {
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
export function checkConnected(input: ProductInput, placed: readonly WeighedLine[]): void {
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
