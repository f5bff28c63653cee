/** The witness and the client over real HTTP: every refusal of the protocol, many requests at once, and a restart. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { witnessesOverHttp } from '../../src/outbound/witnesses.ts'
import { readCheckpoint } from '../../src/transparency/checkpoint.ts'
import { cosignaturesOf } from '../../src/transparency/cosignature.ts'
import { formatVerifierKey, readNote, webCryptoEd25519 } from '../../src/transparency/note.ts'
import { formatWitnessRequest, type WitnessRequest } from '../../src/transparency/witness-request.ts'
import { type WitnessKey, witnessKey } from '../../src/witness/key.ts'
import { witnessServer } from '../../src/witness/serve.ts'
import { holdState, originHash, type WitnessState } from '../../src/witness/state.ts'
import { witness } from '../../src/witness/witness.ts'
import { logOrigin, MadeLog, madeEntry, madeKey, madeLog } from '../transparency/made-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'egret-witness-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const signer = madeKey()
const verify = webCryptoEd25519(crypto.subtle)

interface Running {
  readonly url: string
  readonly key: WitnessKey
  readonly state: WitnessState
  readonly server: Server
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

async function start(directory: string): Promise<Running> {
  const state = await holdState(directory)
  const key = await witnessKey(join(directory, 'key'), 'w1.test')
  const now = () => 1_800_000_000
  const server = witnessServer(witness({ logs: [signer.key], key, state, verify, now }), () => {})
  return { url: await listen(server), key, state, server }
}

let directory: string
let running: Running
beforeEach(async () => {
  directory = mkdtempSync(join(folder, 'state-'))
  running = await start(directory)
})
afterEach(async () => {
  await stop(running.server)
  await running.state.release()
})

const post = (body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${running.url}/add-checkpoint`, { method: 'POST', body })
const add = async (request: WitnessRequest) => {
  const answer = await post(formatWitnessRequest(request))
  return { status: answer.status, body: await answer.text(), type: answer.headers.get('content-type') }
}
const entries = (count: number, from: number) =>
  Array.from({ length: count }, (_, at) => madeEntry(from + at))

describe('a witness', () => {
  test('cosigns a log that grows, and shows what it cosigned', async () => {
    const log = madeLog(5, signer)
    const first = await add({ old: 0, proof: [], checkpoint: log.checkpoint })
    expect(first.status).toBe(200)
    const grown = log.grow(entries(300, 5))
    const proof = grown.consistencyFrom(5) ?? []
    const second = await add({ old: 5, proof, checkpoint: log.checkpoint })
    const note = readNote(log.checkpoint + second.body)
    const [word] = note ? await cosignaturesOf(note, [running.key.verifier], verify) : []
    expect(word).toMatchObject({ time: 1_800_000_000, key: { name: 'w1.test' } })
    const latest = await fetch(`${running.url}/${originHash(logOrigin)}/checkpoint`)
    expect(await latest.text()).toBe(log.checkpoint + second.body)
    expect((await add({ old: 305, proof: [], checkpoint: log.checkpoint })).status).toBe(200)
  })

  test('tells its size to whoever does not know it, and cosigns nothing', async () => {
    const log = madeLog(5, signer)
    await add({ old: 0, proof: [], checkpoint: log.checkpoint })
    expect(await add({ old: 0, proof: [], checkpoint: log.checkpoint })).toEqual({
      status: 409,
      body: '5\n',
      type: 'text/x.tlog.size',
    })
  })

  test('refuses a fork, a wrong proof, and an empty log with a root', async () => {
    const log = madeLog(5, signer)
    expect((await add({ old: 0, proof: [new Uint8Array(32)], checkpoint: log.checkpoint })).status).toBe(422)
    await add({ old: 0, proof: [], checkpoint: log.checkpoint })
    const fork = madeLog(5, signer, 'x')
    expect((await add({ old: 5, proof: [], checkpoint: fork.checkpoint })).status).toBe(422)
    const grown = fork.grow(entries(3, 5))
    const proof = grown.consistencyFrom(5) ?? []
    expect((await add({ old: 5, proof, checkpoint: fork.checkpoint })).status).toBe(422)
    const latest = await fetch(`${running.url}/${originHash(logOrigin)}/checkpoint`)
    expect(readCheckpoint(await latest.text())?.size).toBe(5)
  })

  test('refuses an empty log whose root is not of nothing', async () => {
    const log = new MadeLog(signer)
    log.publish(0, new Uint8Array(32))
    expect((await add({ old: 0, proof: [], checkpoint: log.checkpoint })).status).toBe(422)
  })

  test('refuses what is malformed, unknown, unsigned, backwards, too large, or on another path', async () => {
    const { checkpoint } = madeLog(5, signer)
    expect((await post('hello')).status).toBe(400)
    expect((await post(new Uint8Array([0xff, 0xfe]))).status).toBe(400)
    expect((await post(`old 05\n\n${checkpoint}`)).status).toBe(400)
    expect((await add({ old: 6, proof: [], checkpoint })).status).toBe(400)
    const unknown = madeLog(5, madeKey('other.test/log')).checkpoint
    expect((await add({ old: 0, proof: [], checkpoint: unknown })).status).toBe(404)
    expect((await add({ old: 0, proof: [], checkpoint: madeLog(5).checkpoint })).status).toBe(403)
    const altered = checkpoint.replace('\n5\n', '\n6\n')
    expect((await add({ old: 0, proof: [], checkpoint: altered })).status).toBe(403)
    expect((await post('x'.repeat(200_000))).status).toBe(413)
    expect((await fetch(`${running.url}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${running.url}/else`)).status).toBe(404)
    expect((await fetch(`${running.url}/${originHash(logOrigin)}/checkpoint`)).status).toBe(404)
  })

  test('of two histories shown at once, cosigns one', async () => {
    const bodies = ['', 'a', 'b', 'c', 'd', 'e'].map((salt) => madeLog(4, signer, salt).checkpoint)
    const answers = await Promise.all(bodies.map((checkpoint) => add({ old: 0, proof: [], checkpoint })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect((await running.state.read(originHash(logOrigin)))?.endsWith('\n')).toBe(true)
  })

  test('remembers over a restart what it saw, under the same key', async () => {
    const log = madeLog(5, signer)
    await add({ old: 0, proof: [], checkpoint: log.checkpoint })
    const { key } = running
    await expect(holdState(directory)).rejects.toThrow('holds this state')
    await stop(running.server)
    await running.state.release()
    running = await start(directory)
    expect(running.key.verifier).toEqual(key.verifier)
    const fork = madeLog(5, signer, 'x').checkpoint
    expect((await add({ old: 0, proof: [], checkpoint: fork })).status).toBe(409)
    expect((await add({ old: 5, proof: [], checkpoint: fork })).status).toBe(422)
  })

  test('says nothing more once its state is broken', async () => {
    const log = madeLog(5, signer)
    await add({ old: 0, proof: [], checkpoint: log.checkpoint })
    writeFileSync(join(directory, `${originHash(logOrigin)}.checkpoint`), '')
    expect((await add({ old: 0, proof: [], checkpoint: log.checkpoint })).status).toBe(500)
  })

  test('keeps its key to itself, and for one name', async () => {
    const path = join(directory, 'key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toMatch(/^PRIVATE\+KEY\+w1\.test\+[0-9a-f]{8}\+/)
    await expect(witnessKey(path, 'w2.test')).rejects.toThrow('w1.test')
  })
})

describe('the client', () => {
  const client = (url: string, key = running.key.verifier) =>
    witnessesOverHttp([{ url, key: formatVerifierKey(key) }])
  const ask = (url: string, request: WitnessRequest, key = running.key.verifier) =>
    client(url, key).ask('w1.test', request)

  test('gets the word of a witness, or how much it has seen', async () => {
    const log = madeLog(5, signer)
    const request = { old: 0, proof: [], checkpoint: log.checkpoint }
    const answer = await ask(running.url, request)
    expect(answer).toEqual({ cosignatures: [expect.stringMatching(/^\u2014 w1\.test /)] })
    expect(await ask(running.url, request)).toEqual({ size: 5 })
    expect(client(running.url).witnesses).toEqual([
      { name: 'w1.test', verifierKey: formatVerifierKey(running.key.verifier) },
    ])
  })

  test('never throws: refuses who does not answer, is unknown, or speaks under another key', async () => {
    const { checkpoint } = madeLog(5, signer)
    const request = { old: 0, proof: [], checkpoint }
    expect(await ask('http://127.0.0.1:1', request)).toEqual({ refused: expect.any(String) })
    expect(await client(running.url).ask('w9.test', request)).toEqual({ refused: expect.any(String) })
    const other = await witnessKey(join(directory, 'other'), 'w1.test')
    expect(await ask(running.url, request, other.verifier)).toEqual({ refused: expect.any(String) })
  })

  test.each([
    ['a redirect', 302, '', 'text/plain'],
    ['a size that is none', 409, '5', 'text/x.tlog.size'],
    ['a size of another type', 409, '5\n', 'text/plain'],
    ['the size that it was given', 409, '0\n', 'text/x.tlog.size'],
    ['no lines', 200, '', 'text/plain'],
    ['a page', 200, '<html>', 'text/html'],
    ['more than it may', 200, 'x'.repeat(20_000), 'text/plain'],
    ['no text', 200, encodeUtf8('\u2014').subarray(0, 1), 'text/plain'],
    ['a refusal', 422, 'no\n', 'text/plain'],
  ])('takes no word from %s', async (_, status, body, type) => {
    const liar = createServer((request, response) => {
      request.resume()
      response
        .writeHead(status, { 'content-type': type, location: `${running.url}/add-checkpoint` })
        .end(body)
    })
    const url = await listen(liar)
    const { checkpoint } = madeLog(5, signer)
    expect(await ask(url, { old: 0, proof: [], checkpoint })).toEqual({ refused: expect.any(String) })
    await stop(liar)
  })

  test('takes no old word for a new checkpoint', async () => {
    const log = madeLog(5, signer)
    const word = await ask(running.url, { old: 0, proof: [], checkpoint: log.checkpoint })
    log.grow(entries(1, 5))
    const parrot = createServer((request, response) => {
      request.resume()
      response.end('cosignatures' in word ? word.cosignatures.join('') : '')
    })
    const url = await listen(parrot)
    expect(await ask(url, { old: 5, proof: [], checkpoint: log.checkpoint })).toEqual({
      refused: 'its cosignature does not fit',
    })
    await stop(parrot)
  })
})
