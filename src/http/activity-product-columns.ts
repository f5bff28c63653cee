/** The columns of activity data that say which product is meant, where a process makes several. */

import type { ActivityColumn } from './activity-column.ts'

export const productColumns = {
  fromProduct: {
    title: { zh: '来源产品', en: 'Product of that process' },
    help: {
      zh: '来源过程有多个产品时：取用哪一个',
      en: 'Where that process makes several: the one that is taken',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  to: {
    title: { zh: '去往处理过程', en: 'Treated by process' },
    help: { zh: '处理该废物的单元过程', en: 'The process that treats this waste' },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  toProduct: {
    title: { zh: '去往废物', en: 'Waste of that process' },
    help: {
      zh: '该过程处理多种废物时：是哪一种',
      en: 'Where that process treats several: the one that this is',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  forProduct: {
    title: { zh: '用于产品', en: 'For product' },
    help: {
      zh: '过程按产品细分时：该行用于哪个产品；共用的不填',
      en: 'Where the process is subdivided: the product the line is for; empty for what is common',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
} as const satisfies Record<string, ActivityColumn>
