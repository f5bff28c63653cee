/**
 * did:web, both ways: which URL answers for a DID, and which DID a URL answers for (W3C CCG did:web method). Only what we
 * would ourselves issue is read: a lower-case host name, and path segments that need no escaping.
 */

/** A did:web taken apart. */
export interface DidWeb {
  /** Host and port, e.g. `egret.example` or `localhost:8787`. */
  readonly host: string
  /** Path segments, e.g. `['bodies', 'green']`; none for a bare host. */
  readonly path: readonly string[]
}

const lengthMax = 512
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostForm = new RegExp(`^(?=.{1,253}(?::|$))${label}(?:\\.${label})*(?::[1-9][0-9]{0,4})?$`)
const segmentForm = /^[A-Za-z0-9_-](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/
const loopbackForm = /^(?:localhost|127\.0\.0\.1)(?::|$)/
const addressForm = /^[0-9.]+(?::|$)/

/** Takes a did:web apart; undefined for anything else, also for a DID URL with fragment, query or path. */
export function parseDidWeb(did: string): DidWeb | undefined {
  if (did.length > lengthMax || !did.startsWith('did:web:')) return undefined
  const [escapedHost = '', ...path] = did.slice('did:web:'.length).split(':')
  if (escapedHost.includes(':') || /%(?!3A)/.test(escapedHost)) return undefined
  const host = escapedHost.replaceAll('%3A', ':')
  return isHost(host) && path.every(isSegment) ? { host, path } : undefined
}

/** The did:web of a host (with port, if any) and path segments; undefined where none can be written. */
export function writeDidWeb({ host, path }: DidWeb): string | undefined {
  if (!isHost(host) || !path.every(isSegment)) return undefined
  return ['did:web', host.replaceAll(':', '%3A'), ...path].join(':')
}

/**
 * The URL of the DID document. `https`, but `http` on this very machine (`localhost`, `127.0.0.1`), where there are no
 * certificates and nobody in between.
 */
export function didDocumentUrl({ host, path }: DidWeb): string {
  const scheme = loopbackForm.test(host) ? 'http' : 'https'
  const folder = path.length === 0 ? ['.well-known'] : path
  return `${scheme}://${[host, ...folder].join('/')}/did.json`
}

/** Whether a document is asked for at this URL: over TLS, or on this very machine. */
export function isAskable(url: string): boolean {
  const { protocol, host } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && loopbackForm.test(host))
}

/** The did:web whose document a URL is; undefined where it is none's. */
export function didOfDocumentUrl(url: string): string | undefined {
  const found = /^(https?):\/\/([^/]+)\/(?:(.+)\/)?did\.json$/.exec(url)
  if (found === null) return undefined
  const [, , host = '', folder = ''] = found
  const path = folder === '.well-known' ? [] : folder.split('/')
  const did = writeDidWeb({ host, path })
  return did !== undefined && didDocumentUrl({ host, path }) === url ? did : undefined
}

/** The DID of something under an origin, e.g. `https://egret.example` and `['bodies', 'green']`. */
export function didUnderOrigin(origin: string, path: readonly string[]): string | undefined {
  const found = /^https?:\/\/([^/?#]+)$/.exec(origin)
  return found?.[1] === undefined ? undefined : writeDidWeb({ host: found[1], path })
}

/** A host name; of bare addresses only the loopback, since the method forbids them (did:web §3.1). */
function isHost(host: string): boolean {
  const port = Number(host.split(':')[1] ?? 1)
  return hostForm.test(host) && port < 65_536 && (!addressForm.test(host) || loopbackForm.test(host))
}

/** A path segment that is no way out of its folder. */
function isSegment(segment: string): boolean {
  return segmentForm.test(segment)
}
