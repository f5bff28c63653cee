/**
 * The reference signer: what a body runs beside its own key. It signs for one installation, whose DID document it pins, and only
 * status lists and documents of its own body: whoever takes over the installation can ask for a credential, and finds it in the
 * signer's own records.
 */

import { z } from 'zod'
import { assertionKey, type CredentialAlgorithm } from '../credential/did-document.ts'
import { webCryptoVerifier } from '../credential/signature.ts'
import { digestOfBytes } from '../json/digest.ts'
import { decodeBase64url, decodeUtf8, encodeUtf8 } from '../json/encoding.ts'
import { parseJson } from '../json/scan.ts'
import type { SigningAlgorithm } from '../ports/signing.ts'
import { keyProofType, requestTokenType } from './remote-signer.ts'

/** What a signer knows and may do. */
export interface SignerMeans {
  /** DID of the body whose key this is. */
  readonly did: string
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** Its own address, as it is registered: tokens for another one are refused. */
  readonly url: string
  /** The pinned DID of the installation. */
  readonly installation: string
  /** The installation's DID document, as the body has it: read for each request, so that a newer one can be put in its place. */
  readonly installationDocument: () => unknown
  /** Whether credentials are signed; status lists always are. */
  readonly signsCredentials: boolean
  readonly now: () => Date
  readonly sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  /** Told of everything that was signed or refused. */
  readonly tell: (record: Readonly<Record<string, unknown>>) => void
}

/** What came in, as HTTP has it. */
export interface SignRequest {
  readonly authorization: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** The signature, or the status and the word of a refusal. */
export type SignAnswer =
  | { readonly status: 200; readonly signature: Uint8Array }
  | { readonly status: 400 | 401 | 403; readonly refused: string }

/** Bytes of a request that are looked at. */
export const signRequestBytesMax = 1_048_576
/** How far ahead a token may end, and how far clocks may be apart, seconds. */
const tokenSecondsMax = 120
const skewSeconds = 30

/** A signer with a memory of the tokens it has seen. */
export function signerService(means: SignerMeans): (request: SignRequest) => Promise<SignAnswer> {
  const seen = new Map<string, number>()
  return async (request) => {
    const answer = await answerTo(means, seen, request)
    if ('refused' in answer) means.tell({ refused: answer.refused, status: answer.status })
    return answer
  }
}

async function answerTo(
  means: SignerMeans,
  seen: Map<string, number>,
  { authorization, body }: SignRequest,
): Promise<SignAnswer> {
  const claims = await claimsOf(means, authorization)
  if (typeof claims === 'string') return { status: 401, refused: claims }
  if (claims.digest !== digestOfBytes(body)) return { status: 401, refused: 'the token is of another body' }
  if (!isFirst(seen, claims, means.now())) return { status: 401, refused: 'the token was used before' }
  const asked = readAsked(body)
  if (asked === undefined) return { status: 400, refused: 'this is no signing input' }
  const what = judge(means, asked)
  if ('refused' in what) return { status: 403, refused: what.refused }
  const signature = await means.sign(body)
  means.tell({ signed: what.signed, id: what.id, digest: claims.digest })
  return { status: 200, signature }
}

const claimsForm = z.object({
  iss: z.string(),
  aud: z.string(),
  jti: z.string().min(8).max(100),
  iat: z.int(),
  exp: z.int(),
  digest: z.string(),
})
type Claims = z.infer<typeof claimsForm>
const tokenHeader = z.strictObject({
  alg: z.enum(['EdDSA', 'ES256']),
  typ: z.literal(requestTokenType),
  kid: z.string().max(700),
})

/** The claims of a token that the pinned installation signed for this signer, now; or why not. */
async function claimsOf(means: SignerMeans, authorization: string): Promise<Claims | string> {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization)
  if (token === null || authorization.length > 8192) return 'there is no token'
  const [, header = '', payload = '', signature = ''] = token
  const head = tokenHeader.safeParse(jsonOf(header))
  const claims = claimsForm.safeParse(jsonOf(payload))
  const signed = decodeBase64url(signature)
  if (!head.success || !claims.success || signed === undefined) return 'the token has another form'
  const { alg, kid } = head.data
  const found = assertionKey(
    means.installationDocument(),
    means.installation,
    kid,
    alg as CredentialAlgorithm,
  )
  if ('fault' in found || found.revokedFromLeaf !== null) return 'the token names no key of the installation'
  const verify = webCryptoVerifier(crypto.subtle as never)
  const input = encodeUtf8(`${header}.${payload}`)
  if (!(await verify(found.key, alg as CredentialAlgorithm, signed, input)))
    return 'the token is not signed so'
  return staleness(means, claims.data) ?? claims.data
}

