/** The part of s3rver the local stack uses; the package has no types of its own. */

declare module '@20minutes/s3rver' {
  interface Options {
    readonly address: string
    readonly port: number
    readonly silent: boolean
    readonly directory: string
    readonly vhostBuckets: boolean
    readonly configureBuckets: readonly { readonly name: string }[]
  }
  export default class S3rver {
    constructor(options: Options)
    run(): Promise<{ readonly address: string; readonly port: number }>
    close(): Promise<void>
    readonly httpServer: import('node:http').Server
    readonly store: {
      /** Writes an object's bytes to a file; answers their count and MD5. */
      putContent(path: string, content: unknown): Promise<[size: number, md5: string]>
    }
  }
}

declare module '@20minutes/s3rver/lib/models/account.js' {
  const account: {
    readonly DUMMY_ACCOUNT: {
      createKeyPair(accessKeyId: string, secretAccessKey: string): void
      revokeAccessKey(accessKeyId: string): void
    }
  }
  export default account
}
