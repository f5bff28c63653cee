import { beforeAll, describe, expect, inject, test } from 'vitest'
import { readEnvironment } from '../../src/environment.ts'
import { sha256 } from '../../src/json/digest.ts'
import { encodeHex } from '../../src/json/encoding.ts'
import type { FileStore, UploadAddress } from '../../src/ports/files.ts'
import type { ObjectStore } from '../../src/ports.ts'
import { makeS3Client, s3ObjectStore } from '../../src/storage/s3.ts'
import { s3FileStore } from '../../src/storage/s3-files.ts'
import { storageOptions } from '../../src/wire.ts'

/** Bytes that no other test has. */
function random(length: number): Uint8Array<ArrayBuffer> {
  const seed = crypto.getRandomValues(new Uint8Array(61))
  return Uint8Array.from({ length }, (_, at) => (seed[at % 61] ?? 0) ^ (at & 255))
}
const hex = (bytes: Uint8Array) => encodeHex(sha256(bytes))

/** Puts as whoever was given an address does; `content-length` every client sends by itself. */
function put({ url, headers, method }: UploadAddress, body: Uint8Array): Promise<Response> {
  const { 'content-length': _, ...others } = headers
  return fetch(url, { method, headers: others, body: body as Uint8Array<ArrayBuffer> })
}

describe('s3FileStore', () => {
  let files: FileStore
  let objects: ObjectStore
  beforeAll(() => {
    const options = storageOptions(readEnvironment(inject('environment')))
    const client = makeS3Client(options)
    const counts = { onRead: () => {}, onWrite: () => {} }
    files = s3FileStore(client, options, counts)
    objects = s3ObjectStore(client, options.buckets, counts)
  })

  const address = (key: string, body: Uint8Array) =>
    files.uploadAddress(key, { size: body.length, sha256: hex(body) }, 60)

  test('takes the bytes that an address was given for, with its headers', async () => {
    const body = random(200_000)
    const given = await address('uploads/test/one', body)
    expect(given).toMatchObject({ method: 'PUT', headers: { 'content-length': '200000' } })
    expect(new URL(given.url).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;host;x-amz-checksum-sha256',
    )
    expect((await put(given, body)).status).toBe(200)
    expect(await objects.get('private', 'uploads/test/one')).toEqual(body)
    expect(await files.size('uploads/test/one')).toBe(200_000)
  })

  test('takes no other length, no other digest and no other object', async () => {
    const body = random(100)
    const given = await address('uploads/test/two', body)
    expect((await put(given, random(101))).status).toBe(403)
    const other = { ...given.headers, 'x-amz-checksum-sha256': btoa('another') }
    expect((await put({ ...given, headers: other }, body)).status).toBe(403)
    expect((await put({ ...given, url: given.url.replace('/test/two', '/test/three') }, body)).status).toBe(
      403,
    )
    expect(await files.size('uploads/test/two')).toBeNull()
    expect(await files.size('uploads/test/three')).toBeNull()
  })

  test('hands a file out to be saved, under its own name and type', async () => {
    await objects.put('private', 'evidence/test/four', random(10), { contentType: 'text/html' })
    const face = { name: 'evidence-12.pdf', mediaType: 'application/pdf' }
    const { url, expiresAt } = await files.downloadAddress('evidence/test/four', face, 300)
    expect(Math.abs(expiresAt.getTime() - Date.now() - 300_000)).toBeLessThan(60_000)
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    await answer.arrayBuffer()
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="evidence-12.pdf"')
    const tampered = url.replace('application%2Fpdf', 'text%2Fhtml')
    expect(tampered).not.toBe(url)
    expect((await fetch(tampered)).status).toBe(403)
  })

  test('reads as a stream, copies, removes, and tells what is not there', async () => {
    const body = random(1_000_000)
    await objects.put('private', 'uploads/test/five', body, { contentType: 'application/octet-stream' })
    expect(await files.copy('uploads/test/five', 'uploads/test/six')).toBe(true)
    const read = []
    for await (const piece of (await files.read('uploads/test/six')) ?? []) read.push(...piece)
    expect(hex(Uint8Array.from(read))).toBe(hex(body))
    await files.remove('uploads/test/six')
    await files.remove('uploads/test/six')
    expect(await files.read('uploads/test/six')).toBeNull()
    expect(await files.copy('uploads/test/six', 'uploads/test/seven')).toBe(false)
  })
})
