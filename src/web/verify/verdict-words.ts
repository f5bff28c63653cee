/**
 * A verification in one headline for people: what it is, and what to make of it. The checks say the rest; the opinion stands
 * beside this as loudly, since a good signature under an adverse opinion is still an adverse opinion.
 */

import { parseDidWeb } from '../../credential/did-web.ts'
import type { Check, CheckName } from '../../credential/verdict.ts'
import type { Verification } from '../../credential/verify.ts'
import type { Bilingual } from '../language.ts'

/** How a verdict looks: good, good under development, bad, or undecided because something could not be asked. */
export type Tone = 'good' | 'bad' | 'open'

export interface Verdict {
  /** What happened, for tests and styles. */
  readonly kind: VerdictKind
  readonly tone: Tone
  readonly title: Bilingual
  readonly meaning: Bilingual
}

const verdicts = {
  genuine: {
    tone: 'good',
    title: { zh: '真实', en: 'Genuine' },
    meaning: {
      zh: '签名属于签发机构，内容一字未改，且在有效期内。',
      en: 'The signature is the issuer’s, not a byte was changed, and it is in its term.',
    },
  },
  garbage: {
    tone: 'bad',
    title: { zh: '不是凭证', en: 'Not a credential' },
    meaning: {
      zh: '所给内容不是签名凭证，或在复制时残缺。请粘贴完整的凭证文本。',
      en: 'This is no signed credential, or was cut while copying. Paste the whole text.',
    },
  },
  'other-document': {
    tone: 'bad',
    title: { zh: '不是白鹭凭证', en: 'Not an Egret credential' },
    meaning: {
      zh: '内容不符合白鹭凭证的结构，不予采信。',
      en: 'It does not have the shape of an Egret credential; nothing in it is to be believed.',
    },
  },
  'unknown-issuer': {
    tone: 'bad',
    title: { zh: '签发者未知', en: 'Unknown issuer' },
    meaning: {
      zh: '签发者不在本站可查询的范围内，无法证明由谁签发。',
      en: 'Its issuer is none that this page may ask, so nobody can say here who signed it.',
    },
  },
  'issuer-unreachable': {
    tone: 'open',
    title: { zh: '无法取得签发者公钥', en: 'Issuer’s key not reachable' },
    meaning: {
      zh: '未能取得签发者的 DID 文档：签发者可能不存在，或网络不通。未经核对即不可采信。',
      en: 'The issuer’s DID document could not be had: there may be no such issuer, or no connection. Unchecked is not good.',
    },
  },
  'wrong-key': {
    tone: 'bad',
    title: { zh: '密钥不属于签发者', en: 'Wrong key' },
    meaning: {
      zh: '所用密钥不是签发者公布用于签发的密钥。',
      en: 'It was signed with a key that its issuer does not publish for this.',
    },
  },
  tampered: {
    tone: 'bad',
    title: { zh: '签名不符', en: 'Signature does not fit' },
    meaning: {
      zh: '内容被改动过，或并非该机构所签。其中任何数字均不可采信。',
      en: 'It was changed after signing, or that issuer never signed it. Believe no figure in it.',
    },
  },
  'not-checkable': {
    tone: 'open',
    title: { zh: '此浏览器无法核对签名', en: 'This browser cannot check it' },
    meaning: {
      zh: '请更新浏览器，或使用命令行工具或接口 POST /v1/verifications。',
      en: 'Update the browser, or use the command line or POST /v1/verifications.',
    },
  },
  'not-yet-valid': {
    tone: 'bad',
    title: { zh: '尚未生效', en: 'Not yet valid' },
    meaning: { zh: '签名无误，但有效期尚未开始。', en: 'The signature is good, but its term has not begun.' },
  },
  expired: {
    tone: 'bad',
    title: { zh: '已过期', en: 'Expired' },
    meaning: { zh: '签名无误，但有效期已过。', en: 'The signature is good, but its term is over.' },
  },
  'not-independent': {
    tone: 'bad',
    title: { zh: '不独立', en: 'Not independent' },
    meaning: {
      zh: '编制、核查与决定的人员没有分开，或有缺位。',
      en: 'Those who prepared, verified and decided are not kept apart, or not all named.',
    },
  },
  revoked: {
    tone: 'bad',
    title: { zh: '已撤销或注销', en: 'Revoked' },
    meaning: {
      zh: '文件确由该机构签发，但其后已被撤销或注销，不可恢复，不得再使用。',
      en: 'That body issued it and has since withdrawn or cancelled it, for good. It is not in force.',
    },
  },
  suspended: {
    tone: 'bad',
    title: { zh: '暂停', en: 'Suspended' },
    meaning: {
      zh: '文件确由该机构签发，但目前处于暂停状态，暂停期间不得使用。',
      en: 'That body issued it and has suspended it. It is not in force now.',
    },
  },
  'status-unknown': {
    tone: 'open',
    title: { zh: '状态未知', en: 'Status unknown' },
    meaning: {
      zh: '无法确认其是否已被撤销或暂停。未知不等于有效。',
      en: 'Whether it was revoked or suspended could not be learned. Unknown is not in force.',
    },
  },
  unlogged: {
    tone: 'bad',
    title: { zh: '未收录于透明日志', en: 'Not in the log' },
    meaning: {
      zh: '不能证明它已公开收录。可能是私下签发的文件。',
      en: 'Nothing shows that it was issued in public. It may have been made in secret.',
    },
  },
  'no-authority': {
    tone: 'bad',
    title: { zh: '签发者资质不足', en: 'Issuer not authorized' },
    meaning: {
      zh: '签发时，签发者的认可或批准不存在、不可信，或不涵盖此类文件。',
      en: 'The issuer’s accreditation or approval does not stand, or did not cover such a document.',
    },
  },
  'compromised-key': {
    tone: 'bad',
    title: { zh: '密钥已泄露', en: 'Compromised key' },
    meaning: {
      zh: '所用密钥已被宣布泄露，且日志不能证明签发于泄露之前。',
      en: 'Its key was told to be compromised, and the log does not show that it was signed before.',
    },
  },
  'not-verified': {
    tone: 'bad',
    title: { zh: '未通过验证', en: 'Not verified' },
    meaning: { zh: '下列检查有未通过的。', en: 'One of the checks below failed.' },
  },
} as const satisfies Record<string, Omit<Verdict, 'kind'>>

