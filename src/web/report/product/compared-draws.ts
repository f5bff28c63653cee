/** Two products on the same draws: how far B − A is from zero, and in how many draws A is lower. */

import { html } from 'hono/html'
import type { Statistics } from '../../../engine/analysis/draw-types.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import type { Print, ProductComparison, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { type HistogramSetting, histogramDrawing } from '../histogram.ts'
import { percent, renderNote, renderTable } from '../pieces.ts'
import { renderFigure } from '../svg.ts'
import { amountText, withUnit } from './amounts.ts'
import { barsOf, barTable, leftOutText, notDrawnText, settingText, signedText, unitNumber } from './draws.ts'

/** B − A over the same draws: left of zero B is lower. */
export function renderComparedDraws({ totals, head }: ProductReport, { draws }: ProductComparison): Markup {
  const heading = { zh: '同一组抽样下的差额', en: 'The difference on the same draws' }
  const note = (text: Bilingual) => html`<h3>${inBoth(heading)}</h3>${renderNote(text)}`
  if (draws === null)
    return note({
      zh: '两者都没有给出不确定性，因此没有抽样。',
      en: 'Neither states an uncertainty, so nothing is drawn.',
    })
  if (draws.refusal !== null) return note(notDrawnText(draws.refusal))
  const statistics = draws.totals?.statistics ?? null
  if (draws.totals === null || statistics === null)
    return note({ zh: '没有足够的抽样在两者中都有解。', en: 'Too few draws have an answer in both.' })
  if (
    Number(statistics.low) === 0 &&
    Number(statistics.high) === 0 &&
    Number(statistics.standardDeviation) === 0
  )
    return note({ zh: '在每次抽样中两者都相同。', en: 'The two are the same in every draw.' })
  const { print } = head
  const measure = productMeasure(totals.total.kgCo2e, print)
  const setting = differenceSetting(draws.totals.difference, statistics, measure, print)
  const name = { zh: 'B − A，同一组抽样', en: 'B − A on the same draws' }
  return html`${renderFigure({
    id: 'difference',
    title: withUnit(name, print),
    description: {
      zh: '差额的直方图：零线左侧为 B 较低；数值见旁边的表。',
      en: 'A histogram of the difference: left of zero B is lower; the figures are in the table beside it.',
    },
    legend: html`<p class="legend"><span><span class="swatch side-b"></span>${inBoth({ zh: 'B 较低', en: 'B is lower' })}</span><span><span class="swatch side-a"></span>${inBoth({ zh: 'A 较低', en: 'A is lower' })}</span></p>`,
    wide: histogramDrawing(setting, 540),
    narrow: histogramDrawing(setting, 320),
    table: drawTable(draws.totals, print, totals.total.kgCo2e),
    note: drawNote(draws),
  })}${barTable(statistics, name, measure, print)}`
}

/** What is left of zero has the colour of B, what is right of it that of A: of whichever is lower there. */
function differenceSetting(
  difference: string,
  statistics: Statistics<string>,
  measure: ProductMeasure,
  print: Print,
): HistogramSetting {
  const of = (kgCo2e: string) => unitNumber(kgCo2e, measure, print)
  const { low, mean, high } = statistics
  const name = { zh: '均值与 95 % 区间', en: 'Mean and 95 % interval' }
  return {
    ...barsOf(statistics, measure, print),
    point: of(difference),
    pointText: signedText(measure.amount(difference), print),
    intervals: [{ name, low: of(low), middle: of(mean), high: of(high) }],
    tone: (middle) => (middle < 0 ? 'side-b' : 'side-a'),
    cuts: [0],
  }
}

type Totals = NonNullable<NonNullable<ProductComparison['draws']>['totals']>

function drawTable({ a, b, statistics, belowShare }: Totals, print: Print, total: string): Markup {
  const measure = productMeasure(total, print)
  const text = (kgCo2e: string) => amountText(measure.amount(kgCo2e), print)
  const row = (name: Bilingual, of: (one: Statistics<string>) => string) =>
    html`<tr><th scope="row">${inBoth(name)}</th>${[a.statistics, b.statistics, statistics].map((one) => html`<td class="number">${one === null ? '–' : of(one)}</td>`)}</tr>`
  return renderTable({
    caption: { zh: '抽样结果', en: 'What the draws say' },
    columns: [
      { name: { zh: '项', en: 'Item' } },
      ...['A', 'B', 'B − A'].map((name) => ({ name, isNumber: true })),
    ],
    name: 'drawn-pair',
    body: html`<tbody>${row({ zh: '均值', en: 'Mean' }, ({ mean }) => text(mean))}${row({ zh: '标准差', en: 'Std. deviation' }, ({ standardDeviation }) => text(standardDeviation))}${row({ zh: '2.5 %', en: '2.5 %' }, ({ low }) => text(low))}${row({ zh: '中位数', en: 'Median' }, ({ median }) => text(median))}${row({ zh: '97.5 %', en: '97.5 %' }, ({ high }) => text(high))}</tbody>
<tfoot><tr><th scope="row" colspan="3">${inBoth({ zh: 'A 较低的抽样占比', en: 'Draws in which A is lower' })}</th><td class="number"><strong>${belowShare === null ? '–' : percent(belowShare)}</strong></td></tr></tfoot>`,
  })
}

function drawNote({ drawn, totals }: NonNullable<ProductComparison['draws']>): Bilingual {
  const setting = settingText(drawn)
  const shared = totals?.shared ?? 0
  const left = totals === null ? [] : [leftOutOf('A', totals.a), leftOutOf('B', totals.b)]
  return {
    zh: `${setting.zh}；两者共有的 ${shared} 项同偏，只有差异之处起作用。仅供参考，不属于认证结果。${left.map(({ zh }) => zh).join('')}`,
    en: `${setting.en}; ${shared === 1 ? 'one thing that both hold is' : `${shared} things that both hold are`} off alike in both, so that only what tells them apart decides. It informs, and is no part of what is certified.${left.map(({ en }) => en).join('')}`,
  }
}

/** Of one side; empty where everything is in its figures. */
function leftOutOf(side: string, totals: Totals['a']): Bilingual {
  const { zh, en } = leftOutText(totals)
  return { zh: zh === '' ? '' : `${side}：${zh}`, en: en === '' ? '' : ` ${side}:${en}` }
}
