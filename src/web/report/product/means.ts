/** Several plants as one: of each process that is a mean, what its plants made and how much each weighs in it. */

import { html } from 'hono/html'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { figure, moreNote, percent, renderChapter, renderNote, renderTable, unitText } from '../pieces.ts'
import { renderBar } from '../svg.ts'
import { productCell, productColumn, withUnit } from './amounts.ts'
import { nameOr, stageTone } from './words.ts'

type Mean = NonNullable<ProductReport['means']>[number]

/** Plants of a mean that a page shows; the JSON has all. */
const plantsShown = 60

const title: Bilingual = { zh: '多个工厂合为一个', en: 'Several plants as one' }

export function renderMeans(report: ProductReport): Markup {
  const { means } = report
  if (means === null || means.length === 0) return html``
  return renderChapter('means', title, [
    renderNote({
      zh: '按期内产量加权：每个工厂的权重是其产量占全部产量的比例。',
      en: 'Weighted by what was made in the period: each plant’s weight is its output over that of all of them.',
    }),
    ...means.map((mean) => renderMean(mean, report)),
  ])
}

function renderMean({ process, plants }: Mean, { processes, head: { print } }: ProductReport): Markup {
  const rows = new Map(processes.map((row) => [row.process, row]))
  const of = rows.get(process)
  const caption = nameOr(of?.name ?? null, process)
  return html`<h3>${inBoth(caption)}</h3>${renderTable({
    caption,
    columns: [
      { name: { zh: '工厂', en: 'Plant' } },
      { name: { zh: '条形', en: 'Bar' } },
      { name: { zh: '期内产量', en: 'Made in the period' }, isNumber: true },
      { name: { zh: '权重', en: 'Weight' }, isNumber: true },
      { ...productColumn(print), name: withUnit({ zh: '含上游', en: 'With upstream' }, print) },
    ],
    name: 'bars',
    body: html`<tbody>${plants.slice(0, plantsShown).map(({ process: plant, product, output, share }) => {
      const row = rows.get(plant)
      const made = product === plant ? '' : html` · ${product}`
      return html`<tr><th scope="row">${inBoth(nameOr(row?.name ?? null, plant))}<span class="under"><span class="code">${plant}</span>${made}</span></th><td class="bar-cell">${renderBar(Number(share), { low: 0, high: 1 }, stageTone(row?.stage ?? null))}</td><td class="number">${figure(output.amount)} <span class="unit">${inBoth(unitText(output.unit))}</span></td><td class="number">${percent(share)}</td>${productCell(row?.withUpstream ?? null, print, { zh: '–', en: '–' })}</tr>`
    })}</tbody>`,
  })}${moreNote(plants.length, plantsShown)}`
}
