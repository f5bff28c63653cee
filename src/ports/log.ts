/** The transparency log, as actions ask for it: entries get their place in Postgres, and whoever has the turn makes it public. */

import type { Checkpoint } from '../transparency/checkpoint.ts'
import type { LogEntryType } from '../transparency/entry-types.ts'

/** An entry to append: its type, its RFC 8785 text, and the one thing it tells (`credential:<id>`): told once, for ever. */
export interface NewLogEntry {
  readonly subject: string
  readonly type: LogEntryType
  /** RFC 8785 text; its UTF-8 bytes are the leaf. */
  readonly body: string
}

/** A leaf as it stands. */
export interface Leaf {
  readonly leafIndex: number
  readonly type: LogEntryType
  readonly body: string
}

/** How far the log is. `publishedSize` leaves are under `checkpoint`; those after it wait. */
export interface LogHead {
  readonly size: number
  readonly publishedSize: number
  readonly confirmedSize: number
  /** The published signed note, with its cosignatures; null before the first. */
  readonly checkpoint: string | null
  readonly publishedAt: Date | null
}

/** The root of a full tile: the hash that stands at `index` of the tiles of `level` (1: of 256 leaves). 64 hex digits. */
export interface Subtree {
  readonly level: number
  readonly index: number
  readonly hash: string
}

/** A credential that becomes public with the log: fixed, in the log, not yet written. */
export interface WaitingCredential {
  readonly id: string
  readonly jwt: string
  readonly leafIndex: number
}

/** The turn to publish: nobody else has it until it is given back or its time is over. */
export interface LogTurn {
  readonly token: string
  /** Nothing is written for this turn from then on: another may have it. */
  readonly until: Date
  readonly head: LogHead
  /** Every leaf from the beginning of the last tile that is published in part, up to at most {@link batchMax} new ones. */
  readonly leaves: readonly Leaf[]
  /** Of each level, the hashes of the last tile, which is not full. */
  readonly edge: readonly Subtree[]
  /** Pending credentials whose leaves are among those. */
  readonly waiting: readonly WaitingCredential[]
  /** How large a log each witness has cosigned, by name. */
  readonly witnessed: Readonly<Record<string, number>>
  /** The log key that was active when the turn was taken; null before there is one. */
  readonly logKid: string | null
}

/** A turn to take: its token, now, and until when nobody else may have it. */
export interface WantedTurn {
  readonly token: string
  readonly at: Date
  readonly until: Date
}

/** New leaves that one turn publishes at most: 16 tiles. */
export const batchMax = 4096

/** What a turn has made public. */
export interface PublishedBatch {
  readonly size: number
  readonly checkpoint: string
  readonly subtrees: readonly Subtree[]
  /** Credentials whose objects are written, each with its tlog-proof. */
  readonly credentials: readonly { readonly id: string; readonly receipt: string }[]
  /** Names of the witnesses that have cosigned the checkpoint. */
  readonly witnesses: readonly string[]
}

/** A public credential whose objects were not read back yet. */
export interface UnconfirmedCredential {
  readonly id: string
  readonly jwt: string
  readonly receipt: string
  readonly publishedAt: Date
}

export interface LogRepository {
  head(): Promise<LogHead>
  /** Appends what stands alone; what was told before keeps its place. */
  append(entry: NewLogEntry, at: Date): Promise<{ readonly leafIndex: number; readonly isNew: boolean }>
  /**
   * Takes the turn if it is free; null while another has it, or where nothing waits.
   *
   * @param idle takes it also where nothing waits: to write anew what is published.
   */
  takeTurn(wanted: WantedTurn, idle?: 'idle'): Promise<LogTurn | null>
  /**
   * Ends a turn, in one statement: compare-and-swap on the published size, the subtrees, the credentials, the witnesses, and the
   * turn is free again. Null when the turn was lost meanwhile: then another publishes the same bytes, and nothing changes here.
   */
  endTurn(turn: LogTurn, batch: PublishedBatch, at: Date): Promise<LogHead | null>
  /** Gives a turn back without having published. */
  giveBack(turn: LogTurn): Promise<void>
  /** Leaves from an index on, for proofs and for looking again at what was written. */
  leaves(from: number, count: number): Promise<readonly Leaf[]>
  subtrees(level: number, from: number, count: number): Promise<readonly Subtree[]>
  /** After objects were read back: never backwards. */
  confirm(size: number): Promise<void>
  /** Public credentials whose objects were not read back, oldest first. */
  unconfirmedCredentials(limit: number): Promise<readonly UnconfirmedCredential[]>
  confirmCredentials(ids: readonly string[], at: Date): Promise<void>
  /** Puts a receipt in another's place, to be read back again; false where that other does not stand any more. */
  replaceReceipt(id: string, old: string, receipt: string): Promise<boolean>
}

/** Signs checkpoints with the log's key, and collects the word of witnesses. */
export interface LogSigner {
  /** Origin: the host of the installation and `/log`, as checkpoints begin. */
  readonly origin: string
  /** Verifier key (`<origin>+<hash>+<base64>`) of the key that signs now. */
  verifierKey(): Promise<string>
  /** Of every key the log ever signed with, the one that signs now first. */
  verifierKeys(): Promise<readonly string[]>
  /**
   * The whole signed note of a checkpoint. Ed25519: the same bytes each time.
   *
   * @param activeKid the active key, as the caller read it lately: what is remembered of keys is used only where it agrees.
   */
  sign(size: number, root: Uint8Array, activeKid: string | null): Promise<string>
  /** What a checkpoint says, where a key of this log has signed it, a retired one too; null for anything else. */
  read(checkpoint: Uint8Array): Promise<Checkpoint | null>
  /** Whether a key signed the checkpoint whose word on the log is believed today. */
  isBelieved(checkpoint: string): Promise<boolean>
}

/** A witness's answer to a checkpoint. */
export type WitnessAnswer =
  | { readonly cosignatures: readonly string[] }
  /** It has seen another size: prove from there. */
  | { readonly size: number }
  | { readonly refused: string }

/** Witnesses over HTTP (C2SP tlog-witness). */
export interface Witnesses {
  readonly witnesses: readonly { readonly name: string; readonly verifierKey: string }[]
  /** Never throws for what a witness does: what is slow or wrong is `refused`. */
  ask(
    name: string,
    request: { readonly old: number; readonly proof: readonly Uint8Array[]; readonly checkpoint: string },
  ): Promise<WitnessAnswer>
}
