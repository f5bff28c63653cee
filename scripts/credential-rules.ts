/**
 * The rules between members of a credential, as JSON Schema can say them. `src/credential/schema.ts` holds the same rules as code; a test
 * breaks each and sees that both refuse.
 */

import { breakdowns } from '../src/certification/breakdowns.ts'

/** What no JSON Schema can say, and what it says better in words. */
export const description = [
  'A verification statement or certificate of a carbon footprint: a W3C Verifiable Credential (VC Data Model 2.0), secured as a JWT (VC-JOSE-COSE).',
  'A certificate has a term (validUntil), rests on a favourable opinion, and has places in a status list for revocation and for suspension; a statement has no term and a place for revocation alone.',
  'A development document, and no other, has a notice; every other names at least one accreditation of its issuer.',
  'A product footprint, and no other, names a product and a declared unit.',
  'result.breakdowns names the breakdowns that stand in the result, and no others, in the order of this schema.',
  'calculation names a private factor table by its digest alone; verification.factorTables says of each, in the same order, whether the body accepted it; an unmodified or modified opinion rests on accepted ones only.',
  'Rules that stand in these words only: the period starts before it ends; the id of a status entry is its list, "#" and its index; relatedResource binds the second context by digest; iss equals issuer.id; each label has an English or a Chinese text.',
  'Amounts are decimal strings; instants are RFC 3339 in UTC; dates are local, and a period is [start, end).',
].join(' ')

const has = (name: string) => ({ required: [name] })
const lacks = (name: string) => ({ properties: { [name]: false } })
const within = (name: string, schema: object) => ({ properties: { [name]: schema } })
const whenHas = (name: string, schema: object) => ({ ...within(name, schema), required: [name] })

const places = (...purposes: readonly string[]) => ({
  prefixItems: purposes.map((purpose) => within('statusPurpose', { const: purpose })),
  minItems: purposes.length,
  maxItems: purposes.length,
})
const favourable = { enum: ['unmodified', 'modified'] }

/** Of the document. */
export const documentRules = [
  {
    if: within('type', { contains: { const: 'Certificate' } }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      ...has('validUntil'),
      properties: {
        credentialStatus: places('revocation', 'suspension'),
        credentialSubject: within('verification', within('opinion', favourable)),
      },
    },
    else: { properties: { validUntil: false, credentialStatus: places('revocation') } },
  },
  {
    if: within('development', { const: true }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: has('notice'),
    else: { properties: { notice: false, issuer: within('accreditations', { minItems: 1 }) } },
  },
]

/** Of the footprint. */
export const footprintRules = [
  {
    if: within('type', { const: 'ProductFootprint' }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['product', 'declaredUnit'] },
    else: { properties: { product: false, declaredUnit: false, functionalUnit: false } },
  },
  {
    if: within('calculation', within('factorTables', { contains: has('kind') })),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: within('verification', has('factorTables')),
    else: within('verification', lacks('factorTables')),
  },
  {
    if: within(
      'verification',
      whenHas('factorTables', { contains: within('opinion', { const: 'rejected' }) }),
    ),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: within('verification', within('opinion', { not: favourable })),
  },
]

/** Of the result. */
export const resultRules = [
  within('breakdowns', { uniqueItems: true }),
  ...breakdowns.map((name) => ({
    if: within('breakdowns', { contains: { const: name } }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: has(name),
    else: lacks(name),
  })),
]
