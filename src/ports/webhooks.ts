/** Webhooks: where an organization's messages are sent, and how each delivery went. */

import type { MessageType } from '../certification/message-types.ts'
import type { Message } from './messages.ts'
import type { Authorship, Created, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** A secret under wraps: AES-256-GCM, bound to its webhook. */
export interface WrappedSecret {
  readonly kekId: string
  readonly iv: string
  readonly ciphertext: string
}

/** Why nothing is sent any more: its owner asked, it answered 410, or it failed for days. */
export const stopReasons = ['asked', 'gone', 'failing'] as const
export type StopReason = (typeof stopReasons)[number]

export interface Webhook {
  readonly id: string
  readonly organizationId: string
  readonly url: string
  /** Empty: every type. */
  readonly types: readonly MessageType[]
  readonly createdAt: Date
  readonly failingSince: Date | null
  readonly stoppedAt: Date | null
  readonly stopReason: StopReason | null
}

export interface NewWebhook {
  readonly id: string
  readonly organizationId: string
  readonly url: string
  readonly types: readonly MessageType[]
  readonly secret: WrappedSecret
  readonly createdAt: Date
}

export const deliveryStates = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One try: the answer's status, or why there was none. */
export interface DeliveryAttempt {
  readonly at: Date
  readonly status: number | null
  readonly error: string | null
}

export interface Delivery {
  readonly id: string
  readonly messageId: string
  readonly type: MessageType
  readonly state: DeliveryState
  /** When it is tried next; null where it is not. */
  readonly dueAt: Date | null
  readonly createdAt: Date
  /** Oldest first; the latest twenty. */
  readonly attempts: readonly DeliveryAttempt[]
}

/** A delivery in the hands of one sender, with all it needs. */
export interface ClaimedDelivery {
  readonly id: string
  /** Tries of this round, this one among them. */
  readonly tries: number
  readonly message: Message
  readonly webhook: Pick<Webhook, 'id' | 'url' | 'failingSince'>
  readonly secret: WrappedSecret
  /** Signs too until its time is over, so that a receiver can change over. */
  readonly previousSecret: WrappedSecret | null
}

export interface ClaimTerms {
  readonly token: string
  readonly at: Date
  /** Until when nobody else takes it. */
  readonly until: Date
  readonly limit: number
}

/** A webhook's secrets as they are kept. */
export interface WebhookWraps {
  readonly id: string
  readonly secret: WrappedSecret
  readonly previousSecret: WrappedSecret | null
}

/** What a try came to, and what follows. */
export interface DeliveryOutcome extends DeliveryAttempt {
  readonly state: DeliveryState
  /** When to try again. */
  readonly dueAt: Date | null
  /** Until when the webhook is asked nothing else. */
  readonly pausedUntil: Date | null
  readonly stop: StopReason | null
}

/** Which deliveries go out again: named ones, or what was told since an instant. */
export type Replay =
  | { readonly deliveryIds: readonly string[] }
  | { readonly since: Date; readonly until: Date; readonly failedOnly: boolean; readonly limit: number }

/** An organization sees its own webhooks; nobody else does. */
export interface WebhookRepository {
  /** How many it has that were not ended, but for the one of this id. */
  countOthers(actor: Actor, id: string): Promise<number>
  create(by: Authorship, webhook: NewWebhook): Promise<Created<Webhook>>
  find(actor: Actor, id: string): Promise<Webhook | null>
  list(actor: Actor, page: Page): Promise<readonly Webhook[]>
  /** The old secret signs beside the new one until `previousUntil`; null where there is no such webhook. */
  changeSecret(
    by: Authorship,
    change: {
      readonly id: string
      readonly auditId: string
      readonly secret: WrappedSecret
      readonly previousUntil: Date
    },
  ): Promise<Webhook | null>
  /** Null where there is none of this id; asked again, it stands as it does. */
  setStopped(by: Authorship, id: string, auditId: string, isStopped: boolean): Promise<Webhook | null>
  /** Sends a message of its own to this webhook alone. */
  tryOut(by: Authorship, id: string, auditId: string): Promise<Webhook | null>
  listDeliveries(
    actor: Actor,
    webhookId: string,
    state: DeliveryState | null,
    page: Page,
  ): Promise<readonly Delivery[]>
  /** How many go out; null where the webhook or a named delivery is not the caller's; 0 where the same request asked before. */
  replay(by: Authorship, webhookId: string, auditId: string, replay: Replay): Promise<number | null>
  /** Of every webhook, for wrapping anew. */
  wrappedSecrets(): Promise<readonly WebhookWraps[]>
  /** Replaces wraps by others of the same secrets; false where they were changed meanwhile. */
  rewrap(standing: WebhookWraps, wrapped: WebhookWraps): Promise<boolean>
  /** A few deliveries of each webhook that is due, the oldest first. */
  claim(terms: ClaimTerms): Promise<readonly ClaimedDelivery[]>
  /** False where another has taken it meanwhile. */
  settle(deliveryId: string, token: string, outcome: DeliveryOutcome): Promise<boolean>
}

/** Sends over HTTP. */
export interface WebhookSender {
  /** Whether this address may be sent to: its host is on the installation's list. */
  mayReach(url: string): boolean
  send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Pick<DeliveryAttempt, 'status' | 'error'>>
}

/** Secrets of webhooks: made here, shown once, kept under wraps. */
export interface WebhookSecrets {
  /** @returns the secret as its owner keeps it (`whsec_…`), and under wraps. */
  make(webhookId: string): Promise<{ readonly secret: string; readonly wrapped: WrappedSecret }>
  /** The same secret under the active wrapping key. */
  rewrap(webhookId: string, wrapped: WrappedSecret): Promise<WrappedSecret>
  /** @returns the `webhook-signature` of a message under one secret or two. */
  sign(webhookId: string, secrets: readonly WrappedSecret[], signed: string): Promise<string>
}
