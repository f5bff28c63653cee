/** Two products beside one another: what each comes to, by stage, kind and gas, process, category and line, and which is lower on the same draws. */

import { html } from 'hono/html'
import type { LifeCycleStage } from '../../../engine/types.ts'
import type {
  ComparedSide,
  Pair,
  Print,
  ProductComparison,
  ProductHead,
  ProductReport,
} from '../../../report/product/types.ts'
import { gasWritten } from '../../factors/gases.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { lastDay, writeUnit } from '../../quantity.ts'
import { boundaryNames, kindNames, stageNames, wordsFor } from '../../wording.ts'
import { type Column, figure, moreNote, percent, renderChapter, renderNote, renderTable } from '../pieces.ts'
import { acrossGrid, type Drawing, px, renderFigure, scaleOf, svgText } from '../svg.ts'
import { named } from '../words.ts'
import { amountText, inUnit, productCell, withUnit } from './amounts.ts'
import { renderComparedDraws } from './compared-draws.ts'
import { signedText } from './draws.ts'
import { declaredUnitText, functionText, nameOr, productCategory, stateWords } from './words.ts'

const title: Bilingual = { zh: '两相对照', en: 'Side by side' }

export function renderSideBySide(report: ProductReport): Markup {
  const { comparison, head } = report
  if (comparison === null) return html``
  return renderChapter('beside', title, [
    renderNote({
      zh: '两者的单位、系统边界、GWP、分配、报废阶段方法与资本品选择一致，可以对照；任何一项不同都会被拒绝。',
      en: 'Both have one unit, boundary, set of warming potentials, allocation, end of life and choice of capital goods; with any of these apart they are refused.',
    }),
    renderSides(head, comparison.with),
    renderPair(comparison, head.print),
    renderPairedStages(comparison, head.print),
    pairTable(kindsOf(comparison), { zh: '两者按来源类型', en: 'Both by kind' }, head.print),
    renderGases(comparison, head.print),
    renderWhere(comparison, head.print),
    renderComparedDraws(report, comparison),
  ])
}

const sides = ['a', 'b'] as const

/** The sign of a side, in its colour. */
function sideName(side: (typeof sides)[number]): Markup {
  return html`<span class="swatch side-${side}"></span>${side.toUpperCase()}`
}

function renderSides(head: ProductHead, other: ComparedSide): Markup {
  const row = (name: Bilingual, of: (side: ProductHead | ComparedSide) => Markup | string) =>
    html`<tr><th scope="row">${inBoth(name)}</th><td>${of(head)}</td><td>${of(other)}</td></tr>`
  const caption = { zh: '对照的两者', en: 'What is compared' }
  return html`${renderTable({
    caption,
    columns: [{ name: { zh: '项', en: 'Item' } }, { name: 'A' }, { name: 'B' }],
    name: 'sides',
    body: html`<tbody>${html`<tr class="group"><th scope="row">${inBoth({ zh: '产品碳足迹', en: 'Footprint' })}</th><td><span class="swatch side-a"></span>${head.title}</td><td><span class="swatch side-b"></span>${other.title}</td></tr>`}
${row({ zh: '产品', en: 'Product' }, ({ product }) => (product === null ? '–' : html`${inBoth(named(product.name))}${product.model === null ? '' : ` · ${product.model}`}`))}
${row({ zh: '版本', en: 'Stands' }, (side) => inBoth(standsText(side)))}
${row({ zh: '报告期', en: 'Period' }, ({ period }) => `${period.start} – ${lastDay(period.end)}`)}
${row({ zh: '区域', en: 'Region' }, ({ region }) => region)}
${row({ zh: '单位', en: 'Unit' }, (side) => inBoth(side.functionalUnit === null ? declaredUnitText(side) : functionText(side.functionalUnit)))}
${row({ zh: '因子表', en: 'Factor tables' }, ({ factorTables }) => html`<span class="code">${factorTables.map(({ table, version }) => `${table} ${version}`).join(', ') || '–'}</span>`)}</tbody>`,
  })}${renderNote({
    zh: `系统边界：${wordsFor(boundaryNames, head.boundary).zh}。`,
    en: `System boundary: ${wordsFor(boundaryNames, head.boundary).en.toLowerCase()}.`,
  })}`
}

function standsText(side: ProductHead | ComparedSide): Bilingual {
  const revision =
    'revision' in side ? side.revision : side.standing.state === 'draft' ? null : side.standing.revision
  return revision === null
    ? { zh: '现稿', en: 'as it stands' }
    : { zh: `第 ${revision} 版`, en: `revision ${revision}` }
}

