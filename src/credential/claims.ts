/**
 * The credential that a decision grants: what is frozen speaks for the footprint (`subject-claims.ts`); only the verification itself
 * (opinion, persons, dates) and what makes it a document come from the engagement.
 */

import type { AccreditationKind } from '../certification/accreditation-kinds.ts'
import type { Breakdown } from '../certification/breakdowns.ts'
import { shownBreakdowns } from '../certification/disclosure.ts'
import type { ExaminationOutcome } from '../certification/engagement.ts'
import type { PaperBodies } from '../certification/papers.ts'
import type { DocumentKind, Opinion, Scheme, SchemeDocumentRule } from '../certification/scheme.ts'
import { documentRule } from '../certification/scheme.ts'
import { nationalMarkName } from '../certification/scheme-demands.ts'
import { surveillanceDates } from '../certification/surveillance.ts'
import type { Names } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { localDate } from '../json/instant.ts'
import type { RecordManifest } from '../record/calculation-record.ts'
import { isPrivateTable } from '../tables/names.ts'
import { nonconformities } from './conformance.ts'
import { contextPath } from './context.ts'
import { contextIntegrity, jsonSchemaIntegrity } from './format-digests.ts'
import { jsonSchemaPath } from './json-schema.ts'
import { label, present } from './members.ts'
import { pseudonym } from './pseudonym.ts'
import {
  type AccountedRole,
  type Credential,
  type CredentialKind,
  type CredentialSubject,
  credentialSchema,
  w3cContext,
} from './schema.ts'
import type { StatusPurpose } from './status-purposes.ts'
import { type FrozenFacts, frozenSubject } from './subject-claims.ts'

export type { FrozenFacts, Named } from './subject-claims.ts'

/** What the body found and decided. */
export interface VerificationFacts {
  readonly opinion: Opinion
  readonly parts: readonly {
    readonly part: CredentialSubject['verification']['parts'][number]['part']
    readonly assurance: 'limited' | 'reasonable'
    /** Share of the part from which a misstatement matters, decimal. */
    readonly materiality: string | null
    /** The opinion on this part; without one, that of the whole. */
    readonly opinion?: Opinion | undefined
  }[]
  /** Section or division of GB/T 4754 in which the body judged; null where nobody said. */
  readonly sector: string | null
  /** Why the opinion is not unmodified; a public text. */
  readonly basis: string | null
  /** What the body says of the private tables that the record pins, in its order. */
  readonly privateTables: readonly { readonly digest: Digest; readonly outcome: ExaminationOutcome }[]
  /** How the holder means to reduce, in its own words; null where nothing was recorded. */
  readonly reductionPlan: PaperBodies['reduction-plan'] | null
  /** RFC 3339, UTC. */
  readonly decidedAt: string
  /** Who acted, by person id; only pseudonyms are published. */
  readonly persons: readonly { readonly role: AccountedRole; readonly personId: string }[]
  /** 32 random bytes of this credential, kept private. */
  readonly pseudonymSalt: Uint8Array
}

/** What makes it a document. */
export interface IssuingFacts {
  /** Origin under which credentials are public, without a trailing slash. */
  readonly publicUrl: string
  readonly id: string
  readonly number: string
  readonly documentKind: DocumentKind
  readonly issuer: {
    readonly did: string
    readonly name: Names
    /** The facts that cover this document; none for a development document. */
    readonly accreditations: readonly AccreditationNamed[]
  }
  /** RFC 3339, UTC. */
  readonly validFrom: string
  /** Null for a statement, which speaks of a point in time. */
  readonly validUntil: string | null
  /** The document whose place this one is declared to take; null where there is none. */
  readonly replaces: ReplacedNamed | null
  /** Where anybody complains or appeals. */
  readonly complaintsAddress: string
  /** A statement's place for revocation; a certificate's for revocation and suspension. */
  readonly status: readonly StatusPlaceNamed[]
  /** The log it goes into. */
  readonly log: { readonly origin: string }
  /** Breakdowns that the holder makes public beyond the scheme's minimum; what the scheme does not offer is left out. */
  readonly disclosure: readonly Breakdown[]
}

/** A fact on which the body stands. */
export interface AccreditationNamed {
  readonly id: string
  readonly kind: AccreditationKind
  readonly authority: Names
  readonly number: string
  /** RFC 3339, UTC. */
  readonly validFrom: string
  readonly validUntil: string | null
  /** Of the signed fact. */
  readonly digest: Digest
}

