/** Which working papers must stand before a move, and whether one that is sent holds together. */

import { Problem } from '../problem.ts'
import { type EngagementFacts, paperMoves } from './engagement.ts'
import { field } from './field-refusal.ts'
import { type PaperGate, type PaperKind, paperKinds } from './paper-kinds.ts'
import {
  asksFor,
  type PaperBodies,
  type PaperContent,
  paperOrder,
  papersBefore,
  standingOf,
} from './papers.ts'

const gates: Readonly<Record<string, PaperGate>> = {
  accept: 'accept',
  propose: 'propose',
  concur: 'concur',
  grant: 'decide',
  refuse: 'decide',
  issue: 'issue',
}

/** What the scheme wants on file before this move and is not; null when all is there. */
export function missingPapers(facts: EngagementFacts, move: string): Problem | null {
  const gate = gates[move]
  const missing = gate ? papersBefore(facts.scheme, gate).filter((kind) => !stands(facts, kind)) : []
  if (missing.length === 0) return visitMissing(facts, gate)
  return papersMissing(`Record first what the scheme asks for: ${missing.join(', ')}.`, missing)
}

/** What the process wants before a paper of the kind that this move records; null when all is there. */
export function paperDisorder(facts: EngagementFacts, move: string): Problem | null {
  const kind = kindOf(move)
  const before = kind ? paperOrder[kind] : []
  const missing = before.filter((one) => asksFor(facts.scheme, one) && !stands(facts, one))
  if (missing.length === 0) return null
  return papersMissing(`A ${kind} follows what is not on file yet: ${missing.join(', ')}.`, missing)
}

function kindOf(move: string): PaperKind | null {
  return paperKinds.find((kind) => paperMoves[kind] === move) ?? null
}

/** Declarations are asked of each person by a guard of their own. */
function stands({ papers }: EngagementFacts, kind: PaperKind): boolean {
  return kind === 'impartiality-declaration' || standingOf(papers, kind).length > 0
}

/** Where the scheme wants a visit, a reason why there was none is not enough. */
function visitMissing({ scheme, papers }: EngagementFacts, gate: PaperGate | undefined): Problem | null {
  if (scheme.process?.siteVisit !== 'required' || gate === undefined) return null
  if (!papersBefore(scheme, gate).includes('site-visit')) return null
  if (standingOf(papers, 'site-visit').some(({ body }) => body.kind !== 'none')) return null
  return papersMissing('The scheme asks for a visit of a site, not only for the reason why there was none.', [
    'site-visit',
  ])
}

function papersMissing(detail: string, papers: readonly PaperKind[]): Problem {
  return new Problem('paper-missing', detail, { papers })
}

/** What does not hold together in a paper; null when all does. */
export function paperFault(facts: EngagementFacts, { kind, body }: PaperContent): Problem | null {
  const check = faults[kind] as ((body: unknown, facts: EngagementFacts) => Problem | null) | undefined
  return check?.(body, facts) ?? null
}

type Faults = {
  readonly [Kind in keyof PaperBodies]?: (body: PaperBodies[Kind], facts: EngagementFacts) => Problem | null
}

const faults: Faults = {
  'impartiality-declaration': ({ ties }, { today }) =>
    first(ties, ({ from, until }, at) => {
      if (from > today) return field(`/body/ties/${at}/from`, 'A tie that is declared has begun.')
      return until !== null && until < from
        ? field(`/body/ties/${at}/until`, 'A tie ends after it began.')
        : null
    }),

  agreement: ({ agreedOn }, { today }) =>
    agreedOn > today ? field('/body/agreedOn', 'An agreement on file has been made.') : null,

  'reduction-plan': ({ targets }) =>
    first(targets, ({ fromYear, toYear, reduction }, at) => {
      if (toYear <= fromYear)
        return field(`/body/targets/${at}/toYear`, 'A target lies after its first year.')
      return Number(reduction) > 0 && Number(reduction) <= 1
        ? null
        : field(`/body/targets/${at}/reduction`, 'A reduction is a share above 0 and at most 1, e.g. 0.3.')
    }),

  'risk-assessment': ({ risks }, facts) =>
    first(risks, ({ part }, at) => partFault(facts, part, `/body/risks/${at}/part`)),

  'verification-plan': ({ steps }) =>
    first(steps, ({ from, until }, at) =>
      until < from ? field(`/body/steps/${at}/until`, 'A step ends after it began.') : null,
    ),

  'evidence-plan': ({ items }, facts) => {
    const risks = standingOf(facts.papers, 'risk-assessment')[0]?.body.risks.length ?? 0
    return first(items, ({ part, risk }, at) => {
      const known = `The risk assessment has ${risks} risks; name one by its place, from 1.`
      if (risk !== null && risk > risks) return field(`/body/items/${at}/risk`, known)
      return partFault(facts, part, `/body/items/${at}/part`)
    })
  },

  'site-visit': ({ kind, from, until, checked }, { today }) => {
    const isMade = kind !== 'none'
    if (isMade !== (from !== null && until !== null && checked !== null)) {
      const detail = 'A visit has its days and what was checked; without one there are none.'
      return field('/body/kind', detail)
    }
    if (from === null || until === null) return null
    if (until < from) return field('/body/until', 'A visit ends after it began.')
    return until > today ? field('/body/until', 'Record a visit once it was made.') : null
  },
}

function partFault(facts: EngagementFacts, part: string | null, pointer: string): Problem | null {
  const known: readonly string[] = facts.parts.map((entry) => entry.part)
  if (part === null || known.includes(part)) return null
  return field(pointer, `The result has the parts ${known.join(', ')}.`)
}

function first<Item>(
  items: readonly Item[],
  fault: (item: Item, at: number) => Problem | null,
): Problem | null {
  for (const [at, item] of items.entries()) {
    const found = fault(item, at)
    if (found) return found
  }
  return null
}
