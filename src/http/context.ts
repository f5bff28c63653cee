/** What a request carries through the app: its id, who asks, its bytes, and the ports opened for it. */

import type { Actor, Ports, RequestMark, Settings } from '../ports.ts'

export interface Variables {
  requestId: string
  ports: Ports
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

/** Ports opened for one request, and how to let go of them once the answer is out. */
export interface OpenPorts {
  readonly ports: Ports
  close(): Promise<void>
}

/** What an entry hands to the app. */
export interface AppDeps {
  readonly settings: Settings
  open(): OpenPorts
  /** Structured log sink; one line a record. */
  log(record: Readonly<Record<string, unknown>>): void
}
