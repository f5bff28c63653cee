/**
 * Allocation: how the burden of a process that makes several products is shared among them (ISO 14044, 4.3.4; ISO 14067, 6.4.6).
 * A process without one is refused: no way of sharing goes without saying.
 */

import { Problem } from '../../problem.ts'
import { readNumber } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, Process } from '../types.ts'
import { type Basis, type ByFacts, basesOf } from './allocation-bases.ts'
import { checkMembers } from './allocation-members.ts'
import {
  allocationMissing,
  commonMissing,
  fromNothing,
  nothingInCommon,
  nothingToGoBy,
  nothingToShare,
  notWhole,
  shareMissing,
  unjustified,
  unknownShare,
} from './allocation-refusals.ts'
import type {
  Allocation,
  AllocationKey,
  AllocationResult,
  GivenShare,
  ProductShare,
} from './allocation-types.ts'
import { creditOf } from './credits.ts'
import { type MadeProduct, type Offers, productsOf } from './offers.ts'
import { areWhole, areWholeButRounded, sharesOf } from './shares.ts'

/** The last step of the hierarchy (ISO 14044, 4.3.4.2 c): whoever takes it says why the steps before it do not do. */
const lastStep: readonly Allocation['by'][] = ['economic-value', 'shares']

/** What an allocation depends on beside its process. */
export interface Surroundings {
  /** Those of the process. */
  readonly lines: readonly ActivityLine[]
  readonly offers: Offers
}

/**
 * How the burden of a process is shared; null where it makes one product.
 * @throws Problem `allocation-missing`, `property-missing`, `property-unused`, `shares-not-whole` and others, with their place.
 */
export function allocationOf(
  process: Process,
  index: number,
  surroundings: Surroundings,
): AllocationResult | null {
  const pointer = `/processes/${index}/allocation`
  const products = productsOf(process, index)
  const { allocation } = process
  if (products.length === 1) {
    if (allocation !== undefined) throw nothingToShare(pointer)
    return null
  }
  if (allocation === undefined) throw allocationMissing(process, products, pointer)
  checkMembers(allocation, pointer)
  const shared = methodOf(allocation)({ process, products, allocation, pointer, ...surroundings })
  const { by, justification = null } = allocation
  if (shared.key !== null && lastStep.includes(shared.key) && !justification?.trim())
    throw unjustified(shared.key, pointer)
  return { process: process.id, by, justification, ...shared }
}

interface Sharing extends Surroundings {
  readonly process: Process
  readonly products: readonly MadeProduct[]
  readonly allocation: Allocation
  readonly pointer: string
}

type Shared = Pick<AllocationResult, 'key' | 'property' | 'products'>

function methodOf({ by }: Allocation): (sharing: Sharing) => Shared {
  if (by === 'substitution') return credited
  if (by === 'subdivision') return subdivided
  return ({ allocation, products, pointer }) => sharedBy({ ...allocation, by }, products, pointer)
}

/** Subdivision: lines stand for a product each, and what is common goes by a key. */
function subdivided({ products, allocation, pointer, lines }: Sharing): Shared {
  const served = new Set(lines.map(({ forProduct }) => forProduct))
  const { common } = allocation
  if (served.has(undefined)) {
    if (common === undefined) throw commonMissing(lines, `${pointer}/common`)
    return sharedBy(common, products, `${pointer}/common`)
  }
  if (common !== undefined) throw nothingInCommon(`${pointer}/common`)
  const bare = products.find(({ product }) => !served.has(product))
  if (bare) throw fromNothing(bare.product, pointer)
  return { key: null, property: null, products: products.map(({ product }) => unshared(product, null)) }
}

/** Substitution: the main product bears all of it, less what the others make needless elsewhere. */
function credited({ products, offers }: Sharing): Shared {
  return {
    ...{ key: null, property: null },
    products: products.map((product, place) =>
      place === 0
        ? unshared(product.product, 1)
        : { ...unshared(product.product, 0), ...creditOf(product, offers) },
    ),
  }
}

function unshared(product: string, share: number | null): ProductShare {
  return { product, basis: null, share, avoids: null, working: [] }
}

/** Shares by a key. */
function sharedBy(key: AllocationKey, products: readonly MadeProduct[], pointer: string): Shared {
  const { by, property = null, shares } = key
  checkMembers(key, pointer)
  if (by === 'shares')
    return { key: by, property, products: given(shares ?? [], products, `${pointer}/shares`) }
  return { key: by, property, products: byFacts({ by, property: property ?? by }, products, pointer) }
}

function byFacts(
  { by, property }: { by: ByFacts; property: string },
  products: readonly MadeProduct[],
  pointer: string,
): readonly ProductShare[] {
  const bases = basesOf(products, by, property)
  if (bases.every(({ value }) => value === 0)) throw nothingToGoBy(by, pointer)
  const found = at(pointer, () => sharesOf(bases.map(({ value }) => value)))
  return products.map(({ product }, place) => {
    const { value: amount, unit, working } = bases[place] as Basis
    return { product, basis: { amount, unit }, share: found[place] as number, avoids: null, working }
  })
}

/** Shares as they were given, for each product one. */
function given(
  shares: readonly GivenShare[],
  products: readonly MadeProduct[],
  pointer: string,
): readonly ProductShare[] {
  const names = products.map(({ product }) => product)
  const seen = new Set<string>()
  shares.forEach(({ product, share }, index) => {
    checkNewId(product, seen, `${pointer}/${index}/product`)
    if (!names.includes(product)) throw unknownShare(product, names, `${pointer}/${index}/product`)
    readPart(share, `${pointer}/${index}/share`)
  })
  const missing = names.find((name) => !seen.has(name))
  if (missing !== undefined) throw shareMissing(missing, pointer)
  const texts = names.map((name) => (shares.find(({ product }) => product === name) as GivenShare).share)
  const exact = areWhole(texts)
  if (!exact && !areWholeButRounded(texts)) throw notWhole(texts, pointer)
  const found = sharesOf(texts.map(Number), exact ? 1 : undefined)
  return names.map((product, place) => ({
    ...unshared(product, found[place] as number),
  }))
}

function readPart(share: string, pointer: string): void {
  const value = readNumber(share, pointer)
  if (value >= 0 && value <= 1) return
  const detail = `A share lies between 0 and 1, such as "0.35"; "${share}" does not.`
  throw new Problem('property-out-of-range', detail, { pointer })
}