function staleness(
  { installation, url, now }: SignerMeans,
  { iss, aud, iat, exp }: Claims,
): string | undefined {
  const seconds = now().getTime() / 1000
  if (iss !== installation) return 'the token is of another installation'
  if (aud !== url) return 'the token is for another signer'
  if (exp <= seconds || iat > seconds + skewSeconds) return 'the token is not of this moment'
  return exp > seconds + tokenSecondsMax ? 'the token lives too long' : undefined
}

/** Each token once; what is past its time is forgotten, since it is refused anyway. */
function isFirst(seen: Map<string, number>, { jti, exp }: Claims, now: Date): boolean {
  for (const [one, until] of seen) if (until <= now.getTime() / 1000) seen.delete(one)
  if (seen.has(jti)) return false
  seen.set(jti, exp)
  return true
}

interface Asked {
  readonly header: unknown
  readonly payload: unknown
}

function readAsked(body: Uint8Array): Asked | undefined {
  const parts = /^([\w-]+)\.([\w-]+)$/.exec(textOf(body))
  const [header, payload] = [jsonOf(parts?.[1] ?? ''), jsonOf(parts?.[2] ?? '')]
  return header === undefined || payload === undefined ? undefined : { header, payload }
}

type Judgement = { readonly signed: string; readonly id: string } | { readonly refused: string }

const proofForm = z.strictObject({ iss: z.string(), sub: z.string(), jti: z.string(), iat: z.int() })
const documentForm = z.looseObject({
  id: z.string().max(500),
  type: z.array(z.string()).max(10),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
})

/** Which of the things it signs this is: nothing else leaves it with a signature. */
function judge(means: SignerMeans, { header, payload }: Asked): Judgement {
  const kid = `${means.did}#${means.kid}`
  if (isHeader(header, { alg: means.algorithm, typ: keyProofType, kid })) {
    const proof = proofForm.safeParse(payload)
    const isOurs = proof.success && proof.data.iss === means.installation && proof.data.sub === kid
    return isOurs
      ? { signed: 'key-proof', id: proof.data.jti }
      : { refused: 'the challenge is not for this key' }
  }
  if (!isHeader(header, { alg: means.algorithm, typ: 'vc+jwt', cty: 'vc', kid })) {
    return { refused: 'the header is not that of a credential under this key' }
  }
  return judgeDocument(means, payload)
}

function judgeDocument({ did, signsCredentials }: SignerMeans, payload: unknown): Judgement {
  const read = documentForm.safeParse(payload)
  if (!read.success) return { refused: 'the payload is no credential' }
  const { id, type, issuer } = read.data
  if ((typeof issuer === 'string' ? issuer : issuer.id) !== did) return { refused: 'the issuer is another' }
  if (type.includes('BitstringStatusListCredential')) return { signed: 'status-list', id }
  const isDocument = type.includes('VerificationStatement') || type.includes('Certificate')
  if (!isDocument) return { refused: 'the credential is of a kind that is not signed here' }
  return signsCredentials
    ? { signed: 'credential', id }
    : { refused: 'credentials are not signed without an approval' }
}

function isHeader(header: unknown, wanted: Readonly<Record<string, string>>): boolean {
  if (typeof header !== 'object' || header === null) return false
  const members = Object.entries(header)
  return (
    members.length === Object.keys(wanted).length &&
    members.every(([name, value]) => Object.hasOwn(wanted, name) && wanted[name] === value)
  )
}

/** JSON in base64url, read strictly; undefined for anything else. */
function jsonOf(base64url: string): unknown {
  const bytes = decodeBase64url(base64url)
  if (bytes === undefined || bytes.length === 0) return undefined
  try {
    return parseJson(decodeUtf8(bytes), { maxDepth: 64 })
  } catch {
    return undefined
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    return ''
  }
}
