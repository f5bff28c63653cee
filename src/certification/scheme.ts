/**
 * A scheme is a programme's rules as data: what is certified, on which factors, by whom, and in which words. A version is
 * frozen by its digest; everything the process asks of a footprint or a person beyond the transition table stands here.
 */

import { z } from 'zod'
import { confirmations, families } from '../engine/types.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { accreditationKinds } from './accreditation-kinds.ts'
import { type Breakdown, breakdowns } from './breakdowns.ts'
import { paperGates, paperKinds } from './paper-kinds.ts'

export const documentKinds = ['verification-statement', 'certificate'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const subjectKinds = ['organization', 'product'] as const
export type SubjectKind = (typeof subjectKinds)[number]

export const opinions = ['unmodified', 'modified', 'adverse', 'disclaimer'] as const
export type Opinion = (typeof opinions)[number]

export const assuranceLevels = ['limited', 'reasonable'] as const
export type AssuranceLevel = (typeof assuranceLevels)[number]

/** What an opinion can speak of: the scopes of an inventory, or a product's footprint as a whole. */
export const parts = ['scope-1', 'scope-2', 'scope-3', 'product-footprint'] as const
export type Part = (typeof parts)[number]

/** How an organization draws its boundary (ISO 14064-1, GHG Protocol), and where a product's begins and ends (ISO 14067). */
export const boundaries = {
  organization: ['operational-control', 'financial-control', 'equity-share'],
  product: ['cradle-to-gate', 'cradle-to-grave', 'gate-to-gate'],
} as const satisfies Record<SubjectKind, readonly string[]>
export type Boundary = (typeof boundaries)[SubjectKind][number]

const identifier = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lower-case words joined by hyphens')
  .max(80)
const version = z
  .string()
  .regex(/^[0-9a-z]+(?:[.-][0-9a-z]+)*$/, 'Use digits and dots, e.g. 1.0')
  .max(40)
const text = z.string().min(1).max(4000)
const bilingual = z.strictObject({ en: text, zh: text })
/** A share of the whole, 0 to 1. */
const share = z
  .string()
  .regex(/^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/, 'Write a share between 0 and 1, e.g. 0.05')
const versions = z.union([z.literal('all'), z.array(version).min(1).max(100)])

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
  process: z
    .strictObject({
      papers: z.array(z.strictObject({ kind: z.enum(paperKinds), before: z.enum(paperGates) })).max(40),
      impartialityYears: z.int().min(1).max(20).optional(),
      competence: z.boolean().optional(),
      siteVisit: z.enum(['required', 'rationale']).optional(),
      answerDays: z.int().min(1).max(366).optional(),
      minimumPersonDays: z.string().optional(),
    })
    .optional(),
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
  for (const message of contradictions(scheme)) context.addIssue({ code: 'custom', message })
})

export type Scheme = z.infer<typeof body>
export type SchemeDocumentRule = Scheme['documents'][number]
export type SchemeSubjectRule = Scheme['subjects'][number]

function contradictions(scheme: Scheme): string[] {
  return [
    ...repeated(
      'document kind',
      scheme.documents.map((rule) => rule.kind),
    ),
    ...repeated(
      'subject kind',
      scheme.subjects.map((rule) => rule.kind),
    ),
    ...repeated(
      'factor table',
      scheme.factorTables.map((rule) => rule.table),
    ),
    ...scheme.documents.flatMap(documentContradictions),
    ...scheme.subjects.flatMap(subjectContradictions),
    ...noticeContradictions(scheme),
    ...accreditationContradictions(scheme),
    ...confirmationContradictions(scheme),
  ]
}

function repeated(what: string, names: readonly string[]): string[] {
  return names
    .filter((name, at) => names.indexOf(name) < at)
    .map((name) => `The ${what} "${name}" stands twice`)
}

function documentContradictions(rule: SchemeDocumentRule): string[] {
  const found: string[] = []
  if (rule.kind === 'certificate' && rule.opinions.some((opinion) => !supportsClaim(opinion))) {
    found.push('An adverse opinion or a disclaimer never leads to a certificate')
  }
  if (rule.kind === 'certificate' && rule.validityMonths === null) found.push('A certificate has a term')
  if (rule.kind === 'verification-statement' && rule.validityMonths !== null) {
    found.push('A verification statement speaks of a point in time and has no term')
  }
  return found
}

function subjectContradictions(rule: SchemeSubjectRule): string[] {
  const known: readonly string[] = boundaries[rule.kind]
  const foreign = rule.boundaries.filter((boundary) => !known.includes(boundary))
  const strange = rule.parts.filter((entry) => !partsOfSubject[rule.kind].includes(entry.part))
  return [
    ...foreign.map((boundary) => `"${boundary}" is no boundary of a footprint of kind "${rule.kind}"`),
    ...strange.map((entry) => `"${entry.part}" is no part of a footprint of kind "${rule.kind}"`),
    ...repeated(
      'part',
      rule.parts.map((entry) => entry.part),
    ),
    ...disclosureContradictions(rule),
    ...(rule.kind === 'organization' && rule.contractualInstruments !== undefined
      ? ['An inventory always tells what instruments come to: "contractualInstruments" is a rule on products']
      : []),
  ]
}

/** Breakdowns that only one kind of footprint has. */
const foreignBreakdowns: Readonly<Record<SubjectKind, readonly Breakdown[]>> = {
  organization: ['byStage'],
  product: ['byScope', 'byIsoCategory', 'bySite'],
}

/**
 * Kinds always stand apart (ISO 14067, GB/T 32150); what no record of that kind of footprint has cannot be shown. Sites are told by
 * those inventories only whose lines all name theirs, so no document can be made to show them.
 */
function disclosureContradictions({ kind, disclosure }: SchemeSubjectRule): string[] {
  if (disclosure === undefined) return []
  const offered = [...disclosure.minimum, ...disclosure.holderMayAdd]
  const absent = offered.filter((name) => foreignBreakdowns[kind].includes(name))
  return [
    ...(disclosure.minimum.includes('byKind') ? [] : ['Every document shows the result by kind']),
    ...absent.map((name) => `No footprint of kind "${kind}" has the breakdown "${name}"`),
    ...(disclosure.minimum.includes('bySite')
      ? ['"bySite" is for the holder to add: not every record tells sites']
      : []),
    ...repeated('breakdown', offered),
  ]
}

function noticeContradictions(scheme: Scheme): string[] {
  const hasNotice = scheme.wording.developmentNotice !== null
  return hasNotice === scheme.development
    ? []
    : ['A development scheme, and no other, carries a development notice']
}

/** Whoever says something for good is entitled to say it. */
function accreditationContradictions({ development, issuable, documents }: Scheme): string[] {
  if (development || !issuable) return []
  return documents
    .filter(({ accreditation }) => accreditation === undefined)
    .map(({ kind }) => `A ${kind} that is issued for good asks for an accreditation or approval`)
}

function confirmationContradictions({ confirmations: accepted, unverifiedFactors }: Scheme): string[] {
  if (accepted === undefined || accepted.includes('unverified') === unverifiedFactors) return []
  return ['"confirmations" names "unverified" exactly where "unverifiedFactors" is true']
}

/** The parts an opinion on each kind of footprint can have. */
export const partsOfSubject: Readonly<Record<SubjectKind, readonly Part[]>> = {
  organization: ['scope-1', 'scope-2', 'scope-3'],
  product: ['product-footprint'],
}

/** Whether an opinion speaks for the claim, if only with its matters stated: no certificate rests on another one. */
export function supportsClaim(opinion: Opinion): boolean {
  return opinion === 'unmodified' || opinion === 'modified'
}

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
