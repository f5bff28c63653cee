/**
 * A line that carries a term of a material's formula: its amount is the material's mass, of which the formula says how much counts.
 * And a line that says how much of what it buys was recycled. Both are refused where they would lead nowhere.
 */

import { Problem } from '../../problem.ts'
import type { LineAmount } from '../amounts/stated.ts'
import { times } from '../arithmetic.ts'
import { amountPointer, outOfRange, readNumber, requireDimension } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { ActivityLine, CircularPart, CircularTerm, LifeCycleStage, Working } from '../types.ts'
import { dimensionOf, type Measure, productIn, unitOf } from '../units.ts'
import type { TermWeight } from './formula.ts'
import { isOfInput, materialNamed, type ReadEndOfLife, type ReadMaterial } from './materials.ts'

/** Terms that only the formula counts: what recycling saves or costs belongs, by cut-off, to whoever uses the recycled material. */
const sharedTerms: readonly CircularTerm[] = ['ErecyclingEoL', 'EvStar', 'ESEheat', 'ESEelec']

/** Categories of things that may have been recycled. */
const recyclable: readonly string[] = ['material', 'packaging']

/**
 * Refuses a term that its stage, its method or its boundary has no place for, and a recycled content that nothing takes up.
 * @throws Problem `unknown-material`, `end-of-life-credit`, `property-out-of-range`, `line-ambiguous`.
 */
export function checkMaterialLine(
  line: ActivityLine,
  stage: LifeCycleStage | undefined,
  endOfLife: ReadEndOfLife | null,
): void {
  if (line.recycledContent !== undefined) checkRecycledContent(line, endOfLife)
  if (line.circular === undefined) return
  const { term } = line.circular
  const material = materialNamed(endOfLife, line.circular.material)
  if (endOfLife?.method === 'cut-off' && sharedTerms.includes(term)) throw sharedByCutOff(term)
  if (material.weights[term] === undefined) {
    const detail = `${term} is of the end of life, which the boundary does not reach: leave the line out, or calculate from cradle to grave.`
    throw outOfRange('/circular/term', detail)
  }
  checkStage(term, stage)
}

function sharedByCutOff(term: CircularTerm): Problem {
  const detail = `By cut-off ${term} is no part of this product: what is recycled belongs to whoever uses it, with its burdens and its benefit. Leave the line out; what is done until then goes on a line without "circular". Or calculate by circular-footprint-formula.`
  return new Problem('end-of-life-credit', detail, { pointer: '/circular/term', term })
}

/** Terms of the end of life stand in that stage, terms of what goes in in any other. */
function checkStage(term: CircularTerm, stage: LifeCycleStage | undefined): void {
  if (stage === undefined || isOfInput(term) !== (stage === 'end-of-life')) return
  const detail = isOfInput(term)
    ? `${term} is of the material that goes in, and stands on a process of another stage than end-of-life.`
    : `${term} is of the end of life, and stands on a process of the stage end-of-life; this one is of ${stage}.`
  throw outOfRange('/circular/term', detail)
}

function checkRecycledContent(line: ActivityLine, endOfLife: ReadEndOfLife | null): void {
  const pointer = '/recycledContent'
  const idle = (why: string) => {
    throw new Problem('line-ambiguous', `A recycled content leads nowhere here: ${why}. Leave it out.`, {
      pointer,
    })
  }
  if (line.circular !== undefined) idle('R1 of the material says it')
  if (endOfLife?.method === 'circular-footprint-formula')
    idle('the formula shares recycled material by R1 of a material, named under "circular"')
  if (!recyclable.includes(line.category)) idle(`it is of ${listed(recyclable)}`)
  const share = readNumber(line.recycledContent as string, pointer)
  if (share < 0 || share > 1) throw outOfRange(pointer, 'A recycled content is a share from 0 to 1.')
}

/**
 * What of a line's amount counts: for a term of a formula, mass × what the term is weighed by.
 * @throws Problem `incompatible-dimension` for anything but a mass.
 */
export function countedMaterial(
  line: ActivityLine,
  amount: LineAmount,
  endOfLife: ReadEndOfLife | null,
): LineAmount {
  const { circular, recycledContent } = line
  if (circular !== undefined || recycledContent !== undefined)
    requireDimension(amountPointer(line), amount.quantity, 'mass', 'kg')
  if (circular === undefined) return amount
  const material = materialNamed(endOfLife, circular.material)
  const weight = material.weights[circular.term] as TermWeight
  const working = [
    ...amount.working,
    { name: 'material', ...amount.quantity, of: circular.material },
    ...parametersOf(material, weight),
    { name: 'termWeight', value: weight.value, unit: weight.unit, of: circular.term },
  ]
  return { ...amount, quantity: weighedBy(amount.quantity, weight), working }
}

/** mass × weight, or mass × energy per mass. */
function weighedBy(mass: Measure, { value, unit }: TermWeight): Measure {
  if (unit === '1') return { value: times(mass.value, value), unit: mass.unit }
  return { value: productIn('MJ', mass, { value, unit: unitOf(unit).code }), unit: 'MJ' }
}

/** The parameters that a weight is made of, for the reader. */
export function parametersOf(
  { parameters }: ReadMaterial,
  { from }: Pick<TermWeight, 'from'>,
): readonly Working[] {
  return from.map((name) => {
    const value = parameters[name]
    return typeof value === 'number' ? { name, value, unit: '1' } : { name, ...value }
  })
}

/** The mass that a term is about, per run of the line's process, before the formula weighs it. */
export function massOf(
  { circular }: { readonly circular?: CircularPart | undefined },
  working: readonly Working[],
): Measure {
  const step = working.find(({ name, of }) => name === 'material' && of === circular?.material)
  if (step === undefined || dimensionOf(step.unit) !== 'mass')
    throw new Error('the line has no mass of a material')
  return { value: step.value, unit: step.unit }
}
