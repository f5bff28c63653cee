/** Small members of a credential, as they are written. */

import type { Names } from '../engine/types.ts'

/** A text by language; a language without a text is left out, as JSON-LD's language maps ask. */
export function label({ en, zh }: Names): { en: string; zh?: string } {
  return zh === null ? { en } : { en, zh }
}

/** The members that are not null. */
export function present<Members extends Readonly<Record<string, string | null>>>(
  members: Members,
): { [Name in keyof Members]?: string } {
  const entries = Object.entries(members).filter(([, value]) => value !== null)
  return Object.fromEntries(entries) as { [Name in keyof Members]?: string }
}
