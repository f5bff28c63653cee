/** The engagement's nouns: one verification (and certification) of one footprint by one body, as the rules see it. */

import type { Problem } from '../problem.ts'
import type { Breakdown } from './breakdowns.ts'
import type { MissingEvidence } from './evidence.ts'
import type { PaperContent, RecordedKind, StandingPaper } from './papers.ts'
import type { AssuranceLevel, DocumentKind, Opinion, Part, Scheme, SubjectKind } from './scheme.ts'

/** Where an engagement stands (ISO/IEC 17029, ISO 14064-3). */
export const engagementStates = [
  'applied',
  'in-verification',
  'in-correction',
  'in-review',
  'decided',
  'issued',
  'declined',
  'withdrawn',
] as const
export type EngagementState = (typeof engagementStates)[number]

/** States in which a footprint is taken: nobody else verifies it meanwhile. */
export const liveStates = [
  'applied',
  'in-verification',
  'in-correction',
  'in-review',
] as const satisfies readonly EngagementState[]

/** Roles of members that the process asks for; the others only administer. */
export const processRoles = [
  'preparer',
  'responsible',
  'body-manager',
  'lead-verifier',
  'verifier',
  'technical-expert',
  'reviewer',
  'decision-maker',
] as const
export type ProcessRole = (typeof processRoles)[number]

/** The two organizations of an engagement. */
export type Side = 'client' | 'body'

/** The three groups that never share a person: who prepared, who verified, who reviews and decides. */
export const personSides = ['client', 'team', 'decision'] as const
export type PersonSide = (typeof personSides)[number]

/** Roles in a team: the expert advises and judges nothing, and is of the team all the same. */
export const teamRoles = ['lead-verifier', 'verifier', 'technical-expert'] as const
export type TeamRole = (typeof teamRoles)[number]

/** What a body recorded of a member: competence for a role in a sector, on which evidence. Dates are local, `YYYY-MM-DD`. */
export interface Competence {
  readonly role: ProcessRole
  /** Section or division of GB/T 4754, e.g. `C` or `C38`; a section holds its divisions. */
  readonly sector: string
  readonly validFrom: string
  /** Last day; null without an end. */
  readonly validUntil: string | null
}

/** A person in the verification team. */
export interface TeamMember {
  readonly personId: string
  readonly role: TeamRole
  /** Declared by the person: no tie with the client that could sway them. Where the scheme asks for declarations, those count. */
  readonly impartial: boolean
  /** Roles this person holds as a member of the body. */
  readonly memberRoles: readonly string[]
  readonly competences: readonly Competence[]
}

/** What is agreed about one part before the work begins. */
export interface AgreedPart {
  readonly part: Part
  readonly assurance: AssuranceLevel
  /** Share of the part's result, 0 to 1, from which a misstatement matters. */
  readonly materiality: string
}

/** What the body established before it accepted (ISO 14064-3 pre-engagement, ISO/IEC 17029). */
export interface ContractReview {
  readonly objectives: string
  readonly scope: string
  readonly criteria: readonly string[]
  readonly parts: readonly AgreedPart[]
  /** Decimal string. */
  readonly personDays: string
  readonly competenceConfirmed: boolean
  /** Section or division of the Chinese classification of industries (GB/T 4754), e.g. `C38`; needed where the scheme asks for an accreditation. */
  readonly sector?: string | undefined
}

export const findingKinds = [
  'nonconformity',
  'clarification',
  'observation',
  'misstatement',
  'scope-limitation',
] as const
export type FindingKind = (typeof findingKinds)[number]

export const closures = ['resolved', 'stands', 'withdrawn'] as const
/** `resolved` by answer or correction; `stands`: uncorrected, goes into the opinion; `withdrawn` by the team. */
export type Closure = (typeof closures)[number]

/** What the team found. */
export interface Finding {
  readonly number: number
  readonly kind: FindingKind
  /** Of a nonconformity. */
  readonly severity: 'major' | 'minor' | null
  readonly part: Part | null
  /** Of a misstatement: kg CO2e by which the part is over- (positive) or understated; decimal string. */
  readonly quantityKgCo2e: string | null
  readonly intentional: boolean
  /** Of a misstatement: extrapolated from a sample, not met itself. */
  readonly projected: boolean
  /** Of an observation: it goes into the report as it is and needs no answer. */
  readonly disclosed: boolean
  /** Local date until which an answer is expected; null for none. */
  readonly answerBy: string | null
  readonly state: 'open' | 'answered' | 'closed'
  readonly closure: Closure | null
  /** Who raised it. */
  readonly raisedBy: string
  /** Local dates on which it was raised, and closed. */
  readonly raisedOn: string
  readonly closedOn: string | null
}

export const examinationOutcomes = ['accepted', 'rejected'] as const
/** What the team says of a private factor table after examining its data. */
export type ExaminationOutcome = (typeof examinationOutcomes)[number]

/** A version of a factor table, by the digest that its revision pinned. */
export interface TableVersionRef {
  readonly table: string
  readonly version: string
  readonly digest: string
}

