/** Columns for materials: the term of the end-of-life formula that a line carries, and how much of it was recycled. */

import { circularTermNames } from './activity-choices.ts'
import type { ActivityColumn } from './activity-column.ts'

export const circularColumns = {
  'circular.material': {
    title: { zh: '循环材料', en: 'Material of the formula' },
    help: {
      zh: '报废阶段公式中的材料编号；数量填该材料的质量',
      en: 'The material of the end-of-life formula; the amount is its mass',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  'circular.term': {
    title: { zh: '公式项', en: 'Term of the formula' },
    help: { zh: '该行是公式的哪一项；从列表选择', en: 'Which term the line is; choose from the list' },
    kind: 'choice',
    choices: circularTermNames,
    group: 'product',
    only: 'product',
  },
  recycledContent: {
    title: { zh: '再生料比例', en: 'Recycled content' },
    help: { zh: '材料中再生料的比例：30% 填 0.3', en: 'Recycled part of the material: 0.3 for 30 %' },
    kind: 'decimal',
    group: 'product',
    only: 'product',
  },
} as const satisfies Record<string, ActivityColumn>
