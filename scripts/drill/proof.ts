/** What shows that there is something to lose, and that what came back is what was lost: for anyone, over HTTP. */

import { logAt, trustFor } from '../../src/cli/log-source.ts'
import { verifyCredential } from '../../src/credential/verify.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { logKey, logVerifierKeysKey } from '../../src/ports/objects.ts'
import { checkLog, type LogTrust } from '../../src/transparency/fsck.ts'
import { lookAtLog } from '../../src/transparency/monitor.ts'
import type { ReadObject } from '../../src/transparency/reader.ts'
import { readReceipt } from '../../src/transparency/receipt.ts'
import { strangersMeans } from '../demo/means.ts'
import { moveBeforeAll } from '../demo/standing.ts'
import type { IssuedCredential } from '../demo/verification.ts'
import { type Objects, owed, under } from './bucket.ts'
import { bitsSet, entriesTold, factsRecorded, type Lived, type Verdict } from './history.ts'

/** Refuses a bucket from which status, facts or a grown log could be lost without being missed. */
export function requireSomethingToLose(objects: Objects): void {
  const bits = under(objects, 'status/').map(setBits)
  requireSame(
    'set bits of the status lists',
    bits.sort((a, b) => a - b),
    bitsSet,
  )
  requireSame('facts', under(objects, 'accreditations/').length, factsRecorded)
  const receipts = [...objects].filter(([key]) => key.endsWith('.tlog-proof'))
  const checkpoints = new Set(receipts.map(([, bytes]) => readReceipt(decodeUtf8(bytes))?.checkpoint))
  requireSame('checkpoints in receipts', checkpoints.size, entriesTold.credential)
  if (owed(objects).size === objects.size) throw new Error('no tile has grown')
}

function setBits(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count += 1
  return count
}

/** What anyone is told without proof: each document with its moves, the body's list, its facts. */
export async function publicAnswers(url: string, { credentials, body }: Lived): Promise<readonly string[]> {
  const ids = Object.values(credentials).map(({ id }) => id)
  const paths = [
    ...ids.map((id) => `/v1/public/credentials/${id}`),
    `/v1/public/credentials?body=${body.slug}&development=true`,
    `/v1/organizations/${body.id}/accreditations`,
  ]
  return Promise.all(paths.map(async (path) => `${path}: ${await textAt(`${url}${path}`)}`))
}

/** Verifies every document as a stranger does, and finds it to be what was decided of it. */
export async function requireVerdicts({ credentials }: Lived): Promise<void> {
  for (const [verdict, credential] of Object.entries(credentials)) {
    await requireVerdict(verdict as Verdict, credential)
  }
}

async function requireVerdict(
  verdict: Verdict,
  { number, url, jwt: issued }: IssuedCredential,
): Promise<void> {
  const jwt = await textAt(`${url}.jwt`)
  requireSame(`the document ${number}`, jwt, issued)
  const { verified, checks } = await verifyCredential(jwt, await strangersMeans(jwt))
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  const status = checks.find(({ name }) => name === 'status')?.facts.status
  const expected = verdict === 'valid' ? [true, verdict, []] : [false, verdict, ['status']]
  requireSame(`the verdict on ${number}`, [verified, status, failed], expected)
}

/** Checks the whole log that is served, under the keys of before. @returns how many leaves and tiles it has. */
export async function requireSoundLog(
  url: string,
  before: Objects,
): Promise<{ readonly leaves: number; readonly tiles: number }> {
  const read = logAt(`${url}/log`)
  const { checkpoint, faults, entries, tiles } = await checkLog(read, await trustOf(read, before))
  requireSame('faults of the log', faults, [])
  for (const [type, count] of Object.entries(entriesTold)) {
    requireSame(`log entries of ${type}`, entries[type], count)
  }
  return { leaves: checkpoint?.size ?? 0, tiles }
}

/** The restored system takes a move, and whoever watched the log before sees it grow by that. @returns the new leaf. */
export async function requireGoingOn(lived: Lived, before: Objects): Promise<number> {
  const { api, story } = lived.registrar
  const { leafIndex } = await moveBeforeAll(api, story, lived.body.decider, lived.credentials.suspended, {
    move: 'reinstate',
    reason: 'resolved',
    note: 'Part of the drill.',
  })
  const read = logAt(`${api.url}/log`)
  const seen = decodeUtf8(before.get(logKey('checkpoint')) ?? new Uint8Array())
  const sights: unknown[] = []
  for await (const sight of lookAtLog(read, seen, await trustOf(read, before))) {
    if ('alarm' in sight) sights.push(sight)
    else sights.push('entry' in sight ? [sight.leafIndex, sight.entry.type] : { grownBy: sight.grownBy })
  }
  const expected = [[leafIndex, 'credential-status'], { grownBy: 1 }]
  requireSame('what whoever watches the log sees', sights, expected)
  return leafIndex
}

function trustOf(read: ReadObject, before: Objects): Promise<LogTrust> {
  const keys = decodeUtf8(before.get(logVerifierKeysKey) ?? new Uint8Array())
  return trustFor(
    read,
    keys.split('\n').filter((line) => line !== ''),
  )
}

async function textAt(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'error' })
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`)
  return answer.text()
}

/** @throws Error where two values differ, told as JSON. */
export function requireSame(what: string, found: unknown, expected: unknown): void {
  const [is, shouldBe] = [JSON.stringify(found), JSON.stringify(expected)]
  if (is !== shouldBe) throw new Error(`${what}: ${is} where ${shouldBe} was expected`)
}
