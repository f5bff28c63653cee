/** What a document says of what came before it and what comes after: the same words on the sheet and on the verification page. */

import type { Credential } from '../credential/schema.ts'
import type { Bilingual } from './language.ts'
import { writeShare } from './quantity.ts'

/** One thing said, under its name. */
export interface Said {
  readonly name: Bilingual
  /** In both languages where it has words, as it stands where it has none. */
  readonly text: Bilingual | string
}

/** Mark, term, surveillance, predecessor, plan of reduction, and where to complain; none of what the document does not say. */
export function afterwardsOf(credential: Credential): readonly Said[] {
  const { mark, surveillance, firstValidFrom, supersedes, complaintsAddress, credentialSubject } = credential
  return [
    ...(mark ? [{ name: { zh: '标识', en: 'Mark' }, text: mark.label }] : []),
    ...(surveillance ? [surveillanceSaid(surveillance)] : []),
    ...(firstValidFrom
      ? [{ name: { zh: '首次颁证', en: 'First issued' }, text: firstValidFrom.slice(0, 10) }]
      : []),
    ...(supersedes ? [{ name: { zh: '替换', en: 'Replaces' }, text: supersedes.credential }] : []),
    ...planSaid(credentialSubject.reductionPlan),
    ...(complaintsAddress
      ? [{ name: { zh: '投诉与申诉', en: 'Complaints and appeals' }, text: complaintsAddress }]
      : []),
  ]
}

function surveillanceSaid({ intervalMonths, nextDue }: NonNullable<Credential['surveillance']>): Said {
  const [zh, en] = nextDue === undefined ? ['', ''] : [`，首次不晚于 ${nextDue}`, `, first by ${nextDue}`]
  return {
    name: { zh: '获证后监督', en: 'Surveillance' },
    text: {
      zh: `至少每 ${intervalMonths} 个月一次${zh}`,
      en: `every ${intervalMonths} months at least${en}`,
    },
  }
}

function planSaid(plan: Credential['credentialSubject']['reductionPlan']): Said[] {
  if (plan === undefined) return []
  const { statement, targets = [] } = plan
  const aims = targets.map(({ label, fromYear, toYear, reduction }) => {
    const by = `${fromYear}–${toYear} −${writeShare(reduction)}`
    return { zh: `${inOne(label).zh} ${by}`, en: `${inOne(label).en} ${by}` }
  })
  const all = [inOne(statement), ...aims]
  const text = { zh: all.map(({ zh }) => zh).join('；'), en: all.map(({ en }) => en).join('; ') }
  return [{ name: { zh: '持续降碳计划', en: 'Plan of reduction' }, text }]
}

/** A text that stands in one language only stands for both. */
function inOne({ en, zh }: { en?: string | undefined; zh?: string | undefined }): Bilingual {
  return { en: en ?? zh ?? '', zh: zh ?? en ?? '' }
}
