/** The transition table's guards: each a question to the facts, answered by a refusal or by nothing. */

import { Problem } from '../problem.ts'
import { disclosureRefusal } from './disclosure.ts'
import type {
  Caller,
  ContractReview,
  EngagementFacts,
  Finding,
  NewFinding,
  Proposal,
  Situation,
  TableVersionRef,
  TeamMember,
} from './engagement.ts'
import { field } from './field-refusal.ts'
import { closeBy, lateMajors } from './late-majors.ts'
import { barsOfOnePart, barsToUnmodified, tooFavourable } from './opinion.ts'
import { missingPapers, paperDisorder, paperFault } from './paper-guards.ts'
import { standingOf } from './papers.ts'
import { impartialityMissing, isCompetent, isOverridden, teamCompetenceMissing } from './persons.ts'
import { documentRule, type Opinion, type Part, subjectRule, supportsClaim } from './scheme.ts'

/** `move`: the one that asks, since some guards stand before several. */
type Guard = (situation: Situation, move: string) => Problem | null

export const guards = {
  /** The acting person prepared nothing here and does not belong to the client. */
  'apart-from-client': ({ facts, caller }) => clientTie(facts, caller.personId),

  /** Nobody who works on it for the body has joined the client meanwhile: what they did before would not be independent. */
  'body-apart-from-client': ({ facts }) => bodyPersonsTie(facts),

  /** The acting person took no part on the body's side. */
  'apart-from-body': ({ facts, caller }) => bodyTie(facts, caller),

  /** Roles in the body are not enough: the work on an engagement is done by those named for it. */
  'of-the-team': ({ facts, caller }) =>
    facts.team.some((member) => member.personId === caller.personId)
      ? null
      : new Problem('role-required', 'Only the team named for this engagement does this.'),

  'lead-of-the-team': ({ facts, caller }) =>
    facts.team.some((member) => member.personId === caller.personId && member.role === 'lead-verifier')
      ? null
      : new Problem('role-required', 'Only the lead verifier named for this engagement does this.'),

  'contract-reviewed': ({ facts, content }) =>
    content?.move === 'accept' ? contractRefusal(facts, content.contractReview) : null,

  'assurance-agreed': ({ facts, content }) =>
    content?.move === 'accept' ? assuranceRefusal(facts, content.contractReview) : null,

  /** The effort is what the scheme asks for at least, unless management overrode it. */
  'effort-sufficient': ({ facts, content }) =>
    content?.move === 'accept' ? effortRefusal(facts, content.contractReview) : null,

  /** What an authority gave the body covers the document: of a catalogue's product from acceptance on, of all others at issue. */
  'body-entitled': ({ facts }, move) =>
    move === 'issue' || subjectRule(facts.scheme, facts.subject)?.catalogue ? facts.notEntitled : null,

  'team-complete': ({ content }) => {
    const team = teamIn(content)
    return team && teamRefusal(team)
  },

  'team-impartial': ({ facts, content }) => {
    const team = teamIn(content)
    return team && impartialityRefusal(facts, team)
  },

  /** Where the scheme asks for it: a lead competent to lead, and someone of the team competent in the client's sector. */
  'team-competent': ({ facts, content }) => {
    const team = teamIn(content)
    const review = content?.move === 'accept' ? content.contractReview : facts.contractReview
    return team && teamCompetenceMissing(facts, team, review?.sector)
  },

  /** Where the scheme asks for declarations: the acting person made one, and declared no tie that bars. */
  'impartiality-declared': ({ facts, caller }) =>
    caller.personId === null ? null : impartialityMissing(facts, caller.personId),

  /** Where the scheme asks for competence: the acting person's own, for the role and in the client's sector. */
  'competent-in-sector': ({ facts, caller }, move) => isCompetent(facts, caller, move),

  /** What the scheme wants on file before this move is there. */
  'papers-complete': ({ facts }, move) => missingPapers(facts, move),

  /** What the process wants before a paper of this kind is there, where the scheme asks for it. */
  'paper-in-order': ({ facts }, move) => paperDisorder(facts, move),

  'paper-well-formed': ({ facts, content }) =>
    content !== null && 'paper' in content ? paperFault(facts, content.paper) : null,

  'agreement-recorded': ({ facts, content }) => agreementRefusal(facts, content),

  /** What the holder makes public is of what the scheme offers. */
  'disclosure-offered': ({ facts, content }) =>
    content?.move === 'chooseDisclosure'
      ? disclosureRefusal(facts.scheme, facts.subject, content.disclosure)
      : null,

  'finding-well-formed': ({ facts, content }) =>
    content?.move === 'raiseFinding' ? findingRefusal(facts, content.finding) : null,

  /** Nothing favourable after a major nonconformity that took longer to close than the scheme gives. */
  'majors-closed-in-time': ({ facts, content }) =>
    lateMajorRefusal(facts, content?.move === 'propose' ? content.proposal.opinion : facts.proposal?.opinion),

  'finding-answerable': ({ facts, content }) =>
    content?.move === 'answerFinding' ? notClosed(facts, content.findingNumber) : null,

  'finding-closable': ({ facts, content }) =>
    content?.move === 'closeFinding' ? closureRefusal(facts, content.findingNumber, content.closure) : null,

  /** An opinion in favour of the claim has the evidence behind it that the scheme asks for, line by line. */
  'evidence-complete': ({ content }) => (content?.move === 'propose' ? evidenceRefusal(content) : null),

  /** Whoever raised it or leads the team; what weighs on the opinion only the lead, unless management overrode it. */
  'closable-by-caller': ({ facts, caller, content }) =>
    content?.move === 'closeFinding' ? closerRefusal(facts, caller, content.findingNumber) : null,

  /** What is accepted or rejected is a private table that the revision under verification pins, by this very digest. */
  'private-table-pinned': ({ facts, content }) => {
    const isExamination = content?.move === 'acceptFactorTable' || content?.move === 'rejectFactorTable'
    if (content === null) return facts.privateTables.length > 0 ? null : notPinned(facts)
    return isExamination && !isPinned(facts, content.examined) ? notPinned(facts) : null
  },

  /** Every private table of the revision was examined; one that was rejected bears no opinion in favour of the claim. */
  'private-tables-accepted': ({ facts, content }) =>
    privateTablesRefusal(
      facts,
      content?.move === 'propose' ? content.proposal.opinion : facts.proposal?.opinion,
    ),

  /** There is something to correct. */
  'finding-open': ({ facts }) =>
    facts.findings.some((finding) => finding.state !== 'closed')
      ? null
      : new Problem('invalid-transition', 'Raise a finding first: the client must know what to correct.'),

  'revision-submitted': ({ facts }) =>
    facts.latestRevisionNumber > facts.revisionNumber
      ? null
      : new Problem('footprint-incomplete', 'Submit the corrected revision of the footprint first.', {
          revision: facts.revisionNumber,
        }),

  /** A correction corrects the claim; another programme is another application. */
  'scheme-kept': ({ facts }) =>
    facts.latestKeepsScheme
      ? null
      : new Problem(
          'scheme-violation',
          'The corrected revision was made under another scheme than the application.',
          {
            rule: 'scheme',
            accepted: [`${facts.scheme.id} ${facts.scheme.version}`],
          },
        ),

  /** Every finding is closed, but for observations that the report discloses as they are. */
  'findings-settled': ({ facts }) => openFindingRefusal(facts),

  'parts-covered': ({ facts, content }) =>
    content?.move === 'propose' ? partsRefusal(facts, content.proposal) : null,

  'opinion-consistent': ({ facts, content }) =>
    content?.move === 'propose' ? opinionRefusal(facts, content.proposal) : null,

  'outside-team': ({ facts, caller }) =>
    facts.team.some((member) => member.personId === caller.personId)
      ? new Problem(
          'not-independent',
          'Someone of the team neither reviews nor decides; another person must.',
        )
      : null,

  'review-pending': ({ facts }) =>
    facts.review === null
      ? null
      : new Problem('invalid-transition', 'The review is complete already; the decision is next.'),

  'review-complete': ({ facts }) =>
    facts.review === null
      ? new Problem('invalid-transition', 'A reviewer must concur before anything is decided.')
      : null,

  /** The scheme says whether reviewer and decision maker may be one person. */
  'decider-not-reviewer': ({ facts, caller }) =>
    facts.scheme.roles.reviewerMayDecide || facts.review?.personId !== caller.personId
      ? null
      : new Problem(
          'not-independent',
          'Under this scheme the reviewer does not decide; another person must.',
        ),

  /** What the opinion allows to be issued: no certificate rests on an adverse opinion or a disclaimer. */
  'opinion-supports-document': ({ facts }) => documentRefusal(facts),

  granted: ({ facts }) =>
    facts.decision?.outcome === 'granted'
      ? null
      : new Problem('invalid-transition', 'The decision was to refuse: nothing is issued.'),

  'scheme-issuable': ({ facts }) =>
    facts.scheme.issuable
      ? null
      : new Problem(
          'scheme-not-issuable',
          'This version of the scheme issues nothing; a later one, or the development scheme, does.',
          { scheme: { id: facts.scheme.id, version: facts.scheme.version } },
        ),
} as const satisfies Record<string, Guard>

