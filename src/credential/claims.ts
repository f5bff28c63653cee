/**
 * What a credential says, taken from what is frozen: the revision, the calculation record and the scheme speak for the
 * footprint; only the verification itself (opinion, persons, dates) comes from the engagement. A reader who holds the record
 * derives the same subject again.
 */

import { shownBreakdowns } from '../certification/disclosure.ts'
import type { ExaminationOutcome } from '../certification/engagement.ts'
import type {
  DocumentKind,
  Opinion,
  Scheme,
  SchemeSubjectRule,
  SubjectKind,
} from '../certification/scheme.ts'
import { documentRule, subjectRule } from '../certification/scheme.ts'
import type { Names } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import type { RecordManifest } from '../record/calculation-record.ts'
import type { DigestPin, DigestTablePin, Face, RevisionManifest } from '../record/revision.ts'
import { isPrivateTable } from '../tables/names.ts'
import type { AccreditationKind } from './accreditation-kinds.ts'
import type { Breakdown } from './breakdowns.ts'
import { contextIntegrity, contextPath } from './context.ts'
import { jsonSchemaIntegrity, jsonSchemaPath } from './json-schema.ts'
import { pseudonym } from './pseudonym.ts'
import { publicResult } from './public-result.ts'
import {
  type AccountedRole,
  type Credential,
  type CredentialKind,
  type CredentialSubject,
  credentialSchema,
  w3cContext,
} from './schema.ts'
import type { StatusPurpose } from './status-purposes.ts'

/** A manifest with the digest it is known by. */
export interface Named<Manifest> {
  readonly digest: Digest
  readonly manifest: Manifest
}

/** What the credential is about, all of it frozen before. */
export interface FrozenFacts {
  readonly revision: Named<RevisionManifest>
  readonly record: Named<RecordManifest>
  readonly scheme: Scheme
}

/** What the body found and decided. */
export interface VerificationFacts {
  readonly opinion: Opinion
  readonly parts: readonly {
    readonly part: CredentialSubject['verification']['parts'][number]['part']
    readonly assurance: 'limited' | 'reasonable'
    /** Share of the part from which a misstatement matters, decimal. */
    readonly materiality: string | null
  }[]
  /** Section or division of GB/T 4754 in which the body judged; null where nobody said. */
  readonly sector: string | null
  /** Why the opinion is not unmodified; a public text. */
  readonly basis: string | null
  /** What the body says of the private tables that the record pins, in its order. */
  readonly privateTables: readonly { readonly digest: Digest; readonly outcome: ExaminationOutcome }[]
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
 * @throws z.ZodError where the facts contradict each other or the shape: nothing is signed that a verifier would refuse.
 */
export function buildCredential(
  issuing: IssuingFacts,
  frozen: FrozenFacts,
  verification: VerificationFacts,
): Credential {
  const { scheme } = frozen
  return credentialSchema.parse({
    '@context': [w3cContext, contextAddress(issuing)],
    id: credentialAddress(issuing),
    type: ['VerifiableCredential', kinds[issuing.documentKind]],
    schemaVersion: '1',
    number: issuing.number,
    issuer: issuerClaims(issuing),
    validFrom: issuing.validFrom,
    ...present({ validUntil: issuing.validUntil }),
    ...schemeWords(scheme, issuing.documentKind),
    ...boundClaims(issuing),
    ...statusClaims(issuing),
    credentialSubject: {
      ...frozenSubject(frozen, shownBreakdowns(scheme, kindOfFootprint(frozen), issuing.disclosure)),
      verification: verificationClaims(scheme, verification, issuing.documentKind),
    },
  })
}

function contextAddress({ publicUrl }: IssuingFacts): string {
  return `${publicUrl}${contextPath}`
}

function credentialAddress({ publicUrl, id }: IssuingFacts): string {
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
function schemeWords(scheme: Scheme, kind: DocumentKind) {
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
  }
}

/** Schema and context, bound by digest. */
function boundClaims(issuing: IssuingFacts): Pick<Credential, 'credentialSchema' | 'relatedResource'> {
  return {
    credentialSchema: {
      id: `${issuing.publicUrl}${jsonSchemaPath}`,
      type: 'JsonSchema',
      digestSRI: jsonSchemaIntegrity(),
    },
    relatedResource: [
      { id: contextAddress(issuing), mediaType: 'application/ld+json', digestSRI: contextIntegrity() },
    ],
  }
}

/** Where its status and its place in the log are found. */
function statusClaims(
  issuing: IssuingFacts,
): Pick<Credential, 'credentialStatus' | 'statusAddress' | 'transparencyLog'> {
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
    transparencyLog: { origin: issuing.log.origin, receipt: `${address}.tlog-proof` },
  }
}

function kindOfFootprint({ revision }: Pick<FrozenFacts, 'revision'>): SubjectKind {
  return revision.manifest.calculation.kind
}

/**
 * What the frozen facts alone say of the footprint: everything of the subject but the verification.
 * @param shown the breakdowns that the document shows.
 */
