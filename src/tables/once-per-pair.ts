/** What two versions of a table come to, worked out once: documents are immutable, and stay in memory while they are used. */

import type { PublishedTable } from './format.ts'

/** A function of two versions that remembers its answers for as long as both versions live. */
export function oncePerPair<Answer>(
  compute: (older: PublishedTable, newer: PublishedTable) => Answer,
): (older: PublishedTable, newer: PublishedTable) => Answer {
  const known = new WeakMap<PublishedTable, WeakMap<PublishedTable, { readonly answer: Answer }>>()
  return (older, newer) => {
    const ofOlder = known.get(older) ?? new WeakMap<PublishedTable, { readonly answer: Answer }>()
    const found = ofOlder.get(newer) ?? { answer: compute(older, newer) }
    known.set(older, ofOlder.set(newer, found))
    return found.answer
  }
}
