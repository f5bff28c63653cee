/** POST /v1/verifications: every check by its name, for anyone. A negative verdict is a 200 with reasons. */

import { z } from '@hono/zod-openapi'
import { verifyById, verifyJwt } from '../../../actions/credentials/verify.ts'
import { opinions } from '../../../certification/scheme.ts'
import { jwtLengthMax } from '../../../credential/compact.ts'
import { webCryptoVerifier } from '../../../credential/signature.ts'
import { checkNames } from '../../../credential/verdict.ts'
import type { Verification } from '../../../credential/verify.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'

const VerificationRequest = z
  .union(
    [
      z.strictObject({
        credential: z.string().min(1).max(jwtLengthMax).describe('Compact vc+jwt, exactly as issued'),
      }),
      z.strictObject({ credentialId: Id.describe('A credential issued here') }),
    ],
    `is either {"credential": "<compact vc+jwt of at most ${jwtLengthMax} characters>"} or {"credentialId": "<UUID>"}`,
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
  { access: 'public', bodyBytesMax: 128 * 1024 },
  {
    method: 'post',
    path: '/v1/verifications',
    operationId: 'verifyCredential',
    tags: ['Public'],
    summary: 'Verify a credential, check by check',
    description:
      'Anyone may call. DID documents are taken from this installation only; nothing foreign is fetched.',
    request: { body: { required: true, content: { 'application/json': { schema: VerificationRequest } } } },
    responses: {
      200: { description: 'The verdict', content: { 'application/json': { schema: VerificationView } } },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

/** Imported keys are remembered in the isolate. */
const verifySignature = webCryptoVerifier(crypto.subtle)

export const verifications = router().openapi(verifyRoute, async (c) => {
  const asked = c.req.valid('json')
  const verification =
    'credential' in asked
      ? await verifyJwt(c.var.ports, verifySignature, asked.credential)
      : await verifyById(c.var.ports, verifySignature, asked.credentialId)
  return c.json(view(verification), 200, { 'cache-control': 'no-store' })
})

function view({ checks, credential, ...rest }: Verification): z.infer<typeof VerificationView> {
  const plain = credential as Record<string, unknown> | null
  return {
    ...rest,
    checks: checks.map((check) => ({ ...check, facts: { ...check.facts } })),
    credential: plain,
  }
}
