/** Sheets of the template that are for people: nothing is read of them. */

import type { Bilingual } from '../../web/language.ts'

export const templateSheets = {
  instructions: { zh: '填写说明', en: 'Instructions' },
  examples: { zh: '示例', en: 'Examples' },
  lists: { zh: '选项', en: 'Lists' },
} as const satisfies Record<string, Bilingual>
