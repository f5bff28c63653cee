/** Names of regions in English and Chinese, for people: codes are what factors carry and selectors compare. */

import type { Names } from '../engine/types.ts'

/** ISO 3166-2:CN, and the private grid regions of Chinese announcements. */
const chinese: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  AH: ['Anhui', '安徽'],
  BJ: ['Beijing', '北京'],
  CQ: ['Chongqing', '重庆'],
  FJ: ['Fujian', '福建'],
  GD: ['Guangdong', '广东'],
  GS: ['Gansu', '甘肃'],
  GX: ['Guangxi', '广西'],
  GZ: ['Guizhou', '贵州'],
  HA: ['Henan', '河南'],
  HB: ['Hubei', '湖北'],
  HE: ['Hebei', '河北'],
  HI: ['Hainan', '海南'],
  HK: ['Hong Kong', '香港'],
  HL: ['Heilongjiang', '黑龙江'],
  HN: ['Hunan', '湖南'],
  JL: ['Jilin', '吉林'],
  JS: ['Jiangsu', '江苏'],
  JX: ['Jiangxi', '江西'],
  LN: ['Liaoning', '辽宁'],
  MO: ['Macao', '澳门'],
  NM: ['Inner Mongolia', '内蒙古'],
  NX: ['Ningxia', '宁夏'],
  QH: ['Qinghai', '青海'],
  SC: ['Sichuan', '四川'],
  SD: ['Shandong', '山东'],
  SH: ['Shanghai', '上海'],
  SN: ['Shaanxi', '陕西'],
  SX: ['Shanxi', '山西'],
  TJ: ['Tianjin', '天津'],
  TW: ['Taiwan', '台湾'],
  XJ: ['Xinjiang', '新疆'],
  XZ: ['Tibet', '西藏'],
  YN: ['Yunnan', '云南'],
  ZJ: ['Zhejiang', '浙江'],
  'x-north': ['North China', '华北'],
  'x-northeast': ['Northeast China', '东北'],
  'x-east': ['East China', '华东'],
  'x-central': ['Central China', '华中'],
  'x-northwest': ['Northwest China', '西北'],
  'x-south': ['South China', '南方'],
  'x-southwest': ['Southwest China', '西南'],
}

/** What is no country, and countries by the names people use for them rather than the list's. */
const common: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  GLOBAL: ['World', '全球'],
  EU: ['European Union', '欧盟'],
  HK: ['Hong Kong', '香港'],
  MO: ['Macao', '澳门'],
  TW: ['Taiwan', '台湾'],
  MM: ['Myanmar', '缅甸'],
}

/** Other names that are asked for. */
const others: Readonly<Record<string, string>> = {
  GLOBAL: 'global worldwide 世界',
  EU: 'Europe 欧洲',
  GB: 'UK Britain England 英格兰',
  US: 'USA America 美利坚',
  CN: 'PRC national 全国',
  'CN-XZ': 'Xizang',
  'CN-NM': 'Neimenggu 内蒙',
  KR: 'Korea',
  AE: 'UAE',
}

/** A region's name; of a part that has none here, its country's; null for a private aggregate. */
export function regionName(code: string): Names | null {
  const [country = '', ...part] = code.split('-')
  const known = common[code] ?? (country === 'CN' ? chinese[part.join('-')] : undefined)
  if (known !== undefined) return { en: known[0], zh: known[1] }
  return country.length === 2 ? countryName(country) : null
}

/** A region's other names, separated by spaces. */
export function otherRegionNames(code: string): string {
  return others[code] ?? ''
}

/** Made when a country is first asked for: together they take a tenth of the Worker's start-up. */
const displays = new Map<string, Intl.DisplayNames>()

function display(language: string): Intl.DisplayNames {
  const kept = displays.get(language)
  if (kept !== undefined) return kept
  const made = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
  displays.set(language, made)
  return made
}

function countryName(code: string): Names | null {
  if (!/^[A-Z]{2}$/.test(code)) return null
  const en = display('en').of(code)
  return en === undefined ? null : { en, zh: display('zh-Hans').of(code) ?? null }
}
