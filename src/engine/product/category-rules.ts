/**
 * Product category rules as a noun of the calculation: their edition, operator and validity, and what they bind. A calculation that
 * departs from them stays one; that it does, by which rule and where, is a finding.
 */

import { daysOf } from '../calendar.ts'
import { missing } from '../line-properties.ts'
import { at, type Refusals } from '../refusals.ts'
import { checkEstimatedShare, exceeds, sumOfShares } from '../shares.ts'
import type {
  BoundRule,
  ProductCategoryRules,
  ProductInput,
  RuleCheck,
  RulesBinding,
  RulesResult,
} from '../types.ts'
import { boundRules } from '../types.ts'
import { unitOf } from '../units.ts'
import type { SolvedProduct } from './solve-product.ts'
import { referenceFlowOf } from './unit.ts'

const root = '/productCategoryRules'

/** Refuses rules that say nothing one could hold a calculation to. */
export function checkRules({ productCategoryRules: rules }: ProductInput, refusals: Refusals): void {
  if (rules === undefined) return
  const { validity, binds } = rules
  for (const name of ['id', 'edition', 'operator'] as const) {
    refusals.attempt(() => {
      if (rules[name].trim() === '') throw missing(`${root}/${name}`, `State the ${name} of the rules.`)
    })
  }
  refusals.attempt(() => at(`${root}/validity`, () => daysOf(validity)))
  refusals.attempt(() => at(`${root}/binds/unit`, () => binds.unit && unitOf(binds.unit)))
  for (const name of ['cutOffSingle', 'cutOffTotal'] as const) {
    const limit = binds[name]
    refusals.attempt(() => limit && checkEstimatedShare(limit, `${root}/binds/${name}`))
  }
}

/** What the rules ask, each held against its place; null where the calculation names none. */
export function rulesResult(solved: SolvedProduct): RulesResult | null {
  const { productCategoryRules: rules, period } = solved.input
  if (rules === undefined) return null
  const { id, edition, operator, title = null, validity, binds } = rules
  return {
    ...{ id, edition, operator, title, validity },
    inForce: isInForce(rules, period.end),
    checks: boundRules.flatMap((rule) => (binds[rule] === undefined ? [] : checks[rule](binds, solved))),
  }
}

/** On the last day of a period that ends before `end`. */
function isInForce({ validity }: ProductCategoryRules, end: string): boolean {
  const [valid, whole] = [daysOf(validity), daysOf({ start: '1900-01-01', end })]
  return valid.start < whole.end && whole.end <= valid.end
}

const checks: Readonly<
  Record<BoundRule, (binds: RulesBinding, solved: SolvedProduct) => readonly RuleCheck[]>
> = {
  unit: ({ unit = '' }, { input }) => {
    const { quantity, pointer } = referenceFlowOf(input)
    return [compared('unit', unitOf(unit).code, unitOf(quantity.unit).code, `${pointer}/unit`)]
  },
  boundary: ({ boundary = '' }, { input }) => [compared('boundary', boundary, input.boundary, '/boundary')],
  allocation: allocationChecks,
  endOfLife: ({ endOfLife = '' }, { input }) =>
    input.boundary === 'cradle-to-grave' || input.endOfLife !== undefined
      ? [compared('endOfLife', endOfLife, input.endOfLife?.method ?? 'none', '/endOfLife/method')]
      : [],
  capitalGoods: ({ capitalGoods = '' }, { input }) => [
    compared('capitalGoods', capitalGoods, input.capitalGoods?.choice ?? 'none', '/capitalGoods/choice'),
  ],
  cutOffSingle: ({ cutOffSingle = '1' }, { input }) =>
    (input.exclusions ?? []).map(({ estimatedShare }, place) =>
      limited('cutOffSingle', cutOffSingle, [estimatedShare], `/exclusions/${place}/estimatedShare`),
    ),
  cutOffTotal: ({ cutOffTotal = '1' }, { input }) => {
    const shares = (input.exclusions ?? []).map(({ estimatedShare }) => estimatedShare)
    return [limited('cutOffTotal', cutOffTotal, shares, '/exclusions')]
  },
}

/** Of a process that is subdivided the rules mean how what its products have in common is shared; where they have nothing, nothing is. */
function allocationChecks(
  { allocation = [] }: RulesBinding,
  { input, allocations }: SolvedProduct,
): readonly RuleCheck[] {
  const places = new Map(input.processes.map(({ id }, place) => [id, place]))
  return allocations.flatMap(({ process, by, key }) => {
    const given = by === 'subdivision' ? key : by
    if (given === null) return []
    const pointer = `/processes/${places.get(process)}/allocation/${by === 'subdivision' ? 'common/by' : 'by'}`
    return [
      { rule: 'allocation', holds: allocation.includes(given), asked: allocation.join(', '), given, pointer },
    ]
  })
}

function compared(rule: BoundRule, asked: string, given: string, pointer: string): RuleCheck {
  return { rule, holds: asked === given, asked, given, pointer }
}

function limited(rule: BoundRule, asked: string, shares: readonly string[], pointer: string): RuleCheck {
  return { rule, holds: !exceeds(shares, asked), asked, given: sumOfShares(shares), pointer }
}
