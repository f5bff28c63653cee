/** What an authority gives a body: accreditation 认可 (of its competence) or approval 批准 (to certify at all). */
export const accreditationKinds = ['accreditation', 'approval'] as const
export type AccreditationKind = (typeof accreditationKinds)[number]
