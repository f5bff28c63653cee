/** What two versions say differently of a row, in words. */

import { html } from 'hono/html'
import { isStated } from '../../engine/gwp.ts'
import type { Gas } from '../../engine/types.ts'
import type { ComparedPair } from '../../tables/comparable-value.ts'
import type { Change } from '../../tables/compare-rows.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { kindNames, wordsFor } from '../wording.ts'
import { factorCategoryNames } from './category-words.ts'
import { familyWords } from './family-words.ts'
import { gasWritten } from './gases.ts'
import { readable } from './numbers.ts'
import { basisNames, confirmationNames } from './words.ts'

const fieldNames: Readonly<Record<string, Bilingual>> = {
  'name.en': { zh: '英文名', en: 'English name' },
  'name.zh': { zh: '中文名', en: 'Chinese name' },
  statedCo2eKg: { zh: 'CO₂e', en: 'CO₂e' },
  unit: { zh: '单位', en: 'unit' },
  category: { zh: '类别', en: 'category' },
  family: { zh: '类型', en: 'family' },
  region: { zh: '地区', en: 'region' },
  year: { zh: '年份', en: 'year' },
  gwpBasis: { zh: 'GWP 依据', en: 'GWP basis' },
  gasesNotCovered: { zh: '未覆盖的气体', en: 'gases not covered' },
  includesTransmission: { zh: '含输配', en: 'holds transmission' },
  fossilFugitiveMethane: { zh: '化石逸散甲烷', en: 'fossil fugitive methane' },
  confirmation: { zh: '核实程度', en: 'confirmation' },
  'source.id': { zh: '来源文件', en: 'source' },
  'source.locator': { zh: '文件中的位置', en: 'place in the source' },
  notes: { zh: '备注', en: 'remarks' },
  uncertainty: { zh: '不确定性', en: 'uncertainty' },
  acknowledged: { zh: '已知偏离', en: 'acknowledged' },
}

/** Changes that stand at once; the others fold away. */
const shownAtOnce = 3
/** Longer texts are only named: the two pages show them whole. */
const textMax = 60

/**
 * The changes of one row; amounts first, since that is what is looked for.
 * @param shown the value that stands beside them already; null where none does.
 */
export function renderChangeWords(changes: readonly Change[], shown: ComparedPair | null): Markup {
  const told = changes.filter((change) => !isShown(change, shown) && !isToldBySum(change, changes))
  const sorted = told.sort((a, b) => Number(isAmount(b)) - Number(isAmount(a)))
  if (sorted.length === 0) return html``
  const items = sorted.map((change) => html`<li>${renderChange(change)}</li>`)
  const more = items.length - shownAtOnce
  if (more <= 1) return html`<ul class="changes">${items}</ul>`
  return html`<ul class="changes">${items.slice(0, shownAtOnce)}</ul><details class="changes-more"><summary>${inBoth({ zh: `另有 ${more} 处`, en: `${more} more` })}</summary><ul class="changes">${items.slice(shownAtOnce)}</ul></details>`
}

function isShown({ field }: Change, shown: ComparedPair | null): boolean {
  if (shown?.of === 'stated-co2e') return field === 'statedCo2eKg'
  return shown?.of === 'gas-mass' && field === `flows.${shown.basis?.replace(' ', '.')}`
}

/** A sum without gases is also the row's one flow; it moved once. */
function isToldBySum({ field, from, to }: Change, changes: readonly Change[]): boolean {
  const gas = flowOf(field)?.gas
  if (gas === undefined || !isStated(gas)) return false
  return changes.some((other) => other.field === 'statedCo2eKg' && other.from === from && other.to === to)
}

/** Whether a change is of a mass or a sum. */
export function isAmount({ field }: Change): boolean {
  return field === 'statedCo2eKg' || field.startsWith('flows.')
}

function renderChange({ field, from, to }: Change): Markup {
  const [before, after] = [valueText(field, from), valueText(field, to)]
  if (before.length > textMax || after.length > textMax) {
    return html`${inBoth(fieldName(field))}: ${inBoth({ zh: '文字有改动', en: 'reworded' })}`
  }
  const side = (text: string) => (text === '' ? renderNone() : renderCode(field, text))
  return html`${inBoth(fieldName(field))}: ${side(before)} → ${side(after)}`
}

/** Codes by their names; all else as it stands. */
function renderCode(field: string, text: string): Markup | string {
  const names = codeNames[field]
  return names === undefined || !Object.hasOwn(names, text) ? text : inBoth(wordsFor(names, text))
}

const codeNames: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  confirmation: confirmationNames,
  gwpBasis: basisNames,
  category: factorCategoryNames,
  family: Object.fromEntries(Object.entries(familyWords).map(([family, { name }]) => [family, name])),
}

function renderNone(): Markup {
  return inBoth({ zh: '未给出', en: 'not given' })
}

function fieldName(field: string): Bilingual {
  const flow = flowOf(field)
  if (flow === null) return wordsFor(fieldNames, field)
  const { kind, gas } = flow
  if (kind === 'fossil') return { zh: gasWritten(gas), en: gasWritten(gas) }
  const named = wordsFor(kindNames, kind)
  return { zh: `${gasWritten(gas)}（${named.zh}）`, en: `${gasWritten(gas)} (${named.en.toLowerCase()})` }
}

/** Kind and gas of a field such as `flows.fossil.PM2.5`; null for another one. */
function flowOf(field: string): { readonly kind: string; readonly gas: Gas } | null {
  const [, kind, gas] = /^flows\.([^.]+)\.(.+)$/.exec(field) ?? []
  return kind === undefined || gas === undefined ? null : { kind, gas }
}

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return isAmount({ field, from: null, to: null }) ? amountText(value) : value
  if (Array.isArray(value))
    return value
      .map((item) => (typeof item === 'string' ? gasWritten(item) : JSON.stringify(item)))
      .join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function amountText(decimal: string): string {
  const { text, isWhole } = readable(decimal)
  return isWhole ? text : `≈ ${text}`
}
