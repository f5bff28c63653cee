/** What a product's working paper calls things beside what every paper does, in Chinese and in English. */

import type { AllocationMethod } from '../../../engine/types.ts'
import { allocationNames } from '../../../web/report/product/allocations.ts'
import { findingWords } from '../../../web/report/product/finding-words.ts'
import { stageNames, wordsFor } from '../../../web/wording.ts'
import { type PaperLanguage, type PaperWords, wordsOf } from '../words.ts'

const sheetNames = [
  'processes',
  'exchanges',
  'allocation',
  'made',
  'sites',
  'endOfLife',
  'parameters',
] as const
type ProductSheet = (typeof sheetNames)[number]

/** The words of one language. */
export interface ProductWords {
  /** Those of every paper, with the columns of a product's lines. */
  readonly base: PaperWords
  readonly sheets: Readonly<Record<ProductSheet, string>>
  readonly notes: Readonly<Record<ProductSheet, string>>
  readonly columns: Readonly<Record<ProductSheet, readonly string[]>>
  readonly groups: Readonly<Record<'stage' | 'process' | 'checks', string>>
  /** The title of the column that says whether a row agrees. */
  readonly check: string
  /** An exchange that no line states: what a mean takes of a plant. */
  readonly plant: string
  /** Who takes of a site's total and is no product of it. */
  readonly outside: string
  /** An exchange that no line states: what a co-product makes needless. */
  readonly credit: string
  readonly finding: string
  stageName(stage: string): string
  methodName(method: AllocationMethod): string
  findingName(code: string): string
}

export function productWordsOf(language: PaperLanguage): ProductWords {
  return language === 'zh' ? chinese : english
}

const englishBase = wordsOf('en')
const chineseBase = wordsOf('zh')

const english: ProductWords = {
  base: {
    ...englishBase,
    notes: {
      ...englishBase.notes,
      lines:
        'Each line per run of its process; × how often it counts per declared unit; and what it comes to.',
      gases: 'Each gas of each line: kg per unit × amount × runs = kg; × GWP = kg CO2e.',
    },
    columns: {
      ...englishBase.columns,
      lines: [
        ...[
          'Line',
          'Description',
          'Category',
          'Process',
          'For product',
          'Stage',
          'Made by',
          'Its product',
          '',
        ],
        ...['Amount per run', 'Unit', 'Runs', 'Factor'],
        ...['kg CO2e by formula', 'kg CO2e recorded', 'Difference'],
      ],
      gases: englishBase.columns.gases.map((title) => (title === 'Share' ? 'Runs' : title)),
    },
    useName: (use) => (use === 'site' ? 'Total of a site' : englishBase.useName(use)),
  },
  sheets: {
    processes: 'Processes',
    exchanges: 'Exchanges',
    allocation: 'Allocation',
    made: 'Site output',
    sites: 'Site totals',
    endOfLife: 'End of life',
    parameters: 'Parameters',
  },
  notes: {
    processes:
      'The network: output per run × the record’s runs = made; less what others take (Exchanges) and what is asked for, nothing may be left.',
    exchanges:
      'What each process takes of another per declared unit: amount per run × share × runs of the taker; negative where production is avoided.',
    allocation: 'How processes that make several products share their burden: basis ÷ sum of the bases.',
    made: 'What each site made: scrap − regrind is what left the process, in kg where the mass of a piece is known.',
    sites:
      'Where every total of a site went: (measured − sub-meters) × key amount ÷ sum of the key amounts. How it was measured: Working.',
    endOfLife: 'What a material’s mass is multiplied by, term by term, from the parameters above the terms.',
    parameters: 'Numbers that lines and formulas share.',
  },
  columns: {
    processes: [
      ...['Key', 'Process', 'Product', 'Stage', 'Output per run', 'Unit', 'Runs recorded'],
      ...['Made', 'Taken by others', 'Asked for', 'Left over', 'Check'],
    ],
    exchanges: [
      'Line',
      'Taken by',
      'Made by',
      'Amount per run',
      'Unit',
      'Share',
      'Runs of the taker',
      'Taken',
    ],
    allocation: [
      ...['Process', 'Product', 'By', 'Basis', 'Unit', 'Sum', 'Share by formula', 'Share recorded', 'Check'],
      ...['Makes needless', 'Amount per run', 'Unit'],
    ],
    made: [
      ...['Site', 'Product', 'Good output', 'Unit', 'Scrap', 'Regrind', 'Unit', 'kg a piece'],
      ...['Scrap that left', 'Unit', 'Begun', 'Unit', 'Left, recorded', 'Check'],
    ],
    sites: [
      ...['Site', 'Total', 'Taken by', 'Measured', 'Sub-meters', 'Divided', 'Unit', 'Key amount'],
      ...['Sum of the key', 'Share', 'Part by formula', 'Part recorded', 'Check'],
    ],
    endOfLife: ['Material', 'Parameter or term', 'Value', 'Unit', 'Recorded', 'Check'],
    parameters: ['Parameter', 'Name', 'Formula', 'Value', 'Unit'],
  },
  groups: { stage: 'Life-cycle stage', process: 'Process', checks: 'Rows that differ' },
  check: 'Check',
  plant: 'Mean of plants',
  outside: 'Outside',
  credit: 'Avoided',
  finding: 'Finding',
  stageName: (stage) => wordsFor(stageNames, stage).en,
  methodName: (method) => allocationNames[method].en,
  findingName: (code) => (findingWords as Record<string, { name: { en: string } }>)[code]?.name.en ?? code,
}