function renderPair({ total }: ProductComparison, print: Print): Markup {
  const unit = writeUnit(print.unit)
  const { a, b, difference, ratio } = total
  const tile = (name: Markup, value: string | null) =>
    html`<div><dt>${name}</dt><dd><strong>${value ?? '–'}</strong>${value === null ? '' : html` <span class="unit">${unit}</span>`}</dd></div>`
  return html`<dl class="tiles vector-tiles">${tile(sideName('a'), a && amountText(a, print))}${tile(sideName('b'), b && amountText(b, print))}${tile(html`B − A`, difference && signedText(difference, print))}
<div><dt>B ÷ A</dt><dd><strong>${ratio === null ? '–' : percent(ratio)}</strong></dd></div></dl>`
}

interface PairRow {
  readonly name: Markup
  readonly isApart: boolean
  readonly pair: Pair
  /** What stands where there is no amount. */
  readonly absent?: { readonly a: Bilingual; readonly b: Bilingual }
}

function pairColumns(first: Bilingual): readonly Column[] {
  return [{ name: first }, ...['A', 'B', 'B − A', 'B ÷ A'].map((name) => ({ name, isNumber: true }))]
}

function pairCells({ a, b, difference, ratio }: Pair, print: Print, absent?: PairRow['absent']): Markup {
  return html`${productCell(a, print, absent?.a)}${productCell(b, print, absent?.b)}<td class="number">${difference === null ? '' : signedText(difference, print)}</td><td class="number share">${ratio === null ? '' : percent(ratio)}</td>`
}

function pairTable(rows: readonly PairRow[], caption: Bilingual, print: Print): Markup {
  return html`<h3>${inBoth(withUnit(caption, print))}</h3>${renderTable({
    caption,
    columns: pairColumns({ zh: '项', en: 'Part' }),
    name: 'pairs',
    body: html`<tbody>${rows.map(
      ({ name, isApart, pair, absent }) =>
        html`<tr${isApart ? html` class="apart"` : ''}><th scope="row">${name}</th>${pairCells(pair, print, absent)}</tr>`,
    )}</tbody>`,
  })}`
}

const outside: Bilingual = { zh: '不计入总量', en: 'outside the total' }

function kindsOf({ kinds }: ProductComparison): readonly PairRow[] {
  return kinds.map(({ kind, inTotal, ...pair }) => ({
    ...{ isApart: !inTotal, pair },
    name: html`${inBoth(kindNames[kind])}${inTotal ? '' : html`<span class="under">${inBoth(outside)}</span>`}`,
  }))
}

function renderGases({ gases }: ProductComparison, print: Print): Markup {
  const rows = gases.map(({ kind, gas, inTotal, kg, ...pair }): PairRow => {
    const mass = (value: string | null) => (value === null ? '–' : `${figure(value)} kg`)
    const masses =
      kg.a === null && kg.b === null
        ? inBoth({ zh: '来源只给 CO₂e', en: 'stated as CO₂e' })
        : `A ${mass(kg.a)} · B ${mass(kg.b)}`
    return {
      ...{ isApart: !inTotal, pair },
      name: html`${gasWritten(gas)} · ${inBoth(kindNames[kind])}<span class="under">${masses}</span>`,
    }
  })
  return pairTable(rows, { zh: '两者按气体', en: 'Both by gas' }, print)
}

const none = { zh: '无自身的行', en: 'no lines of its own' }
const noLines = { a: none, b: none }

/** Rows of a table that a page shows; CSV and JSON have all. */
const rowsShown = 20

/** Where the difference lies, the largest first. */
function renderWhere({ processes, categories, lines }: ProductComparison, print: Print): Markup {
  const table = (rows: readonly PairRow[], caption: Bilingual) =>
    rows.length === 0
      ? html``
      : html`${pairTable(rows.slice(0, rowsShown), caption, print)}${moreNote(rows.length, rowsShown)}`
  const byProcess = processes.map(({ process, name, stage, ...pair }): PairRow => {
    const under = stage === null ? '' : html`<span class="under">${inBoth(stageNames[stage])}</span>`
    return { isApart: false, pair, absent: noLines, name: html`${inBoth(nameOr(name, process))}${under}` }
  })
  const byCategory = categories.map(({ category, ...pair }): PairRow => {
    return { isApart: false, pair, name: inBoth(productCategory(category)) }
  })
  const byLine = lines.map(
    ({ line, name, category, ...pair }): PairRow => ({
      ...{ isApart: false, pair },
      name: html`${inBoth(nameOr(name, line))}<span class="under"><span class="code">${line}</span> · ${inBoth(productCategory(category))}</span>`,
    }),
  )
  return html`${table(byProcess, { zh: '两者按过程，差额最大的在前', en: 'Both by process, the largest difference first' })}
${table(byCategory, { zh: '两者按活动类别，差额最大的在前', en: 'Both by category of activity, the largest difference first' })}
${table(byLine, { zh: '编号相同的行，差额最大的在前', en: 'Lines of one id, the largest difference first' })}`
}

