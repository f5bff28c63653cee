/** A verification report as one document: what was concluded, by whom, on what, and how they came to it. */

import { html } from 'hono/html'
import type { PartyFace } from '../../../certification/faces.ts'
import type { ReportedFile, ReportStep, VerificationReport } from '../../../report/verification/shape.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../../language.ts'
import { standingNames } from '../../lookup/standing.ts'
import { dayInChina, lastDay, writeAmount, writeShare, writeUnit } from '../../quantity.ts'
import {
  assuranceNames,
  boundaryNames,
  documentTitles,
  opinionMeanings,
  opinionNames,
  partNames,
  wordsFor,
} from '../../wording.ts'
import { fact } from '../basis.ts'
import { type ReportPage, renderDocument } from '../frame.ts'
import { moreNote, percent, renderChapter, renderNote, renderTable, someOf } from '../pieces.ts'
import { reportStyle } from '../style.ts'
import { named, notStated } from '../words.ts'
import { renderFindings, renderMateriality } from './findings.ts'
import { renderPaper, versionText, type Who } from './papers.ts'
import { verificationStyle } from './style.ts'
import { evidenceNames, outcomeNames, paperNames, roleNames, sideNames, stateNames } from './words.ts'

const kind: Bilingual = { zh: '核查报告', en: 'Verification report' }

export function renderVerificationReport(language: Language, report: VerificationReport): ReportPage {
  const { text } = report
  const who = namedBy(report)
  return renderDocument(language, {
    ...{ title: text.title, kind, style: reportStyle + verificationStyle },
    running: `${text.title} · ${text.period.start} – ${lastDay(text.period.end)}`,
    body: html`${renderHead(report)}
${renderOpinion(report, who)}
${renderParties(report)}
${renderAgreed(report, who)}
${renderPersons(report, who)}
${renderProcess(report, who)}
${renderRevisions(report, who)}
${renderFindings(text, who)}
${renderMateriality(text)}
${renderEvidence(report)}
${renderDecision(report, who)}
${renderBasis(report)}
${renderAnnex(report, who)}`,
  })
}

/** Labels with names; an erased name says so. */
function namedBy({ persons }: VerificationReport): Who {
  const names = new Map(persons.map(({ label, name }) => [label, name]))
  return (label) =>
    html`<span class="person"><b>${label}</b> ${names.get(label) || inBoth({ zh: '（姓名已删除）', en: '(name erased)' })}</span>`
}

const opened = ['applied', 'in-verification', 'in-correction', 'in-review']

function renderHead({ text, state, document }: VerificationReport): Markup {
  const shade = text.decision?.outcome === 'refused' ? 'refused' : opened.includes(state) ? 'open' : 'settled'
  return html`<header class="cover">
<p class="kicker">${inBoth(kind)}</p>
<h1>${text.title}</h1>
<p class="who">${inBoth(named(text.parties.client))}</p>
<p class="when">${text.period.start} – ${lastDay(text.period.end)} · ${inBoth(wordsFor(boundaryNames, text.boundary))}</p>
<p class="when">${inBoth({ zh: '核查机构', en: 'Verified by' })} ${inBoth(named(text.parties.body))}</p>
<p class="state" data-state="${shade}">${inBoth(stateNames[state])}${document === null ? '' : html` · <span class="code">${document.number}</span>`}</p>
</header>`
}

