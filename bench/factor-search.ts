/**
 * `node bench/factor-search.ts`: how long Postgres takes to find factors among 100,000 rows and more, by the kind of query. The
 * rows are the bundled tables as many times as needed, each time of another country, so that words are as frequent as they would
 * be. `--rows=N`, `--rounds=N`, `--url=…` a database to use, filled where it is empty,
 * `--explain=TEXT` the plan of one query, `--json` prints one document.
 */

import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { Client } from 'pg'
import { root } from '../scripts/build.ts'
import { startPostgres } from '../scripts/stack/postgres.ts'
import { tableVersionOf } from '../src/actions/registry/table-version.ts'
import { makePool } from '../src/db/client-node.ts'
import type { Db } from '../src/db/database.ts'
import { factorRow, findFactors } from '../src/db/factor-search.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../src/factors/files.ts'
import type { FactorFilter, FactorRank, Reader } from '../src/ports/registry.ts'
import type { PublishedFactor, PublishedTable } from '../src/tables/format.ts'
import { parseGwpSet, parseTable } from '../src/tables/parse.ts'
import { regionName } from '../src/tables/region-names.ts'

const option = (name: string) => new RegExp(`--${name}=(.+?)(?: --|$)`).exec(process.argv.join(' '))?.[1]
const rowsWanted = Number(option('rows') ?? 100_000)
const rounds = Number(option('rounds') ?? 20)
const asJson = process.argv.includes('--json')

const owner = '11111111-1111-4111-8111-111111111111'
const stranger = '22222222-2222-4222-8222-222222222222'
const body = '33333333-3333-4333-8333-333333333333'
/** Private tables beside the public ones: a few rows each, of two enterprises. */
const privateTables = 400

const readers = {
  anyone: null,
  enterprise: { organizationId: owner, organizationKind: 'enterprise', memberId: null },
  'certification-body': { organizationId: body, organizationKind: 'certification-body', memberId: null },
} as const satisfies Record<string, Reader>

/** Countries that copies of the tables are of. */
const countries = [
  'JP',
  'KR',
  'VN',
  'TH',
  'DE',
  'PL',
  'BR',
  'MX',
  'ZA',
  'IN',
  'ID',
  'TR',
  'AU',
  'CA',
  'SE',
  'MY',
  'KE',
  'PE',
]

/** Of the bundled tables one has editions. */
const successors: Readonly<Record<string, string>> = { 'uk-desnz 2024': '2025', 'uk-desnz 2025': '2026' }

interface Copy {
  readonly table: string
  readonly version: string
  readonly owner: string | null
  readonly published: PublishedTable
  readonly factors: readonly PublishedFactor[]
}

function bundled(): readonly PublishedTable[] {
  const folder = join(root, 'emission-factors')
  const sets = gwpSetFolders(folder).map(({ path }) => parseGwpSet(readGwpSet(path)))
  return tableFolders(folder).map(({ path }) => parseTable(readTable(path), sets))
}

/** A table again, of another country: each of its rows with the country in its name, id and region. */
function copyOf(published: PublishedTable, country: string): Copy {
  const { table, version, factors } = published.table
  const name = regionName(country)
  const rows = factors.map((row) => ({
    ...row,
    id: `${country.toLowerCase()}-${row.id}`,
    name: {
      en: `${row.name.en}, ${name.en}`,
      zh: row.name.zh === null ? null : `${row.name.zh}（${name.zh}）`,
    },
    region: country,
  }))
  return { table: `${country.toLowerCase()}-${table}`, version, owner: null, published, factors: rows }
}

function copies(): readonly Copy[] {
  const tables = bundled()
  const first = tables.map((published): Copy => {
    const { table, version, factors } = published.table
    return { table, version, owner: null, published, factors }
  })
  const all = [...first]
  let count = first.reduce((sum, { factors }) => sum + factors.length, 0)
  for (const country of countries) {
    for (const published of tables) {
      if (count >= rowsWanted) return [...all, ...privateCopies(tables)]
      const copy = copyOf(published, country)
      all.push(copy)
      count += copy.factors.length
    }
  }
  return [...all, ...privateCopies(tables)]
}

function privateCopies(tables: readonly PublishedTable[]): readonly Copy[] {
  const [published] = tables
  if (published === undefined) return []
  return Array.from({ length: privateTables }, (_, at): Copy => {
    const isOwn = at % 2 === 0
    const table = `${isOwn ? 'own' : 'other'}.suppliers-${at}`
    return {
      table,
      version: '1',
      owner: isOwn ? owner : stranger,
      published,
      factors: published.table.factors,
    }
  })
}

