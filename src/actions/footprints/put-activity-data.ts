/** Sets a draft's activity data: all of it at once, or nothing. */

import type { Footprint } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { keptLines, type PutData, type PutRequest, putIntoDraft } from './put-data.ts'

/**
 * @throws Problem `not-found`, `revision-frozen`, `precondition-failed`; `invalid-number`, `duplicate-id` with up to 50 others.
 */
export function putActivityData(ports: Ports, request: PutRequest): Promise<PutData> {
  return putIntoDraft(ports, request, 'put-activity-data', (standing) => {
    const { stored, store } = keptLines(ports, request.lines)
    const activityData = { ...stored, fileDigest: request.fileDigest }
    return { change: { activityData }, unchanged: holds(standing, activityData), store }
  })
}

/** The same bytes that are read as other lines than before, by their charset or by a newer reader, are a change. */
function holds({ activityData }: Footprint, given: { digest: string; fileDigest: string }): boolean {
  return activityData?.fileDigest === given.fileDigest && activityData.digest === given.digest
}