export type VerdictKind = keyof typeof verdicts

/** The headline of a verification. `allowedHosts` are those it was made with. */
export function verdictOf(verification: Verification, allowedHosts: readonly string[]): Verdict {
  const kind = verification.verified ? 'genuine' : reasonAgainst(verification, allowedHosts)
  return { kind, ...verdicts[kind] }
}

/** The first thing that speaks against it, in the order in which it matters to a reader. */
function reasonAgainst({ checks }: Verification, allowedHosts: readonly string[]): VerdictKind {
  const check = (name: CheckName) => checks.find((one) => one.name === name)
  const hasFailed = (name: CheckName) => check(name)?.outcome === 'failed'
  if (hasFailed('format')) return 'garbage'
  if (hasFailed('issuer')) return issuerReason(check('issuer') as Check, allowedHosts)
  if (hasFailed('key')) return keyReason(check('key') as Check)
  if (hasFailed('signature')) return 'tampered'
  if (check('signature')?.outcome === 'not-checked') return 'not-checkable'
  if (hasFailed('schema')) return 'other-document'
  if (hasFailed('authority')) return 'no-authority'
  if (hasFailed('status')) return statusReason(check('status') as Check)
  if (hasFailed('validity')) return termReason(check('validity') as Check)
  if (hasFailed('log')) return 'unlogged'
  return hasFailed('independence') ? 'not-independent' : 'not-verified'
}

function keyReason({ facts }: Check): VerdictKind {
  return facts.fault === 'compromised' ? 'compromised-key' : 'wrong-key'
}

function statusReason({ facts }: Check): VerdictKind {
  return facts.status === 'revoked' || facts.status === 'suspended' ? facts.status : 'status-unknown'
}

function issuerReason({ facts }: Check, allowedHosts: readonly string[]): VerdictKind {
  const { issuer, kid, fault } = facts
  const host = typeof issuer === 'string' ? parseDidWeb(issuer)?.host : undefined
  if (host === undefined || !allowedHosts.includes(host)) return 'unknown-issuer'
  if (typeof fault === 'string' || !String(kid).startsWith(`${issuer}#`)) return 'wrong-key'
  return 'issuer-unreachable'
}

function termReason({ facts }: Check): VerdictKind {
  return Date.parse(String(facts.now)) < Date.parse(String(facts.validFrom)) ? 'not-yet-valid' : 'expired'
}

export const checkTitles: Readonly<Record<CheckName, Bilingual>> = {
  format: { zh: '格式', en: 'Format' },
  schema: { zh: '结构', en: 'Structure' },
  issuer: { zh: '签发者', en: 'Issuer' },
  key: { zh: '密钥', en: 'Key' },
  signature: { zh: '签名', en: 'Signature' },
  authority: { zh: '签发者资质', en: 'Authority' },
  validity: { zh: '有效期', en: 'Term' },
  independence: { zh: '人员独立', en: 'Independence' },
  status: { zh: '状态', en: 'Status' },
  log: { zh: '透明日志', en: 'Transparency log' },
  witnesses: { zh: '见证方', en: 'Witnesses' },
  opinion: { zh: '核查意见', en: 'Opinion' },
  recomputation: { zh: '重算', en: 'Recomputation' },
}

export const outcomeNames = {
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Failed' },
  'not-checked': { zh: '未执行', en: 'Not made' },
} as const satisfies Record<Check['outcome'], Bilingual>
