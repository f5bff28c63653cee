/** The tables there are: those whose rows anyone may read first, then those that only a token shows. */

import { html } from 'hono/html'
import type { FactorTableVersion } from '../../ports/registry.ts'
import { regionName } from '../../tables/region-names.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { editionPath, tablePath } from './addresses.ts'
import { renderName } from './pieces.ts'
import { stateNames } from './words.ts'

/** Every table once, with its editions. */
export function renderTables(versions: readonly FactorTableVersion[]): Markup {
  const tables = [...Map.groupBy(versions, ({ table }) => table).values()].sort(chineseFirst)
  const isOpen = (editions: readonly FactorTableVersion[]) =>
    editions.some(({ redistributable }) => redistributable)
  return html`${renderGroup('open', { zh: '公开的表', en: 'Open tables' }, tables.filter(isOpen))}
${renderGroup(
  'closed',
  { zh: '数据行不公开的表', en: 'Tables whose rows are not shown' },
  tables.filter((editions) => !isOpen(editions)),
  {
    zh: '其许可不允许我们转发，或未作说明。持访问令牌的用户可在接口中查询和使用；方案须点名才接受。',
    en: 'Their licence does not let us pass them on, or does not say. Callers with a token find and use them over the API; a scheme accepts them only by name.',
  },
)}`
}

/** Most who come here report from China. */
function chineseFirst(a: readonly FactorTableVersion[], b: readonly FactorTableVersion[]): number {
  const isChinese = (editions: readonly FactorTableVersion[]) => Number(editions[0]?.territory === 'CN')
  return isChinese(b) - isChinese(a)
}

function renderGroup(
  id: string,
  title: Bilingual,
  tables: readonly (readonly FactorTableVersion[])[],
  note?: Bilingual,
): Markup {
  if (tables.length === 0) return html``
  return html`<section class="tables" aria-labelledby="${id}">
<h2 id="${id}">${inBoth(title)}</h2>
${note === undefined ? '' : html`<p>${inBoth(note)}</p>`}
<ul>${tables.map(renderTable)}</ul>
</section>`
}

function renderTable(editions: readonly FactorTableVersion[]): Markup {
  const newest =
    editions.findLast(({ state }) => state === 'published') ?? (editions.at(-1) as FactorTableVersion)
  const { table, title, publisher, territory, licence } = newest
  return html`<li>
<div class="what"><h3><a href="${tablePath(table)}">${renderName(title)}</a></h3>
<p class="kind">${publisher}</p>
<p class="kind">${inBoth(regionName(territory))} · ${licence}</p></div>
<ul class="editions">${[...editions].reverse().map(renderEdition)}</ul>
</li>`
}

function renderEdition({ table, version, state, factorCount }: FactorTableVersion): Markup {
  const standing = state === 'published' || state === 'draft' ? '' : inBoth(stateNames[state])
  const count = writeAmount(String(factorCount))
  return html`<li data-state="${state}"><em>${standing}</em><a href="${editionPath(table, version)}">${version}</a><span>${inBoth(
    { zh: `${count} 条`, en: `${count} rows` },
  )}</span></li>`
}
