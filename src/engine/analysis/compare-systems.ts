/** Two systems on the same draws: what both rest on is off alike in both, so that only what tells them apart decides. */

import { absoluteSum } from '../totals.ts'
import type { LineResult } from '../types.ts'
import { absoluteTotal, type Flows, shareOf } from './flows.ts'
import { type Draws, drawTotals } from './monte-carlo.ts'
import { restsOnAny } from './parameter-slopes.ts'
import { statisticsOf } from './statistics.ts'
import type { DrawnTotals, DrawSetting, SystemComparison } from './types.ts'

/** The comparison of two systems that are comparable. */
export function compareSystems(a: Flows, b: Flows, drawn: DrawSetting): SystemComparison {
  const [ofA, ofB] = [drawTotals(a, drawn.draws, drawn.seed), drawTotals(b, drawn.draws, drawn.seed)]
  const differences = ofB.totals.map((total, draw) => total - (ofA.totals[draw] as number))
  const answered = differences.filter((one) => !Number.isNaN(one))
  return {
    drawn,
    ...{ a: drawnTotals(a, ofA), b: drawnTotals(b, ofB), shared: sharedSources(a, b) },
    difference: b.result.total - a.result.total,
    statistics: statisticsOf(differences),
    belowShare: shareOf(answered.filter((one) => one > 0).length, answered.length),
  }
}

/** What the draws of a system say. */
export function drawnTotals(
  flows: Flows,
  { totals, refused, faults, signChanged, sources }: Draws,
): DrawnTotals {
  return {
    ...{ sources, statedShare: statedShare(flows), point: flows.result.total },
    refused: { draws: refused, share: refused / totals.length, faults },
    ...{ signChanged, statistics: statisticsOf(totals) },
  }
}

/** Of Σ|line|, the lines that a source moves. */
function statedShare(flows: Flows): number | null {
  const { ofLines, ofParameters } = flows.sources
  const moved = new Set(ofLines.flatMap(({ lines }) => lines.map(({ line }) => line)))
  const drawn = new Set(ofParameters.map(({ parameter }) => parameter))
  for (const [place, { weighed }] of flows.lines.entries()) {
    if (restsOnAny(flows.slopes, weighed.line.parameter?.id, drawn)) moved.add(place)
  }
  const stated = [...moved].map((place) => flows.result.lines[place] as LineResult)
  return shareOf(absoluteSum(stated), absoluteTotal(flows))
}

function sharedSources(a: Flows, b: Flows): number {
  const names = ({ sources: { ofLines, ofParameters } }: Flows) =>
    [...ofLines, ...ofParameters].map(({ name }) => name)
  const known = new Set(names(a))
  return names(b).filter((name) => known.has(name)).length
}
