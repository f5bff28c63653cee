/** What a working paper is made of: a draft as it stands, or a revision out of the bytes that were frozen. */

import { presentResult } from '#engine'
import type { PresentedResult } from '../../engine/present.ts'
import type { ActivityLine, FactorTable, GwpSet } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { calculateDraft } from './calculate-footprint.ts'
import { linesAt, recordAt } from './read-frozen.ts'
import { readRevision } from './read-revision.ts'

/** Lines of a paper: beyond them a spreadsheet is no place to look at them, and the report's CSV holds them all. */
export const paperLinesMax = 20_000

export interface PaperFacts {
  readonly definition: FootprintDefinition
  /** Null for a draft. */
  readonly revision: number | null
  readonly lines: readonly ActivityLine[]
  readonly result: PresentedResult
  readonly tables: readonly FactorTable[]
  readonly gwpSet: GwpSet
}

/**
 * @throws Problem `not-found`; `too-many-items` for more lines than a spreadsheet takes; `footprint-incomplete` and
 *   whatever the engine refuses of a draft; `unavailable`, `stored-object-corrupt`.
 */
export async function paperFacts(
  ports: Ports,
  wanted: { readonly actor: Actor; readonly footprintId: string; readonly number: number | null },
): Promise<PaperFacts> {
  const { actor, footprintId, number } = wanted
  if (number !== null) return frozenFacts(ports, { actor, footprintId, number })
  const draft = await calculateDraft(ports, wanted, ({ definition, activityData }) => {
    refuseTooMany(definition, activityData?.count ?? 0)
  })
  const { tables, gwpSet } = draft.context
  const { result } = presentResult(draft.result)
  return {
    definition: draft.footprint.definition,
    revision: null,
    lines: draft.input.lines,
    result,
    tables,
    gwpSet,
  }
}

async function frozenFacts(
  ports: Ports,
  wanted: { readonly actor: Actor; readonly footprintId: string; readonly number: number },
): Promise<PaperFacts> {
  const revision = await readRevision(ports, wanted)
  const { definition } = revision
  refuseTooMany(definition, revision.lineCount)
  const { factorTables, gwpSet: set } = definition.calculation
  const [record, lines, tables, gwpSet] = await Promise.all([
    recordAt(ports, revision.recordDigest as Digest),
    linesAt(ports, revision.digest as Digest),
    ports.registry.loadTables(wanted.actor, factorTables),
    ports.registry.loadGwpSet(set.id, set.version),
  ])
  return { definition, revision: revision.number, lines, result: resultOf(record), tables, gwpSet }
}

/** Processes of a paper: each is balanced over all that processes take of each other. */
const paperProcessesMax = 1000

function refuseTooMany({ calculation }: FootprintDefinition, count: number): void {
  if (count > paperLinesMax) {
    const detail = `A working paper holds at most ${paperLinesMax} lines, and this footprint has ${count}; the report as CSV holds them all.`
    throw new Problem('too-many-items', detail, { count, linesMax: paperLinesMax })
  }
  const processes = calculation.kind === 'product' ? (calculation.processes?.length ?? 0) : 0
  if (processes <= paperProcessesMax) return
  const detail = `A working paper balances at most ${paperProcessesMax} processes, and this product has ${processes}; the report as JSON holds them all.`
  throw new Problem('too-many-items', detail, { count: processes, processesMax: paperProcessesMax })
}
