/** POST /auth/token: OAuth 2 client credentials (RFC 6749 §4.4); errors in OAuth's own form, as its clients expect. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { issueToken } from '../../../actions/parties/issue-token.ts'
import { decodeUtf8 } from '../../../json/encoding.ts'
import { isProblem } from '../../../problem.ts'
import type { App } from '../../context.ts'
import { route, router } from '../../route.ts'

const TokenAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().describe('seconds'),
    scope: z.string(),
  })
  .openapi('AccessToken')

const TokenError = z.object({ error: z.string(), error_description: z.string() }).openapi('TokenError')

const tokenRoute = route(
  { access: 'public', bodyBytesMax: 4096 },
  {
    method: 'post',
    path: '/auth/token',
    operationId: 'issueToken',
    tags: ['Access'],
    summary: 'Exchange a client id and secret for an access token',
    description:
      'Client id and secret by HTTP Basic. Form field `grant_type=client_credentials`, optionally `scope`. Anyone may call; only a client with its secret gets a token.',
    request: {
      body: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: z.object({ grant_type: z.string(), scope: z.string().optional() }),
          },
        },
      },
    },
    responses: {
      200: { description: 'A token', content: { 'application/json': { schema: TokenAnswer } } },
      400: {
        description: 'Not a client-credentials request, or the client is not confirmed yet',
        content: { 'application/json': { schema: TokenError } },
      },
      401: {
        description: 'Wrong client id or secret',
        content: { 'application/json': { schema: TokenError } },
      },
    },
  },
)

export const token = router().openapi(
  tokenRoute,
  async (c) => {
    const form = c.req.valid('form')
    const basic = readBasic(c.req.header('authorization'))
    if (form.grant_type !== 'client_credentials') {
      return c.json(refusal('unsupported_grant_type', 'Only client_credentials.'), 400)
    }
    if (basic === null) return unknownClient(c)
    try {
      const asked = (form.scope ?? '').split(' ').filter(Boolean)
      const { token, seconds, scopes } = await issueToken(c.var.ports, { ...basic, asked })
      const answer = {
        access_token: token,
        token_type: 'Bearer' as const,
        expires_in: seconds,
        scope: scopes.join(' '),
      }
      return c.json(answer, 200, { 'cache-control': 'no-store' })
    } catch (thrown) {
      if (isProblem(thrown) && thrown.code === 'invalid-client') return unknownClient(c)
      if (isProblem(thrown) && thrown.code === 'client-unconfirmed') {
        return c.json(refusal('unauthorized_client', String(thrown.facts.detail)), 400)
      }
      if (isProblem(thrown) && thrown.code === 'insufficient-scope') {
        return c.json(refusal('invalid_scope', String(thrown.facts.detail)), 400)
      }
      throw thrown
    }
  },
  (result, c) => {
    if (result.success) return
    return c.json(refusal('invalid_request', 'Send grant_type once, and scope at most once.'), 400)
  },
)

function refusal(error: string, description: string) {
  return { error, error_description: description }
}

function unknownClient(c: Context<App>) {
  const headers = { 'www-authenticate': 'Basic realm="egret", charset="UTF-8"', 'cache-control': 'no-store' }
  return c.json(refusal('invalid_client', 'The client id or secret is wrong.'), 401, headers)
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Client id and secret of an `Authorization: Basic` header (RFC 6749 §2.3.1), or null. */
function readBasic(header: string | undefined): { clientId: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/]{1,1024}={0,2})$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  try {
    const text = decodeUtf8(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)))
    const [, clientId, secret] = /^([^:]*):(.*)$/s.exec(text) ?? []
    if (clientId === undefined || secret === undefined || !uuidPattern.test(clientId)) return null
    return { clientId, secret: decodeURIComponent(secret) }
  } catch {
    return null
  }
}
