/**
 * A network as its solving reads it: a layout with the numbers in it. Everything that is written while solving lives in what a
 * solve makes for itself, or follows from the numbers alone, so that no answer depends on what was asked before.
 */

import type { DenseFactor } from './dense-factor.ts'
import type { FaultKind } from './faults.ts'
import type { Layout } from './layout.ts'
import type { SparseFactor } from './sparse-factor.ts'

/** s = B · s + f, in the positions of a layout. */
export interface System {
  readonly layout: Layout
  /** B by entry, beside `layout.targets`. */
  readonly weights: Float64Array
  /** The diagonal of B: what a process takes of its own product. */
  readonly own: Float64Array
  /** Factors of components, made when first needed. */
  readonly dense: Map<number, DenseFactor | FaultKind>
  readonly sparse: Map<number, SparseFactor | FaultKind>
  /** 1 for components that are known to make more than they take. */
  readonly proven: Uint8Array
}

/** The numbers of a matrix with this layout. */
export function systemOf(layout: Layout, values: Float64Array): System {
  const count = layout.targets.length
  const all = new Float64Array(count + layout.size)
  const { slots } = layout
  for (let entry = 0; entry < slots.length; entry++) {
    const slot = slots[entry] as number
    if (slot >= 0) all[slot] = values[entry] as number
  }
  return {
    layout,
    weights: all.subarray(0, count),
    own: all.subarray(count),
    dense: new Map(),
    sparse: new Map(),
    proven: new Uint8Array(layout.components.length - 1),
  }
}

/** Where a component begins and ends. */
export function spanOf({ layout }: System, component: number): readonly [from: number, to: number] {
  return [layout.components[component] as number, layout.components[component + 1] as number]
}
