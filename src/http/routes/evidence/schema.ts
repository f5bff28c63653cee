/** Evidence on the wire. */

import { z } from '@hono/zod-openapi'
import type { Coverage } from '../../../actions/evidence/evidence-coverage.ts'
import {
  clockStarts,
  evidenceKinds,
  evidenceLimits,
  evidenceStates,
  evidenceTargets,
  isPastRetention,
  type Retention,
} from '../../../certification/evidence.ts'
import {
  evidenceMediaTypes,
  type RefusalReason,
  refusalReasons,
} from '../../../certification/evidence-content/media-types.ts'
import { formatDecimal } from '../../../engine/decimal.ts'
import type { Evidence, EvidenceLink, EvidenceSeen } from '../../../ports/evidence.ts'
import type { UploadAddress } from '../../../ports/files.ts'
import { Id, Instant, instant, line, list, text } from '../../schemas.ts'

const Day = z.iso.date().describe('Local date')

export const AnnouncementBody = z
  .strictObject({
    kind: z.enum(evidenceKinds),
    name: line(200)
      .refine((name) => !/[/\\]/.test(name), 'is a file’s name, without folders')
      .describe('As people know the file; it is handed out under a name of its own'),
    mediaType: z.enum(evidenceMediaTypes).describe('The content must agree with it'),
    size: z.int().min(1).max(evidenceLimits.bytesMax).describe('Bytes'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'is 64 lower-case hex digits')
      .describe('SHA-256 of the bytes'),
    description: text(2000).optional(),
    takenOn: Day.optional().describe('When a photograph was taken, a paper made out'),
    validUntil: Day.optional().describe('Last day of a calibration, a contract'),
  })
  .openapi('EvidenceAnnouncement')

const id = line(200)
export const LinksBody = z
  .strictObject({
    lines: z.array(id).max(evidenceLimits.linksAtOnceMax).optional(),
    meters: z
      .array(id)
      .max(evidenceLimits.linksAtOnceMax)
      .optional()
      .describe('Serials, as lines and sites read them'),
    findings: z
      .array(z.strictObject({ engagementId: Id, number: z.int().min(1).max(100_000) }))
      .max(evidenceLimits.linksAtOnceMax)
      .optional(),
  })
  .openapi('EvidenceLinks')

export const UnlinkBody = z.strictObject({ reason: text(2000) }).openapi('EvidenceUnlinking')

const LinkView = z
  .object({
    id: Id,
    kind: z.enum(evidenceTargets),
    line: z.string().nullable(),
    meter: z.string().nullable(),
    finding: z.object({ engagementId: Id, number: z.int() }).nullable(),
    revision: z.int().describe('The revision that it was made for'),
    linkedAt: Instant,
    unlinked: z
      .object({
        at: Instant,
        reason: z.string(),
        from: z.int().describe('It stood in the revisions before this one'),
      })
      .nullable(),
  })
  .openapi('EvidenceLink')

export const RetentionView = z
  .object({
    keptUntil: Instant.nullable(),
    since: Instant.nullable().describe('When the clock started'),
    startedBy: z.enum(clockStarts).nullable(),
    years: z.int().nullable(),
    because: z
      .enum(['clock-not-started', 'scheme-silent'])
      .nullable()
      .describe('Why there is no `keptUntil`'),
    isPast: z.boolean(),
  })
  .openapi('EvidenceRetention')

export const EvidenceView = z
  .object({
    id: Id,
    footprintId: Id,
    engagementId: Id.nullable().describe('Of a body’s own evidence'),
    number: z.int().describe('Within its footprint or engagement'),
    revision: z.int().describe('The revision that it was brought for'),
    kind: z.enum(evidenceKinds),
    name: z.string(),
    mediaType: z.enum(evidenceMediaTypes),
    size: z.int(),
    sha256: z.string(),
    description: z.string().nullable(),
    takenOn: z.string().nullable(),
    validUntil: z.string().nullable(),
    state: z.enum(evidenceStates),
    refusal: z
      .object({
        reason: z.enum(Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]]),
        text: z.object({ en: z.string(), zh: z.string() }),
        found: list(z.enum(evidenceMediaTypes)).describe('What it is instead'),
      })
      .nullable(),
    announcedAt: Instant,
    settledAt: Instant.nullable(),
    erasedAt: Instant.nullable(),
    links: list(LinkView).describe('Newest first; in lists the newest 200'),
    linkCount: z.int().describe('Links ever made'),
  })
  .openapi('Evidence')

