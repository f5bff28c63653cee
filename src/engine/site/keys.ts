/**
 * What totals are divided by. A key that is measured in something is held to it; an amount that a split needs and nobody states is
 * refused, and a stated zero is a zero.
 */

import { Problem } from '../../problem.ts'
import { missing, readNotNegative } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import { at, within } from '../refusals.ts'
import type { SiteKey, SiteKeyKind, UnitCode } from '../types.ts'
import { incompatible, moneyOf, unitOf } from '../units.ts'
import { named } from './named.ts'
import { inUnit, type SiteOutput } from './outputs.ts'

/** A key with the amount of every product that states one. */
export interface ReadKey {
  readonly id: string
  readonly kind: SiteKeyKind
  readonly pointer: string
  /** `1` for shares. */
  readonly unit: UnitCode
  /** Stated; null where the key is of the good output. */
  readonly amounts: ReadonlyMap<string, number> | null
}

/** What keys of a kind are measured in, with an example. */
const dimensions: Readonly<Partial<Record<SiteKeyKind, readonly [dimension: string, example: UnitCode]>>> = {
  hours: ['time', 'h'],
  area: ['area', 'm2'],
  'painted-area': ['area', 'm2'],
  mass: ['mass', 'kg'],
  pieces: ['count', 'piece'],
}

/** The kinds that good output has by itself, and their unit where none is stated. */
const ofOutput: Readonly<Partial<Record<SiteKeyKind, UnitCode>>> = { mass: 'kg', pieces: 'piece' }

/**
 * A key, read.
 * @throws Problem `unknown-unit`, `incompatible-dimension`, `line-ambiguous`, `property-missing`, `unknown-site-data`,
 * `duplicate-id`, `negative-amount`, `invalid-number`.
 */
export function readKey(key: SiteKey, products: ReadonlyMap<string, SiteOutput>, pointer: string): ReadKey {
  return within(pointer, () => {
    const { id, kind } = key
    const unit = unitOfKey(key)
    if (key.amounts === undefined && ofOutput[kind] === undefined) {
      throw missing('/amounts', `State an amount for each product: nothing else tells the ${kind} of one.`)
    }
    const amounts = key.amounts === undefined ? null : readAmounts(key.amounts, products)
    return { id, kind, pointer, unit, amounts }
  })
}

function unitOfKey({ kind, unit, amounts }: SiteKey): UnitCode {
  if (kind === 'share') {
    if (unit === undefined) return '1'
    throw new Problem('line-ambiguous', 'Shares have no unit; leave it out.', { pointer: '/unit' })
  }
  const own = amounts === undefined ? ofOutput[kind] : undefined
  const written = unit ?? own
  if (written === undefined) throw missing('/unit', 'State the unit of the amounts.')
  const read = at('/unit', () => unitOf(written))
  const needed = dimensions[kind]
  if (needed !== undefined && read.dimension !== needed[0])
    throw incompatible(read, { code: needed[1], dimension: needed[0] }).with({ pointer: '/unit' })
  if (kind === 'revenue' && moneyOf(read.code) === undefined)
    throw incompatible(read, { code: 'CNY', dimension: 'money' }).with({ pointer: '/unit' })
  return read.code
}

function readAmounts(
  amounts: NonNullable<SiteKey['amounts']>,
  products: ReadonlyMap<string, SiteOutput>,
): ReadonlyMap<string, number> {
  const seen = new Set<string>()
  return new Map(
    amounts.map(({ product, amount }, index) => {
      const place = `/amounts/${index}`
      named(products, 'product', product, `${place}/product`)
      checkNewId(product, seen, `${place}/product`)
      return [product, readNotNegative(amount, `${place}/amount`, 'An amount of a key')]
    }),
  )
}

/**
 * The amount of a key that a product has.
 * @throws Problem `property-missing` where nobody states it: a gap is never a zero.
 */
export function amountOfKey({ id, kind, unit, amounts, pointer }: ReadKey, product: SiteOutput): number {
  if (amounts === null) {
    const { good, massPerPiece } = product
    return inUnit(unit, good, massPerPiece, `${product.pointer}/good/unit`, product.pointer)
  }
  const amount = amounts.get(product.id)
  if (amount !== undefined) return amount
  const detail = `The key "${id.slice(0, 128)}" has no amount for "${product.id.slice(0, 128)}", which takes a part of what it divides: state its ${kind === 'other' ? 'amount' : kind}, "0" where it is none.`
  throw missing(`${pointer}/amounts`, detail)
}