function renderOpinion({ text, coverage }: VerificationReport, who: Who): Markup {
  const { opinion, agreed, revisions } = text
  const verified = revisions.at(-1)
  const title = { zh: '意见', en: 'Opinion' }
  const total =
    verified === undefined
      ? html``
      : html`<dl class="tiles"><div class="large"><dt>${inBoth({ zh: `第 ${verified.number} 版的总量`, en: `Total of revision ${verified.number}` })}</dt><dd><strong>${writeAmount(verified.printed.amount)}</strong> <span class="unit">${writeUnit(verified.printed.unit)}</span></dd></div>
<div><dt>${inBoth({ zh: '发现', en: 'Findings' })}</dt><dd><strong>${text.findings.length}</strong></dd></div>
<div><dt>${inBoth({ zh: '有证据支持', en: 'Backed by evidence' })}</dt><dd><strong>${percent(coverage.backedShare)}</strong></dd></div></dl>`
  if (opinion === null) {
    return renderChapter('opinion', title, [
      total,
      renderNote({ zh: '尚未提出意见。', en: 'No opinion has been proposed yet.' }),
    ])
  }
  const agreedFor = new Map(agreed?.parts.map(({ part, materiality }) => [part, materiality]))
  return renderChapter('opinion', title, [
    total,
    html`<div class="verdict" data-opinion="${opinion.opinion}"><p class="opinion">${inBoth(opinionNames[opinion.opinion])}</p><p>${inBoth(opinionMeanings[opinion.opinion])}</p></div>`,
    html`<h3>${inBoth({ zh: '各部分', en: 'Part by part' })}</h3>`,
    renderTable({
      caption: { zh: '各部分的意见', en: 'Opinion part by part' },
      columns: [
        { name: { zh: '部分', en: 'Part' } },
        { name: { zh: '保证等级', en: 'Level of assurance' } },
        { name: { zh: '重要性', en: 'Materiality' } },
        { name: { zh: '意见', en: 'Opinion' } },
      ],
      body: html`<tbody>${opinion.parts.map(
        ({ part, assurance, opinion: said }) =>
          html`<tr><th scope="row">${inBoth(partNames[part])}</th><td>${inBoth(assuranceNames[assurance])}</td><td>${writeShare(agreedFor.get(part) ?? '') || '–'}</td><td>${inBoth(opinionNames[said])}</td></tr>`,
      )}</tbody>`,
    }),
    html`<dl class="facts">${fact({ zh: '依据', en: 'Basis of the opinion' }, html`<span class="written">${opinion.rationale}</span>`)}
${opinion.judgements.map(({ part, text: said }) => fact({ zh: `${partNames[part].zh}：高低相抵的判断`, en: `${partNames[part].en}: why they may set each other off` }, html`<span class="written">${said}</span>`))}
${fact({ zh: '提出', en: 'Proposed by' }, html`${who(opinion.by)} · ${dayInChina(opinion.at)}`)}</dl>`,
  ])
}

function renderParties({ text }: VerificationReport): Markup {
  const { parties, scheme, documentKind, subject } = text
  const face = (name: Bilingual, of: PartyFace | null) => (of === null ? html`` : fact(name, renderFace(of)))
  const document = documentKind === 'certificate' ? 'Certificate' : 'VerificationStatement'
  const about = subject === 'product' ? 'ProductFootprint' : 'OrganizationFootprint'
  return renderChapter(
    'parties',
    { zh: '各方与准则', en: 'Parties and criteria' },
    html`<dl class="facts">
${fact({ zh: '委托人', en: 'Client' }, inBoth(named(parties.client)))}
${fact({ zh: '核查机构', en: 'Body' }, inBoth(named(parties.body)))}
${face({ zh: '责任方', en: 'Responsible party' }, parties.responsibleParty)}
${face({ zh: '制造商', en: 'Manufacturer' }, parties.manufacturer)}
${face({ zh: '生产企业', en: 'Factory' }, parties.factory)}
${parties.product === null ? '' : fact({ zh: '产品', en: 'Product' }, inBoth(named(parties.product)))}
${parties.sites.length === 0 ? '' : fact({ zh: '场所', en: 'Sites' }, html`${parties.sites.map((site) => html`<span class="item">${renderFace(site)}</span>`)}`)}
${fact({ zh: '预期用户', en: 'Intended users' }, parties.intendedUsers ?? inBoth(notStated))}
${fact({ zh: '申请的文件', en: 'Document applied for' }, inBoth(documentTitles[document][about]))}
${fact({ zh: '方案', en: 'Scheme' }, html`${inBoth(named(scheme.title))} <span class="code">${scheme.id} ${scheme.version}</span>`)}
${fact({ zh: '标准', en: 'Standards' }, html`${scheme.standards.map((id) => html`<span class="item">${id}</span>`)}`)}
</dl>`,
  )
}

function renderFace({ name, address }: PartyFace): Markup {
  return html`${inBoth(named(name))}${address === null ? '' : html` <span class="under">${inBoth(named(address))}</span>`}`
}

