/** What every request passes through: its name, its ports, and its record in the log. */

import type { Context, MiddlewareHandler } from 'hono'
import type { App, AppDeps, Cost } from '../context.ts'

/** Names the request, in the log and in every answer. */
export function identify(): MiddlewareHandler<App> {
  return async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    await next()
    c.header('x-request-id', c.get('requestId'))
  }
}

/** Opens ports for one request and lets go of them when the answer is made, also after a failure. */
export function openPorts(deps: AppDeps): MiddlewareHandler<App> {
  return async (c, next) => {
    const open = () => deps.open({ requestId: c.get('requestId') })
    const { ports, cost, close } = open()
    c.set('ports', ports)
    c.set('cost', cost)
    c.set('open', open)
    try {
      await next()
    } finally {
      letGo(c, close(), deps)
    }
    if (deps.reportsCost) c.header('x-egret-cost', costText(cost))
  }
}

function costText({ roundTrips, objectReads, objectWrites }: Cost): string {
  return `database=${roundTrips}, reads=${objectReads}, writes=${objectWrites}`
}

/** A Worker ends the connection after the answer (`waitUntil`); elsewhere it ends by itself. */
function letGo(c: Context<App>, closing: Promise<void>, deps: AppDeps): void {
  const told = closing.catch((thrown) =>
    deps.log('error', 'close', { requestId: c.get('requestId'), error: thrown }),
  )
  try {
    c.executionCtx.waitUntil(told)
  } catch {
    // No execution context outside Workers.
  }
}

/**
 * One record a request: who asked what, how it was answered, how long it took and what it cost. Neither query nor body nor person:
 * those may say what a log is not for. On Workers time stands still between waits, so milliseconds are of waiting.
 */
export function tellRequests({ log }: AppDeps): MiddlewareHandler<App> {
  return async (c, next) => {
    const from = Date.now()
    await next()
    const { requestId, actor, cost, problem } = c.var
    log('info', 'request', {
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      milliseconds: Date.now() - from,
      ...cost,
      problem,
      client: actor?.clientId,
      organization: actor?.organizationId,
      ray: c.req.header('cf-ray'),
    })
  }
}
