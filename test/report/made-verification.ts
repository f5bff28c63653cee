/** Verification reports that no engagement led to: one with everything on it, one of an application. */

import type { VerificationReport } from '../../src/report/verification/shape.ts'

/** A text that would like to be markup and style. */
export const odd = '</style><script>alert(1)</script> "\\\' 白鹭'

const digest = `sha256:${'a'.repeat(64)}`
const day = (at: number) => `2026-02-${String(at).padStart(2, '0')}T02:00:00.000Z`
const act = (by: string, at: number) => ({ by, at: day(at) })
const face = { name: { en: odd, zh: null }, address: { en: 'Haicang', zh: '海沧' } }
const step = (kind: string, body: Record<string, unknown> | null, subject = '', number = 1) =>
  ({ kind, subject, number, body, ...act('P2', number) }) as VerificationReport['text']['steps'][number]
const file = (number: number) => ({
  ...{
    number,
    kind: 'invoice' as const,
    name: odd,
    mediaType: 'application/pdf',
    size: 9,
    sha256: 'b'.repeat(64),
  },
  ...{
    lineCount: 23,
    lines: Array.from({ length: 20 }, (_, at) => `line-${at}`),
    meters: [odd],
    findings: [1],
  },
})
const none = { count: 0, net: '0', gross: '0' }

const text: VerificationReport['text'] = {
  ...{ type: 'egret/verification-report', format: '1', engagement: 'e', footprint: 'f', title: odd },
  ...{ subject: 'organization', documentKind: 'certificate', boundary: 'operational-control' },
  period: { start: '2025-01-01', end: '2026-01-01' },
  parties: {
    ...{ client: { en: odd, zh: '测试工厂' }, body: { en: 'Strait', zh: null }, responsibleParty: face },
    ...{
      manufacturer: face,
      factory: face,
      sites: [face],
      intendedUsers: odd,
      product: { en: odd, zh: null },
    },
  },
  scheme: {
    id: 's',
    version: '1.0',
    digest,
    title: { en: 'Scheme', zh: '方案' },
    standards: ['ISO 14064-1:2018'],
  },
  agreed: {
    ...{ objectives: odd, scope: odd, criteria: [odd], personDays: '4.5', sector: 'C33', ...act('P2', 1) },
    parts: [{ part: 'scope-1', assurance: 'reasonable', materiality: '0.05' }],
  },
  team: [
    { person: 'P1', role: 'responsible', side: 'client', since: day(1), endedAt: null },
    { person: 'P3', role: 'verifier', side: 'team', since: day(1), endedAt: day(3) },
  ],
  steps: [
    step('agreement', { agreedOn: '2026-01-05', documentDigest: digest, title: odd }),
    step('reduction-plan', {
      targets: [{ reduction: '0.125', toYear: '2028', fromYear: '2025', label: { en: 'Power', zh: '用电' } }],
      statement: { en: odd, zh: odd },
      documentDigest: null,
    }),
    step('risk-assessment', null),
    step('verification-plan', {
      steps: [{ who: odd, until: '2026-02-02', from: '2026-02-01', activity: odd }],
    }),
    step(
      'site-visit',
      {
        rationale: odd,
        until: '2026-02-02',
        from: '2026-02-01',
        kind: 'on-site',
        site: odd,
        participants: [odd],
      },
      odd,
    ),
  ],
  revisions: [
    {
      ...{ number: 2, digest, recordDigest: digest, declarationDigest: digest, declared: act('P1', 1) },
      ...{ lineCount: 23, totalKgCo2e: '1498770', printed: { amount: '1498.77', unit: 'tCO2e' } },
    },
  ],
  factorTables: [
    {
      table: 'own.t',
      version: '1',
      digest,
      examination: { outcome: 'accepted', note: odd, ...act('P2', 2) },
    },
  ],
  exclusions: [{ what: odd, reason: odd, estimatedShare: '0.01' }],
  findings: [
    {
      ...{ number: 1, kind: 'misstatement', severity: null, part: 'scope-1', quantityKgCo2e: '-100.5' },
      ...{
        intentional: true,
        projected: true,
        disclosed: false,
        answerBy: '2026-03-01',
        text: odd,
        lines: [odd],
      },
      ...{ raised: act('P2', 2), state: 'closed', closure: 'stands', closed: { note: odd, ...act('P2', 4) } },
      answer: { text: odd, correctiveAction: { text: odd, doneBy: '2026-03-01' }, ...act('P1', 3) },
    },
    {
      ...{ number: 2, kind: 'observation', severity: null, part: null, quantityKgCo2e: null, lines: [] },
      ...{
        intentional: false,
        projected: false,
        disclosed: true,
        answerBy: null,
        text: 'Seen.',
        answer: null,
      },
      ...{ raised: act('P3', 2), state: 'open', closure: null, closed: null },
    },
  ],
  materiality: [
    {
      ...{
        part: 'scope-1',
        reported: '83031.2',
        corrected: '83131.7',
        materiality: '0.05',
        threshold: '4156.585',
      },
      ...{ known: none, projected: { count: 1, net: '-100.5', gross: '100.5' } },
      ...{ together: { count: 1, net: '-100.5', gross: '100.5' }, singleOver: [], intentional: [1] },
      ...{ netOver: false, grossOver: false, needsJudgement: false },
    },
    {
      ...{ part: 'scope-2', reported: null, corrected: null, materiality: null, threshold: '0', known: none },
      ...{ projected: none, together: none, singleOver: [], intentional: [] },
      ...{ netOver: false, grossOver: false, needsJudgement: false },
    },
  ],
  evidence: [file(1)],
  opinion: {
    ...{ opinion: 'modified', rationale: odd, judgements: [{ part: 'scope-1', text: odd }], ...act('P2', 5) },
    parts: [{ part: 'scope-1', assurance: 'reasonable', opinion: 'modified' }],
  },
  review: act('P4', 6),
  decision: { outcome: 'granted', reason: odd, ...act('P4', 7) },
  overrideCount: 1,
}

