/** Files that people bring, over S3's protocol: presigned addresses (SigV4 in the query), streamed reads, copies within the bucket. */

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { decodeHex, encodeBase64 } from '../json/encoding.ts'
import type { FileFace, FileStore, UploadBound } from '../ports/files.ts'
import { type ObjectCounts, type S3Options, unlessAbsent } from './s3.ts'

/** The file store of one request: the private bucket, and a count of what was asked of it. */
export function s3FileStore(client: S3Client, options: S3Options, counts: ObjectCounts): FileStore {
  const bucket = options.buckets.private
  return {
    uploadAddress: (key, bound, seconds) => uploadAddress(client, options, { key, bound, seconds }),
    downloadAddress: (key, face, seconds) => downloadAddress(client, options, { key, face, seconds }),
    async size(key) {
      counts.onRead()
      const head = await unlessAbsent(() => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })))
      return head?.ContentLength ?? null
    },
    async read(key) {
      counts.onRead()
      const found = await unlessAbsent(() => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })))
      return found === null ? null : piecesOf(found.Body?.transformToWebStream())
    },
    async copy(from, to) {
      counts.onWrite()
      const source = { Bucket: bucket, Key: to, CopySource: `${bucket}/${from}` }
      return (await unlessAbsent(() => client.send(new CopyObjectCommand(source)))) !== null
    },
    async remove(key) {
      counts.onWrite()
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}

async function* piecesOf(stream: ReadableStream | undefined): AsyncGenerator<Uint8Array> {
  if (stream === undefined) return
  const reader = stream.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel()
  }
}

/**
 * Length and digest are signed headers: a store that knows them refuses other bytes at once. One that does not is found out when
 * the file is read again.
 */
async function uploadAddress(
  client: S3Client,
  options: S3Options,
  asked: { readonly key: string; readonly bound: UploadBound; readonly seconds: number },
) {
  const headers = {
    'content-length': String(asked.bound.size),
    'x-amz-checksum-sha256': encodeBase64(decodeHex(asked.bound.sha256) ?? new Uint8Array()),
  }
  const signed = await presign(client, options, { ...asked, method: 'PUT', headers, query: {} })
  return { method: 'PUT' as const, headers, ...signed }
}

function downloadAddress(
  client: S3Client,
  options: S3Options,
  { face, ...asked }: { readonly key: string; readonly face: FileFace; readonly seconds: number },
) {
  const query = {
    'response-content-disposition': `attachment; filename="${face.name}"`,
    'response-content-type': face.mediaType,
    'response-cache-control': 'private, no-store',
  }
  return presign(client, options, { ...asked, method: 'GET', headers: {}, query })
}

interface Signed {
  readonly method: string
  readonly headers: Record<string, string>
  readonly query: Record<string, string>
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
}

/** The part of the client's own signer that presigns. */
interface Presigner {
  presign(
    request: Signed,
    options: {
      expiresIn: number
      signingDate: Date
      signingRegion: string
      signingService: string
      unhoistableHeaders: Set<string>
    },
  ): Promise<Signed>
}

async function presign(
  client: S3Client,
  options: S3Options,
  asked: Pick<Signed, 'method' | 'headers' | 'query'> & { readonly key: string; readonly seconds: number },
) {
  const { method, headers, query, key, seconds } = asked
  const scheme = { name: 'sigv4', signingName: 's3', signingRegion: options.region, properties: {} }
  const signer = (await client.config.signer(scheme)) as unknown as Presigner
  const signingDate = new Date()
  const place = placeOf(options, key)
  // Goes into the query: the address is made before there are bytes to sign.
  const payload = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const request = { ...place, method, query, headers: { ...headers, ...payload, host: place.host } }
  const signed = await signer.presign(request, {
    expiresIn: seconds,
    signingDate,
    signingRegion: options.region,
    signingService: 's3',
    unhoistableHeaders: new Set(Object.keys(headers)),
  })
  const url = `${place.protocol}//${place.host}${place.path}?${queryText(signed.query)}`
  return { url, expiresAt: new Date(signingDate.getTime() + seconds * 1000) }
}

/** Where an object of the private bucket is: the bucket in the path or in the host name. Keys are of letters, digits, hyphens and slashes. */
function placeOf({ endpoint, forcePathStyle, buckets }: S3Options, key: string) {
  const { protocol, hostname, port, pathname } = new URL(endpoint)
  const host = forcePathStyle ? hostname : `${buckets.private}.${hostname}`
  const folder = pathname.replace(/\/$/, '')
  return {
    protocol,
    hostname: host,
    ...(port === '' ? {} : { port: Number(port) }),
    host: port === '' ? host : `${host}:${port}`,
    path: forcePathStyle ? `${folder}/${buckets.private}/${key}` : `${folder}/${key}`,
  }
}

/** No name and no value here has one of the characters that SigV4 escapes and `encodeURIComponent` does not. */
function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&')
}
