/**
 * A scheme is a programme's rules as data: what is certified, on which factors, by whom, and in which words. A version is
 * frozen by its digest; everything the process asks of a footprint or a person beyond the transition table stands here.
 */

import { z } from 'zod'
import { confirmations, families } from '../engine/types.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { accreditationKinds } from './accreditation-kinds.ts'
import { breakdowns } from './breakdowns.ts'
import { schemeContradictions } from './scheme-contradictions.ts'
import {
  catalogueDemand,
  evidenceDemand,
  filingDemand,
  gasDemand,
  marks,
  processDemand,
  qualityDemand,
  rulesDemand,
} from './scheme-demands.ts'
import {
  assuranceLevels,
  boundaries,
  type DocumentKind,
  documentKinds,
  opinions,
  parts,
  type SubjectKind,
  subjectKinds,
} from './scheme-terms.ts'
import { bilingual, identifier, share, version, versions } from './scheme-words.ts'

export * from './scheme-terms.ts'

const document = z.strictObject({
  kind: z.enum(documentKinds),
  title: bilingual,
  /** Opinions under which it can be issued; adverse and disclaimed ones never lead to a certificate. */
  opinions: z.array(z.enum(opinions)).min(1),
  /** Term in months; `null` for a statement, which speaks of a point in time. */
  validityMonths: z.int().min(1).max(120).nullable(),
  /** How it is certified 认证模式; of a certificate. */
  certificationMode: bilingual.optional(),
  /** What was decided, in words that stand in the document. */
  conclusion: bilingual.optional(),
  /** What an authority must have given the body; any of them will do. Absent: nothing is asked. */
  accreditation: z.array(z.enum(accreditationKinds)).min(1).optional(),
  /** Of a certificate: at least how often the body looks again. */
  surveillanceMonths: z.int().min(1).max(120).optional(),
  /** The mark that it may show; absent: none. */
  mark: z.enum(marks).optional(),
})

const partRule = z.strictObject({
  part: z.enum(parts),
  assurance: z.array(z.enum(assuranceLevels)).min(1),
  /** The largest share of the result that may be misstated and still not matter. */
  materialityMax: share,
})

const subject = z.strictObject({
  kind: z.enum(subjectKinds),
  boundaries: z.array(z.enum([...boundaries.organization, ...boundaries.product])).min(1),
  families: z.array(z.enum(families)).min(1),
  parts: z.array(partRule).min(1),
  /** What a printed result looks like: its unit, and decimal places after rounding half-even (GB/T 8170). */
  print: z.strictObject({ unit: z.enum(['kgCO2e', 'tCO2e']), decimals: z.int().min(0).max(9) }),
  /** Breakdowns of the result that every document shows, and those that the holder may add. Absent: kinds, and scopes or stages. */
  disclosure: z
    .strictObject({ minimum: z.array(z.enum(breakdowns)).min(1), holderMayAdd: z.array(z.enum(breakdowns)) })
    .optional(),
  /** Of products: whether electricity under contract may be counted as what was bought; absent: no. */
  contractualInstruments: z.boolean().optional(),
  /** The largest share of the footprint that one exclusion may be estimated at; absent: no limit but that of all together. */
  exclusionSingleMax: share.optional(),
  /** Absent: factors may leave out gases, and the result says so. */
  gasCoverage: gasDemand.optional(),
  /** Absent: quality is told, and no floor stands. */
  dataQuality: qualityDemand.optional(),
  /** Of products; absent: by rules of a category or without. */
  pcrs: rulesDemand.optional(),
  /** Of products; absent: all are taken. */
  catalogue: catalogueDemand.optional(),
})

const tableRule = z.strictObject({
  table: identifier,
  versions,
  /** Why it is named although its licence is unclear or asks for share-alike; needed then from version 1.1 of a scheme on. */
  reason: bilingual.optional(),
})

const wordingByAssurance = z.strictObject({ limited: bilingual, reasonable: bilingual })

