/** What the processes and lines of a product system are called, for everything that names them. */

import type { LifeCycleStage, Names } from '../../engine/types.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductSource } from './types.ts'

/** A line that no process of the system makes. */
export interface NamedLine {
  readonly key: string
  readonly name: Names | null
  readonly category: string
  readonly process: string
  readonly stage: LifeCycleStage | null
  /** Per declared unit. */
  readonly kgCo2e: number
}

export interface Naming {
  process(id: string): { readonly name: Names | null; readonly stage: LifeCycleStage | null }
  readonly lines: readonly NamedLine[]
  /** By process, the lines that weigh anything of their own. */
  readonly linesOf: ReadonlyMap<string, readonly NamedLine[]>
}

export function namingOf({ system, result, descriptions }: ProductSource): Naming {
  const processes = new Map(system.processes.map((process) => [process.id, process]))
  const own = result.lines.filter(isOwn)
  const named = (line: ReportedLine): NamedLine => ({
    ...{ key: line.id, category: line.category, stage: line.stage, kgCo2e: Number(line.kgCo2e) },
    process: line.process ?? '',
    name: nameOfLine(line, descriptions.get(line.id)),
  })
  return {
    process: (id) => {
      const found = processes.get(id)
      return { name: found?.name ?? null, stage: found?.stage ?? null }
    },
    lines: own.map(named),
    linesOf: new Map(
      [...Map.groupBy(own, ({ process }) => process ?? '')].map(([id, lines]) => [id, lines.map(named)]),
    ),
  }
}

/** Whether a line weighs anything of its own: what another process makes or treats counts there. */
export function isOwn({ from, to }: Pick<ReportedLine, 'from' | 'to'>): boolean {
  return from === null && to === undefined
}

/** As it says of itself, else as what weighs it is called. */
export function nameOfLine({ fuel, factor }: ReportedLine, description: string | undefined): Names | null {
  if (description !== undefined) return { en: description, zh: null }
  return fuel?.name ?? factor?.name ?? null
}
