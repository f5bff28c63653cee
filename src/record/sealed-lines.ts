/**
 * Lines under seal: content-addressed chunks of salted lines, and the root of a Merkle tree over them. A million lines
 * stream through, the manifest stays small, and one line can be shown without the others: its salt keeps the rest from
 * being guessed (docs/storage.md, "Sealed lines").
 */

import { z } from 'zod'
import { canonicalize } from '../json/canonical.ts'
import { type Digest, digestOfBytes, hmacSha256, isDigest } from '../json/digest.ts'
import { decodeHex, decodeUtf8, encodeBase64url, encodeHex, encodeUtf8 } from '../json/encoding.ts'
import { parseJson } from '../json/scan.ts'
import { Problem } from '../problem.ts'
import { type Hash, inclusionProof, leafHash, TreeBuilder, verifyInclusion } from '../transparency/merkle.ts'

/** What the lines are: the activity data of a revision, or the results of a calculation, line by line. */
export const lineKinds = ['egret/activity-lines', 'egret/line-results'] as const
export type LineKind = (typeof lineKinds)[number]

/** Lines in a chunk; only the last chunk may hold fewer. */
export const linesPerChunk = 1000

const schemaVersion = '1'
const saltLength = 16

/** A stored object by its digest. */
export interface Chunk {
  readonly digest: Digest
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A line and the salt that hides it from guessing, base64url. */
export interface SaltedLine<Line = unknown> {
  readonly salt: string
  readonly line: Line
}

export const digestSchema = z.custom<Digest>(isDigest, 'is sha256: and 64 hex digits')
const rootSchema = z.string().regex(/^[0-9a-f]{64}$/)
const saltSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** How a manifest names its lines. */
export const sealSchema = z.strictObject({
  count: z.int().min(0),
  /** RFC 9162 root over the salted lines, 64 hex digits. */
  merkleRoot: rootSchema,
  chunks: z.array(
    z.strictObject({ digest: digestSchema, count: z.int().min(1).max(linesPerChunk), bytes: z.int().min(1) }),
  ),
})
export type Seal = z.infer<typeof sealSchema>

const chunkSchema = z.strictObject({
  type: z.enum(lineKinds),
  schemaVersion: z.literal(schemaVersion),
  lines: z.array(z.strictObject({ salt: saltSchema, line: z.unknown() })).max(linesPerChunk),
})

/**
 * The salt of a line: the first 16 bytes of HMAC-SHA-256 under the revision's salt key over `<kind>/<index>`. The kind
 * keeps the salt of a disclosed result from opening the activity data beside it.
 *
 * @param index position of the line, from 0.
 */
export function saltOf(saltKey: Uint8Array, kind: LineKind, index: number): string {
  const mac = hmacSha256(saltKey, encodeUtf8(`${kind}/${index}`))
  return encodeBase64url(mac.subarray(0, saltLength))
}

/** Seals lines one after the other; hands each chunk out as soon as it is full, so that it need not be kept. */
export class LineSealer {
  private readonly kind: LineKind
  private readonly saltKey: Uint8Array
  private readonly tree = new TreeBuilder()
  private readonly named: Seal['chunks'][number][] = []
  private leaves: string[] = []

  /** @param saltKey 32 random bytes of this revision, kept as private as the lines. */
  constructor(kind: LineKind, saltKey: Uint8Array) {
    if (saltKey.length !== 32) throw new RangeError('a salt key has 32 bytes')
    this.kind = kind
    this.saltKey = saltKey
  }

  /** Adds the next line, in its one form; returns the chunk that it fills, if it fills one. */
  add(line: unknown): Chunk | undefined {
    const leaf = canonicalize({ salt: saltOf(this.saltKey, this.kind, this.tree.size), line })
    this.tree.append(leafHash(encodeUtf8(leaf)))
    this.leaves.push(leaf)
    return this.leaves.length === linesPerChunk ? this.cut() : undefined
  }

  /** Ends the list: the last chunk, if lines are left, and what the manifest says. */
  end(): { readonly last: Chunk | undefined; readonly seal: Seal } {
    const last = this.leaves.length > 0 ? this.cut() : undefined
    return {
      last,
      seal: { count: this.tree.size, merkleRoot: encodeHex(this.tree.root()), chunks: this.named },
    }
  }

  private cut(): Chunk {
    const bytes = encodeUtf8(chunkText(this.kind, this.leaves))
    const chunk = { digest: digestOfBytes(bytes), bytes }
    this.named.push({ digest: chunk.digest, count: this.leaves.length, bytes: bytes.length })
    this.leaves = []
    return chunk
  }
}

/** A chunk's canonical text, put together from its leaves' canonical texts: their names stand in RFC 8785 order. */
function chunkText(kind: LineKind, leaves: readonly string[]): string {
  return `{"lines":[${leaves.join(',')}],"schemaVersion":"${schemaVersion}","type":"${kind}"}`
}

/** Seals a list at once. */
export function sealLines(
  kind: LineKind,
  saltKey: Uint8Array,
  lines: Iterable<unknown>,
): { readonly seal: Seal; readonly chunks: readonly Chunk[] } {
  const sealer = new LineSealer(kind, saltKey)
  const chunks: Chunk[] = []
  for (const line of lines) {
    const full = sealer.add(line)
    if (full !== undefined) chunks.push(full)
  }
  const { last, seal } = sealer.end()
  return { seal, chunks: last === undefined ? chunks : [...chunks, last] }
}

/** Opens chunks one after the other, in order, and believes none before its digest fits. */
export class LineOpener {
  private readonly kind: LineKind
  private readonly seal: Seal
  private readonly tree = new TreeBuilder()
  private opened = 0

