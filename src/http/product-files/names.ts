/** Names of items in two columns, one for each language. */

import type { TableColumn } from '../table-columns.ts'
import type { Members } from '../table-rows.ts'

export const nameColumns = {
  'name.zh': {
    title: { zh: '中文名称', en: 'Chinese name' },
    help: { zh: '可不填', en: 'May be empty' },
    kind: 'text',
  },
  'name.en': {
    title: { zh: '英文名称', en: 'English name' },
    help: { zh: '英文报告用', en: 'For documents in English' },
    kind: 'text',
    needed: 'always',
  },
} as const satisfies Record<string, TableColumn>

/** A Chinese name that is not there is null; a name of which nothing is there is missed as a whole. */
export function completeName(item: Members): void {
  const { name } = item
  if (typeof name === 'object' && name !== null) item.name = { zh: null, ...name }
}
