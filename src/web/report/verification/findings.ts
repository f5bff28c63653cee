/** What was found, what the client said to it, and what it comes to. */

import { html } from 'hono/html'
import type { ReportedMateriality, ReportFinding, ReportText } from '../../../report/verification/shape.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { dayInChina, writeShare } from '../../quantity.ts'
import { partNames, wordsFor } from '../../wording.ts'
import { type Column, figure, renderChapter, renderNote, renderTable, someOf } from '../pieces.ts'
import type { Who } from './papers.ts'
import { findingNames, outcomeNames, severityNames } from './words.ts'

/** Every finding with its answer and its end. */
export function renderFindings({ findings }: ReportText, who: Who): Markup {
  const title = { zh: '发现与关闭', en: 'Findings' }
  if (findings.length === 0) {
    return renderChapter(
      'findings',
      title,
      renderNote({ zh: '没有提出发现。', en: 'No finding was raised.' }),
    )
  }
  return renderChapter('findings', title, [...findings.map((finding) => renderFinding(finding, who))])
}

function renderFinding(finding: ReportFinding, who: Who): Markup {
  const { number, state, closure, text, lines, answer, closed, raised, disclosed } = finding
  const end = disclosed && state === 'open' ? 'disclosed' : (closure ?? state)
  return html`<article class="finding" data-end="${end}"><h3><span class="no">${number}</span> ${inBoth(kindOf(finding))}
<span class="end">${inBoth(wordsFor(outcomeNames, end))}</span></h3>
<p class="note">${dayInChina(raised.at)} · ${who(raised.by)}${marksOf(finding).map((mark) => html` · ${inBoth(mark)}`)}${lines.length === 0 ? '' : html` · ${inBoth({ zh: '明细 ', en: 'lines ' })}${inBoth(someOf(lines))}`}</p>
<p class="written">${text}</p>
${
  answer === null
    ? ''
    : html`<p class="said"><b>${inBoth({ zh: '委托人答复', en: 'The client’s answer' })}</b> <span class="note">${dayInChina(answer.at)} · ${who(answer.by)}</span></p>
<p class="written">${answer.text}</p>
${answer.correctiveAction === null ? '' : html`<p><b>${inBoth({ zh: '纠正措施', en: 'Corrective action' })}</b> <span class="written">${answer.correctiveAction.text}</span> <span class="note">${inBoth({ zh: `完成期限 ${answer.correctiveAction.doneBy}`, en: `by ${answer.correctiveAction.doneBy}` })}</span></p>`}`
}
${closed === null ? '' : html`<p class="said"><b>${inBoth({ zh: '关闭', en: 'Closure' })}</b> <span class="note">${dayInChina(closed.at)} · ${who(closed.by)}</span></p><p class="written">${closed.note}</p>`}
</article>`
}

function kindOf({ kind, severity, part }: ReportFinding): Bilingual {
  const name = wordsFor(findingNames, kind)
  const grade = severity === null ? null : severityNames[severity]
  const of = part === null ? null : partNames[part]
  return {
    zh: `${grade?.zh ?? ''}${name.zh}${of === null ? '' : ` · ${of.zh}`}`,
    en: `${name.en}${grade === null ? '' : `, ${grade.en}`}${of === null ? '' : ` · ${of.en}`}`,
  }
}

function marksOf({ quantityKgCo2e, projected, intentional, answerBy }: ReportFinding): Bilingual[] {
  const size = quantityKgCo2e === null ? null : `${figure(quantityKgCo2e)} kg CO₂e`
  return [
    ...(size === null ? [] : [{ zh: size, en: size }]),
    ...(projected ? [{ zh: '由样本推断', en: 'projected from a sample' }] : []),
    ...(intentional ? [{ zh: '故意', en: 'intentional' }] : []),
    ...(answerBy === null ? [] : [{ zh: `答复期限 ${answerBy}`, en: `answer by ${answerBy}` }]),
  ]
}

const kilograms = (zh: string, en: string): Column => ({ name: { zh, en }, isNumber: true })

/** The arithmetic of what stands uncorrected, part by part. */
export function renderMateriality({ materiality }: ReportText): Markup {
  return renderChapter('materiality', { zh: '重要性', en: 'Materiality' }, [
    renderNote({
      zh: '单位 kg CO₂e。仅计未更正的错报：净额为高报与低报相抵，总额为各项大小之和；限值 = 约定比例 × 更正后的结果。',
      en: 'In kg CO₂e. Only what stands uncorrected: net sets over- and understatements off, gross adds their sizes; the threshold is the share agreed × the corrected result.',
    }),
    renderTable({
      caption: { zh: '各部分的错报与限值', en: 'Misstatements and thresholds, part by part' },
      name: 'wide',
      columns: [
        { name: { zh: '部分', en: 'Part' } },
        kilograms('报告值', 'Reported'),
        kilograms('更正后', 'Corrected'),
        kilograms('限值', 'Threshold'),
        kilograms('已知净额', 'Known, net'),
        kilograms('已知总额', 'Known, gross'),
        kilograms('推断净额', 'Projected, net'),
        kilograms('推断总额', 'Projected, gross'),
        { name: { zh: '比较', en: 'Compared' } },
      ],
      body: html`<tbody>${materiality.map(renderPart)}</tbody>`,
    }),
  ])
}

function renderPart(one: ReportedMateriality): Markup {
  const { known, projected, materiality } = one
  const cell = (value: string | null) => html`<td class="number">${value === null ? '–' : figure(value)}</td>`
  const agreed = materiality === null ? '' : html`<span class="under">${writeShare(materiality)}</span>`
  return html`<tr><th scope="row">${inBoth(partNames[one.part])}</th>${cell(one.reported)}${cell(one.corrected)}
<td class="number">${figure(one.threshold)}${agreed}</td>
${[known.net, known.gross, projected.net, projected.gross].map(cell)}<td>${inBoth(comparedText(one))}</td></tr>`
}

function comparedText({
  together,
  netOver,
  grossOver,
  singleOver,
  intentional,
}: ReportedMateriality): Bilingual {
  if (together.count === 0) return { zh: '无未更正错报', en: 'nothing uncorrected' }
  if (intentional.length > 0) return { zh: '有故意错报', en: 'an intentional one' }
  if (singleOver.length > 0) return { zh: '单项达到限值', en: 'one reaches it alone' }
  if (netOver) return { zh: '净额达到限值', en: 'net reaches it' }
  return grossOver
    ? { zh: '总额达到限值，净额未达到', en: 'gross reaches it, net does not' }
    : { zh: '低于限值', en: 'below' }
}