/** A private table that the revision under verification pins. */
export interface PrivateTable extends Omit<TableVersionRef, 'digest'> {
  /** Null where the registry knows no such version: nobody can accept it then. */
  readonly digest: string | null
  /** What the team says of this very version; null as long as it says nothing. */
  readonly outcome: ExaminationOutcome | null
}

/** The team's opinion, before anyone outside the team has looked at it. */
export interface Proposal {
  readonly opinion: Opinion
  readonly parts: readonly ProposedPart[]
  readonly rationale: string
  /** Why misstatements that are material but for setting each other off may stand, part by part. */
  readonly judgements?: readonly { readonly part: Part; readonly text: string }[]
}

/** The opinion on one part; without one of its own, that of the whole. */
export interface ProposedPart {
  readonly part: Part
  readonly assurance: AssuranceLevel
  readonly opinion?: Opinion | undefined
}

export interface Review {
  readonly personId: string
  readonly notes: string
}

export interface Decision {
  readonly personId: string
  readonly outcome: 'granted' | 'refused'
  readonly reason: string
}

/** Everything the rules look at. */
export interface EngagementFacts {
  /** The local date (Asia/Shanghai) on which the rules are asked, `YYYY-MM-DD`. */
  readonly today: string
  readonly state: EngagementState
  readonly documentKind: DocumentKind
  readonly subject: SubjectKind
  readonly scheme: Scheme
  /** The revision under verification, and the newest one submitted. */
  readonly revisionNumber: number
  readonly latestRevisionNumber: number
  /** Whether the newest revision was made under the scheme that was applied for. */
  readonly latestKeepsScheme: boolean
  /** The parts of that revision's result, kg CO2e. */
  readonly parts: readonly { readonly part: Part; readonly kgCo2e: number }[]
  /** Persons who acted for the client: prepared, declared, answered. */
  readonly clientPersons: readonly string[]
  /** Persons of the body who did the contract review, reviewed or decided. */
  readonly bodyPersons: readonly string[]
  /**
   * Persons concerned who are members of the client's organization: the caller, a team about to be named, and whoever works
   * on the engagement for the body.
   */
  readonly tiedPersons: readonly string[]
  readonly team: readonly TeamMember[]
  readonly contractReview: ContractReview | null
  readonly findings: readonly Finding[]
  /** The newest version of each working paper. */
  readonly papers: readonly StandingPaper[]
  /** The private tables among the pins of that revision. */
  readonly privateTables: readonly PrivateTable[]
  /** Why no accreditation or approval of the body covers the document today; null where one does, or none is asked for. */
  readonly notEntitled: Problem | null
  readonly proposal: Proposal | null
  readonly review: Review | null
  readonly decision: Decision | null
}

/** Who asks for a move. */
export interface Caller {
  readonly side: Side
  /** Null for a client that is bound to no member. */
  readonly personId: string | null
  readonly roles: readonly string[]
  readonly competences: readonly Competence[]
}

/** What a move brings with it. */
export type MoveContent =
  | { readonly move: 'accept'; readonly contractReview: ContractReview; readonly team: readonly TeamMember[] }
  | { readonly move: 'chooseDisclosure'; readonly disclosure: readonly Breakdown[] }
  | {
      readonly move: 'propose'
      readonly proposal: Proposal
      /** Lines without the evidence that the scheme asks for; absent where it asks for none. */
      readonly missingEvidence?: { readonly count: number; readonly lines: readonly MissingEvidence[] } | null
    }
  | { readonly move: 'raiseFinding'; readonly finding: NewFinding }
  | { readonly move: 'answerFinding'; readonly findingNumber: number }
  | { readonly move: 'closeFinding'; readonly findingNumber: number; readonly closure: Closure }
  | { readonly move: PaperMove; readonly paper: PaperContent; readonly team?: readonly TeamMember[] }
  | { readonly move: 'acceptFactorTable' | 'rejectFactorTable'; readonly examined: TableVersionRef }

/** The move that records each kind of paper. */
export const paperMoves = {
  'impartiality-declaration': 'declareImpartiality',
  agreement: 'recordAgreement',
  'agreement-signature': 'signAgreement',
  'reduction-plan': 'recordReductionPlan',
  'strategic-analysis': 'recordStrategicAnalysis',
  'risk-assessment': 'recordRiskAssessment',
  'verification-plan': 'recordVerificationPlan',
  'evidence-plan': 'recordEvidencePlan',
  'document-review': 'recordDocumentReview',
  'site-visit': 'recordSiteVisit',
  'review-notes': 'recordReviewNotes',
  'verification-report': 'recordVerificationReport',
  override: 'override',
  'team-change': 'changeTeam',
} as const satisfies Record<RecordedKind, string>
export type PaperMove = (typeof paperMoves)[RecordedKind]

/** A finding as it is raised. */
export type NewFinding = Omit<Finding, 'number' | 'state' | 'closure' | 'raisedBy' | 'raisedOn' | 'closedOn'>

/** One move about to be made: who, on what, with what. Without content, guards on content are not asked. */
export interface Situation {
  readonly facts: EngagementFacts
  readonly caller: Caller
  readonly content: MoveContent | null
}