type PairedStage = ProductComparison['stages'][number]

function renderPairedStages({ stages, total }: ProductComparison, print: Print): Markup {
  const isOutside = ({ states }: PairedStage) =>
    states.a === 'outside-boundary' && states.b === 'outside-boundary'
  const shown = stages.filter((row) => !isOutside(row))
  return renderFigure({
    id: 'paired-stages',
    title: withUnit({ zh: '两者按生命周期阶段', en: 'Both by life-cycle stage' }, print),
    description: {
      zh: '每个阶段两条横条，上为 A，下为 B；数值见下表。',
      en: 'Two bars for each stage, A above B; the figures are in the table below.',
    },
    place: 'below',
    legend: html`<p class="legend">${sides.map((side) => html`<span>${sideName(side)}</span>`)}</p>`,
    wide: pairedDrawing(shown, print, 848),
    narrow: pairedDrawing(shown, print, 320),
    table: renderTable({
      caption: { zh: '两者按生命周期阶段', en: 'Both by life-cycle stage' },
      columns: pairColumns({ zh: '阶段', en: 'Stage' }),
      name: 'pairs',
      body: html`<tbody>${stages.map(
        ({ stage, states, ...pair }) =>
          html`<tr${pair.a === null && pair.b === null ? html` class="absent"` : ''}><th scope="row">${inBoth(stageNames[stage])}</th>${pairCells(pair, print, { a: absentText(states.a), b: absentText(states.b) })}</tr>`,
      )}</tbody>
<tfoot><tr><th scope="row">${inBoth({ zh: '合计', en: 'Total' })}</th>${pairCells(total, print)}</tr></tfoot>`,
    }),
  })
}

function absentText(state: PairedStage['states']['a']): Bilingual {
  return state === 'reported' ? { zh: '–', en: '–' } : stateWords[state]
}

const [barHeight, pitch] = [17, 21]

function pairedDrawing(stages: readonly PairedStage[], print: Print, width: number): Drawing {
  const isNarrow = width < 400
  const amounts = stages.flatMap(({ a, b }) => [inUnit(a, print), inUnit(b, print)])
  const scale = scaleOf(amounts, isNarrow ? 3 : 5)
  const [left, right] = [isNarrow ? 2 : 128, 66]
  const inset = scale.low < 0 ? 58 : 0
  const place = (value: number) =>
    left + inset + ((value - scale.low) / (scale.high - scale.low)) * (width - left - inset - right)
  const heading = isNarrow ? 20 : 0
  const rowHeight = heading + 2 * pitch + 14
  const foot = 30 + stages.length * rowHeight
  const rows = stages.map((row, at) => {
    const top = 30 + at * rowHeight
    const name = isNarrow
      ? svgText(stageNames[row.stage], left, top + 13, 'class="label small"')
      : stageLabel(row.stage, left - 10, top + pitch + 5)
    return (
      name +
      sides.map((side, down) => barOf(row, side, { y: top + heading + down * pitch, place, print })).join('')
    )
  })
  const zero = `<path class="zero" d="M${px(place(0))} 26V${foot}"/>`
  return { width, height: foot + 24, marks: acrossGrid(scale, place, foot) + zero + rows.join('') }
}

function stageLabel(stage: LifeCycleStage, x: number, y: number): string {
  return svgText(stageNames[stage], x, y, 'class="label small" text-anchor="end"')
}

function barOf(
  row: PairedStage,
  side: 'a' | 'b',
  {
    y,
    place,
    print,
  }: { readonly y: number; readonly place: (value: number) => number; readonly print: Print },
): string {
  const amount = row[side]
  if (amount === null) return svgText(absentText(row.states[side]), place(0) + 8, y + 13, 'class="tick"')
  const value = inUnit(amount, print)
  const [zero, end] = [place(0), place(value)]
  const bar = `<rect class="side-${side}" x="${px(Math.min(zero, end))}" y="${y}" width="${px(Math.max(Math.abs(end - zero), 0.6))}" height="${barHeight}"/>`
  const text = amountText(amount, print)
  return (
    bar +
    (value < 0
      ? svgText(text, end - 6, y + 13, 'class="value small" text-anchor="end"')
      : svgText(text, end + 6, y + 13, 'class="value small"'))
  )
}
