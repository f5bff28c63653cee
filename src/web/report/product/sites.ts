/** How the year of each site was divided: what was made of what was begun, and where every total of the year went. */

import { html } from 'hono/html'
import type {
  Names,
  SiteAmount,
  SitePart,
  SiteProductResult,
  SiteTotalResult,
} from '../../../engine/types.ts'
import type { NamedSite, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { figure, percent, renderChapter, renderNote, renderTable, unitText } from '../pieces.ts'
import { named } from '../words.ts'
import { nameOr } from './words.ts'

const title: Bilingual = { zh: '厂区的一年', en: 'The year of each site' }
const untold: Bilingual = { zh: '未给出', en: 'not stated' }

export function renderSites({ sites }: ProductReport): Markup {
  if (sites === null || sites.length === 0) return html``
  return renderChapter('sites', title, sites.map(renderSite))
}

function renderSite(site: NamedSite): Markup {
  const { name, year } = site
  return html`<h3>${inBoth(named(name))}</h3>
${productTable(site)}
${renderTable({
  caption: { zh: '总量的去向', en: 'Where the totals went' },
  isQuiet: false,
  columns: [
    { name: { zh: '总量与分得者', en: 'Total, and who takes of it' } },
    { name: { zh: '分摊键', en: 'Key' }, isNumber: true },
    { name: { zh: '比例', en: 'Share' }, isNumber: true },
    { name: { zh: '数量', en: 'Amount' }, isNumber: true },
  ],
  body: html`<tbody>${year.totals.map((total) => totalRows(total, site))}</tbody>`,
})}
${renderNote({
  zh: '计量 − 分表 = 可分摊量；各份之和与之相等，差额只是四舍五入所留。',
  en: 'Measured − sub-meters = what is divided; the parts come to it, to what rounding leaves.',
})}`
}

function productTable({ names, year }: NamedSite): Markup {
  const caption = { zh: '产出', en: 'What was made' }
  const cell = (amount: SiteAmount<string> | null) =>
    amount === null
      ? html`<td class="number none">${inBoth(untold)}</td>`
      : html`<td class="number">${figure(amount.amount)} <span class="unit">${inBoth(unitText(amount.unit))}</span></td>`
  const row = (made: SiteProductResult<string>) =>
    html`<tr><th scope="row">${inBoth(nameAt(names.products, made.product))}</th>${cell(made.started)}${cell(made.good)}${cell(made.scrap)}${cell(made.regrind)}${made.yield === null ? html`<td class="number none">${inBoth(untold)}</td>` : html`<td class="number">${percent(made.yield)}</td>`}${cell(made.unexplained)}</tr>`
  return renderTable({
    caption,
    isQuiet: false,
    columns: [
      { name: { zh: '产品', en: 'Product' } },
      { name: { zh: '投产', en: 'Begun' }, isNumber: true },
      { name: { zh: '合格品', en: 'Good' }, isNumber: true },
      { name: { zh: '废品', en: 'Scrap' }, isNumber: true },
      { name: { zh: '回用', en: 'Reground' }, isNumber: true },
      { name: { zh: '合格率', en: 'Yield' }, isNumber: true },
      { name: { zh: '未说明', en: 'Unexplained' }, isNumber: true },
    ],
    name: 'made',
    body: html`<tbody>${year.products.map(row)}</tbody>`,
  })
}

function totalRows(total: SiteTotalResult<string>, { names }: NamedSite): Markup {
  const { unit, measured, subMeters, rest, key, keyUnit, keySum, parts, estimated, apportioned } = total
  const written = (amount: string) =>
    html`<td class="number">${figure(amount)} <span class="unit">${inBoth(unitText(unit))}</span></td>`
  const marks = [
    ...(estimated ? [{ zh: '含估算', en: 'estimated' }] : []),
    ...(apportioned ? [{ zh: '按天分摊', en: 'apportioned by days' }] : []),
  ]
  const inner = (label: Markup, amount: string) =>
    html`<tr><th scope="row"><span class="deep-1">${label}</span></th><td></td><td></td>${written(amount)}</tr>`
  const keyName = key === null ? '' : inBoth(nameAt(names.keys, key))
  return html`<tr class="group"><th scope="row">${inBoth(nameAt(names.totals, total.total))}${marks.map((mark) => html` <span class="soft">${inBoth(mark)}</span>`)}</th><td class="number none">${keyName}</td><td></td>${written(measured)}</tr>
${subMeters.map(({ total: of, amount }) => inner(html`− ${inBoth(nameAt(names.totals, of))}`, amount))}
${subMeters.length === 0 ? '' : inner(inBoth({ zh: '可分摊', en: 'divided' }), rest)}
${parts.map((part) => partRow(part, keyUnit, names, written))}
${keySum === null || keyUnit === null ? '' : html`<tr class="apart"><th scope="row"><span class="deep-1">${inBoth({ zh: '分摊键合计', en: 'Sum of the key' })}</span></th><td class="number">${figure(keySum)} <span class="unit">${inBoth(unitText(keyUnit))}</span></td><td></td><td></td></tr>`}`
}

function partRow(
  { product, outside, keyAmount, share, amount }: SitePart<string>,
  keyUnit: string | null,
  names: NamedSite['names'],
  written: (amount: string) => Markup,
): Markup {
  const taker = product === null ? { zh: outside ?? '', en: outside ?? '' } : nameAt(names.products, product)
  const by =
    keyAmount === null
      ? html`<td></td>`
      : html`<td class="number">${figure(keyAmount)}${keyUnit === null ? '' : html` <span class="unit">${inBoth(unitText(keyUnit))}</span>`}</td>`
  return html`<tr><th scope="row"><span class="deep-1">${inBoth(taker)}${product === null ? html` <span class="soft">${inBoth({ zh: '（系统之外）', en: '(outside)' })}</span>` : ''}</span></th>${by}<td class="number">${percent(share)}</td>${written(amount)}</tr>`
}

function nameAt(names: Readonly<Record<string, Names>>, id: string): Bilingual {
  return nameOr(Object.hasOwn(names, id) ? (names[id] as Names) : null, id)
}
