/** The tables of a product system, in the order of the workbook. A list that the calculation gains needs one entry here. */

import { stageNames } from '../../web/wording.ts'
import { lineColumns } from '../activity-columns.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import { allocationColumns, allocationTables } from './allocation-tables.ts'
import { billOfMaterials } from './bill-columns.ts'
import { instrumentTables } from './instrument-tables.ts'
import { materialColumns } from './material-columns.ts'
import { completeName, nameColumns } from './names.ts'
import { parameterColumns } from './parameter-columns.ts'
import { productSheet } from './product-columns.ts'
import { siteTables } from './site-tables.ts'
import type { SystemTable } from './types.ts'

const idColumn = {
  id: {
    title: { zh: '编号', en: 'ID' },
    help: { zh: '每行一个，不能重复', en: 'One for each row, never twice' },
    kind: 'text',
    needed: 'always',
  },
} as const satisfies Record<string, TableColumn>

export const factorTables: SystemTable = {
  key: 'factorTables',
  title: { zh: '因子表', en: 'Factor tables' },
  about: {
    zh: '所用因子表的已发布版本；查找因子时按此顺序。导入碳足迹时可不填，以碳足迹所选为准。',
    en: 'Published versions of the tables in use, in the order in which factors are looked for. May be empty where a footprint takes the file: its own count.',
  },
  dictionary: columnsOf(
    {
      table: {
        title: { zh: '因子表名称', en: 'Table' },
        help: { zh: '如 cn-electricity-life-cycle', en: 'E.g. cn-electricity-life-cycle' },
        kind: 'text',
        needed: 'always',
      },
      version: {
        title: { zh: '版本', en: 'Version' },
        help: { zh: '如 2024', en: 'E.g. 2024' },
        kind: 'text',
        needed: 'always',
      },
    },
    { holds: 'factor tables' },
  ),
  list: ['factorTables'],
  parents: [],
  hasIds: false,
}

export const processes: SystemTable = {
  key: 'processes',
  title: { zh: '单元过程', en: 'Processes' },
  about: {
    zh: '每个单元过程一行：运行一次产出多少。投入和排放写在“投入与排放”表，数量都按运行一次填写。',
    en: 'One process a row: what one run of it makes. What goes in stands in the sheet “Inputs”, for one run each.',
  },
  dictionary: columnsOf(
    {
      ...idColumn,
      ...nameColumns,
      stage: {
        title: { zh: '生命周期阶段', en: 'Life-cycle stage' },
        help: { zh: '从列表中选择', en: 'Choose from the list' },
        kind: 'choice',
        choices: stageNames,
        needed: 'always',
      },
      'output.amount': {
        title: { zh: '产出数量', en: 'Output' },
        help: {
          zh: '运行一次的合格产出，大于 0；可填一年的产量，投入也按一年填',
          en: 'Good output of one run, over 0; a year’s output where the inputs are the year’s',
        },
        kind: 'decimal',
        needed: 'always',
      },
      'output.unit': {
        title: { zh: '产出单位', en: 'Output unit' },
        help: { zh: '如 kg、piece、kWh', en: 'E.g. kg, piece, kWh' },
        kind: 'unit',
        needed: 'always',
      },
      region: {
        title: { zh: '过程所在地区', en: 'Region of the process' },
        help: {
          zh: '如 CN-ZJ；查找因子从此开始，不填即产品的地区',
          en: 'E.g. CN-ZJ; factors are looked for from here. Empty: the region of the product',
        },
        kind: 'text',
      },
      'period.start': {
        title: { zh: '过程数据开始日期', en: 'Data of the process, first day' },
        help: {
          zh: '与核算期不同时填，如 2024-01-01',
          en: 'Where it is not the reporting period, e.g. 2024-01-01',
        },
        kind: 'date',
      },
      'period.end': {
        title: { zh: '过程数据结束次日', en: 'Data of the process, day after the last' },
        help: { zh: '全年填次年 1 月 1 日', en: 'For a whole year the next January 1st' },
        kind: 'date',
      },
      'site.site': {
        title: { zh: '工厂', en: 'Made at site' },
        help: {
          zh: '按工厂全年数据推算时填工厂编号',
          en: 'Where its lines take from a site’s year: the site’s ID',
        },
        kind: 'text',
      },
      'site.product': {
        title: { zh: '工厂产品', en: 'As its product' },
        help: { zh: '其产出是该工厂的哪种产品', en: 'Which product of that site its output is' },
        kind: 'text',
      },
      ...allocationColumns,
    },
    { holds: 'processes' },
  ),
  list: ['processes'],
  parents: [],
  hasIds: true,
  complete: completeName,
}

