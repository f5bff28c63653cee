/** Where a factor was read, how sure that is, and every doubt that travels with it. */

import { html } from 'hono/html'
import type { FactorReading } from '../../actions/registry/read-factor.ts'
import type { Confirmation } from '../../engine/types.ts'
import type { PublishedFactor, SourceDocument } from '../../tables/format.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { wordsFor } from '../wording.ts'
import { documentPath } from './addresses.ts'
import { gasWritten } from './gases.ts'
import { renderTerm } from './pieces.ts'
import { confirmationMeanings, confirmationNames } from './words.ts'

/** The chain from the row to a document: which, where in it, whose copy, how checked, under which digest. */
export function renderProvenance({ factor, version, document }: FactorReading): Markup {
  const source = document.facts.sources.find(({ id }) => id === factor.source.id)
  return html`<section class="provenance" aria-labelledby="provenance">
<h2 id="provenance">${inBoth({ zh: '出处', en: 'Where it comes from' })}</h2>
<dl class="terms">
${source === undefined ? '' : renderDocument(source)}
${renderTerm({ zh: '文件中的位置', en: 'Place in it' }, html`<b>${factor.source.locator}</b>`)}
${source === undefined ? '' : renderCopy(source)}
${renderConfidence(factor.confirmation)}
${renderTerm(
  { zh: '版本摘要', en: 'Digest of the edition' },
  html`<a class="code" href="${documentPath(version.digest)}">${version.digest}</a>`,
)}
${renderTerm({ zh: '许可', en: 'Licence' }, html`${version.licence}<br><span class="soft">${version.attribution}</span>`)}
</dl>
</section>`
}

function renderDocument({ title, publisher, year }: SourceDocument): Markup {
  return html`${renderTerm({ zh: '文件', en: 'Document' }, html`<b>${title}</b>, ${year}`)}
${renderTerm({ zh: '发布者', en: 'Publisher' }, publisher)}`
}

/** How sure a row or a source is, and what that means. */
export function renderConfidence(confirmation: Confirmation): Markup {
  const meaning = inBoth(confirmationMeanings[confirmation])
  return renderTerm(
    { zh: '可信程度', en: 'How sure' },
    html`<b>${inBoth(confirmationNames[confirmation])}</b>: ${meaning}`,
  )
}

/** The copy a source was read from, and what was done to trust it. */
export function renderCopy({ obtained, checks, fileDigest }: SourceDocument): Markup {
  const digest = fileDigest === null ? '' : html`<br><span class="code">${fileDigest}</span>`
  return html`${renderTerm({ zh: '取自', en: 'Read from' }, html`${obtained}${digest}`)}
${renderTerm({ zh: '核对', en: 'Checks' }, checks)}`
}

const ruleNames: Readonly<Record<string, Bilingual>> = {
  'gas-sum': { zh: '各气体之和与合计不符', en: 'gases do not add up to the stated sum' },
  'biogenic-in-fossil': { zh: '生物源写在化石栏', en: 'biogenic in the fossil column' },
  plausibility: { zh: '超出同类的合理范围', en: 'outside the band of its neighbours' },
}

/** Uncertainty, remarks and acknowledged faults; nothing where there are none. */
export function renderDoubts({ uncertainty, acknowledged, notes }: PublishedFactor): Markup {
  const rules = Object.entries(acknowledged)
  return html`<section class="doubts" aria-labelledby="doubts">
<h2 id="doubts">${inBoth({ zh: '不确定性与说明', en: 'Uncertainty and remarks' })}</h2>
<dl class="terms">
${renderTerm({ zh: '不确定性', en: 'Uncertainty' }, renderUncertainty(uncertainty))}
${rules.map(([rule, reason]) =>
  renderTerm(
    { zh: '已知偏离', en: 'Acknowledged' },
    html`<b>${inBoth(wordsFor(ruleNames, rule))}</b>: <span lang="en">${reason}</span>`,
  ),
)}
${notes === null ? '' : renderTerm({ zh: '备注', en: 'Remarks' }, html`<span lang="en">${notes}</span>`)}
</dl>
</section>`
}

function renderUncertainty(uncertainty: PublishedFactor['uncertainty']): Markup {
  if (uncertainty === null) {
    return inBoth({ zh: '来源没有说明：未知，不是零', en: 'not stated by the source: unknown, not zero' })
  }
  const { of, lowPercent, highPercent, confidencePercent, confirmation } = uncertainty
  const sign = (percent: string) => (percent.startsWith('-') ? '' : '+') + writeAmount(percent)
  return html`${gasWritten(of)}: <b>${sign(lowPercent)} % … ${sign(highPercent)} %</b> ${inBoth({
    zh: `（${confidencePercent} % 置信区间，${confirmationNames[confirmation].zh}）`,
    en: `(${confidencePercent} % interval, ${confirmationNames[confirmation].en})`,
  })}`
}