export type GuardName = keyof typeof guards

function clientTie(facts: EngagementFacts, personId: string | null): Problem | null {
  if (personId === null) return null
  if (!facts.clientPersons.includes(personId) && !facts.tiedPersons.includes(personId)) return null
  return bothSides(
    'This person prepared the footprint or belongs to the client, and cannot act for the body.',
  )
}

function bodyPersonsTie(facts: EngagementFacts): Problem | null {
  if (!personsOfBody(facts).some((personId) => clientTie(facts, personId) !== null)) return null
  return bothSides(
    'Someone who worked on this engagement for the body belongs to the client now; refuse it, and let others verify.',
  )
}

function personsOfBody(facts: EngagementFacts): readonly string[] {
  return [...facts.team.map((member) => member.personId), ...facts.bodyPersons]
}

function bodyTie(facts: EngagementFacts, caller: Caller): Problem | null {
  if (caller.personId === null || !personsOfBody(facts).includes(caller.personId)) return null
  return bothSides('This person works on the engagement for the body, and cannot act for the client.')
}

function bothSides(detail: string): Problem {
  return new Problem('person-on-both-sides', detail)
}

function contractRefusal(facts: EngagementFacts, review: ContractReview): Problem | null {
  if (!review.competenceConfirmed) {
    return field('/contractReview/competenceConfirmed', 'A body accepts only what its team is competent for.')
  }
  if (Number(review.personDays) <= 0) {
    return field('/contractReview/personDays', 'Effort is more than zero days.')
  }
  return review.sector === undefined && asksForAccreditation(facts)
    ? field('/contractReview/sector', 'Name the sector: the body needs an accreditation that covers it.')
    : null
}

