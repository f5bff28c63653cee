/** From figures to evidence: each line of a result with the files behind it, and the lines that have none. One request for a verifier's screen. */

import { presentResult } from '#engine'
import {
  evidenceRulesOf,
  type MissingEvidence,
  missingEvidence,
  type WeighedLine,
} from '../../certification/evidence.ts'
import { formatDecimal } from '../../engine/decimal.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type { Digest } from '../../json/digest.ts'
import type { FootprintHome, LineBackingRow } from '../../ports/evidence.ts'
import type { Actor, Ports } from '../../ports.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { calculateDraft } from '../footprints/calculate-footprint.ts'
import { schemeOf } from '../footprints/definition.ts'
import { recordAt } from '../footprints/read-frozen.ts'
import { readRevision } from '../footprints/read-revision.ts'
import { homeOf } from './home.ts'

/** Files that a line shows; their number it tells whole. */
const filesShownMax = 20
/** Lines named that lack what the scheme asks for; their number is told whole. */
const missingShownMax = 500

export interface CoverageAsked {
  readonly actor: Actor
  readonly footprintId: string
  /** Null: the draft for its owner while it is one, else the newest revision that the caller may see. */
  readonly revision: number | null
  /** Only lines that nothing stands behind. */
  readonly onlyBare: boolean
  /** Place of the first line, from 0, and how many. */
  readonly from: number
  readonly limit: number
}

export interface LineCoverage extends WeighedLine {
  /** Among all lines, from 0. */
  readonly place: number
  readonly kgCo2e: string
  readonly evidence: readonly LineBackingRow[]
  readonly evidenceCount: number
}

export interface Coverage {
  /** Null for a draft. */
  readonly revision: number | null
  readonly lineCount: number
  readonly bareCount: number
  /** Part of the sizes of all lines together that has some evidence behind it; null where they are all zero. */
  readonly backedShare: string | null
  readonly lines: readonly LineCoverage[]
  /** What the scheme asks for and nothing is there of; null where it asks for nothing. */
  readonly missing: { readonly count: number; readonly lines: readonly MissingEvidence[] } | null
}

/** @throws Problem `not-found`; of a draft whatever keeps it from being calculated. */
export async function evidenceCoverage(ports: Ports, asked: CoverageAsked): Promise<Coverage> {
  const { actor, footprintId } = asked
  const home = (await homeOf(ports, actor, { of: 'footprint', id: footprintId })) as FootprintHome
  const revision = asked.revision ?? revisionShown(actor, home)
  const [{ result, scheme }, rows] = await Promise.all([
    revision === null
      ? draftResult(ports, actor, footprintId)
      : frozenResult(ports, actor, footprintId, revision),
    ports.evidence.backings(actor, footprintId, null),
  ])
  return coverageOf(result, rows, evidenceRulesOf(scheme).required, { ...asked, revision })
}

function revisionShown(actor: Actor, home: FootprintHome): number | null {
  if (home.organizationId !== actor.organizationId) return home.putBefore
  return home.state === 'draft' ? null : home.latestRevision
}

async function draftResult(ports: Ports, actor: Actor, footprintId: string) {
  const { result, scheme } = await calculateDraft(ports, { actor, footprintId })
  return { result: presentResult(result).result, scheme }
}

async function frozenResult(ports: Ports, actor: Actor, footprintId: string, number: number) {
  const { recordDigest, definition } = await readRevision(ports, { actor, footprintId, number })
  const [record, { scheme }] = await Promise.all([
    recordAt(ports, recordDigest as Digest),
    schemeOf(ports, definition.scheme),
  ])
  return { result: resultOf(record), scheme }
}

function coverageOf(
  { lines, total }: Pick<PresentedResult, 'lines' | 'total'>,
  rows: readonly LineBackingRow[],
  required: ReturnType<typeof evidenceRulesOf>['required'],
  { onlyBare, from, limit, revision }: CoverageAsked,
): Coverage {
  const byLine = Map.groupBy(rows, ({ line }) => line)
  const all = lines.map((line, place) => coveredLine(line, place, Number(total), byLine.get(line.id) ?? []))
  const bare = all.filter(({ evidenceCount }) => evidenceCount === 0)
  return {
    revision,
    lineCount: all.length,
    bareCount: bare.length,
    backedShare: backedShare(all),
    lines: (onlyBare ? bare : all).filter(({ place }) => place >= from).slice(0, limit),
    missing: required === undefined ? null : shownMissing(missingEvidence(required, all, rows)),
  }
}

function coveredLine(
  { id, category, kgCo2e }: PresentedResult['lines'][number],
  place: number,
  total: number,
  behind: readonly LineBackingRow[],
): LineCoverage {
  const share = total === 0 ? null : Math.abs(Number(kgCo2e) / total)
  const evidence = behind.slice(0, filesShownMax)
  return { id, category, place, kgCo2e, share, evidence, evidenceCount: behind.length }
}

/** By sizes, so that a credit does not hide what it is set off against. */
function backedShare(lines: readonly LineCoverage[]): string | null {
  const sizeOf = (some: readonly LineCoverage[]) =>
    some.reduce((sum, { kgCo2e }) => sum + Math.abs(Number(kgCo2e)), 0)
  const whole = sizeOf(lines)
  const backed = sizeOf(lines.filter(({ evidenceCount }) => evidenceCount > 0))
  return whole === 0 ? null : formatDecimal(backed / whole)
}

function shownMissing(missing: readonly MissingEvidence[]) {
  return { count: missing.length, lines: missing.slice(0, missingShownMax) }
}
