/** Gases, contributors, breakdowns, and the trail of the lines. */

import { html } from 'hono/html'
import { organizationCategories } from '../../engine/categories.ts'
import { own } from '../../engine/names.ts'
import type { Names } from '../../engine/types.ts'
import type {
  Breakdown,
  BreakdownRow,
  ByScope,
  Contributor,
  InventoryReport,
  ReportTotals,
  TrailLine,
} from '../../report/types.ts'
import { gasWritten } from '../factors/gases.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { lastDay, writeGas } from '../quantity.ts'
import { scopeNames } from '../wording.ts'
import {
  amountCell,
  figure,
  moreNote,
  percent,
  placeOfFactor,
  renderChapter,
  renderNote,
  renderTable,
  shareCell,
  shareColumn,
  tonnes,
  tonnesColumn,
  unitText,
} from './pieces.ts'
import { rangeOf, renderBar } from './svg.ts'
import { wayOf } from './way.ts'
import { categoryName, named, weighedWithout } from './words.ts'

const noGas: Bilingual = { zh: '–', en: '–' }

/** The seven groups by scope, and what stands outside the total. */
export function renderGases({ totals }: InventoryReport): Markup {
  return renderChapter('gases', { zh: '气体', en: 'Gases' }, [groupTable(totals), apartTable(totals)])
}

function groupTable({ gasGroups }: ReportTotals): Markup {
  return html`${renderTable({
    caption: { zh: '气体，按范围（t CO₂e）', en: 'Gases by scope (t CO₂e)' },
    columns: [
      { name: { zh: '气体', en: 'Gas' } },
      ...(['1', '2', '3'] as const).map((scope) => ({
        name: scopeNames[scope] as Bilingual,
        isNumber: true,
      })),
      { name: { zh: '合计', en: 'Total' }, isNumber: true },
    ],
    body: html`<tbody>${gasGroups.map(
      ({ gasGroup, scopes, total }) =>
        html`<tr${total === null ? html` class="absent"` : ''}><th scope="row">${gasGroup === 'CO2e' ? inBoth({ zh: '来源未分解的 CO₂e', en: 'CO₂e not taken apart by its source' }) : writeGas(gasGroup)}</th>${scopeCells(scopes)}${amountCell(total, { zh: '未报告', en: 'none reported' })}</tr>`,
    )}</tbody>`,
  })}${renderNote({
    zh: '“–”：没有一行释放该气体，或其因子未覆盖该气体（见声明的缺口）。范围二按基于位置的方法。',
    en: '“–”: no line releases the gas, or its factor leaves it out (see the declared gaps). Scope 2 is location-based.',
  })}`
}

function scopeCells(scopes: ByScope): readonly Markup[] {
  return ([1, 2, 3] as const).map((scope) => amountCell(scopes[scope], noGas))
}

function apartTable({ apart }: ReportTotals): Markup {
  const title = { zh: '总量之外', en: 'Outside the total' }
  const row = (name: Bilingual, amount: Parameters<typeof amountCell>[0], under: string = '') =>
    html`<tr${amount === null ? html` class="absent"` : ''}><th scope="row">${inBoth(name)}${under === '' ? '' : html`<span class="under">${under}</span>`}</th>${amountCell(amount)}</tr>`
  const others = apart.otherGases.gases.map(gasWritten).join(', ')
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [{ name: { zh: '项', en: 'Item' } }, tonnesColumn],
    name: 'slim',
    body: html`<tbody>${row({ zh: '生物源 CO₂', en: 'Biogenic CO₂' }, apart.biogenicCo2)}${row({ zh: '清除与生物源吸收', en: 'Removals and biogenic uptake' }, apart.removals)}${row({ zh: '七类之外的温室气体', en: 'Gases outside the seven groups' }, apart.otherGases.amount, others)}${apart.energy.map(({ category, amount }) => row(categoryName(category), amount))}</tbody>`,
  })}`
}

/** The lines that weigh most, with bars in the colours of their scopes; the categories stand in the first chapter. */
export function renderContributors({ contributors }: InventoryReport): Markup {
  return renderChapter('contributors', { zh: '主要来源', en: 'Top contributors' }, [
    contributorTable({ zh: '最大的行', en: 'The largest lines' }, contributors.lines),
  ])
}

export function contributorTable(title: Bilingual, rows: readonly Contributor[]): Markup {
  const scale = rangeOf(rows.map(({ amount }) => Number(amount.kgCo2e)))
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '来源', en: 'Source' } },
      { name: { zh: '条形', en: 'Bar' } },
      tonnesColumn,
      shareColumn,
      { name: { zh: '累计', en: 'Cumulative' }, isNumber: true },
    ],
    name: 'bars',
    body: html`<tbody>${rows.map(
      ({ key, name, category, amount, share, cumulativeShare }) =>
        html`<tr><th scope="row">${key === category ? inBoth(categoryName(category)) : html`${name === null ? html`<span class="code">${key}</span>` : inBoth(named(name))}<span class="under"><span class="code">${key}</span> · ${inBoth(categoryName(category))}</span>`}</th><td class="bar-cell">${renderBar(Number(amount.kgCo2e), scale, toneOf(category))}</td>${amountCell(amount)}${shareCell(share)}${shareCell(cumulativeShare)}</tr>`,
    )}</tbody>`,
  })}`
}

