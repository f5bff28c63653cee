/**
 * Codes by which the world knows a product: trade items by GTIN, goods by HS and the European CN, products by CPC. Each is held to its
 * form, a GTIN to its check digit, so that a mistyped one stands on no document.
 */

import { Problem } from '../problem.ts'

/**
 * Classifications: Harmonized System, Combined Nomenclature, Central Product Classification; and `CN-PCF`, the catalogues of the Chinese
 * certification of product carbon footprint labels: two digits for the catalogue (`01` of 9 July 2025), two for the place in it.
 */
export const classificationSystems = ['HS', 'CN', 'CPC', 'CN-PCF'] as const

/** With the GTIN (GS1), which is of the very item. */
export const productCodeSystems = ['GTIN', ...classificationSystems] as const
export type ProductCodeSystem = (typeof productCodeSystems)[number]

export interface ProductCode {
  readonly system: ProductCodeSystem
  readonly code: string
}

/** Codes of one product. */
export const productCodesMax = 50

/** How many digits each has. */
const lengths: Readonly<Record<ProductCodeSystem, readonly number[]>> = {
  GTIN: [8, 12, 13, 14],
  HS: [6],
  CN: [8],
  CPC: [5],
  'CN-PCF': [4],
}

/** Whether a code has as many digits as its system asks for. */
export function isCodeOf(system: ProductCodeSystem, code: string): boolean {
  return /^[0-9]+$/.test(code) && lengths[system].includes(code.length)
}

/** Codes of one system as an approval names them, `CN-PCF 0114`. */
export function codesNamed(
  system: ProductCodeSystem,
  codes: readonly { readonly system: string; readonly code: string }[],
): readonly string[] {
  return codes.filter((one) => one.system === system).map(({ code }) => `${system} ${code}`)
}

/** What people set between the digits of a classification: `8414.51`, `8414 51 20`. */
const separators = /[ .]/g

/**
 * The codes in their one form, digits only.
 *
 * @param pointer of the list.
 * @throws Problem `identifier-invalid`, its `part` saying what is wrong: `digits`, `length`, `check-digit`, `heading` where the CN code
 *   lies under none of the HS codes named; `duplicate-id`.
 */
export function readProductCodes(written: readonly ProductCode[], pointer: string): readonly ProductCode[] {
  const codes = written.map((code, place) => readCode(code, `${pointer}/${place}/code`))
  codes.forEach((code, place) => {
    checkOnce(codes, code, place, pointer)
    if (code.system === 'CN') checkHeading(codes, code, `${pointer}/${place}/code`)
  })
  return codes
}

function readCode({ system, code: written }: ProductCode, pointer: string): ProductCode {
  const code = system === 'GTIN' ? written : written.replace(separators, '')
  if (!/^[0-9]+$/.test(code)) throw invalid(pointer, 'digits', `A ${system} code is digits only.`)
  const accepted = lengths[system]
  if (!accepted.includes(code.length)) {
    const detail = `A ${system} code has ${inWords(accepted)} digits; this one has ${code.length}.`
    throw invalid(pointer, 'length', detail)
  }
  if (system === 'GTIN' && !checkDigitFits(code))
    throw invalid(
      pointer,
      'check-digit',
      'The last digit of this GTIN does not fit the others; look for a typing slip.',
    )
  return { system, code }
}

/** Σ digit × (3 or 1, alternating, 1 for the last) is a multiple of 10 (GS1 General Specifications, 7.9). */
function checkDigitFits(code: string): boolean {
  const digits = [...code].reverse().map(Number)
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0
}

function checkOnce(
  codes: readonly ProductCode[],
  { system, code }: ProductCode,
  place: number,
  pointer: string,
): void {
  if (codes.findIndex((other) => other.system === system && other.code === code) === place) return
  throw new Problem('duplicate-id', `The ${system} code ${code} stands twice.`, {
    pointer: `${pointer}/${place}`,
  })
}

/** The first six digits of a CN code are its HS code. */
function checkHeading(codes: readonly ProductCode[], { code }: ProductCode, pointer: string): void {
  const headings = codes.filter(({ system }) => system === 'HS').map((one) => one.code)
  if (headings.length === 0 || headings.includes(code.slice(0, 6))) return
  const detail = `The CN code ${code} lies under HS ${code.slice(0, 6)}, and the product is said to be of ${headings.join(', ')}.`
  throw invalid(pointer, 'heading', detail)
}

function invalid(pointer: string, part: string, detail: string): Problem {
  return new Problem('identifier-invalid', detail, { pointer, part })
}

function inWords(accepted: readonly number[]): string {
  return accepted.length === 1
    ? String(accepted[0])
    : `${accepted.slice(0, -1).join(', ')} or ${accepted.at(-1)}`
}
