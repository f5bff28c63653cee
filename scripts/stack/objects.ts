/** The local object storage: s3rver, with its two buckets kept on disk. */

import S3rver from '@20minutes/s3rver'
import account from '@20minutes/s3rver/lib/models/account.js'

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
  account.DUMMY_ACCOUNT.revokeAccessKey('S3RVER')
  account.DUMMY_ACCOUNT.createKeyPair(options.accessKeyId, options.secretAccessKey)
  const server = new S3rver({
    address: '127.0.0.1',
    port: options.port,
    silent: true,
    directory: options.directory,
    vhostBuckets: false,
    configureBuckets: [{ name: publicBucket }, { name: privateBucket }],
  })
  const { port } = await server.run()
  return { endpoint: `http://127.0.0.1:${port}`, publicBucket, privateBucket, stop: () => stop(server) }
}

async function stop(server: S3rver): Promise<void> {
  const closed = server.close()
  server.httpServer.closeAllConnections()
  await closed
}
