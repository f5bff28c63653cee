/**
 * Columns for lines whose amount is read, balanced or estimated, for transport, money, use and electricity, and for how good the
 * data are. The same dictionary as `activity-columns.ts`, which holds what most lines need.
 */

import {
  activityKinds,
  apportionments,
  certificateNames,
  dataOriginNames,
  distanceBasisNames,
  distributionNames,
  estimateMethodNames,
  flowOriginNames,
  intervalNames,
  landUseChangeNames,
  releaseKindNames,
} from './activity-choices.ts'
import type { ActivityColumn } from './activity-column.ts'

/** One meter a row: a changed one is the next row, and the days of both meet. */
const meterColumns = {
  'meter.serial': {
    title: { zh: '表号', en: 'Meter number' },
    help: {
      zh: '表计编号。换表填两行，一块表一行',
      en: 'Number on the meter. A changed meter: two rows, one for each',
    },
    kind: 'text',
    group: 'meter',
    place: 'meter.meters.0.serial',
  },
  'meter.multiplier': {
    title: { zh: '倍率', en: 'Multiplier' },
    help: {
      zh: '互感器倍率，读数差乘以它才是用量；没有填 1',
      en: 'What one step of the register is worth (transformer ratio); 1 where there is none',
    },
    kind: 'decimal',
    group: 'meter',
    place: 'meter.meters.0.multiplier',
  },
  'meter.unit': {
    title: { zh: '抄表单位', en: 'Unit of the readings' },
    help: { zh: '读数乘倍率后的单位，如 kWh、m3', en: 'Of reading × multiplier, e.g. kWh, m3' },
    kind: 'unit',
    group: 'meter',
  },
  'meter.firstDate': {
    title: { zh: '起始抄表日期', en: 'Day of the first reading' },
    help: {
      zh: '读数为当日零时的示数；全年填 2025-01-01',
      en: 'Read as the day begins; for a whole year 2025-01-01',
    },
    kind: 'date',
    group: 'meter',
    place: 'meter.meters.0.readings.0.date',
  },
  'meter.firstReading': {
    title: { zh: '起始读数', en: 'First reading' },
    help: { zh: '表上的数字，不乘倍率', en: 'As the register shows it, without multiplier' },
    kind: 'decimal',
    group: 'meter',
    place: 'meter.meters.0.readings.0.value',
  },
  'meter.lastDate': {
    title: { zh: '结束抄表日期', en: 'Day of the last reading' },
    help: {
      zh: '全年填 2026-01-01；换表时等于新表的起始日期',
      en: 'For a whole year 2026-01-01; for a changed meter the first day of the new one',
    },
    kind: 'date',
    group: 'meter',
    place: 'meter.meters.0.readings.1.date',
  },
  'meter.lastReading': {
    title: { zh: '结束读数', en: 'Last reading' },
    help: { zh: '表上的数字，不乘倍率', en: 'As the register shows it, without multiplier' },
    kind: 'decimal',
    group: 'meter',
    place: 'meter.meters.0.readings.1.value',
  },
  'meter.readings': {
    title: { zh: '历次读数', en: 'All readings' },
    help: {
      zh: '两次以上时代替前四列，用空格分开：2025-01-01=1200 2026-01-01=5310',
      en: 'Instead of the four columns before, two or more apart by spaces: 2025-01-01=1200 2026-01-01=5310',
    },
    kind: 'readings',
    group: 'meter',
    place: 'meter.meters.0.readings',
  },
  'meter.digits': {
    title: { zh: '表盘整数位数', en: 'Digits of the register' },
    help: {
      zh: '读数归零翻转过才填，如五位表填 5',
      en: 'Only where it rolled over to 0: whole digits, e.g. 5',
    },
    kind: 'count',
    group: 'meter',
    place: 'meter.meters.0.digits',
  },
} as const satisfies Record<string, ActivityColumn>