function asksForAccreditation({ scheme, documentKind }: EngagementFacts): boolean {
  return documentRule(scheme, documentKind)?.accreditation !== undefined
}

function effortRefusal(facts: EngagementFacts, review: ContractReview): Problem | null {
  const least = facts.scheme.process?.minimumPersonDays
  if (least === undefined || Number(review.personDays) >= Number(least)) return null
  if (isOverridden(facts, 'effort-sufficient')) return null
  return outsideScheme(
    'effort',
    '/contractReview/personDays',
    `a verification takes ${least} person-days or more`,
  )
}

function teamIn(content: Situation['content']): readonly TeamMember[] | null {
  return content !== null && 'team' in content ? (content.team ?? null) : null
}

function agreementRefusal(facts: EngagementFacts, content: Situation['content']): Problem | null {
  const [agreement] = standingOf(facts.papers, 'agreement')
  if (!agreement) return new Problem('invalid-transition', 'The body has recorded no agreement yet.')
  if (content === null || !('paper' in content) || content.paper.kind !== 'agreement-signature') return null
  const { documentDigest } = agreement.body
  return content.paper.body.documentDigest === documentDigest
    ? null
    : new Problem('invalid-request', 'The agreement on file is another text; read it again.', {
        pointer: '/body/documentDigest',
        documentDigest,
      })
}

function closerRefusal(facts: EngagementFacts, caller: Caller, number: number): Problem | null {
  const finding = facts.findings.find((entry) => entry.number === number)
  const leads = facts.team.some(
    ({ personId, role }) => personId === caller.personId && role === 'lead-verifier',
  )
  if (!finding || leads || isOverridden(facts, 'closable-by-caller')) return null
  if (finding.raisedBy === caller.personId && !weighsOnOpinion(finding)) return null
  return new Problem(
    'role-required',
    `Finding ${number} is closed by the lead verifier${weighsOnOpinion(finding) ? '' : ', or by whoever raised it'}.`,
  )
}

