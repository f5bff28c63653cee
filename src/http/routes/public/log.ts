/**
 * GET /log/…: the transparency log as C2SP tlog-tiles, out of the public bucket. Tiles and bundles never change under their names;
 * the checkpoint is kept for moments only, so that whoever follows the log sees it grow.
 */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { checkpointCache, checkpointType, tileType } from '../../../actions/log/log-objects.ts'
import { frozenCache, logKey } from '../../../ports/objects.ts'
import { Problem } from '../../../problem.ts'
import { parseTilePath } from '../../../transparency/tiles.ts'
import type { App } from '../../context.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { PublicObjects, publicCache } from './cache.ts'

const tags = ['Public']

const checkpointRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/log/checkpoint',
    operationId: 'readLogCheckpoint',
    tags,
    summary: 'The newest checkpoint of the transparency log',
    description: 'A signed note (C2SP tlog-checkpoint) with the cosignatures of witnesses.',
    responses: {
      200: { description: 'The signed note', content: { [checkpointType as string]: { schema: z.any() } } },
      ...refusals('not-found'),
    },
  },
)

const tileRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/log/tile/{level}/{index}',
    operationId: 'readLogTile',
    tags,
    summary: 'A tile of hashes, or a bundle of entries',
    description:
      'C2SP tlog-tiles. `level` is 0 to 63, or `entries` for a bundle; `index` is written in groups of three digits, all but the ' +
      'last as directories `x…`, with `.p/<width>` where the tile is not full: `/log/tile/0/x001/234.p/17`.',
    request: { params: z.object({ level: z.string(), index: z.string() }) },
    responses: {
      200: { description: 'The bytes', content: { [tileType as string]: { schema: z.any() } } },
      ...refusals('not-found'),
    },
  },
)

/** As long as other servers may keep it. */
const checkpoints = new PublicObjects({ bytesMax: 256 * 1024, headSeconds: 5 })

async function serveCheckpoint(c: Context<App>): Promise<Response> {
  const body = await checkpoints.read(c.var.ports.objects, logKey('checkpoint'), false)
  return answer(c, body, checkpointType, checkpointCache)
}

async function serveTile(c: Context<App>): Promise<Response> {
  const path = c.req.path.slice('/log/'.length)
  if (parseTilePath(path) === undefined) throw missing(c)
  const body = await publicCache.read(c.var.ports.objects, logKey(path), true)
  return answer(c, body, tileType, frozenCache('public'))
}

function answer(
  c: Context<App>,
  body: Uint8Array<ArrayBuffer> | null,
  contentType: string,
  cacheControl: string,
): Response {
  if (body === null) throw missing(c)
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'cache-control': cacheControl,
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    },
  })
}

function missing(c: Context<App>): Problem {
  return new Problem('not-found', `Nothing answers at ${c.req.path}.`)
}

/** The log's objects; paths of tiles have directories, which no template of OpenAPI can say. */
export const publicLog = router()
publicLog.openAPIRegistry.registerPath(checkpointRoute)
publicLog.openAPIRegistry.registerPath(tileRoute)
publicLog.get('/log/checkpoint', serveCheckpoint)
publicLog.get('/log/tile/*', serveTile)
