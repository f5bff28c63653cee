/** What a stranger verifies with: everything comes from the host that the credential itself names. */

import { readDidDocument } from '../../src/credential/did-document.ts'
import { webCryptoPlatform } from '../../src/credential/platform.ts'
import { installationDidOf, logKeysOf, logKeysUrl } from '../../src/credential/trust.ts'
import type { VerificationMeans } from '../../src/credential/verify.ts'
import { decodeBase64url, decodeUtf8 } from '../../src/json/encoding.ts'
import { StepFailed } from './api.ts'

/** Whether to trust the host that a document names is the reader's choice; the demo's stranger does. */
export async function strangersMeans(jwt: string): Promise<VerificationMeans> {
  const { host } = new URL(String(payloadOf(jwt).id))
  const text = async (url: string) => new TextDecoder().decode(await fetchBytes(url))
  return {
    now: new Date(),
    allowedHosts: [host],
    authorities: installationDidOf(host),
    logs: logKeysOf(host, await text(logKeysUrl(host))),
    resolveDid: async (_did, url) => readDidDocument(await fetchBytes(url)),
    fetchText: text,
    ...webCryptoPlatform(crypto.subtle),
  }
}

/** What a credential says, believed or not. */
export function payloadOf(jwt: string): Readonly<Record<string, unknown>> {
  const bytes = decodeBase64url(jwt.split('.')[1] ?? '')
  return JSON.parse(decodeUtf8(bytes ?? new Uint8Array())) as Record<string, unknown>
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const answer = await fetch(url, { redirect: 'error' })
  if (!answer.ok) throw new StepFailed(`GET ${url} answered ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}
