/** The words that schemes, opinions and documents are made of. */

export const documentKinds = ['verification-statement', 'certificate'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const subjectKinds = ['organization', 'product'] as const
export type SubjectKind = (typeof subjectKinds)[number]

export const opinions = ['unmodified', 'modified', 'adverse', 'disclaimer'] as const
export type Opinion = (typeof opinions)[number]

export const assuranceLevels = ['limited', 'reasonable'] as const
export type AssuranceLevel = (typeof assuranceLevels)[number]

/** What an opinion can speak of: the scopes of an inventory, or a product's footprint as a whole. */
export const parts = ['scope-1', 'scope-2', 'scope-3', 'product-footprint'] as const
export type Part = (typeof parts)[number]

/** How an organization draws its boundary (ISO 14064-1, GHG Protocol), and where a product's begins and ends (ISO 14067). */
export const boundaries = {
  organization: ['operational-control', 'financial-control', 'equity-share'],
  product: ['cradle-to-gate', 'cradle-to-grave', 'gate-to-gate'],
} as const satisfies Record<SubjectKind, readonly string[]>
export type Boundary = (typeof boundaries)[SubjectKind][number]

/** The parts an opinion on each kind of footprint can have. */
export const partsOfSubject: Readonly<Record<SubjectKind, readonly Part[]>> = {
  organization: ['scope-1', 'scope-2', 'scope-3'],
  product: ['product-footprint'],
}

/** Whether an opinion speaks for the claim, if only with its matters stated: no certificate rests on another one. */
export function supportsClaim(opinion: Opinion): boolean {
  return opinion === 'unmodified' || opinion === 'modified'
}
