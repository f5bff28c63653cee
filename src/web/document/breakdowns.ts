/** The breakdowns that a holder added: set as running text, so that a document stays one sheet however many there are. */

import { html } from 'hono/html'
import type { CredentialSubject, PublicResult } from '../../credential/schema.ts'
import { organizationCategoryNames, productCategoryNames } from '../factors/category-words.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'
import { writeAmount, writeGas, writeUnit } from '../quantity.ts'
import { wordsFor } from '../wording.ts'
import type { Field } from './fields.ts'

/** A part of the total: what it is called, and its amount. */
interface Part {
  readonly name: Bilingual
  readonly amount: string
}

const isoCategoryNames: Readonly<Record<string, Bilingual>> = {
  1: { zh: '直接排放和清除', en: 'direct' },
  2: { zh: '输入能源', en: 'imported energy' },
  3: { zh: '运输', en: 'transport' },
  4: { zh: '使用的产品', en: 'products used' },
  5: { zh: '产品的使用', en: 'use of products' },
  6: { zh: '其他', en: 'other' },
}
const summed: Bilingual = { zh: '来源未分解的 CO₂e', en: 'CO₂e that the source does not take apart' }

/** A field for each breakdown beside kinds, scopes and stages, which are charts. */
export function breakdownFields({ type, result }: CredentialSubject): readonly Field[] {
  const categories = type === 'ProductFootprint' ? productCategoryNames : organizationCategoryNames
  return [
    field({ zh: '按 ISO 14064-1 类别', en: 'By category of ISO 14064-1' }, result, isoCategories(result)),
    field(
      { zh: '按活动类别', en: 'By activity' },
      result,
      result.byCategory?.map(({ category, amount }) => ({ name: wordsFor(categories, category), amount })),
    ),
    field(
      { zh: '按气体', en: 'By group of gases' },
      result,
      result.byGas?.map(({ gasGroup, amount }) => ({ name: gasName(gasGroup), amount })),
    ),
    field(
      { zh: '按场所', en: 'By site' },
      result,
      result.bySite?.map(({ label: { zh, en }, amount }) => ({
        name: { zh: zh ?? en ?? '', en: en ?? zh ?? '' },
        amount,
      })),
    ),
  ].filter((one) => one !== null)
}

function isoCategories({ byIsoCategory }: PublicResult): readonly Part[] | undefined {
  return byIsoCategory?.map(({ isoCategory, amount }) => {
    const { zh, en } = wordsFor(isoCategoryNames, isoCategory)
    return { name: { zh: `${isoCategory} ${zh}`, en: `${isoCategory} ${en}` }, amount }
  })
}

function gasName(group: string): Bilingual {
  return group === 'CO2e' ? summed : { zh: writeGas(group), en: writeGas(group) }
}

function field(name: Bilingual, { total }: PublicResult, parts: readonly Part[] | undefined): Field | null {
  if (parts === undefined) return null
  const value = parts.some(isAlike) ? once(parts) : inTurn(parts)
  return {
    name,
    value: html`<span class="clamp-long">${value} (${writeUnit(total.unit)})</span>`,
    wide: true,
  }
}

/** A name that both languages share, such as a gas's. */
function isAlike({ name }: Part): boolean {
  return name.zh === name.en
}

/** Part by part, what both languages share only once. */
function once(parts: readonly Part[]): Markup {
  const written = parts.map(
    (part, at) =>
      html`${at === 0 ? '' : ' · '}${isAlike(part) ? part.name.zh : sideBySide(part.name)} ${writeAmount(part.amount)}`,
  )
  return html`${written}`
}

/** All in one language, then all in the other. */
function inTurn(parts: readonly Part[]): Markup {
  const written = (language: keyof Bilingual) =>
    parts.map((part) => `${part.name[language]} ${writeAmount(part.amount)}`).join(' · ')
  return sideBySide({ zh: written('zh'), en: written('en') })
}
