/** The published format, asked of implementations that are not ours: ajv reads the JSON Schema, jsonld the context. */

import { contexts } from '@digitalbazaar/credentials-context'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { faults } from '../../scripts/credential-format.ts'
import { hasCredentialShape } from '../../src/credential/compiled-shape.ts'
import { nonconformities, undefinedTerms } from '../../src/credential/conformance.ts'
import { contextBytes, contextPath, credentialContext } from '../../src/credential/context.ts'
import { contextIntegrity, jsonSchemaIntegrity } from '../../src/credential/format-digests.ts'
import { integrityOf } from '../../src/credential/integrity.ts'
import { credentialJsonSchema, jsonSchemaBytes } from '../../src/credential/json-schema.ts'
import { type Credential, credentialSchema } from '../../src/credential/schema.ts'
import { canonicalize } from '../../src/json/canonical.ts'
import { digestOf } from '../../src/json/digest.ts'
import { certifying, credentialOf } from './example.ts'
import { fullCredential } from './full.ts'

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
// The default export of a CommonJS module, as Node and as TypeScript see it.
;(addFormats as unknown as (on: Ajv2020) => void)(ajv)
const isValid = ajv.compile(credentialJsonSchema)

const statement = credentialOf()
const certificate = credentialOf({ issuing: certifying })
const full = fullCredential()

describe('the published JSON Schema', () => {
  test.each([
    ['a statement', statement],
    ['a certificate', certificate],
    ['a certificate with every member', full],
  ])('takes %s, as zod does', (_name, document) => {
    expect(credentialSchema.safeParse(document).error).toBeUndefined()
    expect(hasCredentialShape(document)).toBe(true)
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true)
    expect(nonconformities(document)).toEqual([])
  })

  const rejected = digestOf('rejected')
  const privately = { 'credentialSubject.calculation.factorTables': [{ kind: 'private', digest: rejected }] }

  /** Each rule between members, broken: members by their path; `undefined` takes one away. */
  const broken: readonly (readonly [string, Credential, Readonly<Record<string, unknown>>])[] = [
    ['a certificate without a term', certificate, { validUntil: undefined }],
    ['a statement with one', statement, { validUntil: '2030-01-01T00:00:00Z' }],
    [
      'a certificate on an adverse opinion',
      certificate,
      { 'credentialSubject.verification.opinion': 'adverse' },
    ],
    ['a development document without a notice', statement, { notice: undefined }],
    ['a notice on another', statement, { development: false }],
    [
      'a document for good by a body without accreditation',
      statement,
      { development: false, notice: undefined, 'issuer.accreditations': [] },
    ],
    ['a certificate that cannot be suspended', certificate, { credentialStatus: statement.credentialStatus }],
    ['a statement that can', statement, { credentialStatus: certificate.credentialStatus }],
    [
      'places in the wrong order',
      certificate,
      { credentialStatus: certificate.credentialStatus.toReversed() },
    ],
    ['a product footprint without a product', full, { 'credentialSubject.product': undefined }],
    ['a product footprint without its unit', full, { 'credentialSubject.declaredUnit': undefined }],
    ['an organization with a product', statement, { 'credentialSubject.product': { label: { en: 'Fan' } } }],
    ['a breakdown that is named and not there', statement, { 'credentialSubject.result.byKind': undefined }],
    ['a breakdown that is there and not named', statement, { 'credentialSubject.result.byGas': [] }],
    [
      'a breakdown named twice',
      statement,
      { 'credentialSubject.result.breakdowns': ['byKind', 'byScope', 'byScope'] },
    ],
    ['a private table that nobody examined', statement, privately],
    [
      'an opinion for the claim on a table that was rejected',
      statement,
      {
        ...privately,
        'credentialSubject.verification.factorTables': [{ digest: rejected, opinion: 'rejected' }],
      },
    ],
    [
      'the name of a private table',
      statement,
      {
        'credentialSubject.calculation.factorTables': [
          { table: 'example.slabs', version: '1', digest: rejected },
        ],
      },
    ],
    ['a name in no language', statement, { 'issuer.label': {} }],
    ['a member that nobody defined', statement, { vc: {} }],
  ]

  test.each(broken)('refuses %s, as zod does', (_name, document, changes) => {
    const changed = withChanges(document, changes)
    expect(credentialSchema.safeParse(changed).success).toBe(false)
    expect(hasCredentialShape(changed)).toBe(false)
    expect(isValid(changed)).toBe(false)
    expect(nonconformities(changed)).not.toEqual([])
  })

  test('takes whatever zod takes, and two implementations of it agree', () => {
    fc.assert(
      fc.property(fc.constantFrom(statement, certificate, full), changes, (document, change) => {
        const changed = mutated(document, change)
        const ours = nonconformities(changed).length === 0
        const taken = credentialSchema.safeParse(changed).success
        // What the context does not define is another matter, so a valid document may still not conform.
        if (ours) expect(isValid(changed)).toBe(true)
        if (taken) expect([isValid(changed), ours]).toEqual([true, true])
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ' https://egret.example/credentials/1',
    'https://egret.example/credentials/1\n',
    'https://egret.example/cre\tdentials/1',
    'https://egret.example/credentials/1\u00a0',
    '\ufeffhttps://egret.example/credentials/1',
    'https://egret.example/credentials/\u0000',
    'egret.example/credentials/1',
  ])('an address that is to be put right first (%j) is none, compiled or not', (address) => {
    const changed = withChanges(statement, { id: address })
    expect(credentialSchema.safeParse(changed).success).toBe(false)
    expect(hasCredentialShape(changed)).toBe(false)
  })

  test('what is read is what was sent, whichever way it is read', () => {
    fc.assert(
      fc.property(fc.constantFrom(statement, certificate, full), changes, (document, change) => {
        const changed = mutated(document, change)
        const read = credentialSchema.safeParse(changed)
        if (read.success) expect(canonicalize(read.data)).toBe(canonicalize(changed))
      }),
      { numRuns: 1000 },
    )
  })

  test('compiled, says what the schema says', () => {
    fc.assert(
      fc.property(fc.constantFrom(statement, certificate, full), changes, (document, change) => {
        const changed = mutated(document, change)
        expect(hasCredentialShape(changed)).toBe(credentialSchema.safeParse(changed).success)
      }),
      { numRuns: 3000 },
    )
  })
})

function withChanges(document: Credential, changes: Readonly<Record<string, unknown>>): unknown {
  const changed = structuredClone(document)
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const holder = names.reduce((at, name) => at[name] as Members, changed as unknown as Members)
    if (value === undefined) delete holder[last]
    else holder[last] = value
  }
  return changed
}
type Members = Record<string, unknown>

/** Which member, by a number, and what becomes of it. */
const changes = fc.record({
  place: fc.nat(),
  value: fc.oneof(
    fc.constantFrom(undefined, null, true, '', '0', '1.5', 'x', 'byGas', 'adverse', '2026-01-01T00:00:00Z'),
    fc.constantFrom(' https://egret.example/x', 'https://egret.example/x\n', 'https://egret.example/x'),
    fc.string(),
    fc.constant([]),
    fc.constant({}),
    fc.constant({ en: 'x' }),
  ),
})

/** The document with one member, somewhere, replaced or (`undefined`) gone. */
function mutated(document: Credential, { place, value }: { place: number; value: unknown }): unknown {
  const changed = structuredClone(document)
  const members = membersOf(changed)
  const [holder, name] = members[place % members.length] as [Record<string, unknown>, string]
  if (value === undefined && !Array.isArray(holder)) delete holder[name]
  else holder[name] = value ?? null
  return changed
}

function membersOf(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    [value, name] as [object, string],
    ...membersOf(member),
  ])
}

