/** docs/keys.md, command by command, against a real stack: rotation, import, emergency, wrapping anew, and a body's own signer. */

import type { webcrypto } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../scripts/build.ts'
import { newSecrets } from '../../scripts/stack/folder.ts'
import { freePort } from '../../scripts/stack/ports.ts'
import { disposableFolders, type RunningStack, startStack } from '../../scripts/stack/stack.ts'
import { succeedKey } from '../../src/actions/keys/change-keys.ts'
import { registerOwnDid } from '../../src/actions/keys/own-did.ts'
import { createOrganization } from '../../src/actions/parties/create-organization.ts'
import { setUp } from '../../src/cli/set-up.ts'
import { didDocument } from '../../src/credential/did-document.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { readEnvironment } from '../../src/environment.ts'
import { type NodeBackends, nodeBackends } from '../../src/node.ts'
import type { Ports } from '../../src/ports.ts'
import { sweep } from '../../src/schedule.ts'
import { openPorts } from '../../src/wire.ts'
import { installationActor } from '../harness/installation-actor.ts'
import * as command from './command.ts'

// Each command is a process of its own, and a busy machine takes its time to start one.
vi.setConfig({ testTimeout: 300_000 })

let directory: string
let stack: RunningStack
let variables: Record<string, string>
let backends: NodeBackends
let signerPort: number
let didServer: Server
const served = new Map<string, unknown>()
const opened: NodeBackends[] = []

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'egret-keys-'))
  chmodSync(directory, 0o755)
  signerPort = await freePort()
  didServer = createServer((request, response) => {
    const document = served.get(request.url ?? '')
    response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document ?? null))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => didServer.once('listening', resolve))
  stack = await startStack({
    kind: 'pglite',
    ...disposableFolders(directory, 'pglite'),
    secrets: newSecrets(),
    ports: { database: 0, proxy: 0, objects: 0 },
    disposable: true,
  })
  variables = {
    PUBLIC_URL: 'https://egret.test',
    ...stack.environment,
    SIGNER_HOSTS: `localhost:${signerPort}`,
    DID_HOSTS: didHost(),
  }
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  await setUp(readEnvironment(variables))
  backends = nodeBackends(readEnvironment(variables))
  opened.push(backends)
}, 240_000)

afterAll(async () => {
  for (const one of opened) await one.close()
  await stack?.stop()
  didServer?.close()
  rmSync(directory, { recursive: true, force: true })
})

function didHost(): string {
  return `localhost:${(didServer.address() as AddressInfo).port}`
}

/** Ports of another isolate: nothing is remembered. */
function ports(changes: Record<string, string> = {}): Ports {
  const environment = readEnvironment({ ...variables, ...changes })
  const own = nodeBackends(environment)
  opened.push(own)
  return openPorts(environment, own).ports
}

const egret = (args: readonly string[], changes: Record<string, string> = {}) =>
  command.egret(args, { ...variables, ...changes })
const done = (args: readonly string[], changes: Record<string, string> = {}) =>
  command.done(args, { ...variables, ...changes })

async function newBody(slug: string, given: Ports = ports()) {
  const organization = {
    kind: 'certification-body',
    slug,
    name: { en: slug, zh: null },
    country: 'SG',
    unifiedSocialCreditCode: null,
    did: null,
  } as const
  const mark = { idempotencyKey: null, digest: slug }
  const { row } = await createOrganization(given, { actor: installationActor.actor, mark, organization })
  return row
}

const payload = (issuer: string) =>
  new TextEncoder().encode(
    JSON.stringify({
      id: 'urn:example:1',
      type: ['VerifiableCredential', 'Certificate'],
      issuer: { id: issuer },
    }),
  )
const listPayload = (issuer: string) =>
  new TextEncoder().encode(
    JSON.stringify({
      id: 'urn:example:2',
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer,
    }),
  )

const hostedDid = (slug: string) => `did:web:egret.test:bodies:${slug}`

