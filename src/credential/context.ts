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

const term = (name: string, more: object = {}): object => ({ '@id': `${vocabulary}${name}`, ...more })
const typed = (name: string, type: string): object => term(name, { '@type': type })
/** `{ "en": …, "zh": … }`. */
const byLanguage = (name: string): object => term(name, { '@container': '@language' })
/** Keeps a list's order. */
const list = (name: string): object => term(name, { '@container': '@list' })

const plain = [
  'schemaVersion',
  'number',
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
  'period',
  'boundary',
  'declaredUnit',
  'unit',
  'standard',
  'use',
  'productCategoryRules',
  'rules',
  'edition',
  'operator',
  'what',
  'reason',
  'scheme',
  'identifier',
  'version',
  'digest',
  'result',
  'total',
  'kind',
  'scope',
  'stage',
  'flag',
  'calculation',
  'record',
  'revision',
  'activityLinesRoot',
  'lineResultsRoot',
  'engine',
  'gwpSet',
  'table',
  'verification',
  'opinion',
  'part',
  'assurance',
  'basis',
  'role',
  'pseudonym',
]
const lists = [
  'sites',
  'standards',
  'exclusions',
  'totalIncludes',
  'byKind',
  'byScope',
  'byStage',
  'gasesNotCovered',
  'gasesOutsideTotal',
  'flags',
  'factorTables',
  'parts',
  'persons',
]
const languageMaps = ['label', 'address', 'notice', 'limits', 'statement']
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
    ...named(['amount', 'share', 'materiality', 'estimatedShare'], (name) => typed(name, decimal)),
    ...named(['development', 'inTotal'], (name) => typed(name, boolean)),
    ...named(['start', 'end'], (name) => typed(name, date)),
    decidedAt: typed('decidedAt', instant),
  },
} as const

/** The bytes served at {@link contextPath}, canonical, so that they can be digested. */
export function contextBytes(): Uint8Array<ArrayBuffer> {
  return canonicalBytes(credentialContext)
}
