/** Private keys in files: PKCS #8 in PEM or DER, or a JWK. Never on a command line, where every process of the machine reads it. */

import { readFileSync, statSync } from 'node:fs'
import type { JWK } from 'jose'
import { UsageRefused } from './usage.ts'

/** PKCS #8 of whatever form the file has. @throws UsageRefused where others may read the file, or it holds no such key. */
export async function readPrivateKey(path: string): Promise<Uint8Array<ArrayBuffer>> {
  requirePrivate(path)
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8').trim()
  if (text.startsWith('{')) return pkcs8OfJwk(text, path)
  const pem = /^-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----$/.exec(text)
  if (pem?.[1] !== undefined) return new Uint8Array(Buffer.from(pem[1], 'base64'))
  if (text.startsWith('-----')) throw unfit(path)
  return new Uint8Array(bytes)
}

/** @throws UsageRefused unless only its owner may read and write the file. */
export function requirePrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageRefused(`there is no file ${path}`)
  if ((found.mode & 0o077) !== 0) {
    throw new UsageRefused(`others may read ${path}: take that from them first (chmod 600)`)
  }
}

async function pkcs8OfJwk(text: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const jwk = JSON.parse(text) as JWK
    const name = jwk.crv === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
    const { kty = '', crv = '', x = '', y, d = '' } = jwk
    const plain = { kty, crv, x, ...(y === undefined ? {} : { y }), d }
    const key = await crypto.subtle.importKey('jwk', plain, name, true, ['sign'])
    return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))
  } catch {
    throw unfit(path)
  }
}

function unfit(path: string): UsageRefused {
  return new UsageRefused(`${path} holds no Ed25519 or P-256 private key, as PKCS #8 or JWK`)
}
