/** Whether a document could show the holder's sites: a breakdown that not every record tells, so it is refused when it is chosen. */

import type { Breakdown } from '../../certification/breakdowns.ts'
import { disclosureRule } from '../../certification/disclosure.ts'
import type { Scheme } from '../../certification/scheme.ts'
import { whySitesAreUntold } from '../../credential/subject-claims.ts'
import type { Digest } from '../../json/digest.ts'
import type { Revision } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { readRecordManifest } from '../../record/calculation-record.ts'
import { recordKey, revisionKey } from '../../record/manifest.ts'
import { readRevisionManifest } from '../../record/revision.ts'
import { storedObject } from '../stored-object.ts'

/**
 * Sites are chosen only of a revision that tells them. What the scheme does not offer at all is refused elsewhere.
 * @throws Problem `scheme-violation` with the reason; `stored-object-corrupt`, `unavailable`.
 */
export async function requireSitesTold(
  ports: Pick<Ports, 'objects'>,
  scheme: Scheme,
  { digest, recordDigest, definition }: Revision,
  disclosure: readonly Breakdown[],
): Promise<void> {
  const at = disclosure.indexOf('bySite')
  const { holderMayAdd } = disclosureRule(scheme, definition.calculation.kind)
  if (at < 0 || !holderMayAdd.includes('bySite')) return
  const [revision, record] = await Promise.all([
    storedObject(ports, revisionKey(digest as Digest)),
    storedObject(ports, recordKey(recordDigest as Digest)),
  ])
  const reason = whySitesAreUntold({
    revision: {
      digest: digest as Digest,
      manifest: readRevisionManifest(revision, digest as Digest),
    },
    record: {
      digest: recordDigest as Digest,
      manifest: readRecordManifest(record, recordDigest as Digest),
    },
    scheme,
  })
  if (reason === null) return
  throw new Problem('scheme-violation', `The result cannot be shown by site. ${reason}`, {
    rule: 'disclosure',
    pointer: `/disclosure/${at}`,
    accepted: holderMayAdd.filter((name) => name !== 'bySite'),
  })
}