/** The colour of a category's scope, as in the chart of scopes. */
function toneOf(category: string): string {
  const scope = own(organizationCategories, category)?.scope ?? null
  return scope === null ? 'fill' : `scope-${scope}`
}

/** Facilities and entities; months stand in the first chapter. */
export function renderBreakdowns({ breakdowns, consolidation }: InventoryReport): Markup {
  return renderChapter('breakdowns', { zh: '按场所与法人', en: 'By facility and entity' }, [
    breakdownTable({ zh: '场所', en: 'Facilities' }, breakdowns.facility, {
      zh: '未分场所',
      en: 'Not by facility',
    }),
    breakdownTable({ zh: '法人', en: 'Entities' }, breakdowns.entity, {
      zh: '未分法人',
      en: 'Not by entity',
    }),
    consolidation === null ? html`` : sharesTable(consolidation, breakdowns),
  ])
}

/** How far each facility counts, part of the period by part. */
function sharesTable(
  { shares }: NonNullable<InventoryReport['consolidation']>,
  { facility, entity }: InventoryReport['breakdowns'],
): Markup {
  if (shares.length === 0) return html``
  const title = { zh: '计入的份额', en: 'What each counts for' }
  const name = (key: string, { rows }: Breakdown) => {
    const found = rows.find((row) => row.key === key)?.name
    return found ? inBoth(named(found)) : html`<span class="code">${key}</span>`
  }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '场所', en: 'Facility' } },
      { name: { zh: '法人', en: 'Entity' } },
      { name: { zh: '自', en: 'From' } },
      { name: { zh: '至', en: 'To' } },
      { name: { zh: '份额', en: 'Share' }, isNumber: true },
    ],
    body: html`<tbody>${shares
      .slice(0, partsShown)
      .map(
        (share) =>
          html`<tr><th scope="row">${name(share.facility, facility)}</th><td>${name(share.entity, entity)}</td><td class="day">${share.from}</td><td class="day">${lastDay(share.to)}</td>${shareCell(share.share)}</tr>`,
      )}</tbody>`,
  })}${moreNote(shares.length, partsShown)}`
}

/** Rows that a page shows of a breakdown; the others are counted. */
const partsShown = 30

function breakdownTable(title: Bilingual, { rows, remainder }: Breakdown, rest: Bilingual): Markup {
  if (rows.length === 0) {
    return html`<h3>${inBoth(title)}</h3><p>${inBoth({ zh: '没有一行写明。', en: 'No line tells it.' })}</p>`
  }
  const amounts = [...rows.map(({ amount }) => amount), remainder?.amount].map((amount) =>
    Number(amount?.kgCo2e ?? 0),
  )
  const scale = rangeOf(amounts)
  const row = ({ key, name, amount, share }: BreakdownRow, tone: string, label?: Bilingual) =>
    html`<tr><th scope="row">${label ? inBoth(label) : name === null ? html`<span class="code">${key}</span>` : inBoth(named(name))}</th><td class="bar-cell">${renderBar(Number(amount?.kgCo2e ?? 0), scale, tone)}</td>${amountCell(amount)}${shareCell(share)}</tr>`
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [{ name: title }, { name: { zh: '条形', en: 'Bar' } }, tonnesColumn, shareColumn],
    name: 'bars',
    body: html`<tbody>${rows.slice(0, partsShown).map((one) => row(one, 'fill'))}</tbody>${
      remainder === null
        ? ''
        : html`<tfoot>${row({ key: '', name: null, amount: remainder.amount, share: remainder.share }, 'rest', rest)}</tfoot>`
    }`,
  })}${moreNote(rows.length, partsShown)}`
}

