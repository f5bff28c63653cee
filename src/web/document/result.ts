/** The result as a document shows it: a vector, never one number; what counts, what stands apart, what nobody measured. */

import { html, raw } from 'hono/html'
import type { CredentialSubject, PublicResult } from '../../credential/schema.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'
import { writeAmount, writeGas, writeShare, writeUnit } from '../quantity.ts'
import {
  flagNames,
  kindNames,
  qualityNames,
  scopeNames,
  stageNames,
  totalMemberNames,
  wordsFor,
} from '../wording.ts'
import { breakdownFields } from './breakdowns.ts'
import { exclusionsPrinted, type Field, renderFields, renderList } from './fields.ts'

interface Row {
  readonly name: Bilingual
  readonly amount: string
  readonly unit: string
  readonly isApart: boolean
}

/** Total, chart of its parts, and what the total does not cover. */
export function renderResult(subject: CredentialSubject): Markup {
  const { result } = subject
  return html`<section class="result" aria-labelledby="result">
<h2 id="result">${sideBySide({ zh: '结果', en: 'Result' })}</h2>
${renderTotal(subject)}
<div class="vector">${renderChart(
    subject.type === 'ProductFootprint'
      ? { zh: '按生命周期阶段', en: 'By life-cycle stage' }
      : { zh: '按范围', en: 'By scope' },
    partRows(result),
  )}${renderChart({ zh: '按类别', en: 'By kind' }, kindRows(result))}</div>
${renderFields(coverageFields(subject))}
</section>`
}

const unitWords = {
  declared: { zh: '声明单位', en: 'declared unit' },
  flow: { zh: '功能单位的基准流', en: 'reference flow of the functional unit' },
} as const

function renderTotal({ result, declaredUnit, functionalUnit }: CredentialSubject): Markup {
  const kind = functionalUnit === undefined ? unitWords.declared : unitWords.flow
  const per =
    declaredUnit === undefined
      ? { zh: '报告期内', en: 'for the reporting period' }
      : {
          zh: `每 ${writeAmount(declaredUnit.amount)} ${declaredUnit.unit}（${kind.zh}）`,
          en: `per ${writeAmount(declaredUnit.amount)} ${declaredUnit.unit} (${kind.en})`,
        }
  return html`<p class="total"><strong>${writeAmount(result.total.amount)}</strong> <span class="unit">${writeUnit(result.total.unit)}</span>
<span class="per">${sideBySide(per)}</span></p>`
}

function partRows(result: PublicResult): Row[] {
  const scopes = (result.byScope ?? []).map(({ scope, ...mass }) => ({
    ...mass,
    name: wordsFor(scopeNames, scope),
  }))
  const stages = (result.byStage ?? []).map(({ stage, ...mass }) => ({
    ...mass,
    name: wordsFor(stageNames, stage),
  }))
  return [...scopes, ...stages].map((row) => ({ ...row, isApart: false }))
}

function kindRows(result: PublicResult): Row[] {
  return (result.byKind ?? []).map(({ kind, inTotal, ...mass }) => ({
    ...mass,
    name: wordsFor(kindNames, kind),
    isApart: !inTotal,
  }))
}

/** A table whose figures are also drawn, so that it can be read aloud and seen at a glance. */
function renderChart(title: Bilingual, rows: readonly Row[]): Markup {
  if (rows.length === 0) return html``
  const scale = scaleOf(rows)
  const note = rows.some(({ isApart }) => isApart)
    ? html` <span class="apart">° ${sideBySide({ zh: '不计入总量', en: 'outside the total' })}</span>`
    : ''
  return html`<table><caption>${sideBySide(title)}${note}</caption>
<tbody>${rows.map((row) => renderRow(row, scale))}</tbody></table>`
}

function renderRow(row: Row, scale: Scale): Markup {
  const apart = row.isApart ? html`<abbr title="不计入总量 outside the total">°</abbr>` : ''
  return html`<tr${row.isApart ? html` class="is-apart"` : ''}><th scope="row">${sideBySide(row.name)}${apart}</th>
<td class="bar">${renderBar(Number(row.amount), scale)}</td>
<td class="amount">${writeAmount(row.amount)} <span class="unit">${writeUnit(row.unit)}</span></td></tr>`
}

/** From the most negative to the most positive figure of a chart, always with zero inside. */
interface Scale {
  readonly low: number
  readonly high: number
}

function scaleOf(rows: readonly Row[]): Scale {
  const amounts = rows.map(({ amount }) => Number(amount))
  return { low: Math.min(0, ...amounts), high: Math.max(0, ...amounts) }
}

/** A bar from zero to the amount on a drawing 100 wide; uptakes and removals run to the left. */
function renderBar(amount: number, { low, high }: Scale): Markup {
  const width = high - low || 1
  const place = (value: number) => ((value - low) / width) * 100
  const [zero, end] = [place(0), place(amount)]
  const bar = `<rect x="${Math.min(zero, end).toFixed(2)}" y="1" width="${Math.abs(end - zero).toFixed(2)}" height="8"/>`
  const axis = `<path d="M${zero.toFixed(2)} 0V10" vector-effect="non-scaling-stroke"/>`
  return raw(
    `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" class="${amount < 0 ? 'negative' : 'positive'}">${bar}${axis}</svg>`,
  )
}

