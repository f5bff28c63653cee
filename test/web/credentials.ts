/** Credentials for the pages' tests: signed here with a key made here, for the issuer whose DID document is served beside them. */

import type { webcrypto } from 'node:crypto'
import { didDocument, type PublicJwk } from '../../src/credential/did-document.ts'
import { didUnderOrigin } from '../../src/credential/did-web.ts'
import { contextIntegrity, jsonSchemaIntegrity } from '../../src/credential/format-digests.ts'
import { type Credential, credentialSchema } from '../../src/credential/schema.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'

/** A body that can sign. */
export interface TestIssuer {
  readonly did: string
  readonly document: object
  /** Signs any payload as `vc+jwt`; `header` replaces members of the usual one. */
  sign(payload: unknown, header?: Readonly<Record<string, unknown>>): Promise<string>
}

/** A body under an origin, with a new Ed25519 key. */
export async function makeIssuer(origin: string, slug: string, kid = 'key-2026-1'): Promise<TestIssuer> {
  const did = didUnderOrigin(origin, ['bodies', slug])
  if (did === undefined) throw new Error(`no did:web under ${origin}`)
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair
  const jwk = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as PublicJwk
  return {
    did,
    document: didDocument(did, [{ kid, algorithm: 'EdDSA', jwk, compromise: null }]),
    sign: (payload, header = {}) => sign(pair.privateKey, `${did}#${kid}`, payload, header),
  }
}

