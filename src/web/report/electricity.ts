/** Scope 2 by market, contract by contract: what was covered, by what, and what stands for the rest. */

import { html } from 'hono/html'
import { printRounded } from '../../engine/decimal.ts'
import type { Decimal, FactorUsed, Scope2Result } from '../../engine/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { figure, placeOfFactor, renderTable, tonnesColumn } from './pieces.ts'
import { instrumentNames, named, residualNames } from './words.ts'

const rowsShown = 60

export function renderElectricity(scope2: Scope2Result<Decimal>): Markup {
  const title = { zh: '范围二，基于市场：合同与其余', en: 'Scope 2 by market: contracts and the rest' }
  const instruments = scope2.instruments
    .slice(0, rowsShown)
    .map(({ id, kind, factor, kWh, kgCo2e }) => row(instrumentNames[kind], id, factor, kWh, kgCo2e))
  const rest = scope2.rest.map(({ basis, factor, kWh, kgCo2e }) =>
    row(residualNames[basis], null, factor, kWh, kgCo2e),
  )
  const more = scope2.instruments.length - rowsShown
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '工具', en: 'Instrument' } },
      { name: { zh: '因子', en: 'Factor' } },
      { name: 'kWh', isNumber: true },
      tonnesColumn,
    ],
    body: html`<tbody>${instruments}${rest}</tbody>`,
  })}
<p class="note">${inBoth({
    zh: `电力 ${figure(scope2.electricityKWh)} kWh，其中 ${figure(scope2.coveredKWh)} kWh 由合同工具覆盖。${more > 0 ? `另有 ${more} 份未列出。` : ''}`,
    en: `Of ${figure(scope2.electricityKWh)} kWh of electricity ${figure(scope2.coveredKWh)} kWh are covered by instruments.${more > 0 ? ` Another ${more} are not listed.` : ''}`,
  })}</p>`
}

function row(kind: Bilingual, id: string | null, factor: FactorUsed, kWh: Decimal, kgCo2e: Decimal): Markup {
  return html`<tr><th scope="row">${inBoth(kind)}${id === null ? '' : html`<span class="under code">${id}</span>`}</th><td>${inBoth(named(factor.name))}${placeOfFactor(factor)}</td><td class="number">${figure(kWh)}</td><td class="number">${writeAmount(printRounded(Number(kgCo2e), 2, -3))}</td></tr>`
}
