/** What is asked of other hosts: only those on the list, over TLS or on this machine, and never by way of a redirect. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { foreignDocuments } from '../../src/outbound/foreign.ts'

let server: Server
let host: string
const asked: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/moved') response.writeHead(302, { location: '/document' }).end()
    else if (request.url === '/large') response.end(new Uint8Array(200_000))
    else response.end('document')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

describe('a document on another host', () => {
  test('is had from a host on the list', async () => {
    expect(decodeUtf8(await foreignDocuments([host]).get(`http://${host}/document`))).toBe('document')
  })

  test('is not had by way of a redirect, nor where it is too large', async () => {
    const { get } = foreignDocuments([host])
    await expect(get(`http://${host}/moved`)).rejects.toThrow('it answers 302')
    await expect(get(`http://${host}/large`)).rejects.toThrow('more than 131072 bytes')
  })

  test('is asked of no host that is not on the list, however the address is spelt', async () => {
    const before = asked.length
    const { get } = foreignDocuments(['foreign.example'])
    for (const url of [
      `http://${host}/document`,
      `https://foreign.example@${host}/document`,
      `https://${host}/foreign.example`,
      'https://foreign.example./document',
      'https://foreign.example:8443/document',
      'https://sub.foreign.example/document',
    ]) {
      await expect(get(url)).rejects.toThrow('its host is not on the list')
    }
    expect(asked).toHaveLength(before)
  })

  test('is not asked for in the open, but on this very machine', async () => {
    const { get } = foreignDocuments(['foreign.example', '127.0.0.1.foreign.example'])
    for (const url of [
      'http://foreign.example/status/1',
      'http://127.0.0.1.foreign.example/status/1',
      'ftp://foreign.example/status/1',
      'egret://foreign.example/status/1',
    ]) {
      await expect(get(url)).rejects.toThrow('not asked for in the open')
    }
  })
})
