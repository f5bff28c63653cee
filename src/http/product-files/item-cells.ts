/**
 * An item as the cells of its row: the way back of what readers do. Everything an item says has to stand in some cell; what no column
 * holds is refused by its name, never left out.
 */

import { pointerOf } from '../../json/pointer.ts'
import { Problem } from '../../problem.ts'
import type { Bilingual } from '../../web/language.ts'
import { categoriesOf } from '../activity-categories.ts'
import { canList, writtenCodes, writtenOutside } from '../listed-cells.ts'
import type { Columns, TableColumn } from '../table-columns.ts'
import { touches } from '../table-rows.ts'

/** The words that a choice or a category is written in; codes where there are none. */
export type Wording = (names: Bilingual) => string

/** Cells by column; a column without a cell has no entry. @throws Problem `invalid-request` for what no column holds. */
export function cellsOf<Name extends string>(
  dictionary: Columns<Name>,
  item: object,
  {
    pointer,
    wording,
    putBack = [],
  }: {
    readonly pointer: string
    readonly wording: Wording | null
    /** Members that are there again when they are read, though nothing of them is said: dotted. */
    readonly putBack?: readonly string[] | undefined
  },
): ReadonlyMap<Name, string> {
  const cells = new Map<Name, string>()
  const said: (readonly string[])[] = []
  for (const name of wholeFirst(dictionary)) {
    const path = dictionary.path(name)
    const value = memberAt(item, path)
    // One column holds a list and others its first members: what the one says, the others do not say again.
    if (value === undefined || value === null || said.some((one) => touches(one, path))) continue
    const written = writtenAs(dictionary.of(name), value, wording)
    if (written === undefined) continue
    cells.set(name, written)
    said.push(path)
  }
  const isSaid = (leaf: readonly string[]) =>
    said.some((one) => touches(leaf, one)) || putBack.includes(leaf.join('.'))
  for (const leaf of leavesOf(item, [])) if (!isSaid(leaf)) throw noColumn(dictionary, pointer, leaf)
  return cells
}

const sorted = new WeakMap<object, readonly string[]>()

/** The columns of a dictionary, that of all readings ahead of those of the first and the last; sorted once for all rows. */
function wholeFirst<Name extends string>(dictionary: Columns<Name>): readonly Name[] {
  const held = sorted.get(dictionary)
  if (held !== undefined) return held as readonly Name[]
  const isWhole = (name: Name) => (dictionary.of(name).kind === 'readings' ? 0 : 1)
  const names = [...dictionary.names].sort((a, b) => isWhole(a) - isWhole(b))
  sorted.set(dictionary, names)
  return names
}

function noColumn(dictionary: Columns, pointer: string, leaf: readonly string[]): Problem {
  const place = `${pointer}${pointerOf(leaf)}`
  const detail = `${place} has no column among ${dictionary.holds}; take the system as JSON.`
  return new Problem('invalid-request', detail, { pointer: place })
}

function memberAt(item: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    item,
  )
}

/** Null is what an empty cell is read as where it may be; what is empty itself would be read as nothing. */
function* leavesOf(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (value === undefined || value === null) return
  const members = typeof value === 'object' ? Object.entries(value) : []
  if (members.length === 0) yield path
  for (const [name, member] of members) yield* leavesOf(member, [...path, name])
}

/** Undefined for a value that this column cannot hold. */
function writtenAs(
  { kind, choices }: TableColumn,
  value: unknown,
  wording: Wording | null,
): string | undefined {
  if (kind === 'gases') return listed(value, (gas) => String(gas))
  if (kind === 'readings') return readings(value)
  if (kind === 'pedigree') return pedigree(value)
  if (kind === 'ids') return ids(value)
  if (kind === 'choices') {
    const words = (code: unknown) => {
      const names = choices?.[String(code)]
      return wording === null || names === undefined ? String(code) : wording(names)
    }
    return ids(Array.isArray(value) ? value.map(words) : undefined)
  }
  if (kind === 'codes') return Array.isArray(value) ? writtenCodes(value) : undefined
  if (kind === 'outside') return Array.isArray(value) ? writtenOutside(value) : undefined
  if (typeof value === 'object') return undefined
  const code = String(value)
  if (wording === null) return code
  const names =
    kind === 'category' ? categoriesOf('product').find((one) => one.code === code) : choices?.[code]
  return names === undefined ? code : wording(names)
}

/** Apart by spaces, where no item holds one. */
function listed(value: unknown, one: (item: unknown) => string): string | undefined {
  if (!Array.isArray(value)) return undefined
  const items = value.map(one)
  return items.some((item) => /\s/.test(item)) ? undefined : items.join(' ')
}

function ids(value: unknown): string | undefined {
  const listed = Array.isArray(value) ? value.map(String) : []
  return canList(listed) ? listed.join('; ') : undefined
}

/** More than the first and the last reading, which have columns of their own. */
function readings(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length < 3) return undefined
  return listed(value, (reading) => `${(reading as Reading).date}=${(reading as Reading).value}`)
}

interface Reading {
  readonly date: string
  readonly value: string
}

function pedigree(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { reliability, completeness, temporal, geographical, technological } = value as Record<
    string,
    unknown
  >
  return `(${[reliability, completeness, temporal, geographical, technological].join(',')})`
}
