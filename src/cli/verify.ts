/**
 * `egret verify FILE|URL|-`: every check of a credential on the command line, with the verifier that the API and the page use.
 * What it needs is fetched from the host of the URL that was given, and from those named with `--host`; for a file, from the
 * credential's own host, which is said. Who that host is, the reader decides: `--log-key` and `--authority` name other trust.
 */

import { readFile } from 'node:fs/promises'
import { parseArgs, styleText } from 'node:util'
import { readCompact } from '../credential/compact.ts'
import { hasCredentialShape } from '../credential/compiled-shape.ts'
import { readDidDocument } from '../credential/did-document.ts'
import { webCryptoPlatform } from '../credential/platform.ts'
import type { Credential } from '../credential/schema.ts'
import { installationDidOf, logKeysOf, logKeysUrl } from '../credential/trust.ts'
import type { Check, Outcome } from '../credential/verdict.ts'
import { type Verification, type VerificationMeans, verifyCredential } from '../credential/verify.ts'
import { collectBytes } from '../json/collect-bytes.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { VerifierKey } from '../transparency/note.ts'
import { logKey, witnessOptions, witnessPolicy } from './named-keys.ts'
import { printableLine } from './printable.ts'
import { UsageRefused } from './usage.ts'

const bytesMax = 65_536
const fetchSeconds = 10

const options = {
  json: { type: 'boolean', default: false },
  host: { type: 'string', multiple: true, default: [] as string[] },
  receipt: { type: 'string' },
  'log-key': { type: 'string', multiple: true, default: [] as string[] },
  authority: { type: 'string', multiple: true, default: [] as string[] },
  ...witnessOptions,
  'status-age': { type: 'string' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

/** @returns 0 when the credential is authentic, in its term and in force, 1 when not. */
export async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [source, ...more] = positionals
  if (source === undefined || more.length > 0)
    throw new UsageRefused('give one FILE, one URL, or - for standard input')
  const jwt = (await read(source)).trim()
  const hosts = [...values.host, ...hostOf(source), ...(values.host.length > 0 ? [] : hostInside(jwt))]
  const asked: string[] = []
  const means = await meansOf(values, [...new Set(hosts)], asked)
  const accompanying = values.receipt === undefined ? {} : { receipt: await read(values.receipt) }
  const verification = await verifyCredential(jwt, means, accompanying)
  process.stdout.write(
    values.json ? `${JSON.stringify(verification, null, 2)}\n` : report(verification, asked),
  )
  return verification.verified ? 0 : 1
}

async function meansOf(
  values: Options,
  allowedHosts: readonly string[],
  asked: string[],
): Promise<VerificationMeans> {
  const get = (url: string, accept: string) => {
    asked.push(url)
    return fetchBytes(url, accept)
  }
  const named = values['log-key'].map(logKey)
  const logs = named.length > 0 ? named : await keysOfLogs(allowedHosts, get)
  return {
    now: new Date(),
    allowedHosts,
    authorities: values.authority.length > 0 ? values.authority : allowedHosts.flatMap(installationDidOf),
    logs,
    ...witnessPolicy(values),
    statusAgeMaxSeconds: count('status-age', values['status-age'] ?? '0'),
    resolveDid: async (_did, url) => readDidDocument(await get(url, 'application/did+json')),
    fetchText: async (url) => decodeUtf8(await get(url, '*/*')),
    ...webCryptoPlatform(crypto.subtle),
    hasShape: hasCredentialShape,
  }
}

type Get = (url: string, accept: string) => Promise<Uint8Array>

/** The keys that the hosts publish for their logs; a host without a log has none. */
async function keysOfLogs(hosts: readonly string[], get: Get): Promise<readonly VerifierKey[]> {
  const found = await Promise.all(
    hosts.map(async (host) => {
      const bytes = await get(logKeysUrl(host), 'text/plain').catch(() => null)
      return bytes === null ? [] : logKeysOf(host, decodeUtf8(bytes))
    }),
  )
  return found.flat()
}

function count(name: string, text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text)
  throw new UsageRefused(`--${name} is a whole number`)
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
  const bytes = await collectBytes(answer.body, bytesMax)
  if (bytes === null) throw new Error(`${url} answers more than ${bytesMax} bytes`)
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
  const sources = asked.length === 0 ? 'nothing was asked of anyone' : `asked for: ${asked.join(', ')}`
  return [
    ...named,
    verdict,
    headline.zh,
    '',
    ...checks.map(checkLine),
    '',
    styleText('dim', printableLine(sources)),
    '',
  ].join('\n')
}

function faceOf({ number, issuer, credentialSubject }: Credential): string[] {
  return [`${number}  ${credentialSubject.title}`, `issued by ${issuer.name} (${issuer.id})`].map(
    printableLine,
  )
}

/** A failed check with what it rests on: which host was not asked, which key was not found. */
function checkLine({ name, outcome, reason, facts }: Check): string {
  const line = `${marks[outcome]} ${name.padEnd(14)} ${printableLine(reason)}`
  const told = Object.entries(facts).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  )
  if (outcome !== 'failed' || told.length === 0) return line
  const rest = told.map(([fact, value]) => `${fact}=${value}`).join('  ')
  return `${line}\n  ${''.padEnd(14)} ${styleText('dim', printableLine(rest))}`
}
