/** Cells that list things apart by semicolons or line breaks: ids, and takers outside with what they take. */

import type { SiteOutside } from '../engine/types.ts'
import { Problem } from '../problem.ts'

const apart = /[;；\n]/

/** @throws Problem `invalid-request` for a place between two semicolons where nothing stands. */
export function readIds(cell: string): readonly string[] {
  return cell.split(apart).map((part) => {
    const id = part.trim()
    if (id !== '') return id
    throw misread(cell, 'IDs are written "a; b; c", apart by semicolons')
  })
}

/** Whether each of them reads back as it is. */
export function canList(ids: readonly string[]): boolean {
  return ids.length > 0 && ids.every((id) => id === id.trim() && id !== '' && !apart.test(id))
}

/** @throws Problem `invalid-request` for what has two equals signs, or none of what it is. */
export function readOutside(cell: string): readonly SiteOutside[] {
  return readIds(cell).map((part) => {
    const [what = '', amount, ...more] = part.split(/[=＝]/).map((one) => one.trim())
    if (what === '' || amount === '' || more.length > 0)
      throw misread(
        cell,
        'What else takes a part is written "office=120; tenant", a name and perhaps its amount',
      )
    return amount === undefined ? { what } : { what, amount }
  })
}

/** Undefined where they would not read back as they are. */
export function writtenOutside(outside: readonly SiteOutside[]): string | undefined {
  const parts = outside.map(({ what, amount }) => (amount === undefined ? what : `${what}=${amount}`))
  const isPlain = outside.every(({ what }) => !/[=＝]/.test(what) && what === what.trim())
  return isPlain && canList(parts) ? parts.join('; ') : undefined
}

/** @throws Problem `invalid-request` for a code without its system. */
export function readCodes(cell: string): readonly { readonly system: string; readonly code: string }[] {
  return readIds(cell).map((part) => {
    const [, system, code] = /^([A-Za-z]+)\s*[:：]?\s*(\S.*)$/.exec(part) ?? []
    if (system !== undefined && code !== undefined) return { system: system.toUpperCase(), code }
    throw misread(cell, 'Codes are written "HS 841459; CN 84145925", each behind its system')
  })
}

/** Undefined where they would not read back as they are. */
export function writtenCodes(
  codes: readonly { readonly system: string; readonly code: string }[],
): string | undefined {
  const parts = codes.map(({ system, code }) => `${system} ${code}`)
  return canList(parts) ? parts.join('; ') : undefined
}

function misread(cell: string, rule: string): Problem {
  return new Problem('invalid-request', `${rule}; "${cell.slice(0, 40)}" is not.`)
}
