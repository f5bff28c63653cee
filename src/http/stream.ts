/** Answers that are made bit by bit after the handler is done. */

import type { Context } from 'hono'
import { encodeUtf8 } from '../json/encoding.ts'
import type { Ports } from '../ports.ts'
import type { App } from './context.ts'

/**
 * The body of an answer, made as the client reads it, until it ends or the client goes away. The ports of the request are closed
 * by then: see {@link withOwnPorts}.
 *
 * @param make yields text; `gone` tells it to end early.
 */
export function streamed(
  c: Context<App>,
  make: (gone: AbortSignal) => AsyncGenerator<string>,
): ReadableStream<Uint8Array> {
  const leaving = new AbortController()
  const parts = make(leaving.signal)
  const over = Promise.withResolvers<void>()
  outlive(c, over.promise)
  const leave = async () => {
    leaving.abort()
    await parts.return(undefined)
    over.resolve()
  }
  c.req.raw.signal.addEventListener('abort', () => void leave(), { once: true })
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await parts.next()
        if (!done) return controller.enqueue(encodeUtf8(value))
        controller.close()
      } catch (thrown) {
        controller.error(thrown)
      }
      over.resolve()
    },
    cancel: leave,
  })
}

/** A Worker whose client goes away ends in the middle of its work, and would leave a connection behind; so it is asked to wait. */
function outlive(c: Context<App>, over: Promise<void>): void {
  try {
    c.executionCtx.waitUntil(over)
  } catch {
    // No execution context outside Workers.
  }
}

/** Does something with ports opened for it alone: a stream that lasts holds no connection while it waits. */
export async function withOwnPorts<Result>(
  c: Context<App>,
  act: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const { ports, close } = c.var.open()
  try {
    return await act(ports)
  } finally {
    await close()
  }
}
