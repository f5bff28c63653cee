/**
 * What a factor holds, gas by gas, and what it weighs under each GWP set. Zero, not given, not covered and not to be told are four
 * things, and each is said in words.
 */

import { html } from 'hono/html'
import { isStated } from '../../engine/gwp.ts'
import type { Decimal, EmissionFactor, Flow, GwpSet } from '../../engine/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { kindNames, wordsFor } from '../wording.ts'
import { gasWritten } from './gases.ts'
import { besideTotal, placesOf, readable, significant } from './numbers.ts'
import { apartOf, type WeighingRefusal, type Weight, weighUnder } from './value.ts'
import { basisNames, unitWritten } from './words.ts'

interface Column {
  readonly set: GwpSet
  readonly weight: Weight | WeighingRefusal
}

/** The table, and under it what its numbers do not say. */
export function renderGasTable(factor: EmissionFactor, sets: readonly GwpSet[]): Markup {
  const newestFirst = [...sets].sort((a, b) => (a.basis < b.basis ? 1 : -1))
  const isWeighable = factor.flows.some(({ kind }) => kind !== 'pollutant')
  const columns = (isWeighable ? newestFirst : []).map(
    (set): Column => ({ set, weight: weighUnder(factor, set) }),
  )
  const unit = unitWritten(factor.unit)
  return html`<section class="holds" aria-labelledby="holds">
<h2 id="holds">${inBoth({ zh: '包含什么', en: 'What it holds' })}</h2>
<div class="scroll" role="region" aria-labelledby="gases" tabindex="0"><table class="gases">
<caption id="gases">${inBoth({ zh: `每 1 ${unit.zh}，千克`, en: `Kilograms per 1 ${unit.en}` })}</caption>
<thead><tr><th scope="col">${inBoth({ zh: '气体', en: 'Gas' })}</th><th scope="col" class="number">${inBoth({ zh: '质量', en: 'Mass' })}</th>${columns.map(
    ({ set }) => html`<th scope="col" class="number">CO₂e <span class="set">${set.basis}</span></th>`,
  )}</tr></thead>
<tbody>${factor.flows.map((flow, at) => renderFlow(flow, at, factor, columns))}
${factor.gasesNotCovered.map((gas) => renderNotCovered(gas, columns.length))}</tbody>
${isWeighable ? html`<tfoot>${renderTotal(factor, columns)}${renderStated(factor, columns)}</tfoot>` : ''}
</table></div>
<ul class="remarks">${remarks(factor, columns).map((remark) => html`<li>${inBoth(remark)}</li>`)}</ul>
</section>`
}

function renderFlow(flow: Flow, at: number, factor: EmissionFactor, columns: readonly Column[]): Markup {
  return html`<tr${apartOf(flow) === null ? '' : html` class="is-apart"`}>
<th scope="row">${gasWritten(flow.gas)} <span class="of">${inBoth(apartOf(flow) === 'outside-groups' ? outsideGroups : kindNames[flow.kind])}</span></th>
${renderMass(flow)}
${isAsStated(flow, factor) ? renderAsStated(columns.length) : columns.map(({ weight }) => renderPart(weight, at, factor))}</tr>`
}

const outsideGroups: Bilingual = { zh: '七类之外', en: 'outside the seven groups' }

/** The mass as the source has it; the digits of a division by a GWP are shortened, and stand below. */
function renderMass({ kg }: Flow): Markup {
  const { text, isWhole } = readable(kg)
  const exact = isWhole ? '' : html`<span class="exact">${kg}</span>`
  const zero =
    Number(kg) === 0 ? html`<span class="exact">${inBoth({ zh: '真零', en: 'a true zero' })}</span>` : ''
  return html`<td class="number">${isWhole ? '' : '≈ '}${text}${exact}${zero}</td>`
}

/** A sum whose basis nobody told: it goes into any result as it stands. */
function isAsStated({ gas }: Flow, { gwpBasis }: EmissionFactor): boolean {
  return isStated(gas) && gwpBasis === 'not-stated'
}

function renderAsStated(columns: number): Markup {
  return html`<td colspan="${columns}" class="number untold">${inBoth({ zh: '按来源原值，不换算', en: 'as the source states it, never restated' })}</td>`
}

function renderPart(weight: Weight | WeighingRefusal, at: number, factor: EmissionFactor): Markup {
  const part = 'refused' in weight ? undefined : weight.parts[at]
  if ('refused' in weight || part === undefined || part.kgCo2e === null) {
    return html`<td class="number untold"><span aria-hidden="true">–</span></td>`
  }
  const amount = weightWritten(part.kgCo2e, weight.total, factor)
  const mark = part.inTotal ? '' : html`<abbr title="不计入总量 outside the total">°</abbr>`
  return html`<td class="number">${writeAmount(amount)}${mark}</td>`
}

/** Parts stand digit under digit; one alone keeps its own digits. */
function weightWritten(part: number, total: number, factor: EmissionFactor): Decimal {
  if (factor.flows.length === 1) return significant(part)
  return besideTotal(part, total, placesOf(factor.statedCo2eKg))
}

function renderUntold(): Markup {
  return html`<td class="number untold">${inBoth({ zh: '不可换算', en: 'not restatable' })}</td>`
}

