/**
 * A product system from the tables of a file: all of it, or nothing. Once the tables are assembled the very schema of the JSON body is
 * asked, so a file is as strict as that; what it refuses is given the cell or line that it is about.
 */

import type { z } from '@hono/zod-openapi'
import { Refusals } from '../../engine/refusals.ts'
import type { ActivityLine } from '../../engine/types.ts'
import { pointerOf } from '../../json/pointer.ts'
import { Problem } from '../../problem.ts'
import type { ActivityData } from '../activity-data.ts'
import { faultOf, type PlacedRow, placeInWords, type SentPlace, wrongValue } from '../table-rows.ts'
import { type Assembled, assemble } from './assemble.ts'
import type { Places } from './places.ts'
import { productMembers, productSheet } from './product-columns.ts'
import { reportOf, type TableReport } from './report.ts'
import { systemTables } from './tables.ts'
import type { SentSystemTable } from './types.ts'

/** A product system that was read; as activity data it knows the places of its lines, and of everything else. */
export interface SystemRead<System> extends ActivityData {
  /** The calculation input without its lines. */
  readonly system: System
  readonly tables: readonly TableReport[]
  /** Sheets of a workbook that nobody read, having other names. */
  readonly notRead: readonly string[]
}

/**
 * @throws Problem `malformed-workbook`, `malformed-csv`, `invalid-request`, `invalid-number`, `duplicate-id`, `too-many-items`: the
 *   first, with its place, and up to 50 more under `others`.
 */
export function readSystem<Schema extends z.ZodType>(
  sent: readonly SentSystemTable[],
  schema: Schema,
  notRead: readonly string[] = [],
): SystemRead<z.infer<Schema>> {
  const refusals = new Refusals()
  const assembled = assemble(sent, refusals)
  const parsed = schema.safeParse({ kind: assembled.kind, ...assembled.system })
  const issues = parsed.error?.issues ?? []
  for (const issue of issues.filter((one) => !isUnread(assembled, one))) {
    if (refusals.full) break
    refusals.attempt(() => {
      throw refusalOf(assembled, issue)
    })
  }
  refusals.throwIfAny()
  const { lines, places } = assembled
  return {
    system: parsed.data as z.infer<Schema>,
    lines: lines as readonly ActivityLine[],
    place: placing(places),
    hasCheapPlaces: true,
    tables: sent.map(reportOf),
    notRead,
  }
}

/** Made apart, so that it holds the places and nothing else that was read: the tables put together are large. */
function placing(places: Places): ActivityData['place'] {
  return (pointer) => places.placeOf(pointer)
}

/** What could not be read is not missed a second time. */
function isUnread({ unread }: Assembled, { path }: z.core.$ZodIssue): boolean {
  const pointer = pointerOf(path as (string | number)[])
  const isWithin = (one: string, other: string) => one === other || one.startsWith(`${other}/`)
  return unread.some((one) => isWithin(pointer, one) || isWithin(one, pointer))
}

function refusalOf({ places }: Assembled, issue: z.core.$ZodIssue): Problem {
  const pointer = pointerOf(issue.path as (string | number)[])
  const found = places.rowOf(pointer)
  if (found === undefined) return refusalOfMember(places.placeOf(pointer), pointer, issue)
  const { placed, member } = found
  const within = wrongRows(placed, member, issue)
  if (within !== undefined) return within
  const path = issue.path.slice(issue.path.length - member.length)
  return wrongValue(placed, { ...issue, path })
}

/** An item without rows of another table that it needs, or with too many. */
function wrongRows(
  placed: PlacedRow,
  member: readonly string[],
  issue: z.core.$ZodIssue,
): Problem | undefined {
  const owner = systemTables.find(({ dictionary }) => dictionary === placed.header.dictionary)
  const table = systemTables.find(
    ({ list, parents }) =>
      parents.at(-1)?.table === owner?.key && list.join('.') === member.join('.') && parents.length > 0,
  )
  if (table === undefined) return undefined
  const place = placed.row.place(0)
  const isTooMany = issue.code === 'too_big'
  const fault = isTooMany ? `it has at most ${issue.maximum} rows of` : 'it needs a row of'
  const detail = `${placeInWords(place)}: ${fault} "${table.title.zh}" (${table.key}).`
  const pointer = `${placed.pointer}${pointerOf(member)}`
  const facts = { pointer, table: table.key, ...place }
  return new Problem(isTooMany ? 'too-many-items' : 'invalid-request', detail, facts)
}

/** A member of the product's own sheet, or a whole table that is missing. */
function refusalOfMember(place: SentPlace | undefined, pointer: string, issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map(String)
  const isWithin = (one: readonly string[]) => path.every((name, at) => one[at] === name)
  const table = systemTables.find(({ list, parents }) => parents.length === 0 && isWithin(list))
  const name = productMembers.names.find((one) => isWithin(productMembers.path(one)))
  const member = name && productMembers.of(name)
  const where = member === undefined && table ? table : productSheet
  const fault = faultOf(issue, member)
  const said = member === undefined ? fault : `"${member.title.zh}" (${name}) ${fault}`
  const detail = `${place ? placeInWords(place) : `Table "${where.title.zh}" (${where.key})`}: ${said}.`
  return new Problem(issue.code === 'too_big' ? 'too-many-items' : 'invalid-request', detail, {
    pointer,
    table: where.key,
    ...place,
  })
}
