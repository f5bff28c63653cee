/** Notes, checkpoints, keys, tiles and proofs as others published them, and our proofs under a verifier that is not ours. */

import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import { describe, expect, test } from 'vitest'
import { decodeBase64, encodeUtf8 } from '../../src/json/encoding.ts'
import { readCheckpoint, readCount, verifyCheckpoint } from '../../src/transparency/checkpoint.ts'
import { growTree } from '../../src/transparency/grow.ts'
import { leafHash, verifyInclusion } from '../../src/transparency/merkle.ts'
import {
  formatVerifierKey,
  parseVerifierKey,
  readNote,
  signersOf,
  type VerifierKey,
  webCryptoEd25519,
} from '../../src/transparency/note.ts'
import { inclusionFromTiles } from '../../src/transparency/reader.ts'
import { formatReceipt, verifyReceipt } from '../../src/transparency/receipt.ts'
import { tilePath } from '../../src/transparency/tiles.ts'
import { readWitnessRequest } from '../../src/transparency/witness-request.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import { madeLog } from './made-log.ts'

const verify = webCryptoEd25519(crypto.subtle)
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const keysOf = (texts: readonly string[]) =>
  texts.map(parseVerifierKey).filter((key): key is VerifierKey => key !== undefined)

describe('a verifier that is not ours', () => {
  test.each([1, 2, 255, 256, 257, 700, 66_000])(
    'finds our leaves of a log of %i by our proofs',
    async (size) => {
      const log = madeLog(size)
      const { root } = readCheckpoint(log.checkpoint) ?? { root: new Uint8Array() }
      const checkpoint = { logHash: Buffer.from(root), logSize: BigInt(size) }
      for (const index of new Set([0, size >> 1, Math.min(size - 1, 255), size - 1])) {
        const hashes =
          (await inclusionFromTiles(log.read, index, size))?.map((hash) => Buffer.from(hash)) ?? []
        const inclusionProof = { logIndex: String(index), hashes }
        const entry = { canonicalizedBody: Buffer.from(log.leaves[index] ?? ''), inclusionProof }
        expect(() => verifyMerkleInclusion(entry as never, checkpoint as never)).not.toThrow()
        const other = { ...entry, canonicalizedBody: Buffer.from('other') }
        expect(() => verifyMerkleInclusion(other as never, checkpoint as never)).toThrow()
      }
    },
  )
})

describe('requests to a witness', () => {
  test.each(['', 'old 1', 'old 01\n\nx', 'old -1\n\nx', 'new 1\n\nx', 'old 1\nAAAA\n\nx', 'old 1\r\n\r\nx'])(
    'are not read from %j',
    (body) => {
      expect(readWitnessRequest(body)).toBeUndefined()
    },
  )
})