/** Everything that can stand on one. */
export function madeReport(): VerificationReport {
  return {
    ...{ state: 'issued', digest, text, annexDigest: digest },
    coverage: { lineCount: 30, backedCount: 23, backedShare: '0.97' },
    annex: {
      ...{ type: 'egret/verification-report-annex', text: digest, reviewNotes: odd, files: [file(1)] },
      returned: { notes: odd, ...act('P4', 5) },
      papers: [
        step('impartiality-declaration', { ties: [] }, 'P2'),
        step('impartiality-declaration', { ties: [{ kind: 'training', party: odd }] }, 'P3'),
        step('impartiality-declaration', { ties: [{ kind: 'training', party: odd }] }, 'P4'),
        step('override', { guard: 'effort-sufficient', reason: odd }, 'effort-sufficient'),
        step('team-change', { team: [{ person: 'P2', role: 'lead-verifier' }], reason: odd }),
      ],
    },
    persons: [
      { label: 'P1', name: 'Lin', pseudonym: 'c'.repeat(22) },
      { label: 'P2', name: odd, pseudonym: null },
      { label: 'P3', name: '', pseudonym: 'd'.repeat(22) },
      { label: 'P4', name: 'Wu', pseudonym: null },
    ],
    document: {
      ...{ id: 'i', number: 'EGRET-2026-8F3K-27QD', digest, issuedAt: day(8), validUntil: day(28) },
      ...{ status: 'suspended', statusAt: day(9), url: 'https://egret.example/credentials/i' },
    },
  }
}

/** Of what was applied for and nothing more. */
export function appliedReport(): VerificationReport {
  const empty = { steps: [], findings: [], exclusions: [], factorTables: [], team: [] }
  const open = { agreed: null, opinion: null, review: null, decision: null, overrideCount: 0 }
  const coverage = { lineCount: 30, backedCount: 0, backedShare: null }
  return {
    ...madeReport(),
    ...{ state: 'applied', annex: null, annexDigest: null, document: null },
    coverage,
    text: { ...text, ...empty, ...open, evidence: [] },
  }
}