export function frozenSubject(
  { revision, record, scheme }: FrozenFacts,
  shown: readonly Breakdown[],
): Omit<CredentialSubject, 'verification'> {
  const { manifest } = revision
  const { kind, period, declaredUnit } = manifest.calculation
  return {
    id: `urn:uuid:${manifest.footprint.id}`,
    type: kind === 'product' ? 'ProductFootprint' : 'OrganizationFootprint',
    title: manifest.title,
    ...partyClaims(manifest),
    period,
    boundary: manifest.boundary,
    ...(declaredUnit === undefined ? {} : { declaredUnit }),
    standards: standardsOf(scheme, kind),
    ...ruleClaims(manifest),
    exclusions: manifest.exclusions,
    scheme: { ...pinClaims(manifest.scheme), label: scheme.title },
    result: publicResult(record.manifest.result, printRule(scheme, kind), shown),
    calculation: calculationClaims(revision, record),
  }
}

/** The standards that the scheme names for this kind of footprint. */
function standardsOf({ standards }: Scheme, kind: SubjectKind): CredentialSubject['standards'] {
  const named = standards.filter(({ subjects }) => subjects.includes(kind))
  return named.map(({ id, use }) => ({ standard: id, use }))
}

type Claims<Name extends keyof CredentialSubject> = Pick<CredentialSubject, Name>

function partyClaims(
  manifest: RevisionManifest,
): Claims<
  'holder' | 'responsibleParty' | 'manufacturer' | 'factory' | 'sites' | 'intendedUsers' | 'product'
> {
  const { client, responsibleParty, manufacturer, factory, sites, intendedUsers, product } = manifest
  const { name, country, unifiedSocialCreditCode } = client
  return {
    holder: { label: label(name), country, ...present({ unifiedSocialCreditCode }) },
    responsibleParty: face(responsibleParty),
    ...(manufacturer === null ? {} : { manufacturer: face(manufacturer) }),
    ...(factory === null ? {} : { factory: face(factory) }),
    sites: sites.map(face),
    ...present({ intendedUsers }),
    ...(product === null ? {} : { product: productClaims(product) }),
  }
}

function productClaims(
  product: NonNullable<RevisionManifest['product']>,
): NonNullable<CredentialSubject['product']> {
  const { name, model, specification, trademark } = product
  return { label: label(name), ...present({ model, specification, trademark }) }
}

function ruleClaims({
  productCategoryRules: rules,
}: RevisionManifest): Partial<Claims<'productCategoryRules'>> {
  if (rules === null) return {}
  const { id, edition, operator, title } = rules
  return { productCategoryRules: { rules: id, edition, operator, label: label(title) } }
}

function printRule(scheme: Scheme, kind: SubjectKind): SchemeSubjectRule['print'] {
  const rule = subjectRule(scheme, kind)
  if (rule === undefined) throw new RangeError(`the scheme ${scheme.id} takes no footprint of kind ${kind}`)
  return rule.print
}

function calculationClaims(
  revision: Named<RevisionManifest>,
  record: Named<RecordManifest>,
): CredentialSubject['calculation'] {
  const { engine, gwpSet, factorTables, lines } = record.manifest
  return {
    record: record.digest,
    revision: revision.digest,
    activityLinesRoot: revision.manifest.lines.merkleRoot,
    lineResultsRoot: lines.merkleRoot,
    engine,
    gwpSet: pinClaims(gwpSet),
    factorTables: factorTables.map(tableClaims),
  }
}

/** A private table is told by its digest alone: its name could be a supplier's. */
function tableClaims({ table, version, digest }: DigestTablePin): TableClaims {
  return isPrivateTable(table) ? { kind: 'private', digest } : { table, version, digest }
}
type TableClaims = CredentialSubject['calculation']['factorTables'][number]

/** Digests of the private tables that a record pins, in its order. */
export function privateTablesOf({ factorTables }: RecordManifest): readonly Digest[] {
  return factorTables.filter(({ table }) => isPrivateTable(table)).map(({ digest }) => digest as Digest)
}

function pinClaims({ id, version, digest }: DigestPin): CredentialSubject['calculation']['gwpSet'] {
  return { identifier: id, version, digest }
}

function verificationClaims(
  scheme: Scheme,
  facts: VerificationFacts,
  kind: DocumentKind,
): CredentialSubject['verification'] {
  const conclusion = documentRule(scheme, kind)?.conclusion
  return {
    opinion: facts.opinion,
    parts: facts.parts.map(({ part, assurance, materiality }) => ({
      part,
      assurance,
      ...present({ materiality }),
      statement: statementOf(scheme, facts.opinion, assurance),
    })),
    ...present({ basis: facts.basis, sector: facts.sector }),
    ...(conclusion === undefined ? {} : { conclusion }),
    ...examinationClaims(facts),
    decidedAt: facts.decidedAt,
    persons: personClaims(facts),
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

function face({ name, address }: Face): CredentialSubject['responsibleParty'] {
  return { label: label(name), ...(address === null ? {} : { address: label(address) }) }
}

/** A text by language; a language without a text is left out, as JSON-LD's language maps ask. */
function label({ en, zh }: Names): { en: string; zh?: string } {
  return zh === null ? { en } : { en, zh }
}

/** The members that are not null. */
function present<Members extends Readonly<Record<string, string | null>>>(
  members: Members,
): { [Name in keyof Members]?: string } {
  const entries = Object.entries(members).filter(([, value]) => value !== null)
  return Object.fromEntries(entries) as { [Name in keyof Members]?: string }
}
