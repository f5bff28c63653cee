/** Where adapters meet ports: what both entries share. An entry brings a database and an object store, and gets the app. */

import { engineRelease } from '#engine'
import { accreditationRepository } from './db/accreditations.ts'
import { assessmentRepository } from './db/assessments.ts'
import { caseRepository } from './db/cases.ts'
import { competenceRepository } from './db/competences.ts'
import { credentialRepository } from './db/credentials.ts'
import type { Db } from './db/database.ts'
import { dependentRepository } from './db/dependents.ts'
import { engagementRepository } from './db/engagements.ts'
import { evidenceRepository } from './db/evidence.ts'
import { footprintRepository } from './db/footprints.ts'
import { greenCertificateRepository } from './db/green-certificates.ts'
import { jobRepository } from './db/jobs.ts'
import { keyStore } from './db/keys.ts'
import { logRepository } from './db/log.ts'
import { measureRepository } from './db/measures.ts'
import { messageRepository } from './db/messages.ts'
import { type ListMemory, rememberingLists } from './db/open-lists.ts'
import { partyRepository } from './db/parties.ts'
import { publicCredentialRepository } from './db/public-credentials.ts'
import { publicRows } from './db/public-rows.ts'
import { registryRows } from './db/registry.ts'
import { statusRepository } from './db/status.ts'
import { surveillanceRepository } from './db/surveillance.ts'
import { trailRepository } from './db/trail.ts'
import { watchRepository } from './db/watches.ts'
import { webhookRepository } from './db/webhooks.ts'
import type { Environment } from './environment.ts'
import { documentLoader } from './factors/load.ts'
import { newRegistryMemory, type RegistryMemory, registry } from './factors/registry.ts'
import { createApp } from './http/app.ts'
import type { Cost, OpenPorts } from './http/context.ts'
import { foreignDocuments } from './outbound/foreign.ts'
import { webhookSender } from './outbound/webhooks.ts'
import { witnessesOverHttp } from './outbound/witnesses.ts'
import type { FileStore } from './ports/files.ts'
import type { Beats, WakeUps } from './ports/jobs.ts'
import type { ObjectStore, Ports, Settings, World } from './ports.ts'
import { type Facts, recordsFrom, type WriteRecord } from './records.ts'
import { keyActs } from './signing/key-acts.ts'
import { type KeyCache, type KeyParts, newKeyCache, signingKeys } from './signing/keys.ts'
import { logSigner } from './signing/log-signer.ts'
import { secrets } from './signing/secrets.ts'
import { tokenIssuer } from './signing/tokens.ts'
import { webhookSecrets } from './signing/webhook-secrets.ts'
import type { KeyRing } from './signing/wrap.ts'
import type { ObjectCounts, S3Options } from './storage/s3.ts'

/** What an entry opens for each request. */
export interface Backends {
  database(cost: Cost): { readonly db: Db; close(): Promise<void> }
  objects(cost: Cost): ObjectStore
  files(cost: Cost): FileStore
  /** Absent where nobody can be woken: then the schedule alone finds what there is to do. */
  readonly wakeUps?: WakeUps | undefined
}

type Fetch = (request: Request, ...platform: never[]) => Response | Promise<Response>

/** Nothing asked yet. */
function newCost(): Cost {
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

/** Builds the app. */
export function makeFetch(environment: Environment, backends: Backends): Fetch {
  return createApp({
    settings: settingsOf(environment),
    reportsCost: environment.REPORT_COST,
    open: (origin) => openPorts(environment, backends, origin),
    log: recordsFrom(environment.LOG_LEVEL),
  }).fetch as Fetch
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

function beatsTelling(write: WriteRecord): Beats {
  return {
    every(seconds, act) {
      let underWay: Promise<unknown> = Promise.resolve()
      const timer = setInterval(() => {
        underWay = act().catch((thrown) => write('error', 'heartbeat', { error: thrown }))
      }, seconds * 1000)
      return async () => {
        clearInterval(timer)
        await underWay
      }
    },
  }
}

/** A wake-up that is lost costs a minute, not a request. */
export function forgiving(wakeUps: WakeUps | undefined, write: WriteRecord): WakeUps {
  return {
    send: async (jobId) => {
      await wakeUps?.send(jobId).catch((thrown) => write('error', 'wake-up', { job: jobId, error: thrown }))
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

function ringOf(environment: Environment): KeyRing {
  const keks = Object.entries(environment.KEY_ENCRYPTION_KEYS)
  return {
    activeId: environment.KEY_ENCRYPTION_KEY_ID,
    keys: Object.fromEntries(keks.map(([id, base64]) => [id, bytesOf(base64)])),
  }
}

function keyPartsOf(environment: Environment, db: Db, cache: KeyCache): KeyParts {
  return {
    store: keyStore(db),
    ring: ringOf(environment),
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
 *
 * @param origin what they are opened for, in every record of what happens with them.
 */
export function openPorts(environment: Environment, backends: Backends, origin: Facts = {}): OpenPorts {
  const cost = newCost()
  const write = recordsFrom(environment.LOG_LEVEL, origin)
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
    get files() {
      return backends.files(cost)
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
    get evidence() {
      return evidenceRepository(db())
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
    get trail() {
      return trailRepository(db())
    },
    get assessments() {
      return assessmentRepository(db())
    },
    get competences() {
      return competenceRepository(db())
    },
    get accreditations() {
      return accreditationRepository(db())
    },
    get greenCertificates() {
      return greenCertificateRepository(db())
    },
    get publicCredentials() {
      return publicCredentialRepository(db())
    },
    get surveillance() {
      return surveillanceRepository(db())
    },
    get cases() {
      return caseRepository(db())
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
    wakeUps: forgiving(backends.wakeUps, write),
    beats: beatsTelling(write),
    get measures() {
      return measureRepository(db())
    },
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
    get messages() {
      return messageRepository(db())
    },
    get watches() {
      return watchRepository(db())
    },
    get webhooks() {
      return webhookRepository(db())
    },
    webhookSender: webhookSender(environment.WEBHOOK_HOSTS),
    get webhookSecrets() {
      return webhookSecrets(ringOf(environment), world)
    },
    notices: { tell: write },
    foreign: foreignDocuments(environment.DID_HOSTS),
  }
  return { ports, cost, close: async () => database?.close() }
}
