/**
 * A submitted revision of a footprint, frozen: a small manifest that says what is claimed and names its activity data as
 * sealed lines. Its digest is what a management declaration, an opinion and a certificate speak of. The format is
 * described byte by byte in docs/storage.md, "Revision".
 */

import { z } from 'zod'
import type { CalculationInput, TablePin } from '../engine/types.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { canonicalInput } from './canonical-input.ts'
import { readManifest } from './manifest.ts'
import {
  type Chunk,
  digestSchema,
  type OpenedLines,
  openLines,
  sealLines,
  sealSchema,
} from './sealed-lines.ts'

const namesSchema = z.strictObject({ en: z.string(), zh: z.string().nullable() })
const pinSchema = { version: z.string(), digest: digestSchema }
const schemePinSchema = z.strictObject({ id: z.string(), ...pinSchema })
const tablePinSchema = z.strictObject({ table: z.string(), ...pinSchema })

/** A version of something published, named by its digest as well. */
export type DigestPin = z.infer<typeof schemePinSchema>
/** A factor-table version, named by its digest as well. */
export type DigestTablePin = z.infer<typeof tablePinSchema>

/** A party or a place as a document names it. */
const faceSchema = z.strictObject({ name: namesSchema, address: namesSchema.nullable() })
export type Face = z.infer<typeof faceSchema>

const clientSchema = z.strictObject({
  name: namesSchema,
  /** ISO 3166-1 alpha-2. */
  country: z.string(),
  /** 统一社会信用代码 (GB 32100). */
  unifiedSocialCreditCode: z.string().nullable(),
})

const productSchema = z.strictObject({
  name: namesSchema,
  model: z.string().nullable(),
  specification: z.string().nullable(),
  trademark: z.string().nullable(),
  /** Models covered, and codes under GTIN, HS, CN, CPC and CN-PCF; absent where there are none. */
  models: z.array(z.string()).readonly().optional(),
  codes: z
    .array(z.strictObject({ system: z.string(), code: z.string() }))
    .readonly()
    .optional(),
})

const rulesSchema = z.strictObject({
  id: z.string(),
  edition: z.string(),
  operator: z.string(),
  title: namesSchema,
})
/** The product category rules (PCR) that were followed. */
export type ProductCategoryRules = z.infer<typeof rulesSchema>

const exclusionSchema = z.strictObject({ what: z.string(), reason: z.string(), estimatedShare: z.string() })

/** What a revision states beside its calculation. Every member is there; `null` says that there is none. */
const factsSchema = z.strictObject({
  footprint: z.strictObject({
    id: z.uuid(),
    /** Numbered from 1. */
    revision: z.int().min(1),
    /** The revision this one replaces. */
    supersedes: digestSchema.nullable(),
  }),
  title: z.string(),
  /** The organization whose footprint it is on this system. */
  client: clientSchema,
  /** Who answers for the claim; often not the client (DESIGN §5). */
  responsibleParty: faceSchema,
  manufacturer: faceSchema.nullable(),
  factory: faceSchema.nullable(),
  intendedUsers: z.string().nullable(),
  /** Null for an organization's inventory. */
  product: productSchema.nullable(),
  sites: z.array(faceSchema),
  /** System boundary of a product; consolidation approach of an organization. */
  boundary: z.string(),
  /** Declared gaps: what was left out, why, and its estimated share of the whole. */
  exclusions: z.array(exclusionSchema),
  productCategoryRules: rulesSchema.nullable(),
  scheme: schemePinSchema,
  /** The year that an inventory is compared with, as it stood, and when it is calculated anew; absent where none is named. */
  baseYear: z
    .strictObject({
      footprint: z.uuid(),
      revision: z.int().min(1),
      digest: digestSchema,
      period: z.strictObject({ start: z.string(), end: z.string() }),
      totalKgCo2e: z.string(),
      policy: z.strictObject({
        thresholdShare: z.string(),
        cumulative: z.boolean(),
        measure: z.enum(['net', 'absolute']),
      }),
    })
    .optional(),
  /** The responsible party's signed declaration, stored on its own; the digest is over its canonical bytes. */
  managementDeclaration: z.strictObject({ digest: digestSchema }).nullable(),
})
export type RevisionFacts = z.infer<typeof factsSchema>

const quantitySchema = z.strictObject({ amount: z.string(), unit: z.string() })

