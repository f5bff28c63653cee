/** What the codes of the registry are called: states, confirmations, bases, units; and which regions a search suggests. */

import type { Confirmation, GwpBasis } from '../../engine/types.ts'
import type { VersionState } from '../../ports/registry.ts'
import type { LicenceTerms } from '../../tables/format.ts'
import { otherRegionNames, regionName } from '../../tables/region-names.ts'
import { chineseGridRegions, chinesePartsWithOwnCode, chineseSubdivisions } from '../../tables/regions.ts'
import type { Bilingual } from '../language.ts'

export const stateNames: Readonly<Record<Exclude<VersionState, 'draft'>, Bilingual>> = {
  published: { zh: '现行', en: 'current' },
  superseded: { zh: '已被取代', en: 'superseded' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

/** What a licence asks, as a choice beside licences by name. */
export const licenceTermNames: Readonly<Record<LicenceTerms, Bilingual>> = {
  'public-domain': { zh: '条款：公有领域', en: 'Terms: public domain' },
  attribution: { zh: '条款：须注明出处', en: 'Terms: attribution' },
  'share-alike': { zh: '条款：相同方式共享', en: 'Terms: share-alike' },
  unclear: { zh: '条款：不明确', en: 'Terms: unclear' },
  private: { zh: '条款：企业自有数据', en: 'Terms: an enterprise’s own data' },
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

/** Regions to suggest, by the codes that rows carry: those of China, and countries whose tables are bundled. */
const suggestedRegions: readonly string[] = [
  'CN',
  ...chineseSubdivisions.filter((part) => !hasOwnCode(part)).map((part) => `CN-${part}`),
  ...chinesePartsWithOwnCode,
  ...chineseGridRegions.map((part) => `CN-${part}`),
  ...['GLOBAL', 'EU', 'GB', 'US', 'FR', 'AU', 'JP', 'KR', 'DE', 'IN', 'VN'],
]

function hasOwnCode(part: string): boolean {
  return chinesePartsWithOwnCode.some((code) => code === part)
}

/** Regions to choose from, by name. */
export function regionChoices(): readonly { readonly value: string; readonly text: Bilingual }[] {
  return suggestedRegions.map((value) => ({ value, text: regionName(value) }))
}

/** The code of a region written as a code or by one of its names; what no list names is taken as it is. */
export function regionCode(written: string): string {
  const wanted = written.trim().toLowerCase()
  const namesOf = (code: string) => [code, ...Object.values(regionName(code)), ...otherRegionNames(code)]
  const named = suggestedRegions.find((code) => namesOf(code).some((name) => name.toLowerCase() === wanted))
  return named ?? written.trim()
}
