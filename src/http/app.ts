/** The app: what every request passes through, and the routes. Entries give it ports; it knows no cloud. */

import type { OpenAPIHono } from '@hono/zod-openapi'
import { secureHeaders } from 'hono/secure-headers'
import { Problem } from '../problem.ts'
import type { App, AppDeps } from './context.ts'
import { identify, openPorts, tellRequests } from './middleware/request.ts'
import { describeApi } from './openapi.ts'
import { answerProblem, onFailure } from './problems.ts'
import { router } from './route.ts'
import { routes } from './routes/index.ts'
import { publicLog } from './routes/public/log.ts'
import { publicObjects } from './routes/public/objects.ts'

export type { AppDeps } from './context.ts'

/** Builds the app on the entry's adapters. */
export function createApp(deps: AppDeps): OpenAPIHono<App> {
  const app = router()
  app.use(identify())
  app.use(openPorts(deps))
  // Ahead of what only pages and the API need: these are most of the traffic, and cost little more than the bytes.
  app.route('/', publicObjects)
  app.route('/', publicLog)
  app.use(tellRequests(deps))
  app.use(secureHeaders({ xFrameOptions: 'DENY', crossOriginResourcePolicy: 'cross-origin' }))
  for (const group of routes) app.route('/', group)
  describeApi(app, deps.settings)
  app.notFound((c) => answerProblem(c, missing(app, c.req.path), deps.settings.publicUrl))
  app.onError(onFailure(deps))
  return app
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Not found, or found under another method. */
function missing(app: OpenAPIHono<App>, path: string): Problem {
  const allowed = methods.filter((method) => answers(app, method, path))
  if (allowed.length === 0) return new Problem('not-found', `Nothing answers at ${path}.`)
  return new Problem('method-not-allowed', `${path} answers ${allowed.join(', ')}.`, { allowed })
}

function answers(app: OpenAPIHono<App>, method: string, path: string): boolean {
  const [matched] = app.router.match(method, path)
  return matched.some(([[, route]]) => route.method === method)
}
