/** The next of many by an order, without sorting them all: a binary heap. Of equals the one that came first. */

interface Entry<Item> {
  readonly item: Item
  readonly arrived: number
}

export class Heap<Item> {
  readonly #entries: Entry<Item>[] = []
  readonly #order: (a: Item, b: Item) => number
  #arrived = 0

  /** @param order negative where `a` comes before `b`. */
  constructor(order: (a: Item, b: Item) => number) {
    this.#order = order
  }

  push(item: Item): void {
    const entries = this.#entries
    let place = entries.length
    entries.push({ item, arrived: this.#arrived++ })
    while (place > 0) {
      const above = (place - 1) >> 1
      if (!this.#isBefore(place, above)) return
      this.#swap(place, above)
      place = above
    }
  }

  /** Takes out the first; undefined where none is left. */
  pop(): Item | undefined {
    const entries = this.#entries
    if (entries.length === 0) return undefined
    this.#swap(0, entries.length - 1)
    const first = entries.pop()
    this.#sink()
    return first?.item
  }

  #sink(): void {
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2]
      let next = place
      if (this.#isBefore(left, next)) next = left
      if (this.#isBefore(right, next)) next = right
      if (next === place) return
      this.#swap(place, next)
      place = next
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#entries[a], this.#entries[b]]
    if (one === undefined || other === undefined) return false
    const order = this.#order(one.item, other.item)
    return order < 0 || (order === 0 && one.arrived < other.arrived)
  }

  #swap(a: number, b: number): void {
    const entries = this.#entries
    const kept = entries[a] as Entry<Item>
    entries[a] = entries[b] as Entry<Item>
    entries[b] = kept
  }
}
