/**
 * A served installation among the processes of others, each run as the documents say: a witness, monitors and checkers of its log,
 * verifiers, a body's own signer, a body's own DID host (docs/log.md, docs/keys.md). It is told of them at its start, and signs with
 * ES256.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJWT, verifyJWS } from 'did-jwt'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Body } from '../../scripts/demo/parties.ts'
import { type System, startSystem } from '../../scripts/demo/system.ts'
import type { IssuedCredential } from '../../scripts/demo/verification.ts'
import { freePort } from '../../scripts/stack/ports.ts'
import { type CredentialAlgorithm, didDocument, type PublicJwk } from '../../src/credential/did-document.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { type CheckpointNote, readCheckpoint } from '../../src/transparency/checkpoint.ts'
import { formatVerifierKey, verifierKey } from '../../src/transparency/note.ts'
import { originHash } from '../../src/witness/state.ts'
import { madeKey, madeLog } from '../transparency/made-log.ts'
import { done, egret, type RunningCommand, startEgret } from './command.ts'
import { type Cast, castOf, type Host, issue, startHost, startRelay } from './neighbours.ts'

// Commands are processes, and a busy machine takes its time to start one.
vi.setConfig({ testTimeout: 120_000 })

const witnessName = 'w1.test'
let directory: string
let system: System
let cast: Cast
let body: Body
let logKey: string
let ports: { readonly witness: number; readonly signer: number }
let witnessKey: string
let didHost: Host
const didDocuments = new Map<string, object>()
const running: RunningCommand[] = []

const at = (name: string) => join(directory, name)
const logUrl = () => `${system.url}/log`
const get = async (path: string) => (await fetch(`${system.url}${path}`)).text()
const didOf = ({ slug }: Pick<Body, 'slug'>) =>
  `did:web:${new URL(system.url).host.replace(':', '%3A')}:bodies:${slug}`
/** Servers may keep a checkpoint for five seconds: waits until the log shows a document. */
async function untilShown({ leafIndex }: Pick<IssuedCredential, 'leafIndex'>): Promise<CheckpointNote> {
  return vi.waitFor(async () => {
    const seen = readCheckpoint(await get('/log/checkpoint'))
    expect(seen?.size).toBeGreaterThan(leafIndex)
    return seen as CheckpointNote
  }, waiting)
}
const waiting = { timeout: 30_000, interval: 200 }
/** Servers may keep a list for fifteen seconds, and their readers for fifteen more. */
const untilSuspended = (url: string) =>
  vi.waitFor(async () => {
    const verdict = await verify(`${url}.jwt`)
    expect(verdict).toMatchObject({ code: 1, output: expect.stringContaining('SUSPENDED') })
    return verdict
  }, waiting)
const verify = (url: string, ...more: readonly string[]) => egret(['verify', url, ...more])

/** A command that is ended with the test, whatever becomes of it. */
function start(args: readonly string[]): RunningCommand {
  const command = startEgret(args)
  running.push(command)
  return command
}

/** As docs/log.md has it, for one log. @returns its verifier key and the process. */
async function startWitness(log: string): Promise<{ key: string; process: RunningCommand }> {
  const port = ['--port', String(ports.witness)]
  const process = start(['witness', '--name', witnessName, '--log', log, '--state', at('witness'), ...port])
  await process.says(`http://127.0.0.1:${ports.witness}\n`)
  return { key: process.output().split('\n')[0] ?? '', process }
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'egret-neighbours-'))
  ports = { witness: await freePort(), signer: await freePort() }
  didHost = await startHost(async (path) => {
    const document = didDocuments.get(path)
    return document === undefined ? null : encodeUtf8(JSON.stringify(document))
  })
  // Its key is made at its first start, before there is a log to watch.
  const { key, process: early } = await startWitness(formatVerifierKey(madeKey().key))
  witnessKey = key
  await early.end()
  system = await startSystem({
    ...process.env,
    CREDENTIAL_ALGORITHM: 'ES256',
    LOG_WITNESSES: JSON.stringify([{ url: `http://127.0.0.1:${ports.witness}`, key }]),
    SIGNER_HOSTS: `localhost:${ports.signer}`,
    DID_HOSTS: didHost.name,
  })
  cast = await castOf(system)
  body = await cast.newBody()
  logKey = (await get('/log/verifier-keys')).trim()
}, 240_000)

