/** Names of tables and versions in addresses and queries. */

import { z } from '@hono/zod-openapi'
import { tableNameForm, tableNameMax } from '../../../tables/names.ts'

export const TableName = z
  .string()
  .regex(
    tableNameForm,
    'is lower-case letters, digits and hyphens; a private table’s has its owner’s slug and a dot before it',
  )
  .max(tableNameMax)

export const VersionName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'is letters, digits, dots and hyphens')
  .max(40)
