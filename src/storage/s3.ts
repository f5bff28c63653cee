/** Object storage over S3's protocol: R2, AWS, OSS, MinIO or the local stack, by endpoint and key alone. */

import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { ObjectStore, StorageArea } from '../ports.ts'

export interface S3Options {
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly forcePathStyle: boolean
  readonly buckets: Readonly<Record<StorageArea, string>>
}

/** Attempts in all, the first included; every write is of the same bytes under the same key, so repeating it is harmless. */
const attemptsMax = 3
const timeoutMs = 10_000

/** Makes the client; it holds no connection, and one serves every request of an isolate. */
export function makeS3Client(options: S3Options): S3Client {
  return new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    forcePathStyle: options.forcePathStyle,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attemptsMax,
    // In Node a request that takes too long is only told of, unless it shall fail.
    requestHandler: { requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  })
}

/** What one request did to the store. */
export interface ObjectCounts {
  onRead(): void
  onWrite(): void
}

/** The object store of one request: its two buckets, and a count of what was asked of them. */
export function s3ObjectStore(
  client: S3Client,
  buckets: S3Options['buckets'],
  counts: ObjectCounts,
): ObjectStore {
  return {
    async put(area, key, body, meta) {
      counts.onWrite()
      await client.send(
        new PutObjectCommand({
          Bucket: buckets[area],
          Key: key,
          Body: body,
          ContentLength: body.length,
          ContentType: meta.contentType,
          ...(meta.cacheControl === undefined ? {} : { CacheControl: meta.cacheControl }),
        }),
      )
    },
    get(area, key) {
      counts.onRead()
      return unlessAbsent(async () => {
        const found = await client.send(new GetObjectCommand({ Bucket: buckets[area], Key: key }))
        return found.Body === undefined ? new Uint8Array() : await found.Body.transformToByteArray()
      })
    },
    async exists(area, key) {
      counts.onRead()
      const head = await unlessAbsent(() =>
        client.send(new HeadObjectCommand({ Bucket: buckets[area], Key: key })),
      )
      return head !== null
    },
  }
}

/** Null where the store says there is no such object; every other failure stays one. */
export async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null
    throw error
  }
}
