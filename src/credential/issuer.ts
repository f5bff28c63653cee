/**
 * Who signed, and whether it was they: the issuer's names agree, its DID document (from a host that may be asked) lists the key,
 * the key was the issuer's word when the document was signed, and the signature fits the bytes.
 */

import type { Compact } from './compact.ts'
import type { KeyFault, PublicJwk } from './did-document.ts'
import { parseDidWeb } from './did-web.ts'
import type { LogFinding } from './log-check.ts'
import type { Session, VerificationMeans } from './session.ts'
import { type Check, failed, notChecked, passed, type Text } from './verdict.ts'

/** The check `issuer`, and what its document says of the key. */
export interface IssuerFinding {
  readonly check: Check
  readonly key?: Awaited<ReturnType<Session['key']>>
}

/** The check `issuer`: its names must agree, its host be one we may ask, and its DID document be its own. */
export async function checkIssuer(compact: Compact, session: Session): Promise<IssuerFinding> {
  const did = issuerOf(compact.payload)
  const facts = { issuer: did ?? null, kid: compact.kid }
  const fault = namesFault(compact, did) ?? listFault(did, session.means)
  if (fault !== undefined || did === undefined) {
    const host = fault === issuerFaults.host ? { host: parseDidWeb(did ?? '')?.host } : {}
    return { check: failed('issuer', fault ?? issuerFaults.none, { ...facts, ...host }) }
  }
  const key = await session.key(did, compact)
  if ('fault' in key && key.fault === 'unresolved')
    return { check: failed('issuer', issuerFaults.unresolved, facts) }
  if ('fault' in key && key.fault === 'other-document')
    return { check: failed('issuer', issuerFaults.foreign, { ...facts, fault: key.fault }) }
  return { check: passed('issuer', issuerGood, facts), key }
}

function issuerOf(payload: Readonly<Record<string, unknown>>): string | undefined {
  const { issuer } = payload
  if (typeof issuer === 'string') return issuer
  const id = typeof issuer === 'object' && issuer !== null && 'id' in issuer ? issuer.id : undefined
  return typeof id === 'string' ? id : undefined
}

/** `iss`, `issuer` and `kid` must name one and the same DID (VC-JOSE-COSE §3.1.1). */
function namesFault({ payload, kid }: Compact, did: string | undefined): Text | undefined {
  if (did === undefined || parseDidWeb(did) === undefined) return issuerFaults.none
  if (payload.iss !== undefined && payload.iss !== did) return issuerFaults.iss
  const [keyDid, fragment, ...more] = kid.split('#')
  const isOfIssuer = keyDid === did && more.length === 0 && /^[A-Za-z0-9._-]{1,100}$/.test(fragment ?? '')
  return isOfIssuer ? undefined : issuerFaults.kid
}

/** Nothing is fetched off the lists. */
function listFault(
  did: string | undefined,
  { allowedHosts, trustedIssuers }: VerificationMeans,
): Text | undefined {
  const host = did === undefined ? undefined : parseDidWeb(did)?.host
  if (host === undefined || !allowedHosts.includes(host)) return issuerFaults.host
  if (trustedIssuers !== undefined && !trustedIssuers.includes(did as string)) return issuerFaults.unknown
  return undefined
}

const issuerGood: Text = {
  en: 'It names one issuer, whose own DID document is at hand.',
  zh: '颁发者身份一致，且已取得其本人的 DID 文档。',
}
const issuerFaults = {
  none: { en: 'It names no did:web as its issuer.', zh: '未以 did:web 指明颁发者。' },
  iss: { en: 'The claim iss names another party than issuer.', zh: 'iss 与 issuer 不一致。' },
  kid: { en: 'The key in the header is not one of the issuer.', zh: '头部所指密钥不属于颁发者。' },
  host: {
    en: "The issuer's host is not on the list of hosts that may be asked.",
    zh: '颁发者的域名不在允许查询的列表中。',
  },
  unknown: { en: 'The issuer is not among those that are trusted here.', zh: '颁发者不在信任名单中。' },
  unresolved: { en: "The issuer's DID document cannot be had.", zh: '无法取得颁发者的 DID 文档。' },
  foreign: { en: 'The DID document is that of another DID.', zh: 'DID 文档属于另一 DID。' },
} as const satisfies Record<string, Text>

