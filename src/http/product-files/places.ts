/** Where each item of a product system stands in the file it was read from: refusals of every later step are given it back. */

import { pointerOf, pointerPath } from '../../json/pointer.ts'
import { cellOfMember, type PlacedRow, type SentPlace } from '../table-rows.ts'
import type { SentSystemTable } from './types.ts'

/** A member of the product's own sheet, and the row it stands in. */
export interface PlacedMember {
  readonly path: readonly string[]
  readonly place: SentPlace
}

export class Places {
  private readonly items = new Map<string, PlacedRow>()
  private readonly members: PlacedMember[] = []
  private sentLines: SentSystemTable | undefined

  addItem(placed: PlacedRow): void {
    this.items.set(placed.pointer, placed)
  }

  addMember(member: PlacedMember): void {
    this.members.push(member)
  }

  /** Lines are many: their places are worked out, not kept. */
  setLines(lines: SentSystemTable): void {
    this.sentLines = lines
  }

  /** The row of the item that a pointer names or points into, and what of it. */
  rowOf(pointer: string): { readonly placed: PlacedRow; readonly member: readonly string[] } | undefined {
    const path = pointerPath(pointer) ?? []
    for (let length = path.length; length > 0; length -= 1) {
      const placed = this.itemAt(path.slice(0, length))
      if (placed !== undefined) return { placed, member: path.slice(length) }
    }
    return undefined
  }

  private itemAt(path: readonly string[]): PlacedRow | undefined {
    const pointer = pointerOf(path)
    const known = this.items.get(pointer)
    if (known !== undefined || path[0] !== 'lines' || path.length !== 2) return known
    const row = this.sentLines?.rows[Number(path[1])]
    return this.sentLines && row && { header: this.sentLines.header, row, pointer }
  }

  /** The place of a pointer; undefined where nothing of the file holds it. */
  placeOf(pointer: string): SentPlace | undefined {
    const found = this.rowOf(pointer)
    if (found) return found.placed.row.place(cellOfMember(found.placed.header, found.member))
    return this.memberOf(pointerPath(pointer) ?? [])?.place
  }

  /** The member of the product's sheet that a path names, or is within; for one that is missing, one beside it. */
  private memberOf(path: readonly string[]): PlacedMember | undefined {
    if (path.length === 0) return undefined
    const isWithin = (one: readonly string[], other: readonly string[]) =>
      one.every((name, index) => other[index] === name)
    for (let length = path.length; length > 1 || length === path.length; length -= 1) {
      const within = path.slice(0, length)
      const found = this.members.find(({ path: one }) => isWithin(within, one) || isWithin(one, within))
      if (found !== undefined) return found
    }
    return undefined
  }
}