  constructor(kind: LineKind, seal: Seal) {
    this.kind = kind
    this.seal = seal
  }

  /**
   * The salted lines of the next chunk.
   *
   * @throws Problem `stored-object-corrupt` naming the chunk and what is wrong with it.
   */
  next(bytes: Uint8Array): readonly SaltedLine[] {
    const named = this.seal.chunks[this.opened]
    if (named === undefined) throw corrupt('chunk', `The manifest names ${this.opened} chunks, not one more.`)
    if (digestOfBytes(bytes) !== named.digest) throw this.corruptChunk('does not match its digest')
    const lines = this.read(bytes)
    if (lines.length !== named.count || bytes.length !== named.bytes)
      throw this.corruptChunk('has another size')
    for (const line of lines) this.tree.append(leafHash(encodeUtf8(canonicalize(line))))
    this.opened += 1
    return lines
  }

  /** @throws Problem `stored-object-corrupt` where chunks are missing, or the lines do not make up the sealed root. */
  end(): void {
    if (this.opened !== this.seal.chunks.length) throw this.corruptChunk('is missing')
    if (this.tree.size !== this.seal.count) throw corrupt('lines', 'The chunks hold another number of lines.')
    if (encodeHex(this.tree.root()) !== this.seal.merkleRoot) {
      throw corrupt('lines', 'The lines do not make up the Merkle root that the manifest states.')
    }
  }

  private read(bytes: Uint8Array): readonly SaltedLine[] {
    const text = decodeUtf8(bytes)
    const parsed = chunkSchema.safeParse(parseJson(text))
    if (!parsed.success || parsed.data.type !== this.kind)
      throw this.corruptChunk(`is no chunk of ${this.kind}`)
    if (canonicalize(parsed.data) !== text) throw this.corruptChunk('is not canonical JSON')
    return parsed.data.lines
  }

  private corruptChunk(fault: string): Problem {
    const digest = this.seal.chunks[this.opened]?.digest
    return corrupt('chunk', `Chunk ${this.opened + 1} of ${this.kind} ${fault}.`, {
      digest,
      chunk: this.opened,
    })
  }
}

/** A stored object that cannot be believed, by name. */
export function corrupt(object: string, detail: string, facts: Record<string, unknown> = {}): Problem {
  return new Problem('stored-object-corrupt', detail, { object, ...facts })
}

/** Lines with their salts, and the seal they were opened under. */
export interface OpenedLines<Line = unknown> {
  readonly kind: LineKind
  readonly seal: Seal
  readonly lines: readonly SaltedLine<Line>[]
}

/**
 * Opens all chunks of a seal.
 *
 * @param chunks bytes by digest.
 * @throws Problem `stored-object-corrupt` naming what is missing or changed.
 */
export function openLines(kind: LineKind, seal: Seal, chunks: ReadonlyMap<Digest, Uint8Array>): OpenedLines {
  const opener = new LineOpener(kind, seal)
  const lines = seal.chunks.flatMap(({ digest }, index) => {
    const bytes = chunks.get(digest)
    if (bytes === undefined)
      throw corrupt('chunk', `Chunk ${index + 1} of ${kind} is missing.`, { digest, chunk: index })
    return opener.next(bytes)
  })
  opener.end()
  return { kind, seal, lines }
}

const disclosureSchema = z.strictObject({
  type: z.literal('egret/line-disclosure'),
  schemaVersion: z.literal(schemaVersion),
  of: z.enum(lineKinds),
  merkleRoot: rootSchema,
  /** Lines under the root, and this line's position from 0. */
  count: z.int().min(1),
  index: z.int().min(0),
  salt: saltSchema,
  line: z.unknown(),
  /** Audit path, each hash as 64 hex digits. */
  proof: z.array(rootSchema).max(64),
})
/** One line shown to someone, with what proves that it was under the seal. */
export type LineDisclosure = z.infer<typeof disclosureSchema>

/**
 * Discloses one line and nothing of the others.
 *
 * @throws RangeError where there is no line of that index.
 */
export function discloseLine(opened: OpenedLines, index: number): LineDisclosure {
  const shown = opened.lines[index]
  if (shown === undefined) throw new RangeError(`no line ${index} among ${opened.lines.length}`)
  return {
    type: 'egret/line-disclosure',
    schemaVersion,
    of: opened.kind,
    merkleRoot: opened.seal.merkleRoot,
    count: opened.lines.length,
    index,
    salt: shown.salt,
    line: shown.line,
    proof: inclusionProof(opened.lines.map(leafOf), index).map(encodeHex),
  }
}

/** Whether a disclosure is well formed and its line stands under this root, which the reader got from a credential. */
export function verifyDisclosedLine(disclosure: unknown, merkleRoot: string): disclosure is LineDisclosure {
  const parsed = disclosureSchema.safeParse(disclosure)
  if (!parsed.success || parsed.data.merkleRoot !== merkleRoot) return false
  const { count, index, salt, line, proof } = parsed.data
  const claim = { index, size: count, leaf: leafOf({ salt, line }), root: hash(merkleRoot) }
  return verifyInclusion(claim, proof.map(hash))
}

function leafOf({ salt, line }: SaltedLine): Hash {
  return leafHash(encodeUtf8(canonicalize({ salt, line })))
}

/** A hash of hex digits that a schema has checked. */
function hash(hex: string): Hash {
  return decodeHex(hex) ?? new Uint8Array(0)
}
