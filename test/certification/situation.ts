/** A sound engagement to bend: every test changes the one thing it is about. */

import { readFileSync } from 'node:fs'
import type {
  Caller,
  ContractReview,
  EngagementFacts,
  EngagementState,
  Finding,
  Proposal,
  TableVersionRef,
  TeamMember,
  TeamRole,
} from '../../src/certification/engagement.ts'
import { readScheme, type Scheme } from '../../src/certification/scheme.ts'

/** A shipped scheme as its file has it: the first version, unless another is asked for. */
export function shipped(name: string, version = '1.0'): Scheme {
  const file = new URL(`../../schemes/${name}/${version}/scheme.json`, import.meta.url)
  return readScheme(JSON.parse(readFileSync(file, 'utf8')))
}

export const development = shipped('egret-development')

/** The day on which the rules are asked. */
export const today = '2026-03-01'

/** Persons by what they do. */
export const persons = {
  preparer: 'person-preparer',
  responsible: 'person-responsible',
  manager: 'person-manager',
  lead: 'person-lead',
  verifier: 'person-verifier',
  expert: 'person-expert',
  reviewer: 'person-reviewer',
  decider: 'person-decider',
} as const

function caller<Id extends string | null>(side: Caller['side'], personId: Id, ...roles: string[]) {
  return { side, personId, roles, competences: [] }
}

export const callers = {
  preparer: caller('client', persons.preparer, 'preparer'),
  responsible: caller('client', persons.responsible, 'responsible'),
  'client-admin': caller('client', 'person-client-admin', 'admin'),
  'client-machine': caller('client', null),
  'body-manager': caller('body', persons.manager, 'body-manager'),
  'lead-verifier': caller('body', persons.lead, 'lead-verifier'),
  verifier: caller('body', persons.verifier, 'verifier'),
  /** Of the team, and judges nothing. */
  'technical-expert': caller('body', persons.expert, 'technical-expert'),
  /** Holds the roles in the body, but not in this engagement. */
  'other-verifier': caller('body', 'person-other', 'lead-verifier', 'verifier'),
  reviewer: caller('body', persons.reviewer, 'reviewer'),
  'decision-maker': caller('body', persons.decider, 'decision-maker'),
  'body-admin': caller('body', 'person-body-admin', 'admin'),
  'body-machine': caller('body', null),
} satisfies Record<string, Caller>

const teamMember = (personId: string, role: TeamRole): TeamMember => {
  return { personId, role, impartial: true, memberRoles: [role], competences: [] }
}

export const team: readonly TeamMember[] = [
  teamMember(persons.lead, 'lead-verifier'),
  teamMember(persons.verifier, 'verifier'),
  teamMember(persons.expert, 'technical-expert'),
]

/** An inventory of 1000 kg in scope 1 and 4000 kg in scope 2. */
export const parts = [
  { part: 'scope-1', kgCo2e: 1000 },
  { part: 'scope-2', kgCo2e: 4000 },
] as const

export const contractReview: ContractReview = {
  objectives: 'An opinion on the inventory of 2024.',
  scope: 'One factory, scopes 1 and 2.',
  criteria: ['ISO 14064-1:2018'],
  parts: [
    { part: 'scope-1', assurance: 'reasonable', materiality: '0.05' },
    { part: 'scope-2', assurance: 'limited', materiality: '0.05' },
  ],
  personDays: '4.5',
  competenceConfirmed: true,
}

export const proposal: Proposal = {
  opinion: 'unmodified',
  parts: [
    { part: 'scope-1', assurance: 'reasonable' },
    { part: 'scope-2', assurance: 'limited' },
  ],
  rationale: 'The evidence is sufficient.',
}

/** A private table of the client, as a revision pins it. */
export const suppliers = {
  table: 'xiamen-factory.suppliers',
  version: '2024',
  digest: `sha256:${'5'.repeat(64)}`,
} as const satisfies TableVersionRef

export const settled: Finding = finding({ state: 'closed', closure: 'resolved' })

export function finding(changes: Partial<Finding>): Finding {
  return {
    number: 1,
    kind: 'clarification',
    severity: null,
    part: null,
    quantityKgCo2e: null,
    intentional: false,
    projected: false,
    answerBy: null,
    raisedBy: persons.verifier,
    raisedOn: today,
    closedOn: null,
    disclosed: false,
    state: 'open',
    closure: null,
    ...changes,
  }
}

/** Facts of an engagement in a state, with all done that leads there and nothing more. */
export function factsIn(state: EngagementState, changes: Partial<EngagementFacts> = {}): EngagementFacts {
  const isDecided = state === 'decided' || state === 'issued'
  const isAccepted = state !== 'applied' && state !== 'declined'
  return {
    today,
    state,
    documentKind: 'verification-statement',
    subject: 'organization',
    scheme: development,
    revisionNumber: 1,
    latestRevisionNumber: state === 'in-correction' ? 2 : 1,
    latestKeepsScheme: true,
    parts,
    clientPersons: [persons.preparer, persons.responsible],
    bodyPersons: [],
    tiedPersons: [],
    team: isAccepted ? team : [],
    contractReview: isAccepted ? contractReview : null,
    findings: [settled],
    papers: [],
    privateTables: [],
    notEntitled: null,
    proposal: state === 'in-review' || isDecided ? proposal : null,
    review: isDecided ? { personId: persons.reviewer, notes: 'Complete.' } : null,
    decision: isDecided ? { personId: persons.decider, outcome: 'granted', reason: 'Conforms.' } : null,
    ...changes,
  }
}
