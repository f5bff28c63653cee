/** Reports an organization's inventory: a draft as it stands, or a revision out of the very bytes that were frozen. */

import { presentResult } from '#engine'
import { type Scheme, subjectRule } from '../../certification/scheme.ts'
import type { ActivityLine, Names } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { inventoryReport } from '../../report/inventory-report.ts'
import type { InventoryReport, ReportSource, ReportStructure, YearComparison } from '../../report/types.ts'
import { calculateDraft } from './calculate-footprint.ts'
import { compareFootprints, type FootprintState } from './compare-footprints.ts'
import { schemeOf } from './definition.ts'
import { linesAt, recordAt } from './read-frozen.ts'
import { readRevision } from './read-revision.ts'

interface Wanted {
  readonly actor: Actor
  readonly footprintId: string
  /** All of them where absent. */
  readonly structures?: readonly ReportStructure[] | undefined
  /** Another year, or another revision, to be held beside it. */
  readonly comparedWith?: FootprintState | undefined
}

/** @throws Problem `not-found` also for a product; `footprint-incomplete`, whatever the engine refuses. */
export async function reportDraft(ports: Ports, wanted: Wanted): Promise<InventoryReport> {
  const draft = await calculateDraft(ports, wanted, ({ definition }) => requireInventory(definition))
  const { footprint, lines, scheme } = draft
  const { result } = presentResult(draft.result)
  const source: ReportSource = {
    ...definitionFacts(footprint.definition, scheme),
    comparison: await comparisonOf(ports, wanted, null),
    footprintId: footprint.id,
    descriptions: descriptionsOf(lines),
    engine: ports.settings.engine,
    standing: { state: 'draft', version: footprint.version },
    result,
  }
  return inventoryReport(source, wanted.structures)
}

/** For the owner, and for a body the revision was put before. @throws Problem `not-found`, `unavailable`, `stored-object-corrupt`. */
export async function reportRevision(
  ports: Ports,
  wanted: Wanted & { readonly number: number },
): Promise<InventoryReport> {
  const revision = await readRevision(ports, wanted)
  const { definition, declaration } = revision
  requireInventory(definition)
  const [record, lines, { scheme }] = await Promise.all([
    recordAt(ports, revision.recordDigest as Digest),
    linesAt(ports, revision.digest as Digest),
    schemeOf(ports, definition.scheme),
  ])
  const source: ReportSource = {
    ...definitionFacts(definition, scheme),
    comparison: await comparisonOf(ports, wanted, wanted.number),
    footprintId: revision.footprintId,
    descriptions: descriptionsOf(lines),
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
    result: resultOf(record),
  }
  return inventoryReport(source, wanted.structures)
}

/** @throws Problem `not-found`: a product's footprint has no report of this kind. */
export function requireInventory({ calculation }: FootprintDefinition): void {
  if (calculation.kind === 'organization') return
  const detail =
    'A report is made of an organization’s inventory; reports of products come later. Read the result (POST …/calculations) or the frozen record instead.'
  throw new Problem('not-found', detail, { kind: calculation.kind })
}

/** What the definition and its scheme say. */
function definitionFacts(definition: FootprintDefinition, scheme: Scheme) {
  const { title, responsibleParty, intendedUsers, sites, exclusions, boundary, calculation } = definition
  return {
    ...{ title, intendedUsers, sites, exclusions, boundary },
    organization: responsibleParty,
    period: calculation.period,
    region: calculation.region,
    names: namesOf(definition),
    scheme: definition.scheme,
    decimals: subjectRule(scheme, 'organization')?.print.decimals ?? 2,
  }
}

/** What changed since the other year, by cause. @throws Problem as {@link compareFootprints}. */
async function comparisonOf(
  ports: Ports,
  { actor, footprintId, comparedWith }: Wanted,
  revision: number | null,
): Promise<YearComparison | null> {
  if (comparedWith === undefined) return null
  const after = { footprintId, revision }
  const { states, parts, ...totals } = await compareFootprints(ports, { actor, before: comparedWith, after })
  return {
    previousPeriod: states.before.period,
    total: totals.after,
    previousTotal: totals.before,
    activityChange: parts.activity,
    factorChange: parts.factor,
    added: parts.added,
    ceased: parts.ceased,
    structural: parts.structural,
    methodChange: parts.method,
  }
}

function namesOf({ calculation }: FootprintDefinition): ReportSource['names'] {
  const consolidation = calculation.kind === 'organization' ? calculation.consolidation : undefined
  const named = (parts: readonly { readonly id: string; readonly name: Names }[] = []) =>
    new Map(parts.map(({ id, name }) => [id, name]))
  return { facility: named(consolidation?.facilities), entity: named(consolidation?.entities) }
}

function descriptionsOf(lines: readonly ActivityLine[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(({ id, description }) => (description === undefined ? [] : [[id, description]])),
  )
}
