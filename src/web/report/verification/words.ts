/** What the words of a verification are called on its report, in both languages; a code nobody named shows as itself. */

import type { EngagementState } from '../../../certification/engagement.ts'
import type { RecordedKind } from '../../../certification/papers.ts'
import type { Bilingual } from '../../language.ts'
import { partNames } from '../../wording.ts'

const both = (zh: string, en: string): Bilingual => ({ zh, en })

export const stateNames: Readonly<Record<EngagementState, Bilingual>> = {
  applied: both('已申请，尚未受理', 'Applied for, not accepted yet'),
  'in-verification': both('核查进行中：记录随时可能变化', 'In verification: the record still changes'),
  'in-correction': both('委托人更正中：记录随时可能变化', 'In correction: the record still changes'),
  'in-review': both('复核中：尚无决定', 'In review: nothing is decided'),
  decided: both('已作出决定', 'Decided'),
  issued: both('已出具文件', 'Decided, and the document issued'),
  declined: both('未予受理', 'Declined'),
  withdrawn: both('委托人已撤回', 'Withdrawn by the client'),
}

export const paperNames: Readonly<Record<RecordedKind, Bilingual>> = {
  'impartiality-declaration': both('公正性声明', 'Declaration of impartiality'),
  agreement: both('核查协议', 'Agreement'),
  'agreement-signature': both('协议签署', 'Signature of the agreement'),
  'reduction-plan': both('持续降碳计划', 'Plan of reduction'),
  'strategic-analysis': both('战略分析', 'Strategic analysis'),
  'risk-assessment': both('风险评估', 'Risk assessment'),
  'verification-plan': both('核查计划', 'Verification plan'),
  'evidence-plan': both('证据收集计划', 'Evidence-gathering plan'),
  'document-review': both('文件评审', 'Document review'),
  'site-visit': both('现场访问', 'Site visit'),
  'review-notes': both('独立复核记录', 'Notes of the independent review'),
  'verification-report': both('核查组报告', 'The team’s report'),
  override: both('管理层凌驾', 'Management override'),
  'team-change': both('核查组变更', 'Change of the team'),
}

export const roleNames: Readonly<Record<string, Bilingual>> = {
  preparer: both('编制人', 'Preparer'),
  responsible: both('责任人', 'Responsible person'),
  'lead-verifier': both('核查组长', 'Lead verifier'),
  verifier: both('核查员', 'Verifier'),
  'technical-expert': both('技术专家', 'Technical expert'),
  reviewer: both('独立复核人', 'Reviewer'),
  'decision-maker': both('决定人', 'Decision maker'),
}

export const sideNames: Readonly<Record<string, Bilingual>> = {
  client: both('委托方', 'Client'),
  team: both('核查组', 'Team'),
  decision: both('复核与决定', 'Review and decision'),
}

export const findingNames: Readonly<Record<string, Bilingual>> = {
  nonconformity: both('不符合项', 'Nonconformity'),
  clarification: both('澄清要求', 'Clarification'),
  observation: both('观察项', 'Observation'),
  misstatement: both('错报', 'Misstatement'),
  'scope-limitation': both('范围受限', 'Scope limitation'),
}

export const severityNames: Readonly<Record<'major' | 'minor', Bilingual>> = {
  major: both('严重', 'major'),
  minor: both('一般', 'minor'),
}

export const outcomeNames: Readonly<Record<string, Bilingual>> = {
  disclosed: both('如实披露', 'Disclosed as it is'),
  resolved: both('已解决', 'Resolved'),
  stands: both('未更正，计入意见', 'Stands uncorrected'),
  withdrawn: both('已由核查组撤回', 'Withdrawn by the team'),
  open: both('待答复', 'Open'),
  answered: both('已答复，待关闭', 'Answered, not closed'),
  granted: both('同意出具', 'Granted'),
  refused: both('不予出具', 'Refused'),
  accepted: both('审核认可', 'accepted'),
  rejected: both('审核未认可', 'rejected'),
}

export const evidenceNames: Readonly<Record<string, Bilingual>> = {
  'meter-photo': both('表计照片', 'Photo of a meter'),
  invoice: both('发票', 'Invoice'),
  'delivery-note': both('送货单', 'Delivery note'),
  'calibration-record': both('校准记录', 'Calibration record'),
  'production-record': both('生产记录', 'Production record'),
  contract: both('合同', 'Contract'),
  instrument: both('合同工具', 'Contractual instrument'),
  'laboratory-report': both('检测报告', 'Laboratory report'),
  'site-photo': both('现场照片', 'Photo of a site'),
  'record-of-interview': both('访谈记录', 'Record of an interview'),
  other: both('其他', 'Other'),
}

