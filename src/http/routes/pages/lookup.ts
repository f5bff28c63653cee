/** `/credentials` and `/bodies/{slug}`: looking documents up, for people. */

import type { Context } from 'hono'
import { readBodyProfile } from '../../../actions/lookup/body-profile.ts'
import {
  listPublic,
  lookUpNumber,
  plainCode,
  type StandingCredential,
} from '../../../actions/lookup/look-up.ts'
import { readCredentialNumber } from '../../../certification/credential-number.ts'
import { didDocumentUrl, parseDidWeb } from '../../../credential/did-web.ts'
import { headCache } from '../../../ports/objects.ts'
import type { PublicBody } from '../../../ports/public-credentials.ts'
import { isProblem, Problem } from '../../../problem.ts'
import type { Markup } from '../../../web/language.ts'
import { renderBody } from '../../../web/lookup/body-page.ts'
import { type LookupOutcome, type LookupView, renderLookup } from '../../../web/lookup/lookup-page.ts'
import type { App } from '../../context.ts'
import { newestFirstCursor } from '../../paging.ts'
import { router } from '../../route.ts'
import { Slug, words } from '../../schemas.ts'
import { answerPage, languageOf } from './answer.ts'

const resultsPerPage = 20
const bodiesShown = 20

export const lookupPages = router()

lookupPages.get('/credentials', async (c) => {
  const asked = words(100).safeParse(c.req.query('q') ?? '').data ?? ''
  const development = c.req.query('development') === 'true'
  const outcome = await answerTo(c, asked.trim(), development)
  const view: LookupView = { asked, development, isContinued: isContinued(c), outcome }
  return answer(c, renderLookup(languageOf(c), view, queryOf(c)))
})

lookupPages.get('/bodies/:slug', async (c) => {
  const { ports } = c.var
  const slug = c.req.param('slug')
  if (!Slug.safeParse(slug).success) throw new Problem('not-found', 'No certification body has this name.')
  const development = c.req.query('development') === 'true'
  const profile = await readBodyProfile(ports, slug)
  const { rows, next } = await pageOfList(c, { body: slug }, development)
  const parsed = parseDidWeb(profile.body.did)
  const didDocument = parsed === undefined ? null : didDocumentUrl(parsed)
  const view = { profile, didDocument, rows, development, next, isContinued: isContinued(c) }
  return answer(c, renderBody(languageOf(c), view, queryOf(c)))
})

/** What the one field means: a number, a credit code, or else a part of a body's name. */
async function answerTo(c: Context<App>, asked: string, development: boolean): Promise<LookupOutcome> {
  if (asked === '') return { kind: 'nothing-asked' }
  if (isNumberLike(asked)) return answerToNumber(c, asked)
  const code = plainCode(asked)
  if (/^(?=.*\d)[0-9A-Z]{18}$/.test(code)) return answerToCode(c, code, development)
  const wanted = asked.normalize('NFKC').toLowerCase()
  const bodies = (await bodiesOf(c)).filter((body) => isNamed(body, wanted))
  return { kind: 'bodies', bodies: bodies.slice(0, bodiesShown) }
}

function isNumberLike(asked: string): boolean {
  return (
    readCredentialNumber(asked) !== undefined || /^EGRET[\s\p{Pd}]*\d/iu.test(asked.normalize('NFKC').trim())
  )
}

async function answerToNumber(c: Context<App>, asked: string): Promise<LookupOutcome> {
  try {
    return { kind: 'number', found: await lookUpNumber(c.var.ports, asked) }
  } catch (thrown) {
    if (isProblem(thrown) && thrown.code === 'not-found') return { kind: 'no-such-number' }
    throw thrown
  }
}

async function answerToCode(c: Context<App>, code: string, development: boolean): Promise<LookupOutcome> {
  try {
    return { kind: 'holder', code, ...(await pageOfList(c, { holder: code }, development)) }
  } catch (thrown) {
    if (isProblem(thrown) && thrown.code === 'identifier-invalid') return { kind: 'mistyped-code' }
    throw thrown
  }
}

function isNamed({ slug, name }: PublicBody, wanted: string): boolean {
  return [slug, name.en, name.zh ?? ''].some((text) => text.normalize('NFKC').toLowerCase().includes(wanted))
}

async function pageOfList(
  c: Context<App>,
  wanted: { readonly holder: string } | { readonly body: string },
  development: boolean,
): Promise<{ readonly rows: readonly StandingCredential[]; readonly next: string | null }> {
  const page = { limit: resultsPerPage + 1, after: c.req.query('after') ?? null }
  const found = await listPublic(c.var.ports, wanted, development, page)
  const rows = found.slice(0, resultsPerPage)
  const last = rows.at(-1)
  const isMore = found.length > resultsPerPage && last !== undefined
  return { rows, next: isMore ? newestFirstCursor(last.issuedAt, last.id) : null }
}

/** Bodies by installation: few, seldom new, and asked for by whoever types a name. */
const remembered = new Map<string, { readonly bodies: readonly PublicBody[]; readonly until: number }>()
const rememberedSeconds = 30

async function bodiesOf(c: Context<App>): Promise<readonly PublicBody[]> {
  const { settings, publicCredentials } = c.var.ports
  const known = remembered.get(settings.publicUrl)
  if (known !== undefined && known.until > Date.now()) return known.bodies
  const bodies = await publicCredentials.bodies()
  remembered.set(settings.publicUrl, { bodies, until: Date.now() + rememberedSeconds * 1000 })
  return bodies
}

const isContinued = (c: Context<App>): boolean => c.req.query('after') !== undefined
const queryOf = (c: Context<App>): string => new URL(c.req.url).search

/** Asked for in a language by its address it sets a cookie, and is no shared cache's to keep. */
function answer(c: Context<App>, markup: Markup): Response | Promise<Response> {
  return answerPage(c, markup, c.req.query('lang') === undefined ? { cacheControl: headCache } : {})
}
