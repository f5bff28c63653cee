/** A monitor sees a log grow, and cries out by name at every other thing that a log can do. */

import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { lookAtLog, type Sight } from '../../src/transparency/monitor.ts'
import { MadeLog, madeEntry, madeKey, madeLog } from './made-log.ts'

async function look(log: MadeLog, seen: string | null) {
  const sights: Sight[] = []
  for await (const sight of lookAtLog(log.read, seen, log.trust)) sights.push(sight)
  return {
    entries: sights.flatMap((sight) => ('entry' in sight ? [sight.leafIndex] : [])),
    alarms: sights.flatMap((sight) => ('alarm' in sight ? [sight.alarm] : [])),
    seen: sights.flatMap((sight) => ('seen' in sight ? [sight.seen] : []))[0] ?? null,
  }
}

const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => madeEntry(from + at))
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

describe('a monitor', () => {
  test.each([
    [1, 2],
    [5, 300],
    [256, 257],
    [255, 256],
    [300, 66_000],
    [65_536, 65_537],
  ])('sees a log of %i grow to %i, each new entry once and in order', async (before, after) => {
    const log = madeLog(before)
    const first = await look(log, null)
    expect(first).toEqual({ entries: count(0, before), alarms: [], seen: log.checkpoint })
    log.grow(entries(before, after))
    expect(await look(log, first.seen)).toEqual({
      entries: count(before, after),
      alarms: [],
      seen: log.checkpoint,
    })
    expect((await look(log, log.checkpoint)).entries).toEqual([])
  })

  test('begins with an empty log', async () => {
    const log = madeLog(0)
    const { seen, alarms } = await look(log, null)
    expect(alarms).toEqual([])
    log.grow(entries(0, 3))
    expect((await look(log, seen)).entries).toEqual([0, 1, 2])
  })

  test('cries rollback when the log is smaller than it was', async () => {
    const signer = madeKey()
    const { checkpoint } = madeLog(300, signer)
    expect(await look(madeLog(299, signer), checkpoint)).toEqual({
      entries: [],
      alarms: ['rollback'],
      seen: null,
    })
  })

  test('cries equivocation at another root of the same size, fork at a history that did not grow out of its own', async () => {
    const signer = madeKey()
    const { checkpoint } = madeLog(300, signer)
    expect((await look(madeLog(300, signer, 'x'), checkpoint)).alarms).toEqual(['equivocation'])
    expect((await look(madeLog(301, signer, 'x'), checkpoint)).alarms).toEqual(['fork'])
    const last = new MadeLog(signer)
    last.grow([...entries(0, 299), madeEntry(7, 'x'), madeEntry(8)])
    expect((await look(last, checkpoint)).alarms).toEqual(['fork'])
  })

  test('cries out at another log, another key, a bad signature, no checkpoint', async () => {
    const log = madeLog(3)
    const other = madeLog(3, madeKey('other.test/log'))
    expect((await look(other, log.checkpoint)).alarms).toEqual(['other-log'])
    const good = log.objects.get('checkpoint') as Uint8Array
    log.objects.set('checkpoint', madeLog(4).objects.get('checkpoint') as Uint8Array)
    expect((await look(log, null)).alarms).toEqual(['unknown-key'])
    log.objects.set('checkpoint', encodeUtf8(new TextDecoder().decode(good).replace('\n3\n', '\n4\n')))
    expect((await look(log, null)).alarms).toEqual(['bad-signature'])
    log.objects.set('checkpoint', encodeUtf8('<html>'))
    expect((await look(log, null)).alarms).toEqual(['malformed'])
    log.objects.delete('checkpoint')
    expect((await look(log, null)).alarms).toEqual(['missing-or-malformed'])
  })

  test('tells no entry that the checkpoint does not cover, and does not go on past it', async () => {
    const log = madeLog(300)
    const forged = madeLog(300, madeKey(), 'x')
    log.objects.set('tile/entries/000', forged.objects.get('tile/entries/000') as Uint8Array)
    const { entries: told, alarms, seen } = await look(log, null)
    expect(alarms).toEqual(['not-under-the-root'])
    expect(told).toEqual(count(256, 300))
    expect(seen).toBeNull()
    log.objects.delete('tile/entries/000')
    expect((await look(log, null)).alarms).toEqual(['missing-or-malformed'])
  })

  test('ends the look at a log that shows nothing of all it says it holds', async () => {
    const log = madeLog(30_000)
    const asked: string[] = []
    const read = async (path: string) => {
      asked.push(path)
      return path === 'checkpoint' ? log.read(path) : null
    }
    const alarms: string[] = []
    for await (const sight of lookAtLog(read, null, log.trust)) {
      if ('alarm' in sight) alarms.push(sight.alarm)
    }
    // Of 118 bundles; eight are under way at once.
    expect(alarms).toEqual(Array.from({ length: 100 }, () => 'missing-or-malformed'))
    expect(asked.length).toBeLessThanOrEqual(1 + 100 + 8)
  })

  test('cries out once at an entry that cannot be read, and goes on', async () => {
    const log = new MadeLog()
    log.grow([madeEntry(0), '{}', madeEntry(2)])
    const { entries: told, alarms, seen } = await look(log, null)
    expect([told, alarms]).toEqual([[0, 2], ['unreadable-entry']])
    log.grow([madeEntry(3)])
    expect(await look(log, seen)).toMatchObject({ entries: [3], alarms: [] })
  })

  test('refuses a memory that is no checkpoint, instead of beginning anew', async () => {
    await expect(look(madeLog(1), '')).rejects.toThrow(RangeError)
  })
})
