/**
 * Checks the schemes under `schemes/`: each reads as a scheme, stands in the folder of its name, and a released version
 * still has the digest it was released with. A changed rule is a new version.
 *
 * `--release` writes the digests of versions that have none yet; it never changes one.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readScheme, schemeDigest } from '../src/certification/scheme.ts'
import { parseJson } from '../src/json/scan.ts'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'schemes')
const releasedFile = join(folder, 'released.json')

/** Digests by `<id>/<version>`. */
export type Released = Readonly<Record<string, string>>

/** The digests that released versions were released with. */
export function releasedDigests(): Released {
  return JSON.parse(readFileSync(releasedFile, 'utf8')) as Released
}

/** Every scheme document as text, by `<id>/<version>`. */
export function schemeTexts(): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('/scheme.json'))
    .sort()
  return new Map(names.map((name) => [dirname(name), readFileSync(join(folder, name), 'utf8')]))
}

/** What is wrong, one sentence each. */
export function faults(texts: ReadonlyMap<string, string>, released: Released): string[] {
  const gone = Object.keys(released).filter((name) => !texts.has(name))
  return [
    ...[...texts].flatMap(([name, text]) => faultsOf(name, text, released[name])),
    ...gone.map((name) => `${name} is released and its file is gone`),
  ]
}

function faultsOf(name: string, text: string, released: string | undefined): string[] {
  try {
    const scheme = readScheme(parseJson(text))
    const digest = schemeDigest(scheme)
    if (`${scheme.id}/${scheme.version}` !== name)
      return [`${name} names itself ${scheme.id}/${scheme.version}`]
    if (released === undefined)
      return [`${name} has no released digest: run npm run schemes:check -- --release`]
    if (released !== digest)
      return [`${name} was released as ${released} and is ${digest}: make a new version`]
    return []
  } catch (thrown) {
    return [`${name}: ${(thrown as Error).message}`]
  }
}

function release(): void {
  const added = [...schemeTexts()].map(([name, text]) => [name, schemeDigest(readScheme(parseJson(text)))])
  const digests = { ...Object.fromEntries(added), ...releasedDigests() }
  writeFileSync(releasedFile, `${JSON.stringify(digests, null, 2)}\n`)
}

function main(): void {
  if (process.argv.includes('--release')) release()
  const texts = schemeTexts()
  const found = faults(texts, releasedDigests())
  for (const fault of found) console.error(fault)
  if (found.length > 0) process.exit(1)
  console.log(`${texts.size} schemes are as released`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