afterEach(async () => {
  for (const command of running.splice(0)) await command.end('SIGKILL')
})

afterAll(async () => {
  await system?.stop()
  didHost?.close()
  rmSync(directory, { recursive: true, force: true })
})

describe('ES256', () => {
  test('a credential is verified by the API, on the command line, and by another JOSE library', async () => {
    const { id, url, jwt } = await cast.issued(body)
    expect(decodeJWT(jwt).header).toMatchObject({ alg: 'ES256', kid: expect.stringContaining(didOf(body)) })
    const { body: verdict } = await cast.api.anyone.call('POST', '/v1/verifications', {
      body: { credentialId: id },
      expect: { status: 200 },
    })
    expect(verdict).toMatchObject({ verified: true })
    expect(await verify(`${url}.jwt`)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/✓ signature/),
    })
    const document = JSON.parse(await get(`/bodies/${body.slug}/did.json`))
    expect(verifyJWS(jwt, document.verificationMethod).id).toBe(decodeJWT(jwt).header.kid)
  })

  test('what was saved of a verification is verified again with nobody to ask, and says how old it is', async () => {
    const { url, jwt } = await cast.issued(body)
    const saved = at('evidence.json')
    expect((await verify(`${url}.jwt`, '--save', saved)).code).toBe(0)
    const evidence = JSON.parse(readFileSync(saved, 'utf8'))
    expect(evidence.credential).toBe(jwt)
    expect(Object.keys(evidence.answers).map((asked) => new URL(asked).pathname.split('/')[1])).toEqual(
      expect.arrayContaining(['bodies', 'credentials', 'log', 'status']),
    )
    const again = await verify(saved)
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('nothing was asked of anyone') })
    expect(again.output).toMatch(/Neither revoked nor suspended as of \S+ \(\d+ seconds? ago\)/)
    const without = (missing: string) => {
      const answers = Object.entries(evidence.answers).filter(([asked]) => !asked.includes(missing))
      return JSON.stringify({ ...evidence, answers: Object.fromEntries(answers) })
    }
    for (const [missing, check] of [
      ['/status/', 'status'],
      ['did.json', 'issuer'],
      ['.tlog-proof', 'log'],
    ] as const) {
      writeFileSync(at('less.json'), without(missing))
      const less = await verify(at('less.json'))
      expect([less.code, less.output], missing).toEqual([1, expect.stringMatching(new RegExp(`✗ ${check}`))])
    }
    writeFileSync(at('other.json'), '{}')
    expect((await verify(at('other.json'))).code).toBe(2)
  })

  test('a forged one is refused, and its words do not reach into the terminal', async () => {
    const { jwt } = await cast.issued(body)
    const [header, , signature] = jwt.split('.')
    const { header: said, payload } = decodeJWT(jwt)
    const words = '\u001b[2J\n✓ signature'
    const credentialSubject = { ...payload.credentialSubject, title: words }
    const forged = encodeBase64url(canonicalBytes({ ...payload, credentialSubject }))
    const strange = encodeBase64url(canonicalBytes({ ...said, [words]: 1 }))
    for (const [parts, failed] of [
      [[header, forged, signature], /^✗ signature/m],
      [[strange, forged, signature], /^✗ format/m],
    ] as const) {
      writeFileSync(at('forged.jwt'), parts.join('.'))
      const { code, output } = await verify(at('forged.jwt'))
      expect(code).toBe(1)
      expect(output).toContain('\ufffd[2J\ufffd✓ signature')
      expect(output).toMatch(failed)
      expect(output).not.toContain('\u001b')
      expect(output).not.toMatch(/^✓ signature/m)
    }
  })
})

