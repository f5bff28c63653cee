/**
 * The one verifier, for the API, the command line and the browser: a JWT in, every check by its name out. It never throws for
 * what a credential contains, and it fails closed: what could not be checked does not count as checked.
 *
 * `verified` speaks of authenticity: truly this document, truly by this issuer, in its term, by independent persons. What
 * the document says is another matter: an adverse opinion is genuine too, so `opinion` stands beside `verified`, its own
 * check fails loudly, and `headline` says both in one sentence (docs/credential.md, "What verified means").
 */

import type { Opinion } from '../certification/scheme.ts'
import { type Compact, readCompact } from './compact.ts'
import { checkIndependence } from './independence.ts'
import { checkIssuer, checkSignature, type IssuerMeans } from './issuer.ts'
import { checkRecord, type RecordEvidence } from './record-check.ts'
import { type Credential, type CredentialKind, credentialSchema, isFavourable, kindOf } from './schema.ts'
import { type Check, failed, notChecked, passed, type Text } from './verdict.ts'

/** What a verification is made with; nothing is asked of the world but through these. */
export interface VerificationMeans extends IssuerMeans {
  /** The clock. */
  readonly now: Date
  /** The calculation record and what it takes to calculate it again, for whoever holds them. */
  readonly evidence?: RecordEvidence
}

/** What came of a verification. */
export interface Verification {
  /** Whether it is authentic and in its term; says nothing of the opinion. */
  readonly verified: boolean
  readonly opinion: Opinion | null
  readonly documentKind: CredentialKind | null
  /** Whether it was issued for trying out; null where it cannot be read. */
  readonly development: boolean | null
  /** The verdict and the opinion in one sentence. */
  readonly headline: Text
  readonly checks: readonly Check[]
  /** What the document says, where its shape is known; to be believed only where `verified`. */
  readonly credential: Credential | null
}

/**
 * Verifies a credential.
 *
 * @param jwt compact `vc+jwt`, exactly as issued.
 */
export async function verifyCredential(jwt: string, means: VerificationMeans): Promise<Verification> {
  const read = readCompact(jwt)
  if ('fault' in read) return unreadable(failed('format', read.fault, read.fault.facts))
  const { compact } = read
  const shape = checkSchema(compact)
  const issuer = await checkIssuer(compact, means)
  const signature = await checkSignature(compact, issuer.key, means)
  const { credential } = shape
  const checks = [
    passed('format', formatGood, { algorithm: compact.algorithm }),
    shape.check,
    issuer.check,
    signature,
    ...(credential === undefined ? checksWithoutCredential : await checksOf(credential, means)),
  ]
  return verdict(checks, credential ?? null)
}

async function checksOf(credential: Credential, means: VerificationMeans): Promise<readonly Check[]> {
  return [
    checkValidity(credential, means.now),
    checkIndependence(credential),
    checkStatus(credential),
    checkLog(credential),
    checkOpinion(credential),
    checkRecord(credential, means.evidence),
  ]
}

/** Checks that must not fail; of those that could not be made, only these two may be missing, and only in development. */
const laterParts = new Set<Check['name']>(['status', 'log'])

function verdict(checks: readonly Check[], credential: Credential | null): Verification {
  const verified = checks.every((check) => isGoodEnough(check, credential?.development ?? false))
  const opinion = credential?.credentialSubject.verification.opinion ?? null
  return {
    verified,
    opinion,
    documentKind: credential === null ? null : kindOf(credential),
    development: credential?.development ?? null,
    headline: headline(verified, opinion, checks),
    checks,
    credential,
  }
}

function isGoodEnough({ name, outcome }: Check, development: boolean): boolean {
  if (name === 'opinion' || outcome === 'passed') return true
  if (outcome === 'failed') return false
  return name === 'recomputation' || (development && laterParts.has(name))
}

const opinionWords: Readonly<Record<Opinion, Text>> = {
  unmodified: { en: 'the opinion is unmodified', zh: '意见类型为无保留意见' },
  modified: { en: 'the opinion is modified: read its matters', zh: '意见类型为保留意见，请阅读所述事项' },
  adverse: {
    en: 'the opinion is ADVERSE: the footprint is not fairly stated',
    zh: '意见类型为否定意见：该碳足迹未公允列报',
  },
  disclaimer: { en: 'the body DISCLAIMS an opinion on the footprint', zh: '机构对该碳足迹无法表示意见' },
}

