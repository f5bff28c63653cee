/** Reads ahead: some of many things under way at once, their results in order, and no more of them in memory than that. */

/** Results of `act` in the order of the items, at most `atOnce` under way or waiting to be taken. */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  act: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  for (const item of items) {
    const started = act(item)
    // Whoever takes it hears of its failure; until then it is nobody's unhandled one.
    started.catch(() => {})
    underWay.push(started)
    if (underWay.length >= atOnce) yield (await underWay.shift()) as Result
  }
  for (const one of underWay) yield await one
}

/** Whole numbers from `from` up to, and without, `to`. */
export function* countFrom(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at += 1) yield at
}
