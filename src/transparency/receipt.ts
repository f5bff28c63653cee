/**
 * Receipts (C2SP tlog-proof): that an entry stands in a log, and that witnesses saw it there, in one text that anyone checks
 * offline against keys they trust.
 */

import { decodeBase64, encodeBase64, encodeUtf8 } from '../json/encoding.ts'
import { type CheckpointNote, readCount, verifyCheckpoint } from './checkpoint.ts'
import { cosignaturesOf } from './cosignature.ts'
import { type Hash, leafHash, verifyInclusion } from './merkle.ts'
import type { VerifierKey, VerifyEd25519 } from './note.ts'

/** What a receipt holds. */
export interface Receipt {
  readonly index: number
  /** From the leaf's sibling up to the root's child. */
  readonly proof: readonly Hash[]
  /** The checkpoint verbatim, with its cosignatures. */
  readonly checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'
/** More hashes than that no tree of countable leaves has. */
const proofMax = 63
const receiptLengthMax = 65_536

/** A receipt as text. */
export function formatReceipt({ index, proof, checkpoint }: Receipt): string {
  return `${[firstLine, `index ${index}`, ...proof.map(encodeBase64)].join('\n')}\n\n${checkpoint}`
}

/** Reads a receipt's form; undefined where it is none. Extra data are passed over: nobody vouches for them. */
export function readReceipt(text: string): Receipt | undefined {
  if (text.length > receiptLengthMax) return undefined
  const split = text.indexOf('\n\n')
  if (split < 0) return undefined
  const [magic, ...lines] = text.slice(0, split).split('\n')
  if (lines[0]?.startsWith('extra ')) {
    if (decodeBase64(lines[0].slice(6)) === undefined) return undefined
    lines.shift()
  }
  const [indexLine = '', ...hashLines] = lines
  const index = indexLine.startsWith('index ') ? readCount(indexLine.slice(6)) : undefined
  const proof = hashLines.map(decodeBase64)
  if (magic !== firstLine || index === undefined || proof.length > proofMax) return undefined
  if (!proof.every((hash) => hash?.length === 32)) return undefined
  return { index, proof: proof as readonly Hash[], checkpoint: text.slice(split + 2) }
}

/** Why a receipt shows nothing. */
export type ReceiptFault =
  /** No text of this form: truncated, or another kind of file. */
  | 'malformed'
  /** Its checkpoint is of a log that nobody trusts here. */
  | 'wrong-origin'
  /** Its checkpoint is not signed by a key that is trusted for its log. */
  | 'unknown-key'
  /** A signature of a trusted key does not fit. */
  | 'bad-signature'
  /** The index lies beyond the checkpoint's size. */
  | 'index-out-of-range'
  /** The proof does not lead from this entry to the checkpoint's root: another entry, another size, or a fork. */
  | 'not-included'

/** What a receipt shows. */
export interface Inclusion {
  readonly index: number
  readonly checkpoint: CheckpointNote
  /** Witnesses whose cosignatures are good, of those whose word is asked for. */
  readonly witnesses: readonly { readonly name: string; readonly time: number }[]
}

/** Whom a reader trusts for logs and for witnessing, and how signatures are checked. */
export interface ReceiptTrust {
  /** Keys that are trusted for logs, each under the origin that it is named by. */
  readonly logs: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
  readonly verify: VerifyEd25519
}

/** Checks receipts; never throws for what they contain. */
export type VerifyReceipt = (
  receipt: string,
  /** The entry's text: what must have been logged. */
  entry: string,
) => Promise<Inclusion | { readonly fault: ReceiptFault }>

type Judged = { readonly fault: ReceiptFault } | Pick<Inclusion, 'checkpoint' | 'witnesses'>

const checkpointsRemembered = 64

/** A verifier of receipts that judges each checkpoint once: a thousand receipts of one checkpoint cost one signature. */
export function receiptVerifier(trust: ReceiptTrust): VerifyReceipt {
  const judged = new Map<string, Promise<Judged>>()
  return async (text, entry) => {
    const receipt = readReceipt(text)
    if (receipt === undefined) return { fault: 'malformed' }
    const known = judged.get(receipt.checkpoint) ?? judge(receipt.checkpoint, trust)
    if (judged.size >= checkpointsRemembered) judged.clear()
    judged.set(receipt.checkpoint, known)
    const found = await known
    return 'fault' in found ? found : included(receipt, entry, found)
  }
}

async function judge(text: string, { logs, witnesses = [], verify }: ReceiptTrust): Promise<Judged> {
  const verified = await verifyCheckpoint(text, logs, verify)
  if ('fault' in verified) return verified
  const { checkpoint } = verified
  const cosigned = await cosignaturesOf(checkpoint.note, witnesses, verify)
  return { checkpoint, witnesses: cosigned.map(({ key, time }) => ({ name: key.name, time })) }
}

function included(
  { index, proof }: Receipt,
  entry: string,
  judged: Pick<Inclusion, 'checkpoint' | 'witnesses'>,
): Inclusion | { readonly fault: ReceiptFault } {
  const { size, root } = judged.checkpoint
  if (index >= size) return { fault: 'index-out-of-range' }
  const leaf = leafHash(encodeUtf8(entry))
  return verifyInclusion({ index, size, leaf, root }, proof)
    ? { index, ...judged }
    : { fault: 'not-included' }
}

/** Checks one receipt. */
export function verifyReceipt({
  receipt,
  entry,
  ...trust
}: ReceiptTrust & { readonly receipt: string; readonly entry: string }): ReturnType<VerifyReceipt> {
  return receiptVerifier(trust)(receipt, entry)
}
