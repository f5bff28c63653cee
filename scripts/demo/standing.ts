/**
 * What becomes of an issued document: its body moves it, and anyone learns of it at once: by its number, by the verifier, and by
 * the entry in the transparency log.
 */

import { setTimeout as wait } from 'node:timers/promises'
import {
  type CredentialMove,
  credentialTransitions,
  type ReasonClass,
} from '../../src/certification/credential-status.ts'
import { logAt, trustFor } from '../../src/cli/log-source.ts'
import type { CheckName } from '../../src/credential/verdict.ts'
import type { Verification } from '../../src/credential/verify.ts'
import { type CheckpointNote, verifyCheckpoint } from '../../src/transparency/checkpoint.ts'
import { type LogEntry, readEntry } from '../../src/transparency/entries.ts'
import { provenBundle, type ReadObject } from '../../src/transparency/reader.ts'
import { tileWidth } from '../../src/transparency/tiles.ts'
import { type Api, StepFailed } from './api.ts'
import type { Member } from './parties.ts'
import type { Story } from './story.ts'
import { tellChecks } from './stranger.ts'
import type { IssuedCredential } from './verification.ts'

/** What a decision maker asks for. */
export interface MoveAsked {
  readonly move: CredentialMove
  readonly reason: ReasonClass
  /** For body and holder; never public. */
  readonly note: string
}

/** A move, and what the public made of it. */
export interface MoveReport {
  readonly credentialId: string
  readonly number: string
  readonly move: CredentialMove
  readonly reason: ReasonClass
  readonly leafIndex: number
  /** As anyone is told who looks the number up. */
  readonly lookedUp: { readonly status: string; readonly statusAt: string; readonly reason: string }
  /** As POST /v1/verifications answers. */
  readonly verified: boolean
  readonly headline: string
  readonly failed: readonly CheckName[]
  /** What the log tells of it, proven under a signed checkpoint of that size. */
  readonly logged: { readonly entry: LogEntry; readonly size: number }
}

/** Moves the document, and then hears what anyone is told of it. @throws StepFailed where that is something else. */
export async function moveBeforeAll(
  api: Api,
  story: Story,
  decider: Member,
  credential: IssuedCredential,
  asked: MoveAsked,
): Promise<MoveReport> {
  const { id: credentialId, number } = credential
  const { leafIndex } = await moveCredential(story, decider, credential, asked)
  const { to } = credentialTransitions[asked.move]
  const lookedUp = await lookUp(api, story, number)
  if (lookedUp.status !== to)
    throw new StepFailed(`${number} is ${to}, and is looked up as ${lookedUp.status}.`)
  const verdict = await askAgain(api, story, credential)
  if (verdict.verified !== (to === 'active'))
    throw new StepFailed(`${number} is ${to}, and the verdict is: ${verdict.headline}`)
  const logged = await readMove(api, story, credential, leafIndex)
  return {
    credentialId,
    number,
    move: asked.move,
    reason: asked.reason,
    leafIndex,
    lookedUp,
    ...verdict,
    logged,
  }
}

const does: Readonly<Record<CredentialMove, string>> = {
  suspend: 'suspends',
  reinstate: 'reinstates',
  withdraw: 'withdraws',
  cancel: 'cancels',
  supersede: 'supersedes',
}

/** The personal act of a decision maker. @returns the move's place in the log. */
export async function moveCredential(
  story: Story,
  { caller, name }: Member,
  { id, number }: IssuedCredential,
  asked: MoveAsked,
): Promise<{ readonly leafIndex: number }> {
  story.step(name, `${does[asked.move]} ${number}: ${asked.reason}.`)
  const { body } = await caller.call<{ leafIndex: number }>('POST', `/v1/credentials/${id}/moves`, {
    body: asked,
    expect: { status: 201 },
  })
  return body
}

async function lookUp(api: Api, story: Story, number: string): Promise<MoveReport['lookedUp']> {
  story.step('Anyone', 'looks the number up.')
  const path = `/v1/public/credentials?number=${number}`
  const { body } = await api.anyone.call<{ credentials: readonly MoveReport['lookedUp'][] }>('GET', path, {
    expect: { status: 200 },
  })
  const [found] = body.credentials
  if (!found) throw new StepFailed(`${number} is not found.`)
  const { status, statusAt, reason } = found
  story.remark(`${number} is ${status} since ${statusAt}: ${reason}.`)
  return { status, statusAt, reason }
}

async function askAgain(
  api: Api,
  story: Story,
  { jwt }: IssuedCredential,
): Promise<Pick<MoveReport, 'verified' | 'headline' | 'failed'>> {
  story.step(
    'The stranger',
    'asks again about the document that was verified before; not a byte of it is other.',
  )
  const { body } = await api.anyone.call<Verification>('POST', '/v1/verifications', {
    body: { credential: jwt },
    expect: { status: 200 },
  })
  tellChecks(story, body)
  const failed = body.checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  return { verified: body.verified, headline: body.headline.en, failed }
}

async function readMove(
  { url }: Api,
  story: Story,
  { number, digest }: IssuedCredential,
  leafIndex: number,
): Promise<MoveReport['logged']> {
  story.step('The stranger', `reads leaf ${leafIndex} of the log, and proves it under the signed checkpoint.`)
  const read = logAt(`${url}/log`)
  const checkpoint = await checkpointOver(read, leafIndex)
  const leaves = await provenBundle(read, Math.floor(leafIndex / tileWidth), checkpoint)
  if (typeof leaves === 'string') throw new StepFailed(`Leaf ${leafIndex} of the log is ${leaves}.`)
  const entry = readEntry(leaves[leafIndex % tileWidth] ?? new Uint8Array())
  if (entry?.type !== 'credential-status' || entry.digest !== digest)
    throw new StepFailed(`Leaf ${leafIndex} of the log tells of something else than ${number}.`)
  story.remark(
    `Leaf ${leafIndex} of ${checkpoint.size}: ${entry.move}, ${entry.reason}, ${entry.effectiveAt}.`,
  )
  return { entry, size: checkpoint.size }
}

/** A checkpoint may be kept for seconds; the sweep publishes within the minute where the request could not. */
const checkpointSeconds = 75

/** A signed checkpoint of a log that has the leaf. */
async function checkpointOver(read: ReadObject, leafIndex: number): Promise<CheckpointNote> {
  const { keys, verify } = await trustFor(read, [])
  const until = Date.now() + checkpointSeconds * 1000
  for (;;) {
    const found = await verifyCheckpoint((await read('checkpoint')) ?? '', keys, verify)
    if ('fault' in found) throw new StepFailed(`The log's checkpoint is not believed: ${found.fault}.`)
    if (found.checkpoint.size > leafIndex) return found.checkpoint
    if (Date.now() > until) throw new StepFailed(`The log does not reach leaf ${leafIndex}.`)
    await wait(250)
  }
}
