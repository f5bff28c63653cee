/** Refusals for people: a browser that asks for a page gets a page; whoever asks for anything else gets the problem document. */

import type { Context, MiddlewareHandler } from 'hono'
import { renderErrorPage, type ShownProblem } from '../../../web/error-page.ts'
import { contentSecurityPolicy } from '../../../web/policy.ts'
import type { App } from '../../context.ts'
import { languageOf } from './answer.ts'
import { names } from './preference.ts'

/** Below these only programs call; some of them name `text/html` in `Accept` without meaning it. */
const programsOnly = /^\/(?:v1|auth|\.well-known)(?:\/|$)|\.(?:json|jwt|mjs)$/

/** Turns a problem document into a page, where a page was asked for. */
export function friendlyRefusals(): MiddlewareHandler<App> {
  return async (c, next) => {
    await next()
    if (!wantsPage(c) || !isProblemDocument(c.res)) return
    const problem = (await c.res.json()) as ShownProblem
    const { status } = c.res
    const page = renderErrorPage(languageOf(c), problem, c.req.path)
    c.res = undefined
    c.res = new Response(String(await page), { status, headers: pageHeaders })
  }
}

const pageHeaders = {
  'content-type': 'text/html; charset=UTF-8',
  'content-security-policy': contentSecurityPolicy(),
  'cache-control': 'no-store',
  vary: 'Accept, Accept-Language, Cookie',
}

function wantsPage(c: Context<App>): boolean {
  const isForPeople = c.req.path.startsWith('/factors/') || !programsOnly.test(c.req.path)
  return c.req.method === 'GET' && names(c.req.header('accept'), 'text/html') && isForPeople
}

function isProblemDocument(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
}
