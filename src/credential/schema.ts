/**
 * What a credential says, exactly: the shape that is signed, and the only shape a verifier reads. Its terms stand in
 * `context.ts`; docs/credential.md explains them one by one.
 */

import { z } from 'zod'
import { examinationOutcomes } from '../certification/engagement.ts'
import { assuranceLevels, opinions, parts } from '../certification/scheme.ts'
import { flowKinds } from '../engine/types.ts'
import { isDigest } from '../json/digest.ts'
import { isPrivateTable } from '../tables/names.ts'
import { parseDidWeb } from './did-web.ts'

export const w3cContext = 'https://www.w3.org/ns/credentials/v2'

/** Kinds of document, as the credential's type names them. */
export const credentialKinds = ['VerificationStatement', 'Certificate'] as const
export type CredentialKind = (typeof credentialKinds)[number]

const text = z.string().min(1).max(4000)
/** One text in English, in Chinese, or in both. */
const label = z
  .strictObject({ en: text.optional(), zh: text.optional() })
  .refine(({ en, zh }) => en !== undefined || zh !== undefined, 'has neither an English nor a Chinese text')
const bilingual = z.strictObject({ en: text, zh: text })
const digest = z.string().refine(isDigest, 'is sha256: and 64 lower-case hex digits')
const merkleRoot = z.string().regex(/^[0-9a-f]{64}$/)
const decimal = z.string().regex(/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/)
const did = z.string().refine((value) => parseDidWeb(value) !== undefined, 'is a did:web')
const instant = z.iso.datetime()
const date = z.iso.date()
const quantity = z.strictObject({ amount: z.string().max(64), unit: z.string().max(40) })
const mass = z.strictObject({ amount: decimal, unit: z.enum(['kgCO2e', 'tCO2e']) })
/** A version of something published. Not `id`: that is a node's IRI in JSON-LD. */
const pin = z.strictObject({ identifier: text, version: text, digest })

/** A party or a place. */
const face = z.strictObject({ label, address: label.optional() })

const holder = z.strictObject({
  label,
  country: z.string().regex(/^[A-Z]{2}$/),
  unifiedSocialCreditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
    .optional(),
})

const product = z.strictObject({
  label,
  model: text.optional(),
  specification: text.optional(),
  trademark: text.optional(),
})

/** The public result: printed values only; the full-precision ones are in the calculation record. */
export const resultSchema = z.strictObject({
  total: mass,
  totalIncludes: z.array(text).min(1),
  /** What counts in the total, and what is shown apart, by kind. */
  byKind: z.array(z.strictObject({ kind: z.enum(flowKinds), inTotal: z.boolean(), ...mass.shape })),
  byScope: z.array(z.strictObject({ scope: z.string().max(40), ...mass.shape })).optional(),
  byStage: z.array(z.strictObject({ stage: z.string().max(40), ...mass.shape })).optional(),
  /** Gases that some source leaves out: the total says nothing of them. */
  gasesNotCovered: z.array(text),
  /** Gases outside the seven groups: released, and not in the total. */
  gasesOutsideTotal: z.array(text),
  flags: z.array(z.strictObject({ flag: text, share: decimal.nullable() })),
})
export type PublicResult = z.infer<typeof resultSchema>

/** A factor table of the public registry. */
const publicTable = z.strictObject({
  table: text.refine((name) => !isPrivateTable(name), 'is the name of a private table, which stays private'),
  version: text,
  digest,
})
/** A table of the client's own: its name and version could tell of suppliers, so only its digest stands here. */
const privateTable = z.strictObject({ kind: z.literal('private'), digest })

const calculation = z.strictObject({
  record: digest,
  revision: digest,
  /** Roots under which single lines can be disclosed. */
  activityLinesRoot: merkleRoot,
  lineResultsRoot: merkleRoot,
  engine: z.strictObject({ version: text, digest }),
  gwpSet: pin,
  factorTables: z.array(z.union([publicTable, privateTable])),
})

