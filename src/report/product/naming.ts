/** What the processes and lines of a product system are called, for everything that names them. */

import type { LifeCycleStage, Names } from '../../engine/types.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductSource } from './types.ts'

/** A line that no process of the system makes. */
export interface NamedLine {
  readonly key: string
  readonly name: Names | null
  readonly category: string
  readonly stage: LifeCycleStage | null
  /** Per declared unit. */
  readonly kgCo2e: number
}

export interface Naming {
  process(id: string): { readonly name: Names | null; readonly stage: LifeCycleStage | null }
  /** With its category where it does not say what it is. */
  line(id: string): Pick<NamedLine, 'key' | 'name' | 'stage'> & { readonly category: string | null }
  /** What no process of the system makes, in the order of the activity data. */
  readonly lines: readonly NamedLine[]
}

export function namingOf({ system, result, descriptions }: ProductSource): Naming {
  const processes = new Map(system.processes.map((process) => [process.id, process]))
  const lines = result.lines.filter(isOwn).map(named)
  const byId = new Map(lines.map((line) => [line.key, line]))
  return {
    process: (id) => {
      const found = processes.get(id)
      return { name: found?.name ?? null, stage: found?.stage ?? null }
    },
    line: (id) => {
      const { key, name, stage, category } = byId.get(id) ?? {
        key: id,
        name: null,
        stage: null,
        category: null,
      }
      return { key, name, stage, category: descriptions.has(id) ? null : category }
    },
    lines,
  }

  function named(line: ReportedLine): NamedLine {
    const { id, category, stage, kgCo2e } = line
    return { key: id, category, stage, kgCo2e: Number(kgCo2e), name: nameOfLine(line, descriptions.get(id)) }
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
