/**
 * Nothing lost, nothing doubled: issuing and moving with a kill before and after every single write, and a store that loses, delays or
 * hides any one of them. Whatever happens, the public state ends as if nothing had, byte for byte.
 *
 * PostgreSQL tries every point, the embedded database every seventh. `EGRET_FAULTS=long` tries every point on either, and kills whoever
 * asks again too.
 */

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCredential } from '../../src/actions/credentials/issue-credential.ts'
import { sweepLog } from '../../src/actions/log/sweep-log.ts'
import { openLists } from '../../src/actions/status/draw-places.ts'
import { moveCredential } from '../../src/actions/status/move-credential.ts'
import { sweepLists } from '../../src/actions/status/sweep-lists.ts'
import { credentials } from '../../src/db/schema/credentials.ts'
import type { Ports } from '../../src/ports.ts'
import { everyKill, type Kill, Process, writesOf } from '../harness/faults.ts'
import { decider, engagementIds, type IssuingSystem, startIssuingSystem } from './issuing-system.ts'

let system: IssuingSystem
beforeAll(async () => {
  system = await startIssuingSystem()
}, 120_000)
afterAll(() => system.stop())

const writes = {
  ...writesOf,
  credentials: ['fix'],
  status: ['addLists', 'move', 'published', 'confirmed'],
} as const

const mark = (key: string) => ({ idempotencyKey: key, digest: key })
const issue = (ports: Ports, engagementId: string) =>
  issueCredential(ports, { actor: decider, mark: mark(`issue ${engagementId}`), engagementId })
const idOf = async (engagementId: string) => {
  const found = await system.db.select().from(credentials).where(eq(credentials.engagementId, engagementId))
  return found[0]?.id ?? ''
}
const moving =
  (move: 'suspend' | 'reinstate' | 'withdraw', reason: 'nonconformity' | 'resolved') =>
  async (ports: Ports) => {
    const credentialId = await idOf(engagementIds.certificate)
    await moveCredential(ports, {
      actor: decider,
      mark: mark(move),
      credentialId,
      move,
      reason,
      note: null,
      caseId: null,
      successorId: null,
    })
  }

/** What people ask for, one after the other, each some seconds later. */
const asks: readonly ((ports: Ports) => Promise<unknown>)[] = [
  // Issuing begins the body's lists itself; apart, so that what it draws does not hang on whether they stood.
  (ports) => openLists(ports, decider.organizationId),
  (ports) => issue(ports, engagementIds.certificate),
  moving('suspend', 'nonconformity'),
  (ports) => issue(ports, engagementIds.statement),
  moving('reinstate', 'resolved'),
  moving('withdraw', 'nonconformity'),
]
const secondsBetween = 100

/** Sweeps as the schedule does, and goes on after a failure as the next minute does. */
async function sweep(): Promise<void> {
  const ports = system.begin()
  await sweepLog(ports).catch(() => {})
  await sweepLists(ports).catch(() => {})
}

/**
 * Everything is asked for by a process that may be killed. Whoever asked gets no answer then and asks again, after the turn of the
 * dead is over where its deed was done; at the end the schedule has had its minutes.
 */
async function run(
  kill: Kill | null,
  again: Kill | null = null,
): Promise<{ readonly writes: number; readonly shown: Shown }> {
  await system.reset()
  const process = new Process(kill)
  for (const [at, ask] of asks.entries()) {
    system.at(at * secondsBetween)
    const before = await deeds()
    const isAlive = !process.isDead
    await ask(isAlive ? process.ports(system.begin(`${at}`), writes) : system.begin(`${at}`)).catch(() => {})
    if (!isAlive || !process.isDead) continue
    if ((await deeds()) > before) system.at(at * secondsBetween + 31)
    await sweep()
    await ask(new Process(again).ports(system.begin(`${at}`), writes)).catch(() => {})
    if (again !== null) system.at(at * secondsBetween + 62)
    await sweep()
    await ask(system.begin(`${at}`))
  }
  return { writes: process.writes, shown: await shownInTheEnd() }
}