function renderAgreed({ text }: VerificationReport, who: Who): Markup {
  const { agreed } = text
  const title = { zh: '约定', en: 'What was agreed' }
  if (agreed === null) {
    return renderChapter(
      'agreed',
      title,
      renderNote({ zh: '申请尚未受理。', en: 'The application has not been accepted.' }),
    )
  }
  return renderChapter('agreed', title, [
    html`<dl class="facts">
${fact({ zh: '目的', en: 'Objectives' }, html`<span class="written">${agreed.objectives}</span>`)}
${fact({ zh: '范围', en: 'Scope' }, html`<span class="written">${agreed.scope}</span>`)}
${fact({ zh: '准则', en: 'Criteria' }, html`${agreed.criteria.map((one) => html`<span class="item">${one}</span>`)}`)}
${fact({ zh: '工作量', en: 'Effort' }, inBoth({ zh: `${agreed.personDays} 人日`, en: `${agreed.personDays} person-days` }))}
${agreed.sector === null ? '' : fact({ zh: '行业（GB/T 4754）', en: 'Sector (GB/T 4754)' }, agreed.sector)}
${fact({ zh: '合同评审', en: 'Contract review' }, html`${who(agreed.by)} · ${dayInChina(agreed.at)}`)}
</dl>`,
    renderTable({
      caption: { zh: '各部分的保证等级与重要性', en: 'Level of assurance and materiality, part by part' },
      name: 'slim',
      columns: [
        { name: { zh: '部分', en: 'Part' } },
        { name: { zh: '保证等级', en: 'Level of assurance' } },
        { name: { zh: '重要性', en: 'Materiality' } },
      ],
      body: html`<tbody>${agreed.parts.map(
        ({ part, assurance, materiality }) =>
          html`<tr><th scope="row">${inBoth(partNames[part])}</th><td>${inBoth(assuranceNames[assurance])}</td><td>${writeShare(materiality)}</td></tr>`,
      )}</tbody>`,
    }),
  ])
}

function renderPersons({ text, persons }: VerificationReport, who: Who): Markup {
  const pseudonyms = new Map(persons.map(({ label, pseudonym }) => [label, pseudonym]))
  return renderChapter('persons', { zh: '人员', en: 'Persons' }, [
    renderTable({
      caption: { zh: '谁以何种角色参与', en: 'Who took part, in which role' },
      name: 'wide',
      columns: [
        { name: { zh: '人员', en: 'Person' } },
        { name: { zh: '角色', en: 'Role' } },
        { name: { zh: '所属', en: 'Side' } },
        { name: { zh: '自', en: 'Since' } },
        { name: { zh: '至', en: 'Until' } },
        { name: { zh: '文件中的化名', en: 'Pseudonym in the document' } },
      ],
      body: html`<tbody>${text.team.map(
        ({ person, role, side, since, endedAt }) =>
          html`<tr><th scope="row">${who(person)}</th><td>${inBoth(wordsFor(roleNames, role))}</td><td>${inBoth(wordsFor(sideNames, side))}</td><td class="day">${dayInChina(since)}</td><td class="day">${endedAt === null ? '' : dayInChina(endedAt)}</td><td class="code">${pseudonyms.get(person) ?? '–'}</td></tr>`,
      )}</tbody>`,
    }),
    renderNote({
      zh: '签名文件只以化名列出人员；同一人在同一文件中化名相同。本报告正文以 P1、P2 等代号指人，姓名不在摘要之内。',
      en: 'The signed document names persons by pseudonym alone, the same person by the same one. The text of this report names them by label; their names are outside its digest.',
    }),
  ])
}

function renderProcess({ text }: VerificationReport, who: Who): Markup {
  const { steps } = text
  const title = { zh: '核查过程', en: 'Process' }
  if (steps.length === 0) {
    return renderChapter(
      'process',
      title,
      renderNote({ zh: '没有工作底稿。', en: 'No working papers are on file.' }),
    )
  }
  return renderChapter('process', title, [
    renderTable({
      caption: { zh: '各步骤及其版本', en: 'Each step in each version' },
      columns: [
        { name: { zh: '日期', en: 'Day' } },
        { name: { zh: '步骤', en: 'Step' } },
        { name: { zh: '版本', en: 'Version' } },
        { name: { zh: '人员', en: 'By' } },
      ],
      body: html`<tbody>${steps.map(
        ({ kind: paper, subject, number, by, at }) =>
          html`<tr><td class="day">${dayInChina(at)}</td><td>${inBoth(wordsFor(paperNames, paper))}${paper === 'site-visit' ? html` · ${subject}` : ''}</td><td>${versionText(number)}</td><td>${who(by)}</td></tr>`,
      )}</tbody>`,
    }),
    ...newestOf(steps).map((step) => renderPaper(step, who)),
  ])
}