function coverageFields(subject: CredentialSubject): (Field | null)[] {
  const { result, exclusions } = subject
  return [
    ...breakdownFields(subject),
    marketField(result),
    uncertaintyField(subject),
    qualityField(subject),
    baseYearField(subject),
    {
      name: { zh: '总量包含', en: 'The total includes' },
      value: html`<span class="clamp">${sideBySide(joined(result.totalIncludes.map((member) => wordsFor(totalMemberNames, member))))}</span>`,
    },
    {
      name: { zh: '未覆盖的气体', en: 'Gases not covered' },
      value: gasList(result.gasesNotCovered, { zh: '无', en: 'none' }),
    },
    result.gasesOutsideTotal.length === 0
      ? null
      : {
          name: { zh: '总量之外的气体', en: 'Gases outside the total' },
          value: gasList(result.gasesOutsideTotal, { zh: '无', en: 'none' }),
        },
    result.flags.length === 0
      ? null
      : {
          name: { zh: '须注意', en: 'To be noted' },
          value: html`<span class="clamp-long">${sideBySide(joined(result.flags.map(flagText)))}</span>`,
          wide: true,
        },
    {
      name: { zh: '排除项', en: 'Left out' },
      value:
        exclusions.length === 0
          ? sideBySide({ zh: '未声明排除项', en: 'nothing declared' })
          : exclusionList(exclusions),
      wide: exclusions.length > 0,
    },
  ]
}

/** Electricity by market: neither method is made to fit the other, so both stand. */
function marketField({ alternatives }: PublicResult): Field | null {
  const market = (alternatives ?? []).filter(({ method }) => method === 'market-based')
  const scope2 = market.find(({ part }) => part === 'scope-2')
  const total = market.find(({ part }) => part === undefined)
  if (!scope2 || !total) return null
  const [part, whole] = [scope2, total].map(({ amount }) => writeAmount(amount))
  const unit = writeUnit(total.unit)
  return {
    name: { zh: '范围二（市场法）', en: 'Scope 2, market-based' },
    value: html`${part} <span class="unit">${unit}</span> (${sideBySide({ zh: '据此总量', en: 'total with it' })} ${whole} <span class="unit">${unit}</span>)`,
  }
}

function uncertaintyField({ uncertainty }: CredentialSubject): Field | null {
  if (uncertainty === undefined) return null
  const { lower, upper, confidence } = uncertainty
  return {
    name: { zh: '不确定性区间', en: 'Uncertainty' },
    value: html`${writeAmount(lower.amount)} – ${writeAmount(upper.amount)} <span class="unit">${writeUnit(upper.unit)}</span> (${writeShare(confidence)})`,
  }
}

function baseYearField({ baseYear }: CredentialSubject): Field | null {
  if (baseYear === undefined) return null
  const { period, total } = baseYear
  return {
    name: { zh: '基准年', en: 'Base year' },
    value: html`${period.start} – ${period.end}: ${writeAmount(total.amount)} <span class="unit">${writeUnit(total.unit)}</span>`,
  }
}

function qualityField({ dataQuality }: CredentialSubject): Field | null {
  const { ratings, ratedShare } = dataQuality ?? {}
  if (ratings === undefined || ratedShare === undefined) return null
  const written = ratings.map(({ indicator, rating }) => {
    const { zh, en } = wordsFor(qualityNames, indicator)
    return { zh: `${zh} ${rating}`, en: `${en} ${rating}` }
  })
  const rated = { zh: `已评 ${writeShare(ratedShare)}`, en: `${writeShare(ratedShare)} rated` }
  return {
    name: { zh: '数据质量（1 最好，5 最差）', en: 'Data quality (1 best, 5 worst)' },
    value: html`<span class="clamp-long">${sideBySide(joined([...written, rated]))}</span>`,
    wide: true,
  }
}

function gasList(gases: readonly string[], none: Bilingual): Markup {
  if (gases.length === 0) return sideBySide(none)
  return html`<span class="clamp">${gases.map(writeGas).join(', ')}</span>`
}

function joined(words: readonly Bilingual[]): Bilingual {
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
}

function flagText({ flag, share }: PublicResult['flags'][number]): Bilingual {
  const { zh, en } = wordsFor(flagNames, flag)
  if (share === null) return { zh, en }
  return { zh: `${zh}（涉及 ${writeShare(share)}）`, en: `${en} (${writeShare(share)} of the result)` }
}

function exclusionList(exclusions: CredentialSubject['exclusions']): Markup {
  const items = exclusions.map(
    ({ what, reason, estimatedShare }) =>
      html`<span class="clamp">${what}: ${reason} (≈ ${writeShare(estimatedShare)})</span>`,
  )
  return renderList(items, exclusionsPrinted, 'exclusions')
}
