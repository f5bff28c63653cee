/**
 * Sets a draft's activity data: all of it at once, or nothing. Stored under its digest before the row names it. The same file
 * put twice is told: on the same footprint it changes nothing, and on another one it is taken with a word, since the file of
 * another site or year is the usual slip.
 */

import { Refusals } from '../../engine/refusals.ts'
import type { ActivityLine } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import type { ActivityDataRef, Footprint } from '../../ports/footprints.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalLine } from '../../record/canonical-input.ts'
import {
  activityDataKey,
  changedMeanwhile,
  invisibleFootprint,
  requireDraft,
  requireVersion,
} from './definition.ts'

/** What came of it. */
export interface PutActivityData {
  readonly footprint: Footprint
  /** The very bytes that the footprint holds already: nothing was done. */
  readonly unchanged: boolean
  /** Another footprint of the organization that holds the very same bytes. */
  readonly sameFileAs: Footprint | null
}

/**
 * @throws Problem `not-found`, `revision-frozen`, `precondition-failed`; `invalid-number`, `duplicate-id` with up to 50 others.
 */
export async function putActivityData(
  ports: Ports,
  request: {
    actor: Actor
    mark: RequestMark
    footprintId: string
    version: number
    lines: readonly ActivityLine[]
    /** Of the bytes as they were sent. */
    fileDigest: string
  },
): Promise<PutActivityData> {
  const { actor, mark, footprintId, version, fileDigest } = request
  const found = await ports.footprints.findWithFile(actor, footprintId, fileDigest)
  if (!found) throw invisibleFootprint()
  const { footprint: standing, sameFileAs } = found
  requireDraft(standing)
  requireVersion(standing, version)
  const { stored, store } = keptLines(ports, request.lines)
  const activityData = { ...stored, fileDigest }
  if (holds(standing, activityData)) return { footprint: standing, unchanged: true, sameFileAs }
  await store()
  const by = { actor, mark, at: ports.world.now() }
  const note = { auditId: ports.world.newId(), action: 'put-activity-data' }
  const footprint = await ports.footprints.change(by, standing, { activityData }, note)
  if (!footprint) throw changedMeanwhile()
  return { footprint, unchanged: false, sameFileAs }
}

/**
 * Lines in their one form, stored under their digest.
 *
 * @throws Problem `invalid-number`, `duplicate-id` with up to 50 others.
 */
export async function storeLines(
  ports: Pick<Ports, 'objects'>,
  given: readonly ActivityLine[],
): Promise<ActivityDataRef> {
  const { stored, store } = keptLines(ports, given)
  await store()
  return stored
}

function keptLines({ objects }: Pick<Ports, 'objects'>, given: readonly ActivityLine[]) {
  const lines = canonicalLines(given)
  const bytes = canonicalBytes({ type: 'egret/activity-data', schemaVersion: '1', lines })
  const stored: ActivityDataRef = { digest: digestOfBytes(bytes), count: lines.length }
  const store = () =>
    objects.put('private', activityDataKey(stored), bytes, { contentType: 'application/json' })
  return { stored, store }
}

/** The same bytes that are read as other lines than before, by their charset or by a newer reader, are a change. */
function holds({ activityData }: Footprint, given: { digest: string; fileDigest: string }): boolean {
  return activityData?.fileDigest === given.fileDigest && activityData.digest === given.digest
}

function canonicalLines(given: readonly ActivityLine[]): readonly ActivityLine[] {
  const refusals = new Refusals()
  const seen = new Map<string, number>()
  const lines = given.map((line, at) => {
    if (refusals.full) return line
    const read = refusals.attempt(() => canonicalLine(line, ['lines', at])) ?? line
    refusals.attempt(() => refuseDuplicate(seen, read.id, at))
    return read
  })
  refusals.throwIfAny()
  return lines
}

function refuseDuplicate(seen: Map<string, number>, id: string, at: number): void {
  const first = seen.get(id)
  if (first === undefined) {
    seen.set(id, at)
    return
  }
  const detail = `The line id "${id}" stands twice; give each line an id of its own.`
  throw new Problem('duplicate-id', detail, { pointer: `/lines/${at}/id`, first: `/lines/${first}/id` })
}
