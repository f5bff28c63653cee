/** /v1/watches: documents whose status your organization wants to be told of. */

import { z } from '@hono/zod-openapi'
import {
  changeWatch,
  createWatch,
  endWatch,
  readWatch,
  type StandingWatched,
  watchesMax,
  watchSizeMax,
} from '../../../actions/notices/watch.ts'
import { credentialStandings } from '../../../certification/credential-standing.ts'
import { documentKinds } from '../../../certification/scheme.ts'
import type { Watch } from '../../../ports/watches.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { jsonAnswer, jsonBody, route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, line, Names, PageQuery } from '../../schemas.ts'

const tags = ['Notices']
const params = z.object({ watchId: Id })
const documentName = line(300).describe('A number, an id, or the address of a document of this installation')

const NewWatch = z
  .strictObject({ name: line(200), credentials: z.array(documentName).max(watchSizeMax) })
  .openapi('NewWatch')

const WatchView = z
  .object({ id: Id, name: z.string(), createdAt: Instant, endedAt: Instant.nullable(), size: z.int() })
  .openapi('Watch')

const Watched = z
  .object({
    id: Id,
    number: z.string(),
    documentKind: z.enum(documentKinds),
    title: z.string(),
    holder: Names,
    issuer: Names,
    status: z.enum(credentialStandings).describe('As it stands now'),
    since: Instant,
    validUntil: Instant.nullable(),
    href: z.url(),
  })
  .openapi('WatchedCredential')

function view({ organizationId: _, ...watch }: Watch) {
  return { ...watch, createdAt: instant(watch.createdAt), endedAt: watch.endedAt && instant(watch.endedAt) }
}

const createRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/watches',
    operationId: 'createWatch',
    tags,
    summary: 'Watch documents: be told of every move of their status',
    description: `Whoever is watched is not told. At most ${watchesMax} watches of ${watchSizeMax} documents.`,
    request: {
      headers: IdempotencyHeader,
      body: jsonBody(NewWatch),
    },
    responses: {
      201: jsonAnswer('Watching', WatchView),
      ...refusals(
        'invalid-request',
        'not-found',
        'too-many-items',
        'limit-reached',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/watches',
    operationId: 'listWatches',
    tags,
    summary: 'List your organization’s watches, newest first',
    request: { query: PageQuery },
    responses: {
      200: jsonAnswer('One page', z.object({ watches: z.array(WatchView) })),
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/watches/{watchId}',
    operationId: 'readWatch',
    tags,
    summary: 'See a watch, and how each of its documents stands now, by number',
    request: { params, query: PageQuery },
    responses: {
      200: jsonAnswer('One page', z.object({ watch: WatchView, credentials: z.array(Watched) })),
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

const changeRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/watches/{watchId}/credentials',
    operationId: 'changeWatch',
    tags,
    summary: 'Add documents to a watch, and take some out',
    description: 'What is named in both lists is in it afterwards.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z
              .strictObject({
                add: z.array(documentName).max(watchSizeMax).default([]),
                remove: z.array(documentName).max(watchSizeMax).default([]),
              })
              .openapi('WatchChange'),
          },
        },
      },
    },
    responses: {
      200: jsonAnswer('As it stands then', WatchView),
      ...refusals(
        'invalid-request',
        'not-found',
        'too-many-items',
        'limit-reached',
        'idempotency-key-reused',
      ),
    },
  },
)

const endRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/watches/{watchId}/end',
    operationId: 'endWatch',
    tags,
    summary: 'End a watch, for good',
    request: { params, headers: IdempotencyHeader },
    responses: {
      200: jsonAnswer('Ended, since the first time', WatchView),
      ...refusals('not-found', 'idempotency-key-reused'),
    },
  },
)

function viewWatched(publicUrl: string, row: StandingWatched): z.infer<typeof Watched> {
  const { id, number, documentKind, face, standing, since } = row
  return {
    ...{ id, number, documentKind, title: face.title, holder: face.holder, issuer: face.issuer.name },
    ...{ status: standing, since: instant(since), validUntil: face.validUntil },
    href: `${publicUrl}/credentials/${id}`,
  }
}

export const watches = router()
  .openapi(createRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const watch = await createWatch(ports, { actor, mark, ...c.req.valid('json') })
    return c.json(view(watch), 201, { location: `/v1/watches/${watch.id}` })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.watches.list(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ createdAt, id }) => newestFirstCursor(createdAt, id))
    return c.json({ watches: shown.map(view) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const { watch, credentials } = await readWatch(ports, actor, c.req.valid('param').watchId, pageOf(query))
    const shown = answerPage(c, credentials, query.limit, ({ number }) => number)
    const { publicUrl } = ports.settings
    return c.json({ watch: view(watch), credentials: shown.map((row) => viewWatched(publicUrl, row)) }, 200)
  })
  .openapi(changeRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const changed = await changeWatch(ports, { actor, mark, ...c.req.valid('param'), ...c.req.valid('json') })
    return c.json(view(changed), 200)
  })
  .openapi(endRoute, async (c) => {
    const { actor, mark, ports } = c.var
    return c.json(view(await endWatch(ports, { actor, mark, ...c.req.valid('param') })), 200)
  })
