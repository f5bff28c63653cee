/** What every verb on a footprint needs: its scheme, its claim, its lines, and who may touch it. */

import type { Claim } from '../../certification/check-against-scheme.ts'
import { readScheme, type Scheme } from '../../certification/scheme.ts'
import type { ActivityLine, CalculationInput, ProductInput } from '../../engine/types.ts'
import { type Digest, digestHex, digestOfBytes } from '../../json/digest.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import { parseJson } from '../../json/scan.ts'
import type {
  ActivityDataRef,
  Footprint,
  FootprintDefinition,
  ProductDefinition,
} from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { isProblem, Problem } from '../../problem.ts'
import { storedObject } from '../stored-object.ts'

/** @throws Problem `role-required` unless the client belongs to an enterprise: bodies verify, they do not prepare. */
export function requireEnterprise(actor: Actor): void {
  if (actor.organizationKind === 'enterprise') return
  throw new Problem('role-required', 'Only a client of an enterprise prepares footprints.', {
    roles: ['preparer'],
  })
}

/** The same answer for a footprint that is not there and one that is not yours. */
export function invisibleFootprint(): Problem {
  return new Problem('not-found', 'No footprint with this id is visible to you.')
}

/** @throws Problem `unknown-scheme` pointing into the definition. */
export async function schemeOf(
  { registry }: Pick<Ports, 'registry'>,
  pin: FootprintDefinition['scheme'],
): Promise<{ readonly scheme: Scheme; readonly digest: string }> {
  const published = await registry.loadScheme(pin.id, pin.version).catch((thrown: unknown) => {
    throw isProblem(thrown) ? thrown.with({ pointer: '/scheme' }) : thrown
  })
  return { scheme: readScheme(published.body), digest: published.digest }
}

/** What the scheme judges of a definition. */
export function claimOf({
  boundary,
  exclusions,
  calculation,
  product,
  productCategoryRules: rules,
}: FootprintDefinition): Claim {
  return { boundary, exclusions, input: calculation, codes: product?.codes, rules }
}

/** Object key of a draft's activity data in the private bucket. */
export function activityDataKey(ref: Pick<ActivityDataRef, 'digest'>): string {
  return `activity-data/${digestHex(ref.digest as Digest)}.json`
}

/**
 * The activity data of a draft.
 *
 * @throws Problem `footprint-incomplete` where it has none; `unavailable`, `stored-object-corrupt`.
 */
export async function linesOf(
  ports: Pick<Ports, 'objects'>,
  { activityData }: Footprint,
): Promise<readonly ActivityLine[]> {
  if (activityData === null) {
    throw new Problem('footprint-incomplete', 'Add activity data first: PUT …/activity-data.', {
      missing: 'activityData',
    })
  }
  const key = activityDataKey(activityData)
  const bytes = await storedObject(ports, key)
  if (digestOfBytes(bytes) !== activityData.digest) {
    throw new Problem('stored-object-corrupt', 'The stored activity data do not match their digest.', {
      object: key,
    })
  }
  return (parseJson(decodeUtf8(bytes)) as { lines: ActivityLine[] }).lines
}

/**
 * The calculation of a draft: its definition and its lines.
 *
 * @throws Problem `footprint-incomplete` where it lacks processes or lines; `unavailable`, `stored-object-corrupt`.
 */
export async function calculationOf(
  ports: Pick<Ports, 'objects'>,
  footprint: Footprint,
): Promise<CalculationInput> {
  const given = footprint.definition.calculation
  const calculation = given.kind === 'product' ? completeProduct(given) : given
  return { ...calculation, lines: await linesOf(ports, footprint) } as CalculationInput
}

/**
 * A product's calculation with its processes.
 * @throws Problem `footprint-incomplete` where they are still to be put.
 */
export function completeProduct(calculation: ProductDefinition): Omit<ProductInput, 'lines'> {
  const { processes, referenceProcess } = calculation
  if (processes !== undefined && referenceProcess !== undefined)
    return { ...calculation, processes, referenceProcess }
  const detail = 'Put the product system first: PUT …/product-system, or processes in the definition.'
  throw new Problem('footprint-incomplete', detail, { missing: 'processes' })
}

/** @throws Problem `revision-frozen`: a submitted footprint is changed as a new revision. */
export function requireDraft(footprint: Footprint): void {
  if (footprint.state === 'draft') return
  const detail =
    'The footprint is submitted; make it a draft again (POST …/reopen), unless a body is working on it.'
  throw new Problem('revision-frozen', detail, { state: footprint.state, revision: footprint.latestRevision })
}

/** @throws Problem `precondition-failed` when the footprint is no longer the one that If-Match names. */
export function requireVersion(footprint: Footprint, version: number | null): void {
  if (version === null || footprint.version === version) return
  throw changedMeanwhile()
}

/** The refusal when another change came first. */
export function changedMeanwhile(): Problem {
  return new Problem(
    'precondition-failed',
    'The footprint, or what it rests on, was changed meanwhile; read it again and repeat your change.',
  )
}
