/** Names of regions in English and Chinese, for people: codes are what factors carry and selectors compare. */

import type { chineseGridRegions, chinesePartsWithOwnCode, chineseSubdivisions } from './regions.ts'

/** A name in both languages. */
type Named = readonly [en: string, zh: string]
type ChinesePart = (typeof chineseSubdivisions)[number] | (typeof chineseGridRegions)[number]

/** Chinese official usage never names these without the country. */
const namedWithCountry = {
  HK: ['Hong Kong, China', '中国香港'],
  MO: ['Macao, China', '中国澳门'],
  TW: ['Taiwan, China', '中国台湾'],
} as const satisfies Record<(typeof chinesePartsWithOwnCode)[number], Named>

/** Parts of China by what follows `CN-`. */
const chinese: Readonly<Record<ChinesePart, Named>> = {
  ...namedWithCountry,
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
  HL: ['Heilongjiang', '黑龙江'],
  HN: ['Hunan', '湖南'],
  JL: ['Jilin', '吉林'],
  JS: ['Jiangsu', '江苏'],
  JX: ['Jiangxi', '江西'],
  LN: ['Liaoning', '辽宁'],
  NM: ['Inner Mongolia', '内蒙古'],
  NX: ['Ningxia', '宁夏'],
  QH: ['Qinghai', '青海'],
  SC: ['Sichuan', '四川'],
  SD: ['Shandong', '山东'],
  SH: ['Shanghai', '上海'],
  SN: ['Shaanxi', '陕西'],
  SX: ['Shanxi', '山西'],
  TJ: ['Tianjin', '天津'],
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
const common: Readonly<Record<string, Named>> = {
  ...namedWithCountry,
  GLOBAL: ['World', '全球'],
  EU: ['European Union', '欧盟'],
  MM: ['Myanmar', '缅甸'],
}

/** Other names that are asked for. */
const others: Readonly<Record<string, readonly string[]>> = {
  GLOBAL: ['global', 'worldwide', '世界'],
  EU: ['Europe', '欧洲'],
  GB: ['UK', 'Britain', 'England', '英格兰'],
  US: ['USA', 'America', '美利坚'],
  CN: ['PRC', 'national', '全国'],
  'CN-XZ': ['Xizang'],
  'CN-NM': ['Neimenggu', '内蒙'],
  HK: ['Hong Kong', '香港'],
  MO: ['Macao', '澳门'],
  TW: ['Taiwan', '台湾'],
  KR: ['Korea'],
  AE: ['UAE'],
}

/** A region by name; of a part without a name here, its country and its code; a private aggregate is called by its code. */
export function regionName(code: string): { readonly en: string; readonly zh: string } {
  const [country = '', ...part] = code.split('-')
  const inChina = country === 'CN' ? (chinese as Readonly<Record<string, Named>>)[part.join('-')] : undefined
  const [en, zh] = common[code] ?? inChina ?? countryName(country) ?? [code, code]
  if (inChina !== undefined || part.length === 0 || en === code) return { en, zh }
  const rest = part.filter((name) => name !== 'x').join('-')
  return { en: `${en} ${rest}`, zh: `${zh} ${rest}` }
}

/** A region's other names. */
export function otherRegionNames(code: string): readonly string[] {
  return others[code] ?? []
}

const displays = { en: display('en'), zh: display('zh-Hans') }

function display(language: string): Intl.DisplayNames {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
}

function countryName(code: string): Named | null {
  if (!/^[A-Z]{2}$/.test(code)) return null
  const en = displays.en.of(code)
  return en === undefined ? null : [en, displays.zh.of(code) ?? en]
}
