/** What contradicts itself in a scheme document, one sentence each: rules that hold between its members. */

import { organizationCategories, productCategories } from '../engine/categories.ts'
import type { Breakdown } from './breakdowns.ts'
import { type PaperGate, type PaperKind, paperGates } from './paper-kinds.ts'
import { isCodeOf } from './product-codes.ts'
import type { Scheme, SchemeDocumentRule, SchemeSubjectRule } from './scheme.ts'
import { nationalMark } from './scheme-demands.ts'
import { boundaries, partsOfSubject, type SubjectKind, supportsClaim } from './scheme-terms.ts'

/** None where all members agree. */
export function schemeContradictions(scheme: Scheme): string[] {
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
    ...processContradictions(scheme),
    ...evidenceContradictions(scheme),
    ...markContradictions(scheme),
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
  return [...found, ...afterIssueContradictions(rule)]
}

/** Surveillance and marks belong to what is certified for a term. */
function afterIssueContradictions({
  kind,
  validityMonths,
  surveillanceMonths,
  mark = 'none',
}: SchemeDocumentRule): string[] {
  const found: string[] = []
  if (kind !== 'certificate' && surveillanceMonths !== undefined) {
    found.push('A verification statement speaks of a point in time: nothing is watched after it')
  }
  if (kind !== 'certificate' && mark !== 'none') found.push('A mark is shown on a certificate only')
  if (surveillanceMonths !== undefined && validityMonths !== null && surveillanceMonths > validityMonths) {
    found.push('Surveillance comes before the end of the term')
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
    ...productOnly(rule),
    ...qualityContradictions(rule),
    ...catalogueContradictions(rule),
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

function productOnly({ kind, pcrs, catalogue, dataQuality }: SchemeSubjectRule): string[] {
  if (kind === 'product') return []
  const named = { pcrs, catalogue, 'dataQuality.primaryShareMin': dataQuality?.primaryShareMin }
  return Object.entries(named)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `"${name}" is a rule on products`)
}

function qualityContradictions({ dataQuality }: SchemeSubjectRule): string[] {
  if (dataQuality?.dqrMax === undefined || dataQuality.ratedShareMin !== undefined) return []
  return ['"dqrMax" says of which share of the result: give "ratedShareMin"']
}

function catalogueContradictions({ catalogue }: SchemeSubjectRule): string[] {
  if (catalogue === undefined) return []
  const { system, categories } = catalogue
  const codes = categories.map(({ code }) => code)
  return [
    ...repeated('category', codes),
    ...codes.filter((code) => !isCodeOf(system, code)).map((code) => `"${code}" is no ${system} code`),
  ]
}

/** The first move before which a kind of paper can be recorded; of those not named it is the proposal. */
const firstGate: Partial<Readonly<Record<PaperKind, PaperGate>>> = {
  'impartiality-declaration': 'accept',
  'reduction-plan': 'accept',
  'review-notes': 'concur',
  'verification-report': 'issue',
}

function processContradictions({ process }: Scheme): string[] {
  if (process === undefined) return []
  const { papers, siteVisit } = process
  const asksForVisit = papers.some(({ kind }) => kind === 'site-visit')
  return [
    ...repeated(
      'paper',
      papers.map(({ kind, before }) => `${kind} before ${before}`),
    ),
    ...papers
      .filter(
        ({ kind, before }) => paperGates.indexOf(before) < paperGates.indexOf(firstGate[kind] ?? 'propose'),
      )
      .map(({ kind, before }) => `No ${kind} can be on file before "${before}"`),
    ...(siteVisit !== undefined && !asksForVisit ? ['"siteVisit" asks for the paper "site-visit"'] : []),
  ]
}

const categoriesOf = { organization: organizationCategories, product: productCategories }

function evidenceContradictions({ evidence, subjects }: Scheme): string[] {
  const known = subjects.flatMap(({ kind }) => Object.keys(categoriesOf[kind]))
  return (evidence?.required ?? [])
    .filter(({ category }) => !known.includes(category))
    .map(({ category }) => `No footprint of this scheme has lines of the category "${category}"`)
}

/** The national mark is an authority's: its rule, its catalogue and its approval must all be named, and nothing is tried out under it. */
function markContradictions({ documents, subjects, filing, development, process }: Scheme): string[] {
  const marked = documents.filter(({ mark }) => mark === nationalMark)
  if (marked.length === 0) return []
  const isOfApproved = marked.every(({ accreditation }) => accreditation?.join() === 'approval')
  const isOfCatalogue = subjects.every(({ catalogue }) => catalogue !== undefined)
  const asksForPlan = process?.papers.some(({ kind }) => kind === 'reduction-plan') ?? false
  return [
    ...(asksForPlan
      ? []
      : ['The national mark stands for reduction too, and asks for the paper "reduction-plan"']),
    ...(isOfApproved ? [] : ['The national mark asks for an approval of the body, and for nothing less']),
    ...(isOfCatalogue ? [] : ['The national mark is for products of a catalogue only']),
    ...(filing ? [] : ['The national mark asks for the number of the rule or filing it stands on']),
    ...(development ? ['Nothing that is tried out bears the national mark'] : []),
  ]
}
