/** Where adapters meet ports: what both entries share. An entry brings a database and an object store, and gets the app. */

import { engineRelease } from '#engine'
import { sweepAccreditations } from './actions/accreditations/record-accreditation.ts'
import { jobKinds } from './actions/jobs/kinds.ts'
import { runSlice, type SliceEnd } from './actions/jobs/run-slice.ts'
import { removeOldSteps, sweepJobs } from './actions/jobs/sweep-jobs.ts'
import { sweepKeys } from './actions/keys/sweep-keys.ts'
import { sweepLog } from './actions/log/sweep-log.ts'
import { sweepLists } from './actions/status/sweep-lists.ts'
import { accreditationRepository } from './db/accreditations.ts'
import { credentialRepository } from './db/credentials.ts'
import type { Db } from './db/database.ts'
import { dependentRepository } from './db/dependents.ts'
import { engagementRepository } from './db/engagements.ts'
import { footprintRepository } from './db/footprints.ts'
import { jobRepository } from './db/jobs.ts'
import { keyStore } from './db/keys.ts'
import { logRepository } from './db/log.ts'
import { type ListMemory, rememberingLists } from './db/open-lists.ts'
import { partyRepository } from './db/parties.ts'
import { publicCredentialRepository } from './db/public-credentials.ts'
import { publicRows } from './db/public-rows.ts'
import { registryRows } from './db/registry.ts'
import { statusRepository } from './db/status.ts'
import type { Environment } from './environment.ts'
import { documentLoader } from './factors/load.ts'
import { newRegistryMemory, type RegistryMemory, registry } from './factors/registry.ts'
import { createApp } from './http/app.ts'
import type { OpenPorts } from './http/context.ts'
import { foreignDocuments } from './outbound/foreign.ts'
import { witnessesOverHttp } from './outbound/witnesses.ts'
import type { Beats, WakeUps } from './ports/jobs.ts'
import type { ObjectStore, Ports, Settings, World } from './ports.ts'
import { keyActs } from './signing/key-acts.ts'
import { type KeyCache, type KeyParts, newKeyCache, signingKeys } from './signing/keys.ts'
import { logSigner } from './signing/log-signer.ts'
import { secrets } from './signing/secrets.ts'
import { tokenIssuer } from './signing/tokens.ts'
import type { ObjectCounts, S3Options } from './storage/s3.ts'

/** What one request costs outside the isolate. */
export interface Cost {
  roundTrips: number
  objectReads: number
  objectWrites: number
}

/** What an entry opens for each request. */
export interface Backends {
  database(cost: Cost): { readonly db: Db; close(): Promise<void> }
  objects(cost: Cost): ObjectStore
  /** Absent where nobody can be woken: then the schedule alone finds what there is to do. */
  readonly wakeUps?: WakeUps | undefined
}

type Fetch = (request: Request, ...platform: never[]) => Response | Promise<Response>

/** Nothing asked yet. */
export function newCost(): Cost {
  return { roundTrips: 0, objectReads: 0, objectWrites: 0 }
}

/** Counts what is asked of the store into a cost. */
export function objectCounts(cost: Cost): ObjectCounts {
  return {
    onRead: () => {
      cost.objectReads += 1
    },
    onWrite: () => {
      cost.objectWrites += 1
    },
  }
}

/** The store's part of the environment. */
export function storageOptions(environment: Environment): S3Options {
  return {
    endpoint: environment.S3_ENDPOINT,
    region: environment.S3_REGION,
    accessKeyId: environment.S3_ACCESS_KEY_ID,
    secretAccessKey: environment.S3_SECRET_ACCESS_KEY,
    forcePathStyle: environment.S3_FORCE_PATH_STYLE,
    buckets: { public: environment.S3_PUBLIC_BUCKET, private: environment.S3_PRIVATE_BUCKET },
  }
}

