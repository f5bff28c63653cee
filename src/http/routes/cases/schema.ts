/** What a case is on the wire: as its body sees it, as the client sees it, and as whoever holds the receipt does. */

import { z } from '@hono/zod-openapi'
import { caseCallerOf, caseFactsOf } from '../../../actions/cases/situation.ts'
import { caseMoves, caseMovesFrom } from '../../../certification/case-transitions.ts'
import {
  caseKinds,
  caseOutcomes,
  caseSides,
  caseStates,
  consequences,
  dismissals,
  isOverdue,
  publicCaseKinds,
} from '../../../certification/cases.ts'
import {
  credentialMoves,
  credentialStatuses,
  reasonClasses,
} from '../../../certification/credential-status.ts'
import { documentKinds } from '../../../certification/scheme.ts'
import type { CaseFile, CaseRow } from '../../../ports/cases.ts'
import type { Actor } from '../../../ports.ts'
import { Id, Instant, instant, line, list, text } from '../../schemas.ts'

/** Characters of one statement. */
const statementLengthMax = 5000

const Text = text(statementLengthMax)
const Summary = z
  .strictObject({ en: text(1000), zh: text(1000).nullable() })
  .openapi('CaseSummary')
  .describe('Told to whoever complained, too: name nobody, and nothing that is private')

export const ComplaintBody = z
  .strictObject({
    kind: z
      .enum(publicCaseKinds)
      .describe('complaint 投诉; misuse of mark or document 误用; facts-discovered 事后发现的事实'),
    document: line(100).nullable().default(null).describe('The number on the document that it is about'),
    text: Text.describe('What happened. Read by the body alone, never public'),
    contact: z
      .strictObject({
        name: line(100).nullable().default(null),
        address: line(200).nullable().default(null).describe('Electronic mail, telephone, or where you live'),
      })
      .default({ name: null, address: null })
      .describe('Optional. Kept apart from what you write, and erased when you ask'),
  })
  .openapi('NewComplaint')

export const StatementBody = z.strictObject({ text: Text }).openapi('CaseStatementSent')

const Outcome = z.object({
  outcome: z.enum(caseOutcomes).describe('upheld 成立, partly-upheld 部分成立, not-upheld 不成立'),
  consequence: z.enum(consequences),
  summary: Summary,
  at: Instant,
})
const Dismissed = z.object({ reason: z.enum(dismissals), summary: Summary, at: Instant })

export const ReceivedView = z
  .object({
    number: z.string().describe('What people quote, e.g. CASE-2026-8F3K-27QD'),
    kind: z.enum(caseKinds),
    state: z.enum(caseStates),
    document: z.string().nullable().describe('The number of the document that it is about'),
    receivedAt: Instant,
    acknowledgeBy: Instant,
    dueAt: Instant.describe('By when the body decides'),
    overdue: z.boolean(),
    decision: Outcome.nullable(),
    dismissal: Dismissed.nullable(),
    documentMoves: list(z.object({ move: z.enum(credentialMoves), effectiveAt: Instant })),
    statements: list(z.object({ number: z.int(), text: z.string(), at: Instant })).describe('Your own'),
    contact: z.enum(['none', 'kept', 'erased']).describe('Whether name or address is kept'),
  })
  .openapi('ReceivedComplaint')

export const ReceiptView = z
  .object({
    number: z.string(),
    receipt: z
      .string()
      .describe(
        'A secret: whoever has it reads the state and may say more. Told once; keep it with the number',
      ),
    state: z.enum(caseStates),
    acknowledgeBy: Instant,
    dueAt: Instant,
  })
  .openapi('ComplaintReceipt')

export const NewCaseBody = z
  .union(
    [
      z.strictObject({ kind: z.enum(caseKinds), credentialId: Id, text: Text }),
      z.strictObject({ kind: z.enum(caseKinds), engagementId: Id, text: Text }),
    ],
    'names a kind, a text, and either credentialId or engagementId',
  )
  .openapi('NewCase')

export const CaseMoveBody = z
  .discriminatedUnion('move', [
    z.strictObject({ move: z.literal('acknowledge') }),
    z.strictObject({
      move: z.literal('assign'),
      memberId: Id.describe('Of the body: who examines the case'),
    }),
    z.strictObject({ move: z.literal('extend'), dueAt: Instant, reason: text(1000) }),
    z.strictObject({ move: z.literal('addStatement'), text: Text }),
    z.strictObject({ move: z.literal('report'), text: text(20_000) }),
    z.strictObject({ move: z.literal('dismiss'), reason: z.enum(dismissals), summary: Summary }),
    z.strictObject({
      move: z.literal('decide'),
      outcome: z.enum(caseOutcomes),
      consequence: z.enum(consequences),
      reasons: text(20_000).describe('For body and client'),
      summary: Summary,
    }),
    z.strictObject({ move: z.literal('close') }),
  ])
  .openapi('CaseMove')

