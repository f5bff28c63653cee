/** Working papers on the wire: one body for each kind, bounded. */

import { z } from '@hono/zod-openapi'
import { paperKinds } from '../../../certification/paper-kinds.ts'
import {
  evidenceMethods,
  overridableGuards,
  type PaperContent,
  recordedKinds,
  riskLevels,
  tieKinds,
  visitKinds,
} from '../../../certification/papers.ts'
import { parts } from '../../../certification/scheme.ts'
import { isDigest } from '../../../json/digest.ts'
import type { PaperRow } from '../../../ports/engagements.ts'
import { Id, Instant, instant, line, text } from '../../schemas.ts'

const Day = z.iso.date()
const Digest = z.string().refine(isDigest, 'is sha256: and 64 lower-case hex digits')
const AnyPart = z.enum(parts).nullable().default(null)
const Lines = z.array(line(100)).max(200).default([])
const long = text(10_000)
const Both = z.strictObject({ en: text(1000), zh: text(1000) })
const Year = z.string().regex(/^[0-9]{4}$/, 'is a calendar year, e.g. 2030')

const Tie = z.strictObject({
  kind: z.enum(tieKinds),
  party: line(200).describe('With whom'),
  from: Day,
  until: Day.nullable().default(null).describe('Last day; null while it lasts'),
  description: text(2000),
})

const Risk = z.strictObject({
  area: line(200),
  part: AnyPart,
  inherent: z.enum(riskLevels).describe('Of the matter itself'),
  control: z.enum(riskLevels).describe('That the client’s controls fail'),
  detection: z.enum(riskLevels).describe('That the team’s procedures miss it'),
  response: text(2000),
  lines: Lines,
})

const bodies = {
  'impartiality-declaration': z.strictObject({
    ties: z.array(Tie).max(20).describe('Ties with any party of the footprint; none is a statement too'),
  }),
  agreement: z.strictObject({
    title: line(200),
    documentDigest: Digest.describe('SHA-256 of the agreement’s text'),
    agreedOn: Day,
  }),
  'agreement-signature': z.strictObject({
    documentDigest: Digest.describe('Of the agreement on file: what is signed'),
  }),
  'reduction-plan': z.strictObject({
    statement: Both.describe('How the footprint is to fall, in both languages; it stands in the document'),
    targets: z
      .array(
        z.strictObject({
          label: Both,
          fromYear: Year,
          toYear: Year,
          reduction: z
            .string()
            .regex(/^[01](?:\.[0-9]{1,6})?$/, 'is a share, e.g. 0.3')
            .describe('Share by which the result is to fall'),
        }),
      )
      .max(10)
      .default([]),
    documentDigest: Digest.nullable()
      .default(null)
      .describe('SHA-256 of the plan itself, where there is one'),
  }),
  'strategic-analysis': z.strictObject({
    operations: long,
    sources: long.describe('Sources and sinks, and what is left out'),
    dataAndControls: long,
    intendedUse: long,
  }),
  'risk-assessment': z.strictObject({ risks: z.array(Risk).min(1).max(200) }),
  'verification-plan': z.strictObject({
    steps: z
      .array(z.strictObject({ activity: line(400), from: Day, until: Day, who: line(200) }))
      .min(1)
      .max(100),
    sampling: long,
  }),
  'evidence-plan': z.strictObject({
    items: z
      .array(
        z.strictObject({
          about: line(400),
          part: AnyPart,
          method: z.enum(evidenceMethods),
          evidence: text(2000),
          risk: z
            .int()
            .min(1)
            .nullable()
            .default(null)
            .describe('The risk it answers: its place in the risk assessment, from 1'),
        }),
      )
      .min(1)
      .max(300),
  }),
  'document-review': z.strictObject({
    documents: z
      .array(
        z.strictObject({ title: line(400), inOrder: z.boolean(), note: text(2000).nullable().default(null) }),
      )
      .min(1)
      .max(300),
    conclusion: long,
  }),
  'site-visit': z.strictObject({
    site: line(200).describe('What tells visits apart: the same site again is the next version'),
    kind: z.enum(visitKinds),
    from: Day.nullable().default(null),
    until: Day.nullable().default(null),
    participants: z.array(line(200)).max(50).default([]),
    checked: long.nullable().default(null),
    rationale: long.describe('Why there and in this way, or why not at all'),
  }),
  'review-notes': z.strictObject({
    points: z
      .array(
        z.strictObject({
          question: line(400),
          answer: z.enum(['yes', 'no', 'not-applicable']),
          note: text(2000).nullable().default(null),
        }),
      )
      .min(1)
      .max(100),
    conclusion: long,
  }),
  'verification-report': z.strictObject({ procedures: long, results: long, conclusion: long }),
  override: z.strictObject({
    guard: z.enum(overridableGuards).describe('What is set aside; nothing that keeps persons apart can be'),
    reason: text(2000),
  }),
} satisfies Record<Exclude<PaperContent['kind'], 'team-change'>, z.ZodType>

const kindsSent = [...paperKinds, 'override'] as const

/** One schema for each kind, told apart by `kind`. */
export const PaperBody = z
  .discriminatedUnion(
    'kind',
    kindsSent.map((kind) => z.strictObject({ kind: z.literal(kind), body: bodies[kind] })) as never,
  )
  .openapi('NewPaper') as unknown as z.ZodType<PaperContent>

export const PaperView = z
  .object({
    id: Id,
    kind: z.enum(recordedKinds),
    subject: z
      .string()
      .describe('What tells papers of one kind apart, such as a site; of a declaration, who made it'),
    number: z.int().describe('Its version, from 1'),
    body: z.record(z.string(), z.unknown()).describe('As it was recorded; see NewPaper'),
    personName: z.string(),
    at: Instant,
  })
  .openapi('Paper')

export function viewPaper({ id, kind, subject, number, body, personName, at }: PaperRow) {
  const isPersonal = kind === 'impartiality-declaration'
  return {
    ...{ id, kind, number, personName, at: instant(at) },
    subject: isPersonal ? personName : subject,
    body: viewBody(kind, body),
  }
}

/** Persons stay inside under their ids. */
function viewBody(kind: PaperRow['kind'], body: PaperRow['body']): Record<string, unknown> {
  if (kind !== 'team-change') return { ...body }
  const { team, reason } = body as Extract<PaperContent, { kind: 'team-change' }>['body']
  return { roles: team.map(({ role }) => role), reason }
}
