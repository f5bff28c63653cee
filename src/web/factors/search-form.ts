/** The search form: one line for words, and filters that fold away; plain controls that work without script. */

import { html } from 'hono/html'
import type { FactorTableVersion } from '../../ports/registry.ts'
import { inBoth, type Language, type Markup } from '../language.ts'
import { factorsPath, searchPath } from './addresses.ts'
import {
  type Asked,
  type Choice,
  choicesOf,
  type FieldName,
  fieldLabels,
  fieldNames,
} from './search-fields.ts'
import { regionChoices } from './words.ts'

/** The form with what was asked already in it. */
export function renderSearchForm(
  language: Language,
  asked: Asked,
  tables: readonly FactorTableVersion[],
): Markup {
  const choices = choicesOf(tables)
  const set = fieldNames.filter((name) => asked[name] !== undefined).length
  return html`<form class="search" action="${factorsPath}" method="get" role="search">
<div class="bar">
<label class="visually-hidden" for="q">${inBoth({ zh: '名称、编号或关键词', en: 'Name, id or words' })}</label>
<input id="q" name="q" type="search" maxlength="100" autocomplete="off" spellcheck="false" value="${asked.q ?? ''}">
<button class="button" type="submit">${inBoth({ zh: '搜索', en: 'Search' })}</button>
</div>
<details class="filters">
<summary>${inBoth({ zh: '筛选', en: 'Filters' })}${set > 0 ? html` <span class="count">${set}</span>` : ''}</summary>
<div class="fields">${shownFields(asked).map((name) => renderField(name, language, asked[name] ?? '', choices[name]))}</div>
</details>
</form>
${renderActive(asked, choices)}`
}

/** The conditions that narrow the search, each a link to the search without it. */
function renderActive(asked: Asked, choices: ReturnType<typeof choicesOf>): Markup {
  const active = fieldNames.filter((name) => asked[name] !== undefined)
  if (active.length === 0) return html``
  return html`<ul class="active">${active.map((name) => html`<li>${renderCondition(name, asked, choices)}</li>`)}</ul>`
}

function renderCondition(name: FieldName, asked: Asked, choices: ReturnType<typeof choicesOf>): Markup {
  const { [name]: value = '', ...others } = asked
  const chosen = choices[name]?.find((choice) => choice.value === value)
  return html`<a href="${searchPath(others as Record<string, string>)}">${inBoth(fieldLabels[name])} <b>${chosen === undefined ? value : inBoth(chosen.text)}</b> <span aria-hidden="true">×</span><span class="visually-hidden">${inBoth({ zh: '去掉此条件', en: 'remove this condition' })}</span></a>`
}

/** An edition is asked for from its table's page; the form shows it only then. */
function shownFields(asked: Asked): readonly FieldName[] {
  return fieldNames.filter((name) => name !== 'version' || asked.version !== undefined)
}

function renderField(
  name: FieldName,
  language: Language,
  value: string,
  choices: readonly Choice[] | undefined,
): Markup {
  const control =
    choices === undefined ? renderInput(name, value) : renderSelect(name, language, value, choices)
  return html`<p class="field"><label for="f-${name}">${inBoth(fieldLabels[name])}</label>${control}</p>`
}

const suggested: Readonly<Partial<Record<FieldName, () => readonly Choice[]>>> = {
  region: regionChoices,
  gas: () => ['CO2', 'CH4', 'N2O', 'HFC-134a', 'SF6', 'NF3', 'CF4', 'NOx', 'SO2'].map(unnamed),
  unit: () => ['kWh', 'MWh', 'GJ', 't', 'kg', 'L', 'm3', 'km', 't.km', 'passenger.km'].map(unnamed),
}

/** A suggestion that needs no words. */
function unnamed(value: string): Choice {
  return { value, text: { zh: '', en: '' } }
}

function renderInput(name: FieldName, value: string): Markup {
  const list = suggested[name]?.()
  const kind =
    name === 'year'
      ? html`type="number" min="1990" max="2100" inputmode="numeric"`
      : html`type="text" maxlength="80"`
  const input = html`<input id="f-${name}" name="${name}" ${kind} autocomplete="off" spellcheck="false" value="${value}"${list === undefined ? '' : html` list="l-${name}"`}>`
  if (list === undefined) return input
  return html`${input}<datalist id="l-${name}">${list.map(
    (choice) =>
      html`<option value="${choice.value}">${[choice.text.zh, choice.text.en].filter(Boolean).join(' ')}</option>`,
  )}</datalist>`
}

/** An option's text cannot hold elements: the script that switches languages sets it anew. */
function renderSelect(
  name: FieldName,
  language: Language,
  value: string,
  choices: readonly Choice[],
): Markup {
  const any = { value: '', text: { zh: '不限', en: 'any' } }
  return html`<select id="f-${name}" name="${name}">${[any, ...choices].map(
    (choice) =>
      html`<option value="${choice.value}" data-zh="${choice.text.zh}" data-en="${choice.text.en}"${choice.value === value ? html` selected` : ''}>${choice.text[language]}</option>`,
  )}</select>`
}
