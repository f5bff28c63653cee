/** What tests put around a served installation: a cast that issues through it, a host that they hold, and a log behind a relay. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Api, apiOf, type Caller } from '../../scripts/demo/api.ts'
import { readExample } from '../../scripts/demo/examples.ts'
import { type Body, type Enterprise, registerBody, registerEnterprise } from '../../scripts/demo/parties.ts'
import { plots } from '../../scripts/demo/plots.ts'
import type { Story } from '../../scripts/demo/story.ts'
import type { System } from '../../scripts/demo/system.ts'
import { type IssuedCredential, verifyAndDecide } from '../../scripts/demo/verification.ts'
import { prepare } from '../../scripts/demo/walk.ts'

const untold: Story = { chapter: () => {}, step: () => {}, exchange: () => {}, remark: () => {} }
const example = 'product-electricity-from-fuel'

/** Everyone that it takes to issue. */
export interface Cast {
  readonly api: Api
  readonly operator: Caller
  readonly enterprise: Enterprise
  newBody(): Promise<Body>
  /** An engagement in which everything is decided; its id. */
  decided(body: Body): Promise<string>
  /** A certificate, issued. */
  issued(body: Body): Promise<IssuedCredential>
}

/** Registers the enterprise whose footprint every document is about. */
export async function castOf({ url, operator: login }: System): Promise<Cast> {
  const api = apiOf(url, untold)
  const operator = await api.login('operator', login)
  const registrar = { api, story: untold, operator }
  const plot = plots[example]
  const enterprise = await registerEnterprise(registrar, plot.enterprise)
  const decided = async (body: Body) => {
    const walk = { api, story: untold, example: readExample(example), plot, enterprise, body }
    return (await verifyAndDecide(walk, await prepare(walk))).engagementId
  }
  return {
    api,
    operator,
    enterprise,
    newBody: () => registerBody(registrar),
    decided,
    issued: async (body) => issue(body, await decided(body)),
  }
}

/** Asks for the credential, as the body's decision maker. */
export async function issue(body: Body, engagementId: string, key?: string): Promise<IssuedCredential> {
  const { body: credential } = await body.decider.caller.call<IssuedCredential>(
    'POST',
    `/v1/engagements/${engagementId}/credential`,
    { headers: key === undefined ? {} : { 'idempotency-key': key }, expect: { status: 201 } },
  )
  return credential
}

/** A host on this machine. */
export interface Host {
  /** With its port, e.g. `localhost:34567`. */
  readonly name: string
  readonly url: string
  /** Paths that it was asked for since this was last taken. */
  takeAsked(): readonly string[]
  close(): void
}

/** Serves what `answer` has for a path, and 404 where that is null. */
export async function startHost(answer: (path: string) => Promise<Uint8Array | null>): Promise<Host> {
  let asked: string[] = []
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').slice(1)
    asked.push(path)
    const body = await answer(path).catch(() => null)
    response.writeHead(body === null ? 404 : 200).end(body ?? '')
  }).listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  const name = `localhost:${(server.address() as AddressInfo).port}`
  return {
    name,
    url: `http://${name}`,
    takeAsked: () => {
      const taken = asked
      asked = []
      return taken
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A host that hands on what another one answers, but for what is set to stand in its place. */
export async function startRelay(url: string, inPlace: ReadonlyMap<string, Uint8Array>): Promise<Host> {
  return startHost(async (path) => {
    const set = inPlace.get(path)
    if (set !== undefined) return set
    const answer = await fetch(`${url}/${path}`)
    return answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null
  })
}