/** A document that another one replaces. */
export interface ReplacedNamed {
  readonly id: string
  readonly digest: Digest
  /** When the first of those that followed each other was issued; RFC 3339, UTC. */
  readonly firstValidFrom: string
}

/** A place in a status list. @property url of the list. */
export interface StatusPlaceNamed {
  readonly url: string
  readonly purpose: StatusPurpose
  readonly index: number
}

const kinds: Readonly<Record<DocumentKind, CredentialKind>> = {
  'verification-statement': 'VerificationStatement',
  certificate: 'Certificate',
}

/**
 * The credential to sign; its canonical bytes (`canonicalBytes`) are what is signed.
 *
 * @throws z.ZodError where the facts contradict each other or the shape: nothing is signed that a verifier would refuse; RangeError
 *   where the document breaks the published JSON Schema or context.
 */
export function buildCredential(
  issuing: IssuingFacts,
  frozen: FrozenFacts,
  verification: VerificationFacts,
): Credential {
  const { scheme, revision } = frozen
  const { kind } = revision.manifest.calculation
  return conforming({
    '@context': [w3cContext, contextAddress(issuing)],
    id: credentialAddress(issuing),
    type: ['VerifiableCredential', kinds[issuing.documentKind]],
    schemaVersion: '1',
    number: issuing.number,
    issuer: issuerClaims(issuing),
    validFrom: issuing.validFrom,
    ...present({ validUntil: issuing.validUntil }),
    ...replacedClaims(issuing),
    ...schemeWords(scheme, issuing),
    ...boundClaims(issuing),
    ...statusClaims(issuing),
    credentialSubject: {
      ...frozenSubject(frozen, shownBreakdowns(scheme, kind, issuing.disclosure)),
      ...planClaims(verification),
      verification: verificationClaims(scheme, verification, issuing.documentKind),
    },
  })
}

/** Read by the schema and by the published files: what they refuse is an inconsistency of ours, and is not signed. */
function conforming(document: unknown): Credential {
  const credential = credentialSchema.parse(document)
  const faults = nonconformities(credential)
  if (faults.length > 0)
    throw new RangeError(`the document breaks its own published format: ${faults.join('; ')}`)
  return credential
}

function contextAddress({ publicUrl }: IssuingFacts): string {
  return `${publicUrl}${contextPath}`
}

function credentialAddress({ publicUrl, id }: Pick<IssuingFacts, 'publicUrl' | 'id'>): string {
  return `${publicUrl}/credentials/${id}`
}

function issuerClaims({
  publicUrl,
  issuer: { did, name, accreditations },
}: IssuingFacts): Credential['issuer'] {
  return {
    id: did,
    name: name.en,
    label: label(name),
    accreditations: accreditations.map(({ id, kind, authority, number, validFrom, validUntil, digest }) => ({
      kind,
      authority: label(authority),
      number,
      validFrom,
      ...present({ validUntil }),
      fact: `${publicUrl}/accreditations/${id}`,
      digest,
    })),
  }
}

/** What the scheme says in so many words. @throws RangeError where it issues no such document. */
function schemeWords(scheme: Scheme, issuing: IssuingFacts) {
  const kind = issuing.documentKind
  const rule = documentRule(scheme, kind)
  if (rule === undefined) throw new RangeError(`the scheme ${scheme.id} leads to no ${kind}`)
  const { developmentNotice, limits, responsibilities } = scheme.wording
  const { certificationMode } = rule
  return {
    label: rule.title,
    development: scheme.development,
    ...(developmentNotice === null ? {} : { notice: developmentNotice }),
    limits,
    ...(responsibilities === undefined ? {} : { responsibilities }),
    ...(certificationMode === undefined ? {} : { certificationMode }),
    ...markClaims(scheme, rule),
    ...surveillanceClaims(rule, issuing),
  }
}

/** How often the body looks again, and when first; no day where the term is over before. */
function surveillanceClaims(
  { surveillanceMonths: months }: SchemeDocumentRule,
  { validFrom, validUntil }: IssuingFacts,
): Pick<Credential, 'surveillance'> {
  if (months === undefined || validUntil === null) return {}
  const term = { validFrom: new Date(validFrom), validUntil: new Date(validUntil), months }
  const [first] = surveillanceDates(term)
  return {
    surveillance: { intervalMonths: months, ...(first && { nextDue: localDate(first) }) },
  }
}