async function sign(
  key: webcrypto.CryptoKey,
  kid: string,
  payload: unknown,
  header: object,
): Promise<string> {
  const parts = [{ alg: 'EdDSA', cty: 'vc', kid, typ: 'vc+jwt', ...header }, payload]
  const signed = parts.map((part) => encodeBase64url(canonicalBytes(part))).join('.')
  const signature = await crypto.subtle.sign('Ed25519', key, encodeUtf8(signed))
  return `${signed}.${encodeBase64url(new Uint8Array(signature))}`
}

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`
const pseudonym = (digit: string): string => digit.repeat(22)

const statements = {
  en: 'In our opinion the footprint is, in all material respects, fairly stated in accordance with the criteria.',
  zh: '我们认为，该碳足迹在所有重大方面均按照准则的要求公允列报。',
}

const limits = {
  en: 'This document speaks of the footprint named in it and of nothing else. It is no verification under the EU Carbon Border Adjustment Mechanism, no declaration under the EU Battery Regulation, no national product mark, and no comparison with other products or organizations.',
  zh: '本文件仅就所列碳足迹作出说明，不涉及其他事项。它不是欧盟碳边境调节机制（CBAM）下的核查报告，不是欧盟电池法规下的声明，不是国家产品碳足迹标识，也不与其他产品或组织作比较。',
}

const notice = {
  en: 'DEVELOPMENT DOCUMENT: issued under a development scheme, without status list and transparency log. Not for use in trade or reporting.',
  zh: '开发测试文件：依据开发用方案签发，尚无状态列表和透明日志，不得用于贸易或报告。',
}

const factory = {
  label: { en: 'Haicang Works', zh: '厦门鹭江电子有限公司海沧工厂' },
  address: { en: '8 Xinle Road, Haicang, Xiamen', zh: '厦门市海沧区新乐路 8 号' },
}

/** What a test changes in a credential. */
export interface Changes {
  readonly credential?: Readonly<Record<string, unknown>>
  readonly subject?: Readonly<Record<string, unknown>>
  readonly verification?: Readonly<Record<string, unknown>>
}

/** An organization's verification statement; every figure is made up. */
export function organizationStatement(
  issuer: TestIssuer,
  origin: string,
  id: string,
  changes: Changes = {},
): Credential {
  const parts = ['scope-1', 'scope-2'].map((part) => ({
    part,
    assurance: 'reasonable',
    materiality: '0.05',
    statement: statements,
  }))
  return document(issuer, origin, id, {
    credential: changes.credential ?? {},
    verification: { parts, ...changes.verification },
    subject: {
      type: 'OrganizationFootprint',
      title: 'Greenhouse gas inventory 2025 · 2025 年度温室气体清单',
      sites: [factory],
      boundary: 'operational-control',
      standards: [
        { standard: 'ISO 14064-1:2018', use: 'quantification' },
        { standard: 'GB/T 32150-2015', use: 'quantification' },
        { standard: 'ISO 14064-3:2019', use: 'verification' },
      ],
      result: {
        total: { amount: '18452.37', unit: 'tCO2e' },
        breakdowns: ['byKind', 'byScope'],
        totalIncludes: ['fossil', 'biogenic-without-co2'],
        byKind: [
          { kind: 'fossil', inTotal: true, amount: '18451.92', unit: 'tCO2e' },
          { kind: 'biogenic', inTotal: true, amount: '0.45', unit: 'tCO2e' },
          { kind: 'biogenic', inTotal: false, amount: '212.80', unit: 'tCO2e' },
        ],
        byScope: [
          { scope: '1', amount: '5210.06', unit: 'tCO2e' },
          { scope: '2', amount: '13242.31', unit: 'tCO2e' },
        ],
        gasesNotCovered: ['CH4', 'N2O'],
        gasesOutsideTotal: ['R-22'],
        flags: [{ flag: 'gases-not-covered', share: '0.7176' }],
      },
      ...changes.subject,
    },
  })
}

/** A product's certificate, in its term. */
export function productCertificate(
  issuer: TestIssuer,
  origin: string,
  id: string,
  changes: Changes = {},
): Credential {
  return document(issuer, origin, id, {
    credential: {
      type: ['VerifiableCredential', 'Certificate'],
      number: 'EGRET-2026-000042',
      validUntil: '2028-11-19T16:00:00Z',
      label: { en: 'Certificate', zh: '认证证书' },
      credentialStatus: ['revocation', 'suspension'].map((purpose) => statusEntry(origin, purpose)),
      ...changes.credential,
    },
    verification: {
      parts: [{ part: 'product-footprint', assurance: 'limited', materiality: '0.1', statement: statements }],
      ...changes.verification,
    },
    subject: {
      type: 'ProductFootprint',
      title: 'Aluminium window frame LJ-70 · LJ-70 铝合金窗框',
      manufacturer: { label: { en: 'Xiamen Lujiang Electronics Co., Ltd.', zh: '厦门鹭江电子有限公司' } },
      factory,
      sites: [],
      product: {
        label: { en: 'Aluminium window frame', zh: '铝合金窗框' },
        model: 'LJ-70',
        specification: '1500 mm × 1200 mm',
        trademark: '鹭江 LUJIANG',
      },
      boundary: 'cradle-to-gate',
      declaredUnit: { amount: '1', unit: 'piece' },
      standards: [
        { standard: 'ISO 14067:2018', use: 'quantification' },
        { standard: 'GB/T 24067-2024', use: 'quantification' },
        { standard: 'ISO 14064-3:2019', use: 'verification' },
      ],
      result: {
        total: { amount: '148.206', unit: 'kgCO2e' },
        breakdowns: ['byKind', 'byStage'],
        totalIncludes: ['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'],
        byKind: [
          { kind: 'fossil', inTotal: true, amount: '147.901', unit: 'kgCO2e' },
          { kind: 'biogenic', inTotal: true, amount: '0.305', unit: 'kgCO2e' },
          { kind: 'biogenic-uptake', inTotal: false, amount: '-9.120', unit: 'kgCO2e' },
        ],
        byStage: [
          { stage: 'raw-material-acquisition', amount: '121.440', unit: 'kgCO2e' },
          { stage: 'production', amount: '24.118', unit: 'kgCO2e' },
          { stage: 'distribution', amount: '2.648', unit: 'kgCO2e' },
        ],
        gasesNotCovered: [],
        gasesOutsideTotal: [],
        flags: [],
      },
      ...changes.subject,
    },
  })
}

function document(
  issuer: TestIssuer,
  origin: string,
  id: string,
  { credential = {}, subject = {}, verification = {} }: Changes,
): Credential {
  const roles = {
    preparer: 'a',
    responsible: 'b',
    'lead-verifier': 'c',
    verifier: 'd',
    reviewer: 'e',
    'decision-maker': 'f',
  }
  return credentialSchema.parse({
    '@context': ['https://www.w3.org/ns/credentials/v2', `${origin}/contexts/v1`],
    id: `${origin}/credentials/${id}`,
    type: ['VerifiableCredential', 'VerificationStatement'],
    schemaVersion: '1',
    number: 'EGRET-2026-000017',
    issuer: {
      id: issuer.did,
      name: 'Strait Certification Co., Ltd.',
      label: { en: 'Strait Certification Co., Ltd.', zh: '海峡认证有限公司' },
      accreditations: [],
    },
    label: { en: 'Verification statement', zh: '核查声明' },
    credentialSchema: {
      id: `${origin}/schemas/credential/v1.json`,
      type: 'JsonSchema',
      digestSRI: jsonSchemaIntegrity,
    },
    relatedResource: [
      { id: `${origin}/contexts/v1`, mediaType: 'application/ld+json', digestSRI: contextIntegrity },
    ],
    credentialStatus: [statusEntry(origin, 'revocation')],
    statusAddress: `${origin}/credentials/${id}`,
    transparencyLog: {
      origin: `${new URL(origin).host}/log`,
      receipt: `${origin}/credentials/${id}.tlog-proof`,
    },
    validFrom: '2026-11-20T08:00:00Z',
    development: true,
    notice,
    limits,
    ...credential,
    credentialSubject: {
      id: 'urn:uuid:5b0f2c9e-7a51-4a53-9f6e-0d1c2b3a4f50',
      holder: {
        label: { en: 'Xiamen Lujiang Electronics Co., Ltd.', zh: '厦门鹭江电子有限公司' },
        country: 'CN',
        unifiedSocialCreditCode: '91350200MA2XXXXX0Y',
      },
      responsibleParty: { label: { en: 'Xiamen Lujiang Electronics Co., Ltd.', zh: '厦门鹭江电子有限公司' } },
      period: { start: '2025-01-01', end: '2026-01-01' },
      exclusions: [
        { what: 'Employee commuting 员工通勤', reason: 'no data 无数据', estimatedShare: '0.004' },
      ],
      scheme: {
        identifier: 'egret-development',
        version: '1.0',
        digest: digest('a'),
        label: { en: 'Egret development scheme, for trying out', zh: 'Egret 开发测试方案' },
      },
      calculation: {
        record: digest('1'),
        revision: digest('2'),
        activityLinesRoot: '3'.repeat(64),
        lineResultsRoot: '4'.repeat(64),
        engine: { version: '0.1.0', digest: digest('5') },
        gwpSet: { identifier: 'ipcc-ar6', version: '1.0', digest: digest('6') },
        factorTables: [
          { table: 'cn-electricity-co2', version: '2025.1', digest: digest('7') },
          { table: 'cn-fuel', version: '2024.1', digest: digest('8') },
          { table: 'ipcc-2006-stationary', version: '1.0', digest: digest('9') },
        ],
      },
      ...subject,
      verification: {
        opinion: 'unmodified',
        decidedAt: '2026-11-20T07:30:00Z',
        persons: Object.entries(roles).map(([role, letter]) => ({ role, pseudonym: pseudonym(letter) })),
        ...verification,
      },
    },
  })
}

/** A place in a made-up status list of this purpose. */
function statusEntry(origin: string, statusPurpose: string) {
  const list = `${origin}/status/00000000-0000-4000-8000-00000000000${statusPurpose === 'revocation' ? 1 : 2}`
  return {
    id: `${list}#40321`,
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: '40321',
    statusListCredential: list,
  }
}

