/** End of life and recycled content: each material's formula, term by term, with the parameters it was read with. */

import { html } from 'hono/html'
import type { CircularTerm, EndOfLifeMethod, MaterialResult } from '../../../engine/types.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { fact } from '../basis.ts'
import { figure, percent, renderChapter, renderTable, unitText } from '../pieces.ts'
import { named } from '../words.ts'
import { productCell, productColumn } from './amounts.ts'

export const endOfLifeNames: Readonly<Record<EndOfLifeMethod, Bilingual>> = {
  'cut-off': {
    zh: '截断法（再生料无前生负担，回收不给抵扣）',
    en: 'Cut-off: recycled material comes free, and recycling is not credited',
  },
  'circular-footprint-formula': {
    zh: '循环足迹公式（欧盟 PEF 附件 C）',
    en: 'Circular Footprint Formula (EU PEF, Annex C)',
  },
}

const termNames: Readonly<Record<CircularTerm, Bilingual>> = {
  Ev: { zh: '原生料', en: 'primary material' },
  Erecycled: { zh: '投入的再生料', en: 'recycled material that goes in' },
  ErecyclingEoL: { zh: '生命末期的回收', en: 'recycling at the end of life' },
  EvStar: { zh: '被替代的原生料', en: 'primary material that is replaced' },
  EER: { zh: '能量回收', en: 'energy recovery' },
  ESEheat: { zh: '被替代的热力', en: 'heat that is replaced' },
  ESEelec: { zh: '被替代的电力', en: 'electricity that is replaced' },
  ED: { zh: '处置', en: 'disposal' },
}

/** What stands where a term's emissions stand on the lines of another process. */
const elsewhere: Bilingual = { zh: '计于所取过程', en: 'in the process it takes from' }

export function renderCircular(report: ProductReport): Markup {
  const { circular, totals, head } = report
  if (circular === null) return html``
  const { method, recycledContent, materials } = circular
  const measure = productMeasure(totals.total.kgCo2e, head.print)
  return renderChapter('circular', { zh: '生命末期与再生含量', en: 'End of life and recycled content' }, [
    html`<dl class="facts">${fact({ zh: '方法', en: 'Method' }, method === null ? html`<span class="none">${inBoth({ zh: '未给出：边界不及生命末期', en: 'none stated: the boundary does not reach the end of life' })}</span>` : inBoth(endOfLifeNames[method]))}${
      recycledContent === null
        ? fact(
            { zh: '再生含量', en: 'Recycled content' },
            html`<span class="none">${inBoth({ zh: '没有一行给出', en: 'no line states any' })}</span>`,
          )
        : fact(
            { zh: '再生含量', en: 'Recycled content' },
            html`${percent(recycledContent.share)} <span class="soft">(${figure(recycledContent.kgRecycled)} / ${figure(recycledContent.kg)} kg)</span>`,
          )
    }</dl>`,
    ...materials.map((material) => materialTable(material, measure, report)),
  ])
}

function materialTable(
  material: MaterialResult<string>,
  measure: ProductMeasure,
  { head }: ProductReport,
): Markup {
  const { name, parameters, kgIn, kgOut, terms } = material
  const { print } = head
  const masses = [
    ...(kgIn === null ? [] : [{ zh: `投入 ${figure(kgIn)} kg`, en: `${figure(kgIn)} kg go in` }]),
    ...(kgOut === null
      ? []
      : [{ zh: `末期 ${figure(kgOut)} kg`, en: `${figure(kgOut)} kg at the end of life` }]),
  ]
  const part = (of: Bilingual, value: string | null) =>
    html`<tr class="sum"><th scope="row" colspan="2">${inBoth(of)}</th>${productCell(value === null ? null : measure.amount(value), print, elsewhere)}</tr>`
  return html`<h3>${inBoth(named(name))}</h3>
<p class="note">${inBoth({ zh: masses.map(({ zh }) => zh).join('，'), en: masses.map(({ en }) => en).join(', ') })}${parameters.map(({ name: of, value, unit }) => html` <span class="step"><span class="code">${of}</span> ${figure(value)}${unit === '1' ? '' : html` ${inBoth(unitText(unit))}`}</span>`)}</p>
${renderTable({
  caption: named(name),
  columns: [
    { name: { zh: '项', en: 'Term' } },
    { name: { zh: '权重', en: 'Weight' }, isNumber: true },
    productColumn(print),
  ],
  name: 'slim',
  body: html`<tbody>${terms.map(
    ({ term, weight, unit, kgCo2e }) =>
      html`<tr><th scope="row"><span class="code">${term === 'EvStar' ? 'E*v' : term}</span> ${inBoth(termNames[term])}</th><td class="number">${figure(weight)}${unit === '1' ? '' : html` <span class="unit">${inBoth(unitText(unit))}</span>`}</td>${productCell(kgCo2e === null ? null : measure.amount(kgCo2e), print, elsewhere)}</tr>`,
  )}${part({ zh: '材料', en: 'Material' }, material.material)}${part({ zh: '能量', en: 'Energy' }, material.energy)}${part({ zh: '处置', en: 'Disposal' }, material.disposal)}</tbody>`,
})}`
}