/** The newest version of each paper: the earlier ones are in the data, and in the table by day and person. */
function newestOf(steps: readonly ReportStep[]): readonly ReportStep[] {
  return [...new Map(steps.map((step) => [`${step.kind} ${step.subject}`, step])).values()]
}

function renderRevisions({ text }: VerificationReport, who: Who): Markup {
  const { revisions, factorTables, exclusions } = text
  const examined = factorTables.filter(({ examination }) => examination !== null)
  return renderChapter('revisions', { zh: '所核查的版本', en: 'What was verified' }, [
    renderTable({
      caption: { zh: '提交核查的版本', en: 'Revisions put before the body' },
      name: 'wide',
      columns: [
        { name: { zh: '版本', en: 'Revision' } },
        { name: { zh: '声明', en: 'Declared' } },
        { name: { zh: '明细', en: 'Lines' }, isNumber: true },
        { name: { zh: '总量', en: 'Total' }, isNumber: true },
        { name: { zh: '版本摘要', en: 'Digest of the revision' } },
      ],
      body: html`<tbody>${revisions.map(
        ({ number, declared, lineCount, printed, digest }) =>
          html`<tr><th scope="row">${number}</th><td>${dayInChina(declared.at)} · ${who(declared.by)}</td><td class="number">${lineCount}</td><td class="number">${writeAmount(printed.amount)} <span class="unit">${writeUnit(printed.unit)}</span></td><td class="code digest">${digest}</td></tr>`,
      )}</tbody>`,
    }),
    html`<dl class="facts">
${examined.map(({ table, version, examination }) => (examination === null ? '' : fact({ zh: '企业私有因子表', en: 'Private factor table' }, html`<span class="code">${table} ${version}</span>: ${inBoth(wordsFor(outcomeNames, examination.outcome))} · ${dayInChina(examination.at)} · ${who(examination.by)}<span class="item written">${examination.note}</span>`)))}
${exclusions.map(({ what, reason, estimatedShare }) => fact({ zh: '排除项', en: 'Excluded' }, html`${what} (${writeShare(estimatedShare)})<span class="item written">${reason}</span>`))}
</dl>`,
  ])
}

const filesShown = 500

function renderEvidence({ text, coverage }: VerificationReport): Markup {
  const { lineCount, backedCount, backedShare } = coverage
  return renderChapter('evidence', { zh: '证据', en: 'Evidence' }, [
    html`<p>${inBoth({
      zh: `${lineCount} 条明细中，${backedCount} 条有委托人的证据支持，占各条大小合计的 ${percent(backedShare)}。`,
      en: `Of ${lineCount} lines, evidence of the client’s stands behind ${backedCount}: ${percent(backedShare)} of their sizes.`,
    })}</p>`,
    renderFiles({ zh: '委托人的文件', en: 'Files of the client’s' }, text.evidence),
  ])
}

function renderFiles(caption: Bilingual, files: readonly ReportedFile[]): Markup {
  if (files.length === 0) return renderNote({ zh: '没有文件。', en: 'No files.' })
  return html`${renderTable({
    caption,
    name: 'files wide',
    columns: [
      { name: '#' },
      { name: { zh: '文件', en: 'File' } },
      { name: { zh: '支持', en: 'Stands behind' } },
      { name: 'SHA-256' },
    ],
    body: html`<tbody>${files
      .slice(0, filesShown)
      .map(
        ({ number, kind: evidence, name, lines, lineCount, meters, findings, sha256 }) =>
          html`<tr><th scope="row">${number}</th><td>${name}<span class="under">${inBoth(wordsFor(evidenceNames, evidence))}</span></td><td>${behind({ zh: '明细 ', en: 'lines ' }, lines, lineCount)}${behind({ zh: '表计 ', en: 'meters ' }, meters, meters.length)}${behind({ zh: '发现 ', en: 'findings ' }, findings.map(String), findings.length)}</td><td class="code digest">${sha256}</td></tr>`,
      )}</tbody>`,
  })}${moreNote(files.length, filesShown)}`
}

