/** What the public is shown of a document. Each member is named here: nothing passes because a row has it. */

import { z } from '@hono/zod-openapi'
import type { StandingCredential } from '../../../actions/lookup/look-up.ts'
import { credentialStandings } from '../../../certification/credential-standing.ts'
import { credentialMoves, reasonClasses } from '../../../certification/credential-status.ts'
import { documentKinds, opinions } from '../../../certification/scheme.ts'
import type { PublicMove } from '../../../ports/public-credentials.ts'
import { Id, Instant, instant, list, Names, Slug } from '../../schemas.ts'

export const ItemView = z
  .object({
    id: Id,
    number: z.string().describe('As it stands on the document, e.g. EGRET-2026-8F3K-27QD'),
    documentKind: z.enum(documentKinds),
    type: z.enum(['OrganizationFootprint', 'ProductFootprint']),
    title: z.string(),
    holder: z.object({ name: Names, unifiedSocialCreditCode: z.string().nullable() }),
    body: z.object({ slug: Slug, did: z.string(), name: Names }).describe('Who issued it'),
    scheme: z.object({ id: z.string(), version: z.string(), title: Names }),
    opinion: z.enum(opinions).describe('A document in force may say that the figure is not supported'),
    development: z.boolean().describe('Issued for trying out: it certifies nothing'),
    status: z
      .enum(credentialStandings)
      .describe('active 有效, suspended 暂停, withdrawn 撤销, cancelled 注销, expired 过期'),
    statusAt: Instant.describe('Since when'),
    reason: z.enum(reasonClasses).nullable().describe('Of the last move; null where there was none'),
    validFrom: Instant,
    validUntil: Instant.nullable().describe('Null: it speaks of a point in time and has no term'),
    url: z.url().describe('The document as a page; the signed bytes under .jwt'),
    receiptUrl: z.url().describe('Its tlog-proof'),
    digest: z.string().describe('Of the signed bytes'),
    leafIndex: z.int().describe('Its place in the transparency log'),
  })
  .openapi('PublicCredential')

const MoveView = z
  .object({
    number: z.int().describe('1 for the first'),
    move: z.enum(credentialMoves),
    reason: z.enum(reasonClasses),
    effectiveAt: Instant,
    at: Instant,
    leafIndex: z.int().describe('Its place in the transparency log'),
  })
  .openapi('PublicCredentialMove')

export const DetailView = ItemView.extend({
  moves: list(MoveView).describe('Oldest first'),
}).openapi('PublicCredentialDetail')

export function viewItem(row: StandingCredential, publicUrl: string): z.infer<typeof ItemView> {
  const { id, number, documentKind, face, digest, leafIndex, reason } = row
  const { type, title, scheme, opinion, development, validFrom, validUntil } = face
  const own = { id, number, documentKind, type, title, scheme, opinion, development }
  return {
    ...own,
    holder: { name: face.holder, unifiedSocialCreditCode: row.holderCode },
    body: { slug: row.bodySlug, did: face.issuer.did, name: face.issuer.name },
    status: row.standing,
    statusAt: instant(row.since),
    reason,
    validFrom,
    validUntil,
    url: `${publicUrl}/credentials/${id}`,
    receiptUrl: `${publicUrl}/credentials/${id}.tlog-proof`,
    digest,
    leafIndex,
  }
}

function viewMove({ number, move, reasonClass, effectiveAt, at, leafIndex }: PublicMove) {
  return { number, move, reason: reasonClass, leafIndex, effectiveAt: instant(effectiveAt), at: instant(at) }
}

export function viewDetail(
  { credential, moves }: { credential: StandingCredential; moves: readonly PublicMove[] },
  publicUrl: string,
): z.infer<typeof DetailView> {
  return { ...viewItem(credential, publicUrl), moves: moves.map(viewMove) }
}
