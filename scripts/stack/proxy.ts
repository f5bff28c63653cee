/**
 * The WebSocket-to-TCP proxy in front of the local Postgres, so that the Neon driver takes the same path here as in
 * production: Workers speak Postgres through a WebSocket.
 */

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export interface RunningProxy {
  readonly port: number
  stop(): Promise<void>
}

export interface TcpTarget {
  readonly host: string
  readonly port: number
}

/** Postgres' Terminate message, whole: type `X`, length 4. */
const terminate = Buffer.from([0x58, 0, 0, 0, 4])

/** Starts the proxy on 127.0.0.1; port 0 lets the system choose. */
export async function startProxy(port: number, target: TcpTarget): Promise<RunningProxy> {
  const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false })
  server.on('connection', (webSocket) => join(webSocket, connect({ ...target, noDelay: true })))
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy listens on no port')
  return { port: address.port, stop: () => stop(server) }
}

function join(webSocket: WebSocket, tcp: Socket): void {
  webSocket.on('message', (data: Buffer) => {
    tcp.write(data)
    if (endsInTerminate(data)) tcp.end()
  })
  webSocket.on('close', () => tcp.end())
  webSocket.on('error', () => tcp.destroy())
  tcp.on('data', (data) => webSocket.send(data))
  tcp.on('close', () => webSocket.close())
  tcp.on('error', () => webSocket.close())
}

/**
 * The driver says Terminate and leaves its WebSocket to the garbage collector, which a Worker may never run. PGlite keeps
 * the slot until TCP ends, and refuses everyone once its slots are gone; so Terminate ends TCP.
 */
function endsInTerminate(data: Buffer): boolean {
  return data.length >= terminate.length && data.subarray(-terminate.length).equals(terminate)
}

async function stop(server: WebSocketServer): Promise<void> {
  for (const client of server.clients) client.terminate()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
