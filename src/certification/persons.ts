/** Who may work on an engagement beside their role: impartial by their own declaration, and competent by the body's record. */

import { Problem } from '../problem.ts'
import type { Caller, Competence, EngagementFacts, TeamMember } from './engagement.ts'
import { field } from './field-refusal.ts'
import { asksFor, barringTies, lookBackYears, type OverridableGuard, standingOf } from './papers.ts'

/**
 * Why a person may not work on it for want of impartiality; null where the scheme asks for no declaration, or one stands without a tie
 * that bars.
 */
export function impartialityMissing(facts: EngagementFacts, personId: string): Problem | null {
  const { scheme, today, papers } = facts
  if (!asksFor(scheme, 'impartiality-declaration')) return null
  const declared = standingOf(papers, 'impartiality-declaration').find((one) => one.subject === personId)
  if (!declared) {
    const detail = 'Whoever works on it for the body first declares their ties, or that there are none.'
    return new Problem('not-independent', detail, { missing: 'impartiality-declaration' })
  }
  const years = scheme.process?.impartialityYears ?? lookBackYears
  const ties = barringTies(declared.body.ties, today, years)
  if (ties.length === 0) return null
  const detail = `A tie that lasts, or ended within ${years} years, bars this person; another must do it.`
  return new Problem('not-independent', detail, { ties: ties.map(({ kind }) => kind) })
}

/** Whether a competence holds for a role in a sector on a day. A section (`C`) holds its divisions (`C38`). */
export function holdsFor(
  competence: Competence,
  role: Competence['role'] | null,
  sector: string | undefined,
  on: string,
): boolean {
  const { validFrom, validUntil } = competence
  const isValid = validFrom <= on && (validUntil === null || on <= validUntil)
  const isOfSector = sector === undefined || sector.startsWith(competence.sector)
  return isValid && isOfSector && (role === null || competence.role === role)
}

/** Why a team is not competent, where the scheme asks and management did not override. */
export function teamCompetenceMissing(
  facts: EngagementFacts,
  team: readonly TeamMember[],
  sector: string | undefined,
): Problem | null {
  if (!facts.scheme.process?.competence || isOverridden(facts, 'team-competent')) return null
  const holds = (member: TeamMember, role: Competence['role'] | null, of: string | undefined) =>
    member.competences.some((one) => holdsFor(one, role, of, facts.today))
  const lead = team.findIndex(({ role }) => role === 'lead-verifier')
  if (team[lead] && !holds(team[lead], 'lead-verifier', undefined)) {
    return notCompetent('No competence to lead a verification is recorded of this person.', `/team/${lead}`)
  }
  if (sector === undefined)
    return field('/contractReview/sector', 'Name the sector: the team must be competent in it.')
  if (team.some((member) => holds(member, null, sector))) return null
  return notCompetent(`Nobody of the team has a recorded competence in sector ${sector}.`, '/team')
}

/** Moves that ask for the acting person's own competence, and in which role they act. */
const competenceRoles: Readonly<Record<string, Competence['role']>> = {
  concur: 'reviewer',
  grant: 'decision-maker',
  refuse: 'decision-maker',
}

/** Why the caller is not competent for the move, where the scheme asks. */
export function isCompetent(facts: EngagementFacts, caller: Caller, move: string): Problem | null {
  const role = competenceRoles[move]
  if (!facts.scheme.process?.competence || role === undefined) return null
  const sector = facts.contractReview?.sector
  if (caller.competences.some((one) => holdsFor(one, role, sector, facts.today))) return null
  return notCompetent(`No competence as ${role} in sector ${sector ?? ''} is recorded of you.`, null)
}

/** Whether management set a guard aside on this engagement. */
export function isOverridden({ papers }: EngagementFacts, guard: OverridableGuard): boolean {
  return standingOf(papers, 'override').some((one) => one.body.guard === guard)
}

function notCompetent(detail: string, pointer: string | null): Problem {
  return new Problem('competence-missing', detail, pointer === null ? {} : { pointer })
}
