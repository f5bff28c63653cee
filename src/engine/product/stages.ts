/**
 * Whether a system reaches as far as its boundary says. From cradle to grave it has a use and an end of life, or says why there is
 * nothing: a stage that nobody thought of is a gap, not a zero.
 */

import { Problem } from '../../problem.ts'
import { missing } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { Refusals } from '../refusals.ts'
import type { LifeCycleStage, ProductInput } from '../types.ts'

/** The stages each boundary reaches. */
export const stagesWithin: Readonly<Record<ProductInput['boundary'], readonly LifeCycleStage[]>> = {
  'gate-to-gate': ['production'],
  'cradle-to-gate': ['raw-material-acquisition', 'production'],
  'cradle-to-grave': ['raw-material-acquisition', 'production', 'distribution', 'use', 'end-of-life'],
}

/** Stages that only a boundary to the grave has, and without which it is none. */
const neededToGrave: readonly LifeCycleStage[] = ['use', 'end-of-life']

/**
 * Refuses a boundary to the grave that stops earlier (`stage-missing`), or that does not say how the end of life is counted
 * (`property-missing`), and a stage that is said to be empty and is not (`line-ambiguous`).
 */
export function checkStages(input: ProductInput, refusals: Refusals): void {
  const held = stagesWithLines(input)
  const empty = (input.emptyStages ?? []).map(({ stage }) => stage)
  input.emptyStages?.forEach((_, place) => {
    refusals.attempt(() => checkEmpty(input, place, held))
  })
  if (input.boundary === 'cradle-to-grave') {
    for (const stage of neededToGrave)
      if (!held.has(stage) && !empty.includes(stage)) refusals.attempt(() => refuseGap(stage))
    if (held.has('end-of-life') && input.endOfLife === undefined) refusals.attempt(refuseNoMethod)
  }
}

function stagesWithLines({ processes, lines }: ProductInput): ReadonlySet<LifeCycleStage> {
  const stages = new Map(processes.map(({ id, stage }) => [id, stage]))
  return new Set(lines.flatMap(({ process }) => stages.get(process ?? '') ?? []))
}

function checkEmpty(
  { emptyStages = [], boundary }: ProductInput,
  place: number,
  held: ReadonlySet<LifeCycleStage>,
): void {
  const pointer = `/emptyStages/${place}`
  const { stage, reason } = emptyStages[place] as (typeof emptyStages)[number]
  const fault = (detail: string) => {
    throw new Problem('line-ambiguous', detail, { pointer: `${pointer}/stage`, stage })
  }
  if (reason.trim() === '')
    throw missing(`${pointer}/reason`, `Say why nothing happens in the stage ${stage}.`)
  if (held.has(stage))
    fault(`The stage ${stage} is said to be empty, and lines stand in it; leave one of them out.`)
  const within = stagesWithin[boundary]
  if (!within.includes(stage))
    fault(`The boundary ${boundary} holds ${listed(within)}; of ${stage} nothing need be said.`)
  if (emptyStages.findIndex((other) => other.stage === stage) < place)
    fault(`The stage ${stage} is named twice.`)
}

function refuseGap(stage: LifeCycleStage): never {
  const detail = `From cradle to grave there is a stage ${stage}, and no line stands in it: add its lines, or say under emptyStages why nothing happens there.`
  throw new Problem('stage-missing', detail, { pointer: '/emptyStages', stage })
}

function refuseNoMethod(): never {
  const detail =
    'Say how the end of life is counted: endOfLife with the method cut-off or circular-footprint-formula.'
  throw missing('/endOfLife', detail)
}
