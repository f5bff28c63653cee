/**
 * Finding factors by words and facets, over the rows of published versions. Every way of matching is one look into the index of
 * lexemes, and only so many ways are gone as a page needs.
 */

import { and, type SQL, sql } from 'drizzle-orm'
import type { EmissionFactor, Names } from '../engine/types.ts'
import type {
  FactorFilter,
  FactorPage,
  FactorRank,
  FoundFactor,
  Reader,
  VersionState,
} from '../ports/registry.ts'
import { type LicenceTerms, licenceTerms } from '../tables/format.ts'
import { facetLexeme, facets, factorLexemes, remotenessOf } from '../tables/search-lexemes.ts'
import type { Db } from './database.ts'
import { factors, factorTableVersions } from './schema/registry.ts'
import { quoted, type Way, waysToMatch } from './search-query.ts'
import { rowsVisibleTo } from './table-visibility.ts'

/** A factor as a row to be searched; every member is JSON. */
export function factorRow(
  table: string,
  version: string,
  factor: EmissionFactor,
): typeof factors.$inferInsert {
  const { id, category, family, region, year, confirmation } = factor
  const search = factorLexemes(table, version, factor).map(quoted).join(' ')
  const { en, zh } = remotenessOf(factor)
  const columns = { category, family, region, year, confirmation, remotenessEn: en, remotenessZh: zh, search }
  return { table, version, id, ...columns, body: factor }
}

/** Factors that match a filter, of versions whose rows the reader may see, in the order of their ranks. */
export async function findFactors(
  db: Db,
  reader: Reader,
  filter: FactorFilter,
  page: FactorPage,
): Promise<FoundFactor[]> {
  const search = searchOf(filter, page)
  if (search === null) return []
  const { rows } = (await db.execute(statement(db, reader, filter, search))) as unknown as { rows: Found[] }
  return rows.map(toFound)
}

interface Found extends Omit<FactorRank, 'table'> {
  readonly table_id: string
  readonly superseded_by: string | null
  readonly owner_organization_id: string | null
  readonly title: Names
  readonly licence: string
  readonly licence_terms: LicenceTerms | null
  readonly redistributable: boolean
  readonly body: EmissionFactor
}

/** By their standing, as ranks have it. */
const states: readonly VersionState[] = ['published', 'superseded', 'withdrawn', 'draft']

function toFound(row: Found): FoundFactor {
  const { way, standing, remoteness, year, doubt, table_id: table, version, id } = row
  return {
    table,
    version,
    state: states[standing] as VersionState,
    supersededBy: row.superseded_by,
    ownerOrganizationId: row.owner_organization_id,
    tableTitle: row.title,
    licence: row.licence,
    licenceTerms: row.licence_terms,
    redistributable: row.redistributable,
    rank: { way, standing, remoteness, year, doubt, table, version, id },
    factor: row.body,
  }
}

/** A query of ranks with the place of each, no more than a page has. */
type Search = SQL

const byRank = sql`standing, remoteness, year desc, doubt, table_id, version desc, id`
const byName = sql`standing, table_id, version, year desc, id`

/** How a search is ranked, and which rows are behind its cursor. */
interface Ranking {
  readonly remoteness: SQL
  readonly doubt: SQL
  readonly order: SQL
  readonly isBehind: SQL
}

/** What finds the rows of a page; null where no row could match. */
function searchOf(filter: FactorFilter, page: FactorPage): Search | null {
  const text = filter.text?.trim() ?? ''
  const narrowed = facetsOf(filter)
  if (text !== '') return byWords(text, narrowed, page)
  return narrowed.length > 0 ? byFacets(narrowed, page) : everything(page)
}

function facetsOf(filter: FactorFilter): readonly string[] {
  return facets.flatMap((facet) => {
    const value = filter[facet]
    return value === undefined ? [] : [facetLexeme(facet, value)]
  })
}

/** By the ways of the words that can still find something behind the cursor. */
function byWords(text: string, narrowed: readonly string[], { limit, after }: FactorPage): Search | null {
  const ways = waysToMatch(text, narrowed).filter(({ place }) => place >= (after?.way ?? 0))
  if (ways.length === 0) return null
  return byWays(ways, limit, {
    remoteness: /\p{Script=Han}/u.test(text) ? sql`remoteness_zh` : sql`remoteness_en`,
    doubt: sql`case confirmation when 'primary' then 0 when 'secondary' then 1 else 2 end`,
    order: byRank,
    isBehind: after === null ? sql`true` : sql`(way > ${after.way}::int or ${behindRank(after)})`,
  })
}

/** Without words: by standing, table, version, year and id. */
function byFacets(narrowed: readonly string[], { limit, after }: FactorPage): Search {
  return byWays([{ place: 0, condition: narrowed.map(quoted).join(' & ') }], limit, {
    remoteness: sql`0`,
    doubt: sql`0`,
    order: byName,
    isBehind: after === null ? sql`true` : behindName(after),
  })
}

/**
 * The ways one after the other, each taken only while the page is not full: every turn of the recursion takes one, and counts
 * what was found so far. Postgres so plans one way and not eight; and as it cannot know the condition when it plans, and the
 * rows come from behind a fence (`offset 0`), it goes to the index first whatever it would guess of a word.
 */
