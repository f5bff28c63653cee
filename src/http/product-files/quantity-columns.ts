/** A quantity in two columns, its amount and its unit, under one name. */

import type { Bilingual } from '../../web/language.ts'
import type { TableColumn } from '../table-columns.ts'

/** What else there is to say of it. */
interface QuantityHelp {
  readonly help: Bilingual
  readonly unitHelp?: Bilingual
  readonly needed?: 'always'
}

export function quantityColumns<Name extends string>(
  name: Name,
  title: Bilingual,
  { help, needed, unitHelp }: QuantityHelp,
): Readonly<Record<`${Name}.amount` | `${Name}.unit`, TableColumn>> {
  const always = needed === undefined ? {} : { needed }
  const amount: TableColumn = { title, help, kind: 'decimal', ...always }
  const unit: TableColumn = {
    title: { zh: `${title.zh}单位`, en: `${title.en}, unit` },
    help: unitHelp ?? { zh: '如 kg、piece、kWh', en: 'E.g. kg, piece, kWh' },
    kind: 'unit',
    ...always,
  }
  return { [`${name}.amount`]: amount, [`${name}.unit`]: unit } as ReturnType<typeof quantityColumns<Name>>
}
