/** Electricity under contract: how much of the product's is covered, by what, and what was taken of it. */

import { html } from 'hono/html'
import type { CoveredElectricity, Decimal } from '../../../engine/types.ts'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import {
  figure,
  moreNote,
  percent,
  placeOfFactor,
  renderChapter,
  renderNote,
  renderTable,
  unitText,
} from '../pieces.ts'
import { instrumentNames, named } from '../words.ts'
import { declaredUnitText } from './words.ts'

/** Instruments that a page shows; the JSON has all. */
const instrumentsShown = 60

const title: Bilingual = { zh: '合同电力（绿电）', en: 'Electricity under contract' }

export function renderContracts(report: ProductReport): Markup {
  const { contractualInstruments: covered, head } = report
  if (covered === null) return html``
  return renderChapter('contracts', title, [
    renderNote({
      zh: '合同工具抵扣的电力按其电源的生命周期因子计算，并计入输配；绝不为零。其余电力按电网因子计算。',
      en: 'Electricity that an instrument covers is weighed over the life cycle of its generation, with its way through the grid, and never zero; the rest by its grid.',
    }),
    html`<p>${inBoth(coveredText(covered, declaredUnitText(head)))}</p>`,
    renderInstruments(covered),
  ] as readonly Markup[])
}

function coveredText(
  { electricityKWh, coveredKWh, produced }: CoveredElectricity<Decimal>,
  per: Bilingual,
): Bilingual {
  const share =
    Number(electricityKWh) === 0 ? null : percent(String(Number(coveredKWh) / Number(electricityKWh)))
  const unit = unitText(produced.unit)
  return {
    zh: `每 ${per.zh} 用电 ${figure(electricityKWh)} kWh，其中 ${figure(coveredKWh)} kWh 由合同工具抵扣${share === null ? '' : `（${share}）`}；对应期内产量 ${figure(produced.amount)} ${unit.zh}。`,
    en: `Per ${per.en}, ${figure(coveredKWh)} of ${figure(electricityKWh)} kWh are covered${share === null ? '' : ` (${share})`}; ${figure(produced.amount)} ${unit.en} were made with this power in the period.`,
  }
}

function renderInstruments({ instruments }: CoveredElectricity<Decimal>): Markup {
  return html`${renderTable({
    caption: title,
    columns: [
      { name: { zh: '工具', en: 'Instrument' } },
      { name: { zh: '因子', en: 'Factor' } },
      { name: { zh: '电量 kWh', en: 'It is of, kWh' }, isNumber: true },
      { name: { zh: '已用 kWh', en: 'Taken, kWh' }, isNumber: true },
    ],
    body: html`<tbody>${instruments
      .slice(0, instrumentsShown)
      .map(({ id, kind, named: called, factor, kWh, takenKWh }) => {
        const group = called === id ? '' : html` · ${called}`
        return html`<tr><th scope="row">${inBoth(instrumentNames[kind])}<span class="under"><span class="code">${id}</span>${group}</span></th><td>${inBoth(named(factor.name))}${placeOfFactor(factor)}</td><td class="number">${figure(kWh)}</td><td class="number">${figure(takenKWh)}</td></tr>`
      })}</tbody>`,
  })}${moreNote(instruments.length, instrumentsShown)}`
}
