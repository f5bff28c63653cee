/**
 * What the columns of a table are that people fill in, whatever the table is of. Templates, readers of headers and refusals all ask
 * one dictionary of columns for each table.
 */

import { nearest } from '../engine/names.ts'
import type { Bilingual } from '../web/language.ts'
import type { Choices } from './activity-choices.ts'

/**
 * How a cell is read: a `choice` by its code or its names; `gases` are names apart by spaces; `readings` are days with what a meter
 * showed; a `pedigree` is five scores; a `year` and a `date` have one written form afterwards, a `count` is a whole number; `ids` are apart
 * by semicolons, and so are `outside` takers, each perhaps with an amount behind an equals sign; a `flag` is yes or no,
 * and `choices` are several of a list, apart by semicolons; `codes` are each a system and its code.
 */
export type CellKind =
  | 'text'
  | 'category'
  | 'choice'
  | 'decimal'
  | 'unit'
  | 'date'
  | 'year'
  | 'count'
  | 'gases'
  | 'readings'
  | 'pedigree'
  | 'ids'
  | 'outside'
  | 'flag'
  | 'choices'
  | 'codes'

/** A column of a table. */
export interface TableColumn {
  /** Header; also accepted instead of the dotted name. */
  readonly title: Bilingual
  readonly help: Bilingual
  readonly kind: CellKind
  /** Every file has it, or has to have it unless another way to an amount has a column. */
  readonly needed?: 'always' | 'unless-another-amount'
  /** Where its value stands in an item, where that is not its own name. */
  readonly place?: string
  /** The list of a `choice`. */
  readonly choices?: Choices
}

/** A dictionary of columns by their dotted names, and how its names are found. */
export interface Columns<Name extends string = string, Column extends TableColumn = TableColumn> {
  /** What the table holds, as a refusal calls it: `activity data`. */
  readonly holds: string
  readonly names: readonly Name[]
  of(name: Name): Column
  /** Where the value of a column stands in an item. */
  path(name: Name): readonly string[]
  /** The column of a header: its dotted name, its English or Chinese title, or both; letter case, width and spaces do not matter. */
  named(header: string): Name | undefined
  /** The accepted headers most like an unknown one. */
  nearest(header: string): readonly string[]
  /** The columns that a header lacks. */
  missing(columns: readonly Name[]): readonly Name[]
}

/** What a dictionary says beside its columns. */
export interface TableRules<Name extends string> {
  readonly holds: string
  readonly path?: (name: Name) => readonly string[]
  readonly missing?: (columns: readonly Name[]) => readonly Name[]
}

/** The dictionary of columns that are listed by their dotted names. */
export function columnsOf<Name extends string, Column extends TableColumn>(
  listed: Readonly<Record<Name, Column>>,
  { holds, path, missing }: TableRules<Name>,
): Columns<Name, Column> {
  const names = Object.keys(listed) as Name[]
  const written = names.flatMap((name) =>
    headersOf(name, listed[name]).map((header) => [header, name] as const),
  )
  const both = names.map((name) => [`${listed[name].title.zh}${listed[name].title.en}`, name] as const)
  const byHeader = new Map([...both, ...written].map(([header, name]) => [headerKey(header), name]))
  const accepted = written.map(([header]) => header)
  return {
    holds,
    names,
    of: (name) => listed[name],
    path: path ?? ((name) => (listed[name].place ?? name).split('.')),
    named: (header) => byHeader.get(headerKey(header)),
    nearest: (header) => nearest(header, accepted),
    missing:
      missing ??
      ((columns) => names.filter((name) => listed[name].needed !== undefined && !columns.includes(name))),
  }
}

function headersOf(name: string, { title: { en, zh } }: TableColumn): readonly string[] {
  return [name, en, zh]
}

function headerKey(header: string): string {
  return header
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+|\*+$/g, '')
}
