/** Computing a certified figure again from its record: what a stranger does who does not want to believe us. */

import type { CalculationContext, CalculationInput } from '../engine/types.ts'
import { canonicalize } from '../json/canonical.ts'
import { pointerOf } from '../json/pointer.ts'
import {
  type OpenedRecord,
  type RecordableResult,
  type RecordedResult,
  recordedResult,
} from './calculation-record.ts'
import { inputOf, normalized, type OpenedRevision } from './revision.ts'

/** An engine as a recomputation calls it: calculates and presents, numbers as decimal strings. */
export type Calculate = (input: CalculationInput, context: CalculationContext) => RecordableResult

/** A place where the recomputed result is another than the recorded one. */
export interface Difference {
  /** `revision`, `context`, `result` or `lines`. */
  readonly part: string
  /** RFC 6901 pointer into that part. */
  readonly pointer: string
  readonly recorded: unknown
  readonly recomputed: unknown
}

export type Recomputation =
  | { readonly equal: true }
  | { readonly equal: false; readonly differences: readonly Difference[] }

/** Differences listed; a wrong factor moves every sum above it, and nobody reads a million of them. */
const differencesMax = 20

/**
 * Calculates a revision again and compares with what the record says, bit for bit.
 *
 * @param context the factor tables and GWP set, loaded by the digests that the record names.
 * @param calculate the engine whose digest the record names, or another one whose agreement is asked for.
 */
export function recompute(
  record: OpenedRecord,
  revision: OpenedRevision,
  context: CalculationContext,
  calculate: Calculate,
): Recomputation {
  const foundation = [...revisionDifferences(record, revision), ...contextDifferences(record, context)]
  if (foundation.length > 0) return { equal: false, differences: foundation }
  const recomputed = calculate(inputOf(revision), context)
  const differences = [
    ...resultDifferences(record.manifest.result, recordedResult(recomputed)),
    ...lineDifferences(record, recomputed),
  ].slice(0, differencesMax)
  return differences.length === 0 ? { equal: true } : { equal: false, differences }
}

/** The revision must be the one the record names. */
function revisionDifferences(record: OpenedRecord, revision: OpenedRevision): Difference[] {
  return differing('revision', record.manifest.revision, { digest: revision.digest })
}

/** Tables and GWP set must be those that the record names, by digest. */
function contextDifferences(record: OpenedRecord, context: CalculationContext): Difference[] {
  const { gwpSet, factorTables } = record.manifest
  const given = {
    gwpSet: { id: context.gwpSet.id, version: context.gwpSet.version, digest: context.gwpSet.digest },
    factorTables: factorTables.map((pin) => {
      const found = context.tables.find(
        ({ table, version }) => table === pin.table && version === pin.version,
      )
      return { table: pin.table, version: pin.version, digest: found?.digest ?? 'missing' }
    }),
  }
  return differing('context', { gwpSet, factorTables }, given)
}

function resultDifferences(recorded: RecordedResult, recomputed: RecordedResult): Difference[] {
  return differing('result', recorded, recomputed)
}

function lineDifferences(record: OpenedRecord, recomputed: RecordableResult): Difference[] {
  const recorded = record.lines.lines.map(({ line }) => line)
  return differing('lines', recorded, recomputed.lines.map(normalized))
}

function differing(part: string, recorded: unknown, recomputed: unknown): Difference[] {
  const found: Difference[] = []
  compare(recorded, recomputed, [], (path, a, b) => {
    found.push({ part, pointer: pointerOf(path), recorded: a ?? null, recomputed: b ?? null })
    return found.length < differencesMax
  })
  return found
}

type Report = (path: readonly (string | number)[], recorded: unknown, recomputed: unknown) => boolean

/** Walks both values side by side and reports each innermost place that differs, until told to stop. */
function compare(a: unknown, b: unknown, path: readonly (string | number)[], report: Report): boolean {
  if (isBranch(a) && isBranch(b) && Array.isArray(a) === Array.isArray(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...names].every((name) => compare(a[name], b[name], [...path, name], report))
  }
  return sameJson(a, b) || report(path, a, b)
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalize(a) === canonicalize(b))
}
