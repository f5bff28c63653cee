/** The lines of the revision under verification, page by page: one request for the screen on which a verifier goes through them. */

import { type PlausibilityNote, plausibilityNotes } from '../../engine/plausibility.ts'
import type { Digest } from '../../json/digest.ts'
import type { EngagementFile } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { type ReviewedLine, reviewLines } from '../../report/line-review.ts'
import { inputAt, recordAt } from '../footprints/read-frozen.ts'
import { invisibleEngagement } from './make-move.ts'

/** Which lines are wanted; without any, all of them. */
export interface LinesWanted {
  readonly category?: string | undefined
  readonly scope?: 1 | 2 | 3 | undefined
  readonly process?: string | undefined
  readonly facility?: string | undefined
  /** Those about which something is odd; those of which something was found. */
  readonly hinted?: boolean | undefined
  readonly found?: boolean | undefined
  /** Those that evidence stands behind. */
  readonly backed?: boolean | undefined
  /** Lines to skip, those that weigh most first. */
  readonly after: number
  readonly limit: number
}

export interface LinesReviewed {
  readonly file: EngagementFile
  /** How many lines there are, and how many fit what is wanted. */
  readonly lineCount: number
  readonly matching: number
  readonly lines: readonly ReviewedLine[]
  /** What is odd about the whole, with the lines it is about. */
  readonly notes: readonly PlausibilityNote[]
}

/** @throws Problem `not-found`, the same for none and for another's; `unavailable`, `stored-object-corrupt`. */
export async function readLinesForReview(
  ports: Pick<Ports, 'engagements' | 'evidence' | 'objects'>,
  request: { readonly actor: Actor; readonly engagementId: string; readonly wanted: LinesWanted },
): Promise<LinesReviewed> {
  const { actor, engagementId, wanted } = request
  const file = await ports.engagements.load(actor, engagementId, { memberIds: [], auditId: null })
  if (!file) throw invisibleEngagement()
  const { revision, findings } = file
  const [record, input, backings] = await Promise.all([
    recordAt(ports, revision.recordDigest as Digest),
    inputAt(ports, revision.digest as Digest),
    ports.evidence.backings(actor, revision.footprintId, null),
  ])
  const notes = plausibilityNotes(input)
  const all = reviewLines({ result: resultOf(record), lines: input.lines, notes, findings, backings })
  const matching = all.filter((line) => fits(line, wanted))
  return {
    file,
    ...{ lineCount: all.length, matching: matching.length, notes },
    lines: matching.slice(wanted.after, wanted.after + wanted.limit),
  }
}

function fits({ result, hints, findings, evidenceCount }: ReviewedLine, wanted: LinesWanted): boolean {
  const { category, scope, process, facility, hinted, found, backed } = wanted
  return (
    (category === undefined || result.category === category) &&
    (scope === undefined || result.scope === scope) &&
    (process === undefined || result.process === process) &&
    (facility === undefined || result.facility === facility) &&
    (hinted === undefined || hints.length > 0 === hinted) &&
    (found === undefined || findings.length > 0 === found) &&
    (backed === undefined || evidenceCount > 0 === backed)
  )
}
