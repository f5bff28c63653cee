/**
 * The check `authority`: the facts on which the issuer stands are signed by someone whose word on accreditations is believed, are
 * of this issuer, were in force when the document was issued, and together cover it.
 */

import { codesNamed } from '../certification/product-codes.ts'
import type { DocumentKind, SubjectKind } from '../certification/scheme.ts'
import { nationalMark } from '../certification/scheme-demands.ts'
import { digestOfBytes } from '../json/digest.ts'
import { encodeUtf8 } from '../json/encoding.ts'
import { coverage, type ReadAccreditation, readAccreditation } from './accreditation.ts'
import { parseDidWeb } from './did-web.ts'
import type { LogFinding } from './log-check.ts'
import { type Credential, kindOf } from './schema.ts'
import type { Session, SignedFinding } from './session.ts'
import { type Check, failed, notChecked, passed, type Text } from './verdict.ts'

type Named = Credential['issuer']['accreditations'][number]

/** Why a fact is not believed. */
type FactFault =
  | Extract<SignedFinding, { fault: string }>['fault']
  | 'other-bytes'
  | 'unknown-authority'
  | 'other-body'
  | 'other-facts'

/**
 * @param log where the document stands. It names its facts by digest: what a document below the leaf of a compromise names was there
 *   before anybody else had the key.
 */
export async function checkAuthority(
  credential: Credential,
  session: Session,
  log: LogFinding,
): Promise<Check> {
  const { accreditations } = credential.issuer
  if (accreditations.length === 0) return notChecked('authority', words.none)
  const found = await Promise.all(
    accreditations.map((named) => readFact(named, credential.issuer.id, log, session)),
  )
  const wrong = found.find((one) => typeof one === 'string')
  const named = accreditations.map(({ number, fact }) => ({ number, fact }))
  if (typeof wrong === 'string') return failed('authority', faults[wrong], { fault: wrong, named })
  if (isOfNationalMark(credential) && labelledCategories(credential).length === 0)
    return failed('authority', words.noCategory, { fault: 'category-untold', named })
  const { uncovered } = coverage(
    (found as readonly ReadAccreditation[]).filter(({ kind }) => mayEntitle(credential, kind)),
    neededBy(credential),
  )
  if (uncovered !== null)
    return failed('authority', words.notCovered, { fault: 'not-covered', named, uncovered })
  return passed('authority', words.good, { named })
}

const documentKinds = { VerificationStatement: 'verification-statement', Certificate: 'certificate' } as const
const subjectKinds = { OrganizationFootprint: 'organization', ProductFootprint: 'product' } as const

function neededBy(credential: Credential) {
  const { type, standards, verification } = credential.credentialSubject
  return {
    documentKind: documentKinds[kindOf(credential)] satisfies DocumentKind,
    subjectKind: subjectKinds[type] satisfies SubjectKind,
    standards: [...standards.map(({ standard }) => standard), ...labelledCategories(credential)],
    sector: verification.sector ?? null,
    at: new Date(credential.validFrom),
  }
}

function isOfNationalMark({ mark }: Credential): boolean {
  return mark?.identifier === nationalMark
}

/** Of a document with the national mark, what it says its product is: each category of it an approval must name. */
function labelledCategories(credential: Credential): readonly string[] {
  if (!isOfNationalMark(credential)) return []
  return codesNamed('CN-PCF', credential.credentialSubject.product?.classifications ?? [])
}

/** The national mark stands on an approval, and on nothing less. */
function mayEntitle(credential: Credential, kind: Named['kind']): boolean {
  return !isOfNationalMark(credential) || kind === 'approval'
}

