/** The witness over HTTP: two paths, bounded bodies, and an end that lets what is under way finish. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { collectBytes } from '../json/collect-bytes.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { Answer, Witness } from './witness.ts'

const bytesMax = 131_072
const plain = 'text/plain; charset=utf-8'

type Reply = Omit<Answer, 'status'> & { readonly status: number; readonly allow?: string }

/** Answers until the server is closed. @param tell told of what failed on our side. */
export function witnessServer(witness: Witness, tell: (failure: Error) => void): Server {
  const server = createServer((request, response) => {
    answer(witness, request)
      .catch((failure: Error): Reply => {
        tell(failure)
        return { status: 500, body: 'the witness cannot answer\n' }
      })
      .then((reply) => send(response, reply))
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5_000
  return server
}

async function answer(witness: Witness, request: IncomingMessage): Promise<Reply> {
  const path = request.url ?? ''
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return { status: 405, body: 'use POST\n', allow: 'POST' }
    const body = await readBody(request)
    if (body === 'too-large') return { status: 413, body: `at most ${bytesMax} bytes\n` }
    return body === undefined ? { status: 400, body: 'this is no text\n' } : witness.addCheckpoint(body)
  }
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? []
  if (hash === undefined) return { status: 404, body: 'there is nothing here\n' }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, body: 'use GET\n', allow: 'GET, HEAD' }
  }
  return witness.latest(hash)
}

async function readBody(request: IncomingMessage): Promise<string | 'too-large' | undefined> {
  const bytes = await collectBytes(request, bytesMax)
  if (bytes === null) return 'too-large'
  try {
    return decodeUtf8(bytes)
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, { status, body, type = plain, allow }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...(allow === undefined ? {} : { allow }),
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
