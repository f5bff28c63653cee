/**
 * Never both benefits at once. By cut-off the benefit of recycling is with whoever uses the recycled material; by the formula it is
 * shared in the terms of a material. Any other credit at the end of life would take it a second time.
 */

import { Problem } from '../../problem.ts'
import { names } from '../product/place-line.ts'
import { atLine, type Refusals } from '../refusals.ts'
import type { Process, ProductInput } from '../types.ts'
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

/** Refuses co-products of the end of life that are credited with what they replace: the same benefit by another name. */
export function checkCreditedProducts(
  endOfLife: ReadEndOfLife | null,
  input: ProductInput,
  refusals: Refusals,
): void {
  if (endOfLife === null) return
  input.processes.forEach(({ stage, allocation }, index) => {
    if (stage !== 'end-of-life' || allocation?.by !== 'substitution') return
    refusals.attempt(() => {
      const detail = `This process of the end of life credits what its co-products replace. Share its burden by a key, or carry the benefit in the terms of a material.`
      throw new Problem('end-of-life-credit', detail, {
        pointer: `/processes/${index}/allocation/by`,
        method: endOfLife.method,
      })
    })
  })
}

/** Production avoided, or a factor that credits more than it emits; what is taken from the atmosphere is no credit. */
function isCredit({ maker, activity, gases }: WeighedLine): boolean {
  if (maker !== null) return activity.amount < 0
  return gases.some(({ kind, kg, kgCo2e }) => kind === 'fossil' && ((kg ?? 0) < 0 || (kgCo2e ?? 0) < 0))
}

function refuse({ method }: ReadEndOfLife, { maker, line }: WeighedLine, takesRecycled: boolean): never {
  const both = takesRecycled
    ? ' This product takes recycled material without the burden of its former life already.'
    : ''
  const remedy =
    method === 'cut-off'
      ? `By cut-off whoever uses the recycled material or the recovered energy has the benefit.${both} Leave the credit out, or calculate by circular-footprint-formula.`
      : 'The formula shares credits in the terms of a material: carry it as one ("circular"), or leave it out.'
  throw new Problem('end-of-life-credit', `This line credits what the end of life replaces. ${remedy}`, {
    pointer: maker === null ? '/factor' : names(line, 'to') ? '/to' : '/from',
    method,
  })
}