describe('the published context', () => {
  const url = `https://egret.example${contextPath}`
  const documentLoader = async (asked: string): Promise<object> => {
    const known = asked === url ? credentialContext : contexts.get(asked)
    if (known === undefined) throw new Error(`no document ${asked}`)
    return { contextUrl: null, documentUrl: asked, document: known }
  }

  test('defines every term that the format has: nothing is lost in a strict expansion', async () => {
    const format = 'application/n-quads'
    const quads = String(await jsonld.toRDF(full, { documentLoader, safe: true, format }))
    expect(undefinedTerms(full)).toEqual([])
    const xsd = 'http://www.w3.org/2001/XMLSchema#'
    expect(quads).toContain(`<urn:egret:vocabulary:1:reduction> "0.3"^^<${xsd}decimal>`)
    expect(quads).toContain(
      `<https://www.w3.org/2018/credentials#validFrom> "2026-01-01T00:00:00Z"^^<${xsd}dateTime>`,
    )
    expect(quads).toContain('<https://www.w3.org/ns/credentials/status#statusListIndex> "40321"')
    expect(quads).toContain('<urn:egret:vocabulary:1:receipt> <https://egret.example/credentials/')
  })

  test('comes back from its expansion as it was: each term has one meaning where it stands', async () => {
    const expanded = await jsonld.expand(full, { documentLoader, safe: true })
    const compacted = await jsonld.compact(expanded, full['@context'], { documentLoader })
    expect(canonicalize(withoutOrder(compacted) as never)).toBe(canonicalize(withoutOrder(full) as never))
  })

  test('leaves no name undefined unseen', () => {
    expect(undefinedTerms({ ...full, vc: {} })).toEqual(['vc'])
    expect(undefinedTerms({ label: { en: 'x', fr: 'x' } })).toEqual(['fr'])
    expect(nonconformities({ ...full, vc: {} }).join()).toContain('does not define "vc"')
  })
})

/** What compaction may write otherwise without another meaning: sets of one value, and what it adds. */
function withoutOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? withoutOrder(value[0]) : value.map(withoutOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutOrder(member)]))
}

describe('what is released', () => {
  test('is what the code makes, under the digests that documents name', () => {
    const released = { [contextPath]: contextIntegrity, '/schemas/credential/v1.json': jsonSchemaIntegrity }
    expect(faults(credentialJsonSchema, released)).toEqual([])
    expect(integrityOf(contextBytes())).toBe(contextIntegrity)
    expect(integrityOf(jsonSchemaBytes())).toBe(jsonSchemaIntegrity)
    expect(statement.credentialSchema.digestSRI).toBe(jsonSchemaIntegrity)
    expect(statement.relatedResource[0]?.digestSRI).toBe(contextIntegrity)
  })

  test('cannot change unseen', () => {
    const [changed, moved] = faults(
      { ...credentialJsonSchema, title: 'Another' },
      {
        [contextPath]: contextIntegrity,
        '/schemas/credential/v1.json': jsonSchemaIntegrity,
      },
    )
    expect(changed).toContain('a changed shape is a new version')
    expect(moved).toContain('make a new version')
  })

  test('guesses at no term', () => {
    expect(JSON.stringify(credentialContext)).not.toContain('@vocab')
  })
})
