/**
 * Working papers of an engagement (decision 0070): what each kind holds, and what must stand before it. A paper that is recorded again is
 * the next version of it; no version is ever changed. Contents are known second hand from ISO 14064-3, ISO/IEC 17029 and 14066.
 */

import { type PaperGate, type PaperKind, paperKinds } from './paper-kinds.ts'
import type { Part, Scheme } from './scheme.ts'

/** Ties that could sway a person, by kind. */
export const tieKinds = [
  'consultancy',
  'employment',
  'ownership',
  'family',
  'business',
  'training',
  'other',
] as const

/** A tie with a party of the footprint. Dates are local, `YYYY-MM-DD`. */
export interface Tie {
  readonly kind: (typeof tieKinds)[number]
  /** With whom. */
  readonly party: string
  readonly from: string
  /** Last day; null while it lasts. */
  readonly until: string | null
  readonly description: string
}

export const riskLevels = ['low', 'medium', 'high'] as const
export type RiskLevel = (typeof riskLevels)[number]

/** Where the claim could be materially wrong, and what the team does about it. */
export interface Risk {
  readonly area: string
  readonly part: Part | null
  /** Of the matter itself; of the client's controls failing; of the team's own procedures missing it. */
  readonly inherent: RiskLevel
  readonly control: RiskLevel
  readonly detection: RiskLevel
  readonly response: string
  /** Lines of the activity data concerned. */
  readonly lines: readonly string[]
}

export const evidenceMethods = [
  'document-inspection',
  'recalculation',
  'retracing',
  'observation',
  'inquiry',
  'confirmation',
  'analytical-procedure',
  'sampling',
] as const

export const visitKinds = ['on-site', 'remote', 'none'] as const

/** One text in both languages. */
export interface BothLanguages {
  readonly en: string
  readonly zh: string
}

/** What each kind of paper holds. */
export interface PaperBodies {
  /** By each person for themselves; no ties is a statement too. */
  readonly 'impartiality-declaration': { readonly ties: readonly Tie[] }
  readonly agreement: {
    readonly title: string
    /** SHA-256 of the agreement's text. */
    readonly documentDigest: string
    readonly agreedOn: string
  }
  readonly 'agreement-signature': { readonly documentDigest: string }
  /** How the holder means to reduce the footprint, year by year 持续降碳计划; by the client, and public in the document. */
  readonly 'reduction-plan': {
    readonly statement: BothLanguages
    readonly targets: readonly {
      readonly label: BothLanguages
      /** Calendar years, `YYYY`. */
      readonly fromYear: string
      readonly toYear: string
      /** Share by which the result is to fall, decimal, above 0 and at most 1. */
      readonly reduction: string
    }[]
    /** SHA-256 of the plan itself, where there is one beside these words. */
    readonly documentDigest: string | null
  }
  readonly 'strategic-analysis': {
    readonly operations: string
    readonly sources: string
    readonly dataAndControls: string
    readonly intendedUse: string
  }
  readonly 'risk-assessment': { readonly risks: readonly Risk[] }
  readonly 'verification-plan': {
    readonly steps: readonly {
      readonly activity: string
      readonly from: string
      readonly until: string
      readonly who: string
    }[]
    readonly sampling: string
  }
  readonly 'evidence-plan': {
    readonly items: readonly {
      readonly about: string
      readonly part: Part | null
      readonly method: (typeof evidenceMethods)[number]
      readonly evidence: string
      /** The risk it answers, by its place in the risk assessment, from 1; null where it answers none in particular. */
      readonly risk: number | null
    }[]
  }
  readonly 'document-review': {
    readonly documents: readonly {
      readonly title: string
      readonly inOrder: boolean
      readonly note: string | null
    }[]
    readonly conclusion: string
  }
  /** One for each site; also where none was made, with the reason. */
  readonly 'site-visit': {
    readonly site: string
    readonly kind: (typeof visitKinds)[number]
    /** Null for no visit. */
    readonly from: string | null
    readonly until: string | null
    readonly participants: readonly string[]
    readonly checked: string | null
    /** Why there, in this way, or why not at all. */
    readonly rationale: string
  }
  readonly 'review-notes': {
    readonly points: readonly {
      readonly question: string
      readonly answer: 'yes' | 'no' | 'not-applicable'
      readonly note: string | null
    }[]
    readonly conclusion: string
  }
  readonly 'verification-report': {
    readonly procedures: string
    readonly results: string
    readonly conclusion: string
  }
  /** Management sets aside one of the guards that may be (`overridableGuards`). */
  readonly override: { readonly guard: OverridableGuard; readonly reason: string }
  /** The team from then on, and why it changed. */
  readonly 'team-change': {
    readonly team: readonly { readonly personId: string; readonly role: string }[]
    readonly reason: string
  }
}

