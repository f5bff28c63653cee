/** A document while it lives, for its body and its holder: what may be done with it, its surveillance, what is to replace it. */

import { documentMovesFrom, type PossibleDocumentMove } from '../../certification/credential-moves.ts'
import { documentRule, readScheme } from '../../certification/scheme.ts'
import {
  type SurveillanceStanding,
  type SurveillanceTerm,
  surveillanceAt,
} from '../../certification/surveillance.ts'
import type { IssuedCredential } from '../../ports/credentials.ts'
import type { LivingDocument } from '../../ports/surveillance.ts'
import type { Actor, Ports } from '../../ports.ts'
import { invisibleCredential } from '../status/move-credential.ts'

export interface DocumentFile {
  readonly credential: IssuedCredential
  readonly living: LivingDocument
  /** Null: a statement, or a certificate whose scheme asks for none. */
  readonly surveillance: SurveillanceStanding | null
  /** Of the caller's side; a holder moves nothing. */
  readonly moves: readonly PossibleDocumentMove[]
}

/** @throws Problem `not-found`. */
export async function readDocument(
  ports: Pick<Ports, 'credentials' | 'surveillance' | 'registry' | 'world'>,
  actor: Actor,
  credentialId: string,
): Promise<DocumentFile> {
  const [credential, living] = await Promise.all([
    ports.credentials.find(actor, credentialId),
    ports.surveillance.find(actor, credentialId),
  ])
  if (credential === null || living === null) throw invisibleCredential()
  const term = await termOf(ports, living)
  const caller = { personId: actor.personId, roles: living.callerRoles }
  const isBody = actor.organizationId === living.bodyOrganizationId
  return {
    credential,
    living,
    surveillance: term && surveillanceAt(term, living.surveillances, ports.world.now()),
    moves: isBody ? documentMovesFrom(living, caller) : [],
  }
}

/** The term that surveillance follows from; null of a document that has none: a gap is not a surveillance kept. */
export async function termOf(
  { registry }: Pick<Ports, 'registry'>,
  { documentKind, face }: Pick<LivingDocument, 'documentKind' | 'face'>,
): Promise<SurveillanceTerm | null> {
  if (documentKind !== 'certificate' || face.validUntil === null) return null
  const { body } = await registry.loadScheme(face.scheme.id, face.scheme.version)
  const months = documentRule(readScheme(body), documentKind)?.surveillanceMonths
  if (months === undefined) return null
  return { validFrom: new Date(face.validFrom), validUntil: new Date(face.validUntil), months }
}