function evidenceRefusal({
  proposal,
  missingEvidence,
}: Extract<Situation['content'], { move: 'propose' }>): Problem | null {
  if (!missingEvidence || missingEvidence.count === 0 || !supportsClaim(proposal.opinion)) return null
  const { count, lines } = missingEvidence
  const named = lines.slice(0, 5).map(({ line }) => line)
  const detail = `The scheme asks for evidence behind ${count} more lines: ${named.join(', ')}${count > named.length ? ', …' : ''}.`
  return new Problem('evidence-missing', detail, { count, lines: lines.slice(0, missingTold) })
}

/** Lines without evidence that a refusal names. */
const missingTold = 100

function weighsOnOpinion({ kind, severity }: Finding): boolean {
  return kind === 'misstatement' || kind === 'scope-limitation' || severity === 'major'
}

/** Every part of the result has an agreed level and materiality, once, within what the scheme allows. */
function assuranceRefusal(facts: EngagementFacts, review: ContractReview): Problem | null {
  const cover = coverRefusal(facts, review.parts, '/contractReview/parts')
  if (cover) return cover
  const rules = subjectRule(facts.scheme, facts.subject)?.parts ?? []
  for (const [at, agreed] of review.parts.entries()) {
    const rule = rules.find((entry) => entry.part === agreed.part)
    const pointer = `/contractReview/parts/${at}`
    if (!rule?.assurance.includes(agreed.assurance)) {
      return outsideScheme(
        'assurance',
        `${pointer}/assurance`,
        `${agreed.part} cannot have ${agreed.assurance} assurance`,
      )
    }
    if (Number(agreed.materiality) > Number(rule.materialityMax) || Number(agreed.materiality) <= 0) {
      const limit = `materiality of ${agreed.part} lies above 0 and at most at ${rule.materialityMax}`
      return outsideScheme('materiality', `${pointer}/materiality`, limit)
    }
  }
  return null
}

function outsideScheme(rule: string, pointer: string, what: string): Problem {
  return new Problem('scheme-violation', `Under this scheme ${what}.`, { rule, pointer })
}

/** The parts named are exactly the parts of the result. */
function coverRefusal(
  facts: EngagementFacts,
  named: readonly { readonly part: string }[],
  pointer: string,
): Problem | null {
  const needed = facts.parts.map((entry) => entry.part)
  const given = named.map((entry) => entry.part)
  const exact = given.length === needed.length && needed.every((part) => given.includes(part))
  if (exact) return null
  return new Problem('opinion-inconsistent', `Name each part of the result once: ${needed.join(', ')}.`, {
    pointer,
    needed,
    given,
  })
}

function teamRefusal(team: readonly TeamMember[]): Problem | null {
  const persons = team.map((member) => member.personId)
  if (new Set(persons).size < persons.length) return field('/team', 'A person stands in the team once.')
  if (team.filter((member) => member.role === 'lead-verifier').length !== 1) {
    return field('/team', 'A team has exactly one lead verifier.')
  }
  const at = team.findIndex((member) => !canServe(member))
  if (at < 0) return null
  const detail = `This person does not hold the role "${team[at]?.role}" in the body.`
  return new Problem('role-required', detail, { pointer: `/team/${at}` })
}

/** A lead verifier can serve as a verifier, not the other way round. */
function canServe(member: TeamMember): boolean {
  if (member.memberRoles.includes(member.role)) return true
  return member.role === 'verifier' && member.memberRoles.includes('lead-verifier')
}

function impartialityRefusal(facts: EngagementFacts, team: readonly TeamMember[]): Problem | null {
  for (const [at, member] of team.entries()) {
    const pointer = `/team/${at}`
    const tie = clientTie(facts, member.personId) ?? impartialityMissing(facts, member.personId)
    if (tie) return tie.with({ pointer })
    if (!member.impartial)
      return field(`${pointer}/impartial`, 'Each member of the team declares impartiality first.')
  }
  return null
}