async function fill(client: Client, all: readonly Copy[]): Promise<number> {
  let rows = 0
  await client.query('begin')
  for (const [id, kind] of [
    [owner, 'enterprise'],
    [stranger, 'enterprise'],
    [body, 'certification-body'],
  ]) {
    await client.query(
      `insert into organizations (id, kind, slug, name_en, country, request_digest, created_at)
        values ($1::text::uuid, $2, $1, $1, 'JP', $1, now())`,
      [id, kind],
    )
  }
  for (const { table, version, owner, published, factors } of all) {
    const { state: _, redistributable, ...facts } = tableVersionOf(published)
    const supersededBy = successors[`${published.facts.table} ${version}`] ?? null
    await client.query(
      `insert into factor_table_versions (table_id, version, digest, state, owner_organization_id, redistributable, superseded_by, facts, published_at)
        values ($1, $2, $3, 'draft', $4, $5, $6, $7, null)`,
      [table, version, facts.digest, owner, owner === null && redistributable, supersededBy, facts],
    )
    const made = factors.map((factor) => factorRow(table, version, factor)).map(stored)
    for (let at = 0; at < made.length; at += 1000) {
      await client.query(`insert into factors select * from jsonb_populate_recordset(null::factors, $1)`, [
        JSON.stringify(made.slice(at, at + 1000)),
      ])
    }
    rows += made.length
  }
  await client.query(`update factor_table_versions set state = 'published', published_at = now()`)
  await client.query('commit')
  await client.query('vacuum analyze')
  return rows
}

function stored({ table, remotenessEn, remotenessZh, ...row }: ReturnType<typeof factorRow>) {
  return { table_id: table, remoteness_en: remotenessEn, remoteness_zh: remotenessZh, ...row }
}

/** What people ask, by kind. */
const queries: Readonly<Record<string, readonly FactorFilter[]>> = {
  'two Chinese characters': ['福建', '柴油', '煤炭', '铁路', '原油', '木炭', '焦炉'].map(asText),
  'a broad Chinese word': ['电力', '燃烧', '车', '货运', '运输'].map(asText),
  'Chinese, two words': ['福建 电力', '柴油 燃烧', '日本 天然气', '2023年 北京', '全国 电力'].map(asText),
  'an English word': ['butane', 'lignite', 'hotel', 'R406A', 'charcoal', 'refrigerant'].map(asText),
  'a broad English word': ['diesel', 'gas', 'freight', 'waste', 'average', 'wtt', 'cars'].map(asText),
  'English, two words and more': [
    'natural gas',
    'diesel van',
    'average laden HGV',
    'cargo ship container',
    'electricity UK',
    'rail freight Japan',
  ].map(asText),
  'a beginning': ['elec', 'die', 'refr', 'ga', 'ca', 'w'].map(asText),
  'an id': ['desnz-2026-1_100_1004_1', 'cn-grid-co2-2023-fj', 'jp-desnz-2026-1_100', 'desnz-2025'].map(
    asText,
  ),
  'ASCII in Chinese, full width': ['R-410A', 'HFC-134a', 'Ｒ４１０Ａ', 'PM2.5', 'CO₂ 排放'].map(asText),
  'nothing there': ['zzzz', '麒麟', 'diesel zebra', '%_\\', "' | !x"].map(asText),
  'words and facets': [
    { text: 'diesel', unit: 'km' },
    { text: 'gas', category: 'fuel-combustion-gas', year: 2026 },
    { text: '柴油', confirmation: 'secondary' },
    { text: 'average', table: 'uk-desnz', version: '2026' },
    { text: 'waste', gas: 'CH4', state: 'published' },
  ],
  'facets alone': [
    {},
    { region: 'CN-FJ' },
    { table: 'uk-desnz', version: '2026' },
    { category: 'electricity', year: 2023 },
    { family: 'combustion', gas: 'N2O' },
    { unit: 'room.night' },
    { confirmation: 'unverified' },
    { licence: 'open government' },
    { redistributable: false },
  ],
}

function asText(text: string): FactorFilter {
  return { text }
}

interface Timed {
  readonly kind: string
  readonly count: number
  readonly p50: number
  readonly p99: number
  /** Processor time of Postgres for one query, milliseconds: steadier than waiting on a busy machine. Null elsewhere than Linux. */
  readonly cpu: number | null
  readonly slowest: { readonly query: FactorFilter; readonly ms: number }
}

