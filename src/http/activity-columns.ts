/**
 * The columns of activity data in CSV and in workbooks: one entry a column, with what people call it, what it means, and how
 * its cells are read. The template, the readers of headers and the refusals all read this one dictionary, so a column that the
 * calculation gains needs one entry here.
 */

import { siteFlowNames } from './activity-choices.ts'
import { circularColumns } from './activity-circular-columns.ts'
import { type ActivityColumn, unitHelp } from './activity-column.ts'
import { detailColumns } from './activity-detail-columns.ts'
import { productColumns } from './activity-product-columns.ts'
import { columnsOf } from './table-columns.ts'

export { type CellKind, type ColumnGroup, columnGroups } from './activity-column.ts'

/** A line's members in dotted form; of factors beside and of meters, the first. */
export const activityColumns = {
  id: {
    title: { zh: '编号', en: 'Line ID' },
    help: {
      zh: '每行一个，不能重复，如 电-01',
      en: 'One for each line, never twice, e.g. power-01',
    },
    kind: 'text',
    group: 'essential',
    needed: 'always',
  },
  category: {
    title: { zh: '活动类别', en: 'Activity category' },
    help: { zh: '从下拉列表中选择', en: 'Choose from the list' },
    kind: 'category',
    group: 'essential',
    needed: 'always',
  },
  description: {
    title: { zh: '说明', en: 'Description' },
    help: { zh: '电表、设备或发票，便于查找', en: 'Meter, machine or invoice, to find it again' },
    kind: 'text',
    group: 'essential',
  },
  facility: {
    title: { zh: '设施', en: 'Facility' },
    help: { zh: '厂区或车间', en: 'Site or workshop' },
    kind: 'text',
    group: 'essential',
  },
  'period.start': {
    title: { zh: '开始日期', en: 'First day' },
    help: {
      zh: '该数量的第一天，如 2025-01-01；不填即整个报告期',
      en: 'First day of the amount, e.g. 2025-01-01; empty: the whole reporting period',
    },
    kind: 'date',
    group: 'essential',
  },
  'period.end': {
    title: { zh: '结束次日', en: 'Day after the last' },
    help: {
      zh: '最后一天的次日：1 月份填 2025-02-01',
      en: 'The day after the last one: for January 2025-02-01',
    },
    kind: 'date',
    group: 'essential',
  },
  'quantity.amount': {
    title: { zh: '数量', en: 'Amount' },
    help: {
      zh: '只填数字，不加千分位；确实为零填 0，没有数据的行请删除',
      en: 'Digits only, no thousands separator; a true zero is 0; delete lines without data',
    },
    kind: 'decimal',
    group: 'essential',
    needed: 'unless-another-amount',
  },
  'quantity.unit': {
    title: { zh: '单位', en: 'Unit' },
    help: {
      zh: '如 kWh、万kWh、m3、万m3、t、kg、L、km',
      en: 'E.g. kWh, 万kWh (10,000 kWh), m3, t, kg, L, km',
    },
    kind: 'unit',
    group: 'essential',
    needed: 'unless-another-amount',
  },
  'factor.table': {
    title: { zh: '因子表', en: 'Factor table' },
    help: { zh: '因子表名称，如 cn-electricity-co2', en: 'Name of the table, e.g. cn-electricity-co2' },
    kind: 'text',
    group: 'factor',
  },
  'factor.version': {
    title: { zh: '因子表版本', en: 'Factor table version' },
    help: { zh: '不填即碳足迹所选版本', en: 'Empty: the one the footprint pins' },
    kind: 'text',
    group: 'factor',
  },
  'factor.id': {
    title: { zh: '因子编号', en: 'Factor ID' },
    help: {
      zh: '指定表中某一行；不填则按类别、地区和年份查找',
      en: 'A row of the table; empty: found by category, region and year',
    },
    kind: 'text',
    group: 'factor',
  },
  'factor.family': {
    title: { zh: '因子族', en: 'Factor family' },
    help: { zh: '因子的种类，如 combustion', en: 'What kind of factor, e.g. combustion' },
    kind: 'text',
    group: 'factor',
  },
  'factor.factorCategory': {
    title: { zh: '因子类别', en: 'Factor category' },
    help: { zh: '表中所在类别，如 freight-hgv', en: 'Where the table holds it, e.g. freight-hgv' },
    kind: 'text',
    group: 'factor',
  },
  'factor.region': {
    title: { zh: '因子地区', en: 'Factor region' },
    help: { zh: '如 CN-FJ（福建）', en: 'E.g. CN-FJ (Fujian)' },
    kind: 'text',
    group: 'factor',
  },
  'factor.year': {
    title: { zh: '因子年份', en: 'Factor year' },
    help: { zh: '如 2023', en: 'E.g. 2023' },
    kind: 'year',
    group: 'factor',
  },
  'fuel.table': {
    title: { zh: '燃料参数表', en: 'Fuel table' },
    help: { zh: '如 cn-fuel', en: 'E.g. cn-fuel' },
    kind: 'text',
    group: 'fuel',
  },
  'fuel.version': {
    title: { zh: '燃料参数表版本', en: 'Fuel table version' },
    help: { zh: '不填即碳足迹所选版本', en: 'Empty: the one the footprint pins' },
    kind: 'text',
    group: 'fuel',
  },
  'fuel.id': {
    title: { zh: '燃料编号', en: 'Fuel ID' },
    help: { zh: '如 set-a-diesel', en: 'E.g. set-a-diesel' },
    kind: 'text',
    group: 'fuel',
  },
  'fuel.netCalorificValue.amount': {
    title: { zh: '燃料低位发热量', en: 'Fuel net calorific value' },
    help: { zh: '实测值；不填用缺省值', en: 'As measured; empty: the default' },
    kind: 'decimal',
    group: 'fuel',
  },
  'fuel.netCalorificValue.unit': {
    title: { zh: '燃料低位发热量单位', en: 'Fuel net calorific value unit' },
    help: unitHelp({ zh: '燃料低位发热量', en: 'net calorific value' }),
    kind: 'unit',
    group: 'fuel',
  },
  'fuel.carbonContent.amount': {
    title: { zh: '燃料含碳量', en: 'Fuel carbon content' },
    help: { zh: '实测值；不填用缺省值', en: 'As measured; empty: the default' },
    kind: 'decimal',
    group: 'fuel',
  },
  'fuel.carbonContent.unit': {
    title: { zh: '燃料含碳量单位', en: 'Fuel carbon content unit' },
    help: unitHelp({ zh: '燃料含碳量', en: 'carbon content' }),
    kind: 'unit',
    group: 'fuel',
  },
  'fuel.oxidation': {
    title: { zh: '碳氧化率', en: 'Oxidation' },
    help: { zh: '0 到 1，如 0.98', en: '0 to 1, e.g. 0.98' },
    kind: 'decimal',
    group: 'fuel',
  },
  gas: {
    title: { zh: '气体', en: 'Gas' },
    help: {
      zh: '直接排放的气体或制冷剂，如 R-410A',
      en: 'A gas or refrigerant released as such, e.g. R-410A',
    },
    kind: 'text',
    group: 'fuel',
  },
  'distance.amount': {
    title: { zh: '运输距离', en: 'Distance' },
    help: { zh: '数量为重量、因子按吨公里时填写', en: 'Where the amount is a mass and the factor per t.km' },
    kind: 'decimal',
    group: 'properties',
  },
  'distance.unit': {
    title: { zh: '运输距离单位', en: 'Distance unit' },
    help: unitHelp({ zh: '运输距离', en: 'distance' }),
    kind: 'unit',
    group: 'properties',
  },
  'density.amount': {
    title: { zh: '密度', en: 'Density' },
    help: {
      zh: '数量为体积、因子按重量时填写，如柴油 0.84',
      en: 'Where the amount is a volume and the factor per mass',
    },
    kind: 'decimal',
    group: 'properties',
  },
  'density.unit': {
    title: { zh: '密度单位', en: 'Density unit' },
    help: { zh: '如 kg/L', en: 'E.g. kg/L' },
    kind: 'unit',
    group: 'properties',
  },
  'enthalpy.amount': {
    title: { zh: '蒸汽热焓', en: 'Enthalpy' },
    help: { zh: '蒸汽按吨计量时填写', en: 'For steam measured in tonnes' },
    kind: 'decimal',
    group: 'properties',
  },
  'enthalpy.unit': {
    title: { zh: '蒸汽热焓单位', en: 'Enthalpy unit' },
    help: { zh: '如 kJ/kg', en: 'E.g. kJ/kg' },
    kind: 'unit',
    group: 'properties',
  },
  'netCalorificValue.amount': {
    title: { zh: '低位发热量', en: 'Net calorific value' },
    help: { zh: '因子按低位热值计算时填写', en: 'For a factor per net calorific energy' },
    kind: 'decimal',
    group: 'properties',
  },
  'netCalorificValue.unit': {
    title: { zh: '低位发热量单位', en: 'Net calorific value unit' },
    help: unitHelp({ zh: '低位发热量', en: 'net calorific value' }),
    kind: 'unit',
    group: 'properties',
  },
  sulphurPercent: {
    title: { zh: '含硫量（%）', en: 'Sulphur (%)' },
    help: { zh: '质量百分数：0.5% 填 0.5', en: 'Percent by mass: 0.5 for 0.5 %' },
    kind: 'decimal',
    group: 'properties',
  },
  'beside.table': {
    title: { zh: '补充因子表', en: 'Table of the factor beside' },
    help: {
      zh: '用另一因子补充本行因子未覆盖的气体',
      en: 'Another factor for gases that the line’s own does not cover',
    },
    kind: 'text',
    group: 'beside',
  },
  'beside.version': {
    title: { zh: '补充因子表版本', en: 'Table version of the factor beside' },
    help: { zh: '不填即碳足迹所选版本', en: 'Empty: the one the footprint pins' },
    kind: 'text',
    group: 'beside',
  },
  'beside.id': {
    title: { zh: '补充因子编号', en: 'ID of the factor beside' },
    help: { zh: '表中某一行', en: 'A row of that table' },
    kind: 'text',
    group: 'beside',
  },
  'beside.family': {
    title: { zh: '补充因子族', en: 'Family of the factor beside' },
    help: { zh: '因子的种类', en: 'What kind of factor' },
    kind: 'text',
    group: 'beside',
  },
  'beside.factorCategory': {
    title: { zh: '补充因子类别', en: 'Category of the factor beside' },
    help: { zh: '表中所在类别', en: 'Where the table holds it' },
    kind: 'text',
    group: 'beside',
  },
  'beside.region': {
    title: { zh: '补充因子地区', en: 'Region of the factor beside' },
    help: { zh: '如 CN', en: 'E.g. CN' },
    kind: 'text',
    group: 'beside',
  },
  'beside.year': {
    title: { zh: '补充因子年份', en: 'Year of the factor beside' },
    help: { zh: '如 2023', en: 'E.g. 2023' },
    kind: 'year',
    group: 'beside',
  },
  'beside.gases': {
    title: { zh: '补充因子的气体', en: 'Gases of the factor beside' },
    help: { zh: '用空格分开，如 CH4 N2O', en: 'Apart by spaces, e.g. CH4 N2O' },
    kind: 'gases',
    group: 'beside',
  },
  process: {
    title: { zh: '单元过程', en: 'Process' },
    help: { zh: '该行所属的单元过程', en: 'The process that the line belongs to' },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  from: {
    title: { zh: '来源过程', en: 'Made by process' },
    help: { zh: '生产该投入物的单元过程', en: 'The process that makes this input' },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  'parameter.id': {
    title: { zh: '参数', en: 'Parameter' },
    help: {
      zh: '代替数量：数量由产品系统的某个参数得出',
      en: 'Instead of the amount: it follows from a parameter of the product system',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  'fromSite.total': {
    title: { zh: '工厂总量', en: 'Total of the site' },
    help: {
      zh: '取用工厂数据中的总量（填其编号），代替数量',
      en: 'Takes its part of a total of the site, by ID, instead of the amount',
    },
    kind: 'text',
    group: 'product',
    only: 'product',
  },
  'fromSite.flow': {
    title: { zh: '工厂产品流', en: 'Count of the site’s product' },
    help: {
      zh: '代替总量：投入量，或离开工序的废料',
      en: 'Instead of a total: what was begun, or scrap that left',
    },
    kind: 'choice',
    choices: siteFlowNames,
    group: 'product',
    only: 'product',
  },
  'parameter.times': {
    title: { zh: '参数倍数', en: 'Times the parameter' },
    help: { zh: '数量 = 参数 × 该数；不填即 1', en: 'Amount = parameter × this; empty: 1' },
    kind: 'decimal',
    group: 'product',
    only: 'product',
  },
  ...productColumns,
  ...circularColumns,
  ...detailColumns,
} as const satisfies Record<string, ActivityColumn>

export type CsvColumn = keyof typeof activityColumns

/** The columns of activity data, by their dotted names. */
export const csvColumns = Object.keys(activityColumns) as CsvColumn[]

/** What the dictionary says of a column. */
export function columnOf(name: CsvColumn): ActivityColumn {
  return activityColumns[name]
}

/** Where the value of a column stands in a line. */
export function memberPath(name: CsvColumn): readonly string[] {
  return (columnOf(name).place ?? name.replace(/^beside\./, 'beside.0.')).split('.')
}

/** The columns that a header lacks: what every file has, and an amount with its unit unless there is another way to one. */
function missingColumns(columns: readonly CsvColumn[]): readonly CsvColumn[] {
  const hasOtherAmount = columns.some((name) =>
    /^(?:meter|stock|gasBalance|leakage|parameter|fromSite)\./.test(name),
  )
  const hasAmount = columns.some((name) => name.startsWith('quantity.'))
  return csvColumns.filter((name) => {
    const { needed } = columnOf(name)
    const isNeeded = needed === 'always' || (needed !== undefined && (hasAmount || !hasOtherAmount))
    return isNeeded && !columns.includes(name)
  })
}

/** The dictionary as readers of tables ask it. */
export const lineColumns = columnsOf<CsvColumn, ActivityColumn>(activityColumns, {
  holds: 'activity data',
  path: memberPath,
  missing: missingColumns,
})

/** The column of a header, in any of its accepted names. */
export const columnNamed = lineColumns.named
