/** What the codes of the registry are called: states, confirmations, bases, regions, units. */

import type { Confirmation, GwpBasis } from '../../engine/types.ts'
import type { VersionState } from '../../ports/registry.ts'
import type { Bilingual } from '../language.ts'

export const stateNames: Readonly<Record<Exclude<VersionState, 'draft'>, Bilingual>> = {
  published: { zh: '现行', en: 'current' },
  superseded: { zh: '已被取代', en: 'superseded' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

export const confirmationNames: Readonly<Record<Confirmation, Bilingual>> = {
  primary: { zh: '已核对原始文件', en: 'primary' },
  secondary: { zh: '转录自他人副本', en: 'secondary' },
  unverified: { zh: '未经核实', en: 'unverified' },
}

export const confirmationMeanings: Readonly<Record<Confirmation, Bilingual>> = {
  primary: { zh: '读自发布者自己的文件。', en: 'Read from the publisher’s own file.' },
  secondary: {
    zh: '读自他人的副本或转录；发证前请与原始文件核对。',
    en: 'Read from someone else’s copy or transcription: compare with the publisher’s file before certifying.',
  },
  unverified: {
    zh: '凭记忆录入，未在任何副本中找到：不要用它认证。',
    en: 'Recalled, found in no copy: do not certify with it.',
  },
}

export const basisNames: Readonly<Record<GwpBasis, Bilingual>> = {
  AR4: { zh: 'AR4', en: 'AR4' },
  AR5: { zh: 'AR5', en: 'AR5' },
  AR6: { zh: 'AR6', en: 'AR6' },
  'not-stated': { zh: '未说明 GWP 依据', en: 'GWP basis not stated' },
  'gas-masses': { zh: '气体质量', en: 'gas masses' },
}

export const yesNo: Readonly<Record<'true' | 'false', Bilingual>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
}

/** Units that are words, not signs. */
const unitWords: Readonly<Record<string, Bilingual>> = {
  piece: { zh: '件', en: 'piece' },
  passenger: { zh: '人', en: 'passenger' },
  vehicle: { zh: '车', en: 'vehicle' },
  room: { zh: '间', en: 'room' },
  night: { zh: '夜', en: 'night' },
  FTE: { zh: '全职人', en: 'FTE' },
  CNY: { zh: '元', en: 'CNY' },
  gal_us: { zh: '美加仑', en: 'US gal' },
  bbl: { zh: '桶', en: 'bbl' },
  short_ton: { zh: '短吨', en: 'short ton' },
  long_ton: { zh: '长吨', en: 'long ton' },
}

const calorific: Readonly<Record<string, Bilingual>> = {
  NCV: { zh: '（低位）', en: ' (net)' },
  GCV: { zh: '（高位）', en: ' (gross)' },
  HHV: { zh: '（高位）', en: ' (gross)' },
  '60F': { zh: '（60 °F）', en: ' (60 °F)' },
}

/** A unit of activity as it is written: `t.km` → `t·km`, `m3` → `m³`, `kWh{NCV}` → `kWh (net)`. */
export function unitWritten(code: string): Bilingual {
  const [, unit = code, mark] = /^([^{]+)(?:\{(.+)\})?$/.exec(code) ?? []
  const after =
    mark === undefined ? { zh: '', en: '' } : (calorific[mark] ?? { zh: ` (${mark})`, en: ` (${mark})` })
  const parts = unit.split('.').map(singleUnit)
  return {
    zh: parts.map(({ zh }) => zh).join('·') + after.zh,
    en: parts.map(({ en }) => en).join('·') + after.en,
  }
}

function singleUnit(code: string): Bilingual {
  const [, tens = '', rest = code] = /^(1e4)?(.+)$/.exec(code) ?? []
  const signs = rest.replace(/(?<=^k?m)[23]$/, (digit) => (digit === '2' ? '²' : '³'))
  const { zh, en } = unitWords[rest] ?? { zh: signs, en: signs }
  return tens === '' ? { zh, en } : { zh: `万 ${zh}`, en: `10⁴ ${en}` }
}

/** Provinces, regions and special regions of China (ISO 3166-2:CN), and the grid regions of its electricity factors. */
const chineseRegions: Readonly<Record<string, Bilingual>> = {
  AH: { zh: '安徽', en: 'Anhui' },
  BJ: { zh: '北京', en: 'Beijing' },
  CQ: { zh: '重庆', en: 'Chongqing' },
  FJ: { zh: '福建', en: 'Fujian' },
  GD: { zh: '广东', en: 'Guangdong' },
  GS: { zh: '甘肃', en: 'Gansu' },
  GX: { zh: '广西', en: 'Guangxi' },
  GZ: { zh: '贵州', en: 'Guizhou' },
  HA: { zh: '河南', en: 'Henan' },
  HB: { zh: '湖北', en: 'Hubei' },
  HE: { zh: '河北', en: 'Hebei' },
  HI: { zh: '海南', en: 'Hainan' },
  HK: { zh: '香港', en: 'Hong Kong' },
  HL: { zh: '黑龙江', en: 'Heilongjiang' },
  HN: { zh: '湖南', en: 'Hunan' },
  JL: { zh: '吉林', en: 'Jilin' },
  JS: { zh: '江苏', en: 'Jiangsu' },
  JX: { zh: '江西', en: 'Jiangxi' },
  LN: { zh: '辽宁', en: 'Liaoning' },
  MO: { zh: '澳门', en: 'Macao' },
  NM: { zh: '内蒙古', en: 'Inner Mongolia' },
  NX: { zh: '宁夏', en: 'Ningxia' },
  QH: { zh: '青海', en: 'Qinghai' },
  SC: { zh: '四川', en: 'Sichuan' },
  SD: { zh: '山东', en: 'Shandong' },
  SH: { zh: '上海', en: 'Shanghai' },
  SN: { zh: '陕西', en: 'Shaanxi' },
  SX: { zh: '山西', en: 'Shanxi' },
  TJ: { zh: '天津', en: 'Tianjin' },
  TW: { zh: '台湾', en: 'Taiwan' },
  XJ: { zh: '新疆', en: 'Xinjiang' },
  XZ: { zh: '西藏', en: 'Tibet' },
  YN: { zh: '云南', en: 'Yunnan' },
  ZJ: { zh: '浙江', en: 'Zhejiang' },
  'x-north': { zh: '华北电网', en: 'North China grid' },
  'x-northeast': { zh: '东北电网', en: 'Northeast China grid' },
  'x-east': { zh: '华东电网', en: 'East China grid' },
  'x-central': { zh: '华中电网', en: 'Central China grid' },
  'x-northwest': { zh: '西北电网', en: 'Northwest China grid' },
  'x-south': { zh: '南方电网', en: 'South China grid' },
  'x-southwest': { zh: '西南电网', en: 'Southwest China grid' },
}

const widest: Readonly<Record<string, Bilingual>> = {
  GLOBAL: { zh: '全球', en: 'World' },
  EU: { zh: '欧盟', en: 'European Union' },
  TW: { zh: '中国台湾', en: 'Taiwan, China' },
  HK: { zh: '中国香港', en: 'Hong Kong, China' },
  MO: { zh: '中国澳门', en: 'Macao, China' },
}

const countryNames = {
  zh: new Intl.DisplayNames('zh-CN', { type: 'region', fallback: 'code' }),
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
} as const

/** A region by name; a code nobody named shows as itself. */
export function regionName(code: string): Bilingual {
  const chinese = code.startsWith('CN-') ? chineseRegions[code.slice(3)] : undefined
  if (chinese !== undefined) return chinese
  const wide = widest[code]
  if (wide !== undefined) return wide
  if (!/^[A-Z]{2}$/.test(code)) return { zh: code, en: code }
  return { zh: countryNames.zh.of(code) ?? code, en: countryNames.en.of(code) ?? code }
}

/** Regions to suggest: those of China, and countries whose tables are bundled. */
export function regionChoices(): readonly { readonly value: string; readonly text: Bilingual }[] {
  const codes = ['CN', ...Object.keys(chineseRegions).map((part) => `CN-${part}`), 'GLOBAL', 'EU']
  return [...codes, 'GB', 'US', 'FR', 'AU', 'JP', 'KR', 'DE', 'IN', 'VN'].map((value) => ({
    value,
    text: regionName(value),
  }))
}

/** The code of a region written as a code or by name in either language; what no list names is taken as it is. */
export function regionCode(written: string): string {
  const wanted = written.trim().toLowerCase()
  const named = regionChoices().find(
    ({ value, text }) =>
      value.toLowerCase() === wanted || text.zh === written.trim() || text.en.toLowerCase() === wanted,
  )
  return named?.value ?? written.trim()
}
