/** Reports a footprint: a draft as it stands, or a revision out of the very bytes that were frozen; an inventory or a product. */

import { presentResult } from '#engine'
import type { Digest } from '../../json/digest.ts'
import type { Ports } from '../../ports.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import type { ProductReport } from '../../report/product/types.ts'
import type { InventoryReport } from '../../report/types.ts'
import { contextOf } from '../calculate.ts'
import { calculateDraft } from './calculate-footprint.ts'
import { schemeOf } from './definition.ts'
import { inputAt, recordAt } from './read-frozen.ts'
import { readRevision } from './read-revision.ts'
import { reportInventory } from './report-inventory.ts'
import { refuseOfKind, reportProduct } from './report-product.ts'
import type { Reported, ReportWanted } from './reported.ts'

export type FootprintReport = InventoryReport | ProductReport

/** @throws Problem `not-found`, `footprint-incomplete`, `invalid-request`, `not-comparable`, whatever the engine refuses. */
export async function reportDraft(ports: Ports, wanted: ReportWanted): Promise<FootprintReport> {
  const draft = await calculateDraft(ports, wanted, ({ definition }) => refuseOfKind(definition, wanted))
  const { footprint, input, scheme } = draft
  return reportOf(ports, wanted, {
    ...{ footprintId: footprint.id, revision: null, definition: footprint.definition, scheme, input },
    result: presentResult(draft.result).result,
    engine: ports.settings.engine,
    standing: { state: 'draft', version: footprint.version },
    readContext: async () => draft.context,
  })
}

/**
 * For the owner, and for a body the revision was put before.
 * @throws Problem `not-found`, `invalid-request`, `not-comparable`, `unavailable`, `stored-object-corrupt`.
 */
export async function reportRevision(
  ports: Ports,
  wanted: ReportWanted & { readonly number: number },
): Promise<FootprintReport> {
  const revision = await readRevision(ports, wanted)
  const { footprintId, definition, declaration } = revision
  refuseOfKind(definition, wanted)
  const [record, input, { scheme }] = await Promise.all([
    recordAt(ports, revision.recordDigest as Digest),
    inputAt(ports, revision.digest as Digest),
    schemeOf(ports, definition.scheme),
  ])
  return reportOf(ports, wanted, {
    ...{ footprintId, revision: revision.number, definition, scheme, input },
    result: resultOf(record),
    engine: record.manifest.engine,
    standing: {
      state: 'frozen',
      revision: revision.number,
      digest: revision.digest,
      recordDigest: revision.recordDigest,
      declarationDigest: revision.declarationDigest,
      declaredBy: declaration.personName,
      declaredAt: declaration.at.toISOString(),
    },
    readContext: () => contextOf(ports, wanted.actor, canonicalInput(input)),
  })
}

function reportOf(ports: Ports, wanted: ReportWanted, reported: Reported): Promise<FootprintReport> {
  const { input } = reported
  return input.kind === 'organization'
    ? reportInventory(ports, wanted, reported)
    : reportProduct(ports, wanted, reported, input)
}