const body = z.strictObject({
  type: z.literal('egret/scheme'),
  schemaVersion: z.literal('1'),
  id: identifier,
  version,
  title: bilingual,
  /** Made for trying out: every document issued under it says so, loudly. */
  development: z.boolean(),
  /** Whether credentials are issued under it in this edition. */
  issuable: z.boolean(),
  documents: z.array(document).min(1).max(2),
  subjects: z.array(subject).min(1).max(2),
  standards: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(80),
        use: z.enum(['quantification', 'verification']),
        /** Kinds of footprint it speaks of: a document names those of its own kind only. */
        subjects: z.array(z.enum(subjectKinds)).min(1),
      }),
    )
    .min(1)
    .max(20),
  /** The tables of the public registry that may be used; what is not named here is refused, whatever its licence. */
  factorTables: z.array(tableRule).max(200),
  /** Whether private tables may be used, each after the team accepted it; absent: no. */
  privateTables: z.boolean().optional(),
  gwp: z.strictObject({
    sets: z.array(z.strictObject({ id: identifier, versions })).min(1),
    /** On what a factor may rest: gas masses, or a CO2e that the source states on a named set. */
    bases: z.array(z.enum(['AR4', 'AR5', 'AR6', 'gas-masses'])).min(1),
    /**
     * Tables whose CO2e may be used although their source does not say on which warming potentials it rests; `private` stands for
     * every private table, `own` for the client's own factors.
     */
    notStatedTables: z.array(identifier),
  }),
  /** Whether factors in no published table may be used; they are flagged in the result either way. */
  ownFactors: z.boolean(),
  /** Whether factors may be used that nobody confirmed with the publisher. */
  unverifiedFactors: z.boolean(),
  /** How sure one must be of a factor, where the scheme asks for more than that somebody confirmed it. */
  confirmations: z.array(z.enum(confirmations)).min(1).max(3).optional(),
  /** The largest share of the footprint that may be left out, all exclusions together. */
  exclusionMax: share,
  /** The largest share of the result that may rest on lines that say they are estimated; absent: no limit. */
  estimatedMax: share.optional(),
  roles: z.strictObject({
    /** Whether reviewer and decision maker may be one person; never someone of the team. */
    reviewerMayDecide: z.boolean(),
  }),
  /** Working papers, competence, visits, effort. */
  process: processDemand.optional(),
  /** Which evidence must stand behind lines, and how long it is kept. */
  evidence: evidenceDemand.optional(),
  /** Null, as absent: published by no authority and filed with none. */
  filing: filingDemand.nullable().optional(),
  wording: z.strictObject({
    /** What the responsible party declares when it submits. */
    declaration: bilingual,
    opinion: z.strictObject({
      unmodified: wordingByAssurance,
      modified: wordingByAssurance,
      adverse: bilingual,
      disclaimer: bilingual,
    }),
    /** What the document is not. */
    limits: bilingual,
    /** Who answers for what. */
    responsibilities: bilingual.optional(),
    developmentNotice: bilingual.nullable(),
  }),
})

/** The scheme document, with the rules that hold between its members. */
export const schemeDocument = body.superRefine((scheme, context) => {
  for (const message of schemeContradictions(scheme)) context.addIssue({ code: 'custom', message })
})

export type Scheme = z.infer<typeof body>
export type SchemeDocumentRule = Scheme['documents'][number]
export type SchemeSubjectRule = Scheme['subjects'][number]

/**
 * Reads a scheme document.
 *
 * @throws z.ZodError naming each member that breaks the format or contradicts another.
 */
export function readScheme(value: unknown): Scheme {
  return schemeDocument.parse(value)
}

/** The scheme's RFC 8785 bytes, as published under their digest. */
export function schemeBytes(scheme: Scheme): Uint8Array<ArrayBuffer> {
  return canonicalBytes(scheme)
}

/** The digest that names a scheme version for ever. */
export function schemeDigest(scheme: Scheme): Digest {
  return digestOfBytes(schemeBytes(scheme))
}

/** The scheme's rule for a kind of document; undefined where it issues none. */
export function documentRule(scheme: Scheme, kind: DocumentKind): SchemeDocumentRule | undefined {
  return scheme.documents.find((rule) => rule.kind === kind)
}

/** The scheme's rule for a kind of subject; undefined where it takes none. */
export function subjectRule(scheme: Scheme, kind: SubjectKind): SchemeSubjectRule | undefined {
  return scheme.subjects.find((rule) => rule.kind === kind)
}
