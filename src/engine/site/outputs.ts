/**
 * What a site made: good output, what was begun for it, and where the difference went. Regrind goes round inside the process, so it
 * is part of the scrap and of what was begun, and nowhere counted twice. More good pieces than were begun are refused.
 */

import { Problem } from '../../problem.ts'
import { remainderOf, restOf } from '../amounts/remainder.ts'
import { over } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { missing, outOfRange, readMeasure, requireDimension } from '../line-properties.ts'
import { at, within } from '../refusals.ts'
import type { Quantity, SiteProduct, UnitCode } from '../types.ts'
import { convert, dimensionOf, type Measure, productIn, quotientIn } from '../units.ts'

/** A product of a site with its balance. */
export interface SiteOutput {
  readonly id: string
  readonly pointer: string
  readonly good: Measure
  readonly started: Measure | null
  readonly scrap: Measure | null
  readonly regrind: Measure | null
  /** scrap − regrind; in mass where that can be told, since nothing treats scrap by the piece. */
  readonly scrapLeft: Measure | null
  readonly yield: number | null
  readonly unexplained: Measure | null
  readonly massPerPiece: Measure | null
}

/** Weighings are no more exact than this part of what they weigh. */
const tolerance = 1e-9

/**
 * A product's balance.
 * @throws Problem `property-out-of-range` without output, `site-not-balanced`, `parts-exceed-whole`, `negative-amount`,
 * `property-missing` and `incompatible-dimension` where pieces and mass cannot be brought together.
 */
export function outputOf(product: SiteProduct, pointer: string): SiteOutput {
  return within(pointer, () => {
    const good = readSome(product.good, '/good', 'The good output')
    const massPerPiece = massOfOne(product.massPerPiece, good)
    const read = (name: 'scrap' | 'regrind') => readAny(product[name], name)
    const [scrap, regrind] = [read('scrap'), read('regrind')]
    const started = product.started ? readSome(product.started, '/started', 'What was begun') : null
    const stated = { good, started, scrap, regrind, massPerPiece }
    const scrapLeft = leftOf(stated)
    return { id: product.id, pointer, ...stated, scrapLeft, ...balanceOf(stated) }
  })
}

type Stated = Pick<SiteOutput, 'good' | 'started' | 'scrap' | 'regrind' | 'massPerPiece'>

function readSome(quantity: Quantity, pointer: string, what: string): Measure {
  const measure = readMeasure(quantity, pointer)
  if (measure.value > 0) return measure
  const detail = `${what} is greater than zero; where nothing was made, what was used goes outside.`
  throw outOfRange(`${pointer}/amount`, detail)
}

function readAny(quantity: Quantity | undefined, name: string): Measure | null {
  if (quantity === undefined) return null
  const measure = readMeasure(quantity, `/${name}`)
  if (measure.value >= 0) return measure
  throw new Problem('negative-amount', `There is never less than no ${name}.`, {
    pointer: `/${name}/amount`,
    given: quantity.amount,
  })
}

function massOfOne(given: Quantity | undefined, good: Measure): Measure | null {
  if (given === undefined) return null
  const mass = readSome(given, '/massPerPiece', 'The mass of a piece')
  requireDimension('/massPerPiece', mass, 'mass', 'g')
  if (dimensionOf(good.unit) === 'count') return mass
  const detail = `The good output is in ${good.unit}, not in pieces, and a mass per piece leads nowhere; leave it out.`
  throw new Problem('line-ambiguous', detail, { pointer: '/massPerPiece' })
}

/** Scrap that left the process. */
function leftOf({ scrap, regrind, massPerPiece }: Stated): Measure | null {
  if (scrap === null) {
    if (regrind === null) return null
    throw missing('/scrap', 'Regrind is part of the scrap: state all of the scrap beside it.')
  }
  const isWeighed = massPerPiece !== null && dimensionOf(scrap.unit) === 'count'
  const unit = isWeighed ? 'kg' : scrap.unit
  const whole = inUnit(unit, scrap, massPerPiece, '/scrap/unit')
  const reground = regrind === null ? 0 : inUnit(unit, regrind, massPerPiece, '/regrind/unit')
  const left = restOf(whole, [reground])
  if (left !== undefined) return { value: left, unit }
  const detail = `No more is reground than became scrap: ${reground} ${unit} of ${whole} ${unit}. Scrap of an earlier period is a total that came in.`
  throw new Problem('parts-exceed-whole', detail, { pointer: '/regrind/amount' })
}

/** Good output against what was begun. Pieces begun hold those of regrind already; new material does not. */
function balanceOf({ good, started, scrap, regrind, massPerPiece }: Stated) {
  if (started === null) return { yield: null, unexplained: null }
  const { unit } = started
  const to = (measure: Measure | null, pointer: string) =>
    measure === null ? 0 : inUnit(unit, measure, massPerPiece, pointer)
  const [made, failed] = [to(good, '/started/unit'), to(scrap, '/scrap/unit')]
  const again = dimensionOf(unit) === 'count' ? 0 : to(regrind, '/regrind/unit')
  const begun = exactSum([started.value, again])
  const open = remainderOf([begun, -made, -failed], 3)
  if (open < -tolerance * begun) throw tooMuchMade({ begun, made, failed, unit })
  return { yield: over(made, begun), unexplained: { value: Math.max(open, 0), unit } }
}

function tooMuchMade(sums: { begun: number; made: number; failed: number; unit: UnitCode }): Problem {
  const { begun, made, failed, unit } = sums
  const detail = `Good output and scrap come to ${exactSum([made, failed])} ${unit}, and only ${begun} ${unit} were begun, regrind included: correct one of them, or the mass per piece.`
  return new Problem('site-not-balanced', detail, {
    pointer: '/good',
    begun: { amount: String(begun), unit },
    good: { amount: String(made), unit },
    scrap: { amount: String(failed), unit },
  })
}

/**
 * A measure in another unit: of its dimension, or between pieces and mass by the mass of one.
 * @param pointer where the unit stands that does not fit.
 * @param product where the product stands.
 * @throws Problem `property-missing` for a mass per piece that nobody states, `incompatible-dimension`.
 */
export function inUnit(
  unit: UnitCode,
  measure: Measure,
  massPerPiece: Measure | null,
  pointer: string,
  product = '',
): number {
  const way = `${dimensionOf(measure.unit)} to ${dimensionOf(unit)}`
  if (way !== 'count to mass' && way !== 'mass to count')
    return at(pointer, () => convert(measure.value, measure.unit, unit))
  if (massPerPiece === null) {
    const detail = `To come from ${measure.unit} to ${unit}, state the mass of one piece under massPerPiece, e.g. {"amount":"85","unit":"g"}.`
    throw missing(`${product}/massPerPiece`, detail)
  }
  return way === 'count to mass'
    ? productIn(unit, measure, massPerPiece)
    : quotientIn(unit, measure, massPerPiece)
}

/** Mass of the good output, kg; null where nobody says what a piece weighs. */
export function massOf({ good, massPerPiece }: Pick<SiteOutput, 'good' | 'massPerPiece'>): number | null {
  const dimension = dimensionOf(good.unit)
  if (dimension === 'mass') return convert(good.value, good.unit, 'kg')
  return dimension === 'count' && massPerPiece !== null ? productIn('kg', good, massPerPiece) : null
}
