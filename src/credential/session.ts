/**
 * What a run of verifications shares: DID documents, status lists, facts and checkpoints are had and judged once, however many
 * credentials name them. Everything is asked through the means, and only of hosts on the list.
 */

import type { VerifierKey, WitnessPolicy } from '../transparency/note.ts'
import { receiptVerifier, type VerifyReceipt } from '../transparency/receipt.ts'
import { type Compact, readCompact } from './compact.ts'
import { assertionKey, type KeyFinding } from './did-document.ts'
import { didDocumentUrl, parseDidWeb } from './did-web.ts'
import type { Platform } from './platform.ts'

/** What a verification is made with; nothing is asked of the world but through these. */
export interface VerificationMeans extends Platform {
  /** The clock. */
  readonly now: Date
  /** Hosts that may be asked, with port where there is one, e.g. `egret.example`; nothing else is ever fetched. */
  readonly allowedHosts: readonly string[]
  /** Where given, the only issuers that are believed. */
  readonly trustedIssuers?: readonly string[]
  /** DIDs whose word on accreditations is believed: that of the installation, or of an authority. */
  readonly authorities: readonly string[]
  /** Keys of the logs that are believed, each under its log's origin. */
  readonly logs: readonly VerifierKey[]
  /** How many of these witnesses must have cosigned; not asked where absent. */
  readonly witnesses?: WitnessPolicy
  /** How old a saved status list may be, seconds, although its term is over; by default none is taken past its term. */
  readonly statusAgeMaxSeconds?: number
  /** The DID document at this URL, parsed strictly (`readDidDocument`); throws where it cannot be had. */
  readonly resolveDid: (did: string, url: string) => Promise<unknown>
  /** The text at a URL (a status list, a fact, a receipt); throws where it cannot be had. */
  readonly fetchText: (url: string) => Promise<string>
  /** How many documents are asked for in one run, whoever names them; what is beyond cannot be had. As many as are named where absent. */
  readonly asksMax?: number
  /** Whether a payload has the shape of a credential, compiled (`hasCredentialShape`); where absent, the schema itself says it. */
  readonly hasShape?: (payload: unknown) => boolean
}

/** Why something was not had. */
export type FetchFault = 'host-not-allowed' | 'unreachable'

/** A signed document that another one names: a status list, or a fact. */
export type SignedFinding =
  | {
      readonly compact: Compact
      readonly text: string
      readonly issuer: string
      /** Null where the key is the issuer's word today; of a compromised one, from which leaf of the log on it is not. */
      readonly revokedFromLeaf: number | null
    }
  | { readonly fault: FetchFault | 'malformed' | 'issuer-unresolved' | 'key-not-allowed' | 'bad-signature' }

/** A run of verifications with one clock and one view of the world. */
export interface Session {
  readonly means: VerificationMeans
  /** The DID document, or null where it cannot be had. */
  document(did: string): Promise<unknown | null>
  /** The key that an issuer's document allows for this signature. */
  key(did: string, compact: Compact): Promise<KeyFinding | { readonly fault: 'unresolved' }>
  /** The signed document at a URL, its signature checked under a key of its issuer. */
  signed(url: string): Promise<SignedFinding>
  /** The tlog-proof at a URL. */
  receipt(url: string): Promise<string | { readonly fault: FetchFault }>
  readonly verifyReceipt: VerifyReceipt
  /** Something that is worked out once, under a name. */
  once<Result>(name: string, make: () => Promise<Result>): Promise<Result>
}

const remembered = 4096

/** Begins a run. */
export function openSession(means: VerificationMeans): Session {
  const memory = new Map<string, Promise<unknown>>()
  const once = <Result>(name: string, make: () => Promise<Result>): Promise<Result> => {
    const known = memory.get(name)
    if (known !== undefined) return known as Promise<Result>
    if (memory.size >= remembered) memory.clear()
    const made = make()
    memory.set(name, made)
    return made
  }
  const asking = within(means)
  const text = (url: string) => once(`text ${url}`, () => fetchAllowed(url, asking))
  const session: Session = {
    means,
    once,
    document: (did) => once(`did ${did}`, () => resolved(did, asking)),
    key: (did, compact) => findKey(session, did, compact),
    signed: (url) => once(`signed ${url}`, async () => readSigned(session, await text(url))),
    receipt: text,
    verifyReceipt: receiptVerifier({
      logs: means.logs,
      witnesses: means.witnesses?.keys ?? [],
      verify: means.verifyEd25519,
    }),
  }
  return session
}

type Asking = Pick<VerificationMeans, 'allowedHosts' | 'fetchText' | 'resolveDid'>

/** The same means, which are at an end after so many asks: a document that nobody signed may name any number of others. */
function within({ allowedHosts, fetchText, resolveDid, asksMax = Infinity }: VerificationMeans): Asking {
  let left = asksMax
  const counted =
    <Given extends readonly string[], Had>(ask: (...given: Given) => Promise<Had>) =>
    async (...given: Given): Promise<Had> => {
      left -= 1
      if (left < 0) throw new RangeError(`more than ${asksMax} documents are named`)
      return ask(...given)
    }
  return { allowedHosts, fetchText: counted(fetchText), resolveDid: counted(resolveDid) }
}

async function resolved(did: string, { resolveDid, allowedHosts }: Asking): Promise<unknown | null> {
  const parsed = parseDidWeb(did)
  if (parsed === undefined || !allowedHosts.includes(parsed.host)) return null
  try {
    return await resolveDid(did, didDocumentUrl(parsed))
  } catch {
    return null
  }
}

async function findKey(
  session: Session,
  did: string,
  { kid, algorithm }: Compact,
): Promise<KeyFinding | { readonly fault: 'unresolved' }> {
  const document = await session.document(did)
  if (document === null) return { fault: 'unresolved' }
  return session.once(`key ${algorithm} ${kid}`, async () => assertionKey(document, did, kid, algorithm))
}

async function fetchAllowed(
  url: string,
  { allowedHosts, fetchText }: Asking,
): Promise<string | { readonly fault: FetchFault }> {
  if (!URL.canParse(url) || !allowedHosts.includes(new URL(url).host)) return { fault: 'host-not-allowed' }
  try {
    return await fetchText(url)
  } catch {
    return { fault: 'unreachable' }
  }
}

async function readSigned(
  session: Session,
  text: string | { readonly fault: FetchFault },
): Promise<SignedFinding> {
  if (typeof text !== 'string') return text
  const read = readCompact(text.trim())
  if ('fault' in read) return { fault: 'malformed' }
  const { compact } = read
  const { issuer } = compact.payload
  if (typeof issuer !== 'string' || !compact.kid.startsWith(`${issuer}#`)) return { fault: 'malformed' }
  const found = await session.key(issuer, compact)
  if ('fault' in found)
    return { fault: found.fault === 'unresolved' ? 'issuer-unresolved' : 'key-not-allowed' }
  const { algorithm, signature, signed } = compact
  const isGood = await session.means
    .verifySignature(found.key, algorithm, signature, signed)
    .catch(() => false)
  const { revokedFromLeaf } = found
  return isGood ? { compact, text: text.trim(), issuer, revokedFromLeaf } : { fault: 'bad-signature' }
}
