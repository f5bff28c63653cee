/** After a log key was compromised: receipts are made anew, and nothing else of a document changes. */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCredential } from '../../src/actions/credentials/issue-credential.ts'
import { compromiseKey } from '../../src/actions/keys/change-keys.ts'
import { renewReceipts } from '../../src/actions/log/renew-receipts.ts'
import { sweepLog } from '../../src/actions/log/sweep-log.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { credentialKey, logVerifierKeysKey, receiptKey } from '../../src/ports/objects.ts'
import { verifierKeysIn, webCryptoEd25519 } from '../../src/transparency/note.ts'
import { verifyReceipt } from '../../src/transparency/receipt.ts'
import { installationActor } from '../harness/installation-actor.ts'
import { decider, engagementIds, type IssuingSystem, startIssuingSystem } from './issuing-system.ts'

let system: IssuingSystem
beforeAll(async () => {
  system = await startIssuingSystem()
  await system.reset()
}, 120_000)
afterAll(() => system.stop())

const textOf = async (key: string) => decodeUtf8((await system.store.get('public', key)) ?? new Uint8Array())

/** What the public receipt shows under the keys that are public now: a leaf index, or why nothing. */
async function shown({ id, leafIndex }: { id: string; leafIndex: number }): Promise<unknown> {
  const [leaf] = await system.begin().log.leaves(leafIndex, 1)
  const found = await verifyReceipt({
    receipt: await textOf(receiptKey(id)),
    entry: leaf?.body ?? '',
    logs: verifierKeysIn(await textOf(logVerifierKeysKey)),
    verify: webCryptoEd25519(crypto.subtle),
  })
  return 'fault' in found ? found.fault : found.index
}

test('receipts that only a compromised key signed are made anew, and no others', async () => {
  const issuing = { actor: decider, mark: { idempotencyKey: 'issue', digest: 'issue' } }
  const issued = await issueCredential(system.begin('issue'), {
    ...issuing,
    engagementId: engagementIds.certificate,
  })
  const document = await textOf(credentialKey(issued.id))
  expect(await shown(issued)).toBe(issued.leafIndex)
  expect(await renewReceipts(system.begin())).toEqual({ receipts: 1, renewed: 0 })

  system.at(100)
  const ports = system.begin('compromise')
  const since = new Date(ports.world.now().getTime() - 1000)
  await compromiseKey(ports, installationActor, { own: 'log' }, { kid: 'key-2026-1', since })
  expect(await shown(issued)).toBe('unknown-key')

  // The write is confirmed and lost: the row has it, and the sweep writes it.
  system.store.losesWrites = (name) => name.endsWith('.tlog-proof')
  expect(await renewReceipts(system.begin())).toEqual({ receipts: 1, renewed: 1 })
  expect(await shown(issued)).toBe('unknown-key')
  system.store.losesWrites = () => false
  await sweepLog(system.begin())
  expect(await shown(issued)).toBe(issued.leafIndex)
  expect(await textOf(credentialKey(issued.id))).toBe(document)
  expect(await renewReceipts(system.begin())).toEqual({ receipts: 1, renewed: 0 })
})

test('the database lets no receipt go, and none be replaced unlooked at', async () => {
  for (const change of [sql`receipt = null`, sql`receipt = 'x', confirmed_at = now()`]) {
    await expect(system.db.execute(sql`update credentials set ${change}`)).rejects.toMatchObject({
      cause: { constraint: 'credentials_public' },
    })
  }
})
