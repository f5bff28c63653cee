/** Cells that hold more than one value: readings of a meter. Read strictly, so that no reading is lost in a cell. */

import type { Reading } from '../engine/amounts/types.ts'
import { Problem } from '../problem.ts'

/** Year, month and day in this order, as Excel in China writes them; whatever else stays, for the calculation to refuse. */
const writtenDate = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/

export function dateOf(cell: string): string {
  const [, year, ...parts] = writtenDate.exec(cell) ?? []
  const [month, day] = parts.filter((part) => part !== undefined)
  return year === undefined || month === undefined || day === undefined
    ? cell
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/**
 * Readings of one meter, apart by spaces or line breaks: `2024-01-01=1200 2025-01-01=5310`. How many there must be, and what a
 * day or a number is, the schema and the calculation say.
 *
 * @throws Problem `invalid-request` naming what is not a day, an equals sign and a number.
 */
export function readReadings(cell: string): readonly Reading[] {
  return cell.trim().split(/\s+/).map(readReading)
}

function readReading(written: string): Reading {
  const [date = '', value = '', ...more] = written.split(/[=＝]/)
  if (date !== '' && value !== '' && more.length === 0) return { date: dateOf(date), value }
  const detail = `Readings are written "2024-01-01=1200 2025-01-01=5310", a day, an equals sign and the reading, apart by spaces; "${written.slice(0, 40)}" is not.`
  throw new Problem('invalid-request', detail)
}
