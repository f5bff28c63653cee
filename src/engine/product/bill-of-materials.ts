/**
 * From a bill of materials to the product system that it is short for: each item a process, each part a line that takes from one. The
 * two are the same calculation, to the bit, and a refusal of the system is put back where the bill has what it is about.
 */

import { Problem } from '../../problem.ts'
import { exactDecimal, exactProduct, sumOfDecimals, writtenDecimal } from '../decimal-sum.ts'
import { amountWays, readMeasure, readShare } from '../line-properties.ts'
import { at, moved } from '../refusals.ts'
import type { ActivityLine, Process, ProductInput } from '../types.ts'
import type { BillItem, BillLine, BillOfMaterials, BillPart } from './bill-types.ts'

/** What an id of a line may have everywhere else. */
const lineIdMax = 100

/** A product system, and where the bill has what it came from. */
export interface ExpandedBill {
  readonly input: ProductInput
  /** Where in the bill a pointer into the system points. */
  placeOf(pointer: string): string
}

/**
 * The product system that a bill of materials is short for: processes and lines from the product down, part after part.
 * @throws Problem `property-out-of-range`, `property-missing`, `line-ambiguous` about yields and scrap, with its place in the bill.
 */
export function expandBillOfMaterials({ kind: _, item, ...frame }: BillOfMaterials): ExpandedBill {
  const expansion = new Expansion()
  expansion.add(item, '/item')
  const { processes, lines, places } = expansion
  return {
    input: {
      ...{ ...frame, kind: 'product', referenceProcess: item.id },
      ...{ processes: processes.map(({ made }) => made), lines: lines.map(({ made }) => made) },
    },
    placeOf: (pointer) => placeIn(pointer, places),
  }
}

/**
 * Does something with an expanded bill: a refusal of the system is put back into the bill.
 *
 * @param place of the system within what is done; what is refused beside it keeps its pointer.
 */
export async function inBill<Value>(
  { placeOf }: ExpandedBill,
  act: () => Promise<Value> | Value,
  place = '',
): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    throw moved(thrown, (pointer) =>
      pointer?.startsWith(`${place}/`) ? `${place}${placeOf(pointer.slice(place.length))}` : undefined,
    )
  }
}

/** Something of the system, where the bill has it, and what its members are called there. */
interface From<Made> {
  readonly made: Made
  readonly place: string
  readonly members: Readonly<Record<string, string>>
}

interface Places {
  readonly processes: readonly From<Process>[]
  readonly lines: readonly From<ActivityLine>[]
}

class Expansion {
  readonly processes: From<Process>[] = []
  readonly lines: From<ActivityLine>[] = []

  get places(): Places {
    return this
  }

  add(item: BillItem, place: string): void {
    const { id, name, stage, region, period, lines = [], scrap = [], parts = [] } = item
    const members = { id, name, stage, output: goodOutput(item, place) }
    const where = { ...(region === undefined ? {} : { region }), ...(period === undefined ? {} : { period }) }
    this.processes.push({ made: { ...members, ...where }, place, members: {} })
    for (const [index, line] of lines.entries()) this.#addLine(line, id, `${place}/lines/${index}`)
    checkScrap(item, place)
    for (const [index, line] of scrap.entries())
      this.#addLine(scrapped(line, item), id, `${place}/scrap/${index}`)
    for (const [index, part] of parts.entries()) this.#addPart(part, id, `${place}/parts/${index}`)
  }

  #addLine(line: BillLine, process: string, place: string): void {
    this.lines.push({ made: { ...line, process }, place, members: {} })
  }

  #addPart(part: BillPart, process: string, place: string): void {
    const from = 'use' in part ? part.use : part.id
    const { takes, category = 'material', line = lineIdOf(process, from, place) } = part
    this.lines.push({
      made: { id: line, category, process, from, quantity: takes },
      place,
      members: { id: 'line', from: 'use' in part ? 'use' : 'id', quantity: 'takes' },
    })
    if (!('use' in part)) this.add(part, place)
  }
}

function lineIdOf(process: string, from: string, place: string): string {
  const id = `${process}/${from}`
  if (id.length <= lineIdMax) return id
  const detail = `The id of this part's line would be longer than ${lineIdMax} characters: state one under line.`
  throw new Problem('property-missing', detail, { pointer: `${place}/line` })
}

/** started × yield, as decimals are multiplied. */
function goodOutput({ output, yield: share }: BillItem, place: string): BillItem['output'] {
  if (share === undefined) return output
  readShare(share, `${place}/yield`, 'A yield')
  readMeasure(output, `${place}/output`)
  return { ...output, amount: at(`${place}/output/amount`, () => exactProduct(output.amount, share)) }
}

/** A line of scrap; all that the yield rejects where it states no amount. */
function scrapped(line: BillLine, { output, yield: share = '1' }: BillItem): BillLine {
  if (hasAmount(line)) return line
  const { coefficient, places } = exactDecimal(share)
  const rejected = sumOfDecimals(['1', writtenDecimal({ coefficient: -coefficient, places })])
  return { ...line, quantity: { ...output, amount: exactProduct(output.amount, writtenDecimal(rejected)) } }
}

function checkScrap({ scrap = [], yield: share }: BillItem, place: string): void {
  const [first, second] = [...scrap.entries()].filter(([, line]) => !hasAmount(line)).map(([index]) => index)
  if (first !== undefined && share === undefined) {
    const detail =
      'Scrap without an amount is what the yield rejects, and no yield is stated: state either, e.g. "0.95".'
    throw new Problem('property-missing', detail, { pointer: `${place}/yield` })
  }
  if (second === undefined) return
  const detail =
    'One line of scrap may be without an amount, for all that the yield rejects; state the others.'
  throw new Problem('line-ambiguous', detail, { pointer: `${place}/scrap/${second}` })
}

function hasAmount(line: BillLine): boolean {
  return amountWays.some((way) => way !== 'fromSite' && line[way] !== undefined)
}

/** `/processes/3/output/unit` and `/lines/7/from` as the bill has them; what stands beside the item is called the same there. */
function placeIn(pointer: string, places: Places): string {
  const [, list, index, member, ...inside] = pointer.split('/')
  if (list === 'referenceProcess') return '/item/id'
  if (list !== 'processes' && list !== 'lines') return pointer
  const from = places[list][Number(index)]
  if (index === undefined || from === undefined) return '/item'
  if (member === undefined) return from.place
  return [from.place, from.members[member] ?? member, ...inside].join('/')
}
