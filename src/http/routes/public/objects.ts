/**
 * Public objects: credentials, factor tables, schemes, GWP sets, engine releases, DID documents, keys. They are read
 * from the public bucket through a bounded cache in the isolate, never from Postgres; anyone may call.
 */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { encodeHex } from '../../../json/encoding.ts'
import {
  accreditationKey,
  bodyDidKey,
  credentialKey,
  engineKey,
  factorTableKey,
  frozenCache,
  gwpSetKey,
  headCache,
  installationDidKey,
  logVerifierKeysKey,
  receiptKey,
  schemeKey,
  statusListKey,
  tokenKeysKey,
} from '../../../ports/objects.ts'
import { Problem } from '../../../problem.ts'
import type { App } from '../../context.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, Slug } from '../../schemas.ts'
import { publicCache } from './cache.ts'

const immutable = frozenCache('public')

const Hex = z.string().regex(/^[0-9a-f]{64}$/, 'is 64 hexadecimal digits')

/** One kind of public object: where it answers, and under which key it lies in the bucket. */
interface PublicObject {
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly contentType: string
  readonly cacheControl: string
  readonly params: z.ZodObject
  readonly key: (params: Record<string, unknown>) => string
  /** Whether `hex` names the SHA-256 of its bytes. */
  readonly isByDigest?: true
}

const hexParams = z.object({ hex: Hex })
const byDigest = {
  contentType: 'application/json',
  cacheControl: immutable,
  params: hexParams,
  isByDigest: true,
} as const

const publicObjectKinds: readonly PublicObject[] = [
  {
    path: '/credentials/{credentialId}.jwt',
    operationId: 'readCredential',
    summary: 'A signed credential, as issued',
    contentType: 'application/vc+jwt',
    cacheControl: immutable,
    params: z.object({ credentialId: Id }),
    key: ({ credentialId }) => credentialKey(String(credentialId)),
  },
  {
    path: '/credentials/{credentialId}.tlog-proof',
    operationId: 'readReceipt',
    summary: 'Its proof of inclusion in the transparency log (C2SP tlog-proof)',
    contentType: 'text/plain; charset=utf-8',
    cacheControl: headCache,
    params: z.object({ credentialId: Id }),
    key: ({ credentialId }) => receiptKey(String(credentialId)),
  },
  {
    path: '/status/{listId}',
    operationId: 'readStatusList',
    summary: 'A signed status list (Bitstring Status List 1.0), as vc+jwt',
    contentType: 'application/vc+jwt',
    cacheControl: headCache,
    params: z.object({ listId: Id }),
    key: ({ listId }) => statusListKey(String(listId)),
  },
  {
    path: '/bodies/{slug}/did.json',
    operationId: 'readBodyDid',
    summary: 'The DID document of a certification body',
    contentType: 'application/did+json',
    cacheControl: headCache,
    params: z.object({ slug: Slug }),
    key: ({ slug }) => bodyDidKey(String(slug)),
  },
  {
    path: '/.well-known/did.json',
    operationId: 'readInstallationDid',
    summary: 'The DID document of this installation, which states accreditations',
    contentType: 'application/did+json',
    cacheControl: headCache,
    params: z.object({}),
    key: () => installationDidKey,
  },
  {
    path: '/accreditations/{factId}',
    operationId: 'readAccreditationFact',
    summary: 'What an authority says of a certification body, as a signed fact (vc+jwt)',
    contentType: 'application/vc+jwt',
    cacheControl: immutable,
    params: z.object({ factId: Id }),
    key: ({ factId }) => accreditationKey(String(factId)),
  },
  {
    path: '/log/verifier-keys',
    operationId: 'readLogVerifierKeys',
    summary: 'The verifier keys of the transparency log, one a line, the one that signs now first',
    contentType: 'text/plain; charset=utf-8',
    cacheControl: headCache,
    params: z.object({}),
    key: () => logVerifierKeysKey,
  },
  {
    ...byDigest,
    path: '/factor-tables/{hex}.json',
    operationId: 'readFactorTableObject',
    summary: 'A factor-table version in canonical form, by digest',
    key: ({ hex }) => factorTableKey(`sha256:${hex}`),
  },
  {
    ...byDigest,
    path: '/gwp-sets/{hex}.json',
    operationId: 'readGwpSetObject',
    summary: 'A GWP set in canonical form, by digest',
    key: ({ hex }) => gwpSetKey(`sha256:${hex}`),
  },
  {
    ...byDigest,
    path: '/schemes/{hex}.json',
    operationId: 'readSchemeObject',
    summary: 'A scheme in canonical form, by digest',
    key: ({ hex }) => schemeKey(`sha256:${hex}`),
  },
  {
    ...byDigest,
    path: '/engine/{hex}.mjs',
    operationId: 'readEngine',
    summary: 'An engine release as one ES module, by digest',
    contentType: 'text/javascript',
    key: ({ hex }) => engineKey(`sha256:${hex}`),
  },
  {
    path: '/.well-known/jwks.json',
    operationId: 'readTokenKeys',
    summary: 'Public keys that access tokens are signed with',
    contentType: 'application/json',
    cacheControl: headCache,
    params: z.object({}),
    key: () => tokenKeysKey,
  },
]

