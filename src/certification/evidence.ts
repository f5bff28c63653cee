/**
 * Evidence: what a figure rests on, as files. Which kinds there are, what a file may be, what it is linked to, what a scheme asks for, and how
 * long it is kept.
 */

/** What a piece of evidence is, as whoever brings it says. */
export const evidenceKinds = [
  'meter-photo',
  'invoice',
  'delivery-note',
  'calibration-record',
  'production-record',
  'contract',
  /** A contractual instrument: a certificate of origin, 绿证, a power purchase. */
  'instrument',
  'laboratory-report',
  'site-photo',
  'record-of-interview',
  'other',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/**
 * `announced`: an upload is awaited. `kept`: its bytes were read again and are what was announced. `refused`: they are not, and count
 * nowhere. `erased`: kept to the end of its term; the row alone remains.
 */
export const evidenceStates = ['announced', 'kept', 'refused', 'erased'] as const
export type EvidenceState = (typeof evidenceStates)[number]

/** What evidence is linked to. */
export const evidenceTargets = ['line', 'meter', 'finding'] as const
export type EvidenceTarget = (typeof evidenceTargets)[number]

/** Bounds: bytes of a file, files of a footprint or of an engagement, links that a file ever had. */
export const evidenceLimits = {
  bytesMax: 100 * 1024 * 1024,
  filesMax: 2_000,
  linksMax: 5_000,
  linksAtOnceMax: 500,
} as const

/** Lives of the addresses under which a file is uploaded and read, seconds. */
export const addressSeconds = { upload: 3_600, download: 300 } as const

/** What a scheme says of evidence; each member is optional. */
export interface EvidenceRules {
  /** Years that evidence is kept from the end of what rests on it; absent: the scheme says nothing. */
  readonly retentionYears?: number | undefined
  readonly required?: readonly RequiredEvidence[] | undefined
}

/** Lines of a category that come to at least a share of the result are each backed by evidence of one of the kinds. */
export interface RequiredEvidence {
  /** Activity category. */
  readonly category: string
  readonly kinds: readonly EvidenceKind[]
  /** Decimal, 0 to 1. */
  readonly shareFrom: string
}

/** The rules on evidence of a scheme; none where it has none. */
export function evidenceRulesOf(scheme: object): EvidenceRules {
  return (scheme as { readonly evidence?: EvidenceRules }).evidence ?? {}
}

/** A line of a result with what it comes to. */
export interface WeighedLine {
  readonly id: string
  readonly category: string
  /** Size of its part of the total, 0 and up; null where nothing can be said, as of a total of zero. */
  readonly share: number | null
}

/** A line and the kind of evidence that stands behind it. */
export interface LineBacking {
  readonly line: string
  readonly kind: EvidenceKind
}

/** A line that lacks evidence which the scheme asks for. */
export interface MissingEvidence {
  readonly line: string
  readonly category: string
  readonly share: number | null
  /** Any of these would do. */
  readonly kinds: readonly EvidenceKind[]
}

/**
 * Lines without the evidence that is asked of them, in the order of the rules and of the lines. A line whose share is not known is asked for
 * its evidence: not known is not small.
 */
export function missingEvidence(
  required: readonly RequiredEvidence[],
  lines: readonly WeighedLine[],
  backings: readonly LineBacking[],
): readonly MissingEvidence[] {
  const kindsOf = Map.groupBy(backings, ({ line }) => line)
  const isBacked = (line: string, kinds: readonly EvidenceKind[]) =>
    kindsOf.get(line)?.some(({ kind }) => kinds.includes(kind)) ?? false
  return required.flatMap(({ category, kinds, shareFrom }) =>
    lines
      .filter((line) => line.category === category && (line.share ?? 1) >= Number(shareFrom))
      .filter(({ id }) => !isBacked(id, kinds))
      .map(({ id, share }) => ({ line: id, category, share, kinds })),
  )
}

/** What starts the clock of retention. */
export const clockStarts = ['issue', 'end-of-validity', 'close-of-engagement'] as const
export type ClockStart = (typeof clockStarts)[number]

/** A verification that rests on the evidence, as far as retention asks. */
export interface RestingVerification {
  /** What its scheme says; null: nothing. */
  readonly retentionYears: number | null
  /** Null while it is in work, or waits for its document. */
  readonly ended: { readonly by: ClockStart; readonly at: Date } | null
}

/** How long evidence is kept, and since when that is counted. */
export interface Retention {
  readonly keptUntil: Date | null
  readonly since: Date | null
  readonly startedBy: ClockStart | null
  readonly years: number | null
  /** Why `keptUntil` is null; null where it is not. */
  readonly because: 'clock-not-started' | 'scheme-silent' | null
}

const notStarted: Retention = {
  keptUntil: null,
  since: null,
  startedBy: null,
  years: null,
  because: 'clock-not-started',
}

/**
 * The retention of evidence on which these verifications rest: the latest of their terms. No clock runs before there is a verification,
 * nor while one of them is in work; and a scheme that says nothing gives no term, which is not a term of zero.
 */
export function retentionOf(verifications: readonly RestingVerification[]): Retention {
  const ended = verifications.flatMap(({ ended: end, retentionYears }) =>
    end ? [{ ...end, years: retentionYears }] : [],
  )
  if (ended.length === 0 || ended.length < verifications.length) return notStarted
  const last = ended.reduce((latest, end) => (endOf(end) >= endOf(latest) ? end : latest))
  const clock = { since: last.at, startedBy: last.by, years: last.years }
  return last.years === null
    ? { ...clock, keptUntil: null, because: 'scheme-silent' }
    : { ...clock, keptUntil: yearsAfter(last.at, last.years), because: null }
}

/** Where nobody said how long, the end is never. */
function endOf({ at, years }: { readonly at: Date; readonly years: number | null }): number {
  return years === null ? Number.POSITIVE_INFINITY : yearsAfter(at, years).getTime()
}

/** The same day and time so many years later; of 29 February where there is none, the day after. */
function yearsAfter(at: Date, years: number): Date {
  const then = new Date(at)
  then.setUTCFullYear(at.getUTCFullYear() + years)
  return then
}

/** Whether the term is over. */
export function isPastRetention({ keptUntil }: Retention, now: Date): boolean {
  return keptUntil !== null && keptUntil.getTime() <= now.getTime()
}

/**
 * The revisions in which a link stood: from the one it was made for, up to the one that was next when it was taken away. So taking it away
 * after a revision was submitted does not change what that revision rested on.
 */
export interface LinkSpan {
  readonly revision: number
  /** Null while it stands. */
  readonly unlinkedFrom: number | null
}

/** Whether the link stood when the revision was submitted, or was made for it since. */
export function stoodIn({ revision, unlinkedFrom }: LinkSpan, number: number): boolean {
  return revision <= number && (unlinkedFrom === null || unlinkedFrom > number)
}
