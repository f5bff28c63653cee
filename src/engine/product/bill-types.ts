/**
 * A bill of materials: what a product is made of, item within item. It is a shorthand for a product system, and is expanded to that
 * very system before anything is calculated (`bill-of-materials.ts`).
 */

import type { ActivityLine, CalculationBase, Decimal, Names, Period, Quantity } from '../types.ts'
import type { LifeCycleStage, ProductDetail } from './types.ts'

/** A line of an item, per run of it: which process it belongs to is told by where it stands. */
export type BillLine = Omit<ActivityLine, 'process' | 'forProduct' | 'fromSite'>

/** Something that is made, with what one run of making it takes. */
export interface BillItem {
  readonly id: string
  readonly name: Names
  readonly stage: LifeCycleStage
  /** What one run starts: every amount of the item is for so much. Good output where no yield is stated. */
  readonly output: Quantity
  /** Good output ÷ started, over 0 to 1. */
  readonly yield?: Decimal | undefined
  /** Where what is scrapped goes; one without an amount is of all that the yield rejects, in the output’s unit. */
  readonly scrap?: readonly BillLine[] | undefined
  readonly region?: string | undefined
  readonly period?: Period | undefined
  readonly lines?: readonly BillLine[] | undefined
  readonly parts?: readonly BillPart[] | undefined
}

/** How an item goes into another. */
interface Taking {
  /** How much of it one run takes. */
  readonly takes: Quantity
  /** Of its line, e.g. `packaging`; `material` where absent. */
  readonly category?: string | undefined
  /** The id of its line; `<item>/<part>` where absent. */
  readonly line?: string | undefined
}

/** An item that is made for another, or one that stands elsewhere in the bill. */
export type BillPart = (BillItem & Taking) | (Taking & { readonly use: string })

/** A product described by what it is made of. */
export interface BillOfMaterials
  extends Omit<CalculationBase, 'lines'>,
    Omit<ProductDetail, 'processes' | 'referenceProcess' | 'referenceProduct' | 'siteData'> {
  readonly kind: 'bill-of-materials'
  /** The product itself: what the result is per is of its output. */
  readonly item: BillItem
}
