/** `egret signer`: a small signer for a body that keeps its key itself (docs/keys.md). */

import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import type { CryptoKey } from 'jose'
import { readDidDocument } from '../credential/did-document.ts'
import { parseDidWeb } from '../credential/did-web.ts'
import type { SigningAlgorithm } from '../ports/signing.ts'
import { openPkcs8 } from '../signing/make-key.ts'
import { type SignerMeans, signerService, signRequestBytesMax } from '../signing/signer-service.ts'
import { readPrivateKey } from './key-file.ts'
import { signerUsage, UsageRefused } from './usage.ts'

const text = { type: 'string' } as const
const options = {
  key: text,
  kid: text,
  did: text,
  url: text,
  installation: text,
  port: { ...text, default: '8790' },
  host: { ...text, default: '127.0.0.1' },
  approve: { ...text, default: 'all' },
  'make-key': text,
  algorithm: { ...text, default: 'EdDSA' },
} as const

type Given = ReturnType<typeof readOptions>

/** Serves until it is ended. @returns the exit code. @throws UsageRefused, Problem. */
export async function signer(args: readonly string[]): Promise<number> {
  const given = readOptions(args)
  if (given['make-key'] !== undefined) return makeKeyFile(given['make-key'], given.algorithm)
  const serve = signerService(await meansOf(given))
  const server = createServer((request, response) => void answer(serve, request, response))
  await new Promise<void>((resolve) => server.listen(Number(given.port), given.host, resolve))
  const address = server.address()
  say({ listening: typeof address === 'object' ? address?.port : address, url: given.url, kid: given.kid })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
  await new Promise((resolve) => server.once('close', resolve))
  return 0
}

function readOptions(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: true }).values
}

async function meansOf(given: Given): Promise<SignerMeans> {
  const { kid, did, url, approve, installation } = given
  const file = needed(installation, '--installation')
  if (approve !== 'all' && approve !== 'status') throw new UsageRefused('--approve is all or status')
  if (parseDidWeb(needed(did, '--did')) === undefined) throw new UsageRefused('--did is no did:web')
  const opened = await openPkcs8(await readPrivateKey(needed(given.key, '--key')))
  const document = () => readDidDocument(readFileSync(file))
  const names = opened.algorithm === 'EdDSA' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('pkcs8', opened.pkcs8, names, false, ['sign'])
  const sign = opened.algorithm === 'EdDSA' ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' }
  return {
    did: needed(did, '--did'),
    kid: needed(kid, '--kid'),
    algorithm: opened.algorithm,
    url: needed(url, '--url'),
    installation: idOf(document(), file),
    installationDocument: document,
    signsCredentials: approve === 'all',
    now: () => new Date(),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(sign, key, bytes)),
    tell: say,
  }
}

/** The DID that is pinned: a document of another one, put in the file's place later, is of no use. */
function idOf(document: unknown, file: string): string {
  const id = (document as { id?: unknown } | null)?.id
  if (typeof id === 'string' && parseDidWeb(id) !== undefined) return id
  throw new UsageRefused(`${file} is not the DID document of an installation (/.well-known/did.json)`)
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageRefused(`say ${name}; call it as\n\n  egret ${signerUsage}`)
  return value
}

async function answer(
  serve: ReturnType<typeof signerService>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await bodyOf(request)
    if (body === null) return void response.writeHead(413).end()
    if (request.method !== 'POST' || !request.url?.endsWith('/sign'))
      return void response.writeHead(404).end()
    const answered = await serve({ authorization: request.headers.authorization ?? '', body })
    if ('refused' in answered) return void response.writeHead(answered.status).end(answered.refused)
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answered.signature)
  } catch (thrown) {
    say({ error: (thrown as Error).message })
    response.writeHead(500).end()
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > signRequestBytesMax) return null
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

async function makeKeyFile(path: string, algorithm: string): Promise<number> {
  if (algorithm !== 'EdDSA' && algorithm !== 'ES256') throw new UsageRefused('--algorithm is EdDSA or ES256')
  const { pem, jwk } = await newKey(algorithm)
  writeFileSync(path, pem, { mode: 0o600, flag: 'wx' })
  process.stdout.write(`${JSON.stringify(jwk)}\n`)
  return 0
}

async function newKey(algorithm: SigningAlgorithm) {
  const names = algorithm === 'EdDSA' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = (await crypto.subtle.generateKey(names, true, ['sign', 'verify'])) as {
    readonly privateKey: CryptoKey
    readonly publicKey: CryptoKey
  }
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64')
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`
  return { pem, jwk: { kty, crv, x, ...(y === undefined ? {} : { y }) } }
}

function say(record: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`)
}