async function publicText(key: string): Promise<string> {
  return new TextDecoder().decode((await ports().objects.get('public', key)) ?? new Uint8Array())
}

/** Signs as the body does, and checks the signature under the key that the header names. */
async function signs(body: { id: string }, did: string, given: Ports = ports()): Promise<string> {
  const { jwt, kid } = await given.keys.signCredential(body.id, did, payload(did))
  const key = (await given.keys.bodyKeys(body.id)).find((one) => one.kid === kid)
  await compactVerify(jwt, await importJWK(key?.jwk ?? {}))
  expect(decodeProtectedHeader(jwt).kid).toBe(`${did}#${kid}`)
  return kid
}

test('keys rotate: another isolate signs with the new key, the old one stays published', async () => {
  const body = await newBody('rotating')
  const did = hostedDid(body.slug)
  const warm = ports()
  expect(await signs(body, did, warm)).toBe('key-2026-1')
  expect(await done(['keys', 'rotate', '--body', body.slug])).toContain('key-2026-2 (EdDSA)')
  expect(await signs(body, did, warm)).toBe('key-2026-2')
  const document = JSON.parse(await publicText(`did/bodies/${body.slug}.json`))
  expect(document.assertionMethod).toEqual([`${did}#key-2026-1`, `${did}#key-2026-2`])
  expect(await done(['keys', 'list'])).toMatch(/rotating {2}credential {2}key-2026-1 {2}EdDSA {2}retired/)
})

test('keys import: from a file that only its owner reads, as PKCS #8 or JWK, of either algorithm', async () => {
  const body = await newBody('importing')
  const file = join(directory, 'key.pem')
  await done(['signer', '--make-key', file, '--algorithm', 'ES256'])
  chmodSync(file, 0o644)
  expect(await egret(['keys', 'import', '--body', body.slug, '--file', file])).toMatchObject({
    code: 2,
    output: expect.stringContaining('chmod 600'),
  })
  chmodSync(file, 0o600)
  const command = ['keys', 'import', '--body', body.slug, '--file', file, '--kid', 'brought-1']
  expect(await done(command)).toContain('brought-1 (ES256)')
  expect(await signs(body, hostedDid(body.slug))).toBe('brought-1')
  expect((await egret(command)).code).toBe(1)
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair
  const jwkFile = join(directory, 'key.jwk')
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
  writeFileSync(jwkFile, JSON.stringify(jwk), { mode: 0o600 })
  expect(await done(['keys', 'import', '--body', body.slug, '--file', jwkFile])).toContain('(EdDSA)')
  writeFileSync(jwkFile, '{"kty":"RSA"}')
  expect((await egret(['keys', 'import', '--body', body.slug, '--file', jwkFile])).code).toBe(2)
})

test('keys rotate --own log: checkpoints carry both signatures, and both verifier keys are published', async () => {
  const output = await done(['keys', 'rotate', '--own', 'log'])
  expect(output).toContain('https://egret.test signs as log with key-2026-2 (EdDSA)')
  const keys = (await publicText('log/verifier-keys')).trim().split('\n')
  expect(keys).toHaveLength(2)
  const checkpoint = await publicText('log/checkpoint')
  expect(checkpoint.match(/^— egret\.test\/log /gm)).toHaveLength(2)
  expect((await ports().logSigner.read(new TextEncoder().encode(checkpoint)))?.size).toBeGreaterThan(0)
})

test('keys compromise --own log: neither its signature nor its verifier key is published any more', async () => {
  const said = await done([
    'keys',
    'compromise',
    '--own',
    'log',
    '--kid',
    'key-2026-1',
    '--since',
    '2026-01-01T00:00:00Z',
  ])
  expect(said).toContain('Tell monitors and witnesses')
  expect((await publicText('log/verifier-keys')).trim().split('\n')).toHaveLength(1)
  expect((await publicText('log/checkpoint')).match(/^— /gm)).toHaveLength(1)
})

