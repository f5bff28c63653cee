/**
 * `egret verify FILE|URL|-`: every check of a credential on the command line, with the verifier that the API and the page use.
 * What it needs is fetched from the host of the URL that was given, and from those named with `--host`; for a file, from the
 * credential's own host, which is said. Who that host is, the reader decides: `--log-key` and `--authority` name other trust.
 * `--save` keeps what was asked for, and such a file is verified again without asking anybody.
 */

import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs, styleText } from 'node:util'
import { readCompact } from '../credential/compact.ts'
import { hasCredentialShape } from '../credential/compiled-shape.ts'
import { readDidDocument } from '../credential/did-document.ts'
import { isAskable } from '../credential/did-web.ts'
import { type Evidence, evidenceText, isEvidence, readEvidence } from '../credential/evidence.ts'
import { webCryptoPlatform } from '../credential/platform.ts'
import type { Credential } from '../credential/schema.ts'
import { installationDidOf, logKeysOf, logKeysUrl } from '../credential/trust.ts'
import type { Check, Outcome } from '../credential/verdict.ts'
import { type Verification, type VerificationMeans, verifyCredential } from '../credential/verify.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { VerifierKey } from '../transparency/note.ts'
import {
  documentBytesMax,
  fetchBytes,
  fromEvidence,
  fromTheWorld,
  type Get,
  type Sources,
} from './answers.ts'
import { logKey, witnessOptions, witnessPolicy } from './named-keys.ts'
import { printableLine } from './printable.ts'
import { UsageRefused } from './usage.ts'

const options = {
  json: { type: 'boolean', default: false },
  host: { type: 'string', multiple: true, default: [] as string[] },
  receipt: { type: 'string' },
  save: { type: 'string' },
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
  const brought = await bring(source, values.receipt)
  const { credential, receipt } = brought
  const hosts = [...values.host, ...hostOf(source), ...(values.host.length > 0 ? [] : hostInside(credential))]
  const sources = 'answers' in brought ? fromEvidence(brought) : fromTheWorld()
  const means = await meansOf(values, [...new Set(hosts)], sources.get)
  const verification = await verifyCredential(credential, means, receipt === undefined ? {} : { receipt })
  process.stdout.write(
    values.json ? `${JSON.stringify(verification, null, 2)}\n` : report(verification, sources.told()),
  )
  if (values.save !== undefined) await writeFile(values.save, savedText(brought, sources))
  return verification.verified ? 0 : 1
}

/** What is verified: a document, or evidence of an earlier verification. */
type Brought = Pick<Evidence, 'credential' | 'receipt'> | Evidence

async function bring(source: string, receiptSource: string | undefined): Promise<Brought> {
  const text = await read(source)
  const receipt = receiptSource === undefined ? {} : { receipt: await read(receiptSource) }
  if (!isEvidence(text)) return { credential: text.trim(), ...receipt }
  const evidence = readEvidence(text)
  if (evidence === undefined) throw new UsageRefused(`${source} is neither a document nor evidence of one`)
  return { ...evidence, ...receipt }
}

/** What is saved again keeps its date. */
function savedText(brought: Brought, { answers }: Sources): string {
  const { credential, receipt } = brought
  const savedAt = 'savedAt' in brought ? brought.savedAt : new Date().toISOString()
  const evidence = { savedAt, credential, answers }
  return `${evidenceText(receipt === undefined ? evidence : { ...evidence, receipt })}\n`
}

async function meansOf(
  values: Options,
  allowedHosts: readonly string[],
  get: Get,
): Promise<VerificationMeans> {
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
    fetchText: async (url) => {
      if (!isAskable(url)) throw new Error(`${url} is not asked for in the open`)
      return decodeUtf8(await get(url, '*/*'))
    },
    ...webCryptoPlatform(crypto.subtle),
    hasShape: hasCredentialShape,
  }
}

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
    if (parts.reduce((sum, { length }) => sum + length, 0) > documentBytesMax * 2) break
  }
  return Buffer.concat(parts)
}

function hostOf(source: string): string[] {
  return /^https?:/i.test(source) && URL.canParse(source) ? [new URL(source).host] : []
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

function report({ verified, headline, checks, credential }: Verification, sources: string): string {
  const verdict = styleText([verified ? 'green' : 'red', 'bold'], headline.en)
  const named = credential === null ? [] : faceOf(credential)
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
