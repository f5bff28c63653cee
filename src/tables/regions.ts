/**
 * Which region codes a factor may carry: ISO 3166-1 and -2, `GLOBAL`, `EU`, and private codes marked by an `x`.
 * A wrong code would not fail loudly; it would let a selector fall back to a wider region unseen.
 */

/** ISO 3166-1 alpha-2, as of 2025, and `XK` (Kosovo), user-assigned. */
const countries = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
  KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
  MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
  UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK`.split(/\s+/),
)

/** ISO 3166-2:CN: the one country whose subdivisions are checked by name, since Chinese factors stand by province. */
// biome-ignore format: one code a line would hide how few there are
export const chineseSubdivisions = [
  'AH', 'BJ', 'CQ', 'FJ', 'GD', 'GS', 'GX', 'GZ', 'HA', 'HB', 'HE', 'HI', 'HK', 'HL', 'HN', 'JL', 'JS',
  'JX', 'LN', 'MO', 'NM', 'NX', 'QH', 'SC', 'SD', 'SH', 'SN', 'SX', 'TJ', 'TW', 'XJ', 'XZ', 'YN', 'ZJ',
] as const

/** Those of them that have a country code as well, under which their rows stand. */
export const chinesePartsWithOwnCode = [
  'HK',
  'MO',
  'TW',
] as const satisfies readonly (typeof chineseSubdivisions)[number][]

/** The grid regions of Chinese announcements, as private parts of the country. */
export const chineseGridRegions = [
  'x-north',
  'x-northeast',
  'x-east',
  'x-central',
  'x-northwest',
  'x-south',
  'x-southwest',
] as const

const privateName = /^x-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/

/**
 * Whether a text is a region code of a factor: `GLOBAL`, `EU`, a country (`CN`), a subdivision (`CN-FJ`), a private part
 * of a country (`CN-x-east`), or a private aggregate (`x-oecd`).
 */
export function isRegionCode(code: string): boolean {
  if (code === 'GLOBAL' || code === 'EU' || privateName.test(code)) return true
  const country = code.slice(0, 2)
  if (!countries.has(country)) return false
  if (code.length === 2) return true
  if (code[2] !== '-') return false
  const part = code.slice(3)
  if (privateName.test(part)) return true
  return country === 'CN' ? chineseSubdivisions.some((code) => code === part) : /^[A-Z0-9]{1,3}$/.test(part)
}