/** Of a statement nothing began before: it speaks of a point in time. */
function replacedClaims({
  publicUrl,
  replaces,
  documentKind,
}: IssuingFacts): Pick<Credential, 'supersedes' | 'firstValidFrom'> {
  if (replaces === null) return {}
  const { id, digest, firstValidFrom } = replaces
  return {
    ...(documentKind === 'certificate' && { firstValidFrom }),
    supersedes: { credential: credentialAddress({ publicUrl, id }), digest },
  }
}

/** The mark by name; the programme's own goes by the programme's. */
function markClaims({ title }: Scheme, { mark = 'none' }: SchemeDocumentRule): Pick<Credential, 'mark'> {
  if (mark === 'none') return {}
  return { mark: { identifier: mark, label: mark === 'own' ? title : nationalMarkName } }
}

/** Schema and context, bound by digest. */
function boundClaims(issuing: IssuingFacts): Pick<Credential, 'credentialSchema' | 'relatedResource'> {
  return {
    credentialSchema: {
      id: `${issuing.publicUrl}${jsonSchemaPath}`,
      type: 'JsonSchema',
      digestSRI: jsonSchemaIntegrity,
    },
    relatedResource: [
      { id: contextAddress(issuing), mediaType: 'application/ld+json', digestSRI: contextIntegrity },
    ],
  }
}

/** Where its status and its place in the log are found. */
function statusClaims(
  issuing: IssuingFacts,
): Pick<Credential, 'credentialStatus' | 'statusAddress' | 'complaintsAddress' | 'transparencyLog'> {
  const address = credentialAddress(issuing)
  return {
    credentialStatus: issuing.status.map(({ url, purpose, index }) => ({
      id: `${url}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential: url,
    })),
    statusAddress: address,
    complaintsAddress: issuing.complaintsAddress,
    transparencyLog: { origin: issuing.log.origin, receipt: `${address}.tlog-proof` },
  }
}

function verificationClaims(
  scheme: Scheme,
  facts: VerificationFacts,
  kind: DocumentKind,
): CredentialSubject['verification'] {
  const conclusion = documentRule(scheme, kind)?.conclusion
  return {
    opinion: facts.opinion,
    parts: facts.parts.map(({ part, assurance, materiality, opinion = facts.opinion }) => ({
      part,
      assurance,
      ...present({ materiality }),
      statement: statementOf(scheme, opinion, assurance),
    })),
    ...present({ basis: facts.basis, sector: facts.sector }),
    ...(conclusion === undefined ? {} : { conclusion }),
    ...examinationClaims(facts),
    decidedAt: facts.decidedAt,
    persons: personClaims(facts),
  }
}

function planClaims({ reductionPlan }: VerificationFacts): Pick<CredentialSubject, 'reductionPlan'> {
  if (reductionPlan === null) return {}
  const { statement, targets, documentDigest } = reductionPlan
  return {
    reductionPlan: {
      statement,
      ...(targets.length === 0 ? {} : { targets: [...targets] }),
      ...present({ digest: documentDigest }),
    },
  }
}

function examinationClaims({
  privateTables,
}: VerificationFacts): Pick<CredentialSubject['verification'], 'factorTables'> {
  if (privateTables.length === 0) return {}
  return { factorTables: privateTables.map(({ digest, outcome }) => ({ digest, opinion: outcome })) }
}

/** The scheme's own words for an opinion; only an unmodified or modified one depends on the assurance. */
function statementOf(
  { wording }: Scheme,
  opinion: Opinion,
  assurance: 'limited' | 'reasonable',
): { en: string; zh: string } {
  return opinion === 'unmodified' || opinion === 'modified'
    ? wording.opinion[opinion][assurance]
    : wording.opinion[opinion]
}

/** Each role of each person once, in the order of roles and pseudonyms, so that the order of acts is not told. */
function personClaims({
  persons,
  pseudonymSalt,
}: VerificationFacts): CredentialSubject['verification']['persons'] {
  const claims = persons.map(({ role, personId }) => ({
    role,
    pseudonym: pseudonym(pseudonymSalt, personId),
  }))
  const unique = new Map(claims.map((claim) => [`${claim.role} ${claim.pseudonym}`, claim]))
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim)
}

/** Digests of the private tables that a record pins, in its order. */
export function privateTablesOf({ factorTables }: RecordManifest): readonly Digest[] {
  return factorTables.filter(({ table }) => isPrivateTable(table)).map(({ digest }) => digest as Digest)
}
