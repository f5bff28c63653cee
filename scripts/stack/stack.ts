/**
 * The whole local stack: Postgres, its WebSocket proxy, and S3, started together and stopped in reverse order. `npm start`,
 * the tests and the benches all stand on this one piece.
 */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StackSecrets } from './folder.ts'
import { startObjects } from './objects.ts'
import { type DatabaseKind, type RunningPostgres, startPostgres } from './postgres.ts'
import { startProxy } from './proxy.ts'

export interface StackOptions {
  readonly kind: DatabaseKind
  /** `DATABASE_URL`, where `kind` is `url`. */
  readonly url?: string | undefined
  readonly databaseDirectory: string | null
  readonly objectsDirectory: string
  readonly secrets: StackSecrets
  readonly ports: { readonly database: number; readonly proxy: number; readonly objects: number }
  readonly disposable?: boolean
}

export interface RunningStack {
  /** The variables an entry reads: database, proxy, storage and keys. */
  readonly environment: Readonly<Record<string, string>>
  readonly databaseUrl: string
  readonly databaseKind: DatabaseKind
  readonly objectsEndpoint: string
  /** Null where the database is Neon itself, which needs no proxy. */
  readonly proxyPort: number | null
  stop(): Promise<void>
}

/** Starts everything, or stops what it had started and throws. */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const started: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end()
  }
  try {
    const postgres = await startDatabase(options)
    started.push(postgres.stop)
    const proxy = await startProxyTo(postgres.url, options.ports.proxy)
    if (proxy) started.push(proxy.stop)
    const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = options.secrets
    mkdirSync(options.objectsDirectory, { recursive: true })
    const objects = await startObjects({
      port: options.ports.objects,
      directory: options.objectsDirectory,
      accessKeyId,
      secretAccessKey,
    })
    started.push(objects.stop)
    return {
      environment: {
        DATABASE_URL: postgres.url,
        ...(proxy ? { NEON_WS_PROXY: `127.0.0.1:${proxy.port}` } : {}),
        S3_ENDPOINT: objects.endpoint,
        S3_REGION: 'us-east-1',
        S3_ACCESS_KEY_ID: accessKeyId,
        S3_SECRET_ACCESS_KEY: secretAccessKey,
        S3_PUBLIC_BUCKET: objects.publicBucket,
        S3_PRIVATE_BUCKET: objects.privateBucket,
        ...keyEnvironment(options.secrets),
      },
      databaseUrl: postgres.url,
      databaseKind: postgres.kind,
      objectsEndpoint: objects.endpoint,
      proxyPort: proxy?.port ?? null,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function startDatabase(options: StackOptions): Promise<RunningPostgres> {
  return startPostgres({
    kind: options.kind,
    directory: options.databaseDirectory,
    port: options.ports.database,
    password: options.secrets.databasePassword,
    ...(options.url === undefined ? {} : { url: options.url }),
    disposable: options.disposable ?? false,
  })
}

/** Neon has a WebSocket end of its own; every other Postgres gets the proxy. */
async function startProxyTo(url: string, port: number) {
  const { hostname, port: target } = new URL(url)
  if (hostname.endsWith('.neon.tech')) return null
  return startProxy(port, { host: hostname, port: Number(target || 5432) })
}

function keyEnvironment(secrets: StackSecrets): Record<string, string> {
  return {
    KEY_ENCRYPTION_KEYS: JSON.stringify({ [secrets.keyEncryptionKeyId]: secrets.keyEncryptionKey }),
    KEY_ENCRYPTION_KEY_ID: secrets.keyEncryptionKeyId,
    IDENTITY_KEY: secrets.identityKey,
  }
}

/** Folders of a stack whose data nobody will miss, under `directory`. */
export function disposableFolders(directory: string, kind: DatabaseKind) {
  return {
    databaseDirectory: kind === 'pglite' ? null : join(directory, 'postgres'),
    objectsDirectory: join(directory, 's3'),
  }
}
