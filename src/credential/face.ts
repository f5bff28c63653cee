/** What lists show of a document: taken from the document itself. */

import type { Opinion } from '../certification/scheme.ts'
import type { Names } from '../engine/types.ts'
import type { Credential } from './schema.ts'

/** A document in a public list; nothing that it does not say. */
export interface CredentialFace {
  readonly type: 'OrganizationFootprint' | 'ProductFootprint'
  readonly title: string
  readonly holder: Names
  readonly issuer: { readonly did: string; readonly name: Names }
  readonly scheme: { readonly id: string; readonly version: string; readonly title: Names }
  readonly opinion: Opinion
  readonly development: boolean
  /** RFC 3339. */
  readonly validFrom: string
  readonly validUntil: string | null
}

/** The face of a credential. */
export function faceOf({ issuer, credentialSubject, ...credential }: Credential): CredentialFace {
  const { type, title, holder, scheme, verification } = credentialSubject
  return {
    type,
    title,
    holder: namesOf(holder.label),
    issuer: { did: issuer.id, name: namesOf(issuer.label) },
    scheme: { id: scheme.identifier, version: scheme.version, title: scheme.label },
    opinion: verification.opinion,
    development: credential.development,
    validFrom: credential.validFrom,
    validUntil: credential.validUntil ?? null,
  }
}

function namesOf({ en, zh }: { en?: string | undefined; zh?: string | undefined }): Names {
  return { en: en ?? zh ?? '', zh: zh ?? null }
}
