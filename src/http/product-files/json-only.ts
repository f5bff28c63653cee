/**
 * Members that no table holds: a calculation that has one of them is sent and taken as JSON. Whoever asks for it as a workbook is
 * told so by name.
 */

export const jsonOnly: readonly string[] = [
  /** A factor with its flows, gas by gas, is a table of its own. */
  'ownFactors',
]
