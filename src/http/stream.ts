/** Answers that are made bit by bit after the handler is done, over ports opened on the way. */

import type { Context } from 'hono'
import { encodeUtf8 } from '../json/encoding.ts'
import type { Ports } from '../ports.ts'
import type { App } from './context.ts'

/** Asks something over ports that are opened for it alone. */
export type Ask = <Answer>(question: (ports: Ports) => Promise<Answer>) => Promise<Answer>

/**
 * The body of an answer, made as the client reads it. Between two questions it holds no connection: clients that only wait
 * must not take those that others need.
 *
 * @param make yields text; `gone` tells it to end early.
 */
export function streamed(
  c: Context<App>,
  make: (ask: Ask, gone: AbortSignal) => AsyncGenerator<string>,
): ReadableStream<Uint8Array> {
  const ask: Ask = async (question) => {
    const { ports, close } = c.var.open()
    try {
      return await question(ports)
    } finally {
      await close()
    }
  }
  const leaving = new AbortController()
  const parts = make(ask, leaving.signal)
  const leave = async () => {
    leaving.abort()
    await parts.return(undefined)
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
    },
    cancel: leave,
  })
}
