/**
 * Checks the schemes under `schemes/`: each reads as a scheme, stands in the folder of its name, names only factor tables that
 * are here, those of an unclear or share-alike licence with a reason, and a released version still has the digest it was
 * released with. A changed rule is a new version. Editions that `schemes/drafts.json` names are still being written: they must read,
 * and are neither released nor published.
 *
 * `--release` writes the digests of versions that have none yet and are no drafts; it never changes one.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readScheme, type Scheme, schemeDigest } from '../src/certification/scheme.ts'
import { tableFolders } from '../src/factors/files.ts'
import { parseJson } from '../src/json/scan.ts'
import type { Licence, LicenceTerms } from '../src/tables/format.ts'
import { termsOf } from '../src/tables/licences.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'schemes')
const releasedFile = join(folder, 'released.json')

/** Digests by `<id>/<version>`. */
export type Released = Readonly<Record<string, string>>

/** The digests that released versions were released with. */
export function releasedDigests(): Released {
  return JSON.parse(readFileSync(releasedFile, 'utf8')) as Released
}

/** Editions that are still being written. */
export function draftNames(): readonly string[] {
  return JSON.parse(readFileSync(join(folder, 'drafts.json'), 'utf8')) as string[]
}

/** Every scheme document as text, by `<id>/<version>`. */
export function schemeTexts(): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('/scheme.json'))
    .sort()
  return new Map(names.map((name) => [dirname(name), readFileSync(join(folder, name), 'utf8')]))
}

/** What the licences of a table's bundled versions ask; null where nothing tells. */
export type TermsByTable = ReadonlyMap<string, readonly (LicenceTerms | null)[]>

/** The terms of every bundled factor table. */
export function bundledTerms(): TermsByTable {
  const found = new Map<string, (LicenceTerms | null)[]>()
  for (const { name, path } of tableFolders(join(root, 'emission-factors'))) {
    const facts = parseJson(readFileSync(join(path, 'table.json'), 'utf8')) as { readonly licence: Licence }
    found.set(name, [...(found.get(name) ?? []), termsOf(facts.licence)])
  }
  return found
}

/** What is wrong, one sentence each. */
export function faults(
  texts: ReadonlyMap<string, string>,
  released: Released,
  terms: TermsByTable = bundledTerms(),
  drafts: readonly string[] = draftNames(),
): string[] {
  const gone = Object.keys(released).filter((name) => !texts.has(name))
  const both = drafts.filter((name) => released[name] !== undefined)
  return [
    ...[...texts].flatMap(([name, text]) => {
      const standing = drafts.includes(name) ? 'draft' : released[name]
      return faultsOf(name, text, standing, terms)
    }),
    ...both.map((name) => `${name} is released, and no draft any more`),
    ...gone.map((name) => `${name} is released and its file is gone`),
  ]
}

function faultsOf(name: string, text: string, released: string | undefined, terms: TermsByTable): string[] {
  try {
    const scheme = readScheme(parseJson(text))
    const digest = schemeDigest(scheme)
    if (`${scheme.id}/${scheme.version}` !== name)
      return [`${name} names itself ${scheme.id}/${scheme.version}`]
    const tables = tableFaults(scheme, terms)
    if (tables.length > 0) return tables
    if (released === 'draft') return []
    if (released === undefined)
      return [`${name} has no released digest: run npm run schemes:check -- --release`]
    if (released !== digest)
      return [`${name} was released as ${released} and is ${digest}: make a new version`]
    return []
  } catch (thrown) {
    return [`${name}: ${(thrown as Error).message}`]
  }
}

/** Frozen before reasons were asked for. */
const withoutReasons = '1.0'
const freeTerms: readonly (LicenceTerms | null)[] = ['public-domain', 'attribution']

/** A table of an unclear or share-alike licence is named on purpose: the scheme says why. */
function tableFaults({ id, version, factorTables }: Scheme, terms: TermsByTable): string[] {
  return factorTables.flatMap(({ table, reason }) => {
    const asked = terms.get(table)
    if (asked === undefined) return [`${id}/${version} names the factor table ${table}, which is not here`]
    const isFree = asked.every((one) => freeTerms.includes(one))
    if (isFree || reason !== undefined || version === withoutReasons) return []
    return [`${id}/${version} names ${table} (${asked.join(', ')}) without a reason`]
  })
}

function release(): void {
  const drafts = draftNames()
  const final = [...schemeTexts()].filter(([name]) => !drafts.includes(name))
  const added = final.map(([name, text]) => [name, schemeDigest(readScheme(parseJson(text)))])
  const digests = { ...Object.fromEntries(added), ...releasedDigests() }
  writeFileSync(releasedFile, `${JSON.stringify(digests, null, 2)}\n`)
}

function main(): void {
  if (process.argv.includes('--release')) release()
  const texts = schemeTexts()
  const found = faults(texts, releasedDigests())
  for (const fault of found) console.error(fault)
  if (found.length > 0) process.exit(1)
  console.log(`${texts.size} schemes are as released, ${draftNames().length} of them drafts`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
