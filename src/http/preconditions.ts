/** Optimistic writes on the wire: an ETag is the resource's version, and a change names the version it was made on. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import type { App } from './context.ts'

/** The header's place in OpenAPI; whether it is needed the route says by what it calls. */
export const IfMatchHeader = z.object({
  'if-match': z.string().max(100).optional().describe('The ETag that the change was made on'),
})

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** The ETag of a draft that is named by its digest. */
export function etagOfDigest(digest: string): string {
  return `"${digest}"`
}

/** The digest that If-Match names; null where the header is absent. @throws Problem `precondition-failed`. */
export function digestIfMatched(c: Context<App>): string | null {
  const header = c.req.header('if-match')
  if (header === undefined) return null
  const digest = /^"(sha256:[0-9a-f]{64})"$/.exec(header.trim())?.[1]
  if (digest !== undefined) return digest
  throw new Problem('precondition-failed', 'If-Match names no draft of this version; read it again.', {
    header: 'If-Match',
  })
}

/** The version that If-Match names. @throws Problem `precondition-required`, `precondition-failed` for a foreign ETag. */
export function versionToMatch(c: Context<App>): number {
  const version = versionIfMatched(c)
  if (version !== null) return version
  throw new Problem(
    'precondition-required',
    'Send If-Match with the ETag of what you read: others may write too.',
    {
      header: 'If-Match',
    },
  )
}

/** The version that If-Match names; null where the header is absent. @throws Problem `precondition-failed`. */
export function versionIfMatched(c: Context<App>): number | null {
  const header = c.req.header('if-match')
  if (header === undefined) return null
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (version !== undefined) return Number(version)
  throw new Problem('precondition-failed', 'If-Match names no version of this resource; read it again.', {
    header: 'If-Match',
  })
}
