/**
 * POST /v1/verifications and /v1/verifications/bulk: every check by its name, for anyone. A negative verdict is a 200 with
 * reasons.
 */

import { z } from '@hono/zod-openapi'
import { type Asked, openVerification, verifyById } from '../../../actions/credentials/verify.ts'
import { verifyEach } from '../../../actions/credentials/verify-each.ts'
import { opinions } from '../../../certification/scheme.ts'
import { jwtLengthMax } from '../../../credential/compact.ts'
import { hasCredentialShape } from '../../../credential/compiled-shape.ts'
import { webCryptoPlatform } from '../../../credential/platform.ts'
import { checkNames } from '../../../credential/verdict.ts'
import { type Verification, verifyIn } from '../../../credential/verify.ts'
import { Problem } from '../../../problem.ts'
import { parseVerifierKey } from '../../../transparency/note.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'

/** Of any length that the body may have: what is no credential is a verdict, and one of a thousand does not sink the others. */
const Jwt = z
  .string()
  .describe(
    `Compact vc+jwt, exactly as issued; above ${jwtLengthMax} characters it fails the check of its form`,
  )
const Receipt = z.string().describe('Its tlog-proof; else the one that is kept here').optional()
const Witnesses = z
  .strictObject({
    keys: z.array(z.string().max(300)).min(1).max(20).describe('Verifier keys: <name>+<hash>+<base64>'),
    quorum: z.int().min(1).max(20).describe('How many of them must have cosigned'),
  })
  .optional()
  .describe('Whose word on the log is asked for beside the log’s own')

const VerificationRequest = z
  .union(
    [
      z.strictObject({ credential: Jwt, receipt: Receipt, witnesses: Witnesses }),
      z.strictObject({ credentialId: Id.describe('A credential issued here'), witnesses: Witnesses }),
    ],
    'is either {"credential": "<compact vc+jwt>"} or {"credentialId": "<UUID>"}',
  )
  .openapi('VerificationRequest')

const VerificationView = z
  .object({
    verified: z.boolean().describe('Authentic and in its term; says nothing of the opinion'),
    opinion: z.enum(opinions).nullable(),
    documentKind: z.enum(['VerificationStatement', 'Certificate']).nullable(),
    development: z.boolean().nullable().describe('Issued for trying out'),
    headline: z.object({ en: z.string(), zh: z.string() }),
    checks: z.array(
      z.object({
        name: z.enum(checkNames),
        outcome: z.enum(['passed', 'failed', 'not-checked']),
        reason: z.string(),
        reasonZh: z.string(),
        facts: z.record(z.string(), z.unknown()),
      }),
    ),
    credential: z.record(z.string(), z.unknown()).nullable().describe('To be believed only where verified'),
  })
  .openapi('Verification')

const verifyRoute = route(
  { access: 'public', bodyBytesMax: 256 * 1024 },
  {
    method: 'post',
    path: '/v1/verifications',
    operationId: 'verifyCredential',
    tags: ['Public'],
    summary: 'Verify a credential, check by check',
    description:
      'Anyone may call. DID documents, status lists and facts are taken from this installation and from hosts on its list; nothing else is fetched.',
    request: { body: { required: true, content: { 'application/json': { schema: VerificationRequest } } } },
    responses: {
      200: { description: 'The verdict', content: { 'application/json': { schema: VerificationView } } },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

/** Credentials of one call, and their bytes: a thousand of the usual size, receipts included. */
const bulkMax = 1000
const bulkBytesMax = 24 * 1024 * 1024

const BulkRequest = z
  .strictObject({
    credentials: z
      .array(z.strictObject({ credential: Jwt, receipt: Receipt }))
      .min(1)
      .max(bulkMax),
    witnesses: Witnesses,
  })
  .openapi('BulkVerificationRequest')

/** Of many, what decides: the document itself the caller has. */
const BriefView = VerificationView.omit({ credential: true })
  .extend({ number: z.string().nullable() })
  .openapi('BriefVerification')

const BulkView = z
  .object({
    verified: z.int().describe('How many are authentic and in their term'),
    verifications: z.array(BriefView).describe('In the order of the request'),
  })
  .openapi('BulkVerification')

const bulkRoute = route(
  { access: 'public', bodyBytesMax: bulkBytesMax },
  {
    method: 'post',
    path: '/v1/verifications/bulk',
    operationId: 'verifyCredentials',
    tags: ['Public'],
    summary: `Verify up to ${bulkMax} credentials in one call`,
    description:
      'Lists, keys and checkpoints that they share are read once. Send each with its receipt: those without one are looked for here, a hundred at most. Of documents of every kind that the credentials name, 400 are read; what is beyond counts as unreachable.',
    request: { body: { required: true, content: { 'application/json': { schema: BulkRequest } } } },
    responses: {
      200: { description: 'The verdicts', content: { 'application/json': { schema: BulkView } } },
      ...refusals('invalid-request', 'too-many-items', 'body-too-large'),
    },
  },
)

/** Imported keys are remembered in the isolate. */
const platform = { ...webCryptoPlatform(crypto.subtle), hasShape: hasCredentialShape }

export const verifications = router()
  .openapi(verifyRoute, async (c) => {
    const asked = c.req.valid('json')
    const session = await openVerification(c.var.ports, platform, witnessesOf(asked.witnesses))
    const verification =
      'credential' in asked
        ? await verifyIn(session, asked.credential, accompanying(asked.receipt))
        : await verifyById(c.var.ports, session, asked.credentialId)
    return c.json(view(verification), 200, { 'cache-control': 'no-store' })
  })
  .openapi(bulkRoute, async (c) => {
    const { credentials, witnesses } = c.req.valid('json')
    const session = await openVerification(c.var.ports, platform, witnessesOf(witnesses))
    const told = await verifyEach(session, credentials, brief)
    const body = { verified: told.filter(({ verified }) => verified).length, verifications: told }
    return c.json(body, 200, { 'cache-control': 'no-store' })
  })

function accompanying(receipt: string | undefined) {
  return receipt === undefined ? {} : { receipt }
}

/** @throws Problem `invalid-request` for what is no verifier key of a witness. */
function witnessesOf(asked: z.infer<typeof Witnesses>): Asked {
  if (asked === undefined) return {}
  const keys = asked.keys.map((text, at) => {
    const key = parseVerifierKey(text)
    if (key?.type === 'cosignature') return key
    throw new Problem('invalid-request', 'A witness is named by its verifier key for cosignatures.', {
      pointer: `/witnesses/keys/${at}`,
    })
  })
  return { witnesses: { keys, quorum: asked.quorum } }
}

function view({ checks, credential, ...rest }: Verification): z.infer<typeof VerificationView> {
  const plain = credential as Record<string, unknown> | null
  return { ...rest, checks: checks.map(plainCheck), credential: plain }
}

function brief({ checks, credential, ...rest }: Verification): z.infer<typeof BriefView> {
  return { ...rest, checks: checks.map(plainCheck), number: credential?.number ?? null }
}

function plainCheck({ facts, ...check }: Verification['checks'][number]) {
  return { ...check, facts: { ...facts } }
}