const long = (words: string): string => `${words} `.repeat(40).slice(0, 300)
const longLabel = { en: long('Exceedingly Long Company Name Holdings'), zh: long('名称极长的控股有限公司') }
const longFace = { label: longLabel, address: longLabel }

/** A certificate about as full as 64 KiB allow; it must still be one sheet. */
export function fullCertificate(issuer: TestIssuer, origin: string, id: string): Credential {
  const stages = ['raw-material-acquisition', 'production', 'distribution', 'use', 'end-of-life']
  const kinds = ['fossil', 'biogenic', 'biogenic-uptake', 'land-use-change', 'aircraft', 'removal']
  const mass = { amount: '-1234567890.123456', unit: 'kgCO2e' }
  const flags = [
    'gwp-basis-not-stated',
    'unverified-factor',
    'own-factor',
    'gases-not-covered',
    'outside-total',
    'avoided-production',
  ]
  return productCertificate(issuer, origin, id, {
    credential: {
      number: 'EGRET-2026-'.padEnd(60, '0'),
      limits: { en: long('It is not'), zh: long('它不是') },
      notice: { en: long('Not for use'), zh: long('不得使用') },
      mark: { identifier: 'own', label: { en: long('Mark'), zh: long('标识') } },
      surveillance: { intervalMonths: 12, nextDue: '2027-11-20' },
      firstValidFrom: '2022-11-20T00:00:00Z',
      supersedes: { credential: `${origin}/credentials/${id}`, digest: digest('9') },
      complaintsAddress: `${origin}/bodies/strait/complaints`,
    },
    verification: {
      opinion: 'modified',
      basis: long('Except for this matter 除此事项外'),
      factorTables: Array.from({ length: 15 }, () => ({ digest: digest('8'), opinion: 'accepted' })),
      parts: ['limited', 'reasonable'].map((assurance) => ({
        part: 'product-footprint',
        assurance,
        materiality: '0.05',
        statement: { en: long('In our opinion'), zh: long('我们认为') },
      })),
    },
    subject: {
      title: long('Product 产品'),
      reductionPlan: {
        statement: { en: long('A new furnace'), zh: long('更换熔炉') },
        targets: Array.from({ length: 10 }, () => ({
          ...{ label: { en: long('Melting'), zh: long('熔炼') }, fromYear: '2024', toYear: '2030' },
          reduction: '0.3',
        })),
      },
      holder: { label: longLabel, country: 'CN', unifiedSocialCreditCode: '91350200MA2XXXXX0Y' },
      responsibleParty: longFace,
      manufacturer: longFace,
      factory: longFace,
      sites: Array.from({ length: 6 }, () => longFace),
      intendedUsers: long('Buyers 买方'),
      product: { label: longLabel, model: long('M'), specification: long('S'), trademark: long('T') },
      productCategoryRules: {
        rules: long('PCR'),
        edition: '2',
        operator: long('Operator'),
        label: longLabel,
      },
      standards: Array.from({ length: 20 }, (_, at) => ({
        standard: `GB/T 3215${at}-2024`,
        use: at % 2 ? 'verification' : 'quantification',
      })),
      exclusions: Array.from({ length: 8 }, () => ({
        what: long('Commuting'),
        reason: long('no data'),
        estimatedShare: '0.0123456789',
      })),
      result: {
        total: mass,
        breakdowns: ['byKind', 'byStage'],
        totalIncludes: ['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'],
        byKind: kinds.flatMap((kind) => [true, false].map((inTotal) => ({ kind, inTotal, ...mass }))),
        byStage: stages.map((stage) => ({ stage, ...mass })),
        gasesNotCovered: Array.from({ length: 60 }, (_, at) => `HFC-${at}`),
        gasesOutsideTotal: Array.from({ length: 60 }, (_, at) => `R-${at}`),
        flags: flags.map((flag) => ({ flag, share: '0.1234' })),
      },
      calculation: {
        record: digest('1'),
        revision: digest('2'),
        activityLinesRoot: '3'.repeat(64),
        lineResultsRoot: '4'.repeat(64),
        engine: { version: '0.1.0', digest: digest('5') },
        gwpSet: { identifier: 'ipcc-ar6', version: '1.0', digest: digest('6') },
        factorTables: Array.from({ length: 30 }, (_, at) =>
          at % 2 === 0
            ? { kind: 'private', digest: digest('8') }
            : { table: 'a-table-with-quite-a-long-name', version: '2025.10.1', digest: digest('7') },
        ),
      },
    },
  })
}
