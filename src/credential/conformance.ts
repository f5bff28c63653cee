/**
 * Whether a document about to be signed keeps to the format as it is published: valid by the JSON Schema that the world is served,
 * with no member that the JSON-LD context leaves undefined. `schema.ts` said so already; this asks the published files themselves, so
 * that code and files cannot drift apart unseen.
 */

import { type Schema, Validator } from '@cfworker/json-schema'
import { languageMaps as contextLanguageMaps, credentialContext } from './context.ts'
import { credentialJsonSchema } from './json-schema.ts'

/** Terms of W3C's context (VC Data Model 2.0) that a credential uses. */
const w3cTerms = [
  '@context',
  'id',
  'type',
  'name',
  'issuer',
  'iss',
  'validFrom',
  'validUntil',
  'credentialSchema',
  'credentialStatus',
  'credentialSubject',
  'relatedResource',
  'digestSRI',
  'mediaType',
  'statusPurpose',
  'statusListIndex',
  'statusListCredential',
]
const contextTerms: Readonly<Record<string, unknown>> = credentialContext['@context']
const terms: ReadonlySet<string> = new Set([...w3cTerms, ...Object.keys(contextTerms)])
const languageMaps: ReadonlySet<string> = new Set(contextLanguageMaps)
const languages: ReadonlySet<string> = new Set(['en', 'zh'])

let validator: Validator | undefined

/** What is wrong with a document, one sentence each; none where it keeps to the format. */
export function nonconformities(document: unknown): readonly string[] {
  validator ??= new Validator(credentialJsonSchema as Schema, '2020-12', false)
  const { valid, errors } = validator.validate(document)
  const broken = valid ? [] : errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
  return [...broken, ...undefinedTerms(document).map((term) => `the context does not define "${term}"`)]
}

/** Names of members that no context defines, each once. */
export function undefinedTerms(document: unknown): readonly string[] {
  const found = new Set<string>()
  collectUndefined(document, terms, found)
  return [...found]
}

/** @param known the names that a member may have here: a language map has languages. */
function collectUndefined(value: unknown, known: ReadonlySet<string>, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) collectUndefined(item, known, found)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (!known.has(name)) found.add(name)
    collectUndefined(member, languageMaps.has(name) ? languages : terms, found)
  }
}