const chinese: ProductWords = {
  base: {
    ...chineseBase,
    notes: {
      ...chineseBase.notes,
      lines: '每条数据按所属过程每次运行计；× 每声明单位的运行次数；及其排放量。',
      gases: '每条数据的每种气体：单位排放 × 数量 × 运行次数 = kg；× GWP = kg CO2e。',
    },
    columns: {
      ...chineseBase.columns,
      lines: [
        ...['编号', '说明', '类别', '过程', '所属产品', '阶段', '提供者', '其产品', ''],
        ...['每次运行数量', '单位', '运行次数', '因子'],
        ...['kg CO2e（公式）', 'kg CO2e（记录）', '差异'],
      ],
      gases: chineseBase.columns.gases.map((title) => (title === '比例' ? '运行次数' : title)),
    },
    useName: (use) => (use === 'site' ? '厂区总量' : chineseBase.useName(use)),
  },
  sheets: {
    processes: '过程',
    exchanges: '过程间流量',
    allocation: '分配',
    made: '厂区产出',
    sites: '厂区总量',
    endOfLife: '生命末期',
    parameters: '参数',
  },
  notes: {
    processes:
      '过程网络：每次产出 × 记录的运行次数 = 产出；减去其他过程所取（过程间流量）与所求，余量应为零。',
    exchanges: '每声明单位各过程向其他过程取用：每次数量 × 分配比例 × 取用者运行次数；替代生产为负。',
    allocation: '多产品过程如何分担负担：依据 ÷ 依据合计。',
    made: '各厂区产出：废品 − 回用 = 离开过程的废料；已知单件质量时以 kg 计。',
    sites: '各厂区总量的去向：（计量 − 分表）× 键值 ÷ 键值合计。计量过程见“计算过程”。',
    endOfLife: '材料质量逐项所乘的权重，由其上方的参数按公式得出。',
    parameters: '多条数据与公式共用的数值。',
  },
  columns: {
    processes: [
      ...['键', '过程', '产品', '阶段', '每次产出', '单位', '运行次数（记录）'],
      ...['产出', '其他过程所取', '所求', '余量', '核对'],
    ],
    exchanges: ['编号', '取用者', '提供者', '每次数量', '单位', '比例', '取用者运行次数', '取用量'],
    allocation: [
      ...['过程', '产品', '方法', '依据', '单位', '合计', '比例（公式）', '比例（记录）', '核对'],
      ...['替代', '每次数量', '单位'],
    ],
    made: [
      ...['厂区', '产品', '合格产量', '单位', '废品', '回用', '单位', '单件 kg'],
      ...['离开的废料', '单位', '投产', '单位', '记录值', '核对'],
    ],
    sites: [
      ...['厂区', '总量', '分得者', '计量', '分表', '可分摊', '单位', '键值'],
      ...['键值合计', '比例', '分得量（公式）', '分得量（记录）', '核对'],
    ],
    endOfLife: ['材料', '参数或项', '数值', '单位', '记录值', '核对'],
    parameters: ['参数', '名称', '公式', '数值', '单位'],
  },
  groups: { stage: '生命周期阶段', process: '过程', checks: '不一致的行' },
  check: '核对',
  plant: '各厂均值',
  outside: '系统之外',
  credit: '替代',
  finding: '发现',
  stageName: (stage) => wordsFor(stageNames, stage).zh,
  methodName: (method) => allocationNames[method].zh,
  findingName: (code) => (findingWords as Record<string, { name: { zh: string } }>)[code]?.name.zh ?? code,
}
