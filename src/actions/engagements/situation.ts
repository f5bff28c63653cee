/** An engagement's file as the rules see it: the bridge from what is stored to the transition table. */

import {
  type Caller,
  type ContractReview,
  type EngagementFacts,
  type MoveContent,
  type PersonSide,
  type PrivateTable,
  type Situation,
  type TeamMember,
  type TeamRole,
  teamRoles,
} from '../../certification/engagement.ts'
import type { Scheme } from '../../certification/scheme.ts'
import { localDate } from '../../json/instant.ts'
import type { EngagementFile, EngagementRole } from '../../ports/engagements.ts'
import type { Actor } from '../../ports.ts'
import { isPrivateTable } from '../../tables/names.ts'
import { whyNotEntitled } from '../accreditations/authority-for.ts'

/** One move about to be made by this actor. */
export function situationOf(
  file: EngagementFile,
  actor: Actor,
  scheme: Scheme,
  asked: { readonly content: MoveContent | null; readonly at: Date },
): Situation {
  const { content, at } = asked
  const review = content?.move === 'accept' ? content.contractReview : file.engagement.contractReview
  return { facts: factsOf(file, scheme, at, review), caller: callerOf(file, actor), content }
}

/** The caller's side and the roles it holds there as a member. */
export function callerOf(
  { engagement, callerRoles, callerCompetences }: EngagementFile,
  actor: Actor,
): Caller {
  const side = actor.organizationId === engagement.clientOrganizationId ? 'client' : 'body'
  return { side, personId: actor.personId, roles: callerRoles, competences: callerCompetences }
}

/**
 * What the guards look at.
 *
 * @param review the contract review whose sector the body must be entitled in: the one on file, or the one about to be.
 */
export function factsOf(
  file: EngagementFile,
  scheme: Scheme,
  at: Date,
  review: ContractReview | null = file.engagement.contractReview,
): EngagementFacts {
  const { engagement, revision } = file
  return {
    today: localDate(at),
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
    papers: file.papers,
    privateTables: privateTablesOf(file),
    notEntitled: whyNotEntitled(file, scheme, { sector: review?.sector ?? null, at }),
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

/** The team as it stands: roles in the body were checked when each was named, and again at each act of the caller. */
export function teamOf(file: EngagementFile): TeamMember[] {
  return file.participants.flatMap(({ personId, role, endedAt, competences }) =>
    isTeamRole(role) && endedAt === null
      ? [{ personId, role, impartial: true, memberRoles: [role], competences }]
      : [],
  )
}

function isTeamRole(role: EngagementRole): role is TeamRole {
  return teamRoles.some((one) => one === role)
}