const limit = 51

/** Each query `rounds` times for each reader, its first page and the one behind; the times that the connection waited. */
async function time(db: Db, kind: string, asked: readonly FactorFilter[]): Promise<Timed> {
  const times: { ms: number; query: FactorFilter }[] = []
  const { rows } = (await db.execute(sql`select pg_backend_pid() as pid`)) as unknown as {
    rows: { pid: number }[]
  }
  const pid = rows[0]?.pid ?? 0
  let before: number | null = null
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1) before = cpuOf(pid)
    for (const query of asked) {
      for (const reader of Object.values(readers)) {
        let after: FactorRank | null = null
        for (let page = 0; page < 2; page += 1) {
          const start = performance.now()
          const found = await findFactors(db, reader, query, { limit, after })
          if (round > 0) times.push({ ms: performance.now() - start, query })
          after = found.at(-2)?.rank ?? null
          if (found.length < limit) break
        }
      }
    }
  }
  const after = cpuOf(pid)
  const cpu = before === null || after === null ? null : (after - before) / times.length
  times.sort((a, b) => a.ms - b.ms)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]?.ms ?? Number.NaN
  const slowest = times.at(-1) ?? { ms: Number.NaN, query: {} }
  return { kind, count: times.length, p50: at(0.5), p99: at(0.99), cpu, slowest }
}

/** Processor time of a process so far, milliseconds, in ticks of ten. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}

/** The statement of a search with its plan, as Postgres made it. */
async function explain(client: Client, text: string): Promise<string> {
  const statements: { toSQL: () => { sql: string; params: unknown[] } }[] = []
  const dialect = new PgDialect()
  const recorder = {
    execute: (query: Parameters<PgDialect['sqlToQuery']>[0]) => {
      statements.push({ toSQL: () => dialect.sqlToQuery(query) })
      return { rows: [] }
    },
  }
  const filter: FactorFilter = text.startsWith('{') ? JSON.parse(text) : { text }
  await findFactors(recorder as unknown as Db, null, filter, { limit, after: null })
  const { sql, params } = statements[0]?.toSQL() ?? { sql: 'select 1', params: [] }
  const { rows } = await client.query(`explain (analyze, buffers) ${sql}`, params)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

/** A database to fill: a new PostgreSQL that nobody will miss, or the one that `--url` names. */
async function database(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const url = option('url')
  if (url !== undefined) return { url, stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'egret-search-'))
  // PostgreSQL runs as a user of its own where we are root.
  chmodSync(folder, 0o755)
  const directory = join(folder, 'postgres')
  const options = { kind: 'postgres', directory, port: 0, password: 'bench', disposable: true } as const
  const postgres = await startPostgres(options)
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The rows there are; made where there are none. */
async function filled(client: Client): Promise<number> {
  const { rows } = await client.query('select count(*)::int as count from factors')
  return rows[0].count || fill(client, copies())
}

async function main(): Promise<void> {
  const postgres = await database()
  const client = new Client({ connectionString: postgres.url })
  const pool = makePool(postgres.url, 1)
  try {
    await migrateDatabase(postgres.url, join(root, 'migrations'))
    await client.connect()
    const rows = await filled(client)
    const plan = option('explain')
    if (plan !== undefined) return console.log(await explain(client, plan))
    const db = pool.open(() => {})
    const timed: Timed[] = []
    for (const [kind, asked] of Object.entries(queries)) timed.push(await time(db, kind, asked))
    const { rows: sizes } = await client.query(
      `select pg_size_pretty(pg_table_size('factors')) as rows, pg_size_pretty(pg_relation_size('factors_search_idx')) as lexemes`,
    )
    print(rows, sizes[0], timed)
  } finally {
    await pool.close()
    await client.end()
    await postgres.stop()
  }
}

function print(rows: number, sizes: unknown, timed: readonly Timed[]): void {
  if (asJson) {
    console.log(JSON.stringify({ rows, sizes, timed }, null, 2))
    return
  }
  console.log(`${rows} rows`, sizes)
  for (const { kind, count, p50, p99, cpu, slowest } of timed) {
    const slow = `${slowest.ms.toFixed(1)} ${JSON.stringify(slowest.query)}`
    console.log(
      `${kind.padEnd(30)} ${String(count).padStart(6)}  p50 ${p50.toFixed(2)}  p99 ${p99.toFixed(2)}  cpu ${cpu?.toFixed(1)}  max ${slow}`,
    )
  }
}

await main()
