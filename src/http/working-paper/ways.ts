/**
 * The way from what a line states to the amount that its factor is per, as a chain of single operations. It is taken from the activity
 * data and not from the engine's own working: the paper is a second calculation beside the first, and the two are set side by side in
 * it. What the two share is the engine's list of units with its ratios (`convert`), and the feed water's enthalpy.
 */

import type { ActivityLine, Period, UnitCode } from '../../engine/types.ts'
import { bridgeSteps, type Target } from './bridges.ts'
import { countedSteps, measuredSteps, unitOf } from './measured.ts'
import type { Step } from './steps.ts'

/** A line's way, and after how many of its steps its amount stands as it was measured. */
export interface Way {
  readonly steps: readonly Step[]
  readonly measured: number
}

/** How much a line is about where it does not say so itself. */
export interface Found {
  readonly steps: readonly Step[]
  readonly unit: UnitCode
}

/** A line whose units are codes, with what it is read in. */
export interface Setting {
  readonly line: ActivityLine
  /** The lines that stand behind its meter. */
  readonly parts: readonly ActivityLine[]
  /** The reporting period. */
  readonly reporting: Period
  /** Of a product system: what the line takes of a parameter or of a site, in the place of an amount of its own. */
  readonly found?: Found | undefined
  /** Of a product system: what of the amount counts, from the unit that it has. */
  readonly weighed?: ((unit: UnitCode) => Found) | undefined
  /** Of a product system: what comes after the unit of the factor. */
  readonly after?: readonly Step[] | undefined
}

/** A line's way to a unit. */
export function wayOf({ line, parts, reporting, found, weighed, after = [] }: Setting, target: Target): Way {
  const measured = measuredSteps(line, reporting, found?.steps)
  const own = found?.unit ?? unitOf(line)
  const counted = line.use ? line.use.consumption.unit : own
  const weight = weighed?.(counted) ?? { steps: [], unit: counted }
  return {
    steps: [
      ...measured,
      ...countedSteps(line, parts, own),
      ...weight.steps,
      ...bridgeSteps(line, weight.unit, target),
      ...after,
    ],
    measured: measured.length,
  }
}

/** A way that goes on. */
export function continued(way: Way, more: readonly Step[]): Way {
  return { steps: [...way.steps, ...more], measured: way.measured }
}