/** What management does and stands among the papers of a file: no scheme asks for it. */
export const managementKinds = ['override', 'team-change'] as const
export const recordedKinds = [...paperKinds, ...managementKinds] as const
export type RecordedKind = (typeof recordedKinds)[number]

/** Guards that a manager of the body may set aside, visibly and with a reason; none of them keeps persons apart. */
export const overridableGuards = ['effort-sufficient', 'team-competent', 'closable-by-caller'] as const
export type OverridableGuard = (typeof overridableGuards)[number]

/** A paper as it is recorded. */
export type PaperContent<Kind extends RecordedKind = RecordedKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly body: PaperBodies[K] }
}[Kind]

/** The newest version of a paper, as the rules see it. */
export type StandingPaper<Kind extends RecordedKind = RecordedKind> = PaperContent<Kind> & PaperMark

/** Which paper of its kind, and whose. */
export interface PaperMark {
  /** What tells papers of one kind apart: a person, a site, a guard; otherwise empty. */
  readonly subject: string
  readonly personId: string
}

/** Side of the engagement whose persons a kind is held to, by the database too; null for those of no side of the work. */
export function sideOfPaper(kind: RecordedKind): 'team' | 'decision' | null {
  if (kind === 'review-notes') return 'decision'
  return teamPapers.some((one) => one === kind) ? 'team' : null
}

/** Papers that only the team writes. */
export const teamPapers = [
  'strategic-analysis',
  'risk-assessment',
  'verification-plan',
  'evidence-plan',
  'document-review',
  'site-visit',
  'verification-report',
] as const satisfies readonly PaperKind[]

/** Which kinds must stand before each where the scheme asks for them. */
export const paperOrder: Readonly<Record<PaperKind, readonly PaperKind[]>> = {
  'impartiality-declaration': [],
  agreement: [],
  'agreement-signature': ['agreement'],
  'reduction-plan': [],
  'strategic-analysis': ['agreement-signature'],
  'risk-assessment': ['strategic-analysis'],
  'verification-plan': ['risk-assessment'],
  'evidence-plan': ['risk-assessment'],
  'document-review': ['verification-plan'],
  'site-visit': ['verification-plan'],
  'review-notes': [],
  'verification-report': [],
}

/** What tells a paper from others of its kind. */
export function subjectOf(content: PaperContent, personId: string): string {
  if (content.kind === 'impartiality-declaration') return personId
  if (content.kind === 'site-visit') return content.body.site
  return content.kind === 'override' ? content.body.guard : ''
}

/** Kinds that the scheme wants to stand before a gate. */
export function papersBefore(scheme: Scheme, gate: PaperGate): readonly PaperKind[] {
  return (scheme.process?.papers ?? []).filter(({ before }) => before === gate).map(({ kind }) => kind)
}

/** Whether the scheme asks for a kind at all. */
export function asksFor(scheme: Scheme, kind: PaperKind): boolean {
  return scheme.process?.papers.some((rule) => rule.kind === kind) ?? false
}

/** Of one kind, the newest versions that stand. A signature stands as long as the agreement is the one that was signed. */
export function standingOf<Kind extends RecordedKind>(
  papers: readonly StandingPaper[],
  kind: Kind,
): readonly StandingPaper<Kind>[] {
  const agreed = papers.find((paper) => paper.kind === 'agreement')?.body.documentDigest
  const standing = papers.filter(
    (paper) =>
      paper.kind === kind && (paper.kind !== 'agreement-signature' || paper.body.documentDigest === agreed),
  )
  return standing as unknown as readonly StandingPaper<Kind>[]
}

/** Years that a tie bars after it ended, where the scheme does not say (ISO/IEC 17029 as commonly read). */
export const lookBackYears = 2

/**
 * The ties that bar a person from working for the body: those that last, and those that ended within the look-back.
 *
 * @param on the local date of the act, `YYYY-MM-DD`.
 */
export function barringTies(ties: readonly Tie[], on: string, years: number): readonly Tie[] {
  const since = `${String(Number(on.slice(0, 4)) - years).padStart(4, '0')}${on.slice(4)}`
  return ties.filter(({ until }) => until === null || until > since)
}
