/**
 * The pages for tests: the app with its built files on a port of this machine, over objects kept in memory. No database: what
 * anyone may read never asks one, but for the registry, which is in memory too.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { buildWeb } from '../../scripts/web.ts'
import { createApp } from '../../src/http/app.ts'
import { staticFiles } from '../../src/node.ts'
import { logVerifierKeysKey, statusListKey } from '../../src/ports/objects.ts'
import type { PublicCredential, PublicCredentialRepository } from '../../src/ports/public-credentials.ts'
import type { ObjectStore, Ports } from '../../src/ports.ts'
import { formatVerifierKey } from '../../src/transparency/note.ts'
import { listPayload, type NoteSigner, noteSigner, receiptOf } from '../credential/world.ts'
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
    moves: async () => [
      {
        ...{ number: 1, move: 'suspend', reasonClass: 'nonconformity', leafIndex: 7 },
        ...{ effectiveAt: new Date('2026-11-21T02:00:00Z'), at: new Date('2026-11-21T02:00:00Z') },
      },
    ],
    predecessors: async () => [
      { id: '00000000-0000-4000-8000-000000000009', number: 'EGRET-2025-8F3K-0009' },
    ],
    findBody: async (slug) => (slug === strait.slug ? strait : null),
    schemesOf: async () => [],
    bodies: async () => [strait],
  }
}

const approval = {
  ...{
    id: 'a',
    kind: 'approval',
    authority: { en: 'Example authority', zh: '示例主管部门' },
    number: '批准 17',
  },
  ...{
    documentKinds: ['certificate'],
    subjectKinds: ['product'],
    standards: ['CN-PCF:1101'],
    sectors: ['C33'],
  },
  ...{ validFrom: new Date('2020-01-01'), validUntil: new Date('2022-01-01'), withdrawal: null },
  source: 'https://authority.example/17',
}

/** The registry of the tests, with one scheme under every name: one that asks for surveillance. */
function withScheme(registry: Ports['registry']): Ports['registry'] {
  const file = new URL('../../schemes/egret-development/1.5/scheme.json', import.meta.url)
  const loadScheme = async () => ({ body: JSON.parse(readFileSync(file, 'utf8')) })
  return Object.assign(registry, { loadScheme })
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
  const parties = { findBySlug: async () => ({ id: 'strait' }) }
  const accreditations = { ofBody: async () => [approval] }
  const surveillance = { recorded: async () => new Map() }
  const notices = { tell: () => {} }
  const known = { parties, accreditations, surveillance, notices }
  const ports = { settings, objects, ...known, ...shelves, publicCredentials, world } as unknown as Ports
  return createApp({
    settings,
    reportsCost: false,
    open: () => ({ ports, cost: { roundTrips: 0, objectReads: 0, objectWrites: 0 }, close: async () => {} }),
    log: () => {},
  })
}

export interface Site {
  readonly origin: string
  /** A body whose DID document the site serves. */
  readonly issuer: TestIssuer
  /** Publishes a signed credential and tells its id. */
  publish(id: string, jwt: string): void
  /** Lets the site know how documents stand. */
  know(...rows: PublicCredential[]): void
  /** Takes a credential's receipt away. */
  unlog(id: string): void
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
  const receipts = new Map<string, string>()
  const { server, origin } = await listen((at) => answering(folder, objects, { origin: at, rows, receipts }))
  const issuer = logging(await makeIssuer(origin, 'strait'), await publishedLog(origin, objects), receipts)
  objects.keep('did/bodies/strait.json', JSON.stringify(issuer.document))
  await publishLists(issuer, origin, objects)
  return {
    origin,
    issuer,
    publish: (id, jwt) => objects.keep(`credentials/${id}.jwt`, jwt),
    know: (...known) => void rows.unshift(...known),
    unlog: (id) => void receipts.delete(id),
    keep: (key, bytes) => objects.put('public', key, bytes),
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Lists by the last digit of their ids: nothing set for either purpose, and everything that tests use. */
export const listDigits = { revocation: 1, suspension: 2, revoked: 3, suspended: 4 } as const

/** The place that made-up credentials have in their lists. */
const place = 40_321

async function publishLists(issuer: TestIssuer, origin: string, objects: MemoryObjects): Promise<void> {
  const at = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d{3}Z$/, 'Z')
  const term = { validFrom: at(-1), validUntil: at(60) }
  const lists = [
    [listDigits.revocation, 'revocation', []],
    [listDigits.suspension, 'suspension', []],
    [listDigits.revoked, 'revocation', [place]],
    [listDigits.suspended, 'suspension', [place]],
  ] as const
  for (const [digit, purpose, set] of lists) {
    const id = `00000000-0000-4000-8000-00000000000${digit}`
    const payload = listPayload(`${origin}/status/${id}`, issuer.did, purpose, set, term)
    objects.keep(statusListKey(id), await issuer.sign(payload))
  }
}

/** A log of the site's own, with its key where readers look for it. */
async function publishedLog(origin: string, objects: MemoryObjects): Promise<NoteSigner> {
  const log = await noteSigner(`${new URL(origin).host}/log`)
  objects.keep(logVerifierKeysKey, `${formatVerifierKey(log.key)}\n`)
  return log
}

/** The same body, whose credentials are in the log as soon as they are signed. */
function logging(issuer: TestIssuer, log: NoteSigner, receipts: Map<string, string>): TestIssuer {
  return {
    ...issuer,
    sign: async (payload, header) => {
      const jwt = await issuer.sign(payload, header)
      const receipt = await receiptOf(log, jwt)
      const id =
        String((payload as { id?: unknown }).id)
          .split('/')
          .at(-1) ?? ''
      if (receipt !== null) receipts.set(id, receipt)
      return jwt
    },
  }
}

type Answer = (request: Request) => Promise<Response>

/** What is served beside the objects. */
interface Beside {
  readonly origin: string
  readonly rows: readonly PublicCredential[]
  /** By credential id; never remembered, as tests sign other documents under one id. */
  readonly receipts: ReadonlyMap<string, string>
}

function answering(folder: string, objects: ObjectStore, { origin, rows, receipts }: Beside): Answer {
  const files = staticFiles(folder)
  const app = appOver(objects, origin, {
    registry: withScheme(testRegistry().registry),
    publicCredentials: memoryCredentials(rows),
  })
  return async (request) => {
    const [, id] = /credentials\/([0-9a-f-]+)\.tlog-proof$/.exec(request.url) ?? []
    const receipt = receipts.get(id ?? '')
    if (receipt !== undefined) return new Response(receipt, { headers: { 'content-type': 'text/plain' } })
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
