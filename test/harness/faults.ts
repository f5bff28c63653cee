/**
 * What goes wrong in the world, made to order: a process that is killed before or after a write of its own, and a store that loses,
 * delays or hides what it was given. Wrapped around real parts, so that what stays behind is what a crash would leave.
 */

import type { ObjectMeta, ObjectStore, Ports, StorageArea } from '../../src/ports.ts'

/** Which write a process does not survive, counted from 1, and whether that write took hold. */
export interface Kill {
  readonly write: number
  readonly moment: 'before' | 'after'
}

/** What a killed process meets at every further step. */
export class Killed extends Error {
  override name = 'Killed'
}

/** Methods of ports that write; every other method of a wrapped port only reads. */
export const writesOf = {
  log: ['append', 'takeTurn', 'endTurn', 'giveBack', 'confirm', 'confirmCredentials'],
  objects: ['put'],
} as const satisfies { readonly [Port in keyof Ports]?: readonly string[] }

/** A process: it counts its writes, and after its end does nothing any more, not even clean up. */
export class Process {
  readonly #kill: Kill | null
  #writes = 0
  #isDead = false

  constructor(kill: Kill | null = null) {
    this.#kill = kill
  }

  /** Writes that were begun so far. */
  get writes(): number {
    return this.#writes
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** Ports whose writes may kill the process. @param writes as {@link writesOf}; ports that are not named are handed on. */
  ports<Given extends object>(
    ports: Given,
    writes: Readonly<Record<string, readonly string[] | undefined>> = writesOf,
  ): Given {
    return new Proxy(ports, {
      get: (target, name: string) => {
        const port = Reflect.get(target, name)
        return writes[name] === undefined ? port : this.port(port as object, writes[name])
      },
    })
  }

  /** One port. @param writes names of its methods that write. */
  port<Port extends object>(port: Port, writes: readonly string[]): Port {
    return new Proxy(port, {
      get: (target, name: string) => {
        const member = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => this.#step(writes.includes(name), () => member.apply(target, given))
      },
    })
  }

  async #step(isWrite: boolean, act: () => unknown): Promise<unknown> {
    if (this.#isDead) throw new Killed('the process was killed')
    if (isWrite) this.#writes += 1
    const isLast = isWrite && this.#writes === this.#kill?.write
    if (isLast && this.#kill?.moment === 'before') this.#die()
    const result = await act()
    if (isLast) this.#die()
    if (this.#isDead) throw new Killed('the process was killed')
    return result
  }

  #die(): never {
    this.#isDead = true
    throw new Killed('the process was killed')
  }
}

/** Every kill of a run that takes so many writes. */
export function everyKill(writes: number): readonly Kill[] {
  return Array.from({ length: writes }, (_, at) => at + 1).flatMap((write) => [
    { write, moment: 'before' as const },
    { write, moment: 'after' as const },
  ])
}

/** A store in memory whose faults are switched on and off. */
export class FaultyStore implements ObjectStore {
  readonly #kept = new Map<string, Uint8Array>()
  readonly #before = new Map<string, Uint8Array | null>()
  readonly #late: (() => void)[] = []
  /** Confirms a write that it does not keep. */
  losesWrites: (name: string) => boolean = () => false
  /** Fails a write that it keeps later, when {@link land} is called. */
  delaysWrites: (name: string) => boolean = () => false
  /** Shows what was there before the last write. */
  readsStale: (name: string) => boolean = () => false
  isDown = false

  async put(area: StorageArea, key: string, body: Uint8Array, _meta?: ObjectMeta): Promise<void> {
    this.#requireUp()
    const name = `${area}/${key}`
    if (this.losesWrites(name)) return
    const keep = () => {
      this.#before.set(name, this.#kept.get(name) ?? null)
      this.#kept.set(name, body.slice())
    }
    if (!this.delaysWrites(name)) return keep()
    this.#late.push(keep)
    throw new Error('no answer in time')
  }

  async get(area: StorageArea, key: string): Promise<Uint8Array | null> {
    this.#requireUp()
    const name = `${area}/${key}`
    if (this.readsStale(name)) return this.#before.get(name) ?? null
    return this.#kept.get(name) ?? null
  }

  async exists(area: StorageArea, key: string): Promise<boolean> {
    return (await this.get(area, key)) !== null
  }

  /** Delayed writes take hold, in their order. */
  land(): void {
    for (const keep of this.#late.splice(0)) keep()
  }

  remove(name: string): void {
    this.#kept.delete(name)
  }

  /** Empty, and without faults. */
  clear(): void {
    this.#kept.clear()
    this.#before.clear()
    this.#late.length = 0
    for (const fault of ['losesWrites', 'delaysWrites', 'readsStale'] as const) this[fault] = () => false
    this.isDown = false
  }

  /** Everything that is there, by `<area>/<key>` in order, as hex. */
  snapshot(): Readonly<Record<string, string>> {
    const entries = [...this.#kept].sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]))
  }

  #requireUp(): void {
    if (this.isDown) throw new Error('the store is down')
  }
}