const keyFaults: Readonly<Record<Exclude<KeyFault, 'other-document'>, Text>> = {
  'no-such-key': { en: 'The DID document does not list this key.', zh: 'DID 文档未列出该密钥。' },
  'key-named-twice': { en: 'The DID document lists this key twice.', zh: 'DID 文档重复列出该密钥。' },
  'not-for-assertion': {
    en: 'The DID document does not allow this key for assertions.',
    zh: 'DID 文档不允许用该密钥签发。',
  },
  'other-controller': { en: 'The key is controlled by another DID.', zh: '该密钥由另一 DID 控制。' },
  'other-key-type': { en: 'The key is of a type that is not read here.', zh: '不支持该密钥类型。' },
  'key-unusable': {
    en: 'The key is no public key of the signature algorithm.',
    zh: '该密钥不是所用签名算法的公钥。',
  },
}

/**
 * The check `key`: the issuer's word when it signed. A retired key stays that; a compromised one only below the leaf from which it
 * is not believed, where nobody can put anything any more.
 */
export function checkKey({ key }: IssuerFinding, log?: LogFinding): Check {
  if (key === undefined) return notChecked('key', keyWords.noDocument)
  if ('fault' in key) {
    const words = keyFaults[key.fault as keyof typeof keyFaults] ?? keyWords.noDocument
    return failed('key', words, { fault: key.fault })
  }
  const { revokedFromLeaf } = key
  if (revokedFromLeaf === null) return passed('key', keyWords.good)
  const facts = { fault: 'compromised', revokedFromLeaf, leafIndex: log?.leafIndex ?? null }
  const isBefore = log?.leafIndex !== undefined && log.leafIndex < revokedFromLeaf
  return isBefore ? passed('key', keyWords.before, facts) : failed('key', keyWords.compromised, facts)
}

const keyWords = {
  good: { en: "The key is the issuer's word.", zh: '该密钥可代表颁发者签发。' },
  before: {
    en: 'The key was compromised later; the log shows that this document was signed before.',
    zh: '该密钥其后泄露；日志表明本文件签发于此前。',
  },
  compromised: {
    en: 'The key is compromised, and the log does not show that this document was signed before.',
    zh: '该密钥已泄露，且日志不能证明本文件签发于泄露之前。',
  },
  noDocument: {
    en: "Not reached: there is no DID document of the issuer's.",
    zh: '未执行：没有颁发者的 DID 文档。',
  },
} as const satisfies Record<string, Text>

/** The public key that was found, if any. */
export function publicKeyOf({ key }: IssuerFinding): PublicJwk | undefined {
  return key === undefined || 'fault' in key ? undefined : key.key
}

/** The check `signature`. */
export async function checkSignature(
  { algorithm, signature, signed }: Compact,
  key: PublicJwk | undefined,
  { verifySignature }: VerificationMeans,
): Promise<Check> {
  if (key === undefined) return notChecked('signature', signatureWords.noKey)
  try {
    const good = await verifySignature(key, algorithm, signature, signed)
    return good
      ? passed('signature', signatureWords.good, { algorithm })
      : failed('signature', signatureWords.bad, { algorithm })
  } catch {
    return notChecked('signature', signatureWords.unsupported, { algorithm })
  }
}

const signatureWords = {
  good: { en: "The signature is the issuer's; not a byte was changed.", zh: '签名有效，内容未被改动。' },
  bad: {
    en: "The signature does not fit: the document was changed, or it is not the issuer's.",
    zh: '签名不符：文件被改动，或并非颁发者所签。',
  },
  noKey: { en: 'Not reached: there is no key to check it with.', zh: '未执行：没有可用于核对的密钥。' },
  unsupported: {
    en: 'This platform cannot check signatures of this algorithm.',
    zh: '当前平台不支持该签名算法。',
  },
} as const satisfies Record<string, Text>
