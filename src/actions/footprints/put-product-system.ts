/**
 * Puts a product system into a draft: what the definition says of the product, its processes, and its lines, all at once or nothing. What
 * the footprint itself is of (period, region, tables, GWP set) stays the footprint's; a file that says otherwise is refused, since it is
 * another year's or another product's more often than not.
 */

import { moved } from '../../engine/refusals.ts'
import type { ProductInput } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import {
  definitionBytesMax,
  type FootprintDefinition,
  type ProductDefinition,
} from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import { checkedDefinition } from './check-definition.ts'
import { keptLines, type PutData, type PutRequest, putIntoDraft } from './put-data.ts'
import { identityMembers, type StatedIdentity, withIdentity } from './stated-identity.ts'

/** What a footprint is of, whatever its product system. */
const frame = ['period', 'region', 'gwpSet', 'factorTables', 'ownFactors'] as const
type Frame = Pick<ProductInput, (typeof frame)[number]>

/** A product system as it was sent; what it says of the frame has to be the footprint's. */
export type SentSystem = Omit<ProductInput, 'kind' | 'lines' | keyof Frame> &
  StatedFrame & { readonly identity?: StatedIdentity | undefined }
type StatedFrame = { readonly [Member in keyof Frame]?: Frame[Member] | undefined }

/**
 * @throws Problem `not-found`, `revision-frozen`, `precondition-failed`; `invalid-request` for the footprint of an organization and for
 *   another frame; `invalid-number`, `duplicate-id` with up to 50 others, whatever {@link checkedDefinition} refuses.
 */
export function putProductSystem(
  ports: Ports,
  request: PutRequest & { readonly system: SentSystem },
): Promise<PutData> {
  return putIntoDraft(ports, request, 'put-product-system', async (standing) => {
    const stated = withSystem(standing.definition, request.system)
    const definition = requireSize(await inSystem(() => checkedDefinition(ports, stated)))
    const { stored, store } = keptLines(ports, request.lines)
    const change = { definition, activityData: { ...stored, fileDigest: request.fileDigest } }
    const held = { definition: standing.definition, activityData: standing.activityData }
    return { change, unchanged: isSame(held, change), store }
  })
}

const identities = new RegExp(`^/(?:${identityMembers.join('|')})(?=/|$)`)

/** A definition that is put as a file can be put as JSON, too. */
function requireSize(definition: FootprintDefinition): FootprintDefinition {
  const { length } = canonicalBytes(definition)
  if (length <= definitionBytesMax) return definition
  const detail = `A footprint's definition has at most ${definitionBytesMax} bytes beside its lines; with this product system it has ${length}. Merge processes, or leave them to their suppliers.`
  throw new Problem('body-too-large', detail, { bytesMax: definitionBytesMax })
}

const bytesOf = (value: object) => digestOfBytes(canonicalBytes(value))
const isSame = (one: object, other: object) => bytesOf(one) === bytesOf(other)

/** The definition with another product system: nothing of the one before is left in it. */
function withSystem(definition: FootprintDefinition, sent: SentSystem): FootprintDefinition {
  const { calculation } = definition
  if (calculation.kind !== 'product') {
    const detail =
      'This is the footprint of an organization, which has no product system; put its activity data.'
    throw new Problem('invalid-request', detail, { pointer: '' })
  }
  const { identity = {}, period, region, gwpSet, factorTables, ownFactors, ...system } = sent
  requireSameFrame(calculation, { period, region, gwpSet, factorTables, ownFactors })
  const own = Object.fromEntries(frame.map((name) => [name, calculation[name]])) as unknown as Frame
  const whole: ProductDefinition = { kind: 'product', ...own, ...system }
  return { ...withIdentity(definition, identity), boundary: system.boundary, calculation: whole }
}

/** @throws Problem `invalid-request` naming what the file and the footprint say. */
function requireSameFrame(own: ProductDefinition, stated: StatedFrame): void {
  for (const name of frame) {
    const value = stated[name]
    if (value === undefined || isSame(canonicalOf(own, name, value), canonicalOf(own, name, own[name])))
      continue
    const detail = `The file says ${said(value)} for ${name}, and the footprint ${said(own[name])}; leave it empty, or change one of the two.`
    throw new Problem('invalid-request', detail, { pointer: `/${name}`, footprint: own[name], file: value })
  }
}

/** A member in its one form: `1.0` is no other factor than `1`. */
function canonicalOf(own: ProductDefinition, name: keyof Frame, value: unknown): object {
  const { kind, period, region, gwpSet, factorTables } = own
  const framed = { kind, period, region, gwpSet, factorTables, lines: [], [name]: value }
  const canonical = canonicalInput(framed as unknown as ProductInput) as unknown as Record<string, unknown>
  return { [name]: canonical[name] ?? null }
}

function said(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

/** The definition's pointers into its calculation are the system's own, and those to what a file states beside it are that. */
async function inSystem<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    throw moved(thrown, (pointer) =>
      pointer?.replace(/^\/calculation(?=\/|$)/, '').replace(identities, '/identity$&'),
    )
  }
}
