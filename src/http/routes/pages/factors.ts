/**
 * `/factors`: the registry for people. Anyone may look, and sees what someone without a token may see. What a page needs of the
 * registry as a whole is remembered in the isolate for as long as shared caches may keep a page anyway; documents are kept by
 * digest. So a page asks Postgres at most for what was searched, and a factor's page, once warm, for nothing.
 */

import type { Context } from 'hono'
import { compareVersions } from '../../../actions/registry/compare-versions.ts'
import {
  editionsOf,
  loadGwpSets,
  type RegistryOverview,
  readOverview,
} from '../../../actions/registry/overview.ts'
import { readFactor } from '../../../actions/registry/read-factor.ts'
import { readTable } from '../../../actions/registry/read-table.ts'
import type { FactorTableVersion } from '../../../ports/registry.ts'
import { Problem } from '../../../problem.ts'
import type { TableDiff } from '../../../tables/diff.ts'
import { editionPath } from '../../../web/factors/addresses.ts'
import { diffParts, entriesPerPage, renderDiff } from '../../../web/factors/diff-page.ts'
import { renderFactor } from '../../../web/factors/factor-page.ts'
import { renderSearch } from '../../../web/factors/search-page.ts'
import { renderTablePage } from '../../../web/factors/table-page.ts'
import type { Markup } from '../../../web/language.ts'
import { contentSecurityPolicy } from '../../../web/policy.ts'
import type { App } from '../../context.ts'
import { router } from '../../route.ts'
import { cursorOf } from '../factors/cursor.ts'
import { answerPage, languageOf } from './answer.ts'
import { readSearch, resultsPerPage } from './factor-search.ts'

/** Someone without a token. */
const anyone = null

/** How long a page may be kept, seconds. What is superseded or withdrawn shows on every page of a version, so none is kept for long. */
const keptSeconds = { search: 30, table: 60, factor: 300, diff: 3600 } as const

export const factorPages = router()

factorPages.get('/factors', async (c) => {
  const { asked, filter, unreadable, after } = readSearch(c.req.query())
  const overview = await overviewOf(c)
  const isAsked = Object.keys(asked).length > 0 && unreadable.length === 0
  const page = { limit: resultsPerPage + 1, after }
  const [rows, gwpSets] = await Promise.all([
    isAsked ? c.var.ports.registry.findFactors(anyone, filter, page) : null,
    loadGwpSets(c.var.ports, overview),
  ])
  const found = rows?.slice(0, resultsPerPage) ?? null
  const last = found?.at(-1)
  const next =
    rows !== null && rows.length > resultsPerPage && last !== undefined ? cursorOf(last.rank) : null
  const view = {
    asked,
    unreadable,
    found,
    next,
    isContinued: after !== null,
    tables: overview.tables,
    gwpSets,
  }
  return answer(c, renderSearch(languageOf(c), view, queryOf(c)), keptSeconds.search)
})

factorPages.get('/factors/:table', async (c) => {
  const overview = await overviewOf(c)
  const reading = await readTable(c.var.ports, anyone, overview, c.req.param('table'))
  return answer(c, renderTablePage(languageOf(c), reading, queryOf(c)), keptSeconds.table)
})

/** A version has no page of its own; it stands on its table's. */
factorPages.get('/factors/:table/:version', async (c) => {
  const { table, version } = c.req.param()
  versionOf(await overviewOf(c), table, version)
  return c.redirect(editionPath(table, version), 302)
})

factorPages.get('/factors/:table/diff/:from/:to', async (c) => {
  const { table, from, to } = c.req.param()
  const overview = await overviewOf(c)
  const [older, newer] = [versionOf(overview, table, from), versionOf(overview, table, to)]
  const diff = await comparisonOf(c, overview, older, newer)
  const part = diffParts.find((name) => name === c.req.query('part')) ?? null
  const view = { from: older, to: newer, diff, part, page: pageNumber(c.req.query('page')) }
  return answer(c, renderDiff(languageOf(c), view, queryOf(c)), keptSeconds.diff)
})

factorPages.get('/factors/:table/:version/:id', async (c) => {
  const reading = await readFactor(c.var.ports, anyone, await overviewOf(c), c.req.param())
  return answer(c, renderFactor(languageOf(c), reading, queryOf(c)), keptSeconds.factor)
})

interface Remembered {
  readonly overview: RegistryOverview
  readonly until: number
}

/** By installation: one in production, several in a test's process. */
const remembered = new Map<string, Remembered>()

async function overviewOf(c: Context<App>): Promise<RegistryOverview> {
  const { settings } = c.var.ports
  const known = remembered.get(settings.publicUrl)
  if (known !== undefined && known.until > Date.now()) return known.overview
  const overview = await readOverview(c.var.ports, anyone)
  remembered.set(settings.publicUrl, { overview, until: Date.now() + keptSeconds.search * 1000 })
  return overview
}

/** Comparisons by the digests of what they compare: whoever turns pages asks for the same one again. */
const compared = new Map<string, TableDiff>()
const comparedMax = 2

async function comparisonOf(
  c: Context<App>,
  { gwpSets }: RegistryOverview,
  from: FactorTableVersion,
  to: FactorTableVersion,
): Promise<TableDiff> {
  const gwpSet = gwpSets.find(({ id }) => id === 'ipcc-ar6') ?? gwpSets.at(-1)
  if (gwpSet === undefined) throw new Problem('unavailable', 'No GWP set is published to compare with.')
  const name = `${from.digest} ${to.digest} ${gwpSet.digest}`
  const known = compared.get(name)
  if (known !== undefined) return known
  const named = { table: to.table, from: from.version, to: to.version }
  const { diff } = await compareVersions(c.var.ports, { reader: anyone, ...named, gwpSet })
  compared.set(name, diff)
  for (const oldest of compared.keys()) if (compared.size > comparedMax) compared.delete(oldest)
  return diff
}

function versionOf(overview: RegistryOverview, table: string, version: string): FactorTableVersion {
  const found = editionsOf(overview, table).find((edition) => edition.version === version)
  if (found !== undefined) return found
  throw new Problem('not-found', `No version ${version} of ${table} is published.`)
}

function pageNumber(written: string | undefined): number {
  return /^[1-9]\d{0,4}$/.test(written ?? '') ? Math.min(Number(written), 100_000 / entriesPerPage) : 1
}

function queryOf(c: Context<App>): string {
  return new URL(c.req.url).search
}

/** A page of public facts. Asked for in a language by its address it sets a cookie, and is no shared cache's to keep. */
function answer(c: Context<App>, markup: Markup, seconds: number): Response | Promise<Response> {
  const policy = contentSecurityPolicy({ trustedTypes: true })
  if (c.req.query('lang') !== undefined) return answerPage(c, markup, { policy })
  return answerPage(c, markup, { policy, cacheControl: `public, max-age=${seconds}` })
}
