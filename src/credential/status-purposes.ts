/** What a status list says of a credential (Bitstring Status List 1.0): `revocation` for good, `suspension` for a while. */
export const statusPurposes = ['revocation', 'suspension'] as const
export type StatusPurpose = (typeof statusPurposes)[number]
