/** A sound log is found sound, and each kind of damage is found and named: no bit of any object can flip unseen. */

import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { checkLog } from '../../src/transparency/fsck.ts'
import { MadeLog, madeEntry, madeKey, madeLog } from './made-log.ts'

const check = (log: MadeLog) => checkLog(log.read, log.trust)
const names = async (log: MadeLog) => (await check(log)).faults.map(({ fault, path }) => `${fault} ${path}`)

describe('checkLog', () => {
  // 66,000 leaves have 258 tiles of level 0, 2 of level 1 (one of two hashes), 1 of level 2.
  test.each([
    [0, 0],
    [1, 1],
    [255, 1],
    [256, 2],
    [257, 3],
    [700, 4],
    [66_000, 261],
  ])('finds a log of %i leaves sound, and reads its %i tiles', async (size, tiles) => {
    const report = await check(madeLog(size))
    expect(report.faults).toEqual([])
    expect([report.checkpoint?.size, report.tiles]).toEqual([size, tiles])
    expect(report.entries).toEqual(size === 0 ? {} : { credential: size })
  })

  test('finds a flipped bit in any object of the log', async () => {
    const log = madeLog(600)
    const current = [...log.objects.keys()]
    expect(current).toHaveLength(3 + 3 + 1 + 1)
    for (const path of current) {
      const good = log.objects.get(path) as Uint8Array
      for (const at of [0, Math.floor(good.length / 2), good.length - 1]) {
        for (const bit of [0, 3, 7]) {
          const bad = Uint8Array.from(good)
          bad[at] = (bad[at] as number) ^ (1 << bit)
          log.objects.set(path, bad)
          const { faults } = await check(log)
          expect(faults.length, `${path} byte ${at} bit ${bit}`).toBeGreaterThan(0)
        }
      }
      log.objects.set(path, good)
    }
    expect((await check(log)).faults).toEqual([])
  }, 120_000)

  test('finds any missing object, and goes on past it', async () => {
    const log = madeLog(600)
    for (const path of [...log.objects.keys()]) {
      const good = log.objects.get(path) as Uint8Array
      log.objects.delete(path)
      expect(await names(log)).toEqual([`missing-or-malformed ${path}`])
      log.objects.set(path, good)
    }
  })

  test('takes the full tile where the partial one is gone', async () => {
    const log = madeLog(300)
    const old = log.checkpoint
    log.grow(Array.from({ length: 300 }, (_, at) => madeEntry(300 + at)))
    log.objects.set('checkpoint', encodeUtf8(old))
    for (const path of log.objects.keys()) if (path.includes('.p/44')) log.objects.delete(path)
    expect(await names(log)).toEqual([])
  })

  test('tells altered leaves from altered tiles', async () => {
    const log = madeLog(300)
    const other = madeLog(300, madeKey(), 'x')
    log.objects.set('tile/0/000', other.objects.get('tile/0/000') as Uint8Array)
    expect(await names(log)).toEqual(['tile-differs tile/0/000'])
    log.objects.set('tile/entries/000', other.objects.get('tile/entries/000') as Uint8Array)
    expect(await names(log)).toEqual(['tile-differs tile/1/000.p/1', 'root-differs checkpoint'])
  })

  test.each([
    ['no JSON', 'hello'],
    ['another spelling', madeEntry(1).replace('{', '{ ')],
    ['a member twice', madeEntry(1).replace('{', '{"at":"2026-11-26T08:00:00Z",')],
    ['a member that no entry has', madeEntry(1).replace('{', '{"aa":1,')],
    ['a type that no log has', madeEntry(1).replace('"type":"credential"', '"type":"gossip"')],
    ['another version', madeEntry(1).replace('"schemaVersion":"1"', '"schemaVersion":"2"')],
  ])('names a leaf that is %s', async (_, body) => {
    const log = new MadeLog()
    log.grow([madeEntry(0), body])
    const { faults } = await check(log)
    expect(faults).toEqual([{ fault: 'not-an-entry', path: 'tile/entries/000.p/2', leafIndex: 1 }])
  })

  test('believes no checkpoint but one of the keys that are trusted', async () => {
    const log = madeLog(3)
    const under = (keys: (typeof log.trust)['keys']) => checkLog(log.read, { ...log.trust, keys })
    expect((await under([madeKey().key])).faults).toEqual([{ fault: 'unknown-key', path: 'checkpoint' }])
    expect((await under([madeKey('other.test/log').key])).faults[0]?.fault).toBe('wrong-origin')
    log.objects.set('checkpoint', encodeUtf8(log.checkpoint.replace('\n3\n', '\n2\n')))
    expect((await under(log.trust.keys)).faults[0]?.fault).toBe('bad-signature')
  })

  test('lists a hundred faults and counts the others', async () => {
    const log = new MadeLog()
    log.grow(Array.from({ length: 300 }, () => 'nothing'))
    const { faults, moreFaults } = await check(log)
    expect([faults.length, moreFaults]).toEqual([100, 200])
  })

  test('holds no more under way than it is told', async () => {
    const log = madeLog(5000)
    let [now, most] = [0, 0]
    const slow = async (path: string) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, 1))
      now -= 1
      return log.read(path)
    }
    expect((await checkLog(slow, log.trust, { atOnce: 4 })).faults).toEqual([])
    // Each bundle comes with its tile.
    expect(most).toBeLessThanOrEqual(8)
  })
})
