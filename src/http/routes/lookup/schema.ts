/** What the public is shown of a document. Each member is named here: nothing passes because a row has it. */

import { z } from '@hono/zod-openapi'
import type { PublicDetail, StandingCredential } from '../../../actions/lookup/look-up.ts'
import { credentialStandings } from '../../../certification/credential-standing.ts'
import { credentialMoves, reasonClasses } from '../../../certification/credential-status.ts'
import { documentKinds, opinions } from '../../../certification/scheme.ts'
import {
  type SurveillanceStanding,
  surveillanceOutcomes,
  surveillanceStatuses,
} from '../../../certification/surveillance.ts'
import type { PublicMove } from '../../../ports/public-credentials.ts'
import { Id, Instant, instant, list, Names, Slug } from '../../schemas.ts'

const NumberedView = z.object({ id: Id, number: z.string() })

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
      .describe(
        'active 有效, suspended 暂停, withdrawn 撤销, cancelled 注销, superseded 已被替换, expired 过期',
      ),
    statusAt: Instant.describe('Since when'),
    reason: z.enum(reasonClasses).nullable().describe('Of the last move; null where there was none'),
    successor: NumberedView.nullable().describe('The document that took its place'),
    surveillanceUrl: z
      .url()
      .nullable()
      .describe('Where the status of surveillance is asked; null of a statement, which has none'),
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

export const SurveillanceView = z
  .object({
    status: z
      .enum(surveillanceStatuses)
      .describe(
        'kept 已通过监督或尚未到期, due 即将到期, overdue 逾期未监督, conditions 有条件通过, failed 未通过; an overdue certificate is not suspended by itself',
      ),
    next: z.object({ number: z.int(), dueAt: Instant }).nullable().describe('Null: none is left in its term'),
    last: z
      .object({ number: z.int(), outcome: z.enum(surveillanceOutcomes), doneAt: Instant })
      .nullable()
      .describe('Null: none was recorded yet'),
  })
  .openapi('Surveillance')

export function viewSurveillance({
  status,
  next,
  last,
}: SurveillanceStanding): z.infer<typeof SurveillanceView> {
  return {
    status,
    next: next && { number: next.number, dueAt: instant(next.dueAt) },
    last: last && { number: last.number, outcome: last.outcome, doneAt: instant(last.doneAt) },
  }
}

export const DetailView = ItemView.extend({
  moves: list(MoveView).describe('Oldest first'),
  predecessors: list(NumberedView).describe('Documents whose place it took'),
  surveillance: SurveillanceView.nullable().describe('Null: a statement, or a scheme that asks for none'),
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
    successor: row.successor,
    surveillanceUrl:
      documentKind === 'certificate' ? `${publicUrl}/v1/public/credentials/${id}/surveillance` : null,
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
  { credential, moves, predecessors, surveillance }: PublicDetail,
  publicUrl: string,
): z.infer<typeof DetailView> {
  return {
    ...viewItem(credential, publicUrl),
    moves: moves.map(viewMove),
    predecessors,
    surveillance: surveillance && viewSurveillance(surveillance),
  }
}
