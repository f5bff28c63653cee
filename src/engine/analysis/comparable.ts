/**
 * Whether two products' results may stand side by side. Results by different methods, within different boundaries or per different
 * units look like a difference of the products and are one of the calculations: they are not offered, and what differs is listed.
 */

import { Problem, type ProblemFacts } from '../../problem.ts'
import { readMeasure } from '../line-properties.ts'
import { inOrder } from '../names.ts'
import { referenceFlowOf } from '../product/unit.ts'
import type { Process, ProductInput, Quantity } from '../types.ts'
import { convert, dimensionOf } from '../units.ts'

/** Something that two calculations do in different ways. */
export interface MethodDifference {
  readonly member: string
  readonly a: unknown
  readonly b: unknown
}

/** What decides by which method a result came about, by member; two results are comparable where all of these agree. */
const decisive: Readonly<Record<string, (input: ProductInput) => unknown>> = {
  boundary: ({ boundary }) => boundary,
  unit: unitText,
  'functionalUnit.description': ({ functionalUnit }) => functionalUnit?.description ?? null,
  gwpSet: ({ gwpSet: { id, version } }) => `${id}@${version}`,
  'endOfLife.method': ({ endOfLife }) => endOfLife?.method ?? null,
  'capitalGoods.choice': ({ capitalGoods }) => capitalGoods?.choice ?? null,
  productCategoryRules: ({ productCategoryRules: rules }) => (rules ? `${rules.id} ${rules.edition}` : null),
}

/** @param place where the other one is named in what was asked. @throws Problem `not-comparable`, with the differences. */
export function requireComparable(a: ProductInput, b: ProductInput, place: ProblemFacts): void {
  const differences = differencesOf(a, b)
  if (differences.length === 0) return
  const members = differences.map(({ member }) => member).join(', ')
  const detail = `The two results differ by how they are calculated (${members}), so their difference says nothing of the products; calculate both the same way.`
  throw new Problem('not-comparable', detail, { ...place, differences })
}

/** What two calculations do in different ways, in the order of the list. */
export function differencesOf(a: ProductInput, b: ProductInput): readonly MethodDifference[] {
  const byMember = Object.entries(decisive).flatMap(([member, of]) => {
    const [ofA, ofB] = [of(a), of(b)]
    if (member === 'unit') return sameUnit(a, b) ? [] : [{ member: unitMember(a), a: ofA, b: ofB }]
    return JSON.stringify(ofA) === JSON.stringify(ofB) ? [] : [{ member, a: ofA, b: ofB }]
  })
  return [...byMember, ...allocationDifferences(a, b)]
}

/** A process that both have shares its burden alike in both; and no two products rest on different ways of sharing altogether. */
function allocationDifferences(a: ProductInput, b: ProductInput): readonly MethodDifference[] {
  const [ofA, ofB] = [a, b].map(
    ({ processes }) => new Map(processes.map((one) => [one.id, allocationText(one)])),
  )
  const own = [...(ofA ?? [])].flatMap(([id, text]) => {
    const other = ofB?.get(id)
    return text === null || other === undefined || other === null || text === other
      ? []
      : [{ member: `allocation of process ${id}`, a: text, b: other }]
  })
  if (own.length > 0) return own
  const [waysA, waysB] = [ofA, ofB].map((texts) =>
    [...new Set(texts?.values() ?? [])].filter(isText).sort(inOrder),
  )
  const apart = (waysA ?? []).length > 0 && (waysB ?? []).length > 0 && `${waysA}` !== `${waysB}`
  return apart ? [{ member: 'allocation', a: waysA, b: waysB }] : []
}

function allocationText({ allocation }: Process): string | null {
  if (allocation === undefined) return null
  const { by, property, common } = allocation
  return [by, property, common?.by, common?.property].filter(isText).join(' ')
}

function isText(text: string | null | undefined): text is string {
  return typeof text === 'string'
}

/** What a result is per: the declared unit; or what the product does and for how long, whatever amount of product that takes. */
function deliveredBy(input: ProductInput): readonly Quantity[] {
  const { functionalUnit } = input
  if (functionalUnit === undefined) return [referenceFlowOf(input).quantity]
  return [functionalUnit.quantity, functionalUnit.serviceLife]
}

function unitMember({ functionalUnit }: ProductInput): string {
  return functionalUnit === undefined ? 'declaredUnit' : 'functionalUnit'
}

function unitText(input: ProductInput): string {
  return deliveredBy(input)
    .map(({ amount, unit }) => `${amount} ${unit}`)
    .join(' over ')
}

/** 1 t and 1000 kg are one declared unit. */
function sameUnit(a: ProductInput, b: ProductInput): boolean {
  const [ofA, ofB] = [deliveredBy(a), deliveredBy(b)]
  return ofA.length === ofB.length && ofA.every((one, index) => sameAmount(one, ofB[index] as Quantity, a))
}

function sameAmount(a: Quantity, b: Quantity, input: ProductInput): boolean {
  const [one, other] = [readMeasure(a, `/${unitMember(input)}`), readMeasure(b, `/${unitMember(input)}`)]
  if (dimensionOf(one.unit) !== dimensionOf(other.unit)) return false
  return convert(one.value, one.unit, other.unit) === other.value
}
