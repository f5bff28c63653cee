/**
 * Two languages on every page. Both stand in the markup, so a visitor can switch without losing what a page holds, and a
 * page means the same in both; the server only chooses which one shows first.
 */

import { html } from 'hono/html'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** A text in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** What hono's `html` makes: markup whose texts are escaped. */
export type Markup = ReturnType<typeof html>

/** What a request says of its reader's language. */
export interface LanguageHints {
  readonly query: string | undefined
  readonly cookie: string | undefined
  readonly accept: string | undefined
}

/** The language a page opens in: asked for in the address, chosen before, or first in `Accept-Language`; Chinese otherwise. */
export function chooseLanguage(hints: LanguageHints): Language {
  return known(hints.query) ?? known(hints.cookie) ?? accepted(hints.accept ?? '') ?? 'zh'
}

function known(value: string | undefined): Language | undefined {
  return languages.find((language) => language === value)
}

/** The first of our languages by quality (RFC 9110 §12.5.4); undefined when none is named. */
function accepted(header: string): Language | undefined {
  const ranked = header
    .split(',')
    .map((range) => /^\s*([a-z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(range))
    .map((match) => ({ language: known(match?.[1]?.toLowerCase()), quality: Number(match?.[2] ?? 1) }))
    .filter(({ language, quality }) => language !== undefined && quality > 0)
  return ranked.sort((a, b) => b.quality - a.quality)[0]?.language
}

/** A text that follows the page's switch: one of the two shows. */
export function inBoth(text: Bilingual): Markup {
  return html`<span data-in="zh" lang="zh-CN">${text.zh}</span><span data-in="en" lang="en">${text.en}</span>`
}

/** A text in both languages at once, Chinese first, as on a document. */
export function sideBySide(text: Bilingual): Markup {
  return html`<span class="zh" lang="zh-CN">${text.zh}</span> <span class="en" lang="en">${text.en}</span>`
}
