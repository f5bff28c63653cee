/**
 * The one verifier, for the API, the command line and the browser: a JWT in, every check by its name out. It never throws for
 * what a credential contains, and it fails closed: what could not be checked does not count as checked.
 *
 * `verified` speaks of authenticity: truly this document, truly by this issuer, in its term, by independent persons. What
 * the document says is another matter: an adverse opinion is genuine too, so `opinion` stands beside `verified`, its own
 * check fails loudly, and `headline` says both in one sentence (docs/credential.md, "What verified means").
 */

import type { Opinion } from '../certification/scheme.ts'
import { checkAuthority } from './authority-check.ts'
import { type Compact, readCompact } from './compact.ts'
import { checkIndependence } from './independence.ts'
import { checkIssuer, checkKey, checkSignature, publicKeyOf } from './issuer.ts'
import { checkLog, checkWitnesses } from './log-check.ts'
import { checkRecord, type RecordEvidence } from './record-check.ts'
import { type Credential, type CredentialKind, credentialSchema, isFavourable, kindOf } from './schema.ts'
import { openSession, type Session, type VerificationMeans } from './session.ts'
import { checkStatus } from './status-check.ts'
import { type Check, checkNames, failed, notChecked, passed, type Text } from './verdict.ts'

export type { VerificationMeans } from './session.ts'

/** What came with the credential. */
export interface Accompanying {
  /** Its tlog-proof; else it is had where the document says. */
  readonly receipt?: string
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
export function verifyCredential(
  jwt: string,
  means: VerificationMeans,
  accompanying: Accompanying = {},
): Promise<Verification> {
  return verifyIn(openSession(means), jwt, accompanying)
}

/** Verifies a credential in a run of many: what they share is had and judged once. */
export async function verifyIn(
  session: Session,
  jwt: string,
  { receipt, evidence }: Accompanying = {},
): Promise<Verification> {
  const read = readCompact(jwt)
  if ('fault' in read) return unreadable(failed('format', read.fault, read.fault.facts))
  const { compact } = read
  const issuing = checkIssuer(compact, session)
  // Under way while everything else is looked at.
  const signing = issuing.then((issuer) => checkSignature(compact, publicKeyOf(issuer), session.means))
  const shape = checkSchema(compact, session.means)
  const { credential } = shape
  const logging = credential && checkLog(compact, credential, receipt, session)
  const [issuer, log, status, authority, signature] = await Promise.all([
    issuing,
    logging,
    credential && checkStatus(credential, session),
    credential && logging?.then((log) => checkAuthority(credential, session, log)),
    signing,
  ])
  if (!credential || !log || !status || !authority) {
    const known = [passed('format', formatGood, { algorithm: compact.algorithm }), shape.check, issuer.check]
    return verdict(inOrder([...known, checkKey(issuer), signature]), null)
  }
  const checks = [
    passed('format', formatGood, { algorithm: compact.algorithm }),
    shape.check,
    issuer.check,
    checkKey(issuer, log),
    signature,
    authority,
    checkValidity(credential, session.means.now),
    checkIndependence(credential),
    status,
    log.check,
    checkWitnesses(log, session),
    checkOpinion(credential),
    checkRecord(credential, evidence),
  ]
  return verdict(checks, credential)
}

/** Checks that need not be made: the key's word needs no log where it is no question, and the others are extra. */
function isGoodEnough({ name, outcome }: Check, development: boolean): boolean {
  if (name === 'opinion' || outcome === 'passed') return true
  if (outcome === 'failed') return false
  return name === 'recomputation' || name === 'witnesses' || (development && name === 'authority')
}

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
  if (!verified || opinion === null) return refusal(checks)
  const words = opinionWords[opinion]
  return { en: `Authentic; ${words.en}.`, zh: `真实有效；${words.zh}。` }
}

/** A document that is genuine and no longer in force is told apart from one that nobody shall believe. */
const statusWords: Readonly<Record<string, Text>> = {
  revoked: {
    en: 'REVOKED: a genuine document that is no longer in force',
    zh: '已撤销或注销：文件真实但已失效',
  },
  suspended: { en: 'SUSPENDED: a genuine document that is not in force now', zh: '暂停：文件真实但目前失效' },
}

function refusal(checks: readonly Check[]): Text {
  const failures = checks.filter(({ outcome, name }) => outcome === 'failed' && name !== 'opinion')
  const status = String(failures[0]?.name === 'status' ? failures[0].facts.status : '')
  const moved = failures.length === 1 ? statusWords[status] : undefined
  if (moved !== undefined) return { en: `${moved.en}.`, zh: `${moved.zh}。` }
  const names = failures.map(({ name }) => name)
  const which = names.length > 0 ? `: ${names.join(', ')}` : ''
  return { en: `Not verified${which}.`, zh: `未通过验证${which}。` }
}

const formatGood: Text = {
  en: 'It is a compact vc+jwt of the form that credentials have.',
  zh: '它是符合凭证形式要求的紧凑 vc+jwt。',
}
const notReached: Text = {
  en: 'Not reached: the document cannot be read.',
  zh: '未执行：文件无法读取。',
}

/** Every check by its name and in its order; those that were not made say so. */
function inOrder(made: readonly Check[]): readonly Check[] {
  return checkNames.map((name) => made.find((check) => check.name === name) ?? notChecked(name, notReached))
}

function unreadable(format: Check): Verification {
  return verdict(inOrder([format]), null)
}

const shapeGood: Text = {
  en: 'It has the shape of an Egret credential, version 1.',
  zh: '结构符合 Egret 凭证第 1 版。',
}

function checkSchema(
  { payload }: Compact,
  { hasShape }: VerificationMeans,
): { readonly check: Check; readonly credential?: Credential } {
  if (hasShape?.(payload)) return { check: passed('schema', shapeGood), credential: payload as Credential }
  const parsed = credentialSchema.safeParse(payload)
  if (parsed.success) return { check: passed('schema', shapeGood), credential: parsed.data }
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

/** What the body says of the footprint; its failing says nothing against the document. */
function checkOpinion({ credentialSubject: { verification } }: Credential): Check {
  const { opinion, parts, basis } = verification
  const words = opinionWords[opinion]
  const text = { en: `${words.en[0]?.toUpperCase()}${words.en.slice(1)}.`, zh: `${words.zh}。` }
  const assurance = parts.map(({ part, assurance: level }) => ({ part, assurance: level }))
  const facts = { opinion, assurance, basis: basis ?? null }
  return isFavourable(opinion) ? passed('opinion', text, facts) : failed('opinion', text, facts)
}
