/**
 * Makes receipts anew that nobody believes any more: those that only a compromised log key signed. The tree is the same, so each
 * document is proven at its place under a checkpoint of a key that is believed. May be interrupted, and run at any time.
 */

import { encodeUtf8 } from '../../json/encoding.ts'
import { logKey } from '../../ports/objects.ts'
import type { PublicCredential } from '../../ports/public-rows.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { readCheckpoint } from '../../transparency/checkpoint.ts'
import { leafHash, verifyInclusion } from '../../transparency/merkle.ts'
import { inclusionFromTiles, type ReadObject, remembering } from '../../transparency/reader.ts'
import { formatReceipt, readReceipt } from '../../transparency/receipt.ts'
import { inGroups } from './in-groups.ts'
import { putObject, receiptObject } from './log-objects.ts'
import { publicCredentialPages } from './public-credential-pages.ts'
import { publishLog } from './publish-log.ts'
import type { LogPublisher } from './publish-turn.ts'

type Renewing = LogPublisher & Pick<Ports, 'publicRows'>

/** What was looked at, and how many were made anew. */
export interface RenewedReceipts {
  readonly receipts: number
  readonly renewed: number
}

/** @throws Problem `log-inconsistent` where tiles and checkpoint do not show a document; `unavailable` before there is a checkpoint. */
export async function renewReceipts(ports: Renewing): Promise<RenewedReceipts> {
  await publishLog(ports)
  const prove = await proving(ports)
  const found = { receipts: 0, renewed: 0 }
  for await (const credentials of publicCredentialPages(ports)) {
    await inGroups(credentials, async (credential) => {
      found.receipts += 1
      if (!(await isBelieved(ports, credential.receipt)))
        found.renewed += await renew(ports, credential, prove)
    })
  }
  return found
}

async function isBelieved({ logSigner }: Renewing, text: string): Promise<boolean> {
  const receipt = readReceipt(text)
  return receipt !== undefined && (await logSigner.isBelieved(receipt.checkpoint))
}

type Prove = (leafIndex: number) => Promise<string>

/** Under the published checkpoint, out of the tiles that everyone reads. */
async function proving(ports: Renewing): Promise<Prove> {
  const { checkpoint } = await ports.log.head()
  const tree = checkpoint === null ? undefined : readCheckpoint(checkpoint)
  if (checkpoint === null || tree === undefined || !(await ports.logSigner.isBelieved(checkpoint))) {
    throw new Problem('unavailable', 'No checkpoint of a key that is believed is published yet; try again.')
  }
  const read: ReadObject = remembering((path) => ports.objects.get('public', logKey(path)))
  return async (index) => {
    const [leaf] = await ports.log.leaves(index, 1)
    const proof = await inclusionFromTiles(read, index, tree.size)
    const hash = leafHash(encodeUtf8(leaf?.body ?? ''))
    if (proof === null || !verifyInclusion({ index, size: tree.size, leaf: hash, root: tree.root }, proof)) {
      const detail = 'The published tiles do not show a document that the rows have.'
      throw new Problem('log-inconsistent', detail, { leafIndex: index, size: tree.size })
    }
    return formatReceipt({ index, proof, checkpoint })
  }
}

/** First the row, which the sweep writes where this ends before the object. */
async function renew(
  ports: Renewing,
  { id, leafIndex, receipt }: PublicCredential,
  prove: Prove,
): Promise<number> {
  const renewed = await prove(leafIndex)
  if (!(await ports.log.replaceReceipt(id, receipt, renewed))) return 0
  await putObject(ports, receiptObject({ id, receipt: renewed }))
  return 1
}
