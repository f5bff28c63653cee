import { describe, expect, test } from 'vitest'
import { checkImports } from '../../scripts/check-imports.ts'

describe('checkImports', () => {
  test('lets a pure room import those below it, problem.ts and a small pure library', () => {
    const source = `import { sha256 } from '@noble/hashes/sha2.js'
      import type { Lines } from '../json/lines.ts'
      import { Problem } from '../problem.ts'`
    expect(checkImports('src/engine/units.ts', source)).toEqual([])
  })

  test('refuses an upward import, naming file, line and what the room may import', () => {
    const source = `import { x } from './y.ts'\nexport { issue } from '../actions/issue.ts'`
    const [message] = checkImports('src/engine/units.ts', source)
    expect(message).toContain('src/engine/units.ts:2 engine may not import actions')
    expect(message).toContain('json, transparency')
  })

  test.each([
    ['a Node module', `import { readFileSync } from 'node:fs'`],
    ['a Node module without its prefix', `import fs from 'fs'`],
    ['a framework', `import { Hono } from 'hono'`],
    ['a dynamic import', `const m = await import('hono')`],
    ['an import type', `type H = import('hono').Hono`],
    ['a room above', `import type { Claims } from '../credential/claims.ts'`],
  ])('refuses %s in a pure room', (_, source) => {
    expect(checkImports('src/record/manifest.ts', source)).toHaveLength(1)
  })

  test('keeps adapters out of http, and lets an entry wire them', () => {
    const source = `import { openDatabase } from './db/client.ts'`
    expect(checkImports('src/worker.ts', source)).toEqual([])
    expect(checkImports('src/http/app.ts', source.replace('./db', '../db'))).toHaveLength(1)
  })

  test('keeps everything in src away from tests and scripts', () => {
    const source = `import { request } from '../../test/harness/http.ts'`
    expect(checkImports('src/cli/main.ts', source)).toHaveLength(1)
  })
})
