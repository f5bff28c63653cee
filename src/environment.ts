/** Everything an installation is told from outside, read once and checked, so that a wrong value is named at the start. */

import { z } from 'zod'
import { levels } from './records.ts'
import { parseVerifierKey } from './transparency/note.ts'

/** Thrown by `readEnvironment`; names each variable and what is wrong with it, never its value. */
export class EnvironmentRefused extends Error {
  override name = 'EnvironmentRefused'
}

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => new URL(text).origin === text, 'must be an origin, without a path')

const key32 = z
  .base64()
  .refine((text) => atob(text).length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)')

function json(what: string) {
  return z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: `must be a JSON ${what}` })
      return z.NEVER
    }
  })
}

const keyRing = json('object of key ids and base64 keys').pipe(
  z.record(z.string().regex(/^[\w.-]{1,64}$/), key32),
)

const witnesses = json('list of {"url", "key"}')
  .pipe(
    z
      .array(
        z.strictObject({
          /** Submission prefix. */
          url: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
          key: z
            .string()
            .refine(
              (text) => parseVerifierKey(text)?.type === 'cosignature',
              'must be the verifier key of a witness: <name>+<hash>+<base64>',
            ),
        }),
      )
      .max(16),
  )
  .refine(
    (list) => new Set(list.map(({ key }) => parseVerifierKey(key)?.name)).size === list.length,
    'must name each witness once',
  )

/** Hosts with port, if any, separated by spaces. */
const hosts = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((host) => host !== ''))

const shape = z
  .object({
    /** Origin under which the world reaches this installation; bodies' DIDs are made of its host. */
    PUBLIC_URL: origin,
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** `host:port` of a WebSocket-to-TCP proxy in front of a Postgres that is not Neon. */
    NEON_WS_PROXY: z
      .string()
      .regex(/^[\w.-]+:\d+$/)
      .optional(),
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }),
    S3_REGION: z.string().min(1).default('auto'),
    S3_ACCESS_KEY_ID: z.string().min(1),
    S3_SECRET_ACCESS_KEY: z.string().min(1),
    S3_PUBLIC_BUCKET: z.string().min(3),
    S3_PRIVATE_BUCKET: z.string().min(3),
    /** `false` for stores that take the bucket in the host name only (Alibaba OSS). */
    S3_FORCE_PATH_STYLE: z.stringbool().default(true),
    /** JSON object: key id → 32 bytes in base64. Older keys stay, so that what they wrapped still opens. */
    KEY_ENCRYPTION_KEYS: keyRing,
    /** Which of `KEY_ENCRYPTION_KEYS` wraps new keys. */
    KEY_ENCRYPTION_KEY_ID: z.string().min(1),
    /** 32 bytes in base64: key of the hash that finds a person again. Changing it makes every person unknown. */
    IDENTITY_KEY: key32,
    /** Life of an access token, seconds. */
    TOKEN_SECONDS: z.coerce.number().int().min(60).max(86_400).default(900),
    /** Hosts whose DID documents, status lists and facts may be fetched, separated by spaces; this one's own needs no naming. */
    DID_HOSTS: hosts,
    /** Hosts (with port, if any) of bodies' own signers that may be asked, separated by spaces. */
    SIGNER_HOSTS: hosts,
    /** Hosts (with port, if any) that messages may be sent to, separated by spaces; `*.example.com` for every host under one. */
    WEBHOOK_HOSTS: hosts,
    /** Life of a signed status list, seconds; it is signed anew when less than two thirds are left. */
    STATUS_SECONDS: z.coerce.number().int().min(300).max(86_400).default(900),
    /** JSON list of the witnesses that are asked to cosign the log's checkpoints (C2SP tlog-witness). */
    LOG_WITNESSES: witnesses.default([]),
    /** Algorithm of new credential keys. */
    CREDENTIAL_ALGORITHM: z.enum(['EdDSA', 'ES256']).default('EdDSA'),
    /** The least grave records that are written to the log: `info` has one for each request. */
    LOG_LEVEL: z.enum(levels).default('info'),
    /** Answers carry `x-egret-cost`: round trips to Postgres and object reads and writes. For benches and tests. */
    REPORT_COST: z.stringbool().default(false),
  })
  .refine((env) => env.KEY_ENCRYPTION_KEY_ID in env.KEY_ENCRYPTION_KEYS, {
    path: ['KEY_ENCRYPTION_KEY_ID'],
    message: 'must name one of KEY_ENCRYPTION_KEYS',
  })
  .refine((env) => env.S3_PUBLIC_BUCKET !== env.S3_PRIVATE_BUCKET, {
    path: ['S3_PRIVATE_BUCKET'],
    message: 'must be another bucket than S3_PUBLIC_BUCKET',
  })

export type Environment = z.output<typeof shape>

/** The variables by name; `secret` ones are never in `wrangler.toml`. Scripts and the README follow this list. */
export const environmentVariables = {
  required: ['PUBLIC_URL', 'S3_ENDPOINT', 'S3_PUBLIC_BUCKET', 'S3_PRIVATE_BUCKET', 'KEY_ENCRYPTION_KEY_ID'],
  secret: ['DATABASE_URL', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'KEY_ENCRYPTION_KEYS', 'IDENTITY_KEY'],
  /** What stands by itself, whatever database and buckets are. */
  chosen: [
    'TOKEN_SECONDS',
    'DID_HOSTS',
    'SIGNER_HOSTS',
    'WEBHOOK_HOSTS',
    'STATUS_SECONDS',
    'LOG_WITNESSES',
    'CREDENTIAL_ALGORITHM',
    'LOG_LEVEL',
    'REPORT_COST',
  ],
} as const

/**
 * Reads and checks the environment; an empty variable counts as absent.
 *
 * @throws EnvironmentRefused naming every variable that is missing or wrong.
 */
export function readEnvironment(source: Readonly<Record<string, unknown>>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const read = shape.safeParse(given)
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => {
    const name = path.join('.')
    return name in given ? `  ${name}: ${message}` : `  ${name} is missing`
  })
  throw new EnvironmentRefused(
    `The environment is not complete (docs/deployment.md says what to set):\n${faults.join('\n')}`,
  )
}
