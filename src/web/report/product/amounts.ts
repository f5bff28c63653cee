/** Amounts of a product's report as people read them: in the scheme's unit, and never printed as nothing where they are something. */

import { html } from 'hono/html'
import type { Print, ProductAmount } from '../../../report/product/types.ts'
import { significant } from '../../factors/numbers.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { writeAmount, writeUnit } from '../../quantity.ts'
import type { Column } from '../pieces.ts'
import { withoutLines } from '../words.ts'

/** kg CO2e in the unit of the report, for drawings. */
export function inUnit(amount: ProductAmount | null, { unit }: Print): number {
  return Number(amount?.kgCo2e ?? 0) / (unit === 'tCO2e' ? 1000 : 1)
}

/** As the scheme prints it; what would print as nothing keeps two digits. */
export function amountText(amount: ProductAmount, print: Print): string {
  const isSmall = Number(amount.printed) === 0 && Number(amount.kgCo2e) !== 0
  return writeAmount(isSmall ? significant(inUnit(amount, print), 2) : amount.printed)
}

/** A cell with an amount; words where there is none: an absent amount is never a zero. */
export function productCell(
  amount: ProductAmount | null,
  print: Print,
  absent: Bilingual = withoutLines,
): Markup {
  return amount === null
    ? html`<td class="number none">${inBoth(absent)}</td>`
    : html`<td class="number">${amountText(amount, print)}</td>`
}

export function productColumn({ unit }: Print): Column {
  return { name: writeUnit(unit), isNumber: true }
}

/** A title with the unit behind it. */
export function withUnit({ zh, en }: Bilingual, { unit }: Print): Bilingual {
  const written = writeUnit(unit)
  return { zh: `${zh}（${written}）`, en: `${en} (${written})` }
}
