/**
 * Checks every factor table and GWP set under `emission-factors/` by the rules at the door, and that nothing released has
 * changed: `npm run factors:check`. Lists all faults with file, row and column, and exits 1 when there are any.
 *
 *   --release <table>[/<version>]…   writes the digest of new versions into their files and into released.json
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  gwpSetFolders,
  readGwpSet,
  readTable,
  tableFolders,
  type VersionFolder,
} from '../src/factors/files.ts'
import type { Digest } from '../src/json/digest.ts'
import type { Fault, PublishedGwpSet } from '../src/tables/format.ts'
import { describeFault, type Inspection, inspectGwpSet, inspectTable } from '../src/tables/parse.ts'
import { chainFaults } from '../src/tables/succession.ts'

/** One line of `released.json`: a version and the digest it was released with. Lines are added, never edited. */
interface Release {
  readonly kind: 'factor-table' | 'gwp-set'
  readonly name: string
  readonly version: string
  readonly digest: string
}

/** A version as found in its folder. */
interface Found {
  readonly kind: Release['kind']
  readonly folder: VersionFolder
  readonly factsFile: string
  readonly claims: {
    readonly name: string
    readonly version: string
    readonly supersedes: string | null
    readonly supersededBy: string | null
  } | null
  readonly digest: Digest | null
  readonly released: Digest | null
  readonly rows: number
  readonly faults: readonly Fault[]
}

/** Everything under a root, inspected. */
export interface Report {
  readonly versions: readonly Found[]
  /** Lines for people, one for each fault. */
  readonly lines: readonly string[]
}

/** Inspects all versions under `root`. */
export function checkFactors(root: string): Report {
  const sets = gwpSetFolders(root).map((folder) => ({
    folder,
    inspection: inspectGwpSet(readGwpSet(folder.path)),
  }))
  const published = sets.flatMap(({ inspection }) =>
    inspection.published === null ? [] : [inspection.published],
  )
  const versions = [
    ...sets.map(({ folder, inspection }) => foundSet(folder, inspection)),
    ...tableFolders(root).map((folder) => foundTable(folder, published)),
  ]
  const releases = readReleases(root)
  const lines = [
    ...versions.flatMap((found) =>
      found.faults.map((fault) => `${place(root, found.folder)}/${describeFault(fault)}`),
    ),
    ...versions.flatMap((found) =>
      folderFaults(found, versions, releases).map((text) => `${place(root, found.folder)}: ${text}`),
    ),
    ...successionLines(root, versions),
    ...releaseFaults(releases, versions),
  ]
  return { versions, lines }
}

function foundSet(
  folder: VersionFolder,
  { published, faults, released }: Inspection<PublishedGwpSet>,
): Found {
  const claims = published && {
    name: published.facts.id,
    version: published.facts.version,
    supersedes: published.facts.supersedes,
    supersededBy: null,
  }
  const digest = published?.set.digest ?? null
  const rows = published?.gases.length ?? 0
  return { kind: 'gwp-set', folder, factsFile: 'set.json', claims, digest, released, rows, faults }
}

function foundTable(folder: VersionFolder, gwpSets: readonly PublishedGwpSet[]): Found {
  const { published, faults, released } = inspectTable(readTable(folder.path), gwpSets)
  const claims = published && {
    name: published.facts.table,
    version: published.facts.version,
    supersedes: published.facts.supersedes,
    supersededBy: published.facts.supersededBy ?? null,
  }
  const digest = published?.table.digest ?? null
  const rows = published === null ? 0 : published.table.factors.length + published.table.fuels.length
  return { kind: 'factor-table', folder, factsFile: 'table.json', claims, digest, released, rows, faults }
}

/** The editions of each table, published from nothing, follow each other in one line. */
function successionLines(root: string, versions: readonly Found[]): string[] {
  const tables = versions.flatMap(({ kind, claims, folder }) =>
    kind === 'factor-table' && claims !== null ? [{ ...claims, table: claims.name, folder }] : [],
  )
  return [...chainFaults(tables)].flatMap(([{ folder }, faults]) =>
    faults.map((fault) => `${place(root, folder)}/${describeFault(fault)}`),
  )
}