export const EvidenceWithClock = EvidenceView.extend({ retention: RetentionView }).openapi(
  'EvidenceWithClock',
)

export const UploadView = z
  .object({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()).describe('All of them are sent with the file'),
    expiresAt: Instant,
  })
  .openapi('EvidenceUpload')

export const AnnouncedView = EvidenceView.extend({ upload: UploadView.nullable() }).openapi(
  'AnnouncedEvidence',
)

export const ContentView = z
  .object({
    url: z.string().describe('Whoever has it can fetch the file until it expires'),
    expiresAt: Instant,
    mediaType: z.enum(evidenceMediaTypes),
    size: z.int(),
    sha256: z.string(),
  })
  .openapi('EvidenceContent')

const BackingView = z.object({
  id: Id,
  of: z.enum(['footprint', 'engagement']),
  number: z.int(),
  kind: z.enum(evidenceKinds),
  name: z.string(),
})

export const CoverageView = z
  .object({
    revision: z.int().nullable().describe('Null for a draft'),
    lineCount: z.int(),
    bareCount: z.int().describe('Lines that no kept file stands behind'),
    backedShare: z
      .string()
      .nullable()
      .describe(
        'Part of the sizes of all lines together that a file stands behind; null where they are all zero',
      ),
    lines: list(
      z.object({
        id: z.string(),
        place: z.int(),
        category: z.string(),
        kgCo2e: z.string(),
        share: z.string().nullable().describe('Its size against the total; null where the total is zero'),
        evidence: list(BackingView).describe('The newest twenty'),
        evidenceCount: z.int(),
      }),
    ),
    missing: z
      .object({
        count: z.int(),
        lines: list(
          z.object({
            line: z.string(),
            category: z.string(),
            share: z.string().nullable(),
            kinds: list(z.enum(evidenceKinds)).describe('Any of these would do'),
          }),
        ),
      })
      .nullable()
      .describe(
        'Lines that lack evidence which the scheme asks for, 500 at most; null where it asks for none',
      ),
  })
  .openapi('EvidenceCoverage')

const optionalInstant = (at: Date | null) => at && instant(at)

function viewLink(tie: EvidenceLink): z.infer<typeof LinkView> {
  const { id: linkId, kind, target, engagementId, findingNumber, revision, linkedAt, unlinked } = tie
  return {
    id: linkId,
    kind,
    line: kind === 'line' ? target : null,
    meter: kind === 'meter' ? target : null,
    finding: engagementId !== null && findingNumber !== null ? { engagementId, number: findingNumber } : null,
    revision,
    linkedAt: instant(linkedAt),
    unlinked: unlinked && { ...unlinked, at: instant(unlinked.at) },
  }
}

export function viewEvidence({ evidence, links }: EvidenceSeen): z.infer<typeof EvidenceView> {
  const { organizationId: _, bytesRemovedAt: _removed, refusal, ...rest } = evidence
  return {
    ...rest,
    refusal: refusal && { ...refusal, text: refusalReasons[refusal.reason] },
    announcedAt: instant(evidence.announcedAt),
    settledAt: optionalInstant(evidence.settledAt),
    erasedAt: optionalInstant(evidence.erasedAt),
    links: links.map(viewLink),
  }
}

export function viewRetention(retention: Retention, now: Date): z.infer<typeof RetentionView> {
  return {
    ...retention,
    keptUntil: optionalInstant(retention.keptUntil),
    since: optionalInstant(retention.since),
    isPast: isPastRetention(retention, now),
  }
}

export function viewUpload(upload: UploadAddress): z.infer<typeof UploadView> {
  return { ...upload, headers: { ...upload.headers }, expiresAt: instant(upload.expiresAt) }
}

export function viewContent(content: {
  url: string
  expiresAt: Date
  evidence: Evidence
}): z.infer<typeof ContentView> {
  const { mediaType, size, sha256 } = content.evidence
  return { url: content.url, expiresAt: instant(content.expiresAt), mediaType, size, sha256 }
}

const optionalShare = (share: number | null) => (share === null ? null : formatDecimal(share))

export function viewCoverage({ lines, missing, ...rest }: Coverage): z.infer<typeof CoverageView> {
  return {
    ...rest,
    lines: lines.map((one) => ({
      ...one,
      share: optionalShare(one.share),
      evidence: one.evidence.map(({ line: _, ...behind }) => behind),
    })),
    missing: missing && {
      count: missing.count,
      lines: missing.lines.map((one) => ({ ...one, share: optionalShare(one.share) })),
    },
  }
}
