/** What tests of evidence do over and over: announce a file, put it where it is to go, confirm it. */

import { expect } from 'vitest'
import { hexDigest, pdf } from '../certification/made-evidence.ts'
import { type Answer, call } from './api.ts'

/** Where evidence belongs. */
export const ofFootprint = (id: string): string => `/v1/footprints/${id}/evidence`
export const ofEngagement = (id: string): string => `/v1/engagements/${id}/evidence`

/** What is said of a file; an invoice as PDF where nothing else is. */
export function announcement(file: Uint8Array, changes: Record<string, unknown> = {}) {
  const said = { kind: 'invoice', name: '电费发票 2024-03.pdf', mediaType: 'application/pdf' }
  return { ...said, size: file.length, sha256: hexDigest(file), ...changes }
}

export function announce(
  token: string,
  path: string,
  file: Uint8Array,
  changes: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('POST', path, { token, body: announcement(file, changes), headers })
}

interface Address {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** Puts as whoever was given an address does; the length every client sends by itself. */
export async function put({ url, headers }: Address, body: Uint8Array): Promise<number> {
  const { 'content-length': _, ...others } = headers
  const answer = await fetch(url, { method: 'PUT', headers: others, body: body as Uint8Array<ArrayBuffer> })
  await answer.arrayBuffer()
  return answer.status
}

export const confirm = (token: string, path: string, id: string, headers: Record<string, string> = {}) =>
  call('POST', `${path}/${id}/confirm`, { token, headers })

/** A file, announced, put and confirmed. */
export async function brought(
  token: string,
  path: string,
  file: Uint8Array = pdf(crypto.randomUUID()),
  changes: Record<string, unknown> = {},
): Promise<Answer['body']> {
  const announced = await announce(token, path, file, changes)
  expect(announced.status, JSON.stringify(announced.body)).toBe(201)
  expect(await put(announced.body.upload, file)).toBe(200)
  const confirmed = await confirm(token, path, announced.body.id)
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  return confirmed.body
}

export const link = (
  token: string,
  path: string,
  id: string,
  body: unknown,
  headers: Record<string, string> = {},
) => call('POST', `${path}/${id}/links`, { token, body, headers })

export const unlink = (
  token: string,
  path: string,
  id: string,
  linkId: string,
  headers: Record<string, string> = {},
) =>
  call('POST', `${path}/${id}/links/${linkId}/unlink`, {
    token,
    body: { reason: 'The wrong month.' },
    headers,
  })
