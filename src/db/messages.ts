/** Messages in Postgres. Acts make them by a trigger; what is written here is what nobody did: that a deadline is near. */

import { and, eq, inArray, lte, not, type SQL, sql } from 'drizzle-orm'
import type { Message, MessageRepository, WantedMessages } from '../ports/messages.ts'
import type { Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { tellDeadlines } from './deadlines.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { messageMarks, messages, scheduleTurns } from './schema/notices.ts'

/** The messages of one database session. */
export function messageRepository(db: Db): MessageRepository {
  return {
    list: (actor, wanted, page) => list(db, actor, wanted, page),
    countUnread: (actor) => countUnread(db, actor),
    markRead: (actor, messageId) => markRead(db, actor, messageId),
    takeTurn: (name, at, notSince) => takeTurn(db, name, at, notSince),
    giveTurnBack: async (name, at) => {
      await db.delete(scheduleTurns).where(and(eq(scheduleTurns.name, name), eq(scheduleTurns.at, at)))
    },
    tellDeadlines: (at, schemes) => tellDeadlines(db, at, schemes),
  }
}

/** A message as actions know it. */
export function toMessage({ source: _, ...row }: typeof messages.$inferSelect): Message {
  return row
}

const isMarked = sql<boolean>`coalesce((${messages.at}, ${messages.id}) <= (${messageMarks.at}, ${messageMarks.messageId}), false)`
const markOfOrganization = eq(messageMarks.organizationId, messages.organizationId)

async function list(db: Db, actor: Actor, { types, unread }: WantedMessages, page: Page) {
  const wanted: (SQL | undefined)[] = [
    eq(messages.organizationId, actor.organizationId),
    types.length > 0 ? inArray(messages.type, [...types]) : undefined,
    unread ? not(isMarked) : undefined,
    afterCursor(messages.at, messages.id, page.after),
  ]
  const rows = await db
    .select({ message: messages, isRead: isMarked })
    .from(messages)
    .leftJoin(messageMarks, markOfOrganization)
    .where(and(...wanted))
    .orderBy(...newestFirst(messages.at, messages.id))
    .limit(page.limit)
  return rows.map(({ message, isRead }) => ({ ...toMessage(message), isRead }))
}

async function countUnread(db: Db, actor: Actor): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(messages)
    .leftJoin(messageMarks, markOfOrganization)
    .where(and(eq(messages.organizationId, actor.organizationId), not(isMarked)))
  return row?.count ?? 0
}

/** The mark only moves on. */
async function markRead(db: Db, actor: Actor, messageId: string): Promise<Message | null> {
  const { organizationId } = actor
  const mine = and(eq(messages.id, messageId), eq(messages.organizationId, organizationId))
  const [row] = await db.select().from(messages).where(mine)
  if (row === undefined) return null
  const mark = { organizationId, at: row.at, messageId }
  await db
    .insert(messageMarks)
    .values(mark)
    .onConflictDoUpdate({
      target: messageMarks.organizationId,
      set: { at: mark.at, messageId },
      setWhere: sql`(${messageMarks.at}, ${messageMarks.messageId}) < (excluded.at, excluded.message_id)`,
    })
  return toMessage(row)
}

async function takeTurn(db: Db, name: string, at: Date, notSince: Date): Promise<boolean> {
  const taken = await db
    .insert(scheduleTurns)
    .values({ name, at })
    .onConflictDoUpdate({
      target: scheduleTurns.name,
      set: { at },
      setWhere: lte(scheduleTurns.at, notSince),
    })
    .returning({ name: scheduleTurns.name })
  return taken.length > 0
}
