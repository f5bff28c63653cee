/** What draws say, as pages have it: how they were made, what they left out, and their bars as a table. */

import { html } from 'hono/html'
import type { DrawSetting, Statistics } from '../../../engine/analysis/draw-types.ts'
import type { ProductMeasure } from '../../../report/product/measure.ts'
import type { NotDrawn, Print, ProductAmount } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { writeAmount } from '../../quantity.ts'
import { wordsFor } from '../../wording.ts'
import type { HistogramSetting } from '../histogram.ts'
import { percent, renderTable } from '../pieces.ts'
import { amountText, inUnit, withUnit } from './amounts.ts'

/** kg CO2e as text in the unit of the report. */
export function unitNumber(kgCo2e: string, measure: ProductMeasure, print: Print): number {
  return inUnit(measure.amount(kgCo2e), print)
}

/** With its sign, where it says more or less of something. */
export function signedText(amount: ProductAmount, print: Print): string {
  const text = amountText(amount, print)
  return Number(amount.kgCo2e) > 0 ? `+${text}` : text
}

/** The bars of a histogram in the unit of the report. */
export function barsOf(
  { histogram }: Statistics<string>,
  measure: ProductMeasure,
  print: Print,
): Pick<HistogramSetting, 'from' | 'to' | 'counts'> {
  const { from, to, counts } = histogram
  return { from: unitNumber(from, measure, print), to: unitNumber(to, measure, print), counts }
}

/** `1,000 draws from seed 7`: enough to make them again. */
export function settingText({ draws, seed, generator }: DrawSetting): Bilingual {
  const many = writeAmount(String(draws))
  return {
    zh: `${many} 次抽样，种子 ${seed}（${generator}）`,
    en: `${many} draws from seed ${seed} (${generator})`,
  }
}

/** What is in no figure of the draws; empty where everything is. */
export function leftOutText({
  refused,
  signChanged,
}: {
  readonly refused: { readonly draws: number; readonly share: string }
  readonly signChanged: number
}): Bilingual {
  const none = refused.draws === 0
  const turned = signChanged === 0
  return {
    zh: `${none ? '' : `其中 ${refused.draws} 次（${percent(refused.share)}）无解，未计入。`}${turned ? '' : `${signChanged} 次中有数量或因子变号。`}`,
    en: `${none ? '' : ` ${refused.draws} of them (${percent(refused.share)}) have no answer and are in no figure.`}${turned ? '' : ` In ${signChanged} an amount or factor is on the other side of zero.`}`,
  }
}

const refusalNames: Readonly<Record<string, Bilingual>> = {
  'analysis-too-large': {
    zh: '系统太大，报告中不作抽样',
    en: 'the system is too large for a report to draw',
  },
  'recomputation-differs': {
    zh: '该结果由较早的引擎算出，只有那个引擎可为其抽样',
    en: 'an earlier engine calculated it, and only that may draw for it',
  },
}

/** Why nothing was drawn. */
export function notDrawnText({ code }: NotDrawn): Bilingual {
  const { zh, en } = wordsFor(refusalNames, code)
  return { zh: `未作蒙特卡洛抽样：${zh}。`, en: `Nothing was drawn (Monte Carlo): ${en}.` }
}

/** The bars as a table, opened by whoever wants it. */
export function barTable(
  { histogram }: Statistics<string>,
  caption: Bilingual,
  measure: ProductMeasure,
  print: Print,
): Markup {
  const { from, to, counts } = histogram
  const wide = (Number(to) - Number(from)) / counts.length
  const edge = (at: number) => amountText(measure.amount(Number(from) + at * wide), print)
  return html`<details class="bars-told"><summary>${inBoth({ zh: '直方图数据', en: 'The bars as a table' })}</summary>${renderTable(
    {
      caption,
      columns: [
        { name: withUnit({ zh: '自', en: 'From' }, print), isNumber: true },
        { name: { zh: '至', en: 'To' }, isNumber: true },
        { name: { zh: '次数', en: 'Draws' }, isNumber: true },
      ],
      name: 'slim',
      body: html`<tbody>${counts.map((count, at) => html`<tr><td class="number">${edge(at)}</td><td class="number">${edge(at + 1)}</td><td class="number">${count}</td></tr>`)}</tbody>`,
    },
  )}</details>`
}
