/**
 * Where the totals of a site go. What a split divides comes out of it again: each taker's part is total × key ÷ Σ keys over exactly
 * those takers, and what rounding leaves of the whole is shown.
 */

import { Problem } from '../../problem.ts'
import { remainderOf } from '../amounts/remainder.ts'
import { over, times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { missing, readNotNegative } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import type { Refusals } from '../refusals.ts'
import type { SitePart, SiteSplit } from '../types.ts'
import { amountOfKey, type ReadKey } from './keys.ts'
import { named } from './named.ts'
import type { SiteOutput } from './outputs.ts'
import type { MeasuredTotal } from './totals.ts'

/** A total with where it went. */
export interface DividedTotal {
  readonly total: MeasuredTotal
  /** Null where it went to one taker, or nothing of it was left. */
  readonly key: ReadKey | null
  readonly keySum: number | null
  readonly parts: readonly SitePart[]
  /** Those of products: a hundred thousand lines look theirs up. */
  readonly byProduct: ReadonlyMap<string, SitePart>
  /** What rounding left: measured − Σ sub-meters − Σ parts, summed exactly. */
  readonly residual: number
}

/** What a split is read in. */
export interface SplitSetting {
  readonly totals: ReadonlyMap<string, MeasuredTotal>
  readonly products: ReadonlyMap<string, SiteOutput>
  readonly keys: ReadonlyMap<string, ReadKey>
}

/**
 * Every total, divided.
 * @throws nothing: what is wrong goes to the refusals.
 */
export function divideTotals(
  splits: readonly SiteSplit[],
  setting: SplitSetting,
  pointer: string,
  refusals: Refusals,
): ReadonlyMap<string, DividedTotal> {
  const given = new Set<string>()
  const shared = splits.flatMap((split, index) => {
    const placed = { ...split, pointer: `${pointer}/${index}` }
    return split.totals.map((name, at) =>
      refusals.attempt(() => {
        const place = `${placed.pointer}/totals/${at}`
        const total = named(setting.totals, 'total', name, place)
        requireOnce(name, given, place)
        return divide(total, placed, setting)
      }),
    )
  })
  const others = [...setting.totals.values()].filter(({ id }) => !given.has(id))
  const divided = [...shared, ...others.map((total) => refusals.attempt(() => nothingLeft(total)))]
  return new Map(divided.flatMap((each) => (each ? [[each.total.id, each]] : [])))
}

function requireOnce(total: string, given: Set<string>, pointer: string): void {
  if (given.has(total)) {
    const detail = `The total "${total.slice(0, 128)}" is divided twice; each total goes somewhere once.`
    throw new Problem('site-total-used-twice', detail, { pointer, total: total.slice(0, 128) })
  }
  given.add(total)
}

/** A total that stands in no split is one of which its sub-meters left nothing. */
function nothingLeft(total: MeasuredTotal): DividedTotal {
  const { id, pointer, rest, unit } = total
  if (rest === 0 && total.subMeters.length > 0) return divided(total, null, null, [])
  const detail = `No split says where the ${rest} ${unit} of "${id.slice(0, 128)}" go: divide them by a key, give them to one product, or say what else at the site takes them.`
  throw new Problem('site-data-unused', detail, { pointer, total: id.slice(0, 128) })
}

interface Taker {
  readonly product: string | null
  readonly outside: string | null
  readonly keyAmount: number | null
}

/** A split with its place. */
type PlacedSplit = SiteSplit & { readonly pointer: string }

function divide(total: MeasuredTotal, split: PlacedSplit, setting: SplitSetting): DividedTotal {
  const { pointer } = split
  const key = split.key === undefined ? null : named(setting.keys, 'key', split.key, `${pointer}/key`)
  const takers = [...productsOf(split, key, setting), ...outsideOf(split, key)]
  if (key === null) return divided(total, null, null, [wholly(total, takers, pointer)])
  const sum = exactSum(takers.map(({ keyAmount }) => keyAmount as number))
  requireWhole(key, sum, takers, pointer)
  const parts = takers.map((taker) => {
    const amount = over(times(total.rest, taker.keyAmount as number), sum)
    return { ...taker, share: over(taker.keyAmount as number, sum), amount }
  })
  return divided(total, key, sum, parts)
}

function productsOf(
  { products, pointer }: PlacedSplit,
  key: ReadKey | null,
  setting: SplitSetting,
): readonly Taker[] {
  const seen = new Set<string>()
  return products.map((name, index) => {
    const place = `${pointer}/products/${index}`
    const product = named(setting.products, 'product', name, place)
    checkNewId(name, seen, place)
    return { product: name, outside: null, keyAmount: key && amountOfKey(key, product) }
  })
}

function outsideOf({ outside = [], pointer: place }: PlacedSplit, key: ReadKey | null): readonly Taker[] {
  return outside.map(({ what, amount }, index) => {
    const pointer = `${place}/outside/${index}`
    if (what.trim() === '') throw missing(`${pointer}/what`, 'Say what else takes a part.')
    if (key === null && amount !== undefined) {
      const detail = 'Without a key there is nothing to divide by: leave the amount out, or name the key.'
      throw new Problem('line-ambiguous', detail, { pointer: `${pointer}/amount` })
    }
    if (key !== null && amount === undefined)
      throw missing(`${pointer}/amount`, `State its amount of the key, in ${key.unit}.`)
    const keyAmount =
      amount === undefined ? null : readNotNegative(amount, `${pointer}/amount`, 'An amount of a key')
    return { product: null, outside: what, keyAmount }
  })
}

/** Everything for one taker. */
function wholly({ rest }: MeasuredTotal, takers: readonly Taker[], pointer: string): SitePart {
  const [taker, ...others] = takers
  if (taker === undefined) {
    const detail =
      'A split says who takes its totals: a product of the site, or what else does, under outside.'
    throw missing(`${pointer}/products`, detail)
  }
  if (others.length === 0) return { ...taker, share: 1, amount: rest }
  throw missing(`${pointer}/key`, `Name the key by which ${takers.length} takers share these totals.`)
}

/** @throws Problem `site-not-balanced` for given shares that are no whole, and for keys of nothing. */
function requireWhole(
  { id, kind, unit }: ReadKey,
  sum: number,
  takers: readonly Taker[],
  pointer: string,
): void {
  const shares = takers.map(({ keyAmount }) => keyAmount as number)
  const isWhole = kind === 'share' ? remainderOf([...shares, -1]) === 0 : sum > 0
  if (isWhole) return
  const detail =
    kind === 'share'
      ? `The shares of "${id.slice(0, 128)}" come to ${sum} over these takers, and a whole is 1: name every taker, what is outside included, or correct a share.`
      : `The amounts of "${id.slice(0, 128)}" come to ${sum} ${unit} over these takers, and nothing can be divided by that.`
  throw new Problem('site-not-balanced', detail, {
    pointer: `${pointer}/key`,
    key: id.slice(0, 128),
    sum: String(sum),
  })
}

function divided(
  total: MeasuredTotal,
  key: ReadKey | null,
  keySum: number | null,
  parts: readonly SitePart[],
): DividedTotal {
  const taken = [...total.subMeters, ...parts].map(({ amount }) => -amount)
  const byProduct = new Map(parts.flatMap((part) => (part.product === null ? [] : [[part.product, part]])))
  return { total, key, keySum, parts, byProduct, residual: exactSum([total.measured, ...taken]) }
}
