/** The tables of a product's report: processes, largest lines, gases, and each line's way. */

import { html } from 'hono/html'
import type {
  Print,
  ProcessRow,
  ProductContributor,
  ProductReport,
  ProductTrailLine,
} from '../../../report/product/types.ts'
import { gasWritten } from '../../factors/gases.ts'
import { inBoth, type Markup } from '../../language.ts'
import { kindNames, stageNames } from '../../wording.ts'
import {
  figure,
  moreNote,
  placeOfFactor,
  renderChapter,
  renderNote,
  renderTable,
  shareCell,
  shareColumn,
  unitText,
} from '../pieces.ts'
import { rangeOf, renderBar } from '../svg.ts'
import { wayOf } from '../way.ts'
import { named } from '../words.ts'
import { inUnit, productCell, productColumn, withUnit } from './amounts.ts'
import { lineName, nameOr, productCategory, stageTone } from './words.ts'

/** Processes and lines that a page shows; CSV and JSON have all. */
const processesShown = 100
const linesShown = 200

const title = { zh: '过程', en: 'Processes' }

export function renderProcesses({ processes, head }: ProductReport): Markup {
  const { print } = head
  const scale = rangeOf(processes.map(({ direct }) => inUnit(direct, print)))
  return renderChapter('processes', title, [
    renderNote({
      zh: '自身：该过程各行之和，全部过程相加即为总量。含上游：加上为其生产的一切；同一上游可在多个过程中出现，故不可相加。',
      en: 'Own: the sum of the process’s lines; over all processes they make up the total. With upstream: and everything that was made for it; one upstream may stand in several, so these do not add up.',
    }),
    renderTable({
      caption: title,
      columns: [
        { name: title },
        { name: { zh: '每次产出', en: 'Makes per run' }, isNumber: true },
        { name: { zh: '运行次数', en: 'Runs' }, isNumber: true },
        { name: { zh: '条形', en: 'Bar' } },
        { ...productColumn(print), name: withUnit({ zh: '自身', en: 'Own' }, print) },
        shareColumn,
        { name: { zh: '含上游', en: 'With upstream' }, isNumber: true },
      ],
      name: 'processes',
      body: html`<tbody>${processes.slice(0, processesShown).map((row) => processRow(row, scale, print))}</tbody>`,
    }),
    moreNote(processes.length, processesShown),
  ])
}

function processRow(row: ProcessRow, scale: ReturnType<typeof rangeOf>, print: Print): Markup {
  const { process, name, stage, output, runs, direct, share, withUpstream, lines } = row
  const own = lines === 0 ? null : direct
  return html`<tr><th scope="row">${inBoth(named(name))}<span class="under"><span class="code">${process}</span> · ${inBoth(stageNames[stage])}</span></th>
<td class="number">${figure(output.amount)} <span class="unit">${inBoth(unitText(output.unit))}</span></td>
<td class="number">${runs.map(({ product, runs: times }) => html`<span class="said">${product === null ? '' : html`<span class="unit">${product}</span> `}${figure(times)}</span>`)}</td>
<td class="bar-cell">${own && renderBar(inUnit(own, print), scale, stageTone(stage))}</td>
${productCell(own, print, noLines)}${shareCell(own && share)}${productCell(withUpstream, print, { zh: '–', en: '–' })}</tr>`
}

/** Of a mean, whose plants have the lines. */
const noLines = { zh: '无自身的行', en: 'no lines of its own' }

export function renderLargest({ contributors, lines, head }: ProductReport): Markup {
  const { print } = head
  const caption = { zh: '最大的行', en: 'The largest lines' }
  const described = new Set(lines.flatMap(({ id, description }) => (description === null ? [] : [id])))
  const scale = rangeOf(contributors.map(({ amount }) => inUnit(amount, print)))
  return html`<h3>${inBoth(caption)}</h3>${renderTable({
    caption,
    columns: [
      { name: { zh: '来源', en: 'Source' } },
      { name: { zh: '条形', en: 'Bar' } },
      productColumn(print),
      shareColumn,
      { name: { zh: '累计', en: 'Cumulative' }, isNumber: true },
    ],
    name: 'bars',
    body: html`<tbody>${contributors.map((row) => contributorRow(row, described.has(row.key), scale, print))}</tbody>`,
  })}`
}

function contributorRow(
  row: ProductContributor,
  isDescribed: boolean,
  scale: ReturnType<typeof rangeOf>,
  print: Print,
): Markup {
  const { key, name, category, stage, amount, share, cumulativeShare } = row
  const byCategory = category !== null && !isDescribed
  const under = category === null || byCategory ? '' : html` · ${inBoth(productCategory(category))}`
  const shown = byCategory ? lineName(category, name) : nameOr(name, key)
  return html`<tr><th scope="row">${inBoth(shown)}<span class="under"><span class="code">${key}</span>${under}</span></th><td class="bar-cell">${renderBar(inUnit(amount, print), scale, stageTone(stage))}</td>${productCell(amount, print)}${shareCell(share)}${shareCell(cumulativeShare)}</tr>`
}

