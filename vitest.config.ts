/**
 * Where each test runs. `pure` is Node and nothing else: the rooms without I/O, and the published cases. `worker` is
 * workerd, against a real Postgres and S3 (with `EGRET_ENTRY=node` the same files run in Node, against `node.ts`).
 * `stack` is Node, and starts what it needs: the commands, the start-up, the pages in a browser.
 */

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { buildEngine } from './scripts/engine.ts'

/** Folders of `test/` that need the running parts; everything else is pure. */
const running = ['http', 'db', 'storage']
const stack = ['cli', 'stack', 'web']

const glob = (folders: readonly string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`)

/** The local stack talks to nobody outside. */
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

/** Commands run as processes of their own, dozens of times: each reads what the one before it compiled. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

/** Files at once: two also on two processors, as most of a file's time is waiting for what it started. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

const runningTests = {
  name: 'worker',
  // They share one database, and the schedule that some of them run is everyone's.
  fileParallelism: false,
  sequence: { groupOrder: 1 },
  include: glob(running),
  globalSetup: './test/harness/stack.ts',
  testTimeout: 20_000,
  // The first request loads the app, which takes its time on a busy machine.
  hookTimeout: 60_000,
  // One isolate for all files, as in production; it also saves seconds of loading for each.
  isolate: false,
}

/** Loaded as one file each: a package of a thousand small modules takes seconds to reach workerd otherwise. */
const bundled = [
  '@aws-sdk/client-s3',
  '@hono/zod-openapi',
  '@neondatabase/serverless',
  'drizzle-orm/neon-serverless',
  'drizzle-orm',
  'drizzle-orm/pg-core',
  'hono',
  'jose',
  'zod',
]

const inWorkerd: TestProjectConfiguration = {
  // As `[alias]` in wrangler.toml, which the plugin does not read.
  resolve: {
    alias: {
      '@aws-sdk/xml-builder': `${import.meta.dirname}/node_modules/@aws-sdk/xml-builder/dist-cjs/index.js`,
    },
  },
  plugins: [
    cloudflareTest(({ inject }) => ({
      main: './src/worker.ts',
      wrangler: { configPath: './wrangler.toml', environment: 'local' },
      miniflare: { bindings: inject('environment') },
    })),
  ],
  test: { ...runningTests, deps: { optimizer: { ssr: { enabled: true, include: bundled } } } },
}

const inNode: TestProjectConfiguration = { test: { ...runningTests, environment: 'node' } }

await buildEngine()

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          maxWorkers,
          // Published cases and properties over much input; a busy machine needs more than the usual five seconds.
          testTimeout: 30_000,
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...glob(running), ...glob(stack)],
        },
      },
      process.env.EGRET_ENTRY === 'node' ? inNode : inWorkerd,
      {
        test: {
          name: 'stack',
          maxWorkers,
          environment: 'node',
          include: glob(stack),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
