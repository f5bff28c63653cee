/** The three ways to order an inventory: by scopes, by the categories of ISO 14064-1, and as Chinese reports have it. */

import { html } from 'hono/html'
import type { Decimal, Scope2Result } from '../../engine/types.ts'
import type {
  CategoryRow,
  Gbt32150Report,
  GbtActivity,
  GbtItem,
  GhgProtocolReport,
  Iso14064Report,
  IsoCategoryRow,
  Property,
  StructuredReport,
} from '../../report/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeGas } from '../quantity.ts'
import { renderElectricity } from './electricity.ts'
import {
  amountCell,
  figure,
  percent,
  renderChapter,
  renderNote,
  renderTable,
  shareCell,
  shareColumn,
  tonnes,
  tonnesColumn,
  unitText,
} from './pieces.ts'
import {
  categoryName,
  gbtNames,
  isoNames,
  kindName,
  locationBased,
  marketBased,
  named,
  notStated,
  originNames,
  structureNames,
  weighedWithout,
  withoutLines,
} from './words.ts'

/** A chapter for one structure. */
export function renderStructure(report: StructuredReport, scope2: Scope2Result<Decimal> | null): Markup {
  const content = {
    'ghg-protocol': () => [
      renderGhgProtocol(report as GhgProtocolReport),
      scope2 === null ? html`` : renderElectricity(scope2),
    ],
    'iso-14064-1': () => renderIso(report as Iso14064Report),
    'gb-t-32150': () => renderGbt(report as Gbt32150Report),
  }[report.structure]()
  return renderChapter(report.structure, structureNames[report.structure], content)
}

const linesColumn = { name: { zh: '行数', en: 'Lines' }, isNumber: true }

function renderGhgProtocol({ scope1, scope2, scope3 }: GhgProtocolReport): Markup {
  return html`${renderTable({
    caption: structureNames['ghg-protocol'],
    columns: [
      { name: { zh: '范围与类别', en: 'Scope and category' } },
      linesColumn,
      tonnesColumn,
      shareColumn,
    ],
    name: 'structure',
    body: html`<tbody>${groupRow({ zh: '范围一 · 直接排放', en: 'Scope 1 · direct' }, scope1.amount)}${scope1.categories.map(categoryRow)}</tbody>
<tbody>${groupRow({ zh: `范围二 · ${locationBased.zh}`, en: `Scope 2 · ${locationBased.en}` }, scope2.locationBased)}${groupRow({ zh: `范围二 · ${marketBased.zh}`, en: `Scope 2 · ${marketBased.en}` }, scope2.marketBased, notStated)}${scope2.categories.map(categoryRow)}</tbody>
<tbody>${groupRow({ zh: '范围三 · 价值链', en: 'Scope 3 · value chain' }, scope3.amount)}${scope3.categories.map((row) => categoryRow(row, row.number))}</tbody>`,
  })}
${renderNote({
  zh: '各类别的范围二按基于位置的方法。“未报告活动”不是零：没有人为该类别报告过活动数据。',
  en: 'Categories of scope 2 are location-based. “No activity reported” is not zero: nobody reported activity data of that category.',
})}`
}

function groupRow(name: Bilingual, amount: CategoryRow['amount'], absent: Bilingual = withoutLines): Markup {
  return html`<tr class="group"><th scope="row" colspan="2">${inBoth(name)}</th>${amountCell(amount, absent)}<td></td></tr>`
}

function categoryRow(row: CategoryRow, number?: number): Markup {
  const { category, amount, share, lines, exclusions } = row
  const numbered = typeof number === 'number' && 'number' in row ? html`<b class="no">${number}</b> ` : ''
  const left = exclusions.map(
    ({ what, reason, estimatedShare }) =>
      html`<span class="under">${inBoth({ zh: '排除', en: 'Left out' })}: ${what} — ${reason} (≈ ${percent(estimatedShare)})</span>`,
  )
  return html`<tr${amount === null ? html` class="absent"` : ''}><th scope="row">${numbered}${inBoth(categoryName(category))}${left}</th><td class="number soft">${lines === 0 ? '' : lines}</td>${amountCell(amount)}${shareCell(share)}</tr>`
}