/** A calculation without its lines; the published things it stands on carry their digests. */
const calculationSchema = z.looseObject({
  kind: z.enum(['organization', 'product']),
  period: z.strictObject({ start: z.string(), end: z.string() }),
  declaredUnit: quantitySchema.optional(),
  functionalUnit: z
    .strictObject({
      description: z.strictObject({ en: z.string(), zh: z.string() }),
      quantity: quantitySchema,
      serviceLife: quantitySchema,
      referenceFlow: quantitySchema,
    })
    .optional(),
  gwpSet: schemePinSchema,
  factorTables: z.array(tablePinSchema),
})

const manifestSchema = z.strictObject({
  type: z.literal('egret/revision'),
  schemaVersion: z.literal('1'),
  ...factsSchema.shape,
  calculation: calculationSchema,
  lines: sealSchema,
})
export type RevisionManifest = z.infer<typeof manifestSchema>

/** The digests of what the calculation pins by name; a `CalculationContext` and a presented result hold them. */
export interface PinDigests {
  readonly gwpSet: { readonly id: string; readonly version: string; readonly digest: string }
  readonly factorTables: readonly (TablePin & { readonly digest: string })[]
}

/** A manifest ready to be stored, and the chunks it names. Store the chunks first. */
export interface Sealed<Manifest> {
  readonly manifest: Manifest
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly digest: Digest
  readonly chunks: readonly Chunk[]
}

/**
 * Freezes a revision. The same facts, input, pins and salt key give the same bytes, so a retry is harmless.
 *
 * @param saltKey 32 random bytes of this revision, kept private with it.
 * @throws Problem `invalid-number`, `invalid-request` as `canonicalInput`; RangeError where a pin has no digest.
 */
export function buildRevision(
  facts: RevisionFacts,
  input: CalculationInput,
  pins: PinDigests,
  saltKey: Uint8Array,
): Sealed<RevisionManifest> {
  const { lines, ...calculation } = canonicalInput(input)
  const { seal, chunks } = sealLines('egret/activity-lines', saltKey, lines)
  const manifest = manifestSchema.parse({
    type: 'egret/revision',
    schemaVersion: '1',
    ...normalized(facts),
    calculation: {
      ...calculation,
      gwpSet: { ...calculation.gwpSet, digest: pins.gwpSet.digest },
      factorTables: calculation.factorTables.map((pin) => ({ ...pin, digest: tableDigest(pin, pins) })),
    },
    lines: seal,
  })
  const bytes = canonicalBytes(manifest)
  return { manifest, bytes, digest: digestOfBytes(bytes), chunks }
}

function tableDigest(pin: TablePin, pins: PinDigests): string {
  const found = pins.factorTables.find(({ table, version }) => table === pin.table && version === pin.version)
  if (found === undefined) throw new RangeError(`no digest for the factor table ${pin.table} ${pin.version}`)
  return found.digest
}

/** Texts in NFC, members that are undefined left out. */
export function normalized<Value>(value: Value): Value {
  if (typeof value === 'string') return value.normalize('NFC') as Value
  if (Array.isArray(value)) return value.map(normalized) as Value
  if (value === null || typeof value !== 'object') return value
  const present = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(present.map(([name, member]) => [name, normalized(member)])) as Value
}

/**
 * The manifest alone, its digest checked, for whoever needs no line of it.
 *
 * @throws Problem `stored-object-corrupt` where the bytes are not the revision of that digest.
 */
export function readRevisionManifest(bytes: Uint8Array, digest: Digest): RevisionManifest {
  return readManifest('revision', manifestSchema, bytes, digest)
}

/** A revision whose every digest was checked. */
export interface OpenedRevision {
  readonly digest: Digest
  readonly manifest: RevisionManifest
  readonly lines: OpenedLines
}

/**
 * Opens a revision and believes nothing before its digest fits.
 *
 * @param digest the digest by which the revision is named elsewhere.
 * @param chunks bytes by digest.
 * @throws Problem `stored-object-corrupt` naming the manifest, the chunk or the lines that do not fit.
 */
export function openRevision(
  bytes: Uint8Array,
  digest: Digest,
  chunks: ReadonlyMap<Digest, Uint8Array>,
): OpenedRevision {
  const manifest = readRevisionManifest(bytes, digest)
  return { digest, manifest, lines: openLines('egret/activity-lines', manifest.lines, chunks) }
}

/** The calculation input that a revision froze, ready to be handed to an engine, which judges it as any input. */
export function inputOf(revision: OpenedRevision): CalculationInput {
  const { gwpSet, factorTables, ...rest } = revision.manifest.calculation
  const input: unknown = {
    ...rest,
    gwpSet: { id: gwpSet.id, version: gwpSet.version },
    factorTables: factorTables.map(({ table, version }) => ({ table, version })),
    lines: revision.lines.lines.map(({ line }) => line),
  }
  return input as CalculationInput
}