describe('a witness', () => {
  const stranger = formatVerifierKey(verifierKey('w2.test', 'cosignature', madeKey().key.publicKey))

  test('that is away holds nothing up, and its word is missed by whoever asks for it', async () => {
    const { url } = await cast.issued(body)
    const checked = await egret(['log', 'fsck', logUrl(), '--key', logKey, '--witness', witnessKey])
    expect(checked).toMatchObject({ code: 1, output: expect.stringContaining('too-few-witnesses') })
    expect(checked.output).not.toContain('root-differs')
    const missed = await verify(`${url}.jwt`, '--witness', witnessKey)
    expect(missed).toMatchObject({ code: 1, output: expect.stringMatching(/✗ witnesses/) })
  })

  test('that is there cosigns what is published, and that is enough for a quorum of one', async () => {
    const { process: witness, key } = await startWitness(logKey)
    expect(key).toBe(witnessKey)
    const { url, leafIndex } = await cast.issued(body)
    const seen = await untilShown({ leafIndex })
    const kept = `http://127.0.0.1:${ports.witness}/${originHash(seen.origin)}/checkpoint`
    expect(readCheckpoint(await (await fetch(kept)).text())).toMatchObject({ size: seen.size })
    const checked = await done(['log', 'fsck', logUrl(), '--key', logKey, '--witness', witnessKey])
    expect(checked).toContain(`${seen.origin}: ${seen.size} leaves`)
    expect(checked).toContain(`root ${Buffer.from(seen.root).toString('base64')}`)
    expect(checked).toContain(`cosigned by ${witnessName} at `)
    const both = ['--witness', witnessKey, '--witness', stranger]
    expect((await verify(`${url}.jwt`, '--witness', witnessKey)).code).toBe(0)
    expect((await verify(`${url}.jwt`, ...both, '--quorum', '1')).code).toBe(0)
    expect(await verify(`${url}.jwt`, ...both)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/✗ witnesses/),
    })
    expect(await witness.end()).toBe(0)
  })
})

describe('log watch, left running', () => {
  let relay: Host
  const inPlace = new Map<string, Uint8Array>()
  beforeAll(async () => {
    relay = await startRelay(logUrl(), inPlace)
  })
  afterAll(() => relay.close())

  const watch = () =>
    start(['log', 'watch', relay.url, '--key', logKey, '--state', at('seen'), '--interval', '1', ...whose()])
  const whose = () => ['--issuer', didOf(body), '--type', 'credential', '--type', 'credential-status']
  const seenSize = () => readCheckpoint(readFileSync(at('seen')))?.size
  const told = (command: RunningCommand) => command.output().match(/^\d+ {2}.*$/gm) ?? []
  const move = (id: string, sent: object) =>
    body.decider.caller.call('POST', `/v1/credentials/${id}/moves`, { body: sent, expect: { status: 201 } })

  test('tells what is issued and moved in one issuer’s name, and nothing of others', async () => {
    const standing = await cast.issued(body)
    await untilShown(standing)
    const watching = watch()
    await watching.says('all consistent')
    const before = told(watching).length
    expect(told(watching).at(-1)).toContain(`credential=${standing.url}  `)
    const other = await cast.issued(await cast.newBody())
    const { id, url, leafIndex } = await cast.issued(body)
    await move(id, { move: 'suspend', reason: 'nonconformity' })
    await watching.says(/move=suspend[\s\S]*all consistent/)
    expect(told(watching)).toHaveLength(before + 2)
    expect(told(watching).at(-2)).toContain(`credential=${url}  `)
    expect(watching.output()).not.toContain(other.url)
    expect(await watching.end()).toBe(0)
    expect(seenSize()).toBe(leafIndex + 2)
    await untilSuspended(url)
  })

  test('goes on where it was: it asks for the checkpoint alone until the log has grown', async () => {
    relay.takeAsked()
    const asked: string[] = []
    const watching = watch()
    await vi.waitFor(() => {
      asked.push(...relay.takeAsked())
      expect(asked.length).toBeGreaterThan(1)
    }, waiting)
    expect(new Set(asked)).toEqual(new Set(['checkpoint']))
    expect(watching.output()).toBe('')
    const { url } = await cast.issued(body)
    await watching.says('all consistent')
    expect(told(watching)).toEqual([expect.stringContaining(`credential=${url}  `)])
    expect(await watching.end('SIGINT')).toBe(0)
  })

  test('cries rollback where history is taken back, goes on, and tells it by its exit code', async () => {
    const before = readFileSync(at('seen'))
    const { leafIndex } = await cast.issued(body)
    const watching = watch()
    await watching.says('1 new, all consistent')
    inPlace.set('checkpoint', before)
    await watching.says('ALARM rollback')
    expect(watching.output()).toContain(before.toString().trimEnd())
    expect(seenSize()).toBe(leafIndex + 1)
    inPlace.clear()
    await cast.issued(body)
    await watching.says(/ALARM[\s\S]*1 new, all consistent/)
    expect(await watching.end()).toBe(2)
    expect(seenSize()).toBe(leafIndex + 2)
  })
})