async function readFact(
  named: Named,
  issuer: string,
  log: LogFinding,
  session: Session,
): Promise<ReadAccreditation | FactFault> {
  const found = await session.once(`fact ${named.fact}`, () => judgeFact(named.fact, session))
  if ('fault' in found) return found.fault
  if (found.digest !== named.digest) return 'other-bytes'
  if (!isBefore(log, found)) return 'key-not-allowed'
  if (!session.means.authorities.includes(found.issuer)) return 'unknown-authority'
  const { fact } = found
  if (fact === undefined || fact.url !== named.fact) return 'malformed'
  if (fact.body !== issuer) return 'other-body'
  const isAsNamed =
    fact.kind === named.kind &&
    fact.number === named.number &&
    fact.validFrom === named.validFrom &&
    fact.validUntil === (named.validUntil ?? null)
  return isAsNamed ? fact : 'other-facts'
}

/** Whether the fact stood before its signer's key was compromised, by the log of the signer itself; or the key never was. */
function isBefore(
  { leafIndex, inclusion }: LogFinding,
  { issuer, revokedFromLeaf }: { readonly issuer: string; readonly revokedFromLeaf: number | null },
): boolean {
  if (revokedFromLeaf === null) return true
  const isOwnLog = inclusion?.checkpoint.origin === `${parseDidWeb(issuer)?.host}/log`
  return isOwnLog && leafIndex !== undefined && leafIndex < revokedFromLeaf
}

/** What a fact is, whoever names it: read and digested once in a run. */
async function judgeFact(url: string, session: Session) {
  const signed = await session.signed(url)
  if ('fault' in signed) return signed
  const { text, issuer, compact, revokedFromLeaf } = signed
  return {
    issuer,
    revokedFromLeaf,
    digest: digestOfBytes(encodeUtf8(text)),
    fact: readAccreditation(compact.payload),
  }
}

const words = {
  none: {
    en: 'Not made: a development document names no accreditation of its issuer.',
    zh: '未执行：开发测试文件不载明颁发者的认可或批准。',
  },
  good: {
    en: 'The issuer was accredited or approved for such documents when it issued this one.',
    zh: '颁发者在签发时具有相应的认可或批准。',
  },
  noCategory: {
    en: 'The document shows the national label and names no category of product that an approval could cover.',
    zh: '文件载有国家标识，但未载明可由批准涵盖的产品类别。',
  },
  notCovered: {
    en: "The issuer's accreditations and approvals did not cover this document when it was issued.",
    zh: '签发时，颁发者的认可或批准不涵盖本文件。',
  },
} as const satisfies Record<string, Text>

const faults: Readonly<Record<FactFault, Text>> = {
  'host-not-allowed': {
    en: "The host of the issuer's accreditation is not on the list of hosts that may be asked.",
    zh: '认可或批准信息所在域名不在允许查询的列表中。',
  },
  unreachable: { en: "The issuer's accreditation cannot be had.", zh: '无法取得颁发者的认可或批准信息。' },
  malformed: { en: "What should be the issuer's accreditation is none.", zh: '认可或批准信息无法识别。' },
  'issuer-unresolved': {
    en: 'The DID document of whoever states the accreditation cannot be had.',
    zh: '无法取得认可或批准信息签署方的 DID 文档。',
  },
  'key-not-allowed': {
    en: 'The accreditation is signed with a key that its signer does not assert with.',
    zh: '认可或批准信息所用密钥不被其签署方认可。',
  },
  'bad-signature': { en: 'The signature of the accreditation does not fit.', zh: '认可或批准信息签名不符。' },
  'other-bytes': {
    en: 'The accreditation is not the one that the document names by digest.',
    zh: '认可或批准信息与文件所载摘要不符。',
  },
  'unknown-authority': {
    en: 'The accreditation is stated by someone whose word on it is not believed here.',
    zh: '认可或批准信息的签署方不受信任。',
  },
  'other-body': { en: 'The accreditation is that of another body.', zh: '认可或批准信息属于另一机构。' },
  'other-facts': {
    en: 'The document says other things of the accreditation than it says itself.',
    zh: '文件所载认可或批准信息与其原文不一致。',
  },
}
