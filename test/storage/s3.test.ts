import { beforeAll, describe, expect, inject, test } from 'vitest'
import { readEnvironment } from '../../src/environment.ts'
import type { ObjectStore } from '../../src/ports.ts'
import { makeS3Client, s3ObjectStore } from '../../src/storage/s3.ts'
import { storageOptions } from '../../src/wire.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('s3ObjectStore', () => {
  const counts = { reads: 0, writes: 0 }
  let store: ObjectStore

  beforeAll(() => {
    const options = storageOptions(readEnvironment(inject('environment')))
    store = s3ObjectStore(makeS3Client(options), options.buckets, {
      onRead: () => {
        counts.reads += 1
      },
      onWrite: () => {
        counts.writes += 1
      },
    })
  })

  test('gives back the very bytes that were put, and counts what was asked', async () => {
    Object.assign(counts, { reads: 0, writes: 0 })
    const body = crypto.getRandomValues(new Uint8Array(50_000))
    await store.put('private', 'test/bytes', body, { contentType: 'application/octet-stream' })
    expect(await store.get('private', 'test/bytes')).toEqual(body)
    expect(counts).toEqual({ reads: 1, writes: 1 })
  })

  test('answers null for an object that is not there, also where a folder of that name is', async () => {
    await store.put('public', 'folder/object', bytes('x'), { contentType: 'text/plain' })
    expect(await store.get('public', 'no/such/object')).toBeNull()
    expect(await store.exists('public', 'no/such/object')).toBe(false)
    expect(await store.exists('public', 'folder/object')).toBe(true)
  })

  test('keeps the two buckets apart', async () => {
    await store.put('private', 'test/secret', bytes('activity data'), { contentType: 'text/plain' })
    expect(await store.exists('public', 'test/secret')).toBe(false)
  })

  test('keeps an empty object apart from none', async () => {
    await store.put('public', 'test/empty', new Uint8Array(), { contentType: 'text/plain' })
    expect(await store.get('public', 'test/empty')).toEqual(new Uint8Array())
  })

  test('fails, rather than answering null, when the store refuses the key', async () => {
    const options = storageOptions(readEnvironment(inject('environment')))
    const stranger = makeS3Client({ ...options, secretAccessKey: 'not the secret' })
    const refused = s3ObjectStore(stranger, options.buckets, { onRead: () => {}, onWrite: () => {} })
    await expect(refused.get('public', 'test/empty')).rejects.toThrow()
  })

  test('gives a reader the whole object while others write it again', async () => {
    const body = new Uint8Array(2_000_000).fill(1)
    const write = () => store.put('private', 'test/again', body, { contentType: 'application/octet-stream' })
    await write()
    const read = () => store.get('private', 'test/again').then((found) => found?.length)
    const writes = Array.from({ length: 12 }, write)
    const found = await Promise.all(Array.from({ length: 24 }, read))
    await Promise.all(writes)
    expect(new Set(found)).toEqual(new Set([body.length]))
  })

  test('serves many requests at once over one client', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `test/parallel/${index}`)
    await Promise.all(
      names.map((name) => store.put('public', name, bytes(name), { contentType: 'text/plain' })),
    )
    const found = await Promise.all(names.map((name) => store.get('public', name)))
    expect(found.map((body) => new TextDecoder().decode(body ?? undefined))).toEqual(names)
  })
})
