/** The factor tables and GWP sets of this repository, as a calculation's context. */

import { fileURLToPath } from 'node:url'
import type { CalculationContext, CalculationInput, TablePin } from '../../src/engine/types.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../../src/factors/files.ts'
import { parseGwpSet, parseTable } from '../../src/tables/parse.ts'

const root = fileURLToPath(new URL('../../emission-factors', import.meta.url))
const gwpSets = gwpSetFolders(root).map(({ path }) => parseGwpSet(readGwpSet(path)))

/** What an input pins, read from `emission-factors/`. */
export function contextOf({ gwpSet, factorTables }: CalculationInput): CalculationContext {
  const set = gwpSets.find(({ set: { id, version } }) => id === gwpSet.id && version === gwpSet.version)
  if (!set) throw new Error(`emission-factors/ has no GWP set ${gwpSet.id} ${gwpSet.version}`)
  return { tables: factorTables.map(tableOf), gwpSet: set.set }
}

function tableOf({ table, version }: TablePin) {
  const folder = tableFolders(root).find((found) => found.name === table && found.version === version)
  if (!folder) throw new Error(`emission-factors/ has no table ${table} ${version}`)
  return parseTable(readTable(folder.path), gwpSets).table
}
