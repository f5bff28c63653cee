/** The languages of a template: one, or both beside each other for whoever fills it in with a partner abroad. */

import type { Bilingual } from '../../../web/language.ts'
import type { Language } from '../../template-page.ts'

export const templateLanguages = ['zh', 'en', 'both'] as const
export type TemplateLanguage = (typeof templateLanguages)[number]

/** A name or a sentence in the language of the template. */
export function say(language: TemplateLanguage, { zh, en }: Bilingual, between = ' '): string {
  if (language !== 'both') return { zh, en }[language]
  return zh === en ? zh : `${zh}${between}${en}`
}

/** Whose fonts it takes. */
export function fontOf(language: TemplateLanguage): Language {
  return language === 'en' ? 'en' : 'zh'
}
