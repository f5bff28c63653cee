/** Reads a body once, within bounds, before anything parses it: bytes, and for JSON the scanned value. */

import type { Context, MiddlewareHandler } from 'hono'
import { digestOfBytes } from '../../json/digest.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import { type ParseLimits, parseJson } from '../../json/scan.ts'
import { Problem } from '../../problem.ts'
import type { App } from '../context.ts'

/** Bounds of a JSON body beside its bytes: millions of empty objects would fill an isolate. */
export const jsonLimits = { maxDepth: 32, maxItems: 500_000 } as const

/** Lines of activity data, those of all items of a bill of materials together, and the items that take from each other. */
const linesTogether = (maxItems: number) => ({ names: ['lines', 'scrap', 'parts'], maxItems })

/** The same for activity data: a hundred thousand lines have up to forty members each, and no list is longer. */
export const activityJsonLimits = {
  maxDepth: 32,
  maxItems: 4_000_000,
  maxListItems: 100_000,
  together: linesTogether(100_000),
} as const satisfies ParseLimits

/** The same for a product and what it is compared with. */
export const comparisonJsonLimits = { ...activityJsonLimits, together: linesTogether(200_000) } as const

/** What a JSON body is bounded by. */
export type JsonLimits = ParseLimits

const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/

/**
 * Bounds the body to `bytesMax`, scans JSON (position, depth, duplicate keys), and marks the request: the digest of
 * method, path and body, with the `Idempotency-Key` where one is given.
 */
export function readBody(
  bytesMax: number,
  mediaTypes: readonly string[],
  limits: JsonLimits = jsonLimits,
): MiddlewareHandler<App> {
  return async (c, next) => {
    refuseEncoded(c)
    const bytes = await readBounded(c.req.raw, bytesMax)
    c.set('body', bytes)
    c.set('mark', markOf(c, bytes))
    if (bytes.length > 0) presetBody(c, bytes, mediaTypes, limits)
    else if (mediaTypes.length > 0) requireBody(c, mediaTypes)
    await next()
  }
}

function presetBody(
  c: Context<App>,
  bytes: Uint8Array,
  mediaTypes: readonly string[],
  limits: JsonLimits,
): void {
  const mediaType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!mediaTypes.includes(mediaType)) {
    const remedy =
      mediaTypes.length > 0 ? `Send the body as ${mediaTypes.join(' or ')}.` : 'Send it without a body.'
    throw new Problem('unsupported-media-type', remedy, {
      header: 'Content-Type',
      given: mediaType || null,
      accepted: mediaTypes,
    })
  }
  const cache = c.req.bodyCache as Record<string, unknown>
  cache.arrayBuffer = Promise.resolve(bytes.slice().buffer)
  if (mediaType === 'application/json') {
    cache.json = Promise.resolve(parseJson(decodeUtf8(bytes), limits))
  }
}

/** Bodies are read as they come: a few compressed bytes could hold more than any bound lets through. */
function refuseEncoded(c: Context<App>): void {
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity') return
  throw new Problem('unsupported-media-type', 'Send the body uncompressed, without Content-Encoding.', {
    header: 'Content-Encoding',
    given: encoding,
    accepted: ['identity'],
  })
}

function requireBody(c: Context<App>, mediaTypes: readonly string[]): never {
  throw new Problem('invalid-request', `${c.req.method} needs a body of type ${mediaTypes.join(' or ')}.`, {
    pointer: '',
  })
}

/** Reads at most `bytesMax` bytes; a longer body is refused without being read to its end. */
async function readBounded(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge(bytesMax)
  if (request.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of whileSent(request.body as unknown as AsyncIterable<Uint8Array>)) {
    length += part.length
    if (length > bytesMax) throw tooLarge(bytesMax)
    parts.push(part)
  }
  return joined(parts, length)
}

/** A body as it comes. @throws Problem where it breaks off: whoever sent it left, and nothing of ours failed. */
async function* whileSent(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    throw new Problem('invalid-request', 'The body broke off; send it again.', { pointer: '' })
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function tooLarge(bytesMax: number): Problem {
  return new Problem('body-too-large', `The body may have at most ${bytesMax} bytes.`, { bytesMax })
}

function markOf(c: Context<App>, bytes: Uint8Array) {
  const key = c.req.header('idempotency-key') ?? null
  if (key !== null && !idempotencyKeyPattern.test(key)) {
    throw new Problem('invalid-request', 'Idempotency-Key is 1 to 255 visible ASCII characters.', {
      header: 'Idempotency-Key',
    })
  }
  const head = new TextEncoder().encode(`${c.req.method} ${c.req.path}\n`)
  return { idempotencyKey: key, digest: digestOfBytes(joined([head, bytes], head.length + bytes.length)) }
}
