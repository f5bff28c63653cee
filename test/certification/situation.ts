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
} from '../../src/certification/engagement.ts'
import { readScheme, type Scheme } from '../../src/certification/scheme.ts'

/** A shipped scheme as its file has it: the first version, unless another is asked for. */
export function shipped(name: string, version = '1.0'): Scheme {
  const file = new URL(`../../schemes/${name}/${version}/scheme.json`, import.meta.url)
  return readScheme(JSON.parse(readFileSync(file, 'utf8')))
}

export const development = shipped('egret-development')

/** Persons by what they do. */
export const persons = {
  preparer: 'person-preparer',
  responsible: 'person-responsible',
  manager: 'person-manager',
  lead: 'person-lead',
  verifier: 'person-verifier',
  reviewer: 'person-reviewer',
  decider: 'person-decider',
} as const

export const callers = {
  preparer: { side: 'client', personId: persons.preparer, roles: ['preparer'] },
  responsible: { side: 'client', personId: persons.responsible, roles: ['responsible'] },
  'client-admin': { side: 'client', personId: 'person-client-admin', roles: ['admin'] },
  'client-machine': { side: 'client', personId: null, roles: [] },
  'body-manager': { side: 'body', personId: persons.manager, roles: ['body-manager'] },
  'lead-verifier': { side: 'body', personId: persons.lead, roles: ['lead-verifier'] },
  verifier: { side: 'body', personId: persons.verifier, roles: ['verifier'] },
  /** Holds the roles in the body, but not in this engagement. */
  'other-verifier': { side: 'body', personId: 'person-other', roles: ['lead-verifier', 'verifier'] },
  reviewer: { side: 'body', personId: persons.reviewer, roles: ['reviewer'] },
  'decision-maker': { side: 'body', personId: persons.decider, roles: ['decision-maker'] },
  'body-admin': { side: 'body', personId: 'person-body-admin', roles: ['admin'] },
  'body-machine': { side: 'body', personId: null, roles: [] },
} as const satisfies Record<string, Caller>

export const team: readonly TeamMember[] = [
  { personId: persons.lead, role: 'lead-verifier', impartial: true, memberRoles: ['lead-verifier'] },
  { personId: persons.verifier, role: 'verifier', impartial: true, memberRoles: ['verifier'] },
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
    privateTables: [],
    proposal: state === 'in-review' || isDecided ? proposal : null,
    review: isDecided ? { personId: persons.reviewer, notes: 'Complete.' } : null,
    decision: isDecided ? { personId: persons.decider, outcome: 'granted', reason: 'Conforms.' } : null,
    ...changes,
  }
}
