/** Columns of the parameters that lines and formulas share. */

import type { TableColumn } from '../table-columns.ts'
import { nameColumns } from './names.ts'

export const parameterColumns = {
  id: {
    title: { zh: '参数名', en: 'Parameter' },
    help: {
      zh: '字母开头，只用字母、数字和 _；公式用它',
      en: 'Letters, digits and _, a letter first; formulas call it so',
    },
    kind: 'text',
    needed: 'always',
  },
  value: {
    title: { zh: '数值', en: 'Value' },
    help: { zh: '数值和公式只填一个', en: 'Either a value or a formula' },
    kind: 'decimal',
  },
  unit: {
    title: { zh: '单位', en: 'Unit' },
    help: { zh: '作为某行的数量时需要', en: 'Needed where a row takes it as its amount' },
    kind: 'unit',
  },
  formula: {
    title: { zh: '公式', en: 'Formula' },
    help: {
      zh: '加减乘除和括号，可用其他参数，如 1 / (1 - scrap)；不要以 = 开头',
      en: '+ - * / and parentheses over numbers and other parameters, e.g. 1 / (1 - scrap); no = before it',
    },
    kind: 'text',
  },
  'name.zh': nameColumns['name.zh'],
  'name.en': {
    title: nameColumns['name.en'].title,
    help: { zh: '有中文名称时也要填', en: 'Needed beside a Chinese one' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>
