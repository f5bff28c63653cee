/** How a document stands, in words: the same on lists and on the document itself. */

import { html } from 'hono/html'
import type { CredentialStanding } from '../../certification/credential-standing.ts'
import type { CredentialMove, ReasonClass } from '../../certification/credential-status.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'

/** What a page knows of a document's standing; `unknown` where it could not ask: never as good as `active`. */
export type ShownStanding = CredentialStanding | 'unknown'

export const standingNames: Readonly<Record<ShownStanding, Bilingual>> = {
  active: { zh: '有效', en: 'In force' },
  suspended: { zh: '暂停', en: 'Suspended' },
  withdrawn: { zh: '撤销', en: 'Withdrawn' },
  cancelled: { zh: '注销', en: 'Cancelled' },
  superseded: { zh: '已被替换', en: 'Superseded' },
  expired: { zh: '过期', en: 'Expired' },
  unknown: { zh: '状态未知', en: 'Status unknown' },
}

/** What it means for someone who holds the document. */
export const standingMeanings: Readonly<Record<ShownStanding, Bilingual>> = {
  active: { zh: '未被暂停、撤销或注销。', en: 'Neither suspended, withdrawn nor cancelled.' },
  suspended: {
    zh: '暂停期间不得使用，也不可信赖。',
    en: 'Not to be used, nor to be relied on, while suspended.',
  },
  withdrawn: {
    zh: '已由签发机构撤销，不可恢复，不可信赖。',
    en: 'Withdrawn by its issuer, for good. Not to be relied on.',
  },
  cancelled: {
    zh: '应持有人要求注销，不可恢复。',
    en: 'Ended at the holder’s wish, for good. No longer in force.',
  },
  superseded: {
    zh: '已由新的文件取代，不可恢复。请查看新的文件。',
    en: 'Another document has taken its place, for good. Look at that one.',
  },
  expired: { zh: '有效期已过。', en: 'Its term is over. No longer in force.' },
  unknown: {
    zh: '此刻无法查到状态，不得视为有效；请稍后刷新，或验证凭证。',
    en: 'Its status cannot be had now: do NOT take it for valid. Load again, or verify the document.',
  },
}

export const reasonNames: Readonly<Record<ReasonClass, Bilingual>> = {
  nonconformity: { zh: '不符合要求', en: 'nonconformity' },
  'surveillance-not-passed': { zh: '未通过监督', en: 'surveillance not passed' },
  'information-wrong': { zh: '信息有误', en: 'information is wrong' },
  'misuse-of-document': { zh: '误用证书', en: 'misuse of the document' },
  'facts-discovered-later': { zh: '事后发现的事实', en: 'facts discovered later' },
  'holder-request': { zh: '持有人要求', en: 'at the holder’s wish' },
  'key-compromised': { zh: '签名密钥泄露', en: 'signing key compromised' },
  resolved: { zh: '问题已解决', en: 'resolved' },
  'issued-in-error': { zh: '签发有误', en: 'issued in error' },
  renewed: { zh: '换证', en: 'renewed' },
  'new-version': { zh: '变更', en: 'changed' },
  'scope-reduced': { zh: '缩小范围', en: 'scope reduced' },
  revised: { zh: '修订', en: 'revised' },
}

export const moveNames: Readonly<Record<CredentialMove, Bilingual>> = {
  suspend: { zh: '暂停', en: 'suspended' },
  reinstate: { zh: '恢复', en: 'reinstated' },
  withdraw: { zh: '撤销', en: 'withdrawn' },
  cancel: { zh: '注销', en: 'cancelled' },
  supersede: { zh: '替换', en: 'superseded' },
}

/** A standing as a badge; only its style depends on `development`: what certifies nothing is never green. */
export function renderStanding(standing: ShownStanding, development: boolean): Markup {
  const shade = standing === 'active' && development ? ' data-plain' : ''
  return html`<span class="standing" data-standing="${standing}"${shade}>${inBoth(standingNames[standing])}</span>`
}
