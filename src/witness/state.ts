/**
 * What a witness has cosigned last of each log: the cosigned checkpoint itself, a file a log. One process at a time may hold a
 * state, for two that do not know of each other would cosign two histories.
 */

import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../json/digest.ts'
import { encodeHex, encodeUtf8 } from '../json/encoding.ts'
import { writeDurably } from './durable.ts'

/** Files of cosigned checkpoints. */
export interface WitnessState {
  /** The checkpoint that was cosigned last, with the cosignature; null before the first. */
  read(originHash: string): Promise<string | null>
  /** Lasting once it returns. */
  write(originHash: string, checkpoint: string): Promise<void>
  release(): Promise<void>
}

/** 64 hex digits: how a log is named in paths. */
export function originHash(origin: string): string {
  return encodeHex(sha256(encodeUtf8(origin)))
}

/** @throws Error where another process that still runs holds the state. */
export async function holdState(directory: string): Promise<WitnessState> {
  const lock = join(directory, 'lock')
  await takeLock(lock)
  const fileOf = (hash: string) => join(directory, `${hash}.checkpoint`)
  return {
    read: (hash) =>
      readFile(fileOf(hash), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      }),
    write: (hash, checkpoint) => writeDurably(fileOf(hash), checkpoint),
    release: () => rm(lock, { force: true }),
  }
}

async function takeLock(path: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      return await file.close()
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
      const holder = Number(await readFile(path, 'utf8').catch(() => ''))
      if (isRunning(holder)) throw new Error(`process ${holder} holds this state: ${path}`)
      await rm(path, { force: true })
    }
  }
  throw new Error(`another process took ${path}`)
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
