/** Points drizzle-kit at the schema and at the migrations it generates. Released migrations are never edited. */

import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema/index.ts',
  out: './migrations',
})
