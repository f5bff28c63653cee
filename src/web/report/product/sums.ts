/** The sums of PACT and of ISO 14067 side by side with what the product holds of carbon: parts that no line has are no zeros. */

import { html } from 'hono/html'
import type { ProductResult } from '../../../engine/types.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import type { ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { stageNames } from '../../wording.ts'
import { fact } from '../basis.ts'
import { figure, percent, renderChapter, renderNote, renderTable } from '../pieces.ts'
import { productCell, productColumn } from './amounts.ts'

type Sums = ProductResult<string>['sums']
type Carbon = ProductResult<string>['carbon']

const noFlow: Bilingual = { zh: '无此类流量', en: 'no such flow' }

/** A part or a sum of a standard: its own name in code, and what that means. */
interface Part {
  readonly code?: string
  readonly name: Bilingual
  readonly value: string | null
  readonly is: 'part' | 'sum' | 'beside'
}

export function renderSums(report: ProductReport): Markup {
  const { sums, carbon, totals, head } = report
  if (sums === null || carbon === null) {
    return renderChapter('sums', title, [
      html`<p>${inBoth({ zh: '该记录早于此项，未作说明。', en: 'The record is older than these sums and says nothing of them.' })}</p>`,
    ])
  }
  const measure = productMeasure(totals.total.kgCo2e, head.print)
  const table = (parts: readonly Part[], caption: Bilingual) => partTable(parts, caption, measure, report)
  const iso = { zh: 'ISO 14067：各部分单列', en: 'ISO 14067: each part by itself' }
  const pact = { zh: 'PACT 3.0：两种合计', en: 'PACT 3.0: its two sums' }
  return renderChapter('sums', title, [
    html`<h3>${inBoth(iso)}</h3>${table(isoParts(sums.iso14067), iso)}`,
    html`<h3>${inBoth(pact)}</h3>${sums.pact === null ? pactAbsent() : html`${table(pactParts(sums.pact), pact)}${pactNote(sums.pact)}`}`,
    renderCarbon(carbon),
  ])
}

const title: Bilingual = { zh: '标准的合计与碳', en: 'Sums of the standards, and carbon' }

function partTable(
  parts: readonly Part[],
  caption: Bilingual,
  measure: ProductMeasure,
  { head: { print } }: ProductReport,
): Markup {
  const row = ({ code, name, value, is }: Part) =>
    html`<tr class="${is === 'sum' ? 'sum' : is === 'beside' ? 'apart' : value === null ? 'absent' : ''}"><th scope="row">${inBoth(name)}${code === undefined ? '' : html`<span class="under code">${code}</span>`}</th>${productCell(value === null ? null : measure.amount(value), print, noFlow)}</tr>`
  return renderTable({
    caption,
    columns: [{ name: { zh: '部分', en: 'Part' } }, productColumn(print)],
    name: 'slim sums',
    body: html`<tbody>${parts.map(row)}</tbody>`,
  })
}

function isoParts(iso: Sums['iso14067']): readonly Part[] {
  const part = (zh: string, en: string, value: string | null, is: Part['is'] = 'part'): Part => ({
    ...{ name: { zh, en }, value, is },
  })
  return [
    part('化石源', 'Fossil', iso.fossilKgCo2e),
    part('航空', 'Aircraft', iso.aircraftKgCo2e),
    part('生物源 CO₂', 'Biogenic CO₂', iso.biogenicCo2KgCo2e),
    part('其他生物源气体', 'Other biogenic gases', iso.biogenicOtherKgCo2e),
    part('生物源吸收', 'Biogenic uptake', iso.biogenicUptakeKgCo2e),
    part('直接土地利用变化', 'Direct land-use change', iso.landUseChangeKgCo2e),
    part('清除', 'Removals', iso.removalsKgCo2e),
    part('合计（全部）', 'Net, of all parts', iso.netKgCo2e, 'sum'),
    part(
      '合计（不含生物源 CO₂ 及其吸收）',
      'Net, without biogenic CO₂ and its uptake',
      iso.netWithoutBiogenicCo2KgCo2e,
      'sum',
    ),
    part(
      '间接土地利用变化（不计入）',
      'Indirect land-use change, in no sum',
      iso.indirectLandUseChangeKgCo2e,
      'beside',
    ),
    part(
      '七类之外的气体（不计入）',
      'Gases outside the seven groups, in no sum',
      iso.outsideSevenGroupsKgCo2e,
      'beside',
    ),
  ]
}