/** Lines whose trail a page shows; the CSV has all. */
export const trailShown = 200

/** Each line's way to its amount, the largest first. */
export function renderTrail({ lines, breakdowns }: InventoryReport): Markup {
  const facilities = new Map(breakdowns.facility.rows.map(({ key, name }) => [key, name]))
  const largest = lines
    .toSorted((a, b) => Math.abs(Number(b.kgCo2e)) - Math.abs(Number(a.kgCo2e)))
    .slice(0, trailShown)
  const note =
    lines.length > trailShown
      ? {
          zh: `最大的 ${trailShown} 行，共 ${lines.length} 行；CSV 含全部。`,
          en: `The largest ${trailShown} of ${lines.length} lines; the CSV has all.`,
        }
      : { zh: `全部 ${lines.length} 行，从大到小。`, en: `All ${lines.length} lines, the largest first.` }
  return renderChapter('trail', { zh: '逐行轨迹', en: 'The trail of each line' }, [
    renderNote(note),
    renderTable({
      caption: { zh: '逐行轨迹', en: 'The trail of each line' },
      columns: [
        { name: { zh: '行', en: 'Line' } },
        { name: { zh: '活动数据', en: 'Activity data' }, isNumber: true },
        { name: { zh: '因子', en: 'Factor' } },
        tonnesColumn,
        shareColumn,
      ],
      name: 'trail',
      body: largest.map((line) => trailBody(line, facilities)),
    }),
  ])
}

type FacilityNames = ReadonlyMap<string, Names | null>

function trailBody(line: TrailLine, facilities: FacilityNames): Markup {
  const { id, description, category, activity, factor, fuel, amount, share, apart } = line
  const used = fuel ?? factor
  const isApart = apart === undefined ? '' : html` class="apart"`
  return html`<tbody><tr${isApart}><th scope="row"><span class="code">${id}</span>${description === null ? '' : html`<span class="said">${description}</span>`}<span class="under">${placeOf(line, facilities)}${inBoth(categoryName(category))}</span></th>
<td class="number">${figure(activity.amount)} <span class="unit">${inBoth(unitText(activity.unit))}</span></td>
<td>${used ? html`${inBoth(named(used.name))}${placeOfFactor(used)}` : inBoth(weighedWithout(category))}</td>
${apart === undefined ? amountCell(amount) : html`<td class="number none">${inBoth({ zh: '单独列示', en: 'shown apart' })}</td>`}${apart === undefined ? shareCell(share) : html`<td></td>`}</tr>
<tr class="way"><td colspan="5">${wayOf(line, shareStep(line))}</td></tr></tbody>`
}

/** Scope, facility by its name where the boundary names it, and month. */
function placeOf({ scope, facility, month }: TrailLine, facilities: FacilityNames): Markup {
  const name = facility === undefined ? null : facilities.get(facility)
  return html`${scope === null ? '' : html`${inBoth(scopeNames[scope] as Bilingual)} · `}${facility === undefined ? '' : html`${name ? inBoth(named(name)) : facility} · `}${month === undefined ? '' : `${month} · `}`
}

/** How far a line counts, where that is not wholly. */
function shareStep({ scaling }: TrailLine): Markup | string {
  if (Number(scaling) === 1) return ''
  return html`<span class="step">${inBoth({ zh: '合并份额', en: 'consolidated share' })} ${percent(scaling)}</span>`
}

/** The largest categories with bars, for the first chapter. */
export function renderCategoryBars({ contributors }: InventoryReport): Markup {
  return html`<figure class="chart-figure">${contributorTable({ zh: '按类别（t CO₂e）', en: 'By category (t CO₂e)' }, contributors.categories)}</figure>`
}

/** An amount with its unit, large. */
export function headline(amount: { readonly kgCo2e: string; readonly tCo2e: string }): Markup {
  return html`<strong>${tonnes(amount)}</strong> <span class="unit">t CO₂e</span>`
}
