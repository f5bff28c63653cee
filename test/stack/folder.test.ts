import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockFolder, openFolder } from '../../scripts/stack/folder.ts'
import { choosePort, StartRefused } from '../../scripts/stack/ports.ts'
import { chooseDatabase } from '../../scripts/stack/postgres.ts'

describe('openFolder', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'egret-folder-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('makes secrets on first run, for their owner only, and finds them again', () => {
    const first = openFolder(folder, 'pglite')
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(Buffer.from(first.secrets.keyEncryptionKey, 'base64')).toHaveLength(32)
    expect(openFolder(folder, 'pglite').secrets).toEqual(first.secrets)
  })

  test('refuses data of another version, naming both', () => {
    writeFileSync(join(folder, 'stack.json'), '{"dataVersion": 7, "database": "pglite"}')
    expect(() => openFolder(folder, 'pglite')).toThrow(/are of version 7, and this Egret reads version 1/)
  })

  test('refuses data made with the other database, naming how they were made', () => {
    openFolder(folder, 'postgres')
    expect(() => openFolder(folder, 'pglite')).toThrow(/made with PostgreSQL \(EGRET_DB=postgres\)/)
  })

  test('lets one process at a time onto the data, and takes over from one that was killed', () => {
    const unlock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(/Another Egret .* runs on the data/)
    unlock()
    // Beyond the largest process id that Linux gives out (2^22): nobody's.
    writeFileSync(join(folder, 'running.pid'), '4194305')
    lockFolder(folder)()
    lockFolder(folder)()
  })

  test('refuses a folder that is not its own', () => {
    writeFileSync(join(folder, 'thesis.docx'), '')
    expect(() => openFolder(folder, 'pglite')).toThrow(/not a data folder of Egret/)
  })

  test('refuses a stamp that is not JSON, as a stamp of no version', () => {
    writeFileSync(join(folder, 'stack.json'), 'version 1')
    expect(() => openFolder(folder, 'pglite')).toThrow(StartRefused)
  })
})

describe('chooseDatabase', () => {
  test('takes PGlite unless told otherwise, and DATABASE_URL before everything', () => {
    expect(chooseDatabase({})).toBe('pglite')
    expect(chooseDatabase({ EGRET_DB: 'postgres' })).toBe('postgres')
    expect(chooseDatabase({ EGRET_DB: 'postgres', DATABASE_URL: 'postgres://db/egret' })).toBe('url')
    expect(() => chooseDatabase({ EGRET_DB: 'mysql' })).toThrow(/"pglite" or "postgres", and is "mysql"/)
  })
})

describe('choosePort', () => {
  test.each(['http', '-1', '65536', '80.5', ''])('refuses "%s"', (text) => {
    const choose = () => choosePort({ PORT: text }, 'PORT', 8787, 'the API')
    if (text === '') expect(choose().port).toBe(8787)
    else expect(choose).toThrow(/PORT must be a port/)
  })
})
