/**
 * What an organization can be told of, in one list: the type of a message (`<resource>.<what happened>`, as Standard Webhooks writes
 * event types), and its title as a person reads it. Who is told of which act is the database's to say
 * (`message_of_act` in `migrations/*_messages_of_acts.sql`); docs/notices.md has both in one table.
 */

import type { Names } from '../engine/types.ts'

type Title = Names & { readonly zh: string }

/** Every type, in the order of the process. */
export const messageTypes = {
  'engagement.applied': { en: 'An application has come in', zh: '收到新的申请' },
  'engagement.accepted': { en: 'The application is accepted', zh: '申请已受理' },
  'engagement.declined': { en: 'The application is declined', zh: '申请未予受理' },
  'engagement.withdrawn': { en: 'The client has withdrawn its application', zh: '申请方已撤回申请' },
  'engagement.team-changed': { en: 'The team has changed', zh: '核查组成员已变更' },
  'engagement.agreement-recorded': { en: 'The agreement awaits your signature', zh: '协议待贵方签署' },
  'engagement.agreement-signed': { en: 'The client has signed the agreement', zh: '客户已签署协议' },
  'engagement.reduction-plan-recorded': {
    en: 'The client has recorded its plan of reduction',
    zh: '客户已提交减排计划',
  },
  'engagement.overridden': { en: 'Management has set a rule aside', zh: '管理层已行使例外处理' },
  'engagement.disclosure-chosen': {
    en: 'The client has chosen what is made public',
    zh: '客户已选择公开披露的内容',
  },
  'engagement.factor-table-accepted': {
    en: 'The team has accepted a private factor table',
    zh: '核查组已认可自有因子表',
  },
  'engagement.factor-table-rejected': {
    en: 'The team has not accepted a private factor table',
    zh: '核查组未认可自有因子表',
  },
  'finding.raised': { en: 'A finding awaits your answer', zh: '有新的发现项，待回复' },
  'finding.answered': { en: 'A finding has been answered', zh: '发现项已回复' },
  'finding.closed': { en: 'A finding is closed', zh: '发现项已关闭' },
  'finding.answer-due': { en: 'A finding is to be answered soon', zh: '发现项回复期限将至' },
  'finding.answer-overdue': { en: 'A finding’s answer is overdue', zh: '发现项回复已逾期' },
  'finding.close-due': { en: 'A major nonconformity is to be closed soon', zh: '严重不符合项关闭期限将至' },
  'finding.close-overdue': {
    en: 'A major nonconformity was not closed in time',
    zh: '严重不符合项未在期限内关闭',
  },
  'engagement.sent-back': { en: 'Corrections are asked for', zh: '已退回，请予更正' },
  'engagement.resubmitted': { en: 'A corrected revision has come in', zh: '已提交更正后的版本' },
  'engagement.proposed': {
    en: 'The verification is done; the review begins',
    zh: '核查已完成，进入独立评审',
  },
  'engagement.reviewed': { en: 'The reviewer has concurred', zh: '评审已通过' },
  'engagement.returned': { en: 'The reviewer has returned it to the team', zh: '评审退回核查组' },
  'engagement.granted': { en: 'The decision: granted', zh: '决定：准予' },
  'engagement.refused': { en: 'The decision: refused', zh: '决定：不予通过' },
  'engagement.report-recorded': { en: 'The verification report is on file', zh: '核查报告已归档' },
  'credential.issued': { en: 'The document is issued', zh: '文件已签发' },
  'credential.suspended': { en: 'A certificate is suspended', zh: '证书已暂停' },
  'credential.reinstated': { en: 'A certificate is in force again', zh: '证书已恢复' },
  'credential.withdrawn': { en: 'A document is withdrawn', zh: '文件已撤销' },
  'credential.cancelled': { en: 'A document is cancelled', zh: '文件已注销' },
  'credential.superseded': { en: 'A document is superseded', zh: '文件已被替代' },
  'credential.expiring': { en: 'A document ends soon', zh: '文件即将到期' },
  'credential.expired': { en: 'A document has ended', zh: '文件已到期' },
  'credential.surveillance-due': { en: 'Surveillance is due soon', zh: '监督即将到期' },
  'credential.surveillance-overdue': { en: 'Surveillance is overdue', zh: '监督已逾期' },
  'credential.surveillance-recorded': { en: 'A surveillance is recorded', zh: '监督结果已记录' },
  'credential.succession-declared': {
    en: 'An engagement is to replace a document',
    zh: '已声明由新项目替代现有文件',
  },
  'case.opened': { en: 'A complaint, appeal or other case has come in', zh: '收到投诉、申诉或其他事项' },
  'case.moved': { en: 'A case has moved on', zh: '投诉、申诉或其他事项有新进展' },
  'case.acknowledgement-due': { en: 'A case is to be acknowledged soon', zh: '事项受理期限将至' },
  'case.due': { en: 'A case is to be decided soon', zh: '事项处理期限将至' },
  'case.overdue': { en: 'A case is overdue', zh: '事项处理已逾期' },
  'accreditation.recorded': { en: 'An accreditation or approval is recorded', zh: '认可或批准已登记' },
  'accreditation.withdrawn': { en: 'An accreditation or approval is withdrawn', zh: '认可或批准已撤回' },
  'accreditation.expiring': { en: 'An accreditation or approval ends soon', zh: '认可或批准即将到期' },
  'accreditation.expired': { en: 'An accreditation or approval has ended', zh: '认可或批准已到期' },
  'competence.expiring': { en: 'A member’s competence ends soon', zh: '人员能力即将到期' },
  'assessment.granted': { en: 'An assessor may read', zh: '已授权评审员查阅' },
  'assessment.revoked': { en: 'An assessor may read no longer', zh: '已取消评审员查阅' },
  'client.made': { en: 'An API client was made for your organization', zh: '贵机构新增了接口客户端' },
  'client.confirmed': {
    en: 'An API client of your organization was confirmed',
    zh: '贵机构的接口客户端已确认',
  },
  'client.revoked': { en: 'An API client of your organization was revoked', zh: '贵机构的接口客户端已吊销' },
  'member.made': {
    en: 'The operator registered a member of your organization',
    zh: '运营方登记了贵机构的成员',
  },
  'webhook.stopped': { en: 'A webhook was stopped', zh: 'Webhook 已停用' },
  'webhook.tried': { en: 'A webhook was tried', zh: 'Webhook 测试' },
} as const satisfies Record<string, Title>

export type MessageType = keyof typeof messageTypes
export const messageTypeNames = Object.keys(messageTypes) as [MessageType, ...MessageType[]]

/** What a relying party is told of a document it watches: how it stands, which is public. */
export const watchedTypes = [
  'credential.suspended',
  'credential.reinstated',
  'credential.withdrawn',
  'credential.cancelled',
  'credential.superseded',
  'credential.expired',
] as const satisfies readonly MessageType[]
