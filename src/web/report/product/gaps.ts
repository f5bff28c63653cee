/** What a verifier must see of a product, and what the footprint leaves out or rests on: said before anyone has to ask. */

import { html } from 'hono/html'
import type { FindingRow, ProcessRow, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { stageNames } from '../../wording.ts'
import { absentFact, exclusionTable, flagTable, gasesFact, joined, renderEstimates } from '../gaps.ts'
import { renderChapter, renderTable, shareCell, shareColumn, someOf } from '../pieces.ts'
import { productCell, productColumn } from './amounts.ts'
import { findingWords } from './finding-words.ts'
import { ruleText } from './method.ts'
import { ruleNames } from './method-finding-words.ts'
import { nameOr } from './words.ts'

const title: Bilingual = { zh: '发现的事项', en: 'Findings' }

export function renderFindings({ findings, processes }: ProductReport): Markup {
  return renderChapter('findings', title, [findingsBody(findings, processes)])
}

function findingsBody(findings: ProductReport['findings'], processes: readonly ProcessRow[]): Markup {
  if (findings === null) {
    return html`<p>${inBoth({ zh: '该记录早于此项检查，未作说明。', en: 'The record is older than these checks and says nothing of them.' })}</p>`
  }
  if (findings.length === 0)
    return html`<p>${inBoth({ zh: '引擎未发现须提请核查员注意的事项。', en: 'The engine found nothing that a verifier must see.' })}</p>`
  const names = new Map(processes.map(({ process, name }) => [process, name]))
  return renderTable({
    caption: title,
    columns: [
      { name: { zh: '事项与含义', en: 'What, and what it means' } },
      { name: { zh: '所涉', en: 'Where' } },
      shareColumn,
    ],
    body: html`<tbody>${findings.map((finding) => findingRow(finding, names))}</tbody>`,
  })
}

function findingRow(
  { code, lines, processes, share, rule }: FindingRow,
  names: ReadonlyMap<string, ProcessRow['name']>,
): Markup {
  const { name, meaning } = findingWords[code]
  const involved = processes.map((id) => nameOr(names.get(id) ?? null, id))
  const some = { zh: someOf(involved.map(({ zh }) => zh)).zh, en: someOf(involved.map(({ en }) => en)).en }
  return html`<tr><th scope="row"><b>${inBoth(name)}</b><span class="under">${inBoth(meaning)}</span>${rule === undefined ? '' : html`<span class="under">${inBoth(brokenRule(rule))}</span>`}</th><td>${inBoth(some)}${lines.length === 0 ? '' : html`<span class="under code">${inBoth(someOf(lines))}</span>`}</td>${shareCell(share)}</tr>`
}

/** What rules ask, what stands there, and where. */
function brokenRule({ rule, asked, given, pointer }: NonNullable<FindingRow['rule']>): Bilingual {
  const { zh, en } = ruleNames[rule]
  const [wanted, found] = [ruleText({ rule, value: asked }), ruleText({ rule, value: given })]
  return {
    zh: `${zh}：规则要求 ${wanted.zh}，实为 ${found.zh}（${pointer}）`,
    en: `${en}: the rules ask ${wanted.en}, and ${found.en} stands there (${pointer})`,
  }
}

export function renderProductGaps({ gaps, head }: ProductReport): Markup {
  const { print } = head
  const stages = gaps.stagesWithoutLines
  return renderChapter('gaps', { zh: '声明的缺口', en: 'Declared gaps' }, [
    html`<p class="lead-note">${inBoth({
      zh: '缺口不是零：凡未测量、估算或排除的，都在此按名称列出。',
      en: 'A gap is never a zero: what was not measured, estimated or left out is named here.',
    })}</p>`,
    renderExclusions(gaps),
    flagTable(gaps),
    renderEstimates(gaps.estimates, productColumn(print), ({ amount }) => productCell(amount, print)),
    html`<dl class="facts">${absentFact(
      { zh: '边界内未报告的阶段', en: 'Stages within the boundary without a line' },
      joined(stages.map((stage) => stageNames[stage])),
      stages.length,
    )}${gasesFact(gaps)}</dl>`,
  ])
}

/** As of an inventory, with the stage behind what would stand in one. */
function renderExclusions({ exclusions, excludedShare }: ProductReport['gaps']): Markup {
  return exclusionTable({
    excludedShare,
    exclusions: exclusions.map(({ stage, ...excluded }) => ({
      ...excluded,
      ...(stage === undefined ? {} : { under: stageNames[stage] }),
    })),
  })
}