describe.skipIf(!casesPresent)(`published cases${caseNote}`, () => {
  test('C2SP: the signed note verifies, the checkpoint reads, the tiles have their widths', async () => {
    const published = publishedJson('crypto/tlog/c2sp-note-and-checkpoint.json', {
      note: { vkey: '', note_b64: '' },
      checkpoint: { note_b64: '', origin: '', size: 0, root_b64: '' },
    })
    const note = readNote(bytes(published.note.note_b64))
    expect(note && (await signersOf(note, keysOf([published.note.vkey]), verify))).toHaveLength(1)
    const { origin, size, root } = readCheckpoint(bytes(published.checkpoint.note_b64)) ?? {}
    expect({ origin, size }).toEqual({ origin: published.checkpoint.origin, size: published.checkpoint.size })
    expect(Buffer.from(root ?? []).toString('base64')).toBe(published.checkpoint.root_b64)
  })

  test('Tessera: checkpoints of every size verify, and the same leaves give the same tiles and receipts', async () => {
    const { verifier_key, leaves_utf8, checkpoints, tiles_b64 } = publishedJson(
      'crypto/tlog/log-checkpoints.json',
      {
        verifier_key: '',
        leaves_utf8: [] as string[],
        checkpoints: {} as Record<string, string>,
        tiles_b64: {} as Record<string, string>,
      },
    )
    const logs = keysOf([verifier_key])
    for (const [size, text] of Object.entries(checkpoints)) {
      const verified = await verifyCheckpoint(text, logs, verify)
      if ('fault' in verified) throw new Error(`${size}: ${verified.fault}`)
      const leaves = leaves_utf8.slice(0, Number(size)).map((body, leafIndex) => ({ leafIndex, body }))
      const grown = growTree({ publishedSize: 0, edge: [], leaves })
      expect(Buffer.from(verified.checkpoint.root)).toEqual(Buffer.from(grown.root))
      for (const object of grown.objects) {
        expect(Buffer.from(object.bytes).toString('base64')).toBe(tiles_b64[object.path])
      }
      for (const { leafIndex, body } of leaves) {
        const receipt = formatReceipt({ index: leafIndex, proof: grown.proofOf(leafIndex), checkpoint: text })
        expect(await verifyReceipt({ receipt, entry: body, logs, verify })).toMatchObject({
          index: leafIndex,
        })
        expect(await verifyReceipt({ receipt, entry: 'x', logs, verify })).toEqual({ fault: 'not-included' })
      }
    }
  })

  interface Rekor {
    name: string
    canonicalizedBody_b64: string
    inclusionProof: {
      logIndex: string
      treeSize: string
      rootHash: string
      hashes?: string[]
      checkpoint?: { envelope: string }
    }
    expect: { inclusion_proof: boolean; checkpoint_root_equals_proof_root: boolean }
  }
  const rekor = publishedJson('crypto/tlog/rekor-inclusion.json', { cases: [] as Rekor[] }).cases
  test.each(rekor)('Rekor: $name', ({ canonicalizedBody_b64, inclusionProof, expect: outcome }) => {
    const { logIndex, treeSize, rootHash, hashes = [], checkpoint } = inclusionProof
    const root = bytes(rootHash)
    const claim = {
      index: readCount(logIndex) ?? -1,
      size: readCount(treeSize) ?? -1,
      leaf: leafHash(bytes(canonicalizedBody_b64)),
      root,
    }
    expect(verifyInclusion(claim, hashes.map(bytes))).toBe(outcome.inclusion_proof)
    // One case has no signature at all, and is no checkpoint to us.
    if (checkpoint && !checkpoint.envelope.includes('\n\n\u2014')) return
    const signed = checkpoint && readCheckpoint(checkpoint.envelope)
    const isSame = signed !== undefined && Buffer.from(signed.root).equals(root)
    expect(isSame).toBe(outcome.checkpoint_root_equals_proof_root)
  })

  interface Opened {
    name: string
    note_b64?: string
    known_keys?: string[]
    expect: string
    verified?: string[]
  }
  const opened = publishedJson('crypto/tlog/signed-note-open.json', { cases: [] as Opened[] }).cases
  test.each(opened.filter(({ note_b64 }) => note_b64 !== undefined))('Go: $name', async (published) => {
    const note = readNote(bytes(published.note_b64 ?? ''))
    if (published.expect === 'error: malformed note') return expect(note).toBeUndefined()
    const signers = note && (await signersOf(note, keysOf(published.known_keys ?? []), verify))
    expect(signers?.map(({ name }) => name)).toEqual(published.expect === 'ok' ? published.verified : [])
  })

  test('Go: verifier keys, and none that differs from a good one by a byte', () => {
    const { good, bad } = publishedJson('crypto/tlog/verifier-key-bad.json', {
      good: [] as string[],
      bad: [] as string[],
    })
    for (const text of good) {
      const key = parseVerifierKey(text)
      expect(key && formatVerifierKey(key)).toBe(text)
      for (let at = 0; at < text.length; at += 1) {
        expect(parseVerifierKey(text.slice(0, at)), text.slice(0, at)).toBeUndefined()
        expect(parseVerifierKey(text.slice(at + 1)), text.slice(at + 1)).toBeUndefined()
        const next = String.fromCharCode(text.charCodeAt(at) + 1)
        expect(parseVerifierKey(text.slice(0, at) + next + text.slice(at + 1))).toBeUndefined()
      }
    }
    expect(bad.map(parseVerifierKey)).toEqual(bad.map(() => undefined))
  })

  test('paths of tiles, and tree heads that are none', () => {
    const { c2sp } = publishedJson('crypto/tlog/tile-paths.json', {
      c2sp: [] as { N: number; encoded: string }[],
    })
    for (const { N, encoded } of c2sp) {
      expect(tilePath({ level: 0, index: N, width: 256 })).toBe(`tile/0/${encoded}`)
    }
    const head = publishedJson('crypto/tlog/tree-head-text.json', {
      record: '',
      record_hash_b64: '',
      size: 0,
      text: '',
      bad: [] as string[],
    })
    const signed = (text: string) => readCheckpoint(`${text}\n\u2014 a AAAAAAA=\n`)
    const record = leafHash(encodeUtf8(head.record))
    expect(signed(head.text)?.size).toBe(head.size)
    expect(Buffer.from(record)).toEqual(Buffer.from(decodeBase64(head.record_hash_b64) ?? []))
    expect(head.bad.slice(1).map(signed)).toEqual([undefined, undefined])
  })
})
