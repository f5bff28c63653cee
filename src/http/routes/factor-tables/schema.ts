/** Factor-table versions on the wire. */

import { z } from '@hono/zod-openapi'
import { type FactorTableVersion, type Reader, versionStates } from '../../../ports/registry.ts'
import { tableNameForm, tableNameMax } from '../../../tables/names.ts'
import { Instant, instant, Names } from '../../schemas.ts'
import { Terms } from '../factors/schema.ts'

/** A table's name in a path. */
export const TableName = z
  .string()
  .regex(
    tableNameForm,
    'is lower-case letters, digits and hyphens; a private table’s has its owner’s slug and a dot before it',
  )
  .max(tableNameMax)
/** A version's name in a path. */
export const VersionName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'is letters, digits, dots and hyphens')
  .max(40)

/** What stands about a version. */
export const FactorTableView = z
  .object({
    table: z.string(),
    version: z.string(),
    digest: z.string().describe('SHA-256 of the canonical form, which is at /factor-tables/<hex>.json'),
    state: z.enum(versionStates),
    ownerOrganizationId: z.string().nullable().describe('Null for a table of the public registry'),
    title: Names,
    publisher: z.string(),
    edition: z.string(),
    licence: z.string(),
    licenceTerms: Terms,
    redistributable: z.boolean(),
    attribution: z.string(),
    territory: z.string(),
    years: z.object({ from: z.int(), to: z.int() }),
    gwpBasis: z.string(),
    factorCount: z.int(),
    unverifiedCount: z.int().describe('Rows that nobody confirmed with a source'),
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    withdrawal: z.object({ at: Instant, reason: z.string() }).nullable(),
    publishedAt: Instant.nullable().describe('Null for a draft'),
  })
  .openapi('FactorTableVersion')

/** A version as its readers see it. */
export function viewTable(row: FactorTableVersion): z.infer<typeof FactorTableView> {
  const { withdrawal, publishedAt } = row
  return {
    ...row,
    withdrawal: withdrawal && { at: instant(withdrawal.at), reason: withdrawal.reason },
    publishedAt: publishedAt && instant(publishedAt),
  }
}

/** Published versions are frozen; the lists grow when something is published. What a token shows no shared cache may keep. */
export function listCache(reader: Reader): Record<string, string> {
  return { 'cache-control': `${reader ? 'private' : 'public'}, max-age=30`, vary: 'authorization' }
}
