/** In which form a report is answered: asked for by the query, or preferred by the Accept header; JSON where nothing is. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { chooseLanguage } from '../web/language.ts'
import { standalonePolicy } from '../web/policy.ts'
import type { ReportPage } from '../web/report/frame.ts'
import type { App } from './context.ts'

const types = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const

/** @param formats those that the report has. */
export function reportFormat<Format extends keyof typeof types>(
  c: Context<App>,
  formats: readonly Format[],
  asked: Format | undefined,
): Format | 'json' {
  c.header('vary', 'accept, accept-language, authorization')
  if (asked !== undefined) return asked
  const supports = formats.map((format) => types[format])
  const preferred = accepts(c, { header: 'Accept', supports, default: types.json })
  return formats.find((format) => types[format] === preferred) ?? 'json'
}

/** The page of a report under the policy that lets its own style stand and nothing else. @param name of the file, without its ending. */
export function reportPage(
  c: Context<App>,
  { markup, styleHash }: ReportPage,
  name: string,
): Response | Promise<Response> {
  c.header('content-disposition', `inline; filename="${name}.html"`)
  c.header('content-security-policy', standalonePolicy(styleHash))
  return c.html(markup)
}

/** The language a report's page opens in. */
export function reportLanguage(c: Context<App>, asked: string | undefined) {
  return chooseLanguage({ query: asked, cookie: undefined, accept: c.req.header('accept-language') })
}
