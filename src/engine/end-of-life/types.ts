/**
 * The nouns of a product's end of life: which method shares the burdens and benefits of recycling between the product that is
 * recycled and the one that is made of it, and what that method needs to know of each material.
 */

import type { Decimal, Names, Quantity } from '../types.ts'

/**
 * Who bears recycling, and who has its benefit. `cut-off`: recycled material comes free of what it was before, and nothing is
 * credited when it leaves. `circular-footprint-formula`: shared by the factor A (EU Product Environmental Footprint, Annex C).
 */
export const endOfLifeMethods = ['cut-off', 'circular-footprint-formula'] as const
export type EndOfLifeMethod = (typeof endOfLifeMethods)[number]

/** How a product's end of life is calculated. */
export interface EndOfLife {
  readonly method: EndOfLifeMethod
  /** The materials whose lines carry a term of the formula (`line.circular`). */
  readonly materials?: readonly CircularMaterial[] | undefined
}

/** A material of the product, by the parameters of the Circular Footprint Formula and under its names; all but LHV are shares. */
export interface CircularMaterial {
  readonly id: string
  readonly name: Names
  /** Allocation of burdens and credits between supplier and user of recycled material; formula only, and needed there. */
  readonly A?: Decimal | undefined
  /** Allocation of energy recovery: 0 leaves burdens and credits with the product; formula only. */
  readonly B?: Decimal | undefined
  /** Of the material that goes in, the part that was recycled from a former product. */
  readonly R1: Decimal
  /** Of the material at the end of life, the part that is recycled (or reused) in a later product, collection and losses counted. */
  readonly R2?: Decimal | undefined
  /** …and the part whose energy is recovered. */
  readonly R3?: Decimal | undefined
  /** Qsin/Qp: quality of the recycled material that goes in ÷ quality of the primary; formula only. */
  readonly QsinQp?: Decimal | undefined
  /** Qsout/Qp: quality of the recycled material that comes out ÷ quality of the primary; formula only. */
  readonly QsoutQp?: Decimal | undefined
  /** Lower heating value, energy per mass; formula only. */
  readonly LHV?: Quantity | undefined
  /** Efficiency of recovery as heat; formula only. */
  readonly XERheat?: Decimal | undefined
  /** Efficiency of recovery as electricity; formula only. */
  readonly XERelec?: Decimal | undefined
}

/**
 * The terms of the formula, each a line of activity data of the material's mass: `Ev` primary material, `Erecycled` recycled
 * material as it goes in, `ErecyclingEoL` recycling at the end of life, `EvStar` (E*v) primary material that the recycled one
 * replaces, `EER` energy recovery, `ESEheat` and `ESEelec` the heat and electricity that it replaces, `ED` disposal.
 */
export const circularTerms = [
  'Ev',
  'Erecycled',
  'ErecyclingEoL',
  'EvStar',
  'EER',
  'ESEheat',
  'ESEelec',
  'ED',
] as const
export type CircularTerm = (typeof circularTerms)[number]

/** What a line is in the formula: its amount is the material's mass, and the formula says how much of it counts. */
export interface CircularPart {
  /** The material, by its id. */
  readonly material: string
  readonly term: CircularTerm
}

/** A term of a material's formula, per declared unit. */
export interface TermResult<N = number> {
  readonly term: CircularTerm
  /** What the material's mass is multiplied by. */
  readonly weight: N
  /** `1`, or energy per mass for the energy that recovery replaces. */
  readonly unit: string
  readonly lines: readonly string[]
  /** Of its lines, with all that leads to them where processes of the system make what they take. */
  readonly kgCo2e: N
}

/** A parameter of a material, as it was read. */
export interface CircularParameter<N = number> {
  readonly name: string
  readonly value: N
  readonly unit: string
}

/** A material's formula, term by term, per declared unit. */
export interface MaterialResult<N = number> {
  readonly id: string
  readonly name: Names
  readonly parameters: readonly CircularParameter<N>[]
  /** Mass that goes in, and that is there at the end of life; null where no line tells. */
  readonly kgIn: N | null
  readonly kgOut: N | null
  readonly terms: readonly TermResult<N>[]
  /** The formula's three parts. */
  readonly material: N
  readonly energy: N
  readonly disposal: N
}

/** The recycled part of the mass whose recycled content is stated, per declared unit. */
export interface RecycledContent<N = number> {
  readonly kg: N
  readonly kgRecycled: N
  /** Null where the mass is nothing. */
  readonly share: N | null
  readonly lines: readonly string[]
}

/** What a product's result says of its circularity. */
export interface CircularResult<N = number> {
  /** Null where the calculation states none: its boundary does not reach the end of life. */
  readonly method: EndOfLifeMethod | null
  /** Null where no line states any. */
  readonly recycledContent: RecycledContent<N> | null
  readonly materials: readonly MaterialResult<N>[]
}
