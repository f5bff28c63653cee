/** Reads the sheet of the product itself: a member a row, each at most once. */

import type { Refusals } from '../../engine/refusals.ts'
import { pointerOf } from '../../json/pointer.ts'
import { isProblem, Problem } from '../../problem.ts'
import { type Members, type PlacedRow, placeInWords, type SentPlace, setMember } from '../table-rows.ts'
import { cellValue } from '../table-values.ts'
import type { Places } from './places.ts'
import { type ProductMember, productMembers } from './product-columns.ts'
import type { SentSystemTable } from './types.ts'
import { checkCell } from './wrong-cells.ts'

interface Into {
  readonly system: Members
  readonly places: Places
  readonly refusals: Refusals
}

/** Puts each member where it belongs; answers pointers to those that could not be read. */
export function readMembers({ header, rows }: SentSystemTable, into: Into): readonly string[] {
  const cell = (name: string) => header.columns.indexOf(name)
  const unread: string[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    if (row.faults.length > 0) unread.push(...refuseRow(row, cell('member'), into))
    else
      into.refusals.attempt(() => {
        const [written = '', value = ''] = [row.cells[cell('member')], row.cells[cell('value')]]
        readMember(
          { row, written, value, cells: { member: cell('member'), value: cell('value') } },
          seen,
          into,
        )
      })
  }
  completeRules(into.system)
  completeIdentity(into.system)
  return unread
}

/** Rules of a category that ask nothing ask just that; a title without Chinese has none. */
function completeRules({ productCategoryRules: rules }: Members): void {
  if (typeof rules !== 'object' || rules === null) return
  const stated = rules as Members
  stated.binds ??= {}
  if (typeof stated.title === 'object') stated.title = { zh: null, ...stated.title }
}

/** A value that cannot be read is not missed as well. */
function refuseRow(row: PlacedRow['row'], cell: number, { refusals }: Into): readonly string[] {
  for (const fault of row.faults) {
    refusals.attempt(() => {
      throw fault
    })
  }
  const name = productMembers.named(row.cells[cell] ?? '')
  return name === undefined ? [] : [pointerOf(productMembers.path(name))]
}

/** A name or an address without Chinese has none. */
function completeIdentity({ identity }: Members): void {
  if (typeof identity !== 'object' || identity === null) return
  for (const one of Object.values(identity) as Members[])
    for (const member of ['name', 'address'])
      if (typeof one[member] === 'object') one[member] = { zh: null, ...one[member] }
}

interface MemberRow {
  readonly row: PlacedRow['row']
  readonly written: string
  readonly value: string
  readonly cells: { readonly member: number; readonly value: number }
}

function readMember({ row, written, value, cells }: MemberRow, seen: Set<string>, into: Into): void {
  if (written === '' && value === '') return
  const name = productMembers.named(written)
  const place = row.place(cells.member)
  if (name === undefined) throw unknownMember(written, place)
  if (value === '') return
  if (seen.has(name)) throw misread(place, `"${written.slice(0, 40)}" stands twice; keep one of the rows`)
  seen.add(name)
  const path = productMembers.path(name)
  into.places.addMember({ path, place: row.place(cells.value) })
  // As it is written where it cannot be read, so that it is not missed as well: it is refused already.
  setMember(into.system, path, value)
  setMember(into.system, path, readValue(name, value, row.place(cells.value)))
}

function readValue(name: ProductMember, value: string, place: SentPlace): unknown {
  const column = productMembers.of(name)
  try {
    checkCell(column.kind, value)
    return cellValue(column, value)
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    throw thrown.with({ pointer: pointerOf(productMembers.path(name)), ...place })
  }
}

function unknownMember(written: string, place: SentPlace): Problem {
  const candidates = productMembers.nearest(written)
  const near = candidates.length > 0 ? `; near it: ${candidates.map((one) => `"${one}"`).join(', ')}` : ''
  const problem = misread(place, `"${written.slice(0, 40)}" is no member of the product${near}`)
  return problem.with({ candidates, members: productMembers.names })
}

function misread(place: SentPlace, fault: string): Problem {
  return new Problem('invalid-request', `${placeInWords(place)}: ${fault}.`, { ...place })
}
