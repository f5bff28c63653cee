import { describe, expect, test } from 'vitest'
import { unfilled, unput } from '../../scripts/deploy.ts'

describe('npm run deploy', () => {
  test('names the variables that wrangler.toml still leaves to fill in', () => {
    const vars = {
      PUBLIC_URL: 'https://egret.example.org',
      S3_ENDPOINT: 'https://ACCOUNT.r2.cloudflarestorage.com',
      S3_PUBLIC_BUCKET: 'egret-public',
      KEY_ENCRYPTION_KEY_ID: '2026-1',
    }
    expect(unfilled(vars)).toEqual(['PUBLIC_URL', 'S3_ENDPOINT', 'S3_PRIVATE_BUCKET'])
  })

  test('names the secrets that were not put', () => {
    expect(unput(['DATABASE_URL', 'IDENTITY_KEY', 'KEY_ENCRYPTION_KEYS'])).toEqual([
      'S3_ACCESS_KEY_ID',
      'S3_SECRET_ACCESS_KEY',
    ])
  })
})
