/**
 * What a credential says, exactly: the shape that is signed, and the only shape a verifier reads. It is final: documents of
 * this shape are issued for good, and the JSON Schema made of it is published and frozen (`json-schema.ts`). Its terms stand in
 * `context.ts`; docs/credential.md explains them one by one.
 */

import { z } from 'zod'
import { accreditationKinds } from '../certification/accreditation-kinds.ts'
import { breakdowns } from '../certification/breakdowns.ts'
import { address, bilingual, did, digest, instant, integrity, label, text } from './schema-words.ts'
import { statusPurposes } from './status-purposes.ts'
import { type CredentialSubject, subject } from './subject-schema.ts'

export type { PublicResult } from './result-schema.ts'
export { type AccountedRole, accountedRoles, type CredentialSubject } from './subject-schema.ts'

export const w3cContext = 'https://www.w3.org/ns/credentials/v2'

/** Kinds of document, as the credential's type names them. */
export const credentialKinds = ['VerificationStatement', 'Certificate'] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** What lets the body say so: who gave it, for how long, and where its signed fact is public. */
const accreditation = z.strictObject({
  kind: z.enum(accreditationKinds),
  authority: label,
  number: text,
  validFrom: instant,
  validUntil: instant.optional(),
  fact: address,
  digest,
})

const issuer = z.strictObject({
  id: did,
  name: text.describe('Plain name, as VC Data Model 2.0 has it; `label` has it by language.'),
  label,
  address: label.optional(),
  accreditations: z.array(accreditation).max(20).describe('Empty in development documents only.'),
})

/** A place in a status list (Bitstring Status List 1.0). */
const statusEntry = z.strictObject({
  id: address,
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.enum(statusPurposes),
  statusListIndex: z.string().regex(/^(?:0|[1-9][0-9]{0,9})$/),
  statusListCredential: address,
})

const credential = z.strictObject({
  '@context': z.tuple([z.literal(w3cContext), address]),
  id: address,
  type: z.tuple([z.literal('VerifiableCredential'), z.enum(credentialKinds)]),
  schemaVersion: z.literal('1'),
  number: z.string().min(1).max(60).describe('The number people quote.'),
  label: bilingual.describe('What the scheme calls such a document.'),
  issuer,
  iss: did.optional().describe('Only where the JWT repeats it; it must then be the issuer’s id.'),
  validFrom: instant,
  validUntil: instant.optional(),
  firstValidFrom: instant
    .optional()
    .describe('Of a renewed or changed certificate: when the first one was issued.'),
  supersedes: z
    .strictObject({ credential: address, digest })
    .optional()
    .describe('The document that this one replaces.'),
  development: z.boolean().describe('Issued for trying out: not for use.'),
  notice: bilingual.optional(),
  limits: bilingual.describe('What the document is not.'),
  responsibilities: bilingual
    .optional()
    .describe('Who answers for what: the responsible party for its claim, the body for its opinion.'),
  certificationMode: bilingual.optional().describe('How it was certified, in the scheme’s words 认证模式.'),
  mark: z
    .strictObject({ identifier: text, label: bilingual })
    .optional()
    .describe('The mark that may be shown with it.'),
  surveillance: z
    .strictObject({ intervalMonths: z.int().min(1).max(120), nextDue: z.iso.date().optional() })
    .optional()
    .describe('When the body looks again, where it does.'),
  credentialSchema: z.strictObject({ id: address, type: z.literal('JsonSchema'), digestSRI: integrity }),
  credentialStatus: z.array(statusEntry).min(1).max(2),
  statusAddress: address.describe('Where people ask for the status.'),
  complaintsAddress: address.optional().describe('Where anybody complains or appeals.'),
  relatedResource: z
    .array(z.strictObject({ id: address, mediaType: z.string().min(3).max(120), digestSRI: integrity }))
    .min(1)
    .max(50)
    .describe('The JSON-LD context, and annexes, bound by digest.'),
  transparencyLog: z.strictObject({ origin: z.string().min(1).max(300), receipt: address }),
  credentialSubject: subject,
})

/** A credential: the shape and the rules between its members. */
export const credentialSchema = credential.superRefine((value, context) => {
  for (const message of contradictions(value)) context.addIssue({ code: 'custom', message })
})
export type Credential = z.infer<typeof credential>

