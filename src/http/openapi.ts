/** The API's description, generated from the routes' schemas: OpenAPI 3.1 at `/openapi.json`. */

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { scopes } from '../ports/parties.ts'
import type { Settings } from '../ports.ts'
import type { App } from './context.ts'

const scopeTexts: Record<(typeof scopes)[number], string> = {
  'parties:read': 'See organizations and members',
  'parties:write': 'Register organizations, persons, members and clients',
  'factors:write': 'Draft, publish and withdraw factor tables',
  'footprints:read': 'Read footprints, revisions and records, and the ledger of green certificates',
  'calculations:run': 'Calculate without keeping anything',
  'footprints:write': 'Prepare and submit footprints, claim and allocate green certificates',
  'engagements:read': 'Read engagements',
  'engagements:write': 'Apply, verify, review, decide and issue',
  'notices:read': 'Read messages, webhooks with their log, and watches',
  'notices:write': 'Make webhooks and watches, and send messages again',
  'metrics:read': 'Read the measures of the installation',
}

/** The sections of the reference page, in the order in which the main job meets them. */
const sections = [
  'Access',
  'Parties',
  'Emission factors',
  'Schemes',
  'Calculations',
  'Footprints',
  'Green certificates',
  'Engagements',
  'Credentials',
  'Notices',
  'Jobs',
  'Public',
  'Operations',
]

/** Serves the description; it is built once, at the first request. */
export function describeApi(app: OpenAPIHono<App>, settings: Settings): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'clientCredentials', {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: `${settings.publicUrl}/auth/token`, scopes: scopeTexts } },
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'clientSecret', { type: 'http', scheme: 'basic' })
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined
  app.get('/openapi.json', (c) => {
    document ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Egret',
        version: settings.engine.version,
        description:
          'Carbon-footprint certification 碳足迹认证: submit activity data, compute product and organization footprints against frozen emission-factor tables, verify, decide, issue a signed credential, and let anyone check it. Quantities are decimal strings with a unit; refusals are RFC 9457 problems.',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      servers: [{ url: settings.publicUrl }],
      tags: sections.map((name) => ({ name })),
    })
    return c.json(document, 200, { 'cache-control': 'public, max-age=300' })
  })
}
