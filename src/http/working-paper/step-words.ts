/** What the chains and the steps of the working are called, in Chinese and in English. */

/** `activity`, `fuel`, or `beside` with its place from 0, which a reader counts from 1. */
export function useName(
  use: string,
  names: Readonly<Record<'activity' | 'fuel' | 'beside', string>>,
): string {
  if (use === 'activity' || use === 'fuel') return names[use]
  return `${names.beside} ${Number(use.split(' ')[1]) + 1}`
}

/** A step by its code, a meter or a part by its own name; steps between units are their own name. */
export function stepName(step: string, language: 'zh' | 'en'): string {
  const [first = '', ...rest] = step.split(' ')
  if (first === 'meter' || first === 'part') return `${stepNames[first][language]} ${rest.join(' ')}`
  return Object.hasOwn(stepNames, step) ? stepNames[step as keyof typeof stepNames][language] : step
}

const stepNames = {
  meter: { en: 'Meter', zh: '电表' },
  part: { en: 'Behind this meter:', zh: '分表' },
  amount: { en: 'Amount', zh: '数量' },
  opening: { en: 'Opening stock', zh: '期初库存' },
  received: { en: 'Received', zh: '购入' },
  passedOn: { en: 'Passed on', zh: '售出或转出' },
  closing: { en: 'Closing stock', zh: '期末库存' },
  purchased: { en: 'Purchased', zh: '购入' },
  returned: { en: 'Returned', zh: '退回' },
  newCharge: { en: 'New charge', zh: '新增充注量' },
  charge: { en: 'Full charge', zh: '充注量' },
  annualRate: { en: 'Share lost in a year', zh: '年泄漏率' },
  years: { en: 'Years', zh: '年数' },
  daysInside: { en: 'Days in the reporting period', zh: '报告期内天数' },
  daysOfPeriod: { en: 'Days of the bill', zh: '账期天数' },
  attribution: { en: 'Share attributed', zh: '归属比例' },
  consumption: { en: 'Consumption', zh: '单次（年）能耗' },
  times: { en: 'Times', zh: '次数（年数）' },
  density: { en: 'Density', zh: '密度' },
  distance: { en: 'Distance', zh: '距离' },
  distanceAdjustment: { en: 'Distance adjustment', zh: '距离修正系数' },
  payload: { en: 'Payload', zh: '额定载重' },
  loadFactor: { en: 'Load factor', zh: '装载率' },
  emptyReturn: { en: 'Empty running', zh: '空驶' },
  enthalpy: { en: "Enthalpy less the feed water's", zh: '蒸汽焓值（扣除给水）' },
  netCalorificValue: { en: 'Net calorific value', zh: '低位发热量' },
  carbonContent: { en: 'Carbon content', zh: '含碳量' },
  oxidation: { en: 'Oxidation', zh: '碳氧化率' },
  priceIndex: { en: 'Price index', zh: '价格指数' },
  exchangeRate: { en: 'Exchange rate', zh: '汇率' },
  coefficientOfPerformance: { en: 'Coefficient of performance', zh: '制冷性能系数' },
  parameter: { en: 'Parameter', zh: '参数' },
  sitePart: { en: 'Part of the total of a site', zh: '厂区总量分得量' },
  started: { en: 'Begun', zh: '投产量' },
  scrapLeft: { en: 'Scrap that left', zh: '离开的废料' },
  goodOutput: { en: 'Good output', zh: '合格产量' },
  outputOfRun: { en: 'Output of a run', zh: '每次运行产出' },
  termWeight: { en: 'Weight in the formula', zh: '公式权重' },
  yearsSinceConversion: { en: 'Counts in this year', zh: '本年是否计入' },
  amortisationYears: { en: 'Years it is spread over', zh: '分摊年数' },
} as const
