/**
 * In which order to eliminate the processes of a group so that few new entries arise: always one of those with the fewest
 * neighbours left (Tinney & Walker, 1967). Neighbours are kept as the cliques that earlier eliminations made (George & Liu, "The
 * Evolution of the Minimum Degree Ordering Algorithm", 1989), so that the working never outgrows the graph.
 */

/** Looks at neighbours beyond which an order is not worth what finding it costs (about a second). */
const mostLooks = 20_000_000

/**
 * The nodes in the order to eliminate them.
 *
 * @param neighbours lists for each node those that it has an entry with, either way, each once.
 * @returns undefined where even this order makes more than `mostEntries`, or is too dear to find.
 */
export function minimumDegree(neighbours: readonly number[][], mostEntries: number): Int32Array | undefined {
  const graph = new Quotient(neighbours)
  const order = new Int32Array(neighbours.length)
  for (let step = 0; step < order.length; step++) {
    if (graph.entries > mostEntries || graph.looks > mostLooks) return undefined
    order[step] = graph.eliminateNext()
  }
  return order
}

class Quotient {
  /** What is left of the neighbours of a node that no clique holds. */
  readonly single: number[][]
  /** The cliques a node is in, named by the node that made them. */
  readonly cliques: number[][]
  readonly members: number[][]
  readonly degrees: Int32Array
  readonly queue: DegreeQueue
  readonly mark: Int32Array
  /** Of both triangles so far. */
  entries = 0
  looks = 0

  constructor(neighbours: readonly number[][]) {
    this.single = neighbours.map((list) => [...list])
    this.cliques = neighbours.map(() => [])
    this.members = neighbours.map(() => [])
    this.degrees = Int32Array.from(neighbours, ({ length }) => length)
    this.queue = new DegreeQueue(this.degrees)
    this.mark = new Int32Array(neighbours.length).fill(-1)
  }

  /** Eliminates a node: its neighbours become a clique, which takes the place of the cliques it was in. */
  eliminateNext(): number {
    const node = this.queue.take()
    const clique = this.#neighboursOf(node)
    const absorbed = new Set(this.cliques[node])
    for (const old of absorbed) this.members[old] = []
    this.members[node] = clique
    this.entries += 2 * clique.length
    this.single[node] = []
    this.cliques[node] = []
    for (const member of clique) this.#join(member, node, absorbed)
    for (const member of clique) this.#measure(member)
    return node
  }

  #neighboursOf(node: number): number[] {
    const found: number[] = []
    this.mark[node] = node
    for (const list of [this.single[node], ...(this.cliques[node] ?? []).map((made) => this.members[made])]) {
      this.looks += (list ?? []).length
      for (const other of list ?? []) {
        if (this.mark[other] === node || !this.queue.holds(other)) continue
        this.mark[other] = node
        found.push(other)
      }
    }
    return found
  }

  #join(member: number, made: number, absorbed: ReadonlySet<number>): void {
    this.looks += (this.single[member] ?? []).length + (this.cliques[member] ?? []).length
    this.single[member] = (this.single[member] ?? []).filter((other) => this.mark[other] !== made)
    this.cliques[member] = [...(this.cliques[member] ?? []).filter((old) => !absorbed.has(old)), made]
  }

  /** At most so many neighbours: cliques may overlap, and counting them once each is what makes this fast. */
  #measure(member: number): void {
    this.looks += (this.cliques[member] ?? []).length
    let degree = (this.single[member] ?? []).length
    for (const made of this.cliques[member] ?? []) degree += (this.members[made] ?? []).length - 1
    this.queue.move(member, Math.min(degree, this.single.length - 1))
  }
}

/** Nodes by degree, those of one degree last in, first out. */
class DegreeQueue {
  readonly #first: Int32Array
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #degrees: Int32Array
  #lowest = 0

  constructor(degrees: Int32Array) {
    const size = degrees.length
    this.#first = new Int32Array(size + 1).fill(-1)
    this.#next = new Int32Array(size).fill(-1)
    this.#previous = new Int32Array(size).fill(-1)
    this.#degrees = degrees
    for (let node = size - 1; node >= 0; node--) this.#put(node, degrees[node] as number)
  }

  holds(node: number): boolean {
    return (this.#degrees[node] as number) >= 0
  }

  take(): number {
    while (this.#first[this.#lowest] === -1) this.#lowest++
    const node = this.#first[this.#lowest] as number
    this.#remove(node)
    this.#degrees[node] = -1
    return node
  }

  move(node: number, degree: number): void {
    if (this.#degrees[node] === degree) return
    this.#remove(node)
    this.#put(node, degree)
    if (degree < this.#lowest) this.#lowest = degree
  }

  #put(node: number, degree: number): void {
    const after = this.#first[degree] as number
    this.#degrees[node] = degree
    this.#next[node] = after
    this.#previous[node] = -1
    if (after !== -1) this.#previous[after] = node
    this.#first[degree] = node
  }

  #remove(node: number): void {
    const [before, after] = [this.#previous[node] as number, this.#next[node] as number]
    if (before === -1) this.#first[this.#degrees[node] as number] = after
    else this.#next[before] = after
    if (after !== -1) this.#previous[after] = before
  }
}
