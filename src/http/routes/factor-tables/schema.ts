/** Pieces of schema of factor tables, in addresses and queries. */

import { z } from '@hono/zod-openapi'
import type { Reader } from '../../../ports/registry.ts'
import { tableNameForm, tableNameMax } from '../../../tables/names.ts'

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

/** Published versions are frozen; the lists grow when something is published. What a token shows no shared cache may keep. */
export function listCache(reader: Reader): Record<string, string> {
  return { 'cache-control': `${reader ? 'private' : 'public'}, max-age=30`, vary: 'authorization' }
}
