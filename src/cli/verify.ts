/**
 * `egret verify FILE|URL|-`: every check of a credential on the command line, with the verifier that the API and the page use.
 * The issuer's DID document is fetched from its own host: from the host of the URL that was given, and from those named
 * with `--host`; for a file, from the credential's own host, which is said.
 */

import { readFile } from 'node:fs/promises'
import { parseArgs, styleText } from 'node:util'
import { readCompact } from '../credential/compact.ts'
import { readDidDocument } from '../credential/did-document.ts'
import type { Credential } from '../credential/schema.ts'
import { webCryptoVerifier } from '../credential/signature.ts'
import type { Check, Outcome } from '../credential/verdict.ts'
import { type Verification, verifyCredential } from '../credential/verify.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { UsageRefused } from './usage.ts'

const bytesMax = 65_536
const fetchSeconds = 10

/** @returns 0 when the credential is authentic and in its term, 1 when not. */
export async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      host: { type: 'string', multiple: true, default: [] },
    },
  })
  const [source, ...more] = positionals
  if (source === undefined || more.length > 0)
    throw new UsageRefused('give one FILE, one URL, or - for standard input')
  const jwt = (await read(source)).trim()
  const allowedHosts = [...values.host, ...hostOf(source), ...(values.host.length > 0 ? [] : hostInside(jwt))]
  const asked: string[] = []
  const verification = await verifyCredential(jwt, {
    now: new Date(),
    allowedHosts,
    resolveDid: async (_did, url) => {
      asked.push(url)
      return readDidDocument(await fetchBytes(url, 'application/did+json'))
    },
    verifySignature: webCryptoVerifier(crypto.subtle),
  })
  process.stdout.write(
    values.json ? `${JSON.stringify(verification, null, 2)}\n` : report(verification, asked),
  )
  return verification.verified ? 0 : 1
}

async function read(source: string): Promise<string> {
  if (source === '-') return decodeUtf8(await drain(process.stdin))
  if (/^https?:\/\//.test(source)) return decodeUtf8(await fetchBytes(source, 'application/vc+jwt'))
  return decodeUtf8(await readFile(source))
}

async function drain(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) {
    parts.push(part)
    if (parts.reduce((sum, { length }) => sum + length, 0) > bytesMax * 2) break
  }
  return Buffer.concat(parts)
}

async function fetchBytes(url: string, accept: string): Promise<Uint8Array> {
  const answer = await fetch(url, {
    headers: { accept },
    redirect: 'error',
    signal: AbortSignal.timeout(fetchSeconds * 1000),
  }).catch((error: Error) => {
    throw new Error(`${url} does not answer: ${causeOf(error)}`)
  })
  if (!answer.ok || answer.body === null) throw new Error(`${url} answers ${answer.status}`)
  const bytes = await drain(answer.body)
  if (bytes.length > bytesMax) throw new Error(`${url} answers more than ${bytesMax} bytes`)
  return bytes
}

/** What `fetch failed` leaves unsaid. */
function causeOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}

function hostOf(source: string): string[] {
  return URL.canParse(source) ? [new URL(source).host] : []
}

/** The host that an unverified credential names: asked only for its DID document, and told in the report. */
function hostInside(jwt: string): string[] {
  const read = readCompact(jwt)
  return 'fault' in read ? [] : hostOf(String(read.compact.payload.id))
}

const marks: Record<Outcome, string> = {
  passed: styleText('green', '✓'),
  failed: styleText('red', '✗'),
  'not-checked': styleText('yellow', '–'),
}

function report({ verified, headline, checks, credential }: Verification, asked: readonly string[]): string {
  const verdict = styleText([verified ? 'green' : 'red', 'bold'], headline.en)
  const named = credential === null ? [] : faceOf(credential)
  const keys =
    asked.length === 0 ? "no issuer's keys were asked for" : `issuer's keys asked for at ${asked.join(', ')}`
  return [...named, verdict, headline.zh, '', ...checks.map(checkLine), '', styleText('dim', keys), ''].join(
    '\n',
  )
}

function faceOf({ number, issuer, credentialSubject }: Credential): string[] {
  return [`${number}  ${credentialSubject.title}`, `issued by ${issuer.name} (${issuer.id})`]
}

function checkLine({ name, outcome, reason }: Check): string {
  return `${marks[outcome]} ${name.padEnd(14)} ${reason}`
}
