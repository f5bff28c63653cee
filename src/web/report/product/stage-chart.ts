/** A footprint by stage of the life cycle: bars from zero, what is taken off to the left of it, kinds of flow in their colours. */

import { html } from 'hono/html'
import type { FlowKind } from '../../../engine/types.ts'
import type { Print, ProductReport, StageRow } from '../../../report/product/types.ts'
import { inBoth, type Markup } from '../../language.ts'
import { kindNames, stageNames } from '../../wording.ts'
import { renderTable, shareCell, shareColumn } from '../pieces.ts'
import { acrossGrid, type Drawing, px, renderFigure, type Scale, scaleOf, svgText } from '../svg.ts'
import { amountText, inUnit, productCell, productColumn, withUnit } from './amounts.ts'
import { kindTone, stateWords } from './words.ts'

export function renderStages({ stages, totals, head }: ProductReport): Markup {
  const { print } = head
  const kinds = kindsShown(stages)
  return renderFigure({
    id: 'stages',
    title: withUnit({ zh: '按生命周期阶段', en: 'By life-cycle stage' }, print),
    description: {
      zh: '每个阶段一条横条，抵扣与清除在零线左侧；数值见旁边的表。',
      en: 'A bar for each stage, credits and removals to the left of zero; the figures are in the table beside it.',
    },
    wide: stageDrawing(stages, print, 540),
    narrow: stageDrawing(stages, print, 320),
    legend: kinds.length > 1 ? legendOf(kinds) : '',
    table: renderTable({
      caption: { zh: '按生命周期阶段', en: 'By life-cycle stage' },
      columns: [{ name: { zh: '阶段', en: 'Stage' } }, productColumn(print), shareColumn],
      body: html`<tbody>${stages.map((row) => stageRow(row, print))}</tbody>
<tfoot><tr><th scope="row">${inBoth({ zh: '合计', en: 'Total' })}</th>${productCell(totals.total, print)}${shareCell(null)}</tr></tfoot>`,
    }),
  })
}

function stageRow({ stage, state, amount, share }: StageRow, print: Print): Markup {
  const absent = state === 'reported' ? undefined : stateWords[state]
  return html`<tr${amount === null ? html` class="absent"` : ''}><th scope="row">${inBoth(stageNames[stage])}</th>${productCell(amount, print, absent)}${shareCell(share)}</tr>`
}

function kindsShown(stages: readonly StageRow[]): readonly FlowKind[] {
  return [...new Set(stages.flatMap(({ kinds }) => kinds.map(({ kind }) => kind)))]
}

function legendOf(kinds: readonly FlowKind[]): Markup {
  return html`<p class="legend">${kinds.map(
    (kind) => html`<span><span class="swatch ${kindTone(kind)}"></span>${inBoth(kindNames[kind])}</span>`,
  )}</p>`
}

/** A stage's bars end to end: what adds to the right of zero, what is taken off to the left. */
interface Span {
  readonly kind: FlowKind
  readonly from: number
  readonly to: number
}

function spansOf({ kinds }: StageRow, print: Print): readonly Span[] {
  let [below, above] = [0, 0]
  return kinds
    .flatMap(({ kind, added, takenOff }): Span[] => {
      const [more, less] = [inUnit(added, print), inUnit(takenOff, print)]
      const spans = [
        { kind, from: above, to: above + more },
        { kind, from: below + less, to: below },
      ]
      above += more
      below += less
      return spans
    })
    .filter(({ from, to }) => to > from)
}

function stageDrawing(stages: readonly StageRow[], print: Print, width: number): Drawing {
  const isNarrow = width < 400
  const rowHeight = isNarrow ? 52 : 42
  const spans = stages.map((row) => spansOf(row, print))
  const ends = spans.flat().flatMap(({ from, to }) => [from, to])
  const scale = scaleOf(ends, isNarrow ? 3 : 5)
  const [left, right] = [isNarrow ? 2 : 118, 66]
  const inset = scale.low < 0 ? 58 : 0
  const place = (value: number) =>
    left + inset + ((value - scale.low) / (scale.high - scale.low)) * (width - left - inset - right)
  const foot = stages.length * rowHeight + 30
  const rows = stages.map((row, at) =>
    rowDrawing(row, spans[at] as readonly Span[], { place, print, isNarrow, left, top: 30 + at * rowHeight }),
  )
  return { width, height: foot + 24, marks: gridBehind(scale, place, foot) + rows.join('') }
}

function gridBehind(scale: Scale, place: (value: number) => number, foot: number): string {
  return `${acrossGrid(scale, place, foot)}<path class="zero" d="M${px(place(0))} 26V${foot}"/>`
}

interface RowSetting {
  readonly place: (value: number) => number
  readonly print: Print
  readonly isNarrow: boolean
  readonly left: number
  readonly top: number
}

function rowDrawing(row: StageRow, spans: readonly Span[], setting: RowSetting): string {
  const { place, print, isNarrow, left, top } = setting
  const [y, height] = isNarrow ? [top + 20, 24] : [top + 8, 26]
  const name = isNarrow
    ? svgText(stageNames[row.stage], left, top + 14, 'class="label small"')
    : svgText(stageNames[row.stage], left - 10, y + 17, 'class="label small" text-anchor="end"')
  if (row.amount === null) {
    const absent = stateWords[row.state as keyof typeof stateWords]
    return name + svgText(absent, place(0) + 8, y + 17, 'class="tick"')
  }
  const bars = spans.map(
    ({ kind, from, to }) =>
      `<rect class="${kindTone(kind)}" x="${px(place(from))}" y="${px(y)}" width="${px(Math.max(place(to) - place(from), 0.6))}" height="${height}"/>`,
  )
  return name + bars.join('') + netDrawing(row, spans, print, place, y)
}

/** The stage's sum, at the end of what adds or of what is taken off; and a mark where both meet. */
function netDrawing(
  { amount }: StageRow,
  spans: readonly Span[],
  print: Print,
  place: (value: number) => number,
  y: number,
): string {
  if (amount === null) return ''
  const net = inUnit(amount, print)
  const [low, high] = [
    Math.min(0, ...spans.map(({ from }) => from)),
    Math.max(0, ...spans.map(({ to }) => to)),
  ]
  const isMixed = low < 0 && high > 0
  const x = place(net)
  const mark = isMixed ? `<path class="net" d="M${px(x - 5)} ${y - 7}H${px(x + 5)}L${px(x)} ${y}Z"/>` : ''
  const text = amountText(amount, print)
  const label =
    net < 0
      ? svgText(text, place(low) - 6, y + 18, 'class="value small" text-anchor="end"')
      : svgText(text, place(high) + 6, y + 18, 'class="value small"')
  return mark + label
}
