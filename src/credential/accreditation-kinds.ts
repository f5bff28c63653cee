/** Kinds of accreditation, as documents name them; schemes speak of them too. */
export { type AccreditationKind, accreditationKinds } from '../certification/accreditation-kinds.ts'
