/** How tests speak to Egret: one `request`, answered by the Worker or by the app of `node.ts`, whichever this run is about. */

import { inject } from 'vitest'

/** An entry under test: answers requests, and does what the schedule does each minute. */
interface Entry {
  serve(request: Request): Response | Promise<Response>
  schedule(): Promise<unknown>
}

let serving: Promise<Entry> | undefined

function entry(): Promise<Entry> {
  return inject('entry') === 'node' ? import('./entry-node.ts') : import('./entry-worker.ts')
}

/** Runs the schedule once, now. */
export async function runSchedule(): Promise<void> {
  serving ??= entry()
  const { schedule } = await serving
  await schedule()
}

/** Sends a request; a path is of the installation under test, e.g. `/v1/organizations`. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  serving ??= entry()
  const { serve } = await serving
  return serve(new Request(new URL(path, inject('environment').PUBLIC_URL), init))
}

/** What the answer cost outside the isolate, from `x-egret-cost`. */
export function costOf(response: Response): { database: number; reads: number; writes: number } {
  const text = response.headers.get('x-egret-cost') ?? ''
  const count = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(text)?.[1] ?? Number.NaN)
  return { database: count('database'), reads: count('reads'), writes: count('writes') }
}

/** An access token for a client, with all its scopes or those named; the operator's where no client is given. */
export async function token(
  client: { clientId: string; secret: string } = inject('operator'),
  scope?: string,
): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) })
  const answer = await request('/auth/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client.clientId}:${client.secret}`)}` },
    body: form,
  })
  if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${await answer.text()}`)
  const { access_token } = (await answer.json()) as { access_token: string }
  return access_token
}
