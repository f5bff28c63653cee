/**
 * What a credential says of the footprint, taken from what is frozen: the revision, the calculation record and the scheme. A reader
 * who holds them derives the same again.
 */

import { z } from 'zod'
import type { Breakdown } from '../certification/breakdowns.ts'
import type { Scheme, SchemeSubjectRule, SubjectKind } from '../certification/scheme.ts'
import { subjectRule } from '../certification/scheme.ts'
import type { Digest } from '../json/digest.ts'
import type { RecordManifest } from '../record/calculation-record.ts'
import type { DigestPin, DigestTablePin, Face, RevisionManifest } from '../record/revision.ts'
import { isPrivateTable } from '../tables/names.ts'
import { label, present } from './members.ts'
import { methodClaims } from './method-claims.ts'
import { printedMass, publicQuality, publicResult, type SiteNames, sitesUntold } from './public-result.ts'
import type { CredentialSubject } from './schema.ts'

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

/**
 * What the frozen facts alone say of the footprint: everything of the subject but the verification.
 * @param shown the breakdowns that the document shows.
 */
export function frozenSubject(
  { revision, record, scheme }: FrozenFacts,
  shown: readonly Breakdown[],
): Omit<CredentialSubject, 'verification'> {
  const { manifest } = revision
  const { kind, period } = manifest.calculation
  return {
    id: `urn:uuid:${manifest.footprint.id}`,
    type: kind === 'product' ? 'ProductFootprint' : 'OrganizationFootprint',
    title: manifest.title,
    ...partyClaims(manifest),
    period,
    boundary: manifest.boundary,
    ...unitClaims(manifest.calculation),
    standards: standardsOf(scheme, kind),
    ...ruleClaims(manifest),
    exclusions: manifest.exclusions,
    ...methodClaims(record.manifest),
    ...baseYearClaims(manifest, printRule(scheme, kind)),
    scheme: { ...pinClaims(manifest.scheme), label: scheme.title, ...filingClaims(scheme) },
    result: publicResult(record.manifest.result, printRule(scheme, kind), shown, siteNames(manifest)),
    ...publicQuality(record.manifest.result, printRule(scheme, kind)),
    calculation: calculationClaims(revision, record),
  }
}

/** What a product's result is per; of a functional unit the reference flow stands where a declared unit would. */
function unitClaims({
  declaredUnit,
  functionalUnit,
}: RevisionManifest['calculation']): Claims<'declaredUnit' | 'functionalUnit'> {
  if (functionalUnit === undefined) return declaredUnit === undefined ? {} : { declaredUnit }
  const { description, referenceFlow } = functionalUnit
  return { declaredUnit: referenceFlow, functionalUnit: { label: label(description), referenceFlow } }
}

/** Why the frozen facts cannot be shown by site, in a sentence; null where they can. */
export function whySitesAreUntold({ revision: { manifest }, record, scheme }: FrozenFacts): string | null {
  const print = printRule(scheme, manifest.calculation.kind)
  return sitesUntold(record.manifest.result, print, siteNames(manifest))
}

const facilitiesSchema = z.object({
  consolidation: z
    .object({
      facilities: z.array(
        z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string().nullable() }) }),
      ),
    })
    .optional(),
})

/** What facilities are called, where the revision says whose activities count. */
function siteNames({ calculation }: RevisionManifest): SiteNames {
  const { consolidation } = facilitiesSchema.parse(calculation)
  return new Map(consolidation?.facilities.map(({ id, name }) => [id, name]))
}

/** The standards that the scheme names for this kind of footprint. */
function standardsOf({ standards }: Scheme, kind: SubjectKind): CredentialSubject['standards'] {
  const named = standards.filter(({ subjects }) => subjects.includes(kind))
  return named.map(({ id, use }) => ({ standard: id, use }))
}

function filingClaims({ filing }: Scheme): Pick<CredentialSubject['scheme'], 'filing'> {
  if (!filing) return {}
  const { authority, number } = filing
  return { filing: { authority, number } }
}

function baseYearClaims(
  { baseYear }: RevisionManifest,
  print: SchemeSubjectRule['print'],
): Pick<CredentialSubject, 'baseYear'> {
  if (baseYear === undefined) return {}
  return { baseYear: { period: baseYear.period, total: printedMass(baseYear.totalKgCo2e, print) } }
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

type Codes = NonNullable<NonNullable<CredentialSubject['product']>['identifiers']>

/** A GTIN is of the very item, all other codes of its kind. */
function productClaims(
  product: NonNullable<RevisionManifest['product']>,
): NonNullable<CredentialSubject['product']> {
  const { name, model, specification, trademark, models, codes = [] } = product
  const [identifiers, classifications] = [true, false].map((isItem) =>
    codes.filter(({ system }) => (system === 'GTIN') === isItem),
  ) as [Codes, Codes]
  return {
    label: label(name),
    ...present({ model, specification, trademark }),
    ...(models === undefined ? {} : { models: [...models] }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(classifications.length === 0 ? {} : { classifications }),
  }
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

function pinClaims({ id, version, digest }: DigestPin): CredentialSubject['calculation']['gwpSet'] {
  return { identifier: id, version, digest }
}

function face({ name, address }: Face): CredentialSubject['responsibleParty'] {
  return { label: label(name), ...(address === null ? {} : { address: label(address) }) }
}
