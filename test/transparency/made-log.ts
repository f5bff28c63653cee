/** A log made for a test: entries, a key, and the objects that a bucket would hold. */

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { checkpointText } from '../../src/transparency/checkpoint.ts'
import { entryText } from '../../src/transparency/entries.ts'
import type { LogTrust } from '../../src/transparency/fsck.ts'
import { type Grown, growTree, type LevelHash } from '../../src/transparency/grow.ts'
import {
  signatureLine,
  type VerifierKey,
  verifierKey,
  webCryptoEd25519,
} from '../../src/transparency/note.ts'
import type { ReadObject } from '../../src/transparency/reader.ts'

export const logOrigin = 'egret.test/log'

/** Body of the leaf at an index: of a credential, of one of two issuers. */
export function madeEntry(index: number, salt = ''): string {
  return entryText('credential', '2026-11-26T08:00:00Z', {
    credential: `https://egret.test/credentials/${salt}${index}`,
    digest: `sha256:${index.toString(16).padStart(64, '0')}`,
    issuer: `did:web:egret.test:${index % 2 === 0 ? 'even' : 'odd'}`,
    kind: 'Certificate',
    development: false,
  })
}

/** An Ed25519 key under the name of a log. */
export function madeKey(name = logOrigin): { readonly key: VerifierKey; readonly secret: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
  return { key: verifierKey(name, 'ed25519', raw), secret: privateKey }
}

/** A log that grows, with its objects by path. */
export class MadeLog {
  readonly objects = new Map<string, Uint8Array>()
  readonly leaves: string[] = []
  private readonly subtrees: LevelHash[] = []
  private readonly signer: ReturnType<typeof madeKey>
  private published = 0

  constructor(signer = madeKey()) {
    this.signer = signer
  }

  get trust(): LogTrust {
    return { keys: [this.signer.key], verify: webCryptoEd25519(crypto.subtle) }
  }

  readonly read: ReadObject = async (path) => this.objects.get(path) ?? null

  get checkpoint(): string {
    return new TextDecoder().decode(this.objects.get('checkpoint'))
  }

  /** Publishes more leaves. */
  grow(bodies: readonly string[]): Grown {
    this.leaves.push(...bodies)
    const from = Math.floor(this.published / 256) * 256
    const leaves = this.leaves.slice(from).map((body, at) => ({ leafIndex: from + at, body }))
    const grown = growTree({ publishedSize: this.published, edge: this.subtrees, leaves })
    for (const { path, bytes } of grown.objects) this.objects.set(path, bytes)
    this.subtrees.push(...grown.subtrees)
    this.published = grown.size
    this.publish(grown.size, grown.root)
    return grown
  }

  /** Signs a checkpoint, true or not, and shows it. */
  publish(size: number, root: Uint8Array): void {
    const text = checkpointText({ origin: this.signer.key.name, size, root })
    const line = signatureLine(this.signer.key, sign(null, encodeUtf8(text), this.signer.secret))
    this.objects.set('checkpoint', encodeUtf8(`${text}\n${line}`))
  }
}

/** A log of that many made entries. */
export function madeLog(size: number, signer = madeKey(), salt = ''): MadeLog {
  const log = new MadeLog(signer)
  log.grow(Array.from({ length: size }, (_, at) => madeEntry(at, salt)))
  return log
}
