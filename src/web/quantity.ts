/** How amounts, gases, digests and dates are written for people: the digits are the credential's own, only set for reading. */

const narrowSpace = '\u202f'
const minus = '\u2212'
const subscripts = '₀₁₂₃₄₅₆₇₈₉'

/** A decimal string with its thousands apart (ISO 80000-1 §7.3.1) and a real minus sign. */
export function writeAmount(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', minus).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, narrowSpace)
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** A unit with its signs, e.g. `t CO₂e`. */
export function writeUnit(unit: string): string {
  if (unit === 'kgCO2e') return 'kg CO₂e'
  return unit === 'tCO2e' ? 't CO₂e' : unit
}

/** A gas with its subscripts; trade names (`R-410A`, `HFC-134a`) keep their digits. */
export function writeGas(gas: string): string {
  return gas.includes('-') ? gas : gas.replace(/(?<=[A-Za-z])\d+/g, lowered)
}

function lowered(digits: string): string {
  return [...digits].map((digit) => subscripts[Number(digit)]).join('')
}

/** A share (0 to 1) in percent, exactly: the decimal point moves two places. */
export function writeShare(share: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(share) ?? []
  const moved = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(2).replace(/0+$/, '')
  return `${sign === '-' ? minus : ''}${moved}${rest === '' ? '' : `.${rest}`}${narrowSpace}%`
}

/** A digest's beginning, enough to tell two apart by eye; the whole stands in the credential. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 16)
}

/** The day, in China, of an instant: validity is read by the local calendar (Asia/Shanghai, UTC+8 all year). */
export function dayInChina(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The last day of a local-date interval `[start, end)`. */
export function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
