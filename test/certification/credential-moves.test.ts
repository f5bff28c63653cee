import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type DocumentFacts,
  documentGuards,
  documentMovesFrom,
  documentRefusal,
  type Successor,
} from '../../src/certification/credential-moves.ts'
import { standingAt } from '../../src/certification/credential-standing.ts'
import {
  type CredentialMove,
  type CredentialStatus,
  credentialMoves,
  credentialStatuses,
  credentialTransitions,
  purposesFor,
  type ReasonClass,
  successionPurposes,
} from '../../src/certification/credential-status.ts'
import { processRoles } from '../../src/certification/engagement.ts'
import { documentKinds } from '../../src/certification/scheme.ts'

const decider = { personId: 'decider', roles: ['decision-maker'] }

/** By hand: what each document can do from where. A statement is never suspended. */
const allowed: Record<
  (typeof documentKinds)[number],
  Partial<Record<CredentialStatus, readonly CredentialMove[]>>
> = {
  certificate: {
    active: ['suspend', 'withdraw', 'cancel', 'supersede'],
    suspended: ['reinstate', 'withdraw', 'cancel', 'supersede'],
  },
  'verification-statement': { active: ['withdraw', 'cancel', 'supersede'] },
}

const successor = (changes: Partial<Successor> = {}): Successor => ({
  state: 'public',
  status: 'active',
  documentKind: 'certificate',
  purpose: 'renewal',
  ...changes,
})
const facts = (changes: Partial<DocumentFacts> = {}): DocumentFacts => ({
  state: 'public',
  status: 'active',
  documentKind: 'certificate',
  ...changes,
})
const refusal = (
  move: CredentialMove,
  content: { reason: ReasonClass; successor?: Successor | null },
  of = facts(),
) =>
  documentRefusal(move, {
    facts: of,
    caller: decider,
    content: { named: undefined, successor: undefined, ...content },
  })

describe('every status, with every move, of every kind, by every role', () => {
  test('only what the document can do, by a decision maker of the body', () => {
    let tried = 0
    for (const documentKind of documentKinds) {
      for (const status of credentialStatuses) {
        if (documentKind === 'verification-statement' && status === 'suspended') continue
        for (const move of credentialMoves) {
          for (const role of [...processRoles, null]) {
            tried += 1
            const caller = { personId: 'someone', roles: role === null ? [] : [role] }
            const refused = documentRefusal(move, {
              facts: facts({ status, documentKind }),
              caller,
              content: null,
            })
            const isAllowed =
              role === 'decision-maker' && (allowed[documentKind][status] ?? []).includes(move)
            expect(refused === null, `${move} of ${documentKind} ${status} by ${role}`).toBe(isAllowed)
          }
        }
      }
    }
    expect(tried).toBe(9 * credentialMoves.length * (processRoles.length + 1))
  })

  test('by a machine: none; before it is public: none', () => {
    for (const move of credentialMoves) {
      const machine = { personId: null, roles: ['decision-maker'] }
      expect(documentRefusal(move, { facts: facts(), caller: machine, content: null })?.code).toBe(
        'member-required',
      )
      expect(documentMovesFrom(facts({ state: 'pending' }), decider)).toEqual([])
    }
  })

  test('those not possible say why', () => {
    const shown = documentMovesFrom(facts(), { personId: 'm', roles: ['body-manager'] })
    expect(shown.map(({ move, possible }) => [move, possible])).toEqual([
      ['suspend', false],
      ['withdraw', false],
      ['cancel', false],
      ['supersede', false],
    ])
    expect(shown[0]?.because?.code).toBe('role-required')
  })
})

describe('a supersession', () => {
  test('names a document in force of its kind, declared to take the place, with the reason that follows', () => {
    expect(refusal('supersede', { reason: 'renewed', successor: successor() })).toBeNull()
    expect(refusal('supersede', { reason: 'renewed' })?.facts.pointer).toBe('/successorId')
    expect(refusal('supersede', { reason: 'renewed', successor: null })?.code).toBe('not-found')
    for (const changes of [
      { status: 'suspended' },
      { status: 'superseded' },
      { state: 'pending' },
      { documentKind: 'verification-statement' },
      { purpose: null },
    ] as const) {
      const refused = refusal('supersede', { reason: 'renewed', successor: successor(changes) })
      expect([refused?.code, refused?.facts.guard]).toEqual(['invalid-transition', 'successor-stands'])
    }
    const wrong = refusal('supersede', { reason: 'scope-reduced', successor: successor() })
    expect([wrong?.facts.pointer, wrong?.facts.reasons]).toEqual(['/reason', ['renewed']])
  })

  test('is the only move that names one, and is for good', () => {
    expect(refusal('withdraw', { reason: 'nonconformity', successor: successor() })?.facts.guard).toBe(
      'successor-stands',
    )
    const ended = {
      status: 'superseded',
      statusAt: new Date('2026-01-01'),
      validUntil: new Date('2026-02-01'),
    } as const
    expect(standingAt(ended, new Date('2026-03-01')).standing).toBe('superseded')
  })

  test('has a reason for every purpose; a statement is revised and nothing else', () => {
    for (const reason of Object.values(successionPurposes)) {
      expect(credentialTransitions.supersede.reasons).toContain(reason)
    }
    expect(purposesFor('verification-statement')).toEqual(['revision'])
    expect(purposesFor('certificate')).toEqual(Object.keys(successionPurposes))
  })
})

test('docs/status.md has the very table that decides, and every guard', () => {
  const page = readFileSync(new URL('../../docs/status.md', import.meta.url), 'utf8')
  for (const [move, { from, reasons }] of Object.entries(credentialTransitions)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${move}\` |`)) ?? ''
    expect(row, move).toContain(`| ${from.join(', ')} |`)
    for (const reason of reasons) expect(page, reason).toContain(`\`${reason}\``)
  }
  for (const guard of Object.keys(documentGuards)) expect(page).toContain(`\`${guard}\``)
})