function pactParts(pact: NonNullable<Sums['pact']>): readonly Part[] {
  const part = (code: keyof typeof pact, zh: string, en: string, is: Part['is'] = 'part'): Part => ({
    code,
    name: { zh, en },
    value: pact[code] as string | null,
    is,
  })
  return [
    part(
      'fossilGhgEmissions',
      '化石源（含航空与土地管理的化石排放）',
      'Fossil, with aircraft and those of land management',
    ),
    part('landUseChangeGhgEmissions', '直接土地利用变化', 'Direct land-use change'),
    part(
      'landManagementBiogenicCO2Emissions',
      '土地管理的生物源 CO₂ 排放',
      'Biogenic CO₂ of land management',
    ),
    part('landManagementBiogenicCO2Removals', '土地管理的清除', 'Removals of land management'),
    part('biogenicNonCO2Emissions', 'CO₂ 以外的生物源气体', 'Biogenic gases but CO₂'),
    part('technologicalCO2Removals', '技术清除', 'Technological removals'),
    part('ccsTechnologicalCO2Capture', '化石 CO₂ 捕集与封存', 'Fossil CO₂ captured and stored'),
    part(
      'pcfExcludingBiogenicUptake',
      '合计（不含生物源吸收）',
      'Footprint excluding biogenic uptake',
      'sum',
    ),
    part('biogenicCO2Uptake', '生物源 CO₂ 净吸收', 'Biogenic CO₂ taken up and held'),
    part('pcfIncludingBiogenicUptake', '合计（含生物源吸收）', 'Footprint including biogenic uptake', 'sum'),
    part(
      'landManagementFossilGhgEmissions',
      '其中：土地管理的化石排放',
      'Of these: fossil of land management',
      'beside',
    ),
    part('aircraftGhgEmissions', '其中：航空', 'Of these: aircraft', 'beside'),
    part('packagingGhgEmissions', '其中：包装', 'Of these: packaging', 'beside'),
    part('landCarbonLeakage', '间接土地利用变化（不计入）', 'Land carbon leakage, in no sum', 'beside'),
  ]
}

function pactNote({ stages }: NonNullable<Sums['pact']>): Markup {
  const names = (language: 'zh' | 'en') => stages.map((stage) => stageNames[stage][language])
  return renderNote({
    zh: `PACT 止于大门：计入的阶段为${names('zh').join('、')}。`,
    en: `PACT ends at the gate: it sums up ${names('en').join(' and ').toLowerCase()}.`,
  })
}

function pactAbsent(): Markup {
  return html`<p>${inBoth({
    zh: '“从大门到大门”的系统没有 PACT 合计：PACT 追溯至摇篮。',
    en: 'A gate-to-gate system has none: PACT reaches back to the cradle.',
  })}</p>`
}

const stateNames: Readonly<Record<NonNullable<Carbon['balance']>['state'], Bilingual>> = {
  balanced: { zh: '平衡', en: 'comes out' },
  'not-balanced': { zh: '不平衡', en: 'does not come out' },
  'uptake-not-stated': { zh: '未报告吸收，无法核对', en: 'no uptake is stated: cannot be checked' },
  'content-not-stated': {
    zh: '未说明含碳量，无法核对',
    en: 'no carbon content is stated: cannot be checked',
  },
  'not-by-mass': { zh: '有流量只给 CO₂e，无法核对', en: 'a flow is stated as CO₂e: cannot be checked' },
}

function renderCarbon({ content, balance }: Carbon): Markup {
  const heading = { zh: '产品中的碳', en: 'Carbon in the product' }
  const mass = (value: string | null, unit: string) =>
    value === null
      ? html`<span class="none">${inBoth({ zh: '未给出', en: 'not stated' })}</span>`
      : html`${figure(value)} <span class="unit">${unit}</span>`
  const held =
    content === null
      ? fact(
          { zh: '含碳量', en: 'Carbon content' },
          html`<span class="none">${inBoth({ zh: '未给出', en: 'not stated' })}</span>`,
        )
      : html`${fact({ zh: '化石碳', en: 'Fossil carbon' }, mass(content.fossilKgC, 'kg C'))}${fact({ zh: '生物源碳', en: 'Biogenic carbon' }, mass(content.biogenicKgC, 'kg C'))}${fact({ zh: '其中再生碳', en: 'Recycled, of both' }, mass(content.recycledKgC, 'kg C'))}${fact({ zh: '包装中的生物源碳', en: 'Biogenic, in the packaging' }, mass(content.packagingBiogenicKgC, 'kg C'))}${fact({ zh: '产品质量', en: 'Mass of the product' }, mass(content.productMassKg, 'kg'))}`
  const weighed =
    balance === null
      ? fact(
          { zh: '生物源碳平衡', en: 'Balance of biogenic carbon' },
          html`<span class="none">${inBoth({ zh: '无生物源碳，或边界不及其来源', en: 'nothing is biogenic, or the boundary does not reach what grew' })}</span>`,
        )
      : html`${fact({ zh: '生物源碳平衡', en: 'Balance of biogenic carbon' }, html`<strong>${inBoth(stateNames[balance.state])}</strong>`)}${fact({ zh: '吸收 + 释放 + 留存 = 差额', en: 'Taken up + let go + held = difference' }, html`${mass(balance.takenUpKgCo2, 'kg CO₂')} + ${mass(balance.releasedKgCo2, 'kg CO₂')} + ${mass(balance.heldKgCo2, 'kg CO₂')} = ${mass(balance.differenceKgCo2, 'kg CO₂')} <span class="soft">(${inBoth({ zh: `允许 ${percent(balance.tolerance)}`, en: `within ${percent(balance.tolerance)}` })})</span>`)}`
  return html`<h3>${inBoth(heading)}</h3><dl class="facts">${held}${weighed}</dl>`
}
