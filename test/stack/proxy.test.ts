import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type RunningProxy, startProxy } from '../../scripts/stack/proxy.ts'

describe('startProxy', () => {
  let server: Server
  let proxy: RunningProxy
  let sockets: Socket[]

  beforeEach(async () => {
    sockets = []
    server = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => {})
      socket.on('data', (data) => socket.write(data))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    proxy = await startProxy(0, { host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  })

  afterEach(async () => {
    await proxy.stop()
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  async function connect(): Promise<WebSocket> {
    const webSocket = new WebSocket(`ws://127.0.0.1:${proxy.port}/v2`)
    await once(webSocket, 'open')
    return webSocket
  }

  test('carries bytes both ways', async () => {
    const webSocket = await connect()
    webSocket.send(Buffer.from('Q 42'))
    const [answer] = await once(webSocket, 'message')
    expect(String(answer)).toBe('Q 42')
  })

  test.each([
    ['alone', [0x58, 0, 0, 0, 4]],
    ['behind another message', [0x51, 0, 0, 0, 5, 0, 0x58, 0, 0, 0, 4]],
  ])('ends TCP at Terminate %s, though the WebSocket stays open', async (_, bytes) => {
    const webSocket = await connect()
    webSocket.send(Buffer.from('hello'))
    await once(webSocket, 'message')
    const ended = once(sockets[0] as Socket, 'end')
    webSocket.send(Buffer.from(bytes))
    await ended
  })

  test('ends TCP when the WebSocket goes, and the WebSocket when TCP goes', async () => {
    const leaving = await connect()
    leaving.send(Buffer.from('hello'))
    await once(leaving, 'message')
    const ended = once(sockets[0] as Socket, 'end')
    leaving.terminate()
    await ended
    const staying = await connect()
    staying.send(Buffer.from('hello'))
    await once(staying, 'message')
    const closed = once(staying, 'close')
    sockets[1]?.destroy()
    await closed
  })
})
