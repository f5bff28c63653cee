/** `egret trail verify` on pages as they were saved. */

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import {
  digestOfEntry,
  entryText,
  hashAfter,
  type TrailEntry,
  zeroHash,
} from '../../src/transparency/trail.ts'

const folder = mkdtempSync(join(tmpdir(), 'egret-trail-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const chain = 'engagement:00000000-0000-4000-8000-000000000001'
let hash = zeroHash
const links = [1, 2, 3].map((sequence) => {
  const entry = entryText({ chain, sequence, action: `act ${sequence}` } as unknown as TrailEntry)
  hash = hashAfter(hash, digestOfEntry(entry))
  return { sequence, kind: 'ordinary', entry, entryDigest: digestOfEntry(entry), hash }
})
const page = { chain, length: 3, hash, previous: zeroHash, links }

async function verified(...pages: unknown[]): Promise<{ code: number; out: string }> {
  const files = pages.map((content, index) => {
    const file = join(folder, `${index}.json`)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  })
  const args = ['src/cli/main.ts', 'trail', 'verify', ...files]
  const ran = promisify(execFile)(process.execPath, args)
  return ran.then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    ({ code, stdout, stderr }) => ({ code, out: stdout + stderr }),
  )
}

describe('egret trail verify', () => {
  test('tells a whole chain intact, in one page or in several', async () => {
    expect(await verified(page)).toEqual({ code: 0, out: `${chain}: intact, 3 acts, ends with ${hash}\n` })
    const first = { ...page, links: links.slice(0, 1) }
    const second = { ...page, previous: links[0]?.hash, links: links.slice(1) }
    expect((await verified(first, second)).code).toBe(0)
  })

  test('names the first place that is broken', async () => {
    const tampered = links.map((link, index) => (index === 1 ? { ...link, entry: '{}' } : link))
    const { code, out } = await verified({ ...page, links: tampered })
    expect([code, out]).toEqual([1, expect.stringContaining('BROKEN at entry 2')])
  })

  test('tells a chain whose end was cut', async () => {
    const { code, out } = await verified({ ...page, links: links.slice(0, 2) })
    expect([code, out]).toEqual([1, expect.stringContaining('BROKEN at entry 3')])
  })

  test.each(['{}', 'null', '[]'])('refuses %s as a page', async (content) => {
    expect((await verified(content)).code).toBe(2)
  })
})