function renderIso({ categories, directByGas, directRemovals }: Iso14064Report): Markup {
  return html`${renderTable({
    caption: structureNames['iso-14064-1'],
    columns: [
      { name: { zh: '类别与活动', en: 'Category and activity' } },
      linesColumn,
      tonnesColumn,
      shareColumn,
    ],
    name: 'structure',
    body: categories.map(isoBody),
  })}
<h3>${inBoth({ zh: '直接排放，按气体', en: 'Direct emissions, gas by gas' })}</h3>
${renderTable({
  caption: { zh: '直接排放，按气体', en: 'Direct emissions, gas by gas' },
  columns: [{ name: { zh: '气体', en: 'Gas' } }, tonnesColumn],
  name: 'slim',
  body: html`<tbody>${directByGas.map(({ gasGroup, amount }) => html`<tr${amount === null ? html` class="absent"` : ''}><th scope="row">${writeGas(gasGroup)}</th>${amountCell(amount, { zh: '无此气体的行', en: 'no line with it' })}</tr>`)}</tbody>
<tfoot><tr><th scope="row">${inBoth({ zh: '直接清除（单独列示）', en: 'Direct removals (apart)' })}</th>${amountCell(directRemovals)}</tr></tfoot>`,
})}`
}

function isoBody(row: IsoCategoryRow): Markup {
  const { isoCategory, amount, share, lines, kinds, kindsWithoutLines, biogenicCo2 } = row
  const absent = kindsWithoutLines.map(kindName)
  const missing = {
    zh: absent.map(({ zh }) => zh).join('、'),
    en: absent.map(({ en }) => en).join(', '),
  }
  return html`<tbody><tr class="group"><th scope="row"><b class="no">${isoCategory}</b> ${inBoth(isoNames[isoCategory] as Bilingual)}</th><td class="number">${lines === 0 ? '' : lines}</td>${amountCell(amount)}${shareCell(share)}</tr>
${kinds.map(({ kind, amount: part, lines: count }) => html`<tr><th scope="row">${inBoth(kindName(kind))}</th><td class="number soft">${count}</td>${amountCell(part)}<td></td></tr>`)}
${biogenicCo2 === null ? '' : html`<tr class="apart"><th scope="row" colspan="2">${inBoth({ zh: '生物源 CO₂（不计入）', en: 'Biogenic CO₂ (not counted)' })}</th>${amountCell(biogenicCo2)}<td></td></tr>`}
${absent.length === 0 ? '' : html`<tr class="absent"><td colspan="4">${inBoth(withoutLines)}: ${inBoth(missing)}</td></tr>`}</tbody>`
}

function renderGbt(report: Gbt32150Report): Markup {
  return html`<p class="lead-note">${inBoth({
    zh: '本表不含范围三；输出的电力和热力从合计中扣除，因此合计与清单总量是两个数字。',
    en: 'Scope 3 is outside this table, and exported electricity and heat are deducted from its sum: that sum is another figure than the inventory’s total.',
  })}</p>
${renderTable({
  caption: { zh: '汇总', en: 'Summary' },
  columns: [{ name: { zh: '排放种类', en: 'Kind of emission' } }, tonnesColumn],
  name: 'slim structure',
  body: html`<tbody>${report.items.map(summaryRow)}</tbody>
<tfoot><tr class="sum"><th scope="row">${inBoth({ zh: '合计（加项 − 扣减项）', en: 'Sum (added − deducted)' })}</th>${amountCell(report.total)}</tr>
<tr class="apart"><th scope="row">${inBoth({ zh: '生物质燃烧 CO₂（单独列示）', en: 'CO₂ of biomass (apart)' })}</th>${amountCell(report.biomassCo2)}</tr>
${report.resold.map(({ category, amount }) => html`<tr class="apart"><th scope="row">${inBoth(categoryName(category))} ${inBoth({ zh: '（不加不减）', en: '(neither added nor deducted)' })}</th>${amountCell(amount)}</tr>`)}</tfoot>`,
})}
${fuelTable(report)}
${otherTable(report)}
${
  report.sectorGuideline === null
    ? ''
    : renderNote({
        zh: `行业指南 ${report.sectorGuideline.id}，燃料缺省值族 ${report.sectorGuideline.fuelDefaults}。`,
        en: `Sector guideline ${report.sectorGuideline.id}, family of fuel defaults ${report.sectorGuideline.fuelDefaults}.`,
      })
}`
}

function summaryRow({ item, role, amount }: GbtItem): Markup {
  const name = gbtNames[item]
  const label =
    role === 'deducted'
      ? { zh: `${name.zh}（扣减）`, en: `${name.en} (deducted)` }
      : { zh: name.zh, en: name.en }
  const cell =
    amount !== null && role === 'deducted'
      ? html`<td class="number">− ${tonnes(amount)}</td>`
      : amountCell(amount)
  return html`<tr${amount === null ? html` class="absent"` : ''}><th scope="row">${inBoth(label)}</th>${cell}</tr>`
}

