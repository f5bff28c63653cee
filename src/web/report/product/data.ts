/** How sure the figure is: its interval, what part of it stems from primary data, and how the data are rated. */

import { html } from 'hono/html'
import type { ProductResult } from '../../../engine/types.ts'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { renderDataQuality } from '../charts.ts'
import { percent, renderChapter, renderTable } from '../pieces.ts'
import { type Drawing, px, renderFigure, svgText } from '../svg.ts'
import { renderProductUncertainty } from './uncertainty.ts'

type Share = ProductResult<string>['primaryDataShare']

const title: Bilingual = { zh: '不确定性与数据', en: 'Uncertainty and data' }

export function renderData(report: ProductReport): Markup {
  const { primaryDataShare, dataQuality, uncertainty } = report
  if (primaryDataShare === null && dataQuality === null && uncertainty === null) {
    return renderChapter('data', title, [
      html`<p>${inBoth({ zh: '该记录早于此项，未作说明。', en: 'The record is older than this and says nothing of it.' })}</p>`,
    ])
  }
  return renderChapter('data', title, [
    renderProductUncertainty(report),
    primaryDataShare === null ? html`` : renderPrimary(primaryDataShare),
    dataQuality === null
      ? html``
      : renderDataQuality(dataQuality, {
          zh: '以各行在 PACT 合计（不含吸收）中的绝对值加权',
          en: 'Weighted by what the lines weigh for PACT without uptake',
        }),
  ])
}

interface Segment {
  readonly name: Bilingual
  readonly tone: string
  /** 0 to 1. */
  readonly share: number
}

function segmentsOf(primary: number, stated: number): readonly Segment[] {
  return [
    { name: { zh: '初级数据', en: 'Primary' }, tone: 'data-primary', share: primary },
    { name: { zh: '次级数据', en: 'Secondary' }, tone: 'data-secondary', share: stated - primary },
    { name: { zh: '未说明', en: 'Not stated' }, tone: 'data-untold', share: 1 - stated },
  ]
}

function renderPrimary({ primary, stated }: Share): Markup {
  if (primary === null || stated === null) {
    return html`<p class="note">${inBoth({ zh: '没有任何一行有排放，因此没有初级数据占比。', en: 'No line weighs anything, so there is no share of primary data.' })}</p>`
  }
  const segments = segmentsOf(Number(primary), Number(stated))
  const caption = { zh: '初级数据占比', en: 'Share of primary data' }
  return renderFigure({
    id: 'primary',
    title: caption,
    description: {
      zh: '一条横条分为初级、次级与未说明；数值见旁边的表。',
      en: 'A bar of primary, secondary and not stated; the figures are in the table beside it.',
    },
    wide: barDrawing(segments, 540),
    narrow: barDrawing(segments, 320),
    table: renderTable({
      caption,
      columns: [{ name: { zh: '数据', en: 'Data' } }, { name: { zh: '占比', en: 'Share' }, isNumber: true }],
      body: html`<tbody>${segments.map(
        ({ name, tone, share }) =>
          html`<tr><th scope="row"><span class="swatch ${tone}"></span>${inBoth(name)}</th><td class="number">${percent(String(share))}</td></tr>`,
      )}</tbody>`,
    }),
    note: {
      zh: '按 PACT：数量与因子均为初级、且所有引向它的输入数量均为初级时，才计为初级；以绝对值加权，止于大门。',
      en: 'As PACT has it: primary only where amount and factor are, and so are the amounts of all inputs that lead there; of absolute values, up to the gate.',
    },
  })
}

function barDrawing(segments: readonly Segment[], width: number): Drawing {
  let before = 0
  const inner = width - 4
  const marks = segments.map(({ tone, share }) => {
    const x = 2 + before * inner
    before += share
    const text = percent(String(share))
    const label =
      share * inner > text.length * 8 + 8
        ? svgText(text, x + (share * inner) / 2, 33, `class="label small on-${tone}" text-anchor="middle"`)
        : ''
    return `<rect class="${tone}" x="${px(x)}" y="8" width="${px(share * inner)}" height="40"/>${label}`
  })
  return { width, height: 56, marks: marks.join('') }
}