/** The result as a vector: by kind, and gas by gas. */
export function renderVector({ totals, head }: ProductReport): Markup {
  const { print } = head
  const byKind = { zh: '按来源类型', en: 'By kind' }
  const byGas = { zh: '按气体', en: 'By gas' }
  return renderChapter('gases', { zh: '类型与气体', en: 'Kinds and gases' }, [
    html`<h3>${inBoth(byKind)}</h3>${renderTable({
      caption: byKind,
      columns: [{ name: { zh: '类型', en: 'Kind' } }, productColumn(print), shareColumn],
      name: 'slim',
      body: html`<tbody>${totals.kinds.map(
        ({ kind, inTotal, amount, share }) =>
          html`<tr${inTotal ? '' : html` class="apart"`}><th scope="row">${inBoth(kindNames[kind])}${inTotal ? '' : html`<span class="under">${inBoth(outside)}</span>`}</th>${productCell(amount, print)}${shareCell(share)}</tr>`,
      )}</tbody>
<tfoot><tr><th scope="row">${inBoth({ zh: '总量', en: 'Total' })}</th>${productCell(totals.total, print)}${shareCell(null)}</tr></tfoot>`,
    })}`,
    html`<h3>${inBoth(byGas)}</h3>${renderTable({
      caption: byGas,
      columns: [
        { name: { zh: '气体', en: 'Gas' } },
        { name: { zh: '类型', en: 'Kind' } },
        { name: 'kg', isNumber: true },
        productColumn(print),
      ],
      name: 'slim',
      body: html`<tbody>${totals.gases.map(
        ({ kind, gas, kg, amount, inTotal }) =>
          html`<tr${inTotal ? '' : html` class="apart"`}><th scope="row">${gasWritten(gas)}${inTotal ? '' : html`<span class="under">${inBoth(outside)}</span>`}</th><td>${inBoth(kindNames[kind])}</td><td class="number${kg === null ? ' none' : ''}">${kg === null ? inBoth({ zh: '来源只给 CO₂e', en: 'stated as CO₂e' }) : figure(kg)}</td>${productCell(amount, print, { zh: '无 GWP', en: 'no GWP' })}</tr>`,
      )}</tbody>`,
    })}`,
  ])
}

const outside = { zh: '不计入总量', en: 'outside the total' }

/** Each line's way to its amount, the largest first. */
export function renderLines({ lines, processes, head }: ProductReport): Markup {
  const names = new Map(processes.map(({ process, name }) => [process, name]))
  const largest = lines
    .toSorted((a, b) => Math.abs(Number(b.kgCo2e)) - Math.abs(Number(a.kgCo2e)))
    .slice(0, linesShown)
  const caption = { zh: '逐行轨迹', en: 'The trail of each line' }
  return renderChapter('trail', caption, [
    renderNote(
      lines.length > linesShown
        ? {
            zh: `最大的 ${linesShown} 行，共 ${lines.length} 行；CSV 含全部。`,
            en: `The largest ${linesShown} of ${lines.length} lines; the CSV has all.`,
          }
        : { zh: `全部 ${lines.length} 行，从大到小。`, en: `All ${lines.length} lines, the largest first.` },
    ),
    renderTable({
      caption,
      columns: [
        { name: { zh: '行', en: 'Line' } },
        { name: { zh: '每次运行', en: 'Per run' }, isNumber: true },
        { name: { zh: '因子', en: 'Factor' } },
        productColumn(head.print),
        shareColumn,
      ],
      name: 'trail',
      body: largest.map((line) => lineBody(line, names, head.print)),
    }),
  ])
}

type ProcessNames = ReadonlyMap<string, ProcessRow['name']>

function lineBody(line: ProductTrailLine, names: ProcessNames, print: Print): Markup {
  const { id, description, category, process, activity, amount, share } = line
  const place = nameOr(names.get(process ?? '') ?? null, process ?? '')
  const isOwn = line.from === null && line.to === undefined
  return html`<tbody><tr><th scope="row"><span class="code">${id}</span>${description === null ? '' : html`<span class="said">${description}</span>`}<span class="under">${inBoth(place)} · ${inBoth(productCategory(category))}</span></th>
<td class="number">${figure(activity.amount)} <span class="unit">${inBoth(unitText(activity.unit))}</span></td>
<td>${weighedBy(line, names)}</td>
${isOwn ? productCell(amount, print) : html`<td class="number none">${inBoth({ zh: '计于该过程', en: 'in that process' })}</td>`}${isOwn ? shareCell(share) : html`<td></td>`}</tr>
<tr class="way"><td colspan="5">${wayOf(line, runsStep(line))}</td></tr></tbody>`
}

function weighedBy({ from, to, fuel, factor, gases }: ProductTrailLine, names: ProcessNames): Markup {
  if (to !== undefined) {
    const treating = nameOr(names.get(to) ?? null, to)
    return inBoth({ zh: `由过程“${treating.zh}”处理`, en: `treated by the process ${treating.en}` })
  }
  if (from !== null) {
    const maker = nameOr(names.get(from) ?? null, from)
    return inBoth({ zh: `由过程“${maker.zh}”提供`, en: `made by the process ${maker.en}` })
  }
  const used = fuel ?? factor
  if (used) return html`${inBoth(named(used.name))}${placeOfFactor(used)}`
  return gases.length === 0
    ? inBoth({ zh: '–', en: '–' })
    : inBoth({ zh: '气体质量 × GWP', en: 'gas mass × GWP' })
}

function runsStep({ scaling }: ProductTrailLine): Markup {
  return html`<span class="step">× ${figure(scaling)} ${inBoth({ zh: '次运行', en: 'runs' })}</span>`
}