/** The shape without the rules between members. */
export const credentialShape = credential

/** Whether the rules between its members are kept. */
export function isConsistent(value: Credential): boolean {
  return contradictions(value).length === 0
}

/** The kind of document a credential is. */
export function kindOf(value: Credential): CredentialKind {
  return value.type[1]
}

function contradictions(value: Credential): string[] {
  const { credentialSubject: footprint } = value
  return [
    ...documentContradictions(value),
    ...statusContradictions(value),
    ...footprintContradictions(footprint),
    ...breakdownContradictions(footprint.result),
    ...tableContradictions(footprint),
  ]
}

function documentContradictions(value: Credential): string[] {
  const { development, issuer: body } = value
  const isCertificate = kindOf(value) === 'Certificate'
  const { opinion } = value.credentialSubject.verification
  return [
    ...unless(
      isCertificate === (value.validUntil !== undefined),
      'a certificate has a term, a statement has none',
    ),
    ...unless(!isCertificate || isFavourable(opinion), 'an adverse opinion or disclaimer is no certificate'),
    ...unless(
      development === (value.notice !== undefined),
      'a development document, and no other, has a notice',
    ),
    ...unless(
      development || body.accreditations.length > 0,
      'only a development document names no accreditation of its issuer',
    ),
    ...unless(
      value.relatedResource.some(({ id }) => id === value['@context'][1]),
      'its context is not bound by a digest',
    ),
  ]
}

/** Purposes by kind: a statement can be withdrawn, never suspended. */
const purposesOf: Readonly<Record<CredentialKind, string>> = {
  VerificationStatement: 'revocation',
  Certificate: 'revocation suspension',
}

function statusContradictions(value: Credential): string[] {
  const named = value.credentialStatus.map(({ statusPurpose }) => statusPurpose)
  const strange = value.credentialStatus.filter(
    ({ id, statusListCredential: list, statusListIndex: index }) => id !== `${list}#${index}`,
  )
  return [
    ...unless(
      named.join(' ') === purposesOf[kindOf(value)],
      'a statement has a place for revocation, a certificate for revocation and suspension, in this order',
    ),
    ...unless(strange.length === 0, 'the id of a place in a status list is the list and the index'),
  ]
}

function footprintContradictions(footprint: CredentialSubject): string[] {
  const isProduct = footprint.type === 'ProductFootprint'
  return [
    ...unless(
      isProduct === (footprint.product !== undefined),
      'a product footprint, and no other, names a product',
    ),
    ...unless(
      isProduct === (footprint.declaredUnit !== undefined),
      'a product footprint, and no other, has a declared unit',
    ),
    ...unless(
      isProduct || footprint.functionalUnit === undefined,
      'only a product footprint has a functional unit',
    ),
    ...unless(footprint.period.start < footprint.period.end, 'the period ends before it starts'),
  ]
}

function breakdownContradictions(result: CredentialSubject['result']): string[] {
  const shown = breakdowns.filter((name) => result[name] !== undefined)
  return unless(
    shown.join() === result.breakdowns.join(),
    'the breakdowns named are not those that stand there, in the order of the format',
  )
}

/** The body examined each private table, and an opinion for the claim rests on accepted ones only. */
function tableContradictions({
  calculation: { factorTables },
  verification: said,
}: CredentialSubject): string[] {
  const rested = factorTables.flatMap((table) => ('kind' in table ? [table.digest] : []))
  const examined = said.factorTables ?? []
  const isRejected = examined.some(({ opinion }) => opinion === 'rejected')
  return [
    ...unless(
      rested.join() === examined.map(({ digest: named }) => named).join(),
      'the private tables examined are not those it rests on',
    ),
    ...unless(
      !isRejected || !isFavourable(said.opinion),
      'an opinion for the claim rests on a private table that was rejected',
    ),
  ]
}

function unless(holds: boolean, message: string): string[] {
  return holds ? [] : [message]
}

/** Whether an opinion supports the claim: unmodified, or modified with its matters stated. */
export function isFavourable(opinion: Credential['credentialSubject']['verification']['opinion']): boolean {
  return opinion === 'unmodified' || opinion === 'modified'
}