const stockColumns = {
  'stock.unit': {
    title: { zh: '库存单位', en: 'Unit of the stock' },
    help: { zh: '如 t、L、m3', en: 'E.g. t, L, m3' },
    kind: 'unit',
    group: 'stock',
  },
  'stock.opening': {
    title: { zh: '期初库存', en: 'Opening stock' },
    help: { zh: '用量 = 期初 + 购入 − 调出 − 期末', en: 'Used = opening + received − passed on − closing' },
    kind: 'decimal',
    group: 'stock',
  },
  'stock.received': {
    title: { zh: '本期购入', en: 'Received' },
    help: { zh: '入库总量', en: 'All that came in' },
    kind: 'decimal',
    group: 'stock',
  },
  'stock.passedOn': {
    title: { zh: '本期调出', en: 'Passed on' },
    help: { zh: '外售、退货、调拨；没有填 0', en: 'Sold, given back, moved elsewhere; 0 where nothing was' },
    kind: 'decimal',
    group: 'stock',
  },
  'stock.closing': {
    title: { zh: '期末库存', en: 'Closing stock' },
    help: { zh: '期末盘点量', en: 'As counted at the end' },
    kind: 'decimal',
    group: 'stock',
  },
} as const satisfies Record<string, ActivityColumn>

const refrigerantColumns = {
  'gasBalance.unit': {
    title: { zh: '气体平衡单位', en: 'Unit of the gas balance' },
    help: {
      zh: '如 kg；“气体”列填名称，如 R-410A',
      en: 'E.g. kg; name the gas in the column "Gas", e.g. R-410A',
    },
    kind: 'unit',
    group: 'refrigerants',
  },
  'gasBalance.opening': {
    title: { zh: '期初瓶装存量', en: 'Gas in cylinders, opening' },
    help: { zh: '钢瓶中的量，不含设备内', en: 'In cylinders, not in equipment' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'gasBalance.purchased': {
    title: { zh: '本期购气量', en: 'Gas purchased' },
    help: {
      zh: '泄漏 = 期初 + 购入 − 退回 − 期末 − 新增充注',
      en: 'Lost = opening + purchased − returned − closing − new charge',
    },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'gasBalance.returned': {
    title: { zh: '退回或销毁量', en: 'Gas returned' },
    help: { zh: '退回、外售或销毁；没有填 0', en: 'Given back, sold or destroyed; 0 where nothing was' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'gasBalance.closing': {
    title: { zh: '期末瓶装存量', en: 'Gas in cylinders, closing' },
    help: { zh: '钢瓶中的量，不含设备内', en: 'In cylinders, not in equipment' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'gasBalance.newCharge': {
    title: { zh: '新增设备充注量', en: 'Charge of new equipment' },
    help: {
      zh: '投用设备的充注量减停用设备的；没有填 0',
      en: 'Of equipment put into use less that taken out; 0 where there is none',
    },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'leakage.unit': {
    title: { zh: '充注量单位', en: 'Unit of the charge' },
    help: {
      zh: '没有平衡台账时用泄漏率，结果标为估算',
      en: 'By leak rate where there is no balance; flagged as an estimate',
    },
    kind: 'unit',
    group: 'refrigerants',
  },
  'leakage.charge': {
    title: { zh: '设备充注量', en: 'Charge of the equipment' },
    help: { zh: '设备满充时的量', en: 'What the equipment holds when full' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'leakage.annualRate': {
    title: { zh: '年泄漏率', en: 'Annual leak rate' },
    help: { zh: '5% 填 0.05；或填后两列', en: '0.05 for 5 %; or fill in the next two columns' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'leakage.toppedUp': {
    title: { zh: '补充量', en: 'Topped up' },
    help: { zh: '补到满充时加入的量', en: 'What was added to fill it up again' },
    kind: 'decimal',
    group: 'refrigerants',
  },
  'leakage.days': {
    title: { zh: '补充间隔天数', en: 'Days until topped up' },
    help: { zh: '上次满充到这次补充的天数', en: 'Days from full to topped up' },
    kind: 'decimal',
    group: 'refrigerants',
  },
} as const satisfies Record<string, ActivityColumn>

const transportColumns = {
  'transport.distanceBasis': {
    title: { zh: '距离口径', en: 'Kind of distance' },
    help: { zh: '“运输距离”是哪一种；从列表选择', en: 'What the distance is; choose from the list' },
    kind: 'choice',
    choices: distanceBasisNames,
    group: 'transport',
  },
  'transport.distanceAdjustment': {
    title: { zh: '距离修正系数', en: 'Distance adjustment' },
    help: {
      zh: '实际里程 ÷ 该距离，如 1.05；实际里程不填',
      en: 'Distance driven ÷ this distance, e.g. 1.05; empty for the actual distance',
    },
    kind: 'decimal',
    group: 'transport',
  },
  'transport.payload.amount': {
    title: { zh: '车辆载重', en: 'Payload' },
    help: {
      zh: '数量为重量、因子按车公里时填写',
      en: 'Where the amount is a mass and the factor per vehicle.km',
    },
    kind: 'decimal',
    group: 'transport',
  },
  'transport.payload.unit': {
    title: { zh: '车辆载重单位', en: 'Payload unit' },
    help: { zh: '如 t', en: 'E.g. t' },
    kind: 'unit',
    group: 'transport',
  },
  'transport.loadFactor': {
    title: { zh: '装载率', en: 'Load factor' },
    help: { zh: '半载填 0.5，满载填 1', en: '0.5 for half full, 1 for full' },
    kind: 'decimal',
    group: 'transport',
  },
  'transport.emptyReturn': {
    title: { zh: '空驶比例', en: 'Empty running' },
    help: {
      zh: '空驶里程 ÷ 重载里程：空车返回填 1，没有填 0',
      en: 'Empty ÷ loaded distance: 1 for the whole way back, 0 for none',
    },
    kind: 'decimal',
    group: 'transport',
  },
} as const satisfies Record<string, ActivityColumn>

const spendColumns = {
  'spend.year': {
    title: { zh: '价格年份', en: 'Year of the prices' },
    help: { zh: '数量为金额时填写：付款价格的年份', en: 'Where the amount is money: the year of its prices' },
    kind: 'year',
    group: 'spend',
    only: 'organization',
  },
  'spend.priceIndex': {
    title: { zh: '价格指数', en: 'Price index' },
    help: {
      zh: '因子年份物价 ÷ 价格年份物价；年份相同不填',
      en: 'Prices of the factor’s year ÷ prices of that year; empty where they are the same',
    },
    kind: 'decimal',
    group: 'spend',
    only: 'organization',
  },
  'spend.exchangeRate': {
    title: { zh: '汇率', en: 'Exchange rate' },
    help: {
      zh: '1 元折合因子币种的金额，如 0.15；币种相同不填',
      en: 'The factor’s currency per unit of the amount’s, e.g. 0.15; empty where they are the same',
    },
    kind: 'decimal',
    group: 'spend',
    only: 'organization',
  },
  'spend.source': {
    title: { zh: '指数和汇率来源', en: 'Source of index and rate' },
    help: { zh: '如 国家统计局 2025 年 PPI', en: 'E.g. the statistical office' },
    kind: 'text',
    group: 'spend',
    only: 'organization',
  },
} as const satisfies Record<string, ActivityColumn>

const useColumns = {
  'use.consumption.amount': {
    title: { zh: '单次消耗量', en: 'Consumption per use' },
    help: {
      zh: '每件产品每次（或每年）的用量；数量填件数',
      en: 'Of a piece per use, or per year; the amount is pieces',
    },
    kind: 'decimal',
    group: 'use',
    only: 'organization',
  },
  'use.consumption.unit': {
    title: { zh: '单次消耗量单位', en: 'Consumption per use unit' },
    help: { zh: '如 kWh', en: 'E.g. kWh' },
    kind: 'unit',
    group: 'use',
    only: 'organization',
  },
  'use.times': {
    title: { zh: '寿命内使用次数', en: 'Uses in the life' },
    help: { zh: '使用次数，或使用年数', en: 'Uses, or years, in the life of the product' },
    kind: 'decimal',
    group: 'use',
    only: 'organization',
  },
} as const satisfies Record<string, ActivityColumn>

const electricityColumns = {
  coefficientOfPerformance: {
    title: { zh: '制冷性能系数（COP）', en: 'Coefficient of performance' },
    help: {
      zh: '外购冷量按电力因子计算时填写，如 4.2',
      en: 'Purchased cooling by a factor of electricity, e.g. 4.2',
    },
    kind: 'decimal',
    group: 'electricity',
    only: 'organization',
  },
  zone: {
    title: { zh: '电网区域', en: 'Grid zone' },
    help: {
      zh: '与碳足迹地区不同时填写，如 CN-ZJ',
      en: 'Where it is not the footprint’s region, e.g. CN-ZJ',
    },
    kind: 'text',
    group: 'electricity',
  },
  interval: {
    title: { zh: '计量间隔', en: 'Metering interval' },
    help: {
      zh: '电表多久记录一次；从列表选择',
      en: 'How finely the meter tells the time; choose from the list',
    },
    kind: 'choice',
    choices: intervalNames,
    group: 'electricity',
  },
  instrument: {
    title: { zh: '合同工具', en: 'Instrument' },
    help: {
      zh: '由绿证或购电协议抵扣的电力：“合同工具”中的编号或组名，不再填因子',
      en: 'Electricity under contract: the ID or group of the instrument, and no factor',
    },
    kind: 'text',
    group: 'electricity',
    only: 'product',
  },
  attributes: {
    title: { zh: '绿证去向', en: 'Certificates' },
    help: {
      zh: '自发自用可再生电力的绿证：自留或已售',
      en: 'Of own renewable power: kept, or sold',
    },
    kind: 'choice',
    choices: certificateNames,
    group: 'electricity',
    only: 'organization',
  },
} as const satisfies Record<string, ActivityColumn>

const flowColumns = {
  flowKind: {
    title: { zh: '气体流的种类', en: 'Kind of flow' },
    help: {
      zh: '气体不是化石源排放时选择；吸收和清除的数量填负数',
      en: 'Where the gas is no fossil emission; amounts taken up or removed are negative',
    },
    kind: 'choice',
    choices: releaseKindNames,
    group: 'product',
    only: 'product',
  },
  flowOrigin: {
    title: { zh: '流的来源', en: 'Origin of the flow' },
    help: {
      zh: '清除必须选择；土地管理产生的排放也可选',
      en: 'A removal needs it; emissions of land management may have it',
    },
    kind: 'choice',
    choices: flowOriginNames,
    group: 'product',
    only: 'product',
  },
  'landUseChange.kind': {
    title: { zh: '土地利用变化类型', en: 'Land-use change' },
    help: { zh: '直接或间接；间接的不计入总量', en: 'Direct or indirect; indirect ones are in no total' },
    kind: 'choice',
    choices: landUseChangeNames,
    group: 'product',
    only: 'product',
  },
  'landUseChange.convertedIn': {
    title: { zh: '土地转变年份', en: 'Year of the conversion' },
    help: {
      zh: '数量为整次转变的全部排放时填写',
      en: 'Where the amount is the whole emission of the conversion',
    },
    kind: 'year',
    group: 'product',
    only: 'product',
  },
  'landUseChange.years': {
    title: { zh: '土地转变分摊年数', en: 'Years that carry the conversion' },
    help: { zh: '20，或更长的采伐周期', en: '20, or a longer harvest cycle' },
    kind: 'count',
    group: 'product',
    only: 'product',
  },
} as const satisfies Record<string, ActivityColumn>

const shareColumns = {
  activityKind: {
    title: { zh: '活动细类', en: 'Kind of activity' },
    help: {
      zh: '仅当类别下有几种活动时选择，如 酒店住宿',
      en: 'Only where the category has several, e.g. hotel stay',
    },
    kind: 'choice',
    choices: activityKinds,
    group: 'share',
    only: 'organization',
  },
  partOf: {
    title: { zh: '所属总表的编号', en: 'Behind the meter of line' },
    help: {
      zh: '本行是分表：填总表那一行的编号，总表会扣除本行',
      en: 'A sub-meter: the ID of the line of its main meter, which it is taken off',
    },
    kind: 'text',
    group: 'share',
  },
  attribution: {
    title: { zh: '归属比例', en: 'Attribution' },
    help: { zh: '属于本机构的部分：35% 填 0.35', en: 'The part that is yours: 0.35 for 35 %' },
    kind: 'decimal',
    group: 'share',
  },
  apportion: {
    title: { zh: '跨期分摊', en: 'Apportionment' },
    help: {
      zh: '账单跨出报告期时选“按天分摊”，并填起止日期',
      en: 'A bill that reaches beyond the reporting period: by days, with its first and last day',
    },
    kind: 'choice',
    choices: apportionments,
    group: 'share',
  },
  investee: {
    title: { zh: '被投资方或加盟商', en: 'Investee or franchisee' },
    help: { zh: '投资和特许经营的对方名称', en: 'Who, for investments and franchises' },
    kind: 'text',
    group: 'share',
    only: 'organization',
  },
} as const satisfies Record<string, ActivityColumn>

const qualityColumns = {
  'estimate.method': {
    title: { zh: '估算方法', en: 'Method of the estimate' },
    help: { zh: '数量为估算时，三列都填', en: 'Where the amount is an estimate, fill in all three' },
    kind: 'choice',
    choices: estimateMethodNames,
    group: 'quality',
  },
  'estimate.basis': {
    title: { zh: '估算依据', en: 'Basis of the estimate' },
    help: { zh: '依据什么数据、怎样算出', en: 'What it rests on, and how it was made' },
    kind: 'text',
    group: 'quality',
  },
  'estimate.approvedBy': {
    title: { zh: '估算批准人', en: 'Estimate approved by' },
    help: { zh: '姓名或职务', en: 'Name or role' },
    kind: 'text',
    group: 'quality',
  },
  dataQuality: {
    title: { zh: '数据质量', en: 'Data quality' },
    help: {
      zh: '五个分数，1 最好、5 最差：(可靠,完整,时间,地域,技术)，如 (1,2,1,3,2)',
      en: 'Five scores, 1 best to 5: (reliability,completeness,temporal,geographical,technological), e.g. (1,2,1,3,2)',
    },
    kind: 'pedigree',
    group: 'quality',
  },
  'uncertainty.activityPercent': {
    title: { zh: '数量不确定度（±%）', en: 'Uncertainty of the amount (±%)' },
    help: {
      zh: '95% 置信区间的一半：±5% 填 5；两列都填',
      en: 'Half of the 95 % interval: 5 for ± 5 %; fill in both',
    },
    kind: 'decimal',
    group: 'quality',
  },
  'uncertainty.factorPercent': {
    title: { zh: '因子不确定度（±%）', en: 'Uncertainty of the factor (±%)' },
    help: {
      zh: '95% 置信区间的一半：±5% 填 5；两列都填',
      en: 'Half of the 95 % interval: 5 for ± 5 %; fill in both',
    },
    kind: 'decimal',
    group: 'quality',
  },
  'dataSource.activity': {
    title: { zh: '数量的数据来源', en: 'Origin of the amount' },
    help: {
      zh: '现场实测填初级，其他填次级；不填按非初级计',
      en: 'Primary where measured on site for this product; empty counts as not primary',
    },
    kind: 'choice',
    choices: dataOriginNames,
    group: 'quality',
    only: 'product',
  },
  'dataSource.factor': {
    title: { zh: '因子的数据来源', en: 'Origin of the factor' },
    help: {
      zh: '供应商或自测的专用因子填初级，数据库因子填次级',
      en: 'Primary where specific to the supplier or measured; secondary from a database',
    },
    kind: 'choice',
    choices: dataOriginNames,
    group: 'quality',
    only: 'product',
  },
  'uncertainty.activityDistribution': {
    title: { zh: '数量的分布', en: 'Distribution of the amount' },
    help: {
      zh: '分布形状，供蒙特卡洛分析；不填即正态',
      en: 'Shape of the interval, for Monte Carlo; empty: normal',
    },
    kind: 'choice',
    choices: distributionNames,
    group: 'quality',
    only: 'product',
  },
  'uncertainty.factorDistribution': {
    title: { zh: '因子的分布', en: 'Distribution of the factor' },
    help: {
      zh: '分布形状，供蒙特卡洛分析；不填即正态',
      en: 'Shape of the interval, for Monte Carlo; empty: normal',
    },
    kind: 'choice',
    choices: distributionNames,
    group: 'quality',
    only: 'product',
  },
} as const satisfies Record<string, ActivityColumn>

export const detailColumns = {
  ...meterColumns,
  ...stockColumns,
  ...refrigerantColumns,
  ...transportColumns,
  ...spendColumns,
  ...useColumns,
  ...electricityColumns,
  ...flowColumns,
  ...shareColumns,
  ...qualityColumns,
} as const satisfies Record<string, ActivityColumn>
