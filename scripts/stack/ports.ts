/** Local ports: found free, or refused by name with the variable that changes them. */

import { createServer } from 'node:net'

/** A refusal the person at the terminal can act on; printed without a stack. */
export class StartRefused extends Error {
  override name = 'StartRefused'
}

/** One port the local stack listens on. 0 lets the system choose. */
export interface PortChoice {
  readonly port: number
  /** Environment variable that sets it. */
  readonly variable: string
  /** What listens there, as people say it. */
  readonly purpose: string
}

/** Reads a port from the environment. Refuses anything but 0 to 65535. */
export function choosePort(
  env: NodeJS.ProcessEnv,
  variable: string,
  preset: number,
  purpose: string,
): PortChoice {
  const text = env[variable] || String(preset)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new StartRefused(`${variable} must be a port between 0 and 65535, and is "${text}".`)
  }
  return { port, variable, purpose }
}

/** Refuses a port that something else listens on, before anything is started. */
export async function requireFree(choice: PortChoice): Promise<void> {
  if (choice.port === 0 || (await listenOnce(choice.port)) !== null) return
  throw new StartRefused(
    `Port ${choice.port} (${choice.purpose}) is taken. Stop what listens there, or choose another port: ` +
      `${choice.variable}=${another(choice.port)} npm start`,
  )
}

/** Ten away: the next few are the stack's own. */
function another(port: number): number {
  return port > 65_525 ? port - 10 : port + 10
}

/** A port nobody listens on at this moment, for servers that cannot be told to choose one themselves. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0)
  if (port === null) throw new StartRefused('No free local port was found.')
  return port
}

/** Listens for an instant. Returns the port, or null where it is taken. */
function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
}
