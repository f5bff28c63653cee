/** Machines, buildings and tools: in or out by a choice with its reason, never by whoever happened to think of them. */

import { Problem } from '../../problem.ts'
import { missing } from '../line-properties.ts'
import { atLine, type Refusals } from '../refusals.ts'
import type { ProductInput } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'

/** The category of what wears out in making the product. */
export const capitalGoodsCategory = 'capital-goods'

/** Refuses lines of capital goods where nobody chose, or where they are excluded; and a choice without a reason. */
export function checkCapitalGoods(
  { capitalGoods }: ProductInput,
  placed: readonly WeighedLine[],
  refusals: Refusals,
): void {
  if (capitalGoods?.reason.trim() === '')
    refusals.attempt(() => {
      throw missing('/capitalGoods/reason', `Say why capital goods are ${capitalGoods.choice}.`)
    })
  if (capitalGoods?.choice === 'included') return
  for (const { line, index } of placed) {
    if (line.category !== capitalGoodsCategory) continue
    refusals.attempt(() => atLine(index, line, () => refuse(capitalGoods)))
  }
}

function refuse(capitalGoods: ProductInput['capitalGoods']): never {
  const why =
    capitalGoods === undefined
      ? 'the calculation does not say that capital goods are counted'
      : 'the calculation says that capital goods are excluded'
  const detail = `A line of capital goods stands here, and ${why}: state capitalGoods with the choice "included" and its reason, or leave the line out.`
  throw new Problem('capital-goods-excluded', detail, { pointer: '/category' })
}
