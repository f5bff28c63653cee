/** The categories of the three scopes in the order in which inventories list them, and how an exclusion's text names one. */

import type { Exclusion } from '../certification/check-against-scheme.ts'

export const scope1Categories = [
  'stationary-combustion',
  'mobile-combustion',
  'process-emissions',
  'fugitive-emissions',
] as const

export const scope2Categories = [
  'purchased-electricity',
  'purchased-heat',
  'purchased-cooling',
  'self-generated-electricity',
] as const

/** By their numbers: the first is category 1. */
export const scope3Categories = [
  'purchased-goods-and-services',
  'capital-goods',
  'fuel-and-energy-related-activities',
  'upstream-transportation-and-distribution',
  'waste-generated-in-operations',
  'business-travel',
  'employee-commuting',
  'upstream-leased-assets',
  'downstream-transportation-and-distribution',
  'processing-of-sold-products',
  'use-of-sold-products',
  'end-of-life-treatment-of-sold-products',
  'downstream-leased-assets',
  'franchises',
  'investments',
] as const

/** What Chinese inventories call them; the first of each is how reports print it. */
const chineseNames: Readonly<Record<string, readonly string[]>> = {
  'purchased-goods-and-services': ['外购商品和服务', '购买的商品和服务', '外购商品与服务'],
  'capital-goods': ['资本货物', '资本商品'],
  'fuel-and-energy-related-activities': ['燃料和能源相关活动', '燃料与能源相关活动'],
  'upstream-transportation-and-distribution': ['上游运输和配送', '上游运输与配送'],
  'waste-generated-in-operations': ['运营产生的废物', '运营中产生的废物', '运营废弃物'],
  'business-travel': ['商务差旅', '商务旅行', '差旅'],
  'employee-commuting': ['员工通勤', '雇员通勤', '通勤'],
  'upstream-leased-assets': ['上游租赁资产'],
  'downstream-transportation-and-distribution': ['下游运输和配送', '下游运输与配送'],
  'processing-of-sold-products': ['售出产品的加工', '已售产品的加工'],
  'use-of-sold-products': ['售出产品的使用', '已售产品的使用'],
  'end-of-life-treatment-of-sold-products': [
    '售出产品的废弃处理',
    '售出产品的报废处理',
    '已售产品的废弃处理',
  ],
  'downstream-leased-assets': ['下游租赁资产'],
  franchises: ['特许经营'],
  investments: ['投资'],
  'stationary-combustion': ['固定燃烧'],
  'mobile-combustion': ['移动燃烧'],
  'process-emissions': ['工业过程', '过程排放'],
  'fugitive-emissions': ['逸散'],
  'purchased-electricity': ['外购电力', '购入电力'],
  'purchased-heat': ['外购热力', '购入热力'],
  'purchased-cooling': ['外购冷量', '外购制冷'],
  'self-generated-electricity': ['自发自用电力'],
}

/**
 * The exclusions that speak of a category: by its code, its name in either language, or its number. An exclusion is free text,
 * so one that names a category otherwise stands among the gaps all the same, only not beside it.
 */
export function exclusionsOf(category: string, exclusions: readonly Exclusion[]): readonly Exclusion[] {
  const number = (scope3Categories as readonly string[]).indexOf(category) + 1
  const english = category.replaceAll('-', ' ')
  const words = [category, english, ...(chineseNames[category] ?? [])]
  return exclusions.filter(({ what }) => {
    const text = what.toLowerCase()
    return words.some((word) => text.includes(word)) || (number > 0 && namesNumber(text, number))
  })
}

/** `category 6`, `类别 6`, `第6类`; not `category 15` for 1, nor a category of ISO 14064-1. */
function namesNumber(text: string, number: number): boolean {
  if (text.includes('14064')) return false
  return new RegExp(`(?:category\\s*|类别\\s*|第\\s*)${number}(?!\\d)`, 'u').test(text)
}
