/** Answers that are made bit by bit after the handler is done, over ports of their own. */

import type { Context } from 'hono'
import { encodeUtf8 } from '../json/encoding.ts'
import type { Ports } from '../ports.ts'
import type { App } from './context.ts'

/**
 * The body of an answer, made as the client reads it. Its ports are closed when it ends, and when the client goes away.
 *
 * @param make yields text; `gone` tells it to end early.
 */
export function streamed(
  c: Context<App>,
  make: (ports: Ports, gone: AbortSignal) => AsyncGenerator<string>,
): ReadableStream<Uint8Array> {
  const opened = c.var.open()
  const leaving = new AbortController()
  const parts = make(opened.ports, leaving.signal)
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= opened.close()
    return closing
  }
  const leave = async () => {
    leaving.abort()
    await parts.return(undefined)
    await close()
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
      await close()
    },
    cancel: leave,
  })
}
