/** The backup and restore drill as an operator runs it: a child process, on the database that `EGRET_DB` asks for; and what it compares. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { differences, type Objects, owed } from '../../scripts/drill/bucket.ts'

const script = fileURLToPath(new URL('../../scripts/drill.ts', import.meta.url))
/** It takes a minute where nothing else runs. */
const milliseconds = 240_000

test('npm run drill gets back all that was public', { timeout: milliseconds }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  expect(stdout).toContain('an older backup is refused beside the newer log: log-inconsistent')
  expect(stdout).toMatch(/rebuilt: \{"tiles":2,"credentials":3,"accreditations":2,"statusLists":2\}/)
  expect(stdout).toMatch(/all \d+ public objects are as before; [1-9]\d* tiles had grown/)
  expect(stdout).toContain('the log is sound')
  expect(stdout).toContain('the documents are verified: valid, suspended, revoked, as before')
  expect(stdout).toMatch(/the log goes on from where it was: leaf \d+ is a reinstatement/)
})

/** A log of 300 leaves: a full tile and a full bundle, and 44 leaves after them. */
const checkpoint = `egret.test/log\n300\n${btoa('\0'.repeat(32))}\n\n— egret.test/log ${btoa('signed')}\n`
const bucketOf = (...keys: readonly string[]): Objects =>
  new Map(['log/checkpoint', ...keys].map((key) => [key, new TextEncoder().encode(checkpoint)]))
const owedOf = (...keys: readonly string[]) => [...owed(bucketOf(...keys)).keys()].slice(1)

describe('what a rebuild owes', () => {
  test('is every tile and bundle that the log has now, also those that are not full', () => {
    const standing = [
      'log/tile/0/000',
      'log/tile/0/001.p/44',
      'log/tile/1/000.p/1',
      'log/tile/entries/000',
      'log/tile/entries/001.p/44',
    ]
    expect(owedOf(...standing)).toEqual(standing)
  })

  test('is none of those that wider ones have taken the place of', () => {
    expect(owedOf('log/tile/0/000.p/200', 'log/tile/0/000')).toEqual(['log/tile/0/000'])
    expect(owedOf('log/tile/entries/001.p/43', 'log/tile/entries/001.p/44')).toEqual([
      'log/tile/entries/001.p/44',
    ])
  })

  test('is a narrower one all the same where the wider one is not there', () => {
    expect(owedOf('log/tile/0/001.p/43')).toEqual(['log/tile/0/001.p/43'])
  })

  test('is everything that is no tile', () => {
    const others = ['credentials/a.jwt', 'log/verifier-keys', 'status/tile/0/000.p/1']
    expect(owedOf(...others)).toEqual(others)
  })

  test('is missed where it is gone, other, or more', () => {
    const before = new Map([...bucketOf('a', 'b'), ['c', new Uint8Array(1)]])
    const after = new Map([...bucketOf('a', 'd'), ['c', new Uint8Array(2)]])
    expect(differences(before, after)).toEqual(['b', 'c', 'd'])
  })
})