/** Roles of an engagement that the document accounts for. */
export const accountedRoles = [
  'preparer',
  'responsible',
  'lead-verifier',
  'verifier',
  'reviewer',
  'decision-maker',
] as const
export type AccountedRole = (typeof accountedRoles)[number]

const verification = z.strictObject({
  opinion: z.enum(opinions),
  parts: z
    .array(
      z.strictObject({
        part: z.enum(parts),
        assurance: z.enum(assuranceLevels),
        /** Share of the part from which a misstatement matters. */
        materiality: decimal.optional(),
        statement: bilingual,
      }),
    )
    .min(1),
  /** Why the opinion is not unmodified. */
  basis: text.optional(),
  /** What the body says of each private table that the figure rests on, after examining its data; absent where there is none. */
  factorTables: z
    .array(z.strictObject({ digest, opinion: z.enum(examinationOutcomes) }))
    .min(1)
    .optional(),
  decidedAt: instant,
  /** Who acted, by pseudonym: the same person has the same one within this document, and in no other. */
  persons: z
    .array(
      z.strictObject({ role: z.enum(accountedRoles), pseudonym: z.string().regex(/^[A-Za-z0-9_-]{22}$/) }),
    )
    .min(1)
    .max(200),
})

const subject = z.strictObject({
  id: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  type: z.enum(['OrganizationFootprint', 'ProductFootprint']),
  title: text,
  holder,
  responsibleParty: face,
  manufacturer: face.optional(),
  factory: face.optional(),
  sites: z.array(face),
  intendedUsers: text.optional(),
  product: product.optional(),
  period: z.strictObject({ start: date, end: date }),
  boundary: text,
  declaredUnit: quantity.optional(),
  standards: z
    .array(z.strictObject({ standard: text, use: z.enum(['quantification', 'verification']) }))
    .min(1),
  productCategoryRules: z.strictObject({ rules: text, edition: text, operator: text, label }).optional(),
  exclusions: z.array(z.strictObject({ what: text, reason: text, estimatedShare: decimal })),
  scheme: z.strictObject({ ...pin.shape, label: bilingual }),
  result: resultSchema,
  calculation,
  verification,
})
export type CredentialSubject = z.infer<typeof subject>

const credential = z.strictObject({
  '@context': z.tuple([z.literal(w3cContext), z.url().max(300)]),
  id: z.url().max(300),
  type: z.tuple([z.literal('VerifiableCredential'), z.enum(credentialKinds)]),
  schemaVersion: z.literal('1'),
  /** The number people quote. */
  number: z.string().min(1).max(60),
  issuer: z.strictObject({
    id: did,
    /** Plain name, as VC Data Model 2.0 has it; `label` has it by language. */
    name: text,
    label,
  }),
  /** Only where the JWT repeats it; it must then be the issuer's id. */
  iss: did.optional(),
  validFrom: instant,
  validUntil: instant.optional(),
  /** Issued for trying out: no status list, no log, not for use. */
  development: z.boolean(),
  notice: bilingual.optional(),
  /** What the document is not. */
  limits: bilingual,
  credentialSubject: subject,
})

/** A credential: the shape and the rules between its members. */
export const credentialSchema = credential.superRefine((value, context) => {
  for (const message of contradictions(value)) context.addIssue({ code: 'custom', message })
})
export type Credential = z.infer<typeof credential>

/** The kind of document a credential is. */
export function kindOf(value: Credential): CredentialKind {
  return value.type[1]
}

function contradictions(value: Credential): string[] {
  const { credentialSubject: footprint, development } = value
  const isProduct = footprint.type === 'ProductFootprint'
  const isCertificate = kindOf(value) === 'Certificate'
  const { opinion } = footprint.verification
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
      isProduct === (footprint.product !== undefined),
      'a product footprint, and no other, names a product',
    ),
    ...unless(
      isProduct === (footprint.declaredUnit !== undefined),
      'a product footprint, and no other, has a declared unit',
    ),
    ...unless(footprint.period.start < footprint.period.end, 'the period ends before it starts'),
    ...tableContradictions(footprint),
  ]
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
