/**
 * `node scripts/backup.ts dump|restore FOLDER`: every row of the database of `DATABASE_URL` as JSON, a file a table, and back into
 * an empty one that is migrated. One snapshot; the same on PGlite and PostgreSQL. Large installations use their provider's backups.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** What fits into one statement. */
const rowsMax = 500

async function connected<Result>(url: string, act: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** Tables of the schema, with the columns that are written and not computed. */
async function tablesOf(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } =
    await client.query(`select c.table_name as name, string_agg(quote_ident(c.column_name), ', ') as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by c.table_name order by c.table_name`)
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

/** Writes all tables as they are at one moment. @returns rows. */
export function dumpDatabase(url: string, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true })
  return connected(url, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    let count = 0
    for (const [table] of await tablesOf(client)) {
      const { rows } = await client.query(`select to_jsonb(t)::text as row from "${table}" t`)
      writeFileSync(join(folder, `${table}.jsonl`), rows.map(({ row }) => `${row}\n`).join(''))
      count += rows.length
    }
    await client.query('commit')
    return count
  })
}

/** Fills a migrated database, all or nothing, past the triggers that guard what stands: needs the rights for that. */
export function restoreDatabase(url: string, folder: string): Promise<number> {
  return connected(url, async (client) => {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    let count = 0
    const tables = await tablesOf(client)
    await client.query(`truncate ${[...tables.keys()].map((name) => `"${name}"`).join(', ')}`)
    for (const [table, columns] of tables) count += await fill(client, table, columns, folder)
    await client.query('commit')
    return count
  })
}

async function fill(client: Client, table: string, columns: string, folder: string): Promise<number> {
  const rows = readFileSync(join(folder, `${table}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
  for (let from = 0; from < rows.length; from += rowsMax) {
    const page = `[${rows.slice(from, from + rowsMax).join(',')}]`
    await client.query(
      `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [page],
    )
  }
  return rows.length
}

async function main([act, folder]: readonly string[]): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url || !folder || (act !== 'dump' && act !== 'restore')) {
    console.error('DATABASE_URL=… node scripts/backup.ts dump|restore FOLDER')
    process.exit(2)
  }
  const rows = await (act === 'dump' ? dumpDatabase : restoreDatabase)(url, folder)
  console.log(`${rows} rows`)
}

if (import.meta.main) await main(process.argv.slice(2))
