/** Pieces a document is set from: bilingual labels, named fields, lists that stay short on paper. */

import { html } from 'hono/html'
import type { Credential } from '../../credential/schema.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'

/** A name as a credential has it: in English, in Chinese, or in both. */
export type Label = Credential['issuer']['label']

/** A name in the languages it has, Chinese first. */
export function renderLabel(label: Label): Markup {
  const chinese = label.zh === undefined ? '' : html`<span class="zh" lang="zh-CN">${label.zh}</span> `
  const english =
    label.en === undefined || label.en === label.zh ? '' : html`<span class="en" lang="en">${label.en}</span>`
  return html`${chinese}${english}`
}

/** One field of the document: its name in both languages, and what stands there. */
export interface Field {
  readonly name: Bilingual
  readonly value: Markup | string
  /** Takes the whole width. */
  readonly wide?: boolean
}

/** Fields as a list of terms; those that are null are left out. */
export function renderFields(fields: readonly (Field | null)[]): Markup {
  return html`<dl class="fields">${fields
    .filter((field) => field !== null)
    .map(
      (field) =>
        html`<div${field.wide ? html` class="wide"` : ''}><dt>${sideBySide(field.name)}</dt><dd>${field.value}</dd></div>`,
    )}</dl>`
}

/** How many items of a list are printed; the others are counted. */
export const sitesPrinted = 4
export const exclusionsPrinted = 4
export const tablesPrinted = 6

/** A list that on paper shows its first `printed` items and says how many more there are. */
export function renderList(items: readonly (Markup | string)[], printed: number, name: string): Markup {
  const more = items.length - printed
  return html`<ul class="${name}">${items.map(
    (item, at) => html`<li${at < printed ? '' : html` class="screen-only"`}>${item}</li>`,
  )}${more > 0 ? html`<li class="print-only">另有 ${more} 项，见凭证原文 <span lang="en">and ${more} more, in the credential itself</span></li>` : ''}</ul>`
}
