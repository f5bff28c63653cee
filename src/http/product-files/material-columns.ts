/** Columns of the materials of the Circular Footprint Formula, under the names that its sources give its parameters. */

import type { TableColumn } from '../table-columns.ts'
import { nameColumns } from './names.ts'

const share = (zh: string, en: string): TableColumn['help'] => ({
  zh: `${zh}，0 到 1`,
  en: `${en}, 0 to 1`,
})

export const materialColumns = {
  id: {
    title: { zh: '材料编号', en: 'Material' },
    help: { zh: '投入的各行用它', en: 'As the rows of the inputs name it' },
    kind: 'text',
    needed: 'always',
  },
  ...nameColumns,
  A: {
    title: { zh: '分配系数 A', en: 'A' },
    help: share('再生料供需双方的分配系数', 'Shares burdens and credits of recycling'),
    kind: 'decimal',
  },
  B: {
    title: { zh: '分配系数 B', en: 'B' },
    help: share('能量回收的分配系数', 'Shares energy recovery'),
    kind: 'decimal',
  },
  R1: {
    title: { zh: '再生料投入比例 R1', en: 'R1' },
    help: share('投入材料中再生料的比例', 'Recycled part of what goes in'),
    kind: 'decimal',
    needed: 'always',
  },
  R2: {
    title: { zh: '报废回收比例 R2', en: 'R2' },
    help: share('报废时被再生利用的比例，已计收集和损耗', 'Part recycled at the end of life, losses counted'),
    kind: 'decimal',
  },
  R3: {
    title: { zh: '能量回收比例 R3', en: 'R3' },
    help: share(
      '报废时回收能量的比例；与 R2 之和不超过 1',
      'Part whose energy is recovered; with R2 at most 1',
    ),
    kind: 'decimal',
  },
  QsinQp: {
    title: { zh: '投入质量比 Qsin/Qp', en: 'Qsin/Qp' },
    help: {
      zh: '投入的再生料与原生料的质量比',
      en: 'Quality of the recycled material that goes in ÷ of the primary',
    },
    kind: 'decimal',
  },
  QsoutQp: {
    title: { zh: '产出质量比 Qsout/Qp', en: 'Qsout/Qp' },
    help: {
      zh: '回收得到的再生料与原生料的质量比',
      en: 'Quality of the recycled material that comes out ÷ of the primary',
    },
    kind: 'decimal',
  },
  'LHV.amount': {
    title: { zh: '低位热值', en: 'LHV' },
    help: { zh: 'R3 大于 0 时填写', en: 'Needed where R3 is above 0' },
    kind: 'decimal',
  },
  'LHV.unit': {
    title: { zh: '低位热值单位', en: 'LHV unit' },
    help: { zh: '如 MJ/kg', en: 'E.g. MJ/kg' },
    kind: 'unit',
  },
  XERheat: {
    title: { zh: '供热效率', en: 'Efficiency, heat' },
    help: share('能量回收的供热效率', 'Of recovery as heat'),
    kind: 'decimal',
  },
  XERelec: {
    title: { zh: '发电效率', en: 'Efficiency, electricity' },
    help: share('能量回收的发电效率', 'Of recovery as electricity'),
    kind: 'decimal',
  },
} as const satisfies Record<string, TableColumn>
