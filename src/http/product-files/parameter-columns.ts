/** Columns of the parameters that lines and formulas share. */

import type { Distribution } from '../../engine/types.ts'
import type { Bilingual } from '../../web/language.ts'
import type { TableColumn } from '../table-columns.ts'
import { nameColumns } from './names.ts'

const distributionNames = {
  normal: { zh: '正态', en: 'Normal' },
  lognormal: { zh: '对数正态', en: 'Lognormal' },
  triangular: { zh: '三角', en: 'Triangular' },
  uniform: { zh: '均匀', en: 'Uniform' },
} as const satisfies Readonly<Record<Distribution, Bilingual>>

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
  'uncertainty.distribution': {
    title: { zh: '分布', en: 'Distribution' },
    help: { zh: '数值不确定时选择', en: 'Where the value is uncertain' },
    kind: 'choice',
    choices: distributionNames,
  },
  'uncertainty.percent': {
    title: { zh: '不确定度（±%）', en: 'Uncertainty (±%)' },
    help: { zh: '正态和对数正态：95% 区间的一半', en: 'Normal and lognormal: half of the 95 % interval' },
    kind: 'decimal',
  },
  'uncertainty.low': {
    title: { zh: '下限', en: 'Lower end' },
    help: { zh: '三角和均匀分布', en: 'Triangular and uniform' },
    kind: 'decimal',
  },
  'uncertainty.high': {
    title: { zh: '上限', en: 'Upper end' },
    help: { zh: '三角和均匀分布', en: 'Triangular and uniform' },
    kind: 'decimal',
  },
  'name.zh': nameColumns['name.zh'],
  'name.en': {
    title: nameColumns['name.en'].title,
    help: { zh: '有中文名称时也要填', en: 'Needed beside a Chinese one' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>
