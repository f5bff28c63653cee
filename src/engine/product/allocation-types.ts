/** The nouns of a process that makes several products at once, and of how its burden is shared among them (ISO 14044, 4.3.4). */

import type { Decimal, Quantity, Working } from '../types.ts'

/** A property of a product that an allocation may go by: how much of it one unit of the output has. */
export interface ProductProperty {
  /** `mass`, `energy`, or any other name, e.g. `dry-mass`, `protein`. */
  readonly name: string
  readonly quantity: Quantity
}

/** What is said of a product beside its amount; price and properties per one unit of its output. */
export interface ProductFacts {
  /** The output is waste that others put out and this process takes in: what it makes is the treatment of so much. */
  readonly treats?: boolean | undefined
  /** Money, of a treatment what is paid for it; zero is a price. */
  readonly price?: Quantity | undefined
  readonly properties?: readonly ProductProperty[] | undefined
}

/** Production that a co-product makes needless elsewhere, or treatment of what it takes in: a negative input of its process, per run. */
export interface AvoidedProduction {
  /** The process that would have made it, or treated it. */
  readonly from: string
  /** Which of its products, where it makes several. */
  readonly fromProduct?: string | undefined
  /** How much of that product one run makes needless; all of the co-product, one for one, where absent. */
  readonly quantity?: Quantity | undefined
}

/** What a process makes beside its main product, per run. */
export interface CoProduct extends ProductFacts {
  /** Unlike the process's other products. */
  readonly id: string
  readonly output: Quantity
  /** Under `substitution`: what it makes needless. */
  readonly avoids?: AvoidedProduction | undefined
}

/** By what the burden is shared that no single product causes. */
export const allocationKeys = ['mass', 'energy', 'economic-value', 'physical-property', 'shares'] as const

/** The ways from the burden of a process to that of its products. */
export const allocationMethods = [...allocationKeys, 'subdivision', 'substitution'] as const
export type AllocationMethod = (typeof allocationMethods)[number]

/** The share that one product is given. */
export interface GivenShare {
  readonly product: string
  /** 0 to 1. */
  readonly share: Decimal
}

/** A key: what the shares of the products go by. */
export interface AllocationKey {
  readonly by: (typeof allocationKeys)[number]
  /** With `physical-property`: which one. */
  readonly property?: string | undefined
  /** With `shares`: one for each product, together 1. */
  readonly shares?: readonly GivenShare[] | undefined
}

/** How the burden of a process is shared among its products. */
export interface Allocation extends Omit<AllocationKey, 'by'> {
  readonly by: AllocationMethod
  /** With `subdivision`: how lines are shared that name no product. */
  readonly common?: AllocationKey | undefined
  /** Why this way; needed for the last step of ISO 14044's hierarchy, economic value and given shares. */
  readonly justification?: string | undefined
}

/** What one product of a process bears. */
export interface ProductShare<N = number> {
  readonly product: string
  /** Its amount under the key; null where shares are given, and where nothing is shared by a key. */
  readonly basis: { readonly amount: N; readonly unit: string } | null
  /** Its part of what the products have in common; exactly rounded, the shares of a process come to 1. Null where they have nothing. */
  readonly share: N | null
  /** What it makes needless per run of its process. */
  readonly avoids: {
    readonly process: string
    readonly product: string
    readonly amount: N
    readonly unit: string
  } | null
  readonly working: readonly Working<N>[]
}

/** How the burden of a process was shared. */
export interface AllocationResult<N = number> {
  readonly process: string
  readonly by: AllocationMethod
  /** The key of the shares; null where nothing is shared by a key. */
  readonly key: AllocationKey['by'] | null
  readonly property: string | null
  readonly justification: string | null
  /** The main product first, the others by id. */
  readonly products: readonly ProductShare<N>[]
}