test('token keys: after a rotation old tokens go on; after a compromise they end at once', async () => {
  const given = ports()
  const token = await given.tokens.issue(installationActor.actor, 900)
  await done(['keys', 'rotate', '--own', 'token'])
  expect(await ports().tokens.verify(token)).not.toBeNull()
  await done([
    'keys',
    'compromise',
    '--own',
    'token',
    '--kid',
    'key-2026-1',
    '--since',
    '2026-01-01T00:00:00Z',
  ])
  expect(await ports().tokens.verify(token)).toBeNull()
  const next = await given.tokens.issue(installationActor.actor, 900)
  expect(decodeProtectedHeader(next).kid).toBe('key-2026-2')
  expect(JSON.parse(await publicText('did/jwks.json')).keys).toHaveLength(1)
})

test('keys compromise --own installation: its DID document keeps the key, revoked, and facts are signed by the next', async () => {
  await done([
    'keys',
    'compromise',
    '--own',
    'installation',
    '--kid',
    'key-2026-1',
    '--since',
    '2026-01-01T00:00:00Z',
  ])
  const document = JSON.parse(await publicText('did/installation.json'))
  expect(document.verificationMethod[0]).toMatchObject({ revoked: '2026-01-01T00:00:00Z' })
  expect(document.assertionMethod).toEqual(['did:web:egret.test#key-2026-2'])
})

test('keys compromise --body: prints what is believed no longer and what to do; wrong calls are refused by name', async () => {
  const body = await newBody('compromised')
  const command = ['keys', 'compromise', '--body', body.slug]
  const said = await done([...command, '--kid', 'key-2026-1', '--since', '2026-11-01T00:00:00Z'])
  expect(said).toContain('key-2026-2 signs from now on')
  expect(said).toContain('What it signed from there on (0)')
  expect(await signs(body, hostedDid(body.slug))).toBe('key-2026-2')
  expect((await egret([...command, '--kid', 'key-2026-2', '--since', 'yesterday'])).code).toBe(2)
  expect((await egret([...command, '--kid', 'key-1999-1', '--since', '2026-11-01T00:00:00Z'])).code).toBe(1)
  expect((await egret(['keys', 'compromise', '--own', 'nobody'])).code).toBe(2)
  expect((await egret(['keys'])).code).toBe(2)
})

test('keys rewrap: every key lies under the new wrapping key, and the old one can be dropped', async () => {
  const body = await newBody('wrapped')
  const [oldId = ''] = Object.keys(JSON.parse(variables.KEY_ENCRYPTION_KEYS ?? '{}'))
  const old = JSON.parse(variables.KEY_ENCRYPTION_KEYS ?? '{}')
  const fresh = { 'next-1': Buffer.alloc(32, 7).toString('base64') }
  const both = { KEY_ENCRYPTION_KEYS: JSON.stringify({ ...old, ...fresh }), KEY_ENCRYPTION_KEY_ID: 'next-1' }
  expect(await done(['keys', 'rewrap'], both)).toContain('are under "next-1" now')
  expect(await done(['keys', 'rewrap'], both)).toMatch(/^0 of /)
  const dropped = { ...both, KEY_ENCRYPTION_KEYS: JSON.stringify(fresh) }
  expect(await signs(body, hostedDid(body.slug), ports(dropped))).toBe('key-2026-1')
  await expect(signs(body, hostedDid(body.slug))).rejects.toThrow('next-1')
  expect(await done(['keys', 'list'], dropped)).not.toContain(`under ${oldId}\n`)
  Object.assign(variables, dropped)
})

test('a body registered while the bucket fails gets its DID document by the sweep', async () => {
  const given = ports()
  const failing = {
    put: async () => Promise.reject(new Error('the bucket does not answer')),
    get: given.objects.get,
    exists: given.objects.exists,
  }
  const body = await newBody('unlucky', { ...given, objects: failing, notices: { tell: () => {} } })
  expect(await publicText('did/bodies/unlucky.json')).toBe('')
  const environment = readEnvironment(variables)
  await sweep(environment, backends)
  expect(JSON.parse(await publicText('did/bodies/unlucky.json')).assertionMethod).toHaveLength(1)
  await signs(body, hostedDid(body.slug))
})

