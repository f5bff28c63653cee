/**
 * A body's own signer, asked over HTTP. The request proves itself by a short-lived token under the installation's key, which names
 * the signer and the digest of what is asked; the answer proves itself by being a signature that fits: under the body's
 * registered public key, over exactly those bytes. Nothing else of an answer is believed.
 */

import { SignJWT } from 'jose'
import type { PublicJwk } from '../credential/did-document.ts'
import { webCryptoVerifier } from '../credential/signature.ts'
import { digestOfBytes } from '../json/digest.ts'
import { encodeBase64url, encodeUtf8 } from '../json/encoding.ts'
import type { SigningAlgorithm, StoredKey } from '../ports/signing.ts'
import { Problem } from '../problem.ts'
import { activeKey, installationDidOf, installationId, type KeyParts } from './keys.ts'

/** What a key behind a signer is known by. */
export interface KeyElsewhere extends Pick<StoredKey, 'jwk' | 'algorithm' | 'kid'> {
  readonly url: string
}

/** Type of the token that a request carries. */
export const requestTokenType = 'egret-sign+jwt'
/** Type of what a signer signs to prove that it has a key. */
export const keyProofType = 'egret-key-proof+jwt'

/** Life of a request's token, seconds. */
const tokenSeconds = 60
const answerSecondsMax = 10
const signatureBytes = 64

interface Header {
  readonly alg: SigningAlgorithm
  readonly typ: string
  readonly kid: string
  readonly cty?: string
}

/**
 * The compact JWS that the signer makes of these bytes.
 *
 * @throws Problem `unavailable` for a host off the list, and for any answer but a signature that fits.
 */
export async function signElsewhere(
  parts: KeyParts,
  key: KeyElsewhere,
  header: Header,
  payload: Uint8Array,
): Promise<string> {
  const asked = `${encodeBase64url(encodeUtf8(JSON.stringify(header)))}.${encodeBase64url(payload)}`
  const signature = await ask(parts, key.url, encodeUtf8(asked))
  const verify = webCryptoVerifier(crypto.subtle as never)
  const fits = await verify(key.jwk as unknown as PublicJwk, key.algorithm, signature, encodeUtf8(asked))
  if (!fits) throw silent(key.url, 'its signature does not fit the registered key')
  return `${asked}.${encodeBase64url(signature)}`
}

/** Lets the signer sign something of ours that is new: whoever can has the key. @throws Problem `unavailable`. */
export async function requireProof(parts: KeyParts, did: string, key: KeyElsewhere): Promise<void> {
  const kid = `${did}#${key.kid}`
  const payload = {
    iss: installationDidOf(parts.origin),
    sub: kid,
    jti: parts.world.newId(),
    iat: Math.floor(parts.world.now().getTime() / 1000),
  }
  const header = { alg: key.algorithm, typ: keyProofType, kid }
  await signElsewhere(parts, key, header, encodeUtf8(JSON.stringify(payload)))
}

/** Whether a signer's URL may be asked: on the list, by https, or on this very machine. */
export function isAllowedSigner(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, hostname, search, hash, username, password } = new URL(url)
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1'
  const isPlain = `${search}${hash}${username}${password}` === ''
  return isPlain && hosts.includes(host) && (protocol === 'https:' || (protocol === 'http:' && isLocal))
}

async function ask(
  parts: KeyParts,
  url: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isAllowedSigner(url, parts.signerHosts)) throw silent(url, 'its host is not in SIGNER_HOSTS')
  const token = await requestToken(parts, url, body)
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/sign`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/jose' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerSecondsMax * 1000),
    })
    if (answer.status === 200) return await readSignature(url, answer)
    await answer.body?.cancel()
    throw silent(url, `it answers ${answer.status}`)
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown : silent(url, (thrown as Error).message)
  }
}

async function requestToken(parts: KeyParts, audience: string, body: Uint8Array): Promise<string> {
  const { stored, key } = await activeKey(parts, installationId, 'installation')
  const did = installationDidOf(parts.origin)
  const now = Math.floor(parts.world.now().getTime() / 1000)
  return new SignJWT({ digest: digestOfBytes(body) })
    .setProtectedHeader({ alg: stored.algorithm, typ: requestTokenType, kid: `${did}#${stored.kid}` })
    .setIssuer(did)
    .setAudience(audience)
    .setJti(parts.world.newId())
    .setIssuedAt(now)
    .setExpirationTime(now + tokenSeconds)
    .sign(key)
}

/** 64 bytes and not one more. */
async function readSignature(url: string, { body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const signature = new Uint8Array(signatureBytes)
  let length = 0
  for await (const part of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    if (length + part.length > signatureBytes) throw silent(url, 'it answers more than a signature')
    signature.set(part, length)
    length += part.length
  }
  if (length < signatureBytes) throw silent(url, 'it answers less than a signature')
  return signature
}

function silent(url: string, why: string): Problem {
  return new Problem('unavailable', `The signer at ${url} did not sign: ${why}.`, { signer: url })
}