function renderNotCovered(gas: string, columns: number): Markup {
  return html`<tr class="not-covered"><th scope="row">${gasWritten(gas)}</th><td colspan="${columns + 1}">${inBoth(
    {
      zh: '来源未覆盖：不是零，是没有',
      en: 'not covered by the source: absent, not zero',
    },
  )}</td></tr>`
}

function renderTotal(factor: EmissionFactor, columns: readonly Column[]): Markup {
  const name = html`<th scope="row" colspan="2">${inBoth({ zh: '计入总量', en: 'Counts in a total' })}</th>`
  if (factor.flows.every((flow) => isAsStated(flow, factor))) {
    return html`<tr class="sum">${name}<td colspan="${columns.length}" class="number">${readable(factor.statedCo2eKg ?? '').text}</td></tr>`
  }
  return html`<tr class="sum">${name}${columns.map(({ weight }) =>
    'refused' in weight
      ? renderUntold()
      : html`<td class="number">${writeAmount(weightWritten(weight.total, weight.total, factor))}</td>`,
  )}</tr>`
}

/** The CO2e a source prints beside its gases, under its own basis: it is checked against them, and never added. */
function renderStated({ statedCo2eKg, gwpBasis, flows }: EmissionFactor, columns: readonly Column[]): Markup {
  if (statedCo2eKg === null || flows.every(({ gas }) => isStated(gas))) return html``
  const amount = readable(statedCo2eKg).text
  return html`<tr class="stated"><th scope="row" colspan="2">${inBoth({ zh: '来源自己写的合计', en: 'Sum the source prints' })}</th>${columns.map(
    ({ set }) => html`<td class="number">${set.basis === gwpBasis ? amount : ''}</td>`,
  )}</tr>`
}

/** What a reader must know beside the numbers, each once. */
function remarks(factor: EmissionFactor, columns: readonly Column[]): readonly Bilingual[] {
  return [
    ...givenRemarks(factor),
    ...(factor.flows.some((flow) => isAsStated(flow, factor)) ? [asStatedRemark] : []),
    ...refusalRemarks(columns),
    ...(factor.flows.some((flow) => apartOf(flow) !== null) ? [apartRemark] : []),
    ...(factor.fossilFugitiveMethane ? [fugitiveRemark] : []),
  ]
}

const apartRemark: Bilingual = {
  zh: '° 不计入总量：生物源 CO₂、吸收、污染物和七类之外的气体单独列示。',
  en: '° Outside the total: biogenic CO₂, uptake, pollutants and gases outside the seven groups stand apart.',
}
const fugitiveRemark: Bilingual = {
  zh: '其甲烷来自化石源泄漏，AR6 按 29.8 计，其他甲烷为 27.0。',
  en: 'Its methane escapes from fossil sources: 29.8 in AR6, where other methane is 27.0.',
}
const asStatedRemark: Bilingual = {
  zh: '来源没有说明合计所依据的 GWP：不能换算。只有方案点名本表时才可使用，并在结果中标出所占份额。',
  en: 'The source does not say on which GWPs it summed, so nothing can restate it. It is used only where a scheme names the table, and flagged with its share of the result.',
}

/** What the source gives only as a sum, and which gases it does not speak of. */
function givenRemarks({ flows, gasesNotCovered }: EmissionFactor): readonly Bilingual[] {
  if (flows.every(({ gas }) => isStated(gas))) {
    return [
      {
        zh: '来源只给出合计的 CO₂e，没有给出各气体的质量。',
        en: 'The source gives a sum in CO₂e only; masses of gases are not given.',
      },
    ]
  }
  const named = new Set([...flows.map(({ gas }) => gas), ...gasesNotCovered])
  const silent = ['CH4', 'N2O'].filter((gas) => !named.has(gas)).map(gasWritten)
  if (silent.length === 0 || !named.has('CO2')) return []
  return [{ zh: `来源未给出 ${silent.join('、')}。`, en: `${silent.join(', ')}: not given by the source.` }]
}

/** Why a factor cannot be told under a set; sets with the same reason together. */
function refusalRemarks(columns: readonly Column[]): readonly Bilingual[] {
  const refused = columns.flatMap(({ set, weight }) =>
    'refused' in weight ? [{ basis: set.basis, weight }] : [],
  )
  const groups = Map.groupBy(refused, ({ weight }) => JSON.stringify(weight))
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [refusalText([first, ...others].map(({ basis }) => basis).join(', '), first.weight)],
  )
}

function refusalText(bases: string, refusal: WeighingRefusal): Bilingual {
  if (refusal.refused === 'no-gwp') {
    return {
      zh: `${bases}：没有 ${gasWritten(refusal.gas)} 的 GWP，不当作零。`,
      en: `${bases}: no GWP of ${gasWritten(refusal.gas)}, which is not taken for zero.`,
    }
  }
  const own = wordsFor(basisNames, refusal.basis)
  return {
    zh: `${bases}：含来源按 ${own.zh} 合计的部分，没有其各气体的质量，拆不开，不能换算。`,
    en: `${bases}: it holds a sum that the source made on ${own.en}; without the masses behind it nobody can take it apart again.`,
  }
}
