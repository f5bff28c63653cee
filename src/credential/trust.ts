/**
 * What trusting an installation comes to, for a reader who does: its word on accreditations, and the keys of its log. A reader who
 * knows the log's key from elsewhere names that instead.
 */

import { type VerifierKey, verifierKeysIn } from '../transparency/note.ts'
import { didDocumentUrl, writeDidWeb } from './did-web.ts'

/** Where an installation publishes the verifier keys of its log. */
export function logKeysUrl(host: string): string {
  return `${new URL(didDocumentUrl({ host, path: [] })).origin}/log/verifier-keys`
}

/** The verifier keys in a text of one a line; keys of other logs than that host's do not count. */
export function logKeysOf(host: string, text: string): readonly VerifierKey[] {
  return verifierKeysIn(text).filter(({ name, type }) => type === 'ed25519' && name === `${host}/log`)
}

/** The DID under which an installation states accreditations. */
export function installationDidOf(host: string): readonly string[] {
  const did = writeDidWeb({ host, path: [] })
  return did === undefined ? [] : [did]
}