/** Builds the app. With `REPORT_COST` it is built anew for each request, so that each answer can name its own cost. */
export function makeFetch(environment: Environment, backends: Backends): Fetch {
  const build = (cost: () => Cost): Fetch =>
    createApp({
      settings: settingsOf(environment),
      open: () => openPorts(environment, backends, cost()),
      log: (record) => console.log(JSON.stringify(record)),
    }).fetch as Fetch
  if (!environment.REPORT_COST) return build(newCost)
  return async (...call) => {
    const cost = newCost()
    return withCost(await build(() => cost)(...call), cost)
  }
}

function withCost(response: Response, cost: Cost): Response {
  const named = new Response(response.body, response)
  named.headers.set(
    'x-egret-cost',
    `database=${cost.roundTrips}, reads=${cost.objectReads}, writes=${cost.objectWrites}`,
  )
  return named
}

function settingsOf(environment: Environment): Settings {
  return {
    publicUrl: environment.PUBLIC_URL,
    engine: { version: engineRelease.version, digest: engineRelease.digest },
    tokenSeconds: environment.TOKEN_SECONDS,
    statusSeconds: environment.STATUS_SECONDS,
  }
}

const world: World = {
  now: () => new Date(),
  newId: () => crypto.randomUUID(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
}

const beats: Beats = {
  every(seconds, act) {
    let underWay: Promise<unknown> = Promise.resolve()
    const timer = setInterval(() => {
      underWay = act().catch((thrown: Error) => log('error', { message: 'heartbeat', error: thrown.message }))
    }, seconds * 1000)
    return async () => {
      clearInterval(timer)
      await underWay
    }
  },
}

function log(level: 'error' | 'warn', record: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ level, ...record }))
}

/** A wake-up that is lost costs a minute, not a request. */
function forgiving(wakeUps: WakeUps | undefined): WakeUps {
  return {
    send: async (jobId) => {
      await wakeUps?.send(jobId).catch((thrown: Error) => {
        log('error', { message: 'wake-up', job: jobId, error: thrown.message })
      })
    },
  }
}

/** What one isolate, or one process, remembers: opened keys, bodies' newest lists, and published documents. */
interface Memory {
  readonly keys: KeyCache
  readonly lists: ListMemory
  readonly registry: RegistryMemory
}

const memories = new WeakMap<Environment, Memory>()

