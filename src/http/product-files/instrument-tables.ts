/** The tables of electricity under contract: the instruments that lines name, and the certificates of each by their numbers. */

import { instrumentNames } from '../../web/report/words.ts'
import { flagNames } from '../activity-choices.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import { asOfLines } from './as-of-lines.ts'
import { quantityColumns } from './quantity-columns.ts'
import type { SystemTable } from './types.ts'

/** Members of the product's sheet, where it has instruments. */
export const instrumentMembers = {
  ...quantityColumns(
    'contractualInstruments.produced',
    { zh: '绿电对应的产量', en: 'Produced with power under contract' },
    {
      help: {
        zh: '填写了“合同工具”时必填：核算期内用该电力生产了多少产品',
        en: 'Needed with instruments: how much of the product was made with that power in the reporting period',
      },
    },
  ),
  'contractualInstruments.ageMonthsMax': {
    title: { zh: '发电最早早于核算期（月）', en: 'Oldest generation, months' },
    help: {
      zh: '填写了“合同工具”时必填：发电最多早于核算期几个月，如 12',
      en: 'Needed with instruments: months before the reporting period, at most, e.g. 12',
    },
    kind: 'count',
  },
} as const satisfies Record<string, TableColumn>

const instruments: SystemTable = {
  key: 'instruments',
  title: { zh: '合同工具', en: 'Instruments' },
  about: {
    zh: '绿证、购电协议等：每行一项。“投入与排放”中的电力行填其编号（有组名的填组名），按其发电因子计算。',
    en: 'Green certificates, contracts: one a row. Rows of electricity name its ID, or its group, and are weighed by the factor of its generation.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      id: {
        title: { zh: '工具编号', en: 'Instrument' },
        help: { zh: '每行一个，不能重复', en: 'One for each row, never twice' },
        kind: 'text',
        needed: 'always',
      },
      group: {
        title: { zh: '组名', en: 'Group' },
        help: {
          zh: '同一电源的几项工具（如各月绿证）共用的名称',
          en: 'One name for several of the same generation, such as certificates of several months',
        },
        kind: 'text',
      },
      kind: {
        title: { zh: '工具种类', en: 'Kind of instrument' },
        help: { zh: '从列表中选择', en: 'Choose from the list' },
        kind: 'choice',
        choices: instrumentNames,
        needed: 'always',
      },
      ...quantityColumns(
        'quantity',
        { zh: '电量', en: 'Electricity' },
        {
          help: { zh: '绿证为张数 × 1000 kWh', en: 'Of green certificates their number × 1000 kWh' },
          unitHelp: { zh: '如 kWh、MWh', en: 'E.g. kWh, MWh' },
          needed: 'always',
        },
      ),
      ...asOfLines([
        'factor.table',
        'factor.version',
        'factor.id',
        'factor.family',
        'factor.factorCategory',
        'factor.region',
        'factor.year',
      ]),
      'generated.start': {
        title: { zh: '发电开始日期', en: 'Generated, first day' },
        help: { zh: '绿证为发电月份的第一天', en: 'Of green certificates the first day of their month' },
        kind: 'date',
        needed: 'always',
      },
      'generated.end': {
        title: { zh: '发电结束次日', en: 'Generated, day after the last' },
        help: { zh: '绿证为次月第一天', en: 'Of green certificates the first day of the next month' },
        kind: 'date',
        needed: 'always',
      },
      market: {
        title: { zh: '电力市场', en: 'Market' },
        help: { zh: '绿证为 CN', en: 'CN for Chinese green certificates' },
        kind: 'text',
        needed: 'always',
      },
      exclusive: {
        title: { zh: '独占', en: 'Exclusive' },
        help: {
          zh: '没有他人对同一电力主张权益时选“是”',
          en: 'Yes where nobody else has a claim on the same power',
        },
        kind: 'flag',
        choices: flagNames,
        needed: 'always',
      },
      'consumption.consumer': {
        title: { zh: '消费者', en: 'Consumer' },
        help: { zh: '为谁的用电核销', en: 'Whose consumption it was retired for' },
        kind: 'text',
        needed: 'always',
      },
      'consumption.period.start': {
        title: { zh: '用电开始日期', en: 'Consumed, first day' },
        help: {
          zh: '为哪段用电核销，在核算期内',
          en: 'Of the consumption it was retired for, within the reporting period',
        },
        kind: 'date',
        needed: 'always',
      },
      'consumption.period.end': {
        title: { zh: '用电结束次日', en: 'Consumed, day after the last' },
        help: { zh: '全年填次年 1 月 1 日', en: 'For a whole year the next January 1st' },
        kind: 'date',
        needed: 'always',
      },
      'consumption.retiredOn': {
        title: { zh: '核销日期', en: 'Retired on' },
        help: { zh: '如 2026-01-20', en: 'E.g. 2026-01-20' },
        kind: 'date',
        needed: 'always',
      },
    },
    { holds: 'instruments' },
  ),
  list: ['contractualInstruments', 'instruments'],
  parents: [],
  hasIds: true,
}

const certificates: SystemTable = {
  key: 'certificates',
  title: { zh: '绿证编号', en: 'Certificates' },
  about: {
    zh: '绿色电力证书的编号段，每行一段；每张 1000 kWh。',
    en: 'Ranges of the numbers of green certificates, one a row; 1000 kWh each.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      instrument: {
        title: { zh: '工具编号', en: 'Instrument' },
        help: {
          zh: '“合同工具”中的编号；只有一项时可不填',
          en: 'Its ID among the instruments; may be empty where there is one',
        },
        kind: 'text',
      },
      from: {
        title: { zh: '起始编号', en: 'First number' },
        help: { zh: '32 位', en: '32 characters' },
        kind: 'text',
        needed: 'always',
      },
      to: {
        title: { zh: '截止编号', en: 'Last number' },
        help: { zh: '32 位，含此张', en: '32 characters, counted in' },
        kind: 'text',
        needed: 'always',
      },
      certificates: {
        title: { zh: '张数', en: 'How many' },
        help: { zh: '须与编号相符', en: 'As the numbers come to' },
        kind: 'count',
        needed: 'always',
      },
    },
    { holds: 'certificates' },
  ),
  list: ['certificates'],
  parents: [{ column: 'instrument', table: 'instruments' }],
  hasIds: false,
}

export const instrumentTables: readonly SystemTable[] = [instruments, certificates]
