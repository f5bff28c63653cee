/** The tables of a product system from several CSV texts, sent together as the parts of a form: one part a table, called by its key. */

import { isProblem, Problem } from '../../problem.ts'
import { readCsvTable } from '../csv-table.ts'
import { decodeSentText } from '../sent-text.ts'
import { refuseTooManyRows, rowsMaxOf } from './bounds.ts'
import { knownTables } from './tables.ts'
import type { SentSystemTable, SystemTable } from './types.ts'

/** A part of a form, as it came. */
export interface SentPart {
  readonly name: string
  readonly bytes: Uint8Array
  /** With its charset, where it has one. */
  readonly contentType: string
}

/** No cell of a table is longer; what is longer is an unclosed quote or an attack. */
const recordCharactersMax = 20_000
const recordCellsMax = 200

/** Names that the parts of a form may have. */
export const partNames = knownTables.map(({ key }) => key)

/** @throws Problem `invalid-request`, `malformed-csv`, `unsupported-media-type`, `too-many-items`, each with its part. */
export function csvTables(parts: readonly SentPart[]): readonly SentSystemTable[] {
  return parts.map((part) => {
    const table = knownTables.find(({ key }) => key === part.name)
    if (table === undefined) throw unknownPart(part.name)
    if (parts.filter(({ name }) => name === part.name).length > 1) throw twice(part.name)
    return inPart(part.name, () => readPart(part, table))
  })
}

function readPart({ name, bytes, contentType }: SentPart, table: SystemTable): SentSystemTable {
  const bounds = {
    recordsMax: rowsMaxOf(table) + 2,
    cellsMax: recordCellsMax,
    charactersMax: recordCharactersMax,
  }
  const text = decodeSentText(bytes, contentType)
  const place = <Place extends object>(at: Place) => ({ part: name, ...at })
  const { header, rows } = readCsvTable(text, table.dictionary, bounds, place)
  refuseTooManyRows(table, rows.length)
  return { table, called: name, header, rows, headerRow: 1 }
}

/** What is wrong with a text as a whole says which of them it is. */
function inPart<Value>(part: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.facts.part !== undefined) throw thrown
    throw thrown.with({ part, detail: `Part "${part}": ${String(thrown.facts.detail)}` })
  }
}

function unknownPart(name: string): Problem {
  const known = partNames.map((one) => `"${one}"`).join(', ')
  const detail = `The form has the parts ${known}; leave out "${name.slice(0, 80)}".`
  return new Problem('invalid-request', detail, { in: 'body', part: name.slice(0, 80), parts: partNames })
}

function twice(name: string): Problem {
  return new Problem('invalid-request', `The form has the part "${name}" twice; send it once.`, {
    in: 'body',
    part: name,
  })
}
