/** Builds elements from text, never from markup: what a credential says cannot become part of the page. */

import type { Bilingual } from '../language.ts'

type Child = Node | string | null
type Attributes = Readonly<Record<string, string>>

/** An element with attributes and children; strings become text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

/** A text in both languages at once, Chinese first. */
export function bilingual(text: Bilingual): DocumentFragment {
  const fragment = document.createDocumentFragment()
  fragment.append(
    element('span', { class: 'zh', lang: 'zh-CN' }, text.zh),
    ' ',
    element('span', { class: 'en', lang: 'en' }, text.en),
  )
  return fragment
}
