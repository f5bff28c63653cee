/**
 * Never both benefits at once. By cut-off the benefit of recycling is with whoever uses the recycled material; by the formula it is
 * shared in the terms of a material. Any other credit at the end of life would take it a second time.
 */

import { Problem } from '../../problem.ts'
import { atLine, type Refusals } from '../refusals.ts'
import type { Process } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { ReadEndOfLife } from './materials.ts'

/** Refuses every credit of the end of life that is no term of a material. */
export function checkCredits(
  endOfLife: ReadEndOfLife | null,
  placed: readonly WeighedLine[],
  processes: ReadonlyMap<string, Process>,
  refusals: Refusals,
): void {
  if (endOfLife === null) return
  const takesRecycled = placed.some(({ line }) => Number(line.recycledContent ?? 0) > 0)
  for (const weighed of placed) {
    const { line } = weighed
    if (line.circular !== undefined || processes.get(line.process as string)?.stage !== 'end-of-life')
      continue
    if (isCredit(weighed))
      refusals.attempt(() => atLine(weighed.index, line, () => refuse(endOfLife, weighed, takesRecycled)))
  }
}

/** Production avoided, or a factor that credits more than it emits; what is taken from the atmosphere is no credit. */
function isCredit({ line, activity, gases }: WeighedLine): boolean {
  if (line.from !== undefined) return activity.amount < 0
  return gases.some(({ kind, kg, kgCo2e }) => kind === 'fossil' && ((kg ?? 0) < 0 || (kgCo2e ?? 0) < 0))
}

function refuse({ method }: ReadEndOfLife, { line }: WeighedLine, takesRecycled: boolean): never {
  const both = takesRecycled
    ? ' This product takes recycled material without the burden of its former life already.'
    : ''
  const remedy =
    method === 'cut-off'
      ? `By cut-off whoever uses the recycled material or the recovered energy has the benefit.${both} Leave the credit out, or calculate by circular-footprint-formula.`
      : 'The formula shares credits in the terms of a material: carry it as one ("circular"), or leave it out.'
  throw new Problem('end-of-life-credit', `This line credits what the end of life replaces. ${remedy}`, {
    pointer: line.from === undefined ? '/factor' : '/from',
    method,
  })
}
