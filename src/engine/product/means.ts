/**
 * Several plants as one: a process that is their mean, weighted by what each made in the period. One run of it is the period, and
 * takes from each plant what that plant made; so the parts are the whole, or nothing is calculated.
 */

import { Problem } from '../../problem.ts'
import { exactSum } from '../exact-sum.ts'
import { missing, readMeasure, readPositive } from '../line-properties.ts'
import { inOrder, listed } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import { goodOutputOf } from '../site/made-at.ts'
import type { SiteYears } from '../site/site-year.ts'
import type { Process, Quantity } from '../types.ts'
import { convert, type Measure } from '../units.ts'
import type { MeanResult, Plant } from './mean-types.ts'
import { isTreatment, type Offer, type Offers } from './offers.ts'
import { sharesOf } from './shares.ts'

/** Readings of the same output in several units differ by roundings; a plant that is missing does not hide in so little. */
const rounding = 1e-12

/** What there is to take means of. */
export interface Offered {
  readonly offers: Offers
  readonly sites: SiteYears
}

/** A plant with what it made, in the unit of its process’s output and in that of the mean. */
interface ReadPlant {
  readonly offer: Offer
  readonly output: { readonly amount: number; readonly unit: string }
  readonly ofMean: number
}

/** A mean, and what it takes of each plant’s node per run. */
export interface Mean {
  readonly result: MeanResult
  readonly takes: readonly { readonly key: string; readonly amount: number }[]
}

/**
 * The means among the processes, in the order of ids.
 * @throws Problem `shares-not-whole`, `site-not-balanced`, `property-missing`, `property-out-of-range`, `property-unused`, `duplicate-id` and those of names and units.
 */
export function meansOf(processes: readonly Process[], offered: Offered): readonly Mean[] {
  const refusals = new Refusals()
  const found = processes.map((process, index) =>
    refusals.attempt(() => meanOf(process, `/processes/${index}`, offered)),
  )
  refusals.throwIfAny()
  return found.flatMap((mean) => mean ?? []).sort((a, b) => inOrder(a.result.process, b.result.process))
}

function meanOf(process: Process, pointer: string, offered: Offered): Mean | null {
  const { id, meanOf: plants, coProducts, allocation } = process
  if (plants === undefined) return null
  if (coProducts !== undefined || allocation !== undefined)
    throw severalProducts(pointer, coProducts === undefined)
  const read = plants
    .map((plant, place) => readPlant(plant, process, `${pointer}/meanOf/${place}`, offered))
    .sort((a, b) => inOrder(a.offer.key, b.offer.key))
  checkTwice(read, `${pointer}/meanOf`)
  checkWhole(process, read, `${pointer}/meanOf`)
  const shares = sharesOf(read.map(({ ofMean }) => ofMean))
  return {
    result: {
      process: id,
      plants: read.map(({ offer, output }, place) => ({
        ...{ process: offer.process.id, product: offer.product, output, share: shares[place] as number },
      })),
    },
    takes: read.map(({ offer, output }) => ({ key: offer.key, amount: output.amount })),
  }
}

function readPlant(
  { from, fromProduct, output }: Plant,
  mean: Process,
  pointer: string,
  { offers, sites }: Offered,
): ReadPlant {
  const members = { process: `${pointer}/from`, product: `${pointer}/fromProduct` }
  const offer = offers.find({ process: from, product: fromProduct, treats: isTreatment(mean) }, members)
  if (offer.process.id === mean.id) throw ofItself(mean.id, members.process)
  const made = madeInPeriod(output, offer, sites, `${pointer}/output`)
  const [unit, unitOfMean] = [offer.output, mean.output].map((each) => readMeasure(each, '').unit) as [
    string,
    string,
  ]
  return at(`${pointer}/output/unit`, () => ({
    ...{ offer, output: { amount: convert(made.value, made.unit, unit), unit } },
    ofMean: convert(made.value, made.unit, unitOfMean),
  }))
}

/** As stated, or as the data of its site have it; both must be the same. */
function madeInPeriod(
  output: Quantity | undefined,
  { process, product, output: perRun }: Offer,
  sites: SiteYears,
  pointer: string,
): Measure {
  const isMain = product === (process.product ?? process.id)
  const good = isMain ? goodOutputOf(process, readMeasure(perRun, '').unit, sites) : null
  if (output === undefined) {
    if (good !== null) return good
    throw missing(pointer, 'State what the plant made in the period: that is its weight in the mean.')
  }
  const made = readMeasure(output, pointer)
  readPositive(output.amount, `${pointer}/amount`, 'What a plant of a mean makes in the period')
  const stated = at(`${pointer}/unit`, () => convert(made.value, made.unit, readMeasure(perRun, '').unit))
  if (good !== null && Math.abs(stated - good.value) > rounding * good.value)
    throw otherThanSite(process.id, good, stated, pointer)
  return made
}

function otherThanSite(process: string, good: Measure, stated: number, pointer: string): Problem {
  const detail = `The site says that "${process.slice(0, 128)}" made ${good.value} ${good.unit} in the period, and the mean says ${stated} ${good.unit}: leave the output out of the mean, or correct one of them.`
  return new Problem('site-not-balanced', detail, { pointer })
}

function checkTwice(plants: readonly ReadPlant[], pointer: string): void {
  const twice = plants.find(({ offer }, place) => plants[place - 1]?.offer.key === offer.key)
  if (twice === undefined) return
  const detail = `"${twice.offer.key}" stands twice among the plants of the mean; name each once.`
  throw new Problem('duplicate-id', detail, { pointer, id: twice.offer.key })
}

function checkWhole({ output }: Process, plants: readonly ReadPlant[], pointer: string): void {
  const whole = readMeasure(output, '')
  const sum = exactSum(plants.map(({ ofMean }) => ofMean))
  if (Math.abs(sum - whole.value) <= rounding * whole.value) return
  const detail = `The plants made ${sum} ${whole.unit} together, and the mean has an output of ${whole.value} ${whole.unit}: one run of a mean is the period, so correct the output, or the plants.`
  throw new Problem('shares-not-whole', detail, {
    pointer,
    whole: { amount: String(whole.value), unit: whole.unit },
    parts: { amount: String(sum), unit: whole.unit },
  })
}

function severalProducts(pointer: string, onlyAllocation: boolean): Problem {
  const member = onlyAllocation ? 'allocation' : 'coProducts'
  const detail = `A mean of plants makes the one product they have in common: leave out ${listed(['coProducts', 'allocation'])}, and share the burden at each plant.`
  return new Problem('property-unused', detail, { pointer: `${pointer}/${member}` })
}

function ofItself(id: string, pointer: string): Problem {
  const detail = `"${id.slice(0, 128)}" is no plant of its own mean; name the processes of the plants.`
  return new Problem('property-out-of-range', detail, { pointer })
}