function headline(verified: boolean, opinion: Opinion | null, checks: readonly Check[]): Text {
  if (!verified || opinion === null) {
    const names = checks
      .filter(({ outcome, name }) => outcome === 'failed' && name !== 'opinion')
      .map(({ name }) => name)
    const which = names.length > 0 ? `: ${names.join(', ')}` : ''
    return { en: `Not verified${which}.`, zh: `未通过验证${which}。` }
  }
  const words = opinionWords[opinion]
  return { en: `Authentic; ${words.en}.`, zh: `真实有效；${words.zh}。` }
}

const formatGood: Text = {
  en: 'It is a compact vc+jwt of the form that credentials have.',
  zh: '它是符合凭证形式要求的紧凑 vc+jwt。',
}
const notReached: Text = {
  en: 'Not reached: the document cannot be read.',
  zh: '未执行：文件无法读取。',
}
const checksWithoutCredential = (
  ['validity', 'independence', 'status', 'log', 'opinion', 'recomputation'] as const
).map((name) => notChecked(name, notReached))

function unreadable(format: Check): Verification {
  const others = (['schema', 'issuer', 'signature'] as const).map((name) => notChecked(name, notReached))
  return verdict([format, ...others, ...checksWithoutCredential], null)
}

function checkSchema({ payload }: Compact): { readonly check: Check; readonly credential?: Credential } {
  const parsed = credentialSchema.safeParse(payload)
  if (parsed.success) {
    const good = {
      en: 'It has the shape of an Egret credential, version 1.',
      zh: '结构符合 Egret 凭证第 1 版。',
    }
    return { check: passed('schema', good), credential: parsed.data }
  }
  const faults = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => ({ path: path.join('/'), message }))
  const fault = {
    en: `It has not the shape of an Egret credential: ${faults[0]?.path} ${faults[0]?.message}.`,
    zh: `结构不符合 Egret 凭证：${faults[0]?.path}。`,
  }
  return { check: failed('schema', fault, { faults }) }
}

/** In its term at the given time. */
function checkValidity({ validFrom, validUntil }: Credential, now: Date): Check {
  const facts = { validFrom, validUntil: validUntil ?? null, now: now.toISOString() }
  if (now.getTime() < Date.parse(validFrom)) return failed('validity', validityWords.early, facts)
  if (validUntil !== undefined && now.getTime() >= Date.parse(validUntil)) {
    return failed('validity', validityWords.late, facts)
  }
  return passed('validity', validUntil === undefined ? validityWords.statement : validityWords.good, facts)
}

const validityWords = {
  early: { en: 'It is not valid yet.', zh: '尚未生效。' },
  late: { en: 'It has expired.', zh: '已过有效期。' },
  good: { en: 'It is within its term.', zh: '在有效期内。' },
  statement: {
    en: 'It speaks of the point in time at which it was issued and has no term.',
    zh: '该声明针对签发时点，没有有效期。',
  },
} as const satisfies Record<string, Text>

const noListYet: Text = {
  en: 'Development credential: status list and log do not exist yet.',
  zh: '开发测试凭证：状态列表和透明日志尚不存在。',
}

function checkStatus({ development }: Credential): Check {
  const missing = {
    en: 'It names no status list, so it may have been revoked.',
    zh: '未指明状态列表，可能已被撤销。',
  }
  return development ? notChecked('status', noListYet) : failed('status', missing)
}

function checkLog({ development }: Credential): Check {
  const missing = { en: 'It comes without a proof that it is in the log.', zh: '未附透明日志的收录证明。' }
  return development ? notChecked('log', noListYet) : failed('log', missing)
}

/** What the body says of the footprint; its failing says nothing against the document. */
function checkOpinion({ credentialSubject: { verification } }: Credential): Check {
  const { opinion, parts, basis } = verification
  const words = opinionWords[opinion]
  const text = { en: `${words.en[0]?.toUpperCase()}${words.en.slice(1)}.`, zh: `${words.zh}。` }
  const assurance = parts.map(({ part, assurance: level }) => ({ part, assurance: level }))
  const facts = { opinion, assurance, basis: basis ?? null }
  return isFavourable(opinion) ? passed('opinion', text, facts) : failed('opinion', text, facts)
}
