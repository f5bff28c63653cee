/**
 * Points drizzle-kit at the schema and at the migrations it generates. Released migrations are never edited. The schema is
 * bundled first (`npm run db:generate`): drizzle-kit requires it as CommonJS, and some packages below are ES modules only.
 */

import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './dist/schema.cjs',
  out: './migrations',
})
