/** Where messages are sent: only to hosts on the list, in the open only on this machine, and never by way of a redirect. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { webhookSender } from '../../src/outbound/webhooks.ts'

let server: Server
let host: string
const asked: { path: string | undefined; body: string; id: unknown }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push({ path: request.url, body, id: request.headers['webhook-id'] })
      if (request.url === '/moved') response.writeHead(307, { location: '/hook' }).end()
      else if (request.url === '/large') response.end('x'.repeat(5_000_000))
      else response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

describe('a message', () => {
  test('is sent as it is, and its answer’s status is told', async () => {
    const sent = await webhookSender([host]).send(`http://${host}/hook`, { 'webhook-id': 'm1' }, '{"a":1}')
    expect(sent).toEqual({ status: 204, error: null })
    expect(asked.at(-1)).toEqual({ path: '/hook', body: '{"a":1}', id: 'm1' })
  })

  test('follows no redirect, and reads no answer', async () => {
    const { send } = webhookSender([host])
    expect((await send(`http://${host}/moved`, {}, '{}')).status).toBe(307)
    expect(asked.at(-1)?.path).toBe('/moved')
    expect((await send(`http://${host}/large`, {}, '{}')).status).toBe(200)
  })

  test('to nobody tells why, and does not throw', async () => {
    const sent = await webhookSender(['localhost:1']).send('http://localhost:1/hook', {}, '{}')
    expect([sent.status, typeof sent.error]).toEqual([null, 'string'])
  })

  test.each([
    ['https://hook.example/a', ['hook.example'], true],
    ['https://a.hook.example/', ['*.hook.example'], true],
    ['https://a.b.hook.example/', ['*.hook.example'], true],
    ['https://hook.example/', ['*.hook.example'], false],
    ['https://.hook.example/', ['*.hook.example'], false],
    ['https://hook.example\\\\@evil.example/', ['evil.example'], false],
    ['https://a%2ehook.example/', ['*.hook.example'], true],
    ['https://evilhook.example/', ['*.hook.example'], false],
    ['https://hook.example.evil/', ['*.hook.example'], false],
    ['https://hook.example:8443/', ['hook.example'], false],
    ['https://hook.example:8443/', ['hook.example:8443'], true],
    ['http://hook.example/', ['hook.example'], false],
    ['http://localhost:9000/', ['localhost:9000'], true],
    ['https://user@hook.example/', ['hook.example'], false],
    ['https://hook.example@evil.example/', ['hook.example'], false],
    ['https://hook.example./', ['hook.example'], false],
    ['https://HOOK.example/', ['hook.example'], true],
    ['ftp://hook.example/', ['hook.example'], false],
    ['hook.example', ['hook.example'], false],
    ['https://hook.example/', [], false],
  ] as const)('%s with hosts %j: %s', async (url, hosts, may) => {
    const sender = webhookSender(hosts)
    expect(sender.mayReach(url)).toBe(may)
    if (!may) expect(await sender.send(url, {}, '{}')).toMatchObject({ status: null })
  })
})
