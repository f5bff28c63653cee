/** The bundled tables and GWP sets as tests use them: read from `emission-factors/`, parsed once. */

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../../src/factors/files.ts'
import type { PublishedFactor, PublishedGwpSet, PublishedTable, TableFiles } from '../../src/tables/format.ts'
import { parseGwpSet, parseTable } from '../../src/tables/parse.ts'

export const root = join(fileURLToPath(new URL('../..', import.meta.url)), 'emission-factors')

export const gwpSets: readonly PublishedGwpSet[] = gwpSetFolders(root).map(({ path }) =>
  parseGwpSet(readGwpSet(path)),
)

export const tables: readonly PublishedTable[] = tableFolders(root).map(({ path }) =>
  parseTable(readTable(path), gwpSets),
)

export function gwpSet(id: string): PublishedGwpSet {
  return found(
    gwpSets.find(({ facts }) => facts.id === id),
    id,
  )
}

/** A table; its version has to be named where it has more than one. */
export function table(name: string, version?: string): PublishedTable {
  const named = tables.filter(({ facts }) => facts.table === name)
  const [only, other] = version === undefined ? named : named.filter(({ facts }) => facts.version === version)
  if (other !== undefined) throw new Error(`emission-factors/ holds several versions of ${name}; name one`)
  return found(only, name)
}

/** A row of a table, of whichever version has it. */
export function factor(name: string, id: string): PublishedFactor {
  const rows = tables.filter(({ facts }) => facts.table === name).flatMap(({ table }) => table.factors)
  return found(
    rows.find((row) => row.id === id),
    id,
  )
}

/** The text of a bundled table's files, to be broken. */
export function filesOf(name: string, version: string): TableFiles {
  return readTable(join(root, name, version))
}

function found<Item>(item: Item | undefined, name: string): Item {
  if (item === undefined) throw new Error(`emission-factors/ holds no ${name}`)
  return item
}
