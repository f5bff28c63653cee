/** Watches: documents whose status an organization wants to be told of. Only what is public can be watched. */

import type { Authorship, Created, Page } from './parties.ts'
import type { PublicCredential } from './public-credentials.ts'
import type { Actor } from './request.ts'

export interface Watch {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly createdAt: Date
  readonly endedAt: Date | null
  /** Documents in it. */
  readonly size: number
}

/** A watched document as it stands. */
export type WatchedCredential = Pick<
  PublicCredential,
  'id' | 'number' | 'documentKind' | 'face' | 'status' | 'statusAt'
>

/** An organization sees its own watches; nobody else does, least of all who is watched. */
export interface WatchRepository {
  countOthers(actor: Actor, id: string): Promise<number>
  /** The ids of public documents among what was asked for by id or number, by what it was asked as. */
  resolve(asked: readonly string[]): Promise<ReadonlyMap<string, string>>
  create(
    by: Authorship,
    watch: Omit<Watch, 'size' | 'endedAt'>,
    credentialIds: readonly string[],
  ): Promise<Created<Watch>>
  find(actor: Actor, id: string): Promise<Watch | null>
  list(actor: Actor, page: Page): Promise<readonly Watch[]>
  /** By number. */
  credentials(actor: Actor, watchId: string, page: Page): Promise<readonly WatchedCredential[]>
  /** Null where it is not there or has ended; `full` where it would hold more than `sizeMax`. */
  change(
    by: Authorship,
    change: {
      readonly id: string
      readonly auditId: string
      readonly add: readonly string[]
      readonly remove: readonly string[]
      readonly sizeMax: number
    },
  ): Promise<Watch | 'full' | null>
  /** For good, since the first time. */
  end(by: Authorship, id: string, auditId: string): Promise<Watch | null>
}
