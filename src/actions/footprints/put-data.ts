/**
 * Putting lines into a draft, alone or with the system they belong to: all at once or nothing, stored under their digest before the row names
 * them. The same file put twice is told: on the same footprint it changes nothing, and on another one it is taken with a word, since the
 * file of another site or year is the usual slip.
 */

import { Refusals } from '../../engine/refusals.ts'
import type { ActivityLine } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import type { ActivityDataRef, Footprint, FootprintDefinition } from '../../ports/footprints.ts'
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

/** Who puts what into which draft. */
export interface PutRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly footprintId: string
  readonly version: number
  readonly lines: readonly ActivityLine[]
  /** Of what was sent. */
  readonly fileDigest: string
}

/** What came of it. */
export interface PutData {
  readonly footprint: Footprint
  /** The draft holds just that already: nothing was done. */
  readonly unchanged: boolean
  /** Another footprint of the organization that holds the very same bytes. */
  readonly sameFileAs: Footprint | null
}

/** A change of a draft that is still to be made. */
export interface DataChange {
  readonly change: { readonly activityData: ActivityDataRef; readonly definition?: FootprintDefinition }
  readonly unchanged: boolean
  /** Stores what the change names. */
  readonly store: () => Promise<unknown>
}

/** @throws Problem `not-found`, `revision-frozen`, `precondition-failed`, whatever making the change refuses. */
export async function putIntoDraft(
  ports: Ports,
  { actor, mark, footprintId, version, fileDigest }: PutRequest,
  action: string,
  changeOf: (standing: Footprint) => DataChange | Promise<DataChange>,
): Promise<PutData> {
  const found = await ports.footprints.findWithFile(actor, footprintId, fileDigest)
  if (!found) throw invisibleFootprint()
  const { footprint: standing, sameFileAs } = found
  requireDraft(standing)
  requireVersion(standing, version)
  const { change, unchanged, store } = await changeOf(standing)
  if (unchanged) return { footprint: standing, unchanged, sameFileAs }
  await store()
  const by = { actor, mark, at: ports.world.now() }
  const footprint = await ports.footprints.change(by, standing, change, {
    auditId: ports.world.newId(),
    action,
  })
  if (!footprint) throw changedMeanwhile()
  return { footprint, unchanged, sameFileAs }
}

/**
 * Lines in their one form, and how they are stored under their digest.
 *
 * @throws Problem `invalid-number`, `duplicate-id` with up to 50 others.
 */
export function keptLines({ objects }: Pick<Ports, 'objects'>, given: readonly ActivityLine[]) {
  const lines = canonicalLines(given)
  const bytes = canonicalBytes({ type: 'egret/activity-data', schemaVersion: '1', lines })
  const stored: ActivityDataRef = { digest: digestOfBytes(bytes), count: lines.length }
  const store = () =>
    objects.put('private', activityDataKey(stored), bytes, { contentType: 'application/json' })
  return { stored, store }
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
