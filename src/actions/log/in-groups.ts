/** Works on many objects of the store a few at a time: a Worker has six connections at once. */

const atOnce = 6

/** Does all, and fails with the first failure only when nothing of its group is under way any more. */
export async function inGroups<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) {
    const ended = await Promise.allSettled(items.slice(at, at + atOnce).map(act))
    for (const one of ended) if (one.status === 'rejected') throw one.reason
  }
}
