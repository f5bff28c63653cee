/** The files of `emission-factors/` on disk: which versions there are, and their text. Nothing here judges what they say. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { GwpSetFiles, TableFiles } from '../tables/format.ts'

/** The folder of the GWP sets, beside those of the tables. */
export const gwpSetsFolder = 'gwp-sets'

/** One version's folder. */
export interface VersionFolder {
  /** Table or GWP set. */
  readonly name: string
  readonly version: string
  readonly path: string
}

/** Every table version under `emission-factors/`, by name, then version. */
export function tableFolders(root: string): readonly VersionFolder[] {
  return foldersIn(root)
    .filter((name) => name !== gwpSetsFolder)
    .flatMap((name) => versionsOf(root, name))
}

/** Every GWP set version under `emission-factors/gwp-sets/`. */
export function gwpSetFolders(root: string): readonly VersionFolder[] {
  const folder = join(root, gwpSetsFolder)
  return foldersIn(folder).flatMap((name) => versionsOf(folder, name))
}

function versionsOf(root: string, name: string): VersionFolder[] {
  return foldersIn(join(root, name)).map((version) => ({ name, version, path: join(root, name, version) }))
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
}

/** Text of a table version's files; `fuels.csv` only where it exists. */
export function readTable(folder: string): TableFiles {
  const fuels = join(folder, 'fuels.csv')
  return {
    'table.json': readFileSync(join(folder, 'table.json'), 'utf8'),
    'factors.csv': readFileSync(join(folder, 'factors.csv'), 'utf8'),
    'fuels.csv': existsSync(fuels) ? readFileSync(fuels, 'utf8') : undefined,
  }
}

/** Text of a GWP set version's files. */
export function readGwpSet(folder: string): GwpSetFiles {
  return {
    'set.json': readFileSync(join(folder, 'set.json'), 'utf8'),
    'values.csv': readFileSync(join(folder, 'values.csv'), 'utf8'),
    'blends.csv': readFileSync(join(folder, 'blends.csv'), 'utf8'),
  }
}
