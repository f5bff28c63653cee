/**
 * GET /contexts/v1 and /schemas/credential/v1.json: the JSON-LD context and the JSON Schema that credentials name by digest. Frozen: a
 * changed term or shape is a new one.
 */

import { z } from '@hono/zod-openapi'
import { contextBytes, contextPath } from '../../../credential/context.ts'
import { jsonSchemaBytes, jsonSchemaPath } from '../../../credential/json-schema.ts'
import { frozenCache } from '../../../ports/objects.ts'
import { route, router } from '../../route.ts'

/** A document of the format: where it is served, as what, and its bytes. */
interface FormatDocument {
  readonly path: string
  readonly contentType: string
  readonly operationId: string
  readonly summary: string
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

const documents: readonly FormatDocument[] = [
  {
    path: contextPath,
    contentType: 'application/ld+json',
    operationId: 'readContext',
    summary: 'The JSON-LD context of credentials',
    bytes: contextBytes,
  },
  {
    path: jsonSchemaPath,
    contentType: 'application/schema+json',
    operationId: 'readCredentialSchema',
    summary: 'The JSON Schema of credentials (draft 2020-12)',
    bytes: jsonSchemaBytes,
  },
]

function formatRoute({ path, contentType, operationId, summary }: FormatDocument) {
  return route(
    { access: 'public' },
    {
      method: 'get',
      path,
      operationId,
      tags: ['Public'],
      summary,
      responses: { 200: { description: 'The document', content: { [contentType]: { schema: z.any() } } } },
    },
  )
}

export const formatDocuments = router()
for (const document of documents) {
  /** Written out at the first request, and the same ever after. */
  let written: Uint8Array<ArrayBuffer> | undefined
  formatDocuments.openapi(formatRoute(document), (c) => {
    written ??= document.bytes()
    return c.body(written, 200, {
      'content-type': document.contentType,
      'cache-control': frozenCache('public'),
      'access-control-allow-origin': '*',
    })
  })
}
