/** What is asked of a report, and what every report is made of: the footprint, its result, and how it stands. */

import type { Scheme } from '../../certification/scheme.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type { ActivityLine, CalculationContext, CalculationInput } from '../../engine/types.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Actor } from '../../ports.ts'
import type { ReportStanding, ReportStructure } from '../../report/types.ts'
import type { FootprintState } from './compare-footprints.ts'
import type { DrawsAsked } from './draw-product.ts'

export interface ReportWanted {
  readonly actor: Actor
  readonly footprintId: string
  /** Of an inventory; all of them where absent. */
  readonly structures?: readonly ReportStructure[] | undefined
  /** Another footprint, or another revision, to be held beside it. */
  readonly comparedWith?: FootprintState | undefined
  /** Of a product; a thousand draws from seed 1 where absent. */
  readonly draws?: Partial<DrawsAsked> | undefined
}

/** What is reported, however it stands. */
export interface Reported {
  readonly footprintId: string
  /** Null for a draft. */
  readonly revision: number | null
  readonly definition: FootprintDefinition
  readonly scheme: Scheme
  readonly input: CalculationInput
  readonly result: PresentedResult
  readonly engine: { readonly version: string; readonly digest: string }
  readonly standing: ReportStanding
  /** What it stands on, as its reader may see it. */
  readonly readContext: () => Promise<CalculationContext>
}

/** What the lines say of themselves, by id. */
export function descriptionsOf(lines: readonly ActivityLine[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(({ id, description }) => (description === undefined ? [] : [[id, description]])),
  )
}
