/** What an organization was told: moves and deadlines, kept by the database in the statement that made them. */

import type { MessageType } from '../certification/message-types.ts'
import type { Page } from './parties.ts'
import type { Actor } from './request.ts'

/** What a message is about. */
export type MessageSubject =
  | 'engagement'
  | 'credential'
  | 'case'
  | 'accreditation'
  | 'competence'
  | 'assessment'
  | 'client'
  | 'member'
  | 'webhook'

export interface Message {
  readonly id: string
  readonly organizationId: string
  readonly at: Date
  readonly type: MessageType
  readonly subject: MessageSubject
  readonly subjectId: string
  /** States, numbers and dates: no name, no free text. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** Which messages a page shows. */
export interface WantedMessages {
  readonly types: readonly MessageType[]
  /** Only those that nobody has read. */
  readonly unread: boolean
}

/** What deadlines follow from in a scheme version; null where it asks for none. */
export interface SchemeTerms {
  readonly schemeId: string
  readonly version: string
  /** From one surveillance of a certificate to the next. */
  readonly surveillanceMonths: number | null
  /** In which a major nonconformity is closed. */
  readonly closeMajorDays: number | null
}

/** An organization sees its own messages; nobody else does. */
export interface MessageRepository {
  /** Newest first. */
  list(actor: Actor, wanted: WantedMessages, page: Page): Promise<readonly (Message & { isRead: boolean })[]>
  countUnread(actor: Actor): Promise<number>
  /** Everything up to a message is read; null where the organization has none of this id. */
  markRead(actor: Actor, messageId: string): Promise<Message | null>
  /** Takes the hour's look at deadlines for whoever asks first; false where somebody has looked within it. */
  takeTurn(name: string, at: Date, notSince: Date): Promise<boolean>
  /** Gives a turn back that came to nothing, so that the next look takes it. */
  giveTurnBack(name: string, at: Date): Promise<void>
  /** Tells of every deadline that is near or past, once. @returns how many messages that made. */
  tellDeadlines(at: Date, schemes: readonly SchemeTerms[]): Promise<number>
}
