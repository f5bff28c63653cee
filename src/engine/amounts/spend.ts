/**
 * From the money spent to the money of a spend-based factor. Prices of two years and two currencies are two different things:
 * an index leads from one to the other, and a rate, and neither is ever assumed.
 */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { type Activity, type LineProperty, missing, outOfRange, readPositive } from '../line-properties.ts'
import type { ActivityLine, EmissionFactor, SpendDetail, UnitCode, Working } from '../types.ts'
import { convert, type Measure, type Money, moneys } from '../units.ts'

/** Of a factor per money: the year of its prices, where its unit does not say. */
export type PriceYear = Pick<EmissionFactor, 'year'>

/** Money of a line, and of a factor. */
export interface Exchange {
  readonly paid: Money
  readonly needed: Money
}

/**
 * amount × priceIndex × exchangeRate, each only where the years or the currencies differ.
 * @throws Problem `property-missing`, `property-out-of-range`, `line-ambiguous` for a year that contradicts the unit.
 */
export function inPricesOf(
  unit: UnitCode,
  line: ActivityLine,
  quantity: Measure,
  { paid, needed }: Exchange,
  factor: PriceYear,
): Activity {
  const spend = line.spend
  const year = yearPaid(paid, spend)
  const yearNeeded = needed.year ?? factor.year
  const steps = [
    ...(year === yearNeeded ? [] : [indexOf(spend, year, yearNeeded)]),
    ...(paid.currency === needed.currency ? [] : [rateOf(spend, { paid, needed })]),
  ]
  const money = steps.reduce(
    (amount, step) => times(amount, step.value),
    convert(quantity.value, quantity.unit, paid.base),
  )
  const source = spend?.source === undefined ? {} : { of: spend.source }
  const working: Working[] = [
    { name: 'priceYear', value: year, unit: 'a' },
    ...steps.map(({ name, value }) => ({ name, value, unit: '1', ...source })),
    { name: 'spend', value: money, unit: needed.base },
  ]
  const used = steps.map(({ name }): LineProperty => `spend/${name}`)
  const uses: readonly LineProperty[] = [
    'spend/year',
    ...used,
    ...(used.length > 0 ? (['spend/source'] as const) : []),
  ]
  return { amount: convert(money, needed.base, unit), unit, working, uses }
}

/**
 * The kinds of money that a line's can be brought to, by what it states: an index leads to another year, a rate to another
 * currency. A plain unit is of the year of its factor, which is not known here.
 * @param isOne whether what is stated must be needed; with factors beside, any of them may need it.
 */
export function reachableMoney(
  paid: Money,
  spend: SpendDetail | undefined,
  isOne: boolean,
): readonly string[] {
  const year = paid.year ?? spend?.year
  const [hasIndex, hasRate] = [spend?.priceIndex !== undefined, spend?.exchangeRate !== undefined]
  const fits = (differs: boolean, has: boolean) => (isOne ? differs === has : has || !differs)
  return moneys
    .filter((money) => fits(money.currency !== paid.currency, hasRate))
    .filter((money) => money.year === null || fits(money.year !== year, hasIndex))
    .map(({ dimension }) => dimension)
}

function yearPaid(paid: Money, spend: SpendDetail | undefined): number {
  const stated = spend?.year
  if (stated !== undefined && !(Number.isInteger(stated) && stated >= 1900 && stated <= 2200))
    throw outOfRange('/spend/year', 'The year of the prices is a whole number such as 2024.')
  if (paid.year !== null && stated !== undefined && paid.year !== stated) {
    const detail = `The amount is in ${paid.base}, money of ${paid.year}, and the line says ${stated}; correct one of them.`
    throw new Problem('line-ambiguous', detail, { pointer: '/spend/year' })
  }
  const year = paid.year ?? stated
  if (year !== undefined) return year
  const detail = `Money has the prices of a year: state spend, e.g. {"year":2024}, with priceIndex where the factor's prices are another year's, and exchangeRate where its currency is another.`
  throw missing('/spend', detail)
}

interface Step {
  readonly name: 'priceIndex' | 'exchangeRate'
  readonly value: number
}

function indexOf(spend: SpendDetail | undefined, year: number, needed: number): Step {
  const pointer = '/spend/priceIndex'
  if (spend?.priceIndex === undefined) {
    const detail = `The prices are those of ${year} and the factor's of ${needed}: state priceIndex, the prices of ${needed} ÷ those of ${year}.`
    throw missing(pointer, detail)
  }
  return { name: 'priceIndex', value: readPositive(spend.priceIndex, pointer, 'A price index') }
}

function rateOf(spend: SpendDetail | undefined, { paid, needed }: Exchange): Step {
  const pointer = '/spend/exchangeRate'
  if (spend?.exchangeRate === undefined) {
    const detail = `The amount is in ${paid.currency} and the factor per ${needed.currency}: state exchangeRate, ${needed.currency} per ${paid.currency} in the year of the factor's prices.`
    throw missing(pointer, detail)
  }
  return { name: 'exchangeRate', value: readPositive(spend.exchangeRate, pointer, 'An exchange rate') }
}