function behind(name: Bilingual, targets: readonly string[], count: number): Markup {
  if (count === 0) return html``
  const shown = someOf([...targets, ...Array.from({ length: count - targets.length }, () => '')])
  return html`<span class="item">${inBoth(name)}${inBoth(shown)}</span>`
}

function renderDecision({ text, document }: VerificationReport, who: Who): Markup {
  const { review, decision, overrideCount } = text
  const act = (by: { readonly by: string; readonly at: string } | null) =>
    by === null ? inBoth({ zh: '尚无', en: 'None yet' }) : html`${who(by.by)} · ${dayInChina(by.at)}`
  return renderChapter(
    'decision',
    { zh: '复核、决定与文件', en: 'Review, decision and document' },
    html`<dl class="facts">
${fact({ zh: '独立复核：同意意见', en: 'Independent review: concurred' }, act(review))}
${fact({ zh: '决定', en: 'Decision' }, decision === null ? act(null) : html`<b>${inBoth(wordsFor(outcomeNames, decision.outcome))}</b> · ${act(decision)}<span class="item written">${decision.reason}</span>`)}
${fact({ zh: '管理层凌驾', en: 'Management overrides' }, overrideCount === 0 ? inBoth({ zh: '无', en: 'None' }) : String(overrideCount))}
${
  document === null
    ? fact({ zh: '文件', en: 'Document' }, act(null))
    : html`${fact({ zh: '文件', en: 'Document' }, html`<span class="code">${document.number}</span> · ${dayInChina(document.issuedAt)}${document.validUntil === null ? '' : html` – ${dayInChina(document.validUntil)}`}<span class="item code digest">${document.url}</span><span class="item code digest">${document.digest}</span>`)}
${fact({ zh: '状态（现在）', en: 'Status, now' }, html`<b>${inBoth(wordsFor(standingNames, document.status))}</b> · ${dayInChina(document.statusAt)}`)}`
}
</dl>`,
  )
}

function renderBasis({ digest, annexDigest, text }: VerificationReport): Markup {
  const code = (value: string) => html`<span class="code digest">${value}</span>`
  return renderChapter('basis', { zh: '本报告', en: 'This report' }, [
    html`<dl class="facts">
${fact({ zh: '正文摘要', en: 'Digest of the text' }, code(digest))}
${annexDigest === null ? '' : fact({ zh: '附录摘要', en: 'Digest of the annex' }, code(annexDigest))}
${fact({ zh: '格式', en: 'Format' }, code(`${text.type} ${text.format}`))}
${fact({ zh: '项目', en: 'Engagement' }, code(text.engagement))}
</dl>`,
    renderNote({
      zh: '正文由项目记录生成，同一记录生成同样的字节；文件出具时，其摘要记入项目的审计链（issue 一项）。姓名与文件的现状不在正文之内。',
      en: 'The text is made from the engagement’s record: the same record makes the same bytes. When the document is issued, the digest enters the engagement’s audit trail with the act “issue”. Names, and how the document stands, are outside the text.',
    }),
  ])
}

const ownEvidence: Bilingual = { zh: '机构自行取得的证据', en: 'Evidence that the body gathered' }

function renderAnnex({ annex }: VerificationReport, who: Who): Markup {
  if (annex === null) return html``
  const { papers, reviewNotes, returned, files } = annex
  const note = (name: Bilingual, value: string | null) =>
    value === null ? html`` : fact(name, html`<span class="written">${value}</span>`)
  return html`<div class="annex">${renderChapter(
    'annex',
    { zh: '附录：机构内部', en: 'Annex: for the body' },
    [
      renderNote({
        zh: '仅供核查机构及其评审员，不交委托人。',
        en: 'For the body and its assessors; not for the client.',
      }),
      ...newestOf(papers).map((step) => renderPaper(step, who)),
      html`<dl class="facts">${note({ zh: '复核意见', en: 'The reviewer' }, reviewNotes)}${note({ zh: '最近一次退回核查组', en: 'Last returned to the team' }, returned?.notes ?? null)}</dl>`,
      html`<h3>${inBoth(ownEvidence)}</h3>`,
      renderFiles(ownEvidence, files),
    ],
  )}</div>`
}
