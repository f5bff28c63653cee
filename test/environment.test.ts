import { describe, expect, test } from 'vitest'
import { EnvironmentRefused, readEnvironment } from '../src/environment.ts'
import { formatVerifierKey, verifierKey } from '../src/transparency/note.ts'

const key = btoa('0123456789abcdef0123456789abcdef')
const complete = {
  PUBLIC_URL: 'https://egret.example/',
  DATABASE_URL: 'postgresql://user:password@db.example/egret',
  S3_ENDPOINT: 'https://s3.example',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
  S3_PUBLIC_BUCKET: 'egret-public',
  S3_PRIVATE_BUCKET: 'egret-private',
  KEY_ENCRYPTION_KEYS: JSON.stringify({ '2026-1': key }),
  KEY_ENCRYPTION_KEY_ID: '2026-1',
  IDENTITY_KEY: key,
}

describe('readEnvironment', () => {
  test('reads a complete environment, with its presets', () => {
    expect(readEnvironment(complete)).toMatchObject({
      PUBLIC_URL: 'https://egret.example',
      S3_REGION: 'auto',
      S3_FORCE_PATH_STYLE: true,
      TOKEN_SECONDS: 900,
      CREDENTIAL_ALGORITHM: 'EdDSA',
      REPORT_COST: false,
      LOG_WITNESSES: [],
    })
  })

  test('takes an empty variable for an absent one', () => {
    expect(readEnvironment({ ...complete, S3_REGION: '' }).S3_REGION).toBe('auto')
    expect(() => readEnvironment({ ...complete, IDENTITY_KEY: '' })).toThrow(/IDENTITY_KEY/)
  })

  test('names everything that is missing', () => {
    const { PUBLIC_URL: _, IDENTITY_KEY: __, ...rest } = complete
    expect(() => readEnvironment(rest)).toThrow(/\n {2}PUBLIC_URL is missing\n {2}IDENTITY_KEY is missing$/)
  })

  test.each([
    [
      'a public URL with a path',
      { PUBLIC_URL: 'https://egret.example/api' },
      /PUBLIC_URL: must be an origin/,
    ],
    [
      'a key of 31 bytes',
      { IDENTITY_KEY: btoa('0123456789abcdef0123456789abcde') },
      /IDENTITY_KEY: must be 32 bytes/,
    ],
    ['keys that are not JSON', { KEY_ENCRYPTION_KEYS: key }, /KEY_ENCRYPTION_KEYS: must be a JSON object/],
    [
      'an active key that is not there',
      { KEY_ENCRYPTION_KEY_ID: '2027-1' },
      /must name one of KEY_ENCRYPTION_KEYS/,
    ],
    [
      'one bucket for both areas',
      { S3_PRIVATE_BUCKET: 'egret-public' },
      /another bucket than S3_PUBLIC_BUCKET/,
    ],
    ['another database', { DATABASE_URL: 'mysql://db.example/egret' }, /DATABASE_URL/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => readEnvironment({ ...complete, ...wrong })).toThrow(message)
    expect(() => readEnvironment({ ...complete, ...wrong })).toThrow(EnvironmentRefused)
  })

  test('keeps older key-encryption keys beside the active one', () => {
    const keys = JSON.stringify({ '2025-1': key, '2026-1': key })
    expect(
      Object.keys(readEnvironment({ ...complete, KEY_ENCRYPTION_KEYS: keys }).KEY_ENCRYPTION_KEYS),
    ).toEqual(['2025-1', '2026-1'])
  })

  test('reads witnesses by their verifier keys, and each only once', () => {
    const key = formatVerifierKey(verifierKey('w1.example', 'cosignature', new Uint8Array(32)))
    const list = (...urls: string[]) => JSON.stringify(urls.map((url) => ({ url, key })))
    const read = (LOG_WITNESSES: string) => readEnvironment({ ...complete, LOG_WITNESSES }).LOG_WITNESSES
    expect(read(list('https://w1.example/'))).toEqual([{ url: 'https://w1.example', key }])
    const log = formatVerifierKey(verifierKey('w1.example', 'ed25519', new Uint8Array(32)))
    const bad = ['{', '{}', list('ftp://w1.example'), list('https://a.example', 'https://b.example')]
    for (const text of [...bad, list('https://w1.example').replace(key, log)]) {
      expect(() => read(text), text).toThrow('LOG_WITNESSES')
    }
  })
})
