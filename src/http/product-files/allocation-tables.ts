/** The tables of processes that make several products: what they make beside, what allocation reads of each, and given shares. */

import { flagNames } from '../activity-choices.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import { allocationNames } from './method-columns.ts'
import { quantityColumns } from './quantity-columns.ts'
import type { ParentColumn, SystemTable } from './types.ts'

const { subdivision: _subdivision, substitution: _substitution, ...keyNames } = allocationNames

/** Columns of a process that makes several products. */
export const allocationColumns = {
  product: {
    title: { zh: '主产品编号', en: 'Main product' },
    help: {
      zh: '有联产品时主产品的编号；不填即过程编号',
      en: 'What its output is called beside co-products; the ID of the process where empty',
    },
    kind: 'text',
  },
  ...quantityColumns(
    'price',
    { zh: '主产品单价', en: 'Price of the main product' },
    {
      help: {
        zh: '按经济价值分配时，每单位产出的价格；0 也是价格',
        en: 'For economic value: money per unit of output; zero is a price',
      },
      unitHelp: { zh: '如 元', en: 'E.g. 元' },
    },
  ),
  treats: {
    title: { zh: '主产品是处理的废物', en: 'Main product is waste treated' },
    help: {
      zh: '该过程接收并处理别处的废物时选“是”',
      en: 'Yes where the output is waste of others that the process takes in',
    },
    kind: 'flag',
    choices: flagNames,
  },
  'allocation.by': {
    title: { zh: '分配方法', en: 'Allocation' },
    help: {
      zh: '有联产品时必填；从列表中选择',
      en: 'Needed where there are co-products; choose from the list',
    },
    kind: 'choice',
    choices: allocationNames,
  },
  'allocation.property': {
    title: { zh: '分配属性', en: 'Property of the allocation' },
    help: { zh: '按其他物理属性分配时，属性的名称', en: 'With another physical property: its name' },
    kind: 'text',
  },
  'allocation.common.by': {
    title: { zh: '共用部分的分配', en: 'Allocation of what is common' },
    help: {
      zh: '细分时，未注明产品的行怎样分配',
      en: 'With subdivision: how rows for no product are shared',
    },
    kind: 'choice',
    choices: keyNames,
  },
  'allocation.common.property': {
    title: { zh: '共用部分的属性', en: 'Property of what is common' },
    help: { zh: '属性的名称', en: 'Its name' },
    kind: 'text',
  },
  'allocation.justification': {
    title: { zh: '分配理由', en: 'Why this allocation' },
    help: { zh: '按经济价值或给定比例时必填', en: 'Needed for economic value and given shares' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>

const processColumn = {
  process: {
    title: { zh: '单元过程', en: 'Process' },
    help: { zh: '“单元过程”中的编号', en: 'Its ID among the processes' },
    kind: 'text',
    needed: 'always',
  },
} as const satisfies Record<string, TableColumn>
const ofProcess: readonly ParentColumn[] = [{ column: 'process', table: 'processes' }]

const coProducts: SystemTable = {
  key: 'coProducts',
  title: { zh: '联产品', en: 'Co-products' },
  about: {
    zh: '过程除主产品外还产出什么，按运行一次填写；负担怎样分给各产品写在“单元过程”的“分配方法”。',
    en: 'What a process makes beside its main product, for one run; how its burden is shared stands under “Allocation” of the process.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...processColumn,
      id: {
        title: { zh: '联产品编号', en: 'Co-product' },
        help: { zh: '同一过程内不能重复', en: 'Never twice in one process' },
        kind: 'text',
        needed: 'always',
      },
      ...quantityColumns(
        'output',
        { zh: '产出数量', en: 'Output' },
        {
          help: { zh: '运行一次的产出', en: 'Of one run' },
          needed: 'always',
        },
      ),
      ...quantityColumns(
        'price',
        { zh: '单价', en: 'Price' },
        {
          help: { zh: '每单位产出的价格；0 也是价格', en: 'Money per unit of output; zero is a price' },
          unitHelp: { zh: '如 元', en: 'E.g. 元' },
        },
      ),
      treats: {
        title: { zh: '是处理的废物', en: 'Is waste treated' },
        help: {
          zh: '该过程接收并处理的废物时选“是”',
          en: 'Yes where it is waste of others that the process takes in',
        },
        kind: 'flag',
        choices: flagNames,
      },
      'avoids.from': {
        title: { zh: '替代的过程', en: 'Avoids process' },
        help: {
          zh: '替代抵扣时：本应生产它的过程',
          en: 'Under substitution: the process that would have made it',
        },
        kind: 'text',
      },
      'avoids.fromProduct': {
        title: { zh: '替代过程的产品', en: 'Avoided product' },
        help: { zh: '该过程有多个产品时填写', en: 'Where that process makes several' },
        kind: 'text',
      },
      ...quantityColumns(
        'avoids.quantity',
        { zh: '替代数量', en: 'Avoided' },
        {
          help: {
            zh: '运行一次替代多少；不填即一比一全部替代',
            en: 'Per run; all of it, one for one, where empty',
          },
        },
      ),
    },
    { holds: 'co-products' },
  ),
  list: ['coProducts'],
  parents: ofProcess,
  hasIds: true,
}

const productProperties: SystemTable = {
  key: 'productProperties',
  title: { zh: '产品属性', en: 'Product properties' },
  about: {
    zh: '每单位产出含有多少：mass（质量）、energy（能量）或其他名称；按它们分配时填写。',
    en: 'What one unit of output has: mass, energy, or any other by name; for allocations that go by it.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...processColumn,
      coProduct: {
        title: { zh: '联产品', en: 'Co-product' },
        help: { zh: '主产品的属性不填', en: 'Empty for the main product' },
        kind: 'text',
      },
      name: {
        title: { zh: '属性', en: 'Property' },
        help: { zh: 'mass、energy 或其他名称', en: 'mass, energy, or another name' },
        kind: 'text',
        needed: 'always',
      },
      ...quantityColumns(
        'quantity',
        { zh: '每单位数量', en: 'Per unit' },
        {
          help: { zh: '每单位产出的数量', en: 'Per unit of output' },
          needed: 'always',
        },
      ),
    },
    { holds: 'product properties' },
  ),
  list: ['properties'],
  parents: [...ofProcess, { column: 'coProduct', table: 'coProducts', isOptional: true }],
  hasIds: false,
}

const shareColumns = {
  ...processColumn,
  product: {
    title: { zh: '产品', en: 'Product' },
    help: { zh: '主产品或联产品的编号', en: 'ID of the main product or of a co-product' },
    kind: 'text',
    needed: 'always',
  },
  share: {
    title: { zh: '比例', en: 'Share' },
    help: { zh: '0 到 1', en: '0 to 1' },
    kind: 'decimal',
    needed: 'always',
  },
} as const satisfies Record<string, TableColumn>

const allocationShares: SystemTable = {
  key: 'allocationShares',
  title: { zh: '分配比例', en: 'Allocation shares' },
  about: {
    zh: '分配方法为“给定比例”时，每个产品一行，合计为 1。',
    en: 'For given shares: a row for each product of the process, together 1.',
  },
  dictionary: columnsOf<string, TableColumn>(shareColumns, { holds: 'allocation shares' }),
  list: ['allocation', 'shares'],
  parents: ofProcess,
  hasIds: false,
}

const commonShares: SystemTable = {
  key: 'commonShares',
  title: { zh: '共用部分的比例', en: 'Common shares' },
  about: {
    zh: '细分时共用部分按“给定比例”分配的，每个产品一行，合计为 1。',
    en: 'Under subdivision, where what is common goes by given shares: a row for each product, together 1.',
  },
  dictionary: columnsOf<string, TableColumn>(shareColumns, { holds: 'shares of what is common' }),
  list: ['allocation', 'common', 'shares'],
  parents: ofProcess,
  hasIds: false,
}

const plants: SystemTable = {
  key: 'plants',
  title: { zh: '多厂均值', en: 'Plants of a mean' },
  about: {
    zh: '一个过程是几个工厂按产量加权的平均时，每个工厂一行；各厂产量之和等于该过程的产出。',
    en: 'Where a process is the mean of several plants, weighted by production: a row for each; their outputs come to its own.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...processColumn,
      from: {
        title: { zh: '工厂的过程', en: 'Plant' },
        help: { zh: '该工厂的单元过程编号', en: 'ID of the process that is the plant' },
        kind: 'text',
        needed: 'always',
      },
      fromProduct: {
        title: { zh: '其产品', en: 'Its product' },
        help: { zh: '该过程有多个产品时填写', en: 'Where that process makes several' },
        kind: 'text',
      },
      ...quantityColumns(
        'output',
        { zh: '产量', en: 'Output of the plant' },
        { help: { zh: '期内产量', en: 'What it made in the period' }, needed: 'always' },
      ),
    },
    { holds: 'plants' },
  ),
  list: ['meanOf'],
  parents: ofProcess,
  hasIds: false,
}

export const allocationTables: readonly SystemTable[] = [
  ...[coProducts, productProperties, allocationShares, commonShares],
  plants,
]
