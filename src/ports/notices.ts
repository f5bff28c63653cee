/** What the operator is told of, beside an act and without failing it; docs/operations.md says what to do about each. */

/** Why a record is written. One word each, so that an alarm can be set on it. */
export const noticeNames = [
  /** A publication of the log failed; what waits is published later. */
  'log-publish',
  /** An object of the log or of a credential was not as it had been written, and was written again. */
  'log-rewritten',
  /** A witness did not cosign. */
  'log-witness',
  /** A status list could not be signed or written. */
  'status-publish',
  /** A document of keys could not be written. */
  'keys-publish',
  /** A signed fact of a body could not be written. */
  'accreditation-publish',
  /** A value is above its threshold (`src/actions/operations/measures.ts`). */
  'alarm',
  /** A page could not ask how a document stands. */
  'standing-unknown',
] as const

export type NoticeName = (typeof noticeNames)[number]

export type NoticeLevel = 'warn' | 'error'

/** Tells the operator what went wrong beside an act and did not fail it. */
export interface Notices {
  /** @param facts what was thrown among them as `error`. */
  tell(level: NoticeLevel, name: NoticeName, facts: Readonly<Record<string, unknown>>): void
}
