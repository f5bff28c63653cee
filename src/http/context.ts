/** What a request carries through the app: its id, who asks, its bytes, and the ports opened for it. */

import type { Actor, Ports, RequestMark, Settings } from '../ports.ts'
import type { ProblemCode } from '../problem.ts'

export interface Variables {
  requestId: string
  ports: Ports
  /** What the request has cost so far. */
  cost: Cost
  /** Why it was refused, where it was. */
  problem: ProblemCode | undefined
  /** Opens other ports, for what goes on when those of the request are closed (`withOwnPorts`). */
  open(): OpenPorts
  /** Set on every route that is not public. */
  actor: Actor
  mark: RequestMark
  /** The body's bytes, read once within the route's bound; empty where the method has none. */
  body: Uint8Array
}

export interface App {
  Variables: Variables
}

/** What one request costs outside the isolate. */
export interface Cost {
  roundTrips: number
  objectReads: number
  objectWrites: number
}

/** Ports opened for one request, and how to let go of them once the answer is out. */
export interface OpenPorts {
  readonly ports: Ports
  readonly cost: Cost
  close(): Promise<void>
}

/** What an entry hands to the app. */
export interface AppDeps {
  readonly settings: Settings
  /** Whether answers carry `x-egret-cost`. */
  readonly reportsCost: boolean
  open(origin: { readonly requestId: string }): OpenPorts
  /** Writes one record of the log; what was thrown is given as `error`. */
  log(level: 'info' | 'error', message: string, facts: Readonly<Record<string, unknown>>): void
}