function findingRefusal(facts: EngagementFacts, finding: NewFinding): Problem | null {
  if (facts.findings.length >= findingsMax) return tooManyFindings()
  const isNonconformity = finding.kind === 'nonconformity'
  if (isNonconformity !== (finding.severity !== null)) {
    return field('/severity', 'A nonconformity, and only that, is major or minor.')
  }
  const isMisstatement = finding.kind === 'misstatement'
  if (isMisstatement !== (finding.quantityKgCo2e !== null)) {
    return field('/quantity', 'A misstatement, and only that, has a quantity.')
  }
  if (isMisstatement && !isSized(Number(finding.quantityKgCo2e))) {
    return field('/quantity/amount', `A misstatement is of some size, up to ${quantityMax} kgCO2e.`)
  }
  if (finding.intentional && !isMisstatement)
    return field('/intentional', 'Only a misstatement can be intentional.')
  if (finding.projected && !isMisstatement)
    return field('/projected', 'Only a misstatement is projected from a sample.')
  if (finding.answerBy !== null && finding.answerBy < facts.today)
    return field('/answerBy', `An answer is expected from today (${facts.today}) on.`)
  const last = closeBy({ severity: finding.severity, raisedOn: facts.today }, facts.scheme)
  if (finding.answerBy !== null && last !== null && finding.answerBy > last) {
    return outsideScheme('close-major', '/answerBy', `a major nonconformity of today is closed by ${last}`)
  }
  if (finding.disclosed && finding.kind !== 'observation') {
    return field('/disclosed', 'Only an observation is disclosed without an answer.')
  }
  return findingPartRefusal(facts, finding.part, isMisstatement)
}

/** kg CO2e: some twenty thousand times what the world emits in a year. */
const quantityMax = 1e18

function isSized(kgCo2e: number): boolean {
  return kgCo2e !== 0 && Math.abs(kgCo2e) <= quantityMax
}

/** An engagement is read as a whole at each act; what needs more findings than this is sent back or disclaimed. */
const findingsMax = 300

function tooManyFindings(): Problem {
  const detail = `An engagement holds at most ${findingsMax} findings; put what belongs together into one.`
  return new Problem('too-many-items', detail, { findingsMax })
}

function findingPartRefusal(facts: EngagementFacts, part: Finding['part'], needed: boolean): Problem | null {
  const known = facts.parts.map((entry) => entry.part)
  if (part === null)
    return needed ? field('/part', `A misstatement names its part: ${known.join(', ')}.`) : null
  return known.includes(part) ? null : field('/part', `The result has the parts ${known.join(', ')}.`)
}

function notClosed(facts: EngagementFacts, number: number): Problem | null {
  const finding = facts.findings.find((entry) => entry.number === number)
  if (!finding) return new Problem('not-found', 'The engagement has no finding of this number.')
  if (finding.state !== 'closed') return null
  return new Problem('invalid-transition', `Finding ${number} is closed.`, { finding: number })
}

function closureRefusal(facts: EngagementFacts, number: number, closure: string): Problem | null {
  const closed = notClosed(facts, number)
  if (closed) return closed
  const finding = facts.findings.find((entry) => entry.number === number)
  const unanswered = finding?.state === 'open' && finding.kind !== 'observation'
  if (closure !== 'resolved' || !unanswered) return null
  return new Problem('finding-open', `Finding ${number} is resolved only after the client has answered it.`, {
    findings: [number],
  })
}

function openFindingRefusal(facts: EngagementFacts): Problem | null {
  const open = facts.findings.filter(
    (finding) => finding.state !== 'closed' && !(finding.kind === 'observation' && finding.disclosed),
  )
  if (open.length === 0) return null
  const numbers = open.map((finding) => finding.number)
  return new Problem('finding-open', `Close finding ${numbers.join(', ')} before proposing an opinion.`, {
    findings: numbers,
  })
}

function lateMajorRefusal(facts: EngagementFacts, opinion: Opinion | undefined): Problem | null {
  if (opinion === undefined || !supportsClaim(opinion)) return null
  const late = lateMajors(facts.findings, facts.scheme, facts.today)
  if (late.length === 0) return null
  const days = facts.scheme.process?.closeMajorDays
  const numbers = late.map(({ number }) => number)
  const detail = `Finding ${numbers.join(', ')}, a major nonconformity, was not closed within the ${days} days of the scheme: no opinion in favour of the claim rests on this engagement.`
  return new Problem('finding-overdue', detail, { findings: numbers, closeMajorDays: days })
}

function isPinned({ privateTables }: EngagementFacts, examined: TableVersionRef): boolean {
  return privateTables.some(
    ({ table, version, digest }) =>
      table === examined.table && version === examined.version && digest === examined.digest,
  )
}

