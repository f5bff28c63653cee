/** An issued document on the wire. */

import { z } from '@hono/zod-openapi'
import { credentialStatuses } from '../../../certification/credential-status.ts'
import { documentKinds } from '../../../certification/scheme.ts'
import type { IssuedCredential } from '../../../ports/credentials.ts'
import { Id, Instant, instant } from '../../schemas.ts'

export const CredentialView = z
  .object({
    id: Id,
    number: z.string().describe('What people quote, e.g. EGRET-2026-8F3K-27QD'),
    engagementId: Id,
    url: z.url().describe('The document as a page; the JWT with Accept: application/vc+jwt or under .jwt'),
    verifyUrl: z.url().describe('The page that verifies it in the visitor’s own browser'),
    jwt: z.string().describe('The signed credential, compact vc+jwt'),
    digest: z.string(),
    documentKind: z.enum(documentKinds),
    state: z
      .enum(['pending', 'public'])
      .describe('pending: decided and signed, and public within minutes, when bucket and log answer again'),
    leafIndex: z.int().describe('Its place in the transparency log'),
    receiptUrl: z.url().describe('Its tlog-proof'),
    status: z.enum(credentialStatuses),
    statusAt: Instant.describe('Since when'),
    issuedAt: Instant,
  })
  .openapi('Credential')

export function viewCredential(row: IssuedCredential, publicUrl: string): z.infer<typeof CredentialView> {
  const { id, number, engagementId, jwt, digest, documentKind, state, leafIndex, status, statusAt } = row
  return {
    id,
    number,
    engagementId,
    url: `${publicUrl}/credentials/${id}`,
    verifyUrl: `${publicUrl}/verify?credential=${id}`,
    jwt,
    digest,
    documentKind,
    state,
    leafIndex,
    receiptUrl: `${publicUrl}/credentials/${id}.tlog-proof`,
    status,
    statusAt: instant(statusAt),
    issuedAt: instant(row.issuedAt),
  }
}
