/** How a page is answered: in the reader's language, under a policy that lets nothing in from elsewhere. */

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { chooseLanguage, type Language, type Markup } from '../../../web/language.ts'
import { contentSecurityPolicy } from '../../../web/policy.ts'
import type { App } from '../../context.ts'

const secondsOfAYear = 31_536_000

/** The language of this answer. One chosen in the address is remembered, so that links need not carry it. */
export function languageOf(c: Context<App>): Language {
  const query = c.req.query('lang')
  const language = chooseLanguage({
    query,
    cookie: getCookie(c, 'lang'),
    accept: c.req.header('accept-language'),
  })
  if (query === language) {
    setCookie(c, 'lang', language, { path: '/', maxAge: secondsOfAYear, sameSite: 'Lax' })
  }
  return language
}

interface PageAnswer {
  readonly status?: 200 | 404 | 410 | 500
  readonly policy?: string
  readonly cacheControl?: string
  readonly vary?: string
}

/** Answers a page. What depends on the reader's language is not kept by shared caches. */
export function answerPage(
  c: Context<App>,
  markup: Markup,
  answer: PageAnswer = {},
): Response | Promise<Response> {
  c.header('content-security-policy', answer.policy ?? contentSecurityPolicy())
  c.header('cache-control', answer.cacheControl ?? 'private, no-cache')
  c.header('vary', answer.vary ?? 'Accept-Language, Cookie')
  return c.html(markup, answer.status ?? 200)
}