function byWays(
  ways: readonly Way[],
  limit: number,
  { remoteness, doubt, order, isBehind }: Ranking,
): Search {
  const places = sql`${`{${ways.map(({ place }) => place).join()}}`}::int[]`
  const conditions = sql`${JSON.stringify(ways.map(({ condition }) => condition))}::jsonb`
  const found = sql`select ranked.* from (
      with recursive turns as (
        select 0 as turn, 0 as total, null::jsonb as rows
        union all
        select turn + 1, total + count, found.rows from turns cross join lateral (
          select count(*)::int as count, jsonb_agg(ranked) as rows from (
            select * from (
              select (${places})[turn + 1] as way, f.*, s.standing
              from (select table_id, version, id, year, ${remoteness} as remoteness, ${doubt} as doubt
                  from ${factors} where search @@ (${conditions} ->> turn)::tsquery offset 0) f
                join standings s on s.table_id = f.table_id and s.version = f.version) matching
            where ${isBehind} order by ${order} limit ${limit}::int) ranked) found
        where turn < ${ways.length}::int and total < ${limit}::int)
      select rows from turns) turns
    cross join jsonb_to_recordset(rows) as ranked (${rankColumns})`
  return placed(found, sql`way, ${order}`, limit)
}

/** The first rows of an order, each with its place. */
function placed(found: SQL, order: SQL, limit: number): Search {
  return sql`select *, row_number() over (order by ${order}) as place
    from (select * from (${found}) found order by ${order} limit ${limit}::int) first`
}

const rankColumns = sql`way int, standing int, remoteness int, year int, doubt int, table_id text, version text, id text`

/**
 * Without any condition no row need be looked at but those shown: each of the next versions, of which there is no more use for
 * than the page has rows, gives its first rows in order.
 */
function everything({ limit, after }: FactorPage): Search {
  const name = sql`v.table_id = f.table_id and v.version = f.version`
  const at = after && sql`(${after.standing}::int, ${after.table}::text, ${after.version}::text)`
  const isNext = at === null ? sql`true` : sql`(standing, table_id, version) >= ${at}`
  const isBehind =
    after === null ? sql`true` : sql`((v.standing, v.table_id, v.version) > ${at} or ${behindRow(after)})`
  const found = sql`select 0 as way, v.table_id, v.version, f.id, f.year, 0 as remoteness, 0 as doubt, v.standing
    from (select * from visible v
        where ${isNext} and exists (select from ${factors} f where ${name})
        order by standing, table_id, version limit ${limit + 1}::int) v
      cross join lateral (select id, year from ${factors} f
        where ${name} and ${isBehind} order by year desc, id limit ${limit}::int) f`
  return placed(found, byName, limit)
}

/** Rows behind the cursor of a search by words. */
function behindRank(after: FactorRank): SQL {
  const head = sql`(standing, remoteness, -year, doubt, table_id)`
  const at = sql`(${after.standing}::int, ${after.remoteness}::int, ${-after.year}::int, ${after.doubt}::int, ${after.table}::text)`
  const tail = sql`(version < ${after.version} or version = ${after.version} and id > ${after.id})`
  return sql`(${head} > ${at} or ${head} = ${at} and ${tail})`
}

/** Rows behind the cursor of a list. */
function behindName(after: FactorRank): SQL {
  const head = sql`(standing, table_id, version)`
  const at = sql`(${after.standing}::int, ${after.table}::text, ${after.version}::text)`
  return sql`(${head} > ${at} or ${head} = ${at} and ${behindRow(after)})`
}

function behindRow({ year, id }: FactorRank): SQL {
  return sql`(year < ${year}::int or year = ${year}::int and id > ${id})`
}

/** The versions whose rows may be shown, each with its standing: few beside the rows, and looked at once. */
function visibleVersions(db: Db, reader: Reader, filter: FactorFilter): SQL {
  const standing = sql`(case
      when state = 'withdrawn' then 2 when state = 'draft' then 3 when superseded_by is not null then 1 else 0 end)`
  const { licence, redistributable, state } = filter
  const conditions = [
    rowsVisibleTo(db, reader),
    licence === undefined ? undefined : isLicensedUnder(licence),
    redistributable === undefined ? undefined : sql`redistributable = ${redistributable}`,
    state === undefined ? undefined : sql`${standing} = ${states.indexOf(state)}::int`,
  ]
  return sql`select table_id, version, ${standing} as standing from ${factorTableVersions} where ${and(...conditions)}`
}

/** Under these terms where it is the word for some; else under a licence with this in its name. */
function isLicensedUnder(licence: string): SQL {
  const terms = licenceTerms.find((known) => known === licence.trim().toLowerCase())
  return terms === undefined
    ? sql`strpos(lower(facts ->> 'licence'), lower(${licence})) > 0`
    : sql`facts ->> 'licenceTerms' = ${terms}`
}

/** The visible versions as a function's rows: Postgres expects a hundred, and so looks each up by a hash. */
const standings = sql`select * from jsonb_to_recordset(
  (select jsonb_agg(jsonb_build_object('table_id', table_id, 'version', version, 'standing', standing)) from visible)
) as (table_id text, version text, standing int)`

/** Facts of versions and bodies of rows are read for the page alone. */
function statement(db: Db, reader: Reader, filter: FactorFilter, search: Search): SQL {
  return sql`with visible as materialized (${visibleVersions(db, reader, filter)}),
    standings as materialized (${standings}),
    page as materialized (${search})
    select page.*, v.superseded_by, v.owner_organization_id, v.redistributable,
      v.facts -> 'title' as title, v.facts ->> 'licence' as licence,
      v.facts ->> 'licenceTerms' as licence_terms, f.body
    from page
      join ${factorTableVersions} v on v.table_id = page.table_id and v.version = page.version
      join ${factors} f on f.table_id = page.table_id and f.version = page.version and f.id = page.id
    order by place`
}