describe('log watch --once of a log that shows two histories', () => {
  test('cries equivocation and fork, and keeps what it saw first', async () => {
    const signer = madeKey()
    let shown = madeLog(300, signer)
    const host = await startHost(async (path) => shown.read(path))
    const key = ['--key', formatVerifierKey(signer.key)]
    const look = () => egret(['log', 'watch', host.url, '--once', '--state', at('made'), ...key])
    const first = await look()
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('300 leaves, 300 new') })
    const seen = readFileSync(at('made'), 'utf8')
    expect(seen).toBe(shown.checkpoint)
    for (const [size, alarm] of [
      [300, 'equivocation'],
      [301, 'fork'],
      [299, 'rollback'],
    ] as const) {
      shown = madeLog(size, signer, 'other')
      expect(await look()).toMatchObject({ code: 2, output: expect.stringContaining(`ALARM ${alarm}`) })
      expect(readFileSync(at('made'), 'utf8')).toBe(seen)
    }
    host.close()
    expect((await look()).code).toBe(1)
  })
})

describe('a body’s own signer', () => {
  let own: Body
  let jwk: PublicJwk
  const signerUrl = () => `http://localhost:${ports.signer}`

  beforeAll(async () => {
    own = await cast.newBody()
    jwk = JSON.parse(await done(['signer', '--make-key', at('own.pem'), '--algorithm', 'ES256']))
    writeFileSync(at('installation.json'), await get('/.well-known/did.json'))
  })

  async function startSigner(...more: readonly string[]): Promise<RunningCommand> {
    const key = ['--key', at('own.pem'), '--kid', 'own-1', '--did', didOf(own)]
    const place = ['--url', signerUrl(), '--host', 'localhost', '--port', String(ports.signer)]
    const signer = start(['signer', ...key, ...place, '--installation', at('installation.json'), ...more])
    await signer.says('"listening"')
    return signer
  }

  /** Asks for the credential where the signer does not sign it. */
  async function refused(engagementId: string): Promise<void> {
    const path = `/v1/engagements/${engagementId}`
    const { body: problem } = await own.decider.caller.call('POST', `${path}/credential`, {
      headers: { 'idempotency-key': 'issue-own' },
      expect: { status: 503, problem: 'unavailable' },
    })
    expect(problem).toMatchObject({ signer: signerUrl() })
    const { body: file } = await own.decider.caller.call('GET', path, { expect: { status: 200 } })
    expect(file).toMatchObject({ state: 'decided' })
  }

  test('holds up issuing while it is away, leaves nothing half-written, and signs when it is back', async () => {
    const careful = await startSigner('--approve', 'status')
    const signer = { url: signerUrl() }
    const keys = `/v1/organizations/${own.id}/keys`
    const { body: standing } = await cast.operator.call<{ keys: { kid: string }[] }>('GET', keys, {
      expect: { status: 200 },
    })
    await cast.operator.call('POST', keys, {
      body: { kid: 'own-1', jwk, signer, retiring: standing.keys[0]?.kid },
      expect: { status: 201 },
    })
    const engagementId = await cast.decided(own)
    const before = await cast.issued(body)
    await refused(engagementId)
    expect(careful.output()).toContain('credentials are not signed without an approval')
    expect(await careful.end()).toBe(0)
    await refused(engagementId)

    const willing = await startSigner()
    const { id, url, jwt, leafIndex } = await issue(own, engagementId, 'issue-own')
    expect(leafIndex).toBe(before.leafIndex + 1)
    expect(willing.output()).toContain(`"signed":"credential","id":"${url}"`)
    expect(await willing.end()).toBe(0)
    const document = JSON.parse(await get(`/bodies/${own.slug}/did.json`))
    expect(verifyJWS(jwt, document.verificationMethod).id).toBe(`${didOf(own)}#own-1`)

    // What is issued needs it no more.
    expect((await issue(own, engagementId, 'issue-own')).jwt).toBe(jwt)
    expect((await issue(own, engagementId, crypto.randomUUID())).jwt).toBe(jwt)
    expect(await get(`/credentials/${id}.jwt`)).toBe(jwt)

    // A move stands without it; the list that says so is signed by the sweep when it is back.
    await own.decider.caller.call('POST', `/v1/credentials/${id}/moves`, {
      body: { move: 'suspend', reason: 'nonconformity' },
      expect: { status: 201 },
    })
    const back = await startSigner('--approve', 'status')
    await fetch(`${system.url}/cdn-cgi/handler/scheduled`)
    expect(back.output()).toContain('"signed":"status-list"')
    const verdict = await untilSuspended(url)
    expect(verdict.output.match(/✗ \w+/g)).toEqual(['✗ status'])
  })
})

