/**
 * Where each test runs. `pure` is Node and nothing else: the rooms without I/O, and the published cases.
 */

import { defineConfig } from 'vitest/config'

/** Folders of `test/` that need the running parts; everything else is pure. */
const running = ['http', 'db', 'storage']
const stack = ['cli', 'stack', 'web']

const glob = (folders: readonly string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...glob(running), ...glob(stack)],
        },
      },
      {
        test: { name: 'stack', environment: 'node', include: glob(stack), testTimeout: 60_000 },
      },
    ],
  },
})
