/** A credential made of a real calculation: one factory, one line of electricity on an invented table, the development scheme. */

import { readFileSync } from 'node:fs'
import { CompactSign, type CryptoKey } from 'jose'
import { readScheme, type Scheme, schemeDigest } from '../../src/certification/scheme.ts'
import { type AccreditationFact, accreditationDocument } from '../../src/credential/accreditation.ts'
import {
  buildCredential,
  type FrozenFacts,
  type IssuingFacts,
  type VerificationFacts,
} from '../../src/credential/claims.ts'
import { hasCredentialShape } from '../../src/credential/compiled-shape.ts'
import {
  type CredentialAlgorithm,
  didDocument,
  type PublicJwk,
  type PublishedKey,
} from '../../src/credential/did-document.ts'
import { webCryptoPlatform } from '../../src/credential/platform.ts'
import type { Credential } from '../../src/credential/schema.ts'
import type { StatusPurpose } from '../../src/credential/status-purposes.ts'
import {
  type Accompanying,
  type Verification,
  type VerificationMeans,
  verifyCredential,
} from '../../src/credential/verify.ts'
import { calculate, type PresentedResult, presentResult } from '../../src/engine/index.ts'
import type {
  ActivityLine,
  CalculationContext,
  CalculationInput,
  EmissionFactor,
  Names,
} from '../../src/engine/types.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { digestOf, digestOfBytes } from '../../src/json/digest.ts'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { buildRecord } from '../../src/record/calculation-record.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { buildRevision } from '../../src/record/revision.ts'
import { listPayload, noteSigner, receiptOf } from './world.ts'

export const scheme: Scheme = readScheme(
  JSON.parse(readFileSync('schemes/egret-development/1.2/scheme.json', 'utf8')),
)

const electricity: EmissionFactor = {
  id: 'grid',
  name: { en: 'Invented grid', zh: null },
  category: 'electricity',
  family: 'electricity-generation',
  region: 'CN',
  year: 2023,
  unit: 'kWh',
  flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5306' }],
  gwpBasis: 'gas-masses',
  statedCo2eKg: null,
  gasesNotCovered: ['CH4', 'N2O'],
  includesTransmission: false,
  fossilFugitiveMethane: false,
  confirmation: 'primary',
  source: { id: 'invented', locator: 'test' },
  notes: null,
}

const contextOn = (table: string, version: string): CalculationContext => ({
  tables: [
    {
      table,
      version,
      digest: digestOf(table),
      title: { en: 'Invented', zh: null },
      factors: [electricity],
      fuels: [],
      yearFallbackLimit: 5,
    },
  ],
  gwpSet: {
    id: 'ar6',
    version: '1',
    digest: digestOf('gwp'),
    title: { en: 'AR6', zh: null },
    basis: 'AR6',
    values: { CO2: '1', CH4: '27.0', 'CH4-fossil-fugitive': '29.8', N2O: '273' },
    inTotal: ['CO2', 'CH4', 'N2O'],
    blends: {},
    aliases: {},
  },
})

const inputOn = (table: string, version: string): CalculationInput =>
  canonicalInput({
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN',
    gwpSet: { id: 'ar6', version: '1' },
    factorTables: [{ table, version }],
    lines: [
      {
        id: 'meter-1',
        category: 'purchased-electricity',
        quantity: { amount: '118400', unit: 'kWh' },
        factor: { table, id: 'grid' },
      },
    ],
  })

/** The engine as a recomputation calls it. */
export const engine = (given: CalculationInput, on: CalculationContext): PresentedResult =>
  presentResult(calculate(given, on)).result

const saltKey = new Uint8Array(32).fill(7)
const face = {
  name: { en: 'Example Ltd', zh: '示例有限公司' },
  address: { en: '1 Sea Road, Xiamen', zh: null },
}
const schemePin = { id: scheme.id, version: scheme.version, digest: schemeDigest(scheme) }

/** The same footprint on a table of any name: everything a record holds of it. */
export function footprintOn(table: string, version: string) {
  const context = contextOn(table, version)
  const input = inputOn(table, version)
  const result = engine(input, context)
  const revision = buildRevision(
    {
      footprint: { id: '3f0c5a54-7c1e-4b61-9a54-0d6d4a1f9b01', revision: 1, supersedes: null },
      title: 'Example works 2024',
      client: { name: face.name, country: 'CN', unifiedSocialCreditCode: '91350200MA2XN4F123' },
      responsibleParty: face,
      manufacturer: null,
      factory: null,
      intendedUsers: 'Customers of Example Ltd',
      product: null,
      sites: [face],
      boundary: 'operational-control',
      exclusions: [{ what: 'Business travel', reason: 'Below one percent', estimatedShare: '0.01' }],
      productCategoryRules: null,
      scheme: schemePin,
      managementDeclaration: { digest: digestOf('declaration') },
    },
    input,
    result,
    saltKey,
  )
  const record = buildRecord(
    {
      revision: revision.digest,
      engine: { version: '0.1.0', digest: digestOf('engine') },
      scheme: schemePin,
    },
    result,
    saltKey,
  )
  const frozen: FrozenFacts = { revision, record, scheme }
  return { context, input, revision, record, frozen }
}