function describe(kind: PublicObject) {
  return route(
    { access: 'public' },
    {
      method: 'get',
      path: kind.path,
      operationId: kind.operationId,
      tags: ['Public'],
      summary: kind.summary,
      request: { params: kind.params },
      responses: {
        200: { description: 'The object', content: { [kind.contentType]: { schema: z.any() } } },
        ...refusals('not-found'),
      },
    },
  )
}

async function serve(
  c: Context<App>,
  kind: PublicObject,
  params: Record<string, unknown>,
): Promise<Response> {
  const key = kind.key(params)
  const isImmutable = kind.cacheControl === immutable
  const verify = async (bytes: Uint8Array<ArrayBuffer>) => {
    if (kind.isByDigest) await requireDigest(bytes, String(params.hex), key)
  }
  const body = await publicCache.read(c.var.ports.objects, key, isImmutable, verify)
  if (body === null) throw new Problem('not-found', `Nothing answers at ${c.req.path}.`)
  return new Response(body, {
    headers: {
      'content-type': kind.contentType,
      'cache-control': kind.cacheControl,
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** @throws Problem `stored-object-corrupt`: what is named by a digest is served only where it has it. */
async function requireDigest(bytes: Uint8Array<ArrayBuffer>, hex: string, key: string): Promise<void> {
  // The platform's digest: a table of megabytes takes milliseconds, once an isolate.
  const found = encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  if (found === hex) return
  throw new Problem('stored-object-corrupt', 'The stored object is not the one that its digest names.', {
    object: key,
    area: 'public',
    digest: `sha256:${hex}`,
    found: `sha256:${found}`,
  })
}

export const publicObjects = router()

/** A path that ends in a file's name: Hono would take `{hex}.json` for a parameter of that whole name. */
const fileForm = /\{(\w+)\}(\.[\w-]+)$/

function register(kind: PublicObject): void {
  publicObjects.openAPIRegistry.registerPath(describe(kind))
  const [, name = '', ending = ''] = fileForm.exec(kind.path) ?? []
  const path = kind.path.replace(fileForm, `:file{[^/]+\\${ending}}`).replace(/\{(\w+)\}/g, ':$1')
  publicObjects.get(path, (c) => {
    const { file, ...rest } = c.req.param() as Record<string, string>
    const given = file === undefined ? rest : { ...rest, [name]: file.slice(0, -ending.length) }
    const params = kind.params.safeParse(given)
    if (!params.success) throw new Problem('not-found', `Nothing answers at ${c.req.path}.`)
    return serve(c, kind, params.data)
  })
}

for (const kind of publicObjectKinds) register(kind)
