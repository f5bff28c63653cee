/**
 * Keeps a draft of a factor-table version: its files are judged by the rules at the door, its document is stored under its
 * digest in the private bucket, and then its row names it. A draft can be replaced until it is published, never after.
 */

import { factorTableKey, frozenCache } from '../../ports/objects.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalTable, salted } from '../../tables/canonical.ts'
import type { PublishedTable, TableFiles } from '../../tables/format.ts'
import { termsOf } from '../../tables/licences.ts'
import { accepted, faultsListed, inspectTable } from '../../tables/parse.ts'
import { versionIdOf } from '../identity.ts'
import { ownerFor } from './permission.ts'
import { tableVersionOf } from './table-version.ts'

/** Rows of one version: more are split into tables, as publishers split them into sheets. */
export const tableRowsMax = 20_000

/** Files of a version, and the digest of the draft they replace: null where the caller names none. */
export interface DraftRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly table: string
  readonly version: string
  readonly files: TableFiles
  readonly replaces: string | null
}

/**
 * The same files again answer what stands, whether draft or published.
 *
 * @returns the version, and whether it is new.
 * @throws Problem `factor-table-invalid`, `role-required`, `invalid-request` (files of another name), `too-many-items`,
 *   `published-version-changed`, `precondition-required` and `precondition-failed` where another draft stands.
 */
export async function saveDraft(
  ports: Pick<Ports, 'objects' | 'parties' | 'registry' | 'secrets' | 'world'>,
  request: DraftRequest,
): Promise<{ readonly version: FactorTableVersion; readonly isNew: boolean }> {
  const { actor, mark, table, version, files } = request
  const owner = await ownerFor(ports, actor, table)
  refuseTooManyRows(files)
  const inspected = inspectTable(files, await ports.registry.loadGwpSets(), faultsListed)
  const checked = accepted(inspected, 'factor table')
  requireSameName(request, checked)
  requireOwnTerms(owner, checked)
  const published = owner === null ? checked : await withSalt(ports, checked)
  const draft = tableVersionOf(published, owner)
  const standing = await ports.registry.findTable(actor, table, version)
  if (standing?.digest === draft.digest) return { version: standing, isNew: false }
  requireReplaceable(standing, request.replaces)
  await storeDraft(ports, published)
  const by = { actor, mark, at: ports.world.now() }
  const note = { auditId: ports.world.newId(), versionId: versionIdOf(table, version) }
  const saved = await ports.registry.saveDraft(by, note, draft, standing?.digest ?? null)
  return saved === null
    ? { version: await savedMeanwhile(ports, request, draft.digest), isNew: false }
    : { version: saved, isNew: standing === null }
}

/** Counted before anything is parsed; line breaks inside quotes count too, and are refused anyway. */
function refuseTooManyRows(files: TableFiles): void {
  for (const name of ['factors.csv', 'fuels.csv'] as const) {
    let lines = 0
    const text = files[name] ?? ''
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
    if (lines <= tableRowsMax + 1) continue
    const detail = `${name} has ${lines} lines, and ${tableRowsMax} rows are the most of a version; split the table.`
    throw new Problem('too-many-items', detail, { pointer: `/${name}`, rowsMax: tableRowsMax })
  }
}

/** A salt made of the content: the same files again are the same draft. */
async function withSalt({ secrets }: Pick<Ports, 'secrets'>, table: PublishedTable): Promise<PublishedTable> {
  return salted(table, await secrets.saltFor(`factor-table\n${table.table.digest}`))
}

function requireSameName({ table, version }: DraftRequest, { facts }: PublishedTable): void {
  if (facts.table === table && facts.version === version) return
  const detail = `The address names ${table} ${version}, the files ${facts.table} ${facts.version}.`
  const pointer = facts.table === table ? '/table.json/version' : '/table.json/table'
  throw new Problem('invalid-request', detail, { pointer })
}

/** @throws Problem `factor-table-invalid` unless private terms, which are not passed on, stand with a private table and no other. */
function requireOwnTerms(owner: string | null, { facts }: PublishedTable): void {
  if ((termsOf(facts.licence) === 'private') === (owner !== null)) return
  const message =
    owner === null
      ? 'private terms are those of an enterprise’s own table; a table of the public registry has others'
      : 'a private table has private terms; write terms: private, or have the operator publish it for all'
  const column = '/licence/terms'
  const faults = [{ file: 'table.json', row: null, column, rule: 'licence', message }]
  throw new Problem('factor-table-invalid', `${column}: ${message}.`, { faults, faultCount: 1 })
}

/** @throws Problem unless nothing stands under the name, or the draft that the caller names. */
function requireReplaceable(standing: FactorTableVersion | null, replaces: string | null): void {
  if (standing === null) {
    if (replaces !== null) throw replacedMeanwhile()
    return
  }
  if (standing.state !== 'draft') {
    const detail = `${standing.table} ${standing.version} is published; make a new version that supersedes it.`
    throw new Problem('published-version-changed', detail, { published: standing.digest })
  }
  if (replaces === null) {
    const detail = 'Another draft stands under this name; send If-Match with its ETag to replace it.'
    throw new Problem('precondition-required', detail, { header: 'If-Match' })
  }
  if (replaces !== standing.digest) throw replacedMeanwhile()
}

/** The same files may have been what came first; any other draft is the caller's to look at. */
async function savedMeanwhile(
  { registry }: Pick<Ports, 'registry'>,
  { actor, table, version }: DraftRequest,
  digest: string,
): Promise<FactorTableVersion> {
  const standing = await registry.findTable(actor, table, version)
  if (standing?.digest === digest) return standing
  throw replacedMeanwhile()
}

function replacedMeanwhile(): Problem {
  const detail = 'The draft is not the one that If-Match names; read it again and repeat your change.'
  return new Problem('precondition-failed', detail, { header: 'If-Match' })
}

/** In the private bucket, whatever its licence: a draft is its owner's only. */
async function storeDraft({ objects }: Pick<Ports, 'objects'>, published: PublishedTable): Promise<void> {
  await objects.put('private', factorTableKey(published.table.digest), canonicalTable(published), {
    contentType: 'application/json',
    cacheControl: frozenCache('private'),
  })
}
