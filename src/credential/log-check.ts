/** The checks `log` and `witnesses`: the document's leaf stands in the log that it names, and enough witnesses saw it there. */

import { encodeHex } from '../json/encoding.ts'
import type { Inclusion, ReceiptFault } from '../transparency/receipt.ts'
import type { Compact } from './compact.ts'
import { leafOf } from './leaf.ts'
import type { Credential } from './schema.ts'
import type { FetchFault, Session } from './session.ts'
import { type Check, failed, notChecked, passed, type Text } from './verdict.ts'

/** The check `log`, and what it showed. */
export interface LogFinding {
  readonly check: Check
  readonly leafIndex?: number
  readonly inclusion?: Inclusion
}

type LogFault = ReceiptFault | FetchFault

/** @param receipt the tlog-proof that came with the document; else it is had where the document says. */
export async function checkLog(
  { bytes }: Compact,
  credential: Credential,
  receipt: string | undefined,
  session: Session,
): Promise<LogFinding> {
  const { origin, receipt: address } = credential.transparencyLog
  const text = receipt ?? (await session.receipt(address))
  if (typeof text !== 'string') return fault(text.fault, { receipt: address })
  const digest = encodeHex(await session.means.sha256(bytes))
  const entry = leafOf(credential, `sha256:${digest}`)
  const found = await session.verifyReceipt(text, entry)
  if ('fault' in found) return fault(found.fault, { origin })
  const { index: leafIndex, checkpoint, witnesses } = found
  if (checkpoint.origin !== origin) return fault('wrong-origin', { origin, found: checkpoint.origin })
  const facts = { origin, leafIndex, size: checkpoint.size, witnesses }
  return { check: passed('log', words.good, facts), leafIndex, inclusion: found }
}

function fault(name: LogFault, facts: Readonly<Record<string, unknown>>): LogFinding {
  return { check: failed('log', faults[name], { ...facts, fault: name }) }
}

/** The check `witnesses`; not made where nobody's word is asked for. */
export function checkWitnesses({ inclusion }: LogFinding, { means }: Session): Check {
  const { witnesses: policy } = means
  if (policy === undefined) return notChecked('witnesses', words.noneAsked)
  if (inclusion === undefined) return notChecked('witnesses', words.noLog)
  const seen = inclusion.witnesses
  const facts = { quorum: policy.quorum, cosigned: seen }
  return seen.length >= policy.quorum
    ? passed('witnesses', words.quorum, facts)
    : failed('witnesses', words.tooFew, facts)
}

const words = {
  good: { en: 'It stands in the transparency log.', zh: '已收录于透明日志。' },
  noneAsked: { en: 'Not made: no witnesses were asked for.', zh: '未执行：未要求见证方。' },
  noLog: { en: 'Not reached: the log does not show it.', zh: '未执行：日志未能证明收录。' },
  quorum: { en: 'Enough witnesses saw the log as it is shown.', zh: '足够数量的见证方确认了该日志。' },
  tooFew: {
    en: 'Fewer witnesses than asked for saw the log as it is shown.',
    zh: '确认该日志的见证方少于要求。',
  },
} as const satisfies Record<string, Text>

const faults: Readonly<Record<LogFault, Text>> = {
  'host-not-allowed': {
    en: 'It came without a proof of its place in the log, and the host that has one may not be asked.',
    zh: '未附日志收录证明，且其所在域名不允许查询。',
  },
  unreachable: { en: 'A proof of its place in the log cannot be had.', zh: '无法取得日志收录证明。' },
  malformed: { en: 'What should prove its place in the log is no such proof.', zh: '日志收录证明无法识别。' },
  'wrong-origin': {
    en: 'The proof is of another log than the one the document names, or of one that nobody trusts here.',
    zh: '收录证明所属日志与文件所指不符，或不受信任。',
  },
  'unknown-key': {
    en: "The proof's checkpoint is not signed with a key that is trusted for its log.",
    zh: '收录证明的检查点未由受信任的日志密钥签名。',
  },
  'bad-signature': { en: "The log's signature on the proof does not fit.", zh: '收录证明中的日志签名不符。' },
  'index-out-of-range': {
    en: 'The proof points beyond the end of its log.',
    zh: '收录证明所指位置超出日志范围。',
  },
  'not-included': {
    en: 'The proof does not lead from this document to its log: it is of another document, or of a fork.',
    zh: '收录证明与本文件不符：属于其他文件，或日志已分叉。',
  },
}
