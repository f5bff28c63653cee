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
import { sealDigest, sealLeaf, sealProof } from '../../src/transparency/trail-seal.ts'

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
    const out = `${chain}: intact, 3 acts, ends with ${hash}; not sealed yet\n`
    expect(await verified(page)).toEqual({ code: 0, out })
    const first = { ...page, links: links.slice(0, 1) }
    const second = { ...page, previous: links[0]?.hash, links: links.slice(1) }
    expect((await verified(first, second)).code).toBe(0)
  })

  test('names the first place that is broken', async () => {
    const tampered = links.map((link, index) => (index === 1 ? { ...link, entry: '{}' } : link))
    const { code, out } = await verified({ ...page, links: tampered })
    expect([code, out]).toEqual([1, expect.stringContaining('BROKEN at entry 2')])
  })

  test('tells a chain that is another than when it was sealed, and a proof that does not hold', async () => {
    const salted = { chain, length: 2, hash: links[1]?.hash ?? '', salt: 'ab'.repeat(16) }
    const leaves = [sealLeaf(salted), 'ee'.repeat(32)].toSorted()
    const place = leaves.indexOf(sealLeaf(salted))
    const { chain: _, ...head } = salted
    const digest = sealDigest(leaves)
    const seal = {
      ...{ ...head, at: '2026-11-27T00:00:00.000Z', leafIndex: 41, digest, place, size: 2 },
      proof: sealProof(leaves, place),
    }
    const sealed = await verified({ ...page, seal })
    expect([sealed.code, sealed.out]).toEqual([
      0,
      `${chain}: intact, 3 acts, ends with ${hash}\n  sealed as of act 2: leaf 41 of the log is of type "trail" and says ${digest}\n`,
    ])
    for (const changes of [
      { hash: links[0]?.hash },
      { length: 3 },
      { salt: 'ba'.repeat(16) },
      { place: 1 - place },
      { proof: [] },
      { digest: `sha256:${'0'.repeat(64)}` },
    ]) {
      const { code, out } = await verified({ ...page, seal: { ...seal, ...changes } })
      expect([code, out], JSON.stringify(changes)).toEqual([1, expect.stringContaining('when it was sealed')])
    }
  })

  test('holds a chain against a page that was kept, which a cut with its older seal does not survive', async () => {
    const cut = { ...page, length: 2, hash: links[1]?.hash, links: links.slice(0, 2) }
    expect((await verified(cut)).code).toBe(0)
    const against = async (now: unknown, kept: unknown) => {
      const [older, newer] = [join(folder, 'kept.json'), join(folder, 'now.json')]
      writeFileSync(older, JSON.stringify(kept))
      writeFileSync(newer, JSON.stringify(now))
      const args = ['src/cli/main.ts', 'trail', 'verify', newer, '--against', older]
      return promisify(execFile)(process.execPath, args).then(
        ({ stdout }) => [0, stdout],
        ({ code, stdout }) => [code, stdout],
      )
    }
    expect((await against(page, cut))[0]).toBe(0)
    expect(await against(cut, page)).toEqual([1, expect.stringContaining('the one that was kept')])
    expect(await against(page, { ...page, chain: 'engagement:another' })).toEqual([1, expect.anything()])
  })

  test('tells a chain whose end was cut', async () => {
    const { code, out } = await verified({ ...page, links: links.slice(0, 2) })
    expect([code, out]).toEqual([1, expect.stringContaining('BROKEN at entry 3')])
  })

  test.each(['{}', 'null', '[]'])('refuses %s as a page', async (content) => {
    expect((await verified(content)).code).toBe(2)
  })
})