describe('a body that hosts its own DID', () => {
  test('is believed by who lists its host; off the list it is named, and not asked', async () => {
    const own = await cast.newBody()
    const did = `did:web:${didHost.name.replace(':', '%3A')}:own`
    const { body: standing } = await cast.operator.call<{
      keys: { kid: string; algorithm: CredentialAlgorithm; jwk: PublicJwk }[]
    }>('GET', `/v1/organizations/${own.id}/keys`, { expect: { status: 200 } })
    const listed = standing.keys.map((key) => ({ ...key, compromise: null }))
    didDocuments.set('own/did.json', didDocument(did, listed))
    await cast.operator.call('POST', `/v1/organizations/${own.id}/did`, {
      body: { did },
      expect: { status: 200 },
    })
    const { id, url, jwt } = await cast.issued(own)
    expect(decodeJWT(jwt).payload.issuer).toMatchObject({ id: did })
    const { body: verdict } = await cast.api.anyone.call('POST', '/v1/verifications', {
      body: { credentialId: id },
      expect: { status: 200 },
    })
    expect(verdict).toMatchObject({ verified: true })
    didHost.takeAsked()
    const unlisted = await verify(`${url}.jwt`)
    expect(unlisted).toMatchObject({ code: 1, output: expect.stringMatching(/✗ issuer/) })
    expect(unlisted.output).toContain(`host=${didHost.name}`)
    expect(didHost.takeAsked()).toEqual([])
    expect((await verify(`${url}.jwt`, '--host', didHost.name)).code).toBe(0)
    expect(didHost.takeAsked()).toContain('own/did.json')
  })
})
