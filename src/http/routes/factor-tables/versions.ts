/** /v1/factor-tables/{table}/versions/{version}: the life of a version, from draft to withdrawal, and its document. */

import { z } from '@hono/zod-openapi'
import { publishVersion, withdrawVersion } from '../../../actions/registry/publish-version.ts'
import { readTableDocument } from '../../../actions/registry/read-document.ts'
import { saveDraft } from '../../../actions/registry/save-draft.ts'
import { frozenCache } from '../../../ports/objects.ts'
import type { TableFiles } from '../../../tables/format.ts'
import { actorOf } from '../../middleware/access.ts'
import { digestIfMatched, etagOfDigest, IfMatchHeader } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { IdempotencyHeader, text } from '../../schemas.ts'

import { FactorTableView, TableName, VersionName, viewTable } from './schema.ts'

const tags = ['Emission factors']
const params = z.object({ table: TableName, version: VersionName })
const path = '/v1/factor-tables/{table}/versions/{version}'

/** The largest published table, as its publisher's file has it, is a tenth of this. */
const filesBytesMax = 8 * 1024 * 1024

const documentType: string = 'application/json'

const FactorTableFiles = z
  .strictObject({
    'table.json': z
      .record(z.string(), z.unknown())
      .describe('What the version says of itself: title, licence, years, sources, what it supersedes…'),
    'factors.csv': z.string().min(1).describe('The rows, with the header that docs/factor-tables.md gives'),
    'fuels.csv': z.string().min(1).optional().describe('Fuel properties, where the table has any'),
  })
  .openapi('FactorTableFiles')

const versionAnswer = (description: string) => ({
  description,
  headers: z.object({ etag: z.string().describe('The digest, for If-Match') }),
  content: { 'application/json': { schema: FactorTableView } },
})

const saveDraftRoute = route(
  { access: 'factors:write', bodyBytesMax: filesBytesMax },
  {
    method: 'put',
    path,
    operationId: 'saveFactorTableDraft',
    tags,
    summary: 'Keep a draft of a version, from its files',
    description:
      'Judged by the rules at the door: a broken file is refused whole, with its faults by file, row and column. The operator ' +
      'writes the public registry; an enterprise its own private tables, named "<slug>.<name>". The same files again change nothing.',
    request: {
      params,
      headers: IfMatchHeader,
      body: { required: true, content: { 'application/json': { schema: FactorTableFiles } } },
    },
    responses: {
      200: versionAnswer('The draft, replaced or as it stood; or the published version of the same content'),
      201: versionAnswer('A new draft'),
      ...refusals(
        'malformed-json',
        'invalid-request',
        'body-too-large',
        'unsupported-media-type',
        'role-required',
        'factor-table-invalid',
        'too-many-items',
        'published-version-changed',
        'precondition-required',
        'precondition-failed',
      ),
    },
  },
)

const publishRoute = route(
  { access: 'factors:write' },
  {
    method: 'post',
    path: `${path}/publish`,
    operationId: 'publishFactorTable',
    tags,
    summary: 'Publish a draft, for ever',
    description:
      'By its owner: the operator, or the enterprise whose private table it is. All of it or nothing; its predecessor is superseded in the same moment. A published version is answered as it stands.',
    request: { params, headers: IdempotencyHeader },
    responses: {
      200: versionAnswer('The published version'),
      ...refusals(
        'not-found',
        'role-required',
        'factor-table-invalid',
        'invalid-transition',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const withdrawRoute = route(
  { access: 'factors:write' },
  {
    method: 'post',
    path: `${path}/withdraw`,
    operationId: 'withdrawFactorTable',
    tags,
    summary: 'Withdraw a published version, for good',
    description:
      'By its owner: the operator, or the enterprise whose private table it is. It stays readable for ever; new footprints cannot rest on it. Nothing is ever deleted.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z
              .strictObject({ reason: text(2000).describe('For everyone who rests on it') })
              .openapi('Withdrawal'),
          },
        },
      },
    },
    responses: {
      200: versionAnswer('The withdrawn version'),
      ...refusals(
        'invalid-request',
        'not-found',
        'role-required',
        'invalid-transition',
        'idempotency-key-reused',
      ),
    },
  },
)

const documentRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: `${path}/document`,
    operationId: 'readFactorTableDocument',
    tags,
    summary: 'A version in canonical form, for those who may see its rows',
    description:
      'One that may be passed on is also at /factor-tables/<hex>.json. Others need a token; a private table its owner’s, or one ' +
      'of a body before which a revision was put that pins it.',
    request: { params },
    responses: {
      200: {
        description: 'The bytes that the digest names',
        headers: z.object({ etag: z.string().describe('The digest') }),
        content: { [documentType]: { schema: z.any() } },
      },
      ...refusals('not-found'),
    },
  },
)

/** The routes of one version. */
export const factorTableVersions = router()
  .openapi(saveDraftRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { 'table.json': facts, ...csv } = c.req.valid('json')
    const files: TableFiles = { 'table.json': JSON.stringify(facts), ...csv }
    const replaces = digestIfMatched(c)
    const request = { actor, mark, ...c.req.valid('param'), files, replaces }
    const { version, isNew } = await saveDraft(ports, request)
    return c.json(viewTable(version), isNew ? 201 : 200, { etag: etagOfDigest(version.digest) })
  })
  .openapi(publishRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const published = await publishVersion(ports, { actor, mark, ...c.req.valid('param') })
    return c.json(viewTable(published), 200, { etag: etagOfDigest(published.digest) })
  })
  .openapi(withdrawRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const request = { actor, mark, ...c.req.valid('param'), ...c.req.valid('json') }
    const withdrawn = await withdrawVersion(ports, request)
    return c.json(viewTable(withdrawn), 200, { etag: etagOfDigest(withdrawn.digest) })
  })
  .openapi(documentRoute, async (c) => {
    const { table, version } = c.req.valid('param')
    const read = await readTableDocument(c.var.ports, await actorOf(c), table, version)
    return c.body(read.bytes as Uint8Array<ArrayBuffer>, 200, {
      'content-type': documentType,
      'cache-control': read.version.state === 'draft' ? 'private, no-store' : frozenCache(read.area),
      etag: etagOfDigest(read.version.digest),
      vary: 'authorization',
    })
  })