function notPinned(facts: EngagementFacts): Problem {
  const pinned = facts.privateTables.map(({ table, version, digest }) => ({ table, version, digest }))
  const names = pinned.length === 0 ? 'none' : pinned.map(named).join(', ')
  const detail = `Examine a private table by the name, version and digest that revision ${facts.revisionNumber} pins: ${names}.`
  return new Problem('not-found', detail, { pointer: '/table', pinned })
}

function privateTablesRefusal(facts: EngagementFacts, opinion: Opinion | undefined): Problem | null {
  const favourable = opinion !== undefined && supportsClaim(opinion)
  const missing = facts.privateTables.filter(
    ({ outcome }) => outcome === null || (favourable && outcome === 'rejected'),
  )
  if (missing.length === 0) return null
  const names = missing.map((one) => `${named(one)} (${one.outcome ?? 'not examined'})`).join(', ')
  const rule = favourable
    ? `An opinion that is "${opinion}" rests only on private factor tables that the team accepted`
    : 'Each private factor table is examined before an opinion is given'
  return new Problem('factor-table-not-accepted', `${rule}; missing: ${names}.`, { factorTables: missing })
}

function named({ table, version }: Pick<TableVersionRef, 'table' | 'version'>): string {
  return `${table} ${version}`
}

/** An opinion covers every part of the result at the level that was agreed. */
function partsRefusal(facts: EngagementFacts, proposal: Proposal): Problem | null {
  const cover = coverRefusal(facts, proposal.parts, '/parts')
  if (cover) return cover
  for (const [at, { part, assurance }] of proposal.parts.entries()) {
    const levels = levelsOpen(facts, part)
    if (levels.includes(assurance)) continue
    const detail = `Assurance on ${part} is ${levels.join(' or ')} here.`
    return new Problem('opinion-inconsistent', detail, { pointer: `/parts/${at}/assurance`, levels })
  }
  return null
}

/** The level agreed; for a part that a correction brought in later, what the scheme offers. */
function levelsOpen(facts: EngagementFacts, part: Part): readonly string[] {
  const agreed = facts.contractReview?.parts.find((entry) => entry.part === part)
  if (agreed) return [agreed.assurance]
  return subjectRule(facts.scheme, facts.subject)?.parts.find((entry) => entry.part === part)?.assurance ?? []
}

function opinionRefusal(facts: EngagementFacts, proposal: Proposal): Problem | null {
  const { opinion, parts, judgements = [] } = proposal
  const strange = judgements.findIndex(({ part }) => !parts.some((one) => one.part === part))
  if (strange >= 0) return field(`/judgements/${strange}/part`, 'Judge a part that the opinion names.')
  const worst = tooFavourable(proposal)
  if (worst !== null) {
    const detail = `The opinion as a whole is no more favourable than that on each part: one of them is "${worst}".`
    return new Problem('opinion-inconsistent', detail, { pointer: '/opinion' })
  }
  const judged = judgements.map(({ part }) => part)
  const barred = opinion === 'unmodified' ? barsToUnmodified(facts, judged) : []
  if (barred.length > 0) return notUnmodified(barred, '/opinion')
  for (const [at, one] of parts.entries()) {
    const bars = (one.opinion ?? opinion) === 'unmodified' ? barsOfOnePart(facts, one.part, judged) : []
    if (bars.length > 0) return notUnmodified(bars, `/parts/${at}/opinion`)
  }
  return null
}

function notUnmodified(bars: readonly string[], pointer: string): Problem {
  return new Problem('opinion-inconsistent', `An unmodified opinion cannot stand: ${bars.join(' ')}`, {
    pointer,
    bars,
  })
}

function documentRefusal(facts: EngagementFacts): Problem | null {
  const opinion = facts.proposal?.opinion
  if (opinion === undefined) return new Problem('invalid-transition', 'No opinion has been proposed.')
  const accepted = documentRule(facts.scheme, facts.documentKind)?.opinions ?? []
  const isBarred = facts.documentKind === 'certificate' && !supportsClaim(opinion)
  if (!isBarred && accepted.includes(opinion)) return null
  const detail = `No ${facts.documentKind} is granted on the opinion "${opinion}"; refuse it, or verify towards a statement.`
  return new Problem('scheme-violation', detail, { rule: 'opinion', opinion, accepted })
}