/** Rows that a page shows of a table; the CSV has all. */
const rowsShown = 100

function fuelTable({ items }: Gbt32150Report): Markup {
  const fuels = items.find(({ item }) => item === 'fossil-fuel-combustion')?.activities ?? []
  if (fuels.length === 0) return html``
  const title = { zh: '化石燃料，逐种', en: 'Fossil fuels, one by one' }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '燃料', en: 'Fuel' } },
      { name: { zh: '活动数据', en: 'Activity data' }, isNumber: true },
      { name: { zh: '低位发热量', en: 'Net calorific value' }, isNumber: true },
      { name: { zh: '单位热值含碳量', en: 'Carbon content' }, isNumber: true },
      { name: { zh: '碳氧化率', en: 'Oxidation' }, isNumber: true },
      tonnesColumn,
    ],
    name: 'fuels',
    body: html`<tbody>${fuels.slice(0, rowsShown).map(fuelRow)}</tbody>`,
  })}${moreNote(fuels.length)}`
}

function fuelRow(row: GbtActivity): Markup {
  const by = row.factor
    ? html`<td class="number none" colspan="3">${inBoth({ zh: '按排放因子计算', en: 'weighed by an emission factor' })}</td>`
    : [row.netCalorificValue, row.carbonContent, row.oxidation].map(propertyCell)
  return html`<tr><th scope="row">${inBoth(named(row.name))}<span class="under">${inBoth(categoryName(row.category))}${row.source === '' ? '' : ` · ${row.source}`}</span></th>${activityCell(row)}${by}${amountCell(row.amount)}</tr>`
}

function activityCell({ activity }: GbtActivity): Markup {
  return html`<td class="number">${figure(activity.amount)} <span class="unit">${inBoth(unitText(activity.unit))}</span></td>`
}

function propertyCell(property: Property | null): Markup {
  if (property === null) return html`<td class="number none">${inBoth(notStated)}</td>`
  const unit = property.unit === '1' ? '' : html`<span class="unit">${inBoth(unitText(property.unit))}</span>`
  const origin =
    property.origin === null ? '' : html`<span class="under">${inBoth(originNames[property.origin])}</span>`
  return html`<td class="number">${figure(property.value)} ${unit}${origin}</td>`
}

/** Everything of the structure that is no fuel. */
function otherTable({ items }: Gbt32150Report): Markup {
  const rows = items
    .filter(({ item }) => item !== 'fossil-fuel-combustion')
    .flatMap(({ item, activities }) => activities.map((activity) => ({ item, activity })))
  if (rows.length === 0) return html``
  const title = { zh: '过程、逸散、电力与热力', en: 'Processes, fugitive emissions, electricity and heat' }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '来源', en: 'Source' } },
      { name: { zh: '活动数据', en: 'Activity data' }, isNumber: true },
      { name: { zh: '因子', en: 'Factor' } },
      tonnesColumn,
    ],
    body: html`<tbody>${rows
      .slice(0, rowsShown)
      .map(
        ({ item, activity }) =>
          html`<tr><th scope="row">${renderSource(activity)}<span class="under">${inBoth(gbtNames[item])}</span></th>${activityCell(activity)}<td class="code">${activity.factor ? `${activity.factor.id} · ${activity.source}` : inBoth(weighedWithout(activity.category))}</td>${deductible(item, activity)}</tr>`,
      )}</tbody>`,
  })}${moreNote(rows.length)}`
}

function deductible(item: GbtItem['item'], { amount }: GbtActivity): Markup {
  return item.startsWith('exported-') ? html`<td class="number">− ${tonnes(amount)}</td>` : amountCell(amount)
}

/** A gas released as such is written with its signs. */
function renderSource({ name, factor, category }: GbtActivity): Markup {
  if (category === 'self-generated-electricity') return inBoth(categoryName(category))
  return factor === null && name.zh === null
    ? html`${name.en.split(', ').map(writeGas).join(', ')}`
    : inBoth(named(name))
}

function moreNote(count: number): Markup | string {
  if (count <= rowsShown) return ''
  return renderNote({
    zh: `此处列出前 ${rowsShown} 行，共 ${count} 行；其余见 JSON。`,
    en: `The first ${rowsShown} of ${count} rows; the JSON has the others.`,
  })
}
