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

export function table(name: string): PublishedTable {
  return found(
    tables.find(({ facts }) => facts.table === name),
    name,
  )
}

export function factor(name: string, id: string): PublishedFactor {
  return found(
    table(name).table.factors.find((row) => row.id === id),
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
