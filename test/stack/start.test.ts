import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireFree } from '../../scripts/stack/ports.ts'

const root = join(import.meta.dirname, '../..')

interface Started {
  readonly child: ChildProcess
  readonly output: () => string
}

describe('npm start', () => {
  let folder: string
  const children: ChildProcess[] = []

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'egret-start-'))
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Starts it on ports of the system's choice, unless `env` says otherwise. */
  function start(env: Record<string, string> = {}): Started {
    const ports = { PORT: '0', EGRET_DB_PORT: '0', EGRET_PROXY_PORT: '0', EGRET_S3_PORT: '0' }
    const child = spawn(process.execPath, ['scripts/start.ts'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: '', EGRET_DB: '', EGRET_DATA: folder, ...ports, ...env },
    })
    children.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data
      })
    }
    return { child, output: () => output }
  }

  async function ended({ child }: Started): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode
  }

  async function running({ child, output }: Started): Promise<void> {
    while (!output().includes('Stop with Ctrl-C')) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output()}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Does what the printed command does, and gives the token. */
  async function tokenAsPrinted(output: string): Promise<string> {
    const printed = /curl -s -u '(.+)' -d (grant_type=client_credentials) (\S+)/.exec(output)
    const [, client = '', form = '', url = ''] = printed ?? []
    const headers = {
      authorization: `Basic ${btoa(client)}`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const answer = await fetch(url, { method: 'POST', headers, body: form })
    return ((await answer.json()) as { access_token: string }).access_token
  }

  /** Every address that was printed: the API, the database, object storage. */
  function portsAsPrinted(output: string): number[] {
    return [...output.matchAll(/(?:localhost|127\.0\.0\.1):(\d+)/g)].map(([, port]) => Number(port))
  }

  test('names the port that is taken and the variable that changes it', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const started = start({ PORT: String(port) })
    expect(await ended(started)).toBe(1)
    expect(started.output()).toContain(`Port ${port} (the API) is taken.`)
    expect(started.output()).toContain(`PORT=${port > 65_525 ? port - 10 : port + 10} npm start`)
    other.close()
  })

  test('refuses data of another version without touching them', async () => {
    const older = mkdtempSync(join(tmpdir(), 'egret-older-'))
    writeFileSync(join(older, 'stack.json'), '{"dataVersion": 0, "database": "pglite"}')
    const started = start({ EGRET_DATA: older })
    expect(await ended(started)).toBe(1)
    expect(started.output()).toContain('are of version 0')
    rmSync(older, { recursive: true })
  })

  test('says how to get a token, stops cleanly, and starts again on its data', async () => {
    const first = start()
    await running(first)
    expect((await tokenAsPrinted(first.output())).split('.')).toHaveLength(3)
    first.child.kill('SIGTERM')
    expect(await ended(first)).toBe(0)
    for (const port of portsAsPrinted(first.output())) await requireFree({ port, variable: '', purpose: '' })

    const second = start()
    await running(second)
    expect((await tokenAsPrinted(second.output())).split('.')).toHaveLength(3)
    second.child.kill('SIGINT')
    expect(await ended(second)).toBe(0)
  }, 240_000)

  test('refuses to read PGlite files with PostgreSQL', async () => {
    const started = start({ EGRET_DB: 'postgres' })
    expect(await ended(started)).toBe(1)
    expect(started.output()).toContain('made with PGlite (the default)')
  })
})
