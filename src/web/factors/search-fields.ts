/** What a person may ask of the search: its fields by name, with what they accept and how they are called. */

import { confirmations, families } from '../../engine/types.ts'
import { type FactorTableVersion, versionStates } from '../../ports/registry.ts'
import { factorCategories } from '../../tables/categories.ts'
import { licenceTerms } from '../../tables/format.ts'
import type { Bilingual } from '../language.ts'
import { wordsFor } from '../wording.ts'
import { factorCategoryNames } from './category-words.ts'
import { familyWords } from './family-words.ts'
import { confirmationNames, licenceTermNames, stateNames } from './words.ts'

/** Fields beside the words themselves, in the order in which they stand on the page. */
export const fieldNames = [
  'table',
  'version',
  'family',
  'category',
  'region',
  'year',
  'gas',
  'unit',
  'confirmation',
  'state',
  'licence',
] as const
export type FieldName = (typeof fieldNames)[number]

/** What was asked, by field, as it was written; `q` are the words. */
export type Asked = Readonly<Partial<Record<FieldName | 'q', string>>>

export const fieldLabels: Readonly<Record<FieldName | 'q', Bilingual>> = {
  q: { zh: '关键词', en: 'Words' },
  table: { zh: '因子表', en: 'Table' },
  version: { zh: '版本', en: 'Edition' },
  family: { zh: '类型', en: 'Family' },
  category: { zh: '类别', en: 'Category' },
  region: { zh: '地区', en: 'Region' },
  year: { zh: '年份', en: 'Year' },
  gas: { zh: '含有气体', en: 'Holds the gas' },
  unit: { zh: '活动单位', en: 'Activity unit' },
  confirmation: { zh: '核实程度', en: 'Confirmation' },
  state: { zh: '版本状态', en: 'Edition is' },
  licence: { zh: '许可', en: 'Licence' },
}

/** States of an edition that anyone may ask for. */
export const statesAsked = versionStates.filter((state) => state !== 'draft')

/** A value to choose, and its name. */
export interface Choice {
  readonly value: string
  readonly text: Bilingual
}

/** What may be chosen in each field that is no free text. */
export function choicesOf(
  tables: readonly FactorTableVersion[],
): Readonly<Partial<Record<FieldName, readonly Choice[]>>> {
  return {
    table: tableChoices(tables),
    family: families.map((value) => ({ value, text: familyWords[value].name })),
    category: Object.keys(factorCategories).map((value) => ({
      value,
      text: wordsFor(factorCategoryNames, value),
    })),
    confirmation: confirmations.map((value) => ({ value, text: confirmationNames[value] })),
    state: statesAsked.map((value) => ({ value, text: stateNames[value] })),
    licence: licenceChoices(tables),
  }
}

/** The terms under which rows are shown, and the licences by name. */
function licenceChoices(tables: readonly FactorTableVersion[]): readonly Choice[] {
  const shown = tables.filter(({ redistributable }) => redistributable)
  const names = [...new Set(shown.map(({ licence }) => licence))].sort()
  return [
    ...licenceTerms
      .filter((terms) => shown.some((table) => table.licenceTerms === terms))
      .map((value) => ({ value, text: licenceTermNames[value] })),
    ...names.map((value) => ({ value, text: { zh: value, en: value } })),
  ]
}

/** The newest edition of each table, of versions in order of editions. */
export function newestEditions(versions: readonly FactorTableVersion[]): readonly FactorTableVersion[] {
  return [...new Map(versions.map((version) => [version.table, version] as const)).values()]
}

/** Every table once, under the title of its newest edition. */
function tableChoices(tables: readonly FactorTableVersion[]): readonly Choice[] {
  return newestEditions(tables).map(({ table, title }) => ({
    value: table,
    text: { zh: title.zh ?? title.en, en: title.en },
  }))
}
