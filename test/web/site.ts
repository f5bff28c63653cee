/**
 * The pages for tests: the app with its built files on a port of this machine, over objects kept in memory. No database: what
 * anyone may read never asks one, but for the registry, which is in memory too.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { buildWeb } from '../../scripts/web.ts'
import { createApp } from '../../src/http/app.ts'
import { staticFiles } from '../../src/node.ts'
import type { PublicCredential, PublicCredentialRepository } from '../../src/ports/public-credentials.ts'
import type { ObjectStore, Ports } from '../../src/ports.ts'
import { makeIssuer, type TestIssuer } from './credentials.ts'
import { testRegistry } from './registry.ts'

const encoder = new TextEncoder()

/** Public objects by key. */
export class MemoryObjects implements ObjectStore {
  readonly #bodies = new Map<string, Uint8Array>()

  async put(_area: string, key: string, body: Uint8Array): Promise<void> {
    this.#bodies.set(key, body)
  }

  async get(area: string, key: string): Promise<Uint8Array | null> {
    return area === 'public' ? (this.#bodies.get(key) ?? null) : null
  }

  async exists(_area: string, key: string): Promise<boolean> {
    return this.#bodies.has(key)
  }

  /** Keeps a text under a key. */
  keep(key: string, text: string): void {
    this.#bodies.set(key, encoder.encode(text))
  }
}

/** Public documents in memory. */
export function memoryCredentials(rows: readonly PublicCredential[]): PublicCredentialRepository {
  const strait = {
    slug: 'strait',
    name: { en: 'Strait Certification Co., Ltd.', zh: '海峡认证有限公司' },
    did: null,
  }
  return {
    find: async (id) => rows.find((row) => row.id === id) ?? null,
    findByNumber: async (number) => rows.find((row) => row.number === number) ?? null,
    list: async (wanted) =>
      rows.filter(({ face, holderCode }) =>
        'holderCode' in wanted ? holderCode === wanted.holderCode : wanted.development || !face.development,
      ),
    moves: async () => [],
    findBody: async (slug) => (slug === strait.slug ? strait : null),
    bodies: async () => [strait],
  }
}

interface Shelves {
  readonly registry?: Ports['registry']
  readonly publicCredentials?: PublicCredentialRepository
}

/** The app over some objects, and what else the pages need, under an origin. Without documents nobody knows how one stands. */
export function appOver(objects: ObjectStore, publicUrl: string, shelves: Shelves = {}) {
  const settings = {
    publicUrl,
    engine: { version: '0.1.0', digest: `sha256:${'0'.repeat(64)}` },
    tokenSeconds: 900,
    statusSeconds: 900,
  }
  const publicCredentials = shelves.publicCredentials ?? memoryCredentials([])
  const world = { now: () => new Date() }
  const ports = { settings, objects, ...shelves, publicCredentials, world } as unknown as Ports
  return createApp({ settings, open: () => ({ ports, close: async () => {} }), log: () => {} })
}

export interface Site {
  readonly origin: string
  /** A body whose DID document the site serves. */
  readonly issuer: TestIssuer
  /** Publishes a signed credential and tells its id. */
  publish(id: string, jwt: string): void
  /** Lets the site know how documents stand. */
  know(...rows: PublicCredential[]): void
  /** Keeps a public object. */
  keep(key: string, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Builds the browser's files and serves everything. */
export async function openSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'egret-web-'))
  await buildWeb(folder)
  const objects = new MemoryObjects()
  const rows: PublicCredential[] = []
  const { server, origin } = await listen((at) => answering(folder, objects, at, rows))
  const issuer = await makeIssuer(origin, 'strait')
  objects.keep('did/bodies/strait.json', JSON.stringify(issuer.document))
  return {
    origin,
    issuer,
    publish: (id, jwt) => objects.keep(`credentials/${id}.jwt`, jwt),
    know: (...known) => void rows.unshift(...known),
    keep: (key, bytes) => objects.put('public', key, bytes),
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Answer = (request: Request) => Promise<Response>

function answering(
  folder: string,
  objects: ObjectStore,
  origin: string,
  rows: readonly PublicCredential[],
): Answer {
  const files = staticFiles(folder)
  const app = appOver(objects, origin, {
    registry: testRegistry().registry,
    publicCredentials: memoryCredentials(rows),
  })
  return async (request) => {
    const file = await files.fetch(request)
    return file.status === 404 ? app.fetch(request) : file
  }
}

/** The origin is part of what is served, so the port is taken first. */
async function listen(make: (origin: string) => Answer): Promise<{ server: ServerType; origin: string }> {
  let answer: Answer | undefined
  const server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => answered(request) }, () =>
      resolve(opened),
    )
  })
  const answered = (request: Request) => (answer as Answer)(request)
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  answer = make(origin)
  return { server, origin }
}
