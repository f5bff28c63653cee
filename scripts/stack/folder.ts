/**
 * The folder of the local stack: data, and the secrets made on first run. It remembers which version of its layout and
 * which database it was made with, because PGlite cannot read PostgreSQL's files, nor either an older layout's.
 */

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from './ports.ts'
import type { DatabaseKind } from './postgres.ts'

/** Raised when data of an earlier layout can no longer be read. */
export const dataVersion = 1

/** Random, local, and kept in `secrets.json` (readable by its owner only). */
export interface StackSecrets {
  readonly s3AccessKeyId: string
  readonly s3SecretAccessKey: string
  readonly databasePassword: string
  /** Names the key-encryption key in every wrap. */
  readonly keyEncryptionKeyId: string
  /** 32 bytes, base64. */
  readonly keyEncryptionKey: string
  /** Keys the hash that finds a person again; 32 bytes, base64. */
  readonly identityKey: string
}

export interface StackFolder {
  readonly path: string
  readonly database: string
  readonly objects: string
  readonly secrets: StackSecrets
}

/**
 * Opens the folder, making it on first run.
 *
 * @throws StartRefused when its data are of another version, or of the other database.
 */
export function openFolder(path: string, kind: DatabaseKind): StackFolder {
  requireSame(path, kind)
  mkdirSync(path, { recursive: true })
  const stamp = join(path, 'stack.json')
  if (!existsSync(stamp))
    writeFileSync(stamp, `${JSON.stringify({ dataVersion, database: kind }, null, 2)}\n`)
  return {
    path,
    database: join(path, kind),
    objects: join(path, 's3'),
    secrets: openSecrets(join(path, 'secrets.json')),
  }
}

/**
 * Takes the folder for this process: PGlite loses data, without a word, when two processes write its files.
 *
 * @returns lets go of it.
 * @throws StartRefused when another Egret runs on it; what a killed one left is taken over.
 */
export function lockFolder(path: string): () => void {
  const lock = join(path, 'running.pid')
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : Number.NaN
  if (isRunning(holder)) {
    throw new StartRefused(
      `Another Egret (process ${holder}) runs on the data in ${path}. Stop it, or choose another folder: EGRET_DATA=<folder> npm start. If that process is no Egret, remove ${lock}.`,
    )
  }
  rmSync(lock, { force: true })
  // Of two starts at the same moment one makes the file, and the other fails here.
  writeFileSync(lock, String(process.pid), { flag: 'wx' })
  return () => rmSync(lock, { force: true })
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function requireSame(path: string, kind: DatabaseKind): void {
  const stamp = join(path, 'stack.json')
  if (!existsSync(stamp)) {
    if (!existsSync(path) || readdirSync(path).length === 0) return
    throw new StartRefused(
      `${path} holds files but no stack.json, so it is not a data folder of Egret. Move it away, or choose another folder: EGRET_DATA=<folder> npm start`,
    )
  }
  const found = readStamp(stamp)
  if (found.dataVersion !== dataVersion) {
    throw new StartRefused(
      `The data in ${path} are of version ${String(found.dataVersion ?? 'unknown')}, and this Egret reads version ${dataVersion}. Start the Egret that made them, or begin anew by moving the folder away.`,
    )
  }
  if (found.database !== kind) {
    throw new StartRefused(
      `The data in ${path} were made with ${databaseNames[String(found.database)] ?? 'another database'}, and ${databaseNames[kind]} cannot read them. Start as before, or choose another folder: EGRET_DATA=<folder> npm start`,
    )
  }
}

function readStamp(path: string): { readonly dataVersion?: unknown; readonly database?: unknown } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

const databaseNames: Readonly<Record<string, string>> = {
  pglite: 'PGlite (the default)',
  postgres: 'PostgreSQL (EGRET_DB=postgres)',
  url: 'a database of your own (DATABASE_URL)',
}

function openSecrets(path: string): StackSecrets {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as StackSecrets
  const secrets = newSecrets()
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

/** Fresh random secrets for one local stack. */
export function newSecrets(): StackSecrets {
  return {
    s3AccessKeyId: `EGRET${randomBytes(8).toString('hex').toUpperCase()}`,
    s3SecretAccessKey: randomBytes(24).toString('hex'),
    databasePassword: randomBytes(18).toString('hex'),
    keyEncryptionKeyId: `local-${randomBytes(4).toString('hex')}`,
    keyEncryptionKey: randomBytes(32).toString('base64'),
    identityKey: randomBytes(32).toString('base64'),
  }
}
