/** Kinds of working papers: the documented steps of a verification (decision 0070). What each holds: `papers.ts`. */

/** In the order in which a verification comes to them. */
export const paperKinds = [
  'impartiality-declaration',
  'agreement',
  'agreement-signature',
  'reduction-plan',
  'strategic-analysis',
  'risk-assessment',
  'verification-plan',
  'evidence-plan',
  'document-review',
  'site-visit',
  'review-notes',
  'verification-report',
] as const
export type PaperKind = (typeof paperKinds)[number]

/** Moves before which a scheme may ask for a paper; `decide` stands for `grant` and `refuse`. */
export const paperGates = ['accept', 'propose', 'concur', 'decide', 'issue'] as const
export type PaperGate = (typeof paperGates)[number]
