/** All that a product's calculation says of its method, held to itself and to the lines. */

import type { Refusals } from '../refusals.ts'
import type { ProductInput } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { checkCapitalGoods } from './capital-goods.ts'
import { checkRules } from './category-rules.ts'
import { checkExclusions } from './exclusions.ts'
import { checkStages } from './stages.ts'

export function checkMethod(input: ProductInput, placed: readonly WeighedLine[], refusals: Refusals): void {
  checkStages(input, refusals)
  checkExclusions(input, refusals)
  checkCapitalGoods(input, placed, refusals)
  checkRules(input, refusals)
}