/** Acts that are decided. */
async function deeds(): Promise<number> {
  return (await system.begin().log.head()).size
}

type Shown = Readonly<Record<string, string>>

async function shownInTheEnd(): Promise<Shown> {
  for (const minute of [30, 31, 32, 33, 34]) {
    system.at(minute * 60)
    await sweep()
  }
  // All lists are signed anew at one moment, so that their bytes can be compared.
  system.at(3600)
  await sweep()
  await sweep()
  return Object.fromEntries(
    Object.entries(system.store.snapshot()).filter(([name]) => name.startsWith('public/')),
  )
}

const isLong = process.env.EGRET_FAULTS === 'long'
const stride = isLong || process.env.EGRET_DB === 'postgres' ? 1 : 7

describe('a kill', () => {
  test('before or after any write of issuing and moving ends as if nothing had happened', async () => {
    const whole = await run(null)
    expect(Object.keys(whole.shown).filter((name) => /credentials\/.*jwt$/.test(name))).toHaveLength(2)
    expect(Object.keys(whole.shown).filter((name) => name.startsWith('public/status/'))).toHaveLength(2)
    const kills = everyKill(whole.writes).filter((_kill, at) => at % stride === 0)
    for (const kill of kills) {
      const { shown } = await run(kill)
      expect(shown, JSON.stringify(kill)).toEqual(whole.shown)
    }
    console.log(`${kills.length} of ${whole.writes * 2} points at which a process can be killed were tried`)
  }, 900_000)

  test.runIf(isLong)(
    'of whoever asks again too',
    async () => {
      const whole = await run(null)
      for (const kill of everyKill(whole.writes)) {
        for (const again of everyKill(12)) {
          expect((await run(kill, again)).shown, JSON.stringify({ kill, again })).toEqual(whole.shown)
        }
      }
    },
    7_200_000,
  )
})

describe('a store', () => {
  /** Names of what is written in a run, without what differs from write to write. */
  const names = [
    'credentials/.*jwt',
    'credentials/.*tlog-proof',
    'status/',
    'log/checkpoint',
    'log/tile/0',
    'log/tile/entries',
  ]

  test.each(
    names.flatMap((name) => (['loses', 'delays', 'hides'] as const).map((fault) => [fault, name] as const)),
  )(
    'that %s a write of %s ends as if it had not',
    async (fault, name) => {
      const whole = await run(null)
      await system.reset()
      const hits = new RegExp(`^public/${name}`)
      let left = 2
      const once = (asked: string) => hits.test(asked) && left-- > 0
      for (const [at, ask] of asks.entries()) {
        system.at(at * secondsBetween)
        if (fault === 'loses') system.store.losesWrites = once
        if (fault === 'delays') system.store.delaysWrites = once
        if (fault === 'hides') system.store.readsStale = once
        await ask(system.begin(`${at}`))
        system.store.losesWrites = () => false
        system.store.delaysWrites = () => false
        system.store.readsStale = () => false
        // The schedule comes each minute.
        system.at(at * secondsBetween + 60)
        await sweep()
      }
      // What was given up as failed lands now, over what was written since.
      system.store.land()
      expect(await shownInTheEnd()).toEqual(whole.shown)
    },
    120_000,
  )
})

describe('two at once', () => {
  test('never share a place, a number or a leaf', async () => {
    await system.reset()
    // Both draw the same numbers and places; only their ids differ.
    const ports = [system.begin('one'), system.begin('two')]
    await Promise.all([
      issue(ports[0] as Ports, engagementIds.certificate),
      issue(ports[1] as Ports, engagementIds.statement),
    ])
    const issued = await system.db.select().from(credentials)
    expect(new Set(issued.map(({ number }) => number)).size).toBe(2)
    expect(new Set(issued.map(({ leafIndex }) => leafIndex)).size).toBe(2)
    expect(issued.every(({ state }) => state === 'public')).toBe(true)
  })
})
