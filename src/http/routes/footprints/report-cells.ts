/** What the CSV of every report says of a line in one cell. */

import type { ReportedLine } from '../../../report/types.ts'
import type { CsvCell } from '../../csv.ts'

export function joined(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join('; ')
}

export function gasText({ gas, kg, kgCo2e, inTotal }: ReportedLine['gases'][number]): string {
  const mass = kg === null ? `${gas}: ${kgCo2e} kgCO2e` : `${gas}: ${kg} kg`
  return inTotal ? mass : `${mass} (outside the total)`
}

export function besideText({ beside }: ReportedLine): string | null {
  return joined((beside ?? []).map(({ table, version, id }) => `${table} ${version} ${id}`))
}

export function workingText({ working }: ReportedLine): string | null {
  return joined(
    working.map(({ name, value, unit, origin }) => `${name} ${value} ${unit}${origin ? ` ${origin}` : ''}`),
  )
}

/** Method, basis, and who approved it. */
export function estimateCells({ estimate }: ReportedLine): CsvCell[] {
  return [estimate?.method ?? null, estimate?.basis ?? null, estimate?.approvedBy ?? null]
}
