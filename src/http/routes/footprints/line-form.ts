/**
 * A form of activity data as CSV. An empty cell is an absent member there, so a form may be empty only where absence is refused: an
 * amount beside its unit. Where it would be taken for a default (an oxidation of the fuel's), has no column, or would not read back as
 * it is, the form is JSON.
 */

import { Problem } from '../../../problem.ts'
import { type LineForm, toFill } from '../../../years/next-lines.ts'
import { csvColumns } from '../../activity-data.ts'
import { isGuarded } from '../../csv.ts'

export const formColumns = csvColumns

/** @throws Problem `invalid-request` where the line says something that CSV cannot. */
export function formRow(line: LineForm, index: number): readonly (string | number | null)[] {
  const { beside, ...members } = line
  if (beside !== undefined && beside.length > 1) throw onlyJson(index, 'more than one factor beside')
  const [companion] = beside ?? []
  const flat = new Map([
    ...leaves(members, []),
    ...(companion ? leaves({ beside: { ...companion, gases: companion.gases.join(' ') } }, []) : []),
  ])
  for (const [column, value] of flat) {
    if (!(formColumns as readonly string[]).includes(column)) throw onlyJson(index, column)
    // An apostrophe would make it another facility or another line, which the next year's comparison calls new.
    if (isGuarded(String(value)))
      throw onlyJson(index, `a text under ${column} that begins as a formula does`)
    if (value === toFill && !column.endsWith('.amount')) throw onlyJson(index, `${column}, to be filled in`)
  }
  return formColumns.map((column) => flat.get(column) ?? null)
}

function leaves(value: object, path: readonly string[]): [string, string | number][] {
  return Object.entries(value).flatMap(([name, member]): [string, string | number][] => {
    const here = [...path, name]
    if (member === undefined) return []
    return typeof member === 'object' ? leaves(member, here) : [[here.join('.'), member]]
  })
}

function onlyJson(index: number, what: string): Problem {
  const detail = `Line ${index + 1} has ${what}, which a form in CSV cannot say; ask for JSON.`
  return new Problem('invalid-request', detail, { in: 'query', pointer: '/format', line: index + 1 })
}