/** Members of working papers, in the order in which they are read. */
export const memberNames: Readonly<Record<string, Bilingual>> = {
  title: both('名称', 'Title'),
  site: both('场所', 'Site'),
  kind: both('方式', 'Kind'),
  party: both('对方', 'With whom'),
  activity: both('工作', 'Activity'),
  about: both('事项', 'About'),
  area: both('领域', 'Area'),
  question: both('要点', 'Point'),
  answer: both('结果', 'Answer'),
  part: both('部分', 'Part'),
  inherent: both('固有风险', 'Inherent risk'),
  control: both('控制风险', 'Control risk'),
  detection: both('检查风险', 'Detection risk'),
  from: both('自', 'From'),
  until: both('至', 'Until'),
  who: both('人员', 'Who'),
  statement: both('内容', 'In its words'),
  label: both('目标', 'Target'),
  fromYear: both('起始年', 'From the year'),
  toYear: both('目标年', 'To the year'),
  reduction: both('降幅', 'Reduction'),
  agreedOn: both('签订日期', 'Agreed on'),
  documentDigest: both('文本摘要', 'Digest of its text'),
  operations: both('运营', 'Operations'),
  sources: both('排放源', 'Sources'),
  dataAndControls: both('数据与控制', 'Data and controls'),
  intendedUse: both('预期用途', 'Intended use'),
  targets: both('目标', 'Targets'),
  risks: both('风险', 'Risks'),
  steps: both('安排', 'Steps'),
  items: both('取证事项', 'What is examined'),
  documents: both('文件', 'Documents'),
  points: both('复核要点', 'Points'),
  ties: both('利益关系', 'Ties'),
  team: both('核查组', 'Team'),
  method: both('方法', 'Method'),
  evidence: both('证据', 'Evidence'),
  risk: both('对应风险', 'Risk it answers'),
  inOrder: both('符合', 'In order'),
  response: both('应对', 'Response'),
  lines: both('明细', 'Lines'),
  note: both('说明', 'Note'),
  participants: both('参加人员', 'Participants'),
  checked: both('查看内容', 'What was looked at'),
  sampling: both('抽样', 'Sampling'),
  procedures: both('程序', 'Procedures'),
  results: both('结果', 'Results'),
  conclusion: both('结论', 'Conclusion'),
  description: both('说明', 'Description'),
  person: both('人员', 'Person'),
  role: both('角色', 'Role'),
  guard: both('凌驾的规则', 'Rule set aside'),
  rationale: both('理由', 'Rationale'),
  reason: both('理由', 'Reason'),
}

/** Codes that stand in working papers; a text of the same spelling is never looked up here. */
const codes: Readonly<Record<string, Bilingual>> = {
  ...partNames,
  low: both('低', 'low'),
  medium: both('中', 'medium'),
  high: both('高', 'high'),
  yes: both('是', 'yes'),
  no: both('否', 'no'),
  'not-applicable': both('不适用', 'not applicable'),
  true: both('是', 'yes'),
  false: both('否', 'no'),
  'on-site': both('现场', 'on site'),
  remote: both('远程', 'remote'),
  none: both('未访问', 'none made'),
  'document-inspection': both('文件检查', 'inspection of documents'),
  recalculation: both('重新计算', 'recalculation'),
  retracing: both('追溯', 'retracing'),
  observation: both('观察', 'observation'),
  inquiry: both('询问', 'inquiry'),
  confirmation: both('函证', 'confirmation'),
  'analytical-procedure': both('分析程序', 'analytical procedure'),
  sampling: both('抽样', 'sampling'),
  consultancy: both('咨询', 'consultancy'),
  employment: both('雇佣', 'employment'),
  ownership: both('持股', 'ownership'),
  family: both('亲属', 'family'),
  business: both('业务往来', 'business'),
  training: both('培训', 'training'),
  other: both('其他', 'other'),
  'effort-sufficient': both('最低人日', 'least effort'),
  'team-competent': both('核查组能力', 'competence of the team'),
  'closable-by-caller': both('由有权者关闭不符合项', 'who may close a finding'),
}

/** Members whose texts are codes. */
const codedMembers = [
  ...['kind', 'answer', 'part', 'inherent', 'control', 'detection', 'method', 'inOrder', 'guard'],
] as const

/** A coded value in words; undefined where the member holds a text as somebody wrote it. */
export function codedWords(member: string, value: string): Bilingual | undefined {
  if (member === 'role') return roleNames[value]
  return codedMembers.some((one) => one === member) ? codes[value] : undefined
}
