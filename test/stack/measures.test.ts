/** Measures of what is unfinished, on real rows: each begins when the store goes away, says since when, and ends when it is back. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueCredential } from '../../src/actions/credentials/issue-credential.ts'
import { sweepLog } from '../../src/actions/log/sweep-log.ts'
import { openLists } from '../../src/actions/status/draw-places.ts'
import { moveCredential } from '../../src/actions/status/move-credential.ts'
import { sweepLists } from '../../src/actions/status/sweep-lists.ts'
import { measureRepository } from '../../src/db/measures.ts'
import { logWitnesses } from '../../src/db/schema/log.ts'
import type { Measured } from '../../src/ports/measures.ts'
import { decider, engagementIds, type IssuingSystem, startIssuingSystem } from './issuing-system.ts'

let system: IssuingSystem
beforeAll(async () => {
  system = await startIssuingSystem()
}, 120_000)
beforeEach(async () => {
  await system.reset()
  await openLists(system.begin('lists'), decider.organizationId)
})
afterAll(() => system.stop())

const nowOf = () => system.begin().world.now()
const measured = (): Promise<Measured> => measureRepository(system.db).read(nowOf())
const mark = (key: string) => ({ idempotencyKey: key, digest: key })

async function issue(): Promise<string> {
  const engagementId = engagementIds.certificate
  const issuing = { actor: decider, mark: mark('issue'), engagementId }
  return (await issueCredential(system.begin('issue'), issuing)).id
}

async function move(credentialId: string, name: 'suspend' | 'withdraw'): Promise<void> {
  const moving = {
    actor: decider,
    mark: mark(name),
    credentialId,
    move: name,
    note: null,
    caseId: null,
    successorId: null,
  } as const
  await moveCredential(system.begin(name), { ...moving, reason: 'nonconformity' })
}

/** The same, where its status list cannot be written. */
async function moveUnseen(credentialId: string, name: 'suspend' | 'withdraw'): Promise<void> {
  system.store.delaysWrites = (key) => key.startsWith('public/status/')
  await move(credentialId, name)
  system.store.delaysWrites = () => false
}

async function sweep(): Promise<void> {
  await sweepLog(system.begin())
  await sweepLists(system.begin())
}

describe('measures', () => {
  test('say since when a document and its entry wait for the store, until they are public', async () => {
    const before = await measured()
    expect(before).toMatchObject({ credentialsPending: 0, oldestPendingCredentialAt: null })
    system.at(100)
    const issuedAt = nowOf()
    system.store.delaysWrites = (name) => name.startsWith('public/log/')
    await issue()
    system.store.delaysWrites = () => false
    system.at(400)
    expect(await measured()).toMatchObject({
      logSize: before.logSize + 1,
      logPublishedSize: before.logPublishedSize,
      oldestUnpublishedEntryAt: issuedAt,
      credentialsPublic: 0,
      credentialsPending: 1,
      oldestPendingCredentialAt: issuedAt,
      credentialsUnconfirmed: 1,
    })
    await sweep()
    expect(await measured()).toMatchObject({
      logPublishedSize: before.logSize + 1,
      oldestUnpublishedEntryAt: null,
      credentialsPublic: 1,
      credentialsPending: 0,
      oldestPendingCredentialAt: null,
    })
  })

  test('say since when a suspension is not public, and how old the oldest list is', async () => {
    const credentialId = await issue()
    const signedAt = nowOf()
    expect(await measured()).toMatchObject({
      statusLists: 2,
      statusListsBehind: 0,
      oldestStatusListAt: signedAt,
    })
    system.at(100)
    const movedAt = nowOf()
    await moveUnseen(credentialId, 'suspend')
    system.at(200)
    expect(await measured()).toMatchObject({ statusListsBehind: 1, oldestUnpublishedMoveAt: movedAt })
    await sweep()
    expect(await measured()).toMatchObject({ statusListsBehind: 0, oldestUnpublishedMoveAt: null })
  })

  test('count for each list the moves of its purpose', async () => {
    const credentialId = await issue()
    system.at(100)
    const suspendedAt = nowOf()
    await moveUnseen(credentialId, 'suspend')
    system.at(400)
    await moveUnseen(credentialId, 'withdraw')
    expect(await measured()).toMatchObject({ statusListsBehind: 2, oldestUnpublishedMoveAt: suspendedAt })
  })

  test('count a move that was made while its list was being signed without it', async () => {
    const credentialId = await issue()
    system.at(100)
    const movedAt = nowOf()
    await moveUnseen(credentialId, 'suspend')
    system.at(102)
    const { status } = system.begin()
    for (const { id, publishedVersion } of await status.listsOf(credentialId)) {
      await status.published(id, publishedVersion, nowOf(), new Date(nowOf().getTime() + 900_000))
    }
    expect(await measured()).toMatchObject({
      statusListsBehind: 1,
      oldestStatusListAt: nowOf(),
      oldestUnpublishedMoveAt: movedAt,
    })
  })

  test('count a list that was never signed from when it was made', async () => {
    expect(await measured()).toMatchObject({ statusLists: 2, oldestStatusListAt: nowOf() })
  })

  test('say since when a witness owes its word: from the first entry that it has not cosigned, however long it was idle before', async () => {
    const { logPublishedSize } = await measured()
    const witness = { name: 'witness.example', size: logPublishedSize, cosignedAt: nowOf() }
    await system.db.insert(logWitnesses).values(witness)
    system.at(7200)
    expect((await measured()).witnesses).toEqual([{ name: 'witness.example', owesSince: null }])
    const issuedAt = nowOf()
    await issue()
    system.at(7300)
    expect((await measured()).witnesses).toEqual([{ name: 'witness.example', owesSince: issuedAt }])
    await system.db.delete(logWitnesses)
  })
})
