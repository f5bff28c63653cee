/** How processes that make several products share their burden: by which key, with which shares, and what is credited. */

import { html } from 'hono/html'
import type { AllocationMethod, ProductResult } from '../../../engine/types.ts'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { figure, percent, renderChapter, renderTable, unitText } from '../pieces.ts'
import { nameOr } from './words.ts'

type Allocation = ProductResult<string>['allocations'][number]

export const allocationNames: Readonly<Record<AllocationMethod, Bilingual>> = {
  mass: { zh: '按质量', en: 'by mass' },
  energy: { zh: '按能量', en: 'by energy' },
  'economic-value': { zh: '按经济价值', en: 'by economic value' },
  'physical-property': { zh: '按物理属性', en: 'by a physical property' },
  shares: { zh: '按给定比例', en: 'by given shares' },
  subdivision: { zh: '过程细分', en: 'by subdivision' },
  substitution: { zh: '替代（系统扩展）', en: 'by substitution' },
}

const title: Bilingual = { zh: '分配', en: 'Allocation' }

export function renderAllocations({ allocations, processes }: ProductReport): Markup {
  if (allocations === null || allocations.length === 0) return html``
  const names = new Map(processes.map(({ process, name }) => [process, name]))
  const nameOf = (process: string) => nameOr(names.get(process) ?? null, process)
  return renderChapter(
    'allocation',
    title,
    allocations.map((allocation) => renderAllocation(allocation, nameOf)),
  )
}

function renderAllocation(allocation: Allocation, nameOf: (process: string) => Bilingual): Markup {
  const { process, justification, products } = allocation
  const name = nameOf(process)
  const how = howText(allocation)
  const heading = { zh: `${name.zh}：${how.zh}`, en: `${name.en}: ${how.en}` }
  const none = { zh: '–', en: '–' }
  return html`<h3>${inBoth(heading)}</h3>
${justification === null ? '' : html`<p class="note">${inBoth({ zh: '理由：', en: 'Why: ' })}${justification}</p>`}
${renderTable({
  caption: heading,
  columns: [
    { name: { zh: '产品', en: 'Product' } },
    { name: { zh: '依据', en: 'Basis' }, isNumber: true },
    { name: { zh: '比例', en: 'Share' }, isNumber: true },
    { name: { zh: '替代', en: 'Makes needless' } },
  ],
  body: html`<tbody>${products.map(
    ({ product, basis, share, avoids }) =>
      html`<tr><th scope="row">${product}</th>${basis === null ? html`<td class="number none">${inBoth(none)}</td>` : html`<td class="number">${figure(basis.amount)} <span class="unit">${inBoth(unitText(basis.unit))}</span></td>`}<td class="number">${share === null ? '–' : percent(share)}</td><td>${avoids === null ? '' : html`${figure(avoids.amount)} <span class="unit">${inBoth(unitText(avoids.unit))}</span> ${inBoth(nameOf(avoids.process))}${avoids.product === avoids.process ? '' : ` · ${avoids.product}`}`}</td></tr>`,
  )}</tbody>`,
})}`
}

/** `by subdivision, what is common by mass`. */
function howText({ by, key, property }: Allocation): Bilingual {
  const { zh, en } = allocationNames[by]
  const named = property === null ? '' : ` (${property})`
  if (key === null || key === by) return { zh: `${zh}${named}`, en: `${en}${named}` }
  const common = allocationNames[key]
  return { zh: `${zh}，共有部分${common.zh}${named}`, en: `${en}, what is common ${common.en}${named}` }
}
