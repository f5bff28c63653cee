/** The tables of a product system from the sheets of a workbook, each known by its name. */

import { pointerOf } from '../../json/pointer.ts'
import { isProblem } from '../../problem.ts'
import { nameKey } from '../workbook/activity-sheet.ts'
import { openWorkbook, type SheetEntry, type Workbook } from '../workbook/parts.ts'
import { unfit } from '../workbook/refusal.ts'
import { type CellCount, readSheet } from '../workbook/sheet.ts'
import { readTable, type TableAsked } from '../workbook/table-sheet.ts'
import { refuseTooManyRows } from './bounds.ts'
import { productMembers, productSheet } from './product-columns.ts'
import { templateSheets } from './sheet-names.ts'
import { knownTables } from './tables.ts'
import type { SentSystemTable, SystemTable } from './types.ts'

/** The tables of a workbook, and the sheets of other names, which nobody read. */
export interface WorkbookTables {
  readonly tables: readonly SentSystemTable[]
  readonly notRead: readonly string[]
}

/** @throws Problem `malformed-workbook`, `body-too-large`, `too-many-items`. */
export function workbookTables(bytes: Uint8Array): WorkbookTables {
  const workbook = openWorkbook(bytes)
  const known = workbook.sheets.map((entry) => ({ entry, table: tableCalled(entry.name) }))
  refuseUnclear(known)
  const count: CellCount = { cells: 0 }
  return {
    tables: known.flatMap(({ entry, table }) => (table ? [readEntry(workbook, entry, table, count)] : [])),
    notRead: known.flatMap(({ entry, table }) =>
      table === undefined && !entry.isHidden && !isOfTemplate(entry.name) ? [entry.name] : [],
    ),
  }
}

function tableCalled(name: string): SystemTable | undefined {
  const key = nameKey(name)
  return knownTables.find((table) => namesOf(table).some((one) => nameKey(one) === key))
}

function namesOf({ key, title: { zh, en } }: SystemTable): readonly string[] {
  return [key, zh, en, `${zh} ${en}`]
}

/** Sheets of the template that are for people. */
function isOfTemplate(name: string): boolean {
  return Object.values(templateSheets).some(({ zh, en }) =>
    [zh, en, `${zh} ${en}`].some((one) => nameKey(one) === nameKey(name)),
  )
}

function refuseUnclear(
  known: readonly { readonly entry: SheetEntry; readonly table: SystemTable | undefined }[],
): void {
  for (const { entry, table } of known) {
    if (table === undefined) continue
    if (entry.isHidden) {
      throw unfit(`The sheet "${entry.name}" is hidden; show it, or delete it`, { sheet: entry.name })
    }
    const others = known.filter((one) => one.table === table).map((one) => one.entry.name)
    if (others.length === 1) continue
    const named = others.map((name) => `"${name}"`).join(', ')
    throw unfit(`More than one sheet is ${table.key}: ${named}; keep one of them`, { sheets: others })
  }
  if (known.some(({ table }) => table !== undefined)) return
  const sheets = known.slice(0, 20).map(({ entry }) => entry.name)
  const wanted = knownTables.map(({ title }) => `"${title.zh}" (${title.en})`).join(', ')
  throw unfit(`No sheet is one of a product system: ${wanted}`, { sheets })
}

function readEntry(
  workbook: Workbook,
  entry: SheetEntry,
  table: SystemTable,
  count: CellCount,
): SentSystemTable {
  const sheet = inSheet(entry, table, () => readSheet(workbook.read(entry), count))
  const read = readTable(workbook, { name: entry.name, sheet }, askedOf(table))
  return { table, called: entry.name, ...read }
}

/** What is wrong with a sheet as a whole says which of them it is, and what it would have been. */
function inSheet<Value>({ name: sheet }: SheetEntry, { list }: SystemTable, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const pointer = thrown.facts.pointer === undefined ? undefined : pointerOf(list)
    throw thrown.with({ sheet, pointer, detail: `Sheet "${sheet}": ${String(thrown.facts.detail)}` })
  }
}

function askedOf(table: SystemTable): TableAsked<string> {
  const { dictionary } = table
  const needed = dictionary.missing([]).map((name) => `${dictionary.of(name).title.zh} (${name})`)
  return {
    dictionary,
    needs: needed.join(', '),
    refuseTooMany: (rows) => refuseTooManyRows(table, rows),
    ...(table === productSheet ? { kindOf: kindOfMember } : {}),
  }
}

/** A value is read as its member asks: a day as a day. */
function kindOfMember(column: string, textOf: (column: string) => string) {
  const name = column === 'value' ? productMembers.named(textOf('member')) : undefined
  return name === undefined ? 'text' : productMembers.of(name).kind
}
