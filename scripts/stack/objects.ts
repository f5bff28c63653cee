/** The local object storage: s3rver, with its two buckets kept on disk. */

import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type S3rver from '@20minutes/s3rver'
import type account from '@20minutes/s3rver/lib/models/account.js'

// Required, not imported: a test runner that loads modules itself would make a second register of keys.
const require = createRequire(import.meta.url)
const Server = require('@20minutes/s3rver') as typeof S3rver
const { DUMMY_ACCOUNT: holder } = require('@20minutes/s3rver/lib/models/account.js') as typeof account

export interface ObjectsOptions {
  readonly port: number
  readonly directory: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface RunningObjects {
  readonly endpoint: string
  readonly publicBucket: string
  readonly privateBucket: string
  stop(): Promise<void>
}

const publicBucket = 'egret-public'
const privateBucket = 'egret-private'

/** Starts S3 on 127.0.0.1 under the given key pair only; port 0 lets the system choose. */
export async function startObjects(options: ObjectsOptions): Promise<RunningObjects> {
  holder.revokeAccessKey('S3RVER')
  holder.createKeyPair(options.accessKeyId, options.secretAccessKey)
  const server = new Server({
    address: '127.0.0.1',
    port: options.port,
    silent: true,
    directory: options.directory,
    vhostBuckets: false,
    configureBuckets: [{ name: publicBucket }, { name: privateBucket }],
  })
  writeWhole(server)
  const { port } = await server.run()
  return { endpoint: `http://127.0.0.1:${port}`, publicBucket, privateBucket, stop: () => stop(server) }
}

/** S3 gives a reader the old object or the new one; s3rver writes in place, and would give it half. */
function writeWhole({ store }: S3rver): void {
  const write = store.putContent.bind(store)
  store.putContent = async (path, content) => {
    const unfinished = `${path}.${randomUUID()}`
    const written = await write(unfinished, content)
    await rename(unfinished, path)
    return written
  }
}

async function stop(server: S3rver): Promise<void> {
  const closed = server.close()
  server.httpServer.closeAllConnections()
  await closed
}
