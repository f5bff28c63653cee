/**
 * From rows of cells to lines of activity data, whatever the rows were read from. Nothing is imported in part: every fault
 * is collected with its place, so that a file is mended once and not once a fault.
 */

import { checkNewId } from '../engine/names.ts'
import { at, Refusals } from '../engine/refusals.ts'
import type { ActivityLine } from '../engine/types.ts'
import { pointerPath } from '../json/pointer.ts'
import { isProblem, type Problem } from '../problem.ts'
import { canonicalLine } from '../record/canonical-input.ts'
import { type CsvColumn, lineColumns, memberPath } from './activity-columns.ts'
import { ActivityLineBody, refuseTooManyLines } from './calculation.ts'
import { completeMeter, readTwice } from './meter-cells.ts'
import {
  cellOfMember,
  type Header,
  type ItemRead,
  type PlacedRow,
  readItem,
  type SentPlace,
  type SentRow,
  touches,
  wrongCell,
  wrongValue,
} from './table-rows.ts'

type LineHeader = Header<CsvColumn>
type LineRow = PlacedRow<CsvColumn>

/**
 * Lines of rows: all, or none.
 *
 * @throws Problem the first fault, up to 50 more under `others`; `too-many-items`.
 */
export function readLines(header: LineHeader, rows: readonly SentRow[]): ActivityLine[] {
  const refusals = new Refusals()
  const lines = collectLines(header, rows, refusals)
  refusals.throwIfAny()
  return lines
}

/** Lines of rows as far as there are any, and what is wrong with the others. @throws Problem `too-many-items`. */
export function collectLines(
  header: LineHeader,
  rows: readonly SentRow[],
  refusals: Refusals,
): ActivityLine[] {
  refuseTooManyLines(rows.length)
  const ids = new Set<string>()
  const lines: ActivityLine[] = []
  for (const [index, row] of rows.entries()) {
    if (refusals.full) break
    const placed = { header, row, pointer: `/lines/${index}` }
    const read = readLine(placed)
    for (const problem of read.faults) refusals.attempt(() => raise(problem))
    if (read.line === undefined) continue
    const { line } = read
    const attempt = (act: () => void) => refusals.attempt(() => withPlace(placed, act))
    attempt(() => canonicalLine(line, ['lines', index]))
    attempt(() => checkNewId(line.id.normalize('NFC'), ids, `/lines/${index}/id`))
    lines.push(line)
  }
  return lines
}

function raise(problem: Problem): never {
  throw problem
}

function readLine(placed: LineRow): { readonly line?: ActivityLine; readonly faults: readonly Problem[] } {
  const { header, row, pointer } = placed
  if (row.faults.length > 0) {
    return { faults: row.faults.map((fault) => fault.with({ pointer: fault.facts.pointer ?? pointer })) }
  }
  const { item, wrong } = lineOf(header, row.cells)
  const parsed = ActivityLineBody.safeParse(item)
  const cells = wrong.map((one) => wrongCell(placed, one))
  if (parsed.success) return cells.length === 0 ? { line: parsed.data, faults: [] } : { faults: cells }
  // What a wrong cell leaves out is not missed a second time.
  const others = parsed.error.issues.filter(
    ({ path }) => !wrong.some(({ column }) => touches(memberPath(column), path.map(String))),
  )
  return { faults: [...cells, ...others.map((issue) => wrongValue(placed, issue))] }
}

function withPlace({ header, row, pointer }: LineRow, act: () => void): void {
  try {
    at(pointer, act)
  } catch (thrown) {
    const place = isProblem(thrown) ? thrown.facts.pointer : undefined
    if (!isProblem(thrown) || typeof place !== 'string') throw thrown
    throw thrown.with({ ...row.place(cellOf(header, place)) })
  }
}

/** Where the cell stands that a pointer into `/lines` names. */
export function placeOfPointer(
  header: LineHeader,
  rows: readonly SentRow[],
  pointer: string,
): SentPlace | undefined {
  const [first, index] = pointerPath(pointer) ?? []
  return first === 'lines' ? rows[Number(index)]?.place(cellOf(header, pointer)) : undefined
}

/** The cell of a pointer `/lines/<index>/…` within its row. */
function cellOf(header: LineHeader, pointer: string): number {
  const [, , ...member] = pointerPath(pointer) ?? []
  return cellOfMember(header, member)
}

/** A line as its cells say it. */
function lineOf(header: LineHeader, cells: readonly string[]): ItemRead<CsvColumn> {
  const { item, wrong, filled } = readItem(header, cells, (column, others) =>
    readTwice(lineColumns, column, others),
  )
  completeMeter(lineColumns, item, filled)
  return { item, wrong }
}
