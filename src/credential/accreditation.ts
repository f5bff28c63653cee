/**
 * What an authority says of a body, as a signed and dated fact: accreditation 认可 of its competence, or approval 批准 to certify.
 * Whoever keeps the facts (the installation) signs them, and says where the authority says so.
 */

import { z } from 'zod'
import { type AccreditationKind, accreditationKinds } from '../certification/accreditation-kinds.ts'
import { type DocumentKind, documentKinds, type SubjectKind, subjectKinds } from '../certification/scheme.ts'
import type { Names } from '../engine/types.ts'
import { w3cContext } from './schema.ts'

/** Path of the JSON-LD context of facts, under an installation's origin. */
export const accreditationContextPath = '/contexts/accreditation/v1'

/** What a fact says. */
export interface AccreditationFact {
  /** DID of the body. */
  readonly body: string
  readonly kind: AccreditationKind
  readonly authority: Names
  readonly number: string
  readonly documentKinds: readonly DocumentKind[]
  readonly subjectKinds: readonly SubjectKind[]
  readonly standards: readonly string[]
  /** Sections and divisions of GB/T 4754, e.g. `C` or `C38`; a section covers its divisions. */
  readonly sectors: readonly string[]
  /** RFC 3339, UTC. */
  readonly validFrom: string
  readonly validUntil: string | null
  /** Where the authority says so. */
  readonly source: string
}

/** What makes a fact a document. */
export interface FactIssuing {
  /** Origin under which facts are public. */
  readonly publicUrl: string
  readonly id: string
  /** DID of whoever signs. */
  readonly issuer: string
}

/** The payload of a fact, to be signed by the installation. */
export function accreditationDocument(
  { publicUrl, id, issuer }: FactIssuing,
  fact: AccreditationFact,
): Readonly<Record<string, unknown>> {
  const { body, authority, validFrom, validUntil, ...claims } = fact
  return {
    '@context': [w3cContext, `${publicUrl}${accreditationContextPath}`],
    id: `${publicUrl}/accreditations/${id}`,
    type: ['VerifiableCredential', 'BodyAccreditation'],
    issuer,
    validFrom,
    ...(validUntil === null ? {} : { validUntil }),
    credentialSubject: {
      id: body,
      ...claims,
      authority: authority.zh === null ? { en: authority.en } : { en: authority.en, zh: authority.zh },
    },
  }
}

const text = z.string().min(1).max(400)
const factSchema = z.strictObject({
  '@context': z.tuple([z.literal(w3cContext), z.url().max(300)]),
  id: z.url().max(300),
  type: z.tuple([z.literal('VerifiableCredential'), z.literal('BodyAccreditation')]),
  issuer: text,
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime().optional(),
  credentialSubject: z.strictObject({
    id: text,
    kind: z.enum(accreditationKinds),
    authority: z.strictObject({ en: text, zh: text.optional() }),
    number: text,
    documentKinds: z.array(z.enum(documentKinds)),
    subjectKinds: z.array(z.enum(subjectKinds)),
    standards: z.array(text).max(100),
    sectors: z.array(text).max(200),
    source: z.string().min(1).max(1000),
  }),
})

/** A fact as a verifier reads it. */
export interface ReadAccreditation extends AccreditationFact {
  /** Where it is public; its id. */
  readonly url: string
  readonly issuer: string
}

/** Reads a fact's payload; undefined where it is none. */
export function readAccreditation(payload: unknown): ReadAccreditation | undefined {
  const read = factSchema.safeParse(payload)
  if (!read.success) return undefined
  const { id: url, issuer, validFrom, validUntil, credentialSubject } = read.data
  const { id: body, authority, ...claims } = credentialSubject
  const names = { en: authority.en, zh: authority.zh ?? null }
  return { ...claims, url, issuer, body, authority: names, validFrom, validUntil: validUntil ?? null }
}

/** What a document asks of its issuer's facts. */
export interface AuthorityNeeded {
  readonly documentKind: DocumentKind
  readonly subjectKind: SubjectKind
  readonly standards: readonly string[]
  readonly sector: string | null
  /** When the document was issued. */
  readonly at: Date
}

/** What is not covered, by name; null where it is nothing. */
export interface Uncovered {
  readonly documentKind: DocumentKind | null
  readonly subjectKind: SubjectKind | null
  readonly standards: readonly string[]
  readonly sector: string | null
}

type Scope = Pick<AccreditationFact, 'documentKinds' | 'subjectKinds' | 'standards' | 'sectors'> & {
  readonly validFrom: Date | string
  readonly validUntil: Date | string | null
}

/** Facts in force at the document's time that cover its kind, subject and sector, and what all of them together leave open. */
export function coverage<Fact extends Scope>(
  facts: readonly Fact[],
  needed: AuthorityNeeded,
): { readonly covering: readonly Fact[]; readonly uncovered: Uncovered | null } {
  const standing = facts.filter((fact) => isInForce(fact, needed.at))
  const covering = standing.filter(
    (fact) =>
      fact.documentKinds.includes(needed.documentKind) &&
      fact.subjectKinds.includes(needed.subjectKind) &&
      (needed.sector === null || coversSector(fact.sectors, needed.sector)) &&
      fact.standards.some((standard) => needed.standards.includes(standard)),
  )
  const covered = new Set(covering.flatMap(({ standards }) => standards))
  const standards = needed.standards.filter((standard) => !covered.has(standard))
  if (covering.length > 0 && standards.length === 0) return { covering, uncovered: null }
  const none = (holds: boolean) => !holds
  return {
    covering,
    uncovered: {
      documentKind: none(standing.some((fact) => fact.documentKinds.includes(needed.documentKind)))
        ? needed.documentKind
        : null,
      subjectKind: none(standing.some((fact) => fact.subjectKinds.includes(needed.subjectKind)))
        ? needed.subjectKind
        : null,
      standards,
      sector:
        needed.sector !== null &&
        none(standing.some((fact) => coversSector(fact.sectors, needed.sector ?? '')))
          ? needed.sector
          : null,
    },
  }
}

function isInForce({ validFrom, validUntil }: Scope, at: Date): boolean {
  return new Date(validFrom) <= at && (validUntil === null || at < new Date(validUntil))
}

/** `C` covers `C38`. */
function coversSector(sectors: readonly string[], sector: string): boolean {
  return sectors.includes(sector) || sectors.includes(sector.slice(0, 1))
}
