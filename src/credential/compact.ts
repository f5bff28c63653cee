/**
 * Reading a credential's compact JWS strictly, before any of it is believed: one size, one form, one header. Everything that
 * attacks on signed tokens lean on (other algorithms, keys in the header, `crit`, loose base64) has no place here.
 */

import { parseCompactJson } from '../json/compact-json.ts'
import { decodeBase64urlBytes, decodeUtf8, encodeUtf8 } from '../json/encoding.ts'
import { isProblem } from '../problem.ts'
import { type CredentialAlgorithm, credentialAlgorithms } from './did-document.ts'

/** The largest credential that is looked at, in characters. */
export const jwtLengthMax = 65_536

/** Bytes of a signature: R‖S of Ed25519 (RFC 8037), r‖s of ES256 (RFC 7518 §3.4). */
const signatureLength = 64

/** A compact JWS whose form is right; nothing is said of its truth. */
export interface Compact {
  readonly algorithm: CredentialAlgorithm
  /** DID URL of the key. */
  readonly kid: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly signature: Uint8Array<ArrayBuffer>
  /** The bytes that the signature covers: header and payload as they were sent (RFC 7515 §5.1). */
  readonly signed: Uint8Array<ArrayBuffer>
  /** All bytes of the document. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Why a text is no compact credential, for people, and the facts. */
export interface FormatFault {
  readonly en: string
  readonly zh: string
  readonly facts?: Readonly<Record<string, unknown>>
}

type Read = { readonly compact: Compact } | { readonly fault: FormatFault }

/** Reads a `vc+jwt` (VC-JOSE-COSE): compact JWS, EdDSA or ES256, the payload being the credential itself. */
export function readCompact(jwt: string): Read {
  if (jwt.length > jwtLengthMax)
    return refuse('It is larger than 64 KiB.', '超过 64 KiB。', { length: jwt.length })
  const bytes = encodeUtf8(jwt)
  const parts = partsOf(bytes)
  if (parts.length !== 3) {
    return refuse('It does not have exactly three parts.', '不是恰好三段。', { parts: parts.length })
  }
  const read = parts.map(decodeBase64urlBytes)
  const [headerBytes, payloadBytes, signatureBytes] = read
  if (!headerBytes?.length || !payloadBytes?.length || !signatureBytes?.length) {
    const part = ['header', 'payload', 'signature'][read.findIndex((one) => !one?.length)]
    return refuse('A part is empty or not base64url.', '有一段为空或不是 base64url 编码。', { part })
  }
  if (signatureBytes.length !== signatureLength) {
    return refuse('The signature has another length than its algorithms give.', '签名长度与算法不符。', {
      length: signatureBytes.length,
    })
  }
  const signed = bytes.subarray(0, bytes.lastIndexOf(dot))
  return readParts(headerBytes, payloadBytes, { signature: signatureBytes, signed, bytes })
}

const dot = 0x2e

/** What stands between the dots. */
function partsOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const parts: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(dot); at >= 0; at = bytes.indexOf(dot, from)) {
    parts.push(bytes.subarray(from, at))
    from = at + 1
  }
  return [...parts, bytes.subarray(from)]
}

function readParts(
  headerBytes: Uint8Array,
  payloadBytes: Uint8Array,
  rest: Pick<Compact, 'signature' | 'signed' | 'bytes'>,
): Read {
  const header = readObject(headerBytes, 'header', 2)
  if ('fault' in header) return header
  const payload = readObject(payloadBytes, 'payload', 32)
  if ('fault' in payload) return payload
  const wrapped = ['vc', 'vp'].find((name) => Object.hasOwn(payload.value, name))
  if (wrapped !== undefined) {
    return refuse('The payload must be the credential itself.', '负载必须就是凭证本身。', { member: wrapped })
  }
  const read = readHeader(header.value)
  return 'fault' in read ? read : { compact: { ...read, payload: payload.value, ...rest } }
}

/** One JSON object, strictly. */
function readObject(
  bytes: Uint8Array,
  part: string,
  maxDepth: number,
): { readonly value: Readonly<Record<string, unknown>> } | { readonly fault: FormatFault } {
  try {
    const value = parseCompactJson(decodeUtf8(bytes), { maxDepth })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown> }
    }
    return refuse(`The ${part} is not a JSON object.`, '某段不是 JSON 对象。', { part })
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    return refuse(`The ${part} is not strict JSON.`, '某段不是严格的 JSON。', {
      part,
      problem: thrown.code,
      ...thrown.facts,
    })
  }
}

const headerMembers = ['alg', 'cty', 'kid', 'typ']

/** The header must say these four things and nothing else: `crit`, `b64`, `jwk`, `jku`, `x5u`, `x5c` have no place in it. */
function readHeader(
  header: Readonly<Record<string, unknown>>,
): Pick<Compact, 'algorithm' | 'kid'> | { readonly fault: FormatFault } {
  const strange = Object.keys(header).find((name) => !headerMembers.includes(name))
  if (strange !== undefined) {
    return refuse(
      `The header says "${strange}", which credentials do not use.`,
      '头部含有凭证不使用的参数。',
      {
        member: strange,
      },
    )
  }
  const { alg, typ, cty, kid } = header
  const algorithm = credentialAlgorithms.find((known) => known === alg)
  if (algorithm === undefined) {
    return refuse('The algorithm is neither EdDSA nor ES256.', '签名算法既不是 EdDSA 也不是 ES256。', { alg })
  }
  if (typ !== 'vc+jwt' || cty !== 'vc') {
    return refuse(
      'The header must say typ "vc+jwt" and cty "vc".',
      '头部必须写明 typ "vc+jwt" 和 cty "vc"。',
      { typ, cty },
    )
  }
  if (typeof kid !== 'string') return refuse('The header names no key.', '头部未指明密钥。')
  return { algorithm, kid }
}

function refuse(
  en: string,
  zh: string,
  facts?: Readonly<Record<string, unknown>>,
): { readonly fault: FormatFault } {
  return { fault: facts === undefined ? { en, zh } : { en, zh, facts } }
}
