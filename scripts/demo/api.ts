/** A client of the API as anyone could write it: tokens, JSON, idempotency keys; every exchange is told to the story. */

import type { Exchange, Story } from './story.ts'

/** The secret of an API client. */
export interface Login {
  readonly clientId: string
  readonly secret: string
}

/** What an answer must be for the demo to go on. */
export interface Expected {
  readonly status: number
  /** Of a refusal: the problem's code. */
  readonly problem?: string
}

export interface Call {
  readonly body?: unknown
  /** Sent as it is, with its media type. */
  readonly raw?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  readonly headers?: Readonly<Record<string, string>>
  readonly expect: Expected
}

/** An answer; its body is what the caller of `call` says it is, because the status was the expected one. */
export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
  /** The body as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Someone who calls: anyone, or a client with its token. */
export interface Caller {
  readonly who: string
  call<Body>(method: string, path: string, call: Call): Promise<Answer<Body>>
}

/** An exchange as the report keeps it. */
export interface Step {
  readonly who: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
}

/** The API of one system. */
export interface Api {
  readonly url: string
  readonly steps: readonly Step[]
  readonly anyone: Caller
  login(who: string, login: Login): Promise<Caller>
}

/** An answer that is not the expected one; ends the demo. */
export class StepFailed extends Error {
  override name = 'StepFailed'
}

/** The API at `url`. */
export function apiOf(url: string, story: Story): Api {
  const steps: Step[] = []
  const caller = (who: string, authorization: string | null): Caller => ({
    who,
    call: async <Body>(method: string, path: string, call: Call) => {
      const started = performance.now()
      const { told, headers, bytes } = await exchange(url, method, path, call, authorization)
      const milliseconds = Math.round(performance.now() - started)
      steps.push({ who, method, path, status: told.status, milliseconds })
      story.exchange(told)
      requireExpected(told, call.expect)
      return { status: told.status, headers, body: told.answer as Body, bytes }
    },
  })
  return {
    url,
    steps,
    anyone: caller('anyone', null),
    login: async (who, login) => caller(who, `Bearer ${await tokenFor(caller(who, basic(login)))}`),
  }
}

function basic({ clientId, secret }: Login): string {
  return `Basic ${btoa(`${clientId}:${secret}`)}`
}

/** An access token by client credentials (RFC 6749 §4.4). */
async function tokenFor(client: Caller): Promise<string> {
  const form = new TextEncoder().encode('grant_type=client_credentials')
  const raw = { bytes: form, type: 'application/x-www-form-urlencoded' }
  const { body } = await client.call<{ access_token: string }>('POST', '/auth/token', {
    raw,
    expect: { status: 200 },
  })
  return body.access_token
}

interface Exchanged {
  readonly told: Exchange
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
}

async function exchange(
  url: string,
  method: string,
  path: string,
  call: Call,
  authorization: string | null,
): Promise<Exchanged> {
  const headers: Record<string, string> = { ...call.headers }
  if (keepsSomething(method, path)) headers['idempotency-key'] ??= crypto.randomUUID()
  if (call.raw) headers['content-type'] = call.raw.type
  else if (call.body !== undefined && !(call.body instanceof FormData))
    headers['content-type'] = 'application/json'
  const body = sent(call)
  const response = await fetch(`${url}${path}`, {
    method,
    headers: authorization === null ? headers : { ...headers, authorization },
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const answer = read(response, new TextDecoder().decode(bytes))
  const told = { method, path, headers, body: await toldBody(call), status: response.status, answer }
  return { told, headers: response.headers, bytes }
}

/** A creating or deciding request carries a key, so that repeating it is safe. */
function keepsSomething(method: string, path: string): boolean {
  return method === 'POST' && path.startsWith('/v1/') && !/\/(calculations|verifications)$/.test(path)
}

function sent({ body, raw }: Call): Uint8Array<ArrayBuffer> | FormData | string | undefined {
  if (raw) return raw.bytes
  return body === undefined || body instanceof FormData ? body : JSON.stringify(body)
}

/** A form as its parts' texts, one after the other. */
async function toldBody({ body, raw }: Call): Promise<unknown> {
  if (raw) return new TextDecoder().decode(raw.bytes)
  if (!(body instanceof FormData)) return body
  const parts = [...body].map(
    async ([name, part]) => `-- ${name}\n${typeof part === 'string' ? part : (await part.text()).trimEnd()}`,
  )
  return (await Promise.all(parts)).join('\n')
}

function read(response: Response, text: string): unknown {
  if (text === '') return undefined
  return /[/+]json\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

function requireExpected({ method, path, status, answer }: Exchange, expect: Expected): void {
  const problem = problemOf(answer)
  if (status === expect.status && (expect.problem === undefined || problem === expect.problem)) return
  const wanted = `${expect.status}${expect.problem ? ` ${expect.problem}` : ''}`
  throw new StepFailed(
    `${method} ${path} answered ${status} where ${wanted} was expected: ${JSON.stringify(answer)}`,
  )
}

/** The code at the end of a problem's type; undefined for anything else. */
function problemOf(answer: unknown): string | undefined {
  const type = typeof answer === 'object' && answer !== null && 'type' in answer ? answer.type : undefined
  return typeof type === 'string' ? type.split('/').at(-1) : undefined
}