export const CaseHead = z
  .object({
    id: Id,
    number: z.string(),
    kind: z.enum(caseKinds),
    openedBy: z.enum(caseSides),
    state: z.enum(caseStates),
    version: z.int().describe('Counts every act'),
    engagementId: Id.nullable(),
    credentialId: Id.nullable(),
    acknowledgeBy: Instant,
    dueAt: Instant.describe('By when it is to be decided'),
    overdue: z.boolean().describe('A deadline has passed; acting on it is a person’s to do'),
    decision: Outcome.extend({ reasons: z.string() }).nullable(),
    dismissal: Dismissed.nullable(),
    extension: z.object({ reason: z.string(), before: Instant, at: Instant }).nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .openapi('CaseHead')

export const CaseView = CaseHead.extend({
  document: z
    .object({
      id: Id,
      number: z.string(),
      documentKind: z.enum(documentKinds),
      status: z.enum(credentialStatuses),
    })
    .nullable(),
  statements: list(
    z.object({
      number: z.int(),
      side: z.enum(caseSides),
      personName: z.string().nullable(),
      text: z.string(),
      at: Instant,
    }),
  ).describe('The body sees all, the client its own'),
  persons: list(
    z.object({ personName: z.string(), role: z.enum(['examiner', 'decider']), since: Instant }),
  ).describe('Who hears it: none of them took part in what it is about'),
  report: z.object({ text: z.string(), at: Instant }).nullable().describe('Of the examiner; for the body'),
  contact: z
    .object({
      name: z.string().nullable(),
      address: z.string().nullable(),
      erasedAt: Instant.nullable(),
    })
    .nullable()
    .describe('Of whoever complained without an account; for the body'),
  documentMoves: list(
    z.object({
      id: Id,
      move: z.enum(credentialMoves),
      reason: z.enum(reasonClasses),
      effectiveAt: Instant,
      leafIndex: z.int(),
    }),
  ).describe('Moves of the document that name this case'),
  moves: list(
    z.object({
      move: z.enum(caseMoves as [string, ...string[]]),
      to: z.enum(caseStates),
      possible: z.boolean(),
      because: z.object({ code: z.string(), detail: z.string() }).nullable(),
    }),
  ).describe('What the caller may do now, and for what it may not, why'),
}).openapi('Case')

export function viewCaseHead(row: CaseRow, now: Date): z.infer<typeof CaseHead> {
  const { id, number, kind, openedBy, state, version, engagementId, credentialId } = row
  const { extension } = row
  return {
    ...{ id, number, kind, openedBy, state, version, engagementId, credentialId },
    acknowledgeBy: instant(row.acknowledgeBy),
    dueAt: instant(row.dueAt),
    overdue: isOverdue(row, now),
    decision: row.decision && { ...viewOutcome(row.decision), reasons: row.decision.reasons },
    dismissal: row.dismissal && viewDismissal(row.dismissal),
    extension: extension && {
      reason: extension.reason,
      before: extension.before,
      at: instant(extension.at),
    },
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  }
}

function viewOutcome({ outcome, consequence, summary, at }: NonNullable<CaseRow['decision']>) {
  return { outcome, consequence, summary, at: instant(at) }
}

function viewDismissal({ reason, summary, at }: NonNullable<CaseRow['dismissal']>) {
  return { reason, summary, at: instant(at) }
}

/** What strangers wrote, what the examiner found and how to reach whoever complained are the body's alone. */
export function viewCase(file: CaseFile, actor: Actor, now: Date): z.infer<typeof CaseView> {
  const caller = caseCallerOf(file, actor)
  const isBody = caller.side === 'body'
  const { report } = file.case
  const said = file.statements.filter(({ side }) => isBody || side === caller.side)
  return {
    ...viewCaseHead(file.case, now),
    document: file.document,
    statements: said.map((one) => ({ ...one, at: instant(one.at) })),
    persons: file.persons.map(({ personName, role, since }) => ({ personName, role, since: instant(since) })),
    report: isBody && report ? { text: report.text, at: instant(report.at) } : null,
    contact: isBody ? viewContact(file) : null,
    documentMoves: file.moves.map((made) => ({ ...made, effectiveAt: instant(made.effectiveAt) })),
    moves: [...caseMovesFrom(caseFactsOf(file), caller)],
  }
}

function viewContact({ contact }: CaseFile) {
  return contact && { ...contact, erasedAt: contact.erasedAt && instant(contact.erasedAt) }
}

export function viewReceived(file: CaseFile, now: Date): z.infer<typeof ReceivedView> {
  const { case: row, document, statements, moves, contact } = file
  const own = statements.filter(({ side }) => side === 'complainant')
  return {
    number: row.number,
    kind: row.kind,
    state: row.state,
    document: document?.number ?? null,
    receivedAt: instant(row.createdAt),
    acknowledgeBy: instant(row.acknowledgeBy),
    dueAt: instant(row.dueAt),
    overdue: isOverdue(row, now),
    decision: row.decision && viewOutcome(row.decision),
    dismissal: row.dismissal && viewDismissal(row.dismissal),
    documentMoves: moves.map(({ move, effectiveAt }) => ({ move, effectiveAt: instant(effectiveAt) })),
    statements: own.map(({ number, text: written, at }) => ({ number, text: written, at: instant(at) })),
    contact: contact === null ? 'none' : contact.erasedAt === null ? 'kept' : 'erased',
  }
}
