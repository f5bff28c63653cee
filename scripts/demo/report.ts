/** What the walk did and found, as `--json` prints it. */

import type { Names } from '../../src/engine/types.ts'
import type { Step } from './api.ts'
import type { ExampleName } from './examples.ts'
import type { Revision, Walk } from './prepare.ts'
import type { MoveReport } from './standing.ts'
import type { Findings } from './stranger.ts'
import type { IssuedCredential, Refusal, Walked } from './verification.ts'

/** One footprint, from its example to its credential. */
export interface FootprintReport {
  readonly example: ExampleName
  readonly kind: 'organization' | 'product'
  readonly title: string
  /** Whether its activity data are made up. */
  readonly illustrative: boolean
  readonly footprintId: string
  readonly engagementId: string
  readonly credentialId: string
  readonly revisions: number
  readonly revision: string
  readonly record: string
  readonly total: {
    readonly kgCo2e: string
    readonly printed: { readonly amount: string; readonly unit: string }
    /** As worked out by hand in the example. */
    readonly expectedKgCo2e: string
    readonly per: string
  }
  readonly parts: Revision['result']['parts']
  readonly published: Readonly<Record<string, unknown>> | null
  readonly gasesNotCovered: readonly string[]
  readonly flags: readonly string[]
  readonly states: readonly string[]
}

/** A credential, where it is, and what came of verifying it. */
export interface CredentialReport extends Findings {
  readonly id: string
  readonly number: string
  readonly example: ExampleName
  readonly documentKind: string
  readonly digest: string
  readonly leafIndex: number
  readonly links: {
    readonly page: string
    readonly jwt: string
    readonly verify: string
    readonly issuerDid: string
  }
}

/** An organization that took part. */
export interface PartyReport {
  readonly id: string
  readonly slug: string
  readonly name: Names
}

/** Everything the walk did and found. */
export interface WalkReport {
  readonly parties: { readonly body: PartyReport; readonly enterprises: readonly PartyReport[] }
  readonly footprints: readonly FootprintReport[]
  readonly credentials: readonly CredentialReport[]
  /** What became of a certificate after it was issued, and what the public made of it. */
  readonly moves: readonly MoveReport[]
  readonly refusals: readonly Refusal[]
  readonly requests: readonly Step[]
}

/** Of a credential, all but the stranger's findings. */
export function credentialReport(
  { example, plot, body }: Walk,
  credential: IssuedCredential,
): Omit<CredentialReport, keyof Findings> {
  const { id, number, url, verifyUrl, digest, leafIndex } = credential
  const origin = new URL(url).origin
  return {
    id,
    number,
    example: example.name,
    documentKind: plot.documentKind,
    digest,
    leafIndex,
    links: {
      page: url,
      jwt: `${url}.jwt`,
      verify: verifyUrl,
      issuerDid: `${origin}/bodies/${body.slug}/did.json`,
    },
  }
}

export function footprintReport({ walk: { example }, outcome }: Walked): FootprintReport {
  const { revision, credential, engagementId, states } = outcome
  const { totalKgCo2e, printed, parts, gasesNotCovered, flags } = revision.result
  return {
    example: example.name,
    kind: example.definition.kind,
    title: example.face.title,
    illustrative: example.illustrative,
    footprintId: revision.footprintId,
    engagementId,
    credentialId: credential.id,
    revisions: revision.number,
    revision: revision.digest,
    record: revision.recordDigest,
    total: {
      kgCo2e: totalKgCo2e,
      printed,
      expectedKgCo2e: example.expected.totals.total,
      per: example.expected.per,
    },
    parts,
    published: example.expected.published ?? null,
    gasesNotCovered,
    flags,
    states,
  }
}

export function partyReport({ id, slug, name }: PartyReport): PartyReport {
  return { id, slug, name }
}
