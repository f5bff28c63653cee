/**
 * Breakdowns of a result that a document can show, in the order in which it names them. A scheme says which ones are always
 * public; the holder adds others. None of them tells a mass of a single gas or an activity amount.
 */
export const breakdowns = [
  'byKind',
  'byScope',
  'byIsoCategory',
  'byStage',
  'byCategory',
  'byGas',
  'bySite',
] as const
export type Breakdown = (typeof breakdowns)[number]