test('a body’s own signer: proves its key, signs what it should, and its own did:web lists it', async () => {
  const body = await newBody('sovereign')
  const file = join(directory, 'own.pem')
  const jwk = JSON.parse(await done(['signer', '--make-key', file, '--algorithm', 'ES256']))
  const pinned = join(directory, 'installation.json')
  writeFileSync(pinned, await publicText('did/installation.json'))
  const url = `http://localhost:${signerPort}`
  const did = `did:web:${didHost().replace(':', '%3A')}:sovereign`
  let running = await startSigner(['--did', hostedDid(body.slug)])
  const request = { ...installationActor, mark: { idempotencyKey: null, digest: 'own' } }
  const source = { from: 'signer', url, kid: 'own-1', algorithm: 'ES256', jwk } as const
  const register = (changes: object, given = ports()) =>
    succeedKey(given, request, { body }, { retiring: 'key-2026-1', source: { ...source, ...changes } })
  const other = await crypto.subtle.exportKey(
    'jwk',
    (
      (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'sign',
      ])) as webcrypto.CryptoKeyPair
    ).publicKey,
  )
  await expect(register({ jwk: other })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(register({ kid: 'own-2' })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(register({ url: 'http://localhost:1' })).rejects.toMatchObject({ code: 'invalid-request' })
  expect((await register({})).kid).toBe('own-1')
  expect(await signs(body, hostedDid(body.slug))).toBe('own-1')
  await running.end()

  // Its own DID: refused until its document lists the key, then nothing is hosted here.
  running = await startSigner(['--did', did])
  await expect(registerOwnDid(ports(), request, body, did)).rejects.toMatchObject({ code: 'unavailable' })
  served.set('/sovereign/did.json', didDocument(did, []))
  await expect(registerOwnDid(ports(), request, body, did)).rejects.toMatchObject({ code: 'invalid-request' })
  served.set(
    '/sovereign/did.json',
    didDocument(did, [{ kid: 'own-1', algorithm: 'ES256', jwk, compromise: null }]),
  )
  const named = await registerOwnDid(ports(), request, body, did)
  expect(named.did).toBe(did)
  expect(JSON.parse(await publicText('did/bodies/sovereign.json')).verificationMethod).toEqual([])
  expect(await signs(body, did)).toBe('own-1')
  await expect(
    succeedKey(ports(), request, { body: named }, { retiring: 'own-1', source: { from: 'new' } }),
  ).rejects.toMatchObject({ code: 'invalid-transition' })
  expect((await egret(['keys', 'rotate', '--body', body.slug])).code).toBe(1)
  expect(running.output()).toContain('"signed":"credential"')
  await running.end()

  // Its approval: status lists by themselves, credentials not.
  running = await startSigner(['--did', did, '--approve', 'status'])
  await expect(signs(body, did)).rejects.toMatchObject({ code: 'unavailable' })
  await ports().keys.signCredential(body.id, did, listPayload(did))
  await running.end()
  await expect(signs(body, did)).rejects.toMatchObject({ code: 'unavailable' })

  // The emergency gives it no key that is kept here.
  const said = await done([
    'keys',
    'compromise',
    '--body',
    body.slug,
    '--kid',
    'own-1',
    '--since',
    '2026-11-01T00:00:00Z',
  ])
  expect(said).toContain('No key takes its place')
  await expect(signs(body, did)).rejects.toMatchObject({ code: 'unavailable' })
  await sweep(readEnvironment(variables), backends)
  expect(await ports().keys.bodyKeys(body.id)).toHaveLength(2)

  async function startSigner(more: readonly string[]) {
    const options = [
      '--key',
      file,
      '--kid',
      'own-1',
      '--url',
      url,
      '--installation',
      pinned,
      '--port',
      String(signerPort),
    ]
    const signer = command.startEgret(['signer', ...options, '--host', 'localhost', ...more])
    await signer.says('"listening"')
    return signer
  }
})
