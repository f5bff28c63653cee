/**
 * A calculation record: all that determines a certified figure, and the figure. It names the revision, the factor tables,
 * the GWP set, the scheme and the engine by digest and holds the complete presented result; whoever holds it
 * computes the figure again (`recompute.ts`). The format is described byte by byte in docs/storage.md, "Calculation record".
 */

import { z } from 'zod'
import type { PresentedResult } from '../engine/present.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { readManifest } from './manifest.ts'
import { normalized, type Sealed } from './revision.ts'
import { corrupt, digestSchema, type OpenedLines, openLines, sealLines, sealSchema } from './sealed-lines.ts'

const versionPin = { version: z.string(), digest: digestSchema }
const idPin = z.strictObject({ id: z.string(), ...versionPin })
const tablePin = z.strictObject({ table: z.string(), ...versionPin })

/** Positions of lines, as half-open runs `[from, to)`, ascending: a million lines with one flag are one run. */
const runsSchema = z.array(z.tuple([z.int().min(0), z.int().min(1)]))
export type Runs = z.infer<typeof runsSchema>

/** The presented result without its lines and pins; lists of line ids are replaced by runs of positions. */
const resultSchema = z.looseObject({
  kind: z.enum(['organization', 'product']),
  gasesNotCovered: z.array(z.looseObject({ lines: runsSchema })),
  flags: z.array(z.looseObject({ lines: runsSchema })),
})
export type RecordedResult = z.infer<typeof resultSchema>

const manifestSchema = z.strictObject({
  type: z.literal('egret/calculation-record'),
  schemaVersion: z.literal('1'),
  revision: z.strictObject({ digest: digestSchema }),
  engine: z.strictObject(versionPin),
  scheme: idPin,
  gwpSet: idPin,
  factorTables: z.array(tablePin),
  result: resultSchema,
  lines: sealSchema,
})
export type RecordManifest = z.infer<typeof manifestSchema>

/** A presented result (engine `presentResult`) as far as the record looks into it: pins, lines with ids, lists of those ids. */
export interface RecordableResult {
  readonly kind: string
  readonly gwpSet: { readonly id: string; readonly version: string; readonly digest: string }
  readonly factorTables: readonly {
    readonly table: string
    readonly version: string
    readonly digest: string
  }[]
  readonly lines: readonly { readonly id: string }[]
  readonly gasesNotCovered: readonly { readonly lines: readonly string[] }[]
  readonly flags: readonly { readonly lines: readonly string[] }[]
}

/** What a record is bound to beside its result. */
export interface RecordFacts {
  readonly revision: Digest
  readonly engine: { readonly version: string; readonly digest: string }
  readonly scheme: { readonly id: string; readonly version: string; readonly digest: string }
}

/**
 * Freezes a calculation. The same facts, result and salt key give the same bytes.
 *
 * @param saltKey the revision's salt key.
 */
export function buildRecord(
  facts: RecordFacts,
  result: RecordableResult,
  saltKey: Uint8Array,
): Sealed<RecordManifest> {
  const { lines } = result
  const { seal, chunks } = sealLines('egret/line-results', saltKey, lines.map(normalized))
  const manifest = manifestSchema.parse({
    type: 'egret/calculation-record',
    schemaVersion: '1',
    revision: { digest: facts.revision },
    engine: { version: facts.engine.version, digest: facts.engine.digest },
    scheme: { id: facts.scheme.id, version: facts.scheme.version, digest: facts.scheme.digest },
    gwpSet: result.gwpSet,
    factorTables: result.factorTables,
    result: recordedResult(result),
    lines: seal,
  })
  const bytes = canonicalBytes(manifest)
  return { manifest, bytes, digest: digestOfBytes(bytes), chunks }
}

/** A presented result as the manifest holds it: without its lines and pins, lists of line ids as runs. */
export function recordedResult(result: RecordableResult): RecordedResult {
  const { lines, gwpSet: _gwpSet, factorTables: _factorTables, ...rest } = result
  const positions = new Map(lines.map(({ id }, at) => [id, at]))
  const inRuns = <Entry extends { readonly lines: readonly string[] }>(entry: Entry): object => ({
    ...entry,
    lines: runsOf(entry.lines, positions),
  })
  const gasesNotCovered = rest.gasesNotCovered.map(inRuns)
  return resultSchema.parse(normalized({ ...rest, gasesNotCovered, flags: rest.flags.map(inRuns) }))
}

/** Ids as runs of positions; their order in the list carries no meaning. */
function runsOf(ids: readonly string[], positions: ReadonlyMap<string, number>): Runs {
  const runs: Runs = []
  for (const at of [...new Set(ids)].map((id) => positionOf(id, positions)).sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.[1] === at) last[1] = at + 1
    else runs.push([at, at + 1])
  }
  return runs
}

function positionOf(id: string, positions: ReadonlyMap<string, number>): number {
  const at = positions.get(id)
  if (at === undefined) throw new RangeError(`the result names the line ${id}, which it does not hold`)
  return at
}

/**
 * The manifest alone, its digest checked, for whoever needs no line of it.
 *
 * @throws Problem `stored-object-corrupt` where the bytes are not the record of that digest.
 */
export function readRecordManifest(bytes: Uint8Array, digest: Digest): RecordManifest {
  return readManifest('calculation record', manifestSchema, bytes, digest)
}

/** A calculation record whose every digest was checked. */
export interface OpenedRecord {
  readonly digest: Digest
  readonly manifest: RecordManifest
  readonly lines: OpenedLines
}

/**
 * Opens a calculation record and believes nothing before its digest fits.
 *
 * @param digest the digest by which a credential names the record.
 * @throws Problem `stored-object-corrupt` naming the manifest, the chunk or the lines that do not fit.
 */
export function openRecord(
  bytes: Uint8Array,
  digest: Digest,
  chunks: ReadonlyMap<Digest, Uint8Array>,
): OpenedRecord {
  const manifest = readRecordManifest(bytes, digest)
  return { digest, manifest, lines: openLines('egret/line-results', manifest.lines, chunks) }
}

/**
 * The presented result that a record holds, put together again: lines and pins in place, runs as line ids.
 *
 * @throws Problem `stored-object-corrupt` where a run points beyond the lines.
 */
export function resultOf(record: OpenedRecord): PresentedResult {
  const lines = record.lines.lines.map(({ line }) => line as { readonly id: string })
  const withIds = <Entry extends { readonly lines: Runs }>(entry: Entry): Entry & { lines: string[] } => ({
    ...entry,
    lines: entry.lines.flatMap(([from, to]) => idsBetween(lines, from, to)),
  })
  const { gwpSet, factorTables, result } = record.manifest
  const { gasesNotCovered, flags, ...rest } = result
  const entries = { gasesNotCovered: gasesNotCovered.map(withIds), flags: flags.map(withIds) }
  const presented: unknown = { ...rest, gwpSet, factorTables, lines, ...entries }
  return presented as PresentedResult
}

function idsBetween(lines: readonly { readonly id: string }[], from: number, to: number): string[] {
  if (to > lines.length) throw corrupt('calculation record', 'A flag of the record points beyond its lines.')
  return lines.slice(from, to).map(({ id }) => id)
}