/** Frozen facts of electricity at these facilities, kWh by kWh; what is not named stands by its id. */
export function siteFacts(
  kWh: readonly string[],
  facilities: readonly (string | undefined)[],
  names: readonly { readonly id: string; readonly name: Names }[],
): FrozenFacts {
  const context = contextOn('invented-electricity', '1')
  const one = inputOn('invented-electricity', '1')
  const lines = kWh.map((amount, at) => ({
    ...(one.lines[0] as ActivityLine),
    ...{ id: `meter-${at}`, quantity: { amount, unit: 'kWh' } },
    ...(facilities[at] !== undefined && { facility: facilities[at] }),
  }))
  const result = engine({ ...one, lines } as CalculationInput, context)
  const { revision, record } = footprintOn('invented-electricity', '1')
  const consolidation = { facilities: names }
  return {
    revision: {
      ...revision,
      manifest: { ...revision.manifest, calculation: { ...revision.manifest.calculation, consolidation } },
    },
    record: buildRecord(
      { revision: revision.digest, engine: record.manifest.engine, scheme: schemePin },
      result,
      saltKey,
    ),
    scheme,
  }
}

export const { context, input, revision, record, frozen } = footprintOn('invented-electricity', '1')

export const did = 'did:web:egret.example:bodies:green'
interface KeyPair {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

async function keyPair(algorithm: CredentialAlgorithm): Promise<{ privateKey: CryptoKey; jwk: PublicJwk }> {
  const name = algorithm === 'EdDSA' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = (await crypto.subtle.generateKey(name, true, ['sign', 'verify'])) as KeyPair
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { privateKey: pair.privateKey, jwk: { kty, crv, x, ...(y === undefined ? {} : { y }) } as PublicJwk }
}

export const keys = {
  EdDSA: await keyPair('EdDSA'),
  ES256: await keyPair('ES256'),
  other: await keyPair('EdDSA'),
  installation: await keyPair('EdDSA'),
}

/** Signs any payload with jose, an implementation that is not ours. */
export async function sign(
  payload: unknown,
  header: Readonly<Record<string, unknown>> = {},
  key: CryptoKey = keys.EdDSA.privateKey,
): Promise<string> {
  const bytes = payload instanceof Uint8Array ? payload : canonicalBytes(payload)
  const full = { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: `${did}#key-1`, ...header }
  return new CompactSign(bytes).setProtectedHeader(full).sign(key)
}

/** Who states accreditations. */
export const installation = 'did:web:egret.example'
const installationDocument = didDocument(installation, [
  { kid: 'key-1', algorithm: 'EdDSA', jwk: keys.installation.jwk, compromise: null },
])

export const factUrl = 'https://egret.example/accreditations/0f4d6b86-6f0e-4a52-8d86-3d2c1f4ce6a1'

/** What the fact says on which the issuer stands. */
export const factClaims: AccreditationFact = {
  body: did,
  kind: 'accreditation',
  authority: { en: 'Example accreditation service', zh: '示例认可委员会' },
  number: 'EX V-001',
  documentKinds: ['verification-statement', 'certificate'],
  subjectKinds: ['organization', 'product'],
  standards: scheme.standards.map(({ id }) => id),
  sectors: ['C', 'D'],
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: null,
  source: 'https://accreditation.example/V-001',
}

/** The signed fact, with some of its claims changed. */
export function signedFact(changed: Partial<AccreditationFact> = {}): Promise<string> {
  const issuing = {
    publicUrl: 'https://egret.example',
    id: '0f4d6b86-6f0e-4a52-8d86-3d2c1f4ce6a1',
    issuer: installation,
  }
  const header = { kid: `${installation}#key-1` }
  return sign(
    accreditationDocument(issuing, { ...factClaims, ...changed }),
    header,
    keys.installation.privateKey,
  )
}

export const fact = await signedFact()

export const revocationList = 'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a01'
export const suspensionList = 'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a02'
export const issuing: IssuingFacts = {
  publicUrl: 'https://egret.example',
  id: '7b8f7d5e-52c9-4d8c-9d5b-0c6f1f0a9c11',
  number: 'EGRET-2026-000001',
  documentKind: 'verification-statement',
  issuer: {
    did,
    name: { en: 'Green Certification', zh: '绿色认证' },
    accreditations: [
      {
        id: '0f4d6b86-6f0e-4a52-8d86-3d2c1f4ce6a1',
        kind: 'accreditation',
        authority: { en: 'Example accreditation service', zh: '示例认可委员会' },
        number: 'EX V-001',
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: null,
        digest: digestOfBytes(encodeUtf8(fact)),
      },
    ],
  },
  validFrom: '2026-11-20T08:00:00Z',
  validUntil: null,
  status: [{ url: revocationList, purpose: 'revocation', index: 40321 }],
  log: { origin: 'egret.example/log' },
  replaces: null,
  complaintsAddress: 'https://egret.example/bodies/green/complaints',
  disclosure: [],
}
export const verification: VerificationFacts = {
  opinion: 'unmodified',
  parts: [{ part: 'scope-2', assurance: 'reasonable', materiality: '0.05' }],
  sector: 'C14',
  basis: null,
  privateTables: [],
  reductionPlan: null,
  decidedAt: '2026-11-19T08:00:00Z',
  persons: [
    { role: 'preparer', personId: 'person-1' },
    { role: 'responsible', personId: 'person-2' },
    { role: 'lead-verifier', personId: 'person-3' },
    { role: 'verifier', personId: 'person-4' },
    { role: 'reviewer', personId: 'person-5' },
    { role: 'decision-maker', personId: 'person-5' },
  ],
  pseudonymSalt: new Uint8Array(32).fill(9),
}

/** What makes a certificate of two years out of the statement. */
export const certifying = {
  documentKind: 'certificate',
  validUntil: '2028-11-20T08:00:00Z',
  status: [...issuing.status, { url: suspensionList, purpose: 'suspension', index: 7 }],
} as const satisfies Partial<IssuingFacts>

/** The credential of these facts, with some of them changed. */
export function credentialOf(
  changed: { issuing?: Partial<IssuingFacts>; verification?: Partial<VerificationFacts> } = {},
): Credential {
  return buildCredential({ ...issuing, ...changed.issuing }, frozen, {
    ...verification,
    ...changed.verification,
  })
}

/** The issuer's keys as it publishes them. */
export const publishedKeys: readonly PublishedKey[] = [
  { kid: 'key-1', algorithm: 'EdDSA', jwk: keys.EdDSA.jwk, compromise: null },
  { kid: 'key-2', algorithm: 'ES256', jwk: keys.ES256.jwk, compromise: null },
]

/** The issuer's DID document with both its keys. */
export const document = didDocument(did, publishedKeys)

/** The log that the example's credentials name. */
export const log = await noteSigner('egret.example/log')

const minutes = (instant: Date, count: number) =>
  new Date(instant.getTime() + count * 60_000).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** A signed status list of the issuer as of a moment, with those places set. */
export function statusList(
  url: string,
  now: Date,
  set: readonly number[] = [],
  changed: {
    readonly purpose?: StatusPurpose
    readonly validFrom?: string
    readonly validUntil?: string
  } = {},
): Promise<string> {
  const { purpose = url === suspensionList ? 'suspension' : 'revocation', ...term } = changed
  const usual = { validFrom: minutes(now, -5), validUntil: minutes(now, 10) }
  return sign(listPayload(url, did, purpose, set, { ...usual, ...term }))
}

const lists = new Map<string, Promise<string>>()

/** What is public at a URL: lists of that moment in which nothing is set, and the fact. */
export function publicText(url: string, now: Date): Promise<string> {
  if (url === factUrl) return Promise.resolve(fact)
  const name = `${url} ${now.toISOString()}`
  const list = lists.get(name) ?? statusList(url, now)
  lists.set(name, list)
  return list
}

const usualNow = new Date('2026-12-01T00:00:00Z')

export const means: VerificationMeans = {
  now: usualNow,
  allowedHosts: ['egret.example'],
  authorities: [installation],
  logs: [log.key],
  resolveDid: async (asked) => (asked === installation ? installationDocument : document),
  fetchText: (url) => publicText(url, usualNow),
  ...webCryptoPlatform(crypto.subtle),
  hasShape: hasCredentialShape,
}

/** Verifies with the receipt that the credential has in the example's log; what changes of DIDs is the issuer's. */
export async function verifyExample(
  jwt: string,
  changed: Partial<VerificationMeans> = {},
  accompanying: Accompanying = {},
): Promise<Verification> {
  const receipt = await receiptOf(log, jwt)
  const own = receipt === null ? {} : { receipt }
  const now = changed.now ?? means.now
  const resolve = changed.resolveDid ?? means.resolveDid
  const whole: VerificationMeans = {
    ...means,
    fetchText: (url) => publicText(url, now),
    ...changed,
    resolveDid: async (asked, url) => (asked === installation ? installationDocument : resolve(asked, url)),
  }
  return verifyCredential(jwt, whole, { ...own, ...accompanying })
}
