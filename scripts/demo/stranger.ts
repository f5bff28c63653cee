/**
 * A stranger, who has a credential's link and no account: fetches it, asks the API to verify it, runs the same pure verifier
 * here with the issuer's keys from the issuer's own DID document, and changes one byte to see it noticed.
 */

import type { Credential } from '../../src/credential/schema.ts'
import type { CheckName, Outcome } from '../../src/credential/verdict.ts'
import { type Verification, verifyCredential } from '../../src/credential/verify.ts'
import { decodeBase64url, decodeUtf8, encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { type Api, StepFailed } from './api.ts'
import { payloadOf, strangersMeans } from './means.ts'
import { type RecordHolder, recordEvidence } from './recomputation.ts'
import type { Story } from './story.ts'

/** A check as the report lists it. */
export interface ReportedCheck {
  readonly name: CheckName
  readonly outcome: Outcome
  readonly reason: string
}

/** What the stranger found. */
export interface Findings {
  readonly verified: boolean
  readonly headline: string
  readonly opinion: string | null
  /** As POST /v1/verifications answers. */
  readonly checks: readonly ReportedCheck[]
  /** The same verifier on this machine, and with the record, which the holder handed over: the figure computed again. */
  readonly local: { readonly verified: boolean; readonly checks: readonly ReportedCheck[] }
  readonly withRecord: { readonly verified: boolean; readonly checks: readonly ReportedCheck[] }
  /** One digit of the total changed. */
  readonly tampered: {
    readonly verified: boolean
    readonly failed: readonly CheckName[]
    readonly from: string
    readonly to: string
  }
}

/** Verifies a credential in every way there is. @throws StepFailed where one of them does not hold. */
export async function verifyAsStranger(
  api: Api,
  story: Story,
  credentialId: string,
  holder: RecordHolder,
): Promise<Findings> {
  story.step('A stranger', 'follows the link and fetches the signed document.')
  const { body: jwt } = await api.anyone.call<string>('GET', `/credentials/${credentialId}.jwt`, {
    headers: { accept: 'application/vc+jwt' },
    expect: { status: 200 },
  })
  const remote = await askApi(api, story, jwt)
  const local = await verifyHere(story, jwt)
  const withRecord = await verifyWithRecord(api, story, jwt, holder)
  const tampered = await tamper(api, story, jwt)
  return {
    verified: remote.verified && local.verified && withRecord.verified,
    headline: remote.headline.en,
    opinion: remote.opinion,
    checks: remote.checks.map(reported),
    local: { verified: local.verified, checks: local.checks.map(reported) },
    withRecord: { verified: withRecord.verified, checks: withRecord.checks.map(reported) },
    tampered,
  }
}

async function askApi(api: Api, story: Story, jwt: string): Promise<Verification> {
  story.step('The stranger', 'asks the API, check by check.')
  const { body } = await api.anyone.call<Verification>('POST', '/v1/verifications', {
    body: { credential: jwt },
    expect: { status: 200 },
  })
  requireVerified('POST /v1/verifications', body)
  tellChecks(story, body)
  return body
}

async function verifyHere(story: Story, jwt: string): Promise<Verification> {
  story.step(
    'The stranger',
    "believes nobody, and runs the verifier here, with the issuer's DID document fetched from its host.",
  )
  const verification = await verifyCredential(jwt, await strangersMeans(jwt))
  requireVerified('The verifier on this machine', verification)
  story.remark(`${verification.headline.en} ${verification.headline.zh}`)
  return verification
}

async function verifyWithRecord(
  api: Api,
  story: Story,
  jwt: string,
  holder: RecordHolder,
): Promise<Verification> {
  story.step(
    'The holder',
    'hands over the calculation record; factor tables, GWP set, scheme and the engine itself are public, by digest. The figure is computed again.',
  )
  const subject = payloadOf(jwt).credentialSubject as Credential['credentialSubject']
  const evidence = await recordEvidence(api, subject, holder)
  const verification = await verifyCredential(jwt, await strangersMeans(jwt), { evidence })
  requireVerified('The verifier with the record', verification)
  const recomputation = verification.checks.find(({ name }) => name === 'recomputation')
  if (recomputation?.outcome !== 'passed') throw new StepFailed(`Recomputation: ${recomputation?.reason}`)
  story.remark(recomputation.reason)
  return verification
}

async function tamper(api: Api, story: Story, jwt: string): Promise<Findings['tampered']> {
  const forged = withOneDigitChanged(jwt)
  story.step('A forger', `changes one digit of the total, ${forged.from} to ${forged.to}, and asks again.`)
  const { body } = await api.anyone.call<Verification>('POST', '/v1/verifications', {
    body: { credential: forged.jwt },
    expect: { status: 200 },
  })
  const failed = body.checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  if (body.verified || !failed.includes('signature'))
    throw new StepFailed(
      `A forged credential was not refused for its signature: ${JSON.stringify(body.checks)}`,
    )
  tellChecks(story, body)
  return { verified: body.verified, failed, from: forged.from, to: forged.to }
}

/** The credential with the last digit of its printed total moved by one, under the old signature. */
function withOneDigitChanged(jwt: string): {
  readonly jwt: string
  readonly from: string
  readonly to: string
} {
  const [header, payload = '', signature] = jwt.split('.')
  const text = decodeUtf8(decodeBase64url(payload) ?? new Uint8Array())
  const [found = '', before = '', from = ''] = /("total":\{"amount":")([^"]+)/.exec(text) ?? []
  const to = from.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
  const forged = encodeBase64url(encodeUtf8(text.replace(found, `${before}${to}`)))
  return { jwt: [header, forged, signature].join('.'), from, to }
}

function requireVerified(what: string, { verified, checks }: Verification): void {
  if (verified) return
  throw new StepFailed(`${what} does not verify the credential: ${JSON.stringify(checks)}`)
}

/** Every check with its mark, under the verdict. */
export function tellChecks(story: Story, { headline, checks }: Verification): void {
  const marks = { passed: '✓', failed: '✗', 'not-checked': '–' } as const
  const lines = checks.map(({ name, outcome, reason }) => `${marks[outcome]} ${name.padEnd(14)} ${reason}`)
  story.remark([headline.en, ...lines].join('\n'))
}

function reported({ name, outcome, reason }: ReportedCheck): ReportedCheck {
  return { name, outcome, reason }
}
