/**
 * Keeps the published format of credentials what it was published as: the JSON Schema in `src/credential/published/` is the one
 * that `schema.ts` makes, and it and the JSON-LD context have the digests they were released with. Documents name both by digest,
 * so neither can change: another shape, or another term, is another version at another path.
 *
 * `--release` writes what is not released yet; it never changes what is.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { contextBytes, contextPath } from '../src/credential/context.ts'
import { integrityOf } from '../src/credential/integrity.ts'
import { jsonSchemaPath } from '../src/credential/json-schema.ts'
import { resultSchema } from '../src/credential/result-schema.ts'
import { credentialShape } from '../src/credential/schema.ts'
import * as words from '../src/credential/schema-words.ts'
import { subject } from '../src/credential/subject-schema.ts'
import { canonicalBytes, canonicalize } from '../src/json/canonical.ts'
import { description, documentRules, footprintRules, resultRules } from './credential-rules.ts'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/credential/published')
const schemaFile = join(folder, 'credential-v1.schema.json')
const releasedFile = join(folder, 'released.json')

/** Shapes that stand under a name, because many members have them. */
const definitions = {
  text: words.text,
  word: words.word,
  digest: words.digest,
  decimal: words.decimal,
  instant: words.instant,
  date: words.date,
  url: words.address,
  label: words.label,
  bilingual: words.bilingual,
  quantity: words.quantity,
  mass: words.mass,
  pin: words.pin,
  face: words.face,
  code: words.code,
  footprint: subject,
  result: resultSchema,
}
for (const [id, schema] of Object.entries(definitions)) {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })
}

/** Rules between members, which zod holds as code, by the shape they belong to. */
const rules = new Map<z.core.$ZodType, object>([
  [credentialShape, { allOf: documentRules }],
  [subject, { allOf: footprintRules }],
  [resultSchema, { allOf: resultRules }],
])

/** The JSON Schema that `schema.ts` makes. */
export function madeSchema(): Record<string, unknown> {
  const { $schema, ...made } = z.toJSONSchema(credentialShape, {
    target: 'draft-2020-12',
    override({ zodSchema, jsonSchema }) {
      delete jsonSchema.id
      Object.assign(jsonSchema, rules.get(zodSchema))
    },
  })
  const title = 'Egret credential, version 1'
  return { $schema, $id: 'urn:egret:schema:credential:1', title, description, ...made }
}

/** Digests by the path at which a document is served. */
export type Released = Readonly<Record<string, string>>

/** What is wrong, one sentence each. */
export function faults(frozen: unknown, released: Released): string[] {
  const found =
    canonicalize(frozen as never) === canonicalize(madeSchema() as never)
      ? []
      : [
          'the published JSON Schema is not the one that src/credential/schema.ts makes: a changed shape is a new version',
        ]
  for (const [path, digest] of Object.entries(digestsOf(frozen))) {
    if (released[path] !== digest)
      found.push(`${path} was released as ${released[path]} and is ${digest}: make a new version`)
  }
  return found
}

function digestsOf(schema: unknown): Released {
  return {
    [contextPath]: integrityOf(contextBytes()),
    [jsonSchemaPath]: integrityOf(canonicalBytes(schema as never)),
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function write(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}

function release(): void {
  const released = read(releasedFile) as Released
  if (released[jsonSchemaPath] === undefined) write(schemaFile, madeSchema())
  write(releasedFile, { ...digestsOf(read(schemaFile)), ...released })
}

function main(): void {
  if (process.argv.includes('--release')) release()
  const found = faults(read(schemaFile), read(releasedFile) as Released)
  for (const fault of found) console.error(fault)
  if (found.length > 0) process.exit(1)
  console.log('the format of credentials is as released')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