export const lines: SystemTable = {
  key: 'lines',
  title: { zh: '投入与排放', en: 'Inputs' },
  about: {
    zh: '每行是某个单元过程的一项投入、排放或废物，按该过程运行一次的量填写。自产的投入填“来源过程”，其余选因子、燃料或气体之一。',
    en: 'Each row is one input, emission or waste of a process, for one run of it. What another process makes names that process; everything else a factor, a fuel or a gas.',
  },
  dictionary: lineColumns,
  list: ['lines'],
  parents: [],
  hasIds: true,
}

const parameters: SystemTable = {
  key: 'parameters',
  title: { zh: '参数', en: 'Parameters' },
  about: {
    zh: '多行共用的数值：改一处，用到它的各行都变。',
    en: 'Numbers that several rows share: changed once, changed in all of them.',
  },
  dictionary: columnsOf(parameterColumns, { holds: 'parameters' }),
  list: ['parameters'],
  parents: [],
  hasIds: true,
  complete: completeName,
}

const materials: SystemTable = {
  key: 'materials',
  title: { zh: '循环材料', en: 'Circular materials' },
  about: {
    zh: '仅在报废阶段采用循环足迹公式时填写；比例填 0 到 1。',
    en: 'For the Circular Footprint Formula alone; shares are 0 to 1.',
  },
  dictionary: columnsOf(materialColumns, { holds: 'circular materials' }),
  list: ['endOfLife', 'materials'],
  parents: [],
  hasIds: true,
  complete: completeName,
}

const emptyStages: SystemTable = {
  key: 'emptyStages',
  title: { zh: '无活动的阶段', en: 'Empty stages' },
  about: {
    zh: '系统边界内没有任何活动的生命周期阶段及其理由，如使用阶段不耗能的产品。',
    en: 'Life-cycle stages within the boundary in which nothing happens, and why: a brick uses nothing.',
  },
  dictionary: columnsOf(
    {
      stage: {
        title: { zh: '生命周期阶段', en: 'Life-cycle stage' },
        help: { zh: '从列表中选择', en: 'Choose from the list' },
        kind: 'choice',
        choices: stageNames,
        needed: 'always',
      },
      reason: {
        title: { zh: '理由', en: 'Reason' },
        help: { zh: '为什么没有', en: 'Why there is nothing' },
        kind: 'text',
        needed: 'always',
      },
    },
    { holds: 'empty stages' },
  ),
  list: ['emptyStages'],
  parents: [],
  hasIds: false,
}

const exclusions: SystemTable = {
  key: 'exclusions',
  title: { zh: '排除项', en: 'Exclusions' },
  about: {
    zh: '有意不计入的内容：是什么、为什么、估计占比。',
    en: 'What is left out on purpose: what, why, and its estimated share of the whole.',
  },
  dictionary: columnsOf(
    {
      what: {
        title: { zh: '内容', en: 'What' },
        help: { zh: '不计入什么', en: 'What is left out' },
        kind: 'text',
        needed: 'always',
      },
      stage: {
        title: { zh: '生命周期阶段', en: 'Life-cycle stage' },
        help: { zh: '属于哪一阶段，可不填', en: 'Which it is of; may be empty' },
        kind: 'choice',
        choices: stageNames,
      },
      reason: {
        title: { zh: '理由', en: 'Reason' },
        help: { zh: '为什么不计入', en: 'Why' },
        kind: 'text',
        needed: 'always',
      },
      estimatedShare: {
        title: { zh: '估计占比', en: 'Estimated share' },
        help: { zh: '占总量的比例，0 到 1，如 0.02', en: 'Of the whole, 0 to 1, e.g. 0.02' },
        kind: 'text',
        needed: 'always',
      },
    },
    { holds: 'exclusions' },
  ),
  list: ['exclusions'],
  parents: [],
  hasIds: false,
}

/** All of them. */
export const systemTables: readonly SystemTable[] = [
  ...[factorTables, processes, lines],
  ...allocationTables,
  ...siteTables,
  ...[parameters, materials, emptyStages, exclusions],
  ...instrumentTables,
]

/** Tables of a system that a bill of materials has as well. */
export const besideBill: readonly SystemTable[] = [
  ...[factorTables, parameters, materials],
  ...[emptyStages, exclusions, ...instrumentTables],
]

/** Every table that a file may have. */
export const knownTables: readonly SystemTable[] = [productSheet, billOfMaterials, ...systemTables]

/** The table of a key. */
export function tableOf(key: string): SystemTable {
  const table = systemTables.find((one) => one.key === key)
  if (table === undefined) throw new RangeError(`no table ${key}`)
  return table
}
