/** An engagement's file as the rules see it: the bridge from what is stored to the transition table. */

import type {
  Caller,
  EngagementFacts,
  MoveContent,
  PersonSide,
  PrivateTable,
  Situation,
  TeamMember,
} from '../../certification/engagement.ts'
import type { Scheme } from '../../certification/scheme.ts'
import type { EngagementFile } from '../../ports/engagements.ts'
import type { Actor } from '../../ports.ts'
import { isPrivateTable } from '../../tables/names.ts'

/** One move about to be made by this actor. */
export function situationOf(
  file: EngagementFile,
  actor: Actor,
  scheme: Scheme,
  content: MoveContent | null,
): Situation {
  return { facts: factsOf(file, scheme), caller: callerOf(file, actor), content }
}

/** The caller's side and the roles it holds there as a member. */
export function callerOf({ engagement, callerRoles }: EngagementFile, actor: Actor): Caller {
  const side = actor.organizationId === engagement.clientOrganizationId ? 'client' : 'body'
  return { side, personId: actor.personId, roles: callerRoles }
}

/** What the guards look at. */
export function factsOf(file: EngagementFile, scheme: Scheme): EngagementFacts {
  const { engagement, revision } = file
  return {
    state: engagement.state,
    documentKind: engagement.documentKind,
    subject: revision.definition.calculation.kind,
    scheme,
    revisionNumber: engagement.revisionNumber,
    latestRevisionNumber: file.latestRevision,
    latestKeepsScheme: file.latestSchemeDigest === engagement.scheme.digest,
    parts: revision.result.parts.map(({ part, kgCo2e }) => ({ part, kgCo2e: Number(kgCo2e) })),
    clientPersons: personsOn(file, 'client'),
    bodyPersons: [...file.bodyPersons, ...personsOn(file, 'decision')],
    tiedPersons: file.tiedPersons,
    team: teamOf(file),
    contractReview: engagement.contractReview,
    findings: file.findings,
    privateTables: privateTablesOf(file),
    proposal: engagement.proposal,
    review: engagement.review,
    decision: engagement.decision,
  }
}

/** The private ones among the pins, each with what was said of this very digest. */
function privateTablesOf({ factorTables }: EngagementFile): PrivateTable[] {
  return factorTables
    .filter(({ table }) => isPrivateTable(table))
    .map(({ table, version, digest, examination }) => {
      return { table, version, digest, outcome: examination?.outcome ?? null }
    })
}

function personsOn(file: EngagementFile, side: PersonSide): string[] {
  return file.participants.filter((one) => one.side === side).map((one) => one.personId)
}

/** The team as it was accepted: roles in the body were checked then, and again at each act of the caller. */
function teamOf(file: EngagementFile): TeamMember[] {
  return file.participants.flatMap(({ personId, role }) =>
    role === 'lead-verifier' || role === 'verifier'
      ? [{ personId, role, impartial: true, memberRoles: [role] }]
      : [],
  )
}