function memoryOf(environment: Environment, backends: Backends): Memory {
  const known = memories.get(environment)
  if (known) return known
  const memory = {
    keys: newKeyCache(),
    lists: new Map(),
    registry: newRegistryMemory(documentLoader(backends.objects(newCost()))),
  }
  memories.set(environment, memory)
  return memory
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function keyPartsOf(environment: Environment, db: Db, cache: KeyCache): KeyParts {
  const keks = Object.entries(environment.KEY_ENCRYPTION_KEYS)
  return {
    store: keyStore(db),
    ring: {
      activeId: environment.KEY_ENCRYPTION_KEY_ID,
      keys: Object.fromEntries(keks.map(([id, base64]) => [id, bytesOf(base64)])),
    },
    world,
    cache,
    algorithm: environment.CREDENTIAL_ALGORITHM,
    origin: environment.PUBLIC_URL,
    signerHosts: environment.SIGNER_HOSTS,
  }
}

/**
 * Ports over an entry's backends, for one request or one command. Each is made when it is first asked for: a public read
 * needs no database, and should not pay for one.
 */
export function openPorts(environment: Environment, backends: Backends, cost: Cost = newCost()): OpenPorts {
  const settings = settingsOf(environment)
  const memory = memoryOf(environment, backends)
  let database: ReturnType<Backends['database']> | undefined
  const db = () => {
    database ??= backends.database(cost)
    return database.db
  }
  const keyParts = () => keyPartsOf(environment, db(), memory.keys)
  const ports: Ports = {
    settings,
    world,
    get objects() {
      return backends.objects(cost)
    },
    get parties() {
      return partyRepository(db())
    },
    get registry() {
      return registry(registryRows(db()), memory.registry)
    },
    get publicRows() {
      return publicRows(db())
    },
    get footprints() {
      return footprintRepository(db())
    },
    get engagements() {
      return engagementRepository(db())
    },
    get credentials() {
      return credentialRepository(db())
    },
    get accreditations() {
      return accreditationRepository(db())
    },
    get publicCredentials() {
      return publicCredentialRepository(db())
    },
    get status() {
      return rememberingLists(statusRepository(db()), memory.lists, world)
    },
    get log() {
      return logRepository(db())
    },
    get logSigner() {
      return logSigner(keyParts(), settings.publicUrl)
    },
    witnesses: witnessesOverHttp(environment.LOG_WITNESSES),
    get jobs() {
      return jobRepository(db())
    },
    get dependents() {
      return dependentRepository(db())
    },
    wakeUps: forgiving(backends.wakeUps),
    beats,
    get keys() {
      return signingKeys(keyParts())
    },
    get keyActs() {
      return keyActs(keyParts())
    },
    get tokens() {
      return tokenIssuer(keyParts(), settings.publicUrl)
    },
    get secrets() {
      return secrets(world, bytesOf(environment.IDENTITY_KEY))
    },
    notices: { tell: log },
    foreign: foreignDocuments(environment.DID_HOSTS),
  }
  return { ports, close: async () => database?.close() }
}

/** What one invocation does for a job: the time that a Worker may take without asking, and reads within its limits. */
const slice = { movesMax: 25, secondsMax: 20 } as const

/** What a wake-up does: works on the job for a slice, and wakes whoever goes on where work is left. */
export async function workOn(environment: Environment, backends: Backends, jobId: string): Promise<SliceEnd> {
  const { end, failure } = await withPorts(environment, backends, (ports) =>
    runSlice(ports, jobKinds, jobId, slice),
  )
  if (failure instanceof Error) {
    log('error', { message: 'job', job: jobId, end, error: failure.message, stack: failure.stack })
  }
  if (end === 'again') await forgiving(backends.wakeUps).send(jobId)
  return end
}

/** What the schedule does, every minute: ends what a crash left. Harmless at any time, on any number of servers. */
export async function sweep(environment: Environment, backends: Backends): Promise<void> {
  const swept = await Promise.allSettled([
    sweepTheLog(environment, backends),
    sweepStatusLists(environment, backends),
    sweepWhatIsStated(environment, backends),
    takeUpJobs(environment, backends),
    sweepResults(environment, backends),
  ])
  for (const part of swept) if (part.status === 'rejected') throw part.reason
}

async function sweepTheLog(environment: Environment, backends: Backends): Promise<void> {
  const swept = await withPorts(environment, backends, sweepLog)
  if (swept.published + swept.rewritten > 0) log('warn', { sweep: 'log', ...swept })
}

async function sweepStatusLists(environment: Environment, backends: Backends): Promise<void> {
  await withPorts(environment, backends, sweepLists)
}

/** Keys, and what is stated of bodies. */
async function sweepWhatIsStated(environment: Environment, backends: Backends): Promise<void> {
  const keys = await withPorts(environment, backends, sweepKeys)
  await withPorts(environment, backends, sweepAccreditations)
  if (keys > 0) log('warn', { sweep: 'keys', keys })
}

async function sweepResults(environment: Environment, backends: Backends): Promise<void> {
  await withPorts(environment, backends, removeOldSteps)
}

/** Opens ports for one piece of work, and closes them after it. */
async function withPorts<Result>(
  environment: Environment,
  backends: Backends,
  act: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const { ports, close } = openPorts(environment, backends)
  try {
    return await act(ports)
  } finally {
    await close()
  }
}

/** Without wake-ups the schedule works itself, until the next minute is near. */
const sweepSecondsMax = 40

async function takeUpJobs(environment: Environment, backends: Backends): Promise<void> {
  const until = world.now().getTime() + sweepSecondsMax * 1000
  const takeUp = async (jobId: string) => {
    if (backends.wakeUps) return forgiving(backends.wakeUps).send(jobId)
    let end: SliceEnd = 'again'
    while (end === 'again' && world.now().getTime() < until) end = await workOn(environment, backends, jobId)
  }
  await withPorts(environment, backends, (ports) => sweepJobs(ports, takeUp))
}
