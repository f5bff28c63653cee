/**
 * The JSON-LD context of Egret's credentials, version 1: every term that `schema.ts` uses, and no `@vocab`, so that a term
 * nobody defined is an error and not a guess. Served at `/contexts/v1`; frozen: another term means another version.
 */

import { canonicalBytes } from '../json/canonical.ts'

/** Path under an installation's origin. */
export const contextPath = '/contexts/v1'

const vocabulary = 'urn:egret:vocabulary:1:'
const decimal = 'http://www.w3.org/2001/XMLSchema#decimal'
const boolean = 'http://www.w3.org/2001/XMLSchema#boolean'
const date = 'http://www.w3.org/2001/XMLSchema#date'
const instant = 'http://www.w3.org/2001/XMLSchema#dateTime'
const year = 'http://www.w3.org/2001/XMLSchema#gYear'

const term = (name: string, more: object = {}): object => ({ '@id': `${vocabulary}${name}`, ...more })
const typed = (name: string, type: string): object => term(name, { '@type': type })
/** `{ "en": …, "zh": … }`. */
const byLanguage = (name: string): object => term(name, { '@container': '@language' })
/** Keeps a list's order. */
const list = (name: string): object => term(name, { '@container': '@list' })

/** Terms of the document itself and of whoever issues it. */
const documentTerms = [
  'schemaVersion',
  'number',
  'kind',
  'supersedes',
  'mark',
  'surveillance',
  'intervalMonths',
  'transparencyLog',
  'origin',
]
/** Terms of the footprint, its parties and what it stands on. */
const footprintTerms = [
  'title',
  'holder',
  'responsibleParty',
  'manufacturer',
  'factory',
  'intendedUsers',
  'product',
  'model',
  'specification',
  'trademark',
  'country',
  'unifiedSocialCreditCode',
  'system',
  'code',
  'period',
  'boundary',
  'declaredUnit',
  'functionalUnit',
  'referenceFlow',
  'unit',
  'standard',
  'use',
  'productCategoryRules',
  'rules',
  'edition',
  'operator',
  'what',
  'reason',
  'aspect',
  'method',
  'scheme',
  'filing',
  'identifier',
  'version',
  'digest',
  'calculation',
  'record',
  'revision',
  'activityLinesRoot',
  'lineResultsRoot',
  'engine',
  'gwpSet',
  'table',
]
/** Terms of the figures. */
const resultTerms = [
  'result',
  'total',
  'scope',
  'isoCategory',
  'stage',
  'category',
  'gasGroup',
  'flag',
  'baseYear',
  'reductionPlan',
  'dataQuality',
  'indicator',
  'uncertainty',
  'lower',
  'upper',
  'seed',
]
/** Terms of the verification. */
const verificationTerms = [
  'verification',
  'opinion',
  'part',
  'assurance',
  'basis',
  'sector',
  'role',
  'pseudonym',
]
const plain = [...documentTerms, ...footprintTerms, ...resultTerms, ...verificationTerms]
const lists = [
  'accreditations',
  'sites',
  'models',
  'identifiers',
  'classifications',
  'standards',
  'exclusions',
  'methodChoices',
  'totalIncludes',
  'breakdowns',
  'byKind',
  'byScope',
  'byIsoCategory',
  'byStage',
  'byCategory',
  'byGas',
  'bySite',
  'alternatives',
  'intensities',
  'carbonContents',
  'gasesNotCovered',
  'gasesOutsideTotal',
  'flags',
  'ratings',
  'targets',
  'factorTables',
  'parts',
  'criteria',
  'siteVisits',
  'persons',
]
/** Terms whose values are texts by language. */
export const languageMaps = [
  'label',
  'address',
  'authority',
  'notice',
  'limits',
  'responsibilities',
  'certificationMode',
  'conclusion',
  'procedures',
  'statement',
]
const decimals = [
  'amount',
  'share',
  'materiality',
  'estimatedShare',
  'primaryDataShare',
  'ratedShare',
  'rating',
  'confidence',
  'draws',
  'reduction',
]
const references = ['credential', 'receipt', 'fact', 'statusAddress', 'complaintsAddress']
const types = ['VerificationStatement', 'Certificate', 'OrganizationFootprint', 'ProductFootprint']

const named = (names: readonly string[], write: (name: string) => object): Record<string, object> =>
  Object.fromEntries(names.map((name) => [name, write(name)]))

/** The context document. */
export const credentialContext = {
  '@context': {
    '@version': 1.1,
    '@protected': true,
    ...named(types, (name) => term(name)),
    ...named(plain, (name) => term(name)),
    ...named(lists, list),
    ...named(languageMaps, byLanguage),
    ...named(decimals, (name) => typed(name, decimal)),
    ...named(['development', 'inTotal'], (name) => typed(name, boolean)),
    ...named(['start', 'end', 'visitedOn', 'nextDue'], (name) => typed(name, date)),
    ...named(['fromYear', 'toYear'], (name) => typed(name, year)),
    ...named(['decidedAt', 'firstValidFrom'], (name) => typed(name, instant)),
    ...named(references, (name) => typed(name, '@id')),
    // The terms of an accreditation's term are the credential's own; W3C defines them within a credential only.
    ...named(['validFrom', 'validUntil'], (name) => ({
      '@id': `https://www.w3.org/2018/credentials#${name}`,
      '@type': instant,
    })),
  },
} as const

/** The bytes served at {@link contextPath}, canonical, so that they can be digested. */
export function contextBytes(): Uint8Array<ArrayBuffer> {
  return canonicalBytes(credentialContext)
}
