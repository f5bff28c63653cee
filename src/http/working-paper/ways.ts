/**
 * The way from what a line states to the amount that its factor is per, as a chain of single operations. It is taken from the activity
 * data and not from the engine's own working: the paper is a second calculation beside the first, and the two are set side by side in
 * it. What the two share is the engine's list of units with its ratios (`convert`), and the feed water's enthalpy.
 */

import type { ActivityLine, Period } from '../../engine/types.ts'
import { bridgeSteps, type Target } from './bridges.ts'
import { countedSteps, measuredSteps, unitOf } from './measured.ts'
import type { Step } from './steps.ts'

/** A line's way, and after how many of its steps its amount stands as it was measured. */
export interface Way {
  readonly steps: readonly Step[]
  readonly measured: number
}

/** A line whose units are codes, with what it is read in. */
export interface Setting {
  readonly line: ActivityLine
  /** The lines that stand behind its meter. */
  readonly parts: readonly ActivityLine[]
  /** The reporting period. */
  readonly reporting: Period
}

/** A line's way to a unit. */
export function wayOf({ line, parts, reporting }: Setting, target: Target): Way {
  const measured = measuredSteps(line, reporting)
  const unit = line.use ? line.use.consumption.unit : unitOf(line)
  return {
    steps: [...measured, ...countedSteps(line, parts), ...bridgeSteps(line, unit, target)],
    measured: measured.length,
  }
}

/** A way that goes on. */
export function continued(way: Way, more: readonly Step[]): Way {
  return { steps: [...way.steps, ...more], measured: way.measured }
}
