/**
 * The Circular Footprint Formula (EU Product Environmental Footprint method, Annex C V2.1):
 *
 *   material  (1 − R1)·Ev + R1·(A·Erecycled + (1 − A)·Ev·Qsin/Qp) + (1 − A)·R2·(ErecyclingEoL − E*v·Qsout/Qp)
 *   energy    (1 − B)·R3·(EER − LHV·XERheat·ESEheat − LHV·XERelec·ESEelec)
 *   disposal  (1 − R2 − R3)·ED
 *
 * and the cut-off beside it: (1 − R1)·Ev + R1·Erecycled + R3·EER + (1 − R2 − R3)·ED. Both as what each term is multiplied by.
 */

import { remainderOf } from '../amounts/remainder.ts'
import { times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import type { Measure } from '../units.ts'
import type { CircularTerm, EndOfLifeMethod } from './types.ts'

/** A material's parameters, read; what its method has no use for is 0. */
export interface FormulaParameters {
  readonly A: number
  readonly B: number
  readonly R1: number
  readonly R2: number
  readonly R3: number
  readonly QsinQp: number
  readonly QsoutQp: number
  readonly LHV: Measure
  readonly XERheat: number
  readonly XERelec: number
}

/** What a material's mass is multiplied by for a term. */
export interface TermWeight {
  readonly value: number
  /** `1`, or the unit of the heating value. */
  readonly unit: string
  /** The parameters that it is made of. */
  readonly from: readonly (keyof FormulaParameters)[]
}

/** The weights of the terms a method has; one that it lacks is not the product's to count. */
export type TermWeights = Readonly<Partial<Record<CircularTerm, TermWeight>>>

/** What the mass of a material is multiplied by, term by term. */
export function termWeights(method: EndOfLifeMethod, parameters: FormulaParameters): TermWeights {
  return method === 'cut-off' ? cutOffWeights(parameters) : formulaWeights(parameters)
}

/** The part of a material that is neither recycled nor burnt for its energy; below 0 where the two exceed the whole. */
export function disposedShare({ R2, R3 }: Pick<FormulaParameters, 'R2' | 'R3'>): number {
  return remainderOf([1, -R2, -R3])
}

function cutOffWeights(parameters: FormulaParameters): TermWeights {
  const { R1, R3 } = parameters
  return {
    Ev: plain(1 - R1, 'R1'),
    Erecycled: plain(R1, 'R1'),
    EER: plain(R3, 'R3'),
    ED: plain(disposedShare(parameters), 'R2', 'R3'),
  }
}

function formulaWeights(parameters: FormulaParameters): TermWeights {
  const { A, B, R1, R2, R3, QsinQp, QsoutQp } = parameters
  const passedOn = times(1 - A, R2)
  const recovered = times(1 - B, R3)
  return {
    Ev: plain(exactSum([1 - R1, times(times(R1, 1 - A), QsinQp)]), 'A', 'R1', 'QsinQp'),
    Erecycled: plain(times(R1, A), 'A', 'R1'),
    ErecyclingEoL: plain(passedOn, 'A', 'R2'),
    EvStar: plain(-times(passedOn, QsoutQp), 'A', 'R2', 'QsoutQp'),
    EER: plain(recovered, 'B', 'R3'),
    ESEheat: replaced('XERheat'),
    ESEelec: replaced('XERelec'),
    ED: plain(disposedShare(parameters), 'R2', 'R3'),
  }

  /** (1 − B)·R3·LHV·XER: energy per mass, replaced and so negative. */
  function replaced(efficiency: 'XERheat' | 'XERelec'): TermWeight {
    const { LHV } = parameters
    const value = -times(times(recovered, LHV.value), parameters[efficiency])
    return { value: value + 0, unit: LHV.unit, from: ['B', 'R3', 'LHV', efficiency] }
  }
}

function plain(value: number, ...from: readonly (keyof FormulaParameters)[]): TermWeight {
  return { value: value + 0, unit: '1', from }
}
