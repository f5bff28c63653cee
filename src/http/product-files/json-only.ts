/**
 * Members that no table holds: a calculation that has one of them is sent and taken as JSON. Whoever asks for it as a workbook is
 * told so by name.
 */

export const jsonOnly: readonly string[] = [
  /** A factor with its flows, gas by gas, is a table of its own. */
  'ownFactors',
  'emptyStages',
  'siteData',
  /** How a parameter is distributed is said by its kind of distribution, each with members of its own. */
  'parameters.uncertainty',
  'processes.site',
  /** Several products of one process and how they share its burden, waste that it treats, and several plants as one. */
  'referenceProduct',
  ...['product', 'treats', 'price', 'properties', 'coProducts', 'allocation', 'meanOf'].map(
    (member) => `processes.${member}`,
  ),
]
