import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets, root } from '../../scripts/build.ts'
import { newSecrets } from '../../scripts/stack/folder.ts'
import { freePort } from '../../scripts/stack/ports.ts'
import { disposableFolders, type RunningStack, startStack } from '../../scripts/stack/stack.ts'
import { untilHealthy } from '../../scripts/stack/worker.ts'

function runNode(environment: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['src/node.ts'], { cwd: root, env: { PATH: '', ...environment } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data
    })
  }
  return { child, output: () => output }
}

/** The whole answer, so that no connection stays busy. */
async function get(address: string): Promise<{ status: number; headers: Headers }> {
  const answer = await fetch(address)
  await answer.arrayBuffer()
  return answer
}

describe('node src/node.ts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'egret-node-'))
  let stack: RunningStack
  let running: ReturnType<typeof runNode>
  let url: string

  beforeAll(async () => {
    stack = await startStack({
      kind: 'pglite',
      ...disposableFolders(folder, 'pglite'),
      secrets: newSecrets(),
      ports: { database: 0, proxy: 0, objects: 0 },
    })
    await buildAssets()
    url = `http://127.0.0.1:${await freePort()}`
    const variables = { PUBLIC_URL: url, PORT: new URL(url).port, ...stack.environment }
    running = runNode(variables)
    await untilHealthy(url, 20)
  })

  afterAll(async () => {
    running.child.kill('SIGKILL')
    await stack.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('serves the app, and tells where it listens and each request, one JSON object a line', async () => {
    const answer = await fetch(`${url}/openapi.json`)
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0' })
    const records = running
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records[0]).toMatchObject({ level: 'info', message: 'listening', port: Number(new URL(url).port) })
    expect(records.at(-1)).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      message: 'request',
      requestId: answer.headers.get('x-request-id'),
      path: '/openapi.json',
      status: 200,
    })
  })

  test('serves the built files with the headers that the assets binding gives them', async () => {
    const script = await get(`${url}/assets/api-reference.js`)
    expect(script.status).toBe(200)
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get(`${url}/problems`)).headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    )
  })

  test('serves neither the header rules nor anything above its folder', async () => {
    for (const path of ['/_headers', '/assets/..%2f..%2f..%2fpackage.json', '/..%2fengine']) {
      expect((await get(url + path)).status).toBeGreaterThanOrEqual(400)
    }
  })

  test('ends at SIGTERM with code 0', async () => {
    running.child.kill('SIGTERM')
    const [code] = await once(running.child, 'exit')
    expect(code).toBe(0)
  })

  test('names every variable that is missing, and shows no value', async () => {
    const incomplete = runNode({ DATABASE_URL: 'postgres://user:hunter2@db/egret', TOKEN_SECONDS: '5' })
    await once(incomplete.child, 'close')
    expect(incomplete.child.exitCode).toBe(1)
    for (const name of [
      'PUBLIC_URL',
      'S3_ENDPOINT',
      'KEY_ENCRYPTION_KEYS',
      'IDENTITY_KEY',
      'TOKEN_SECONDS',
    ]) {
      expect(incomplete.output()).toContain(name)
    }
    expect(incomplete.output()).not.toContain('hunter2')
  })
})