/** What a version's folder must agree with: its own name, a GWP set's predecessor, and the list of releases. */
function folderFaults(found: Found, versions: readonly Found[], releases: readonly Release[]): string[] {
  const { claims, folder, released, factsFile } = found
  if (claims === null) return []
  const faults: string[] = []
  if (claims.name !== folder.name || claims.version !== folder.version) {
    faults.push(
      `[form] ${factsFile} says ${claims.name} ${claims.version}, the folder ${folder.name}/${folder.version}`,
    )
  }
  const isHere = (version: string) => {
    return versions.some(({ kind, folder: { name, version: other } }) => {
      return kind === found.kind && name === folder.name && other === version
    })
  }
  if (found.kind === 'gwp-set' && claims.supersedes !== null && !isHere(claims.supersedes)) {
    faults.push(
      `[form] it supersedes ${claims.supersedes}, which is not here; a superseded version stays readable`,
    )
  }
  const entry = releases.find((release) => isOf(release, found))
  if (released === null) {
    faults.push(
      `[released] not released; run npm run factors:check -- --release ${folder.name}/${folder.version}`,
    )
  } else if (entry === undefined) {
    faults.push(`[released] ${factsFile} has a digest, but released.json has no line of it`)
  } else if (entry.digest !== released) {
    faults.push(
      `[released] released.json says ${entry.digest}, ${factsFile} ${released}: a released version is never edited`,
    )
  }
  return faults
}

function isOf(release: Release, { kind, folder }: Found): boolean {
  return release.kind === kind && release.name === folder.name && release.version === folder.version
}

/** A line of the list is of a version that still exists, and stands once. */
function releaseFaults(releases: readonly Release[], versions: readonly Found[]): string[] {
  return releases.flatMap((release, at) => {
    const name = `${release.name} ${release.version}`
    const isRepeated = releases.findIndex((other) => sameVersion(other, release)) < at
    if (isRepeated) return [`released.json: [released] ${name} stands twice`]
    const exists = versions.some((found) => isOf(release, found))
    return exists
      ? []
      : [`released.json: [released] ${name} was released and is gone; released versions stay`]
  })
}

function sameVersion(a: Release, b: Release): boolean {
  return a.kind === b.kind && a.name === b.name && a.version === b.version
}

function readReleases(root: string): readonly Release[] {
  return JSON.parse(readFileSync(join(root, 'released.json'), 'utf8')) as Release[]
}

function place(root: string, { path }: VersionFolder): string {
  return relative(root, path)
}

/**
 * Releases new versions: writes each one's digest into its file and adds its line to `released.json`.
 *
 * @param wanted `<table>` or `<table>/<version>`.
 * @returns lines for people; nothing is written for a version with faults, or for one that is released already.
 */
export function release(root: string, wanted: readonly string[]): readonly string[] {
  const { versions } = checkFactors(root)
  const isWanted = ({ folder }: Found) =>
    wanted.includes(folder.name) || wanted.includes(`${folder.name}/${folder.version}`)
  return versions.filter(isWanted).map((found) => releaseOne(root, found))
}

function releaseOne(root: string, { kind, folder, factsFile, digest, released, faults }: Found): string {
  const name = `${folder.name} ${folder.version}`
  if (released !== null) return `${name}: released already`
  if (digest === null || faults.length > 0) return `${name}: has ${faults.length} fault(s), not released`
  const path = join(folder.path, factsFile)
  const facts = JSON.parse(readFileSync(path, 'utf8')) as object
  writeFileSync(path, `${JSON.stringify({ ...facts, digest }, null, 2)}\n`)
  const line: Release = { kind, name: folder.name, version: folder.version, digest }
  writeReleases(root, [...readReleases(root), line])
  return `${name}: released as ${digest}`
}

/** One release per line, so that a review shows exactly what was added. */
function writeReleases(root: string, releases: readonly Release[]): void {
  const lines = releases.map((entry) => `  ${JSON.stringify(entry)}`)
  writeFileSync(join(root, 'released.json'), `[\n${lines.join(',\n')}\n]\n`)
}

function main(root: string, args: readonly string[]): void {
  const at = args.indexOf('--release')
  if (at !== -1) for (const line of release(root, args.slice(at + 1))) console.log(line)
  const { versions, lines } = checkFactors(root)
  for (const line of lines) console.error(line)
  const rows = versions.reduce((sum, found) => sum + found.rows, 0)
  console.log(`${versions.length} versions, ${rows} rows, ${lines.length} fault(s)`)
  if (lines.length > 0) process.exitCode = 1
}

if (import.meta.main) {
  main(join(fileURLToPath(new URL('..', import.meta.url)), 'emission-factors'), process.argv.slice(2))
}
