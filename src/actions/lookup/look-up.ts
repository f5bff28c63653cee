/** Looking documents up: by the number on them, by the holder's credit code, by the body that issued them. Anyone may. */

import { readCredentialNumber } from '../../certification/credential-number.ts'
import { type CredentialStanding, standingAt } from '../../certification/credential-standing.ts'
import { type SurveillanceStanding, surveillanceAt } from '../../certification/surveillance.ts'
import { didUnderOrigin } from '../../credential/did-web.ts'
import type { Page } from '../../ports/parties.ts'
import type {
  ListedBy,
  NumberedDocument,
  PublicBody,
  PublicCredential,
  PublicMove,
} from '../../ports/public-credentials.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { checkCreditCode } from '../parties/identifiers.ts'
import { termOf } from '../surveillance/living-document.ts'

export type LookupPorts = Pick<
  Ports,
  'publicCredentials' | 'registry' | 'settings' | 'surveillance' | 'world'
>

/** A document with how it stands now. */
export interface StandingCredential extends PublicCredential {
  readonly standing: CredentialStanding
  readonly since: Date
}

/** A document that has exactly this number, however it is written. @throws Problem `not-found`. */
export async function lookUpNumber(ports: LookupPorts, written: string): Promise<StandingCredential> {
  const number = readCredentialNumber(written)
  const found = number === undefined ? null : await ports.publicCredentials.findByNumber(number)
  if (found === null) throw new Problem('not-found', 'No public document has this number.')
  return standingNow(ports, found)
}

/** A document with all that anyone may know of it. */
export interface PublicDetail {
  readonly credential: StandingCredential
  readonly moves: readonly PublicMove[]
  readonly predecessors: readonly NumberedDocument[]
  /** Null: it has none, because it is a statement, or its scheme asks for none. */
  readonly surveillance: SurveillanceStanding | null
}

/** How surveillance of a public document stands. */
export async function surveillanceOf(
  ports: LookupPorts,
  row: Pick<PublicCredential, 'id' | 'documentKind' | 'face'>,
): Promise<SurveillanceStanding | null> {
  const term = await termOf(ports, row)
  if (term === null) return null
  const recorded = (await ports.surveillance.recorded([row.id])).get(row.id) ?? []
  return surveillanceAt(term, recorded, ports.world.now())
}

/** @throws Problem `not-found`. */
export async function lookUpId(ports: LookupPorts, id: string): Promise<PublicDetail> {
  const [found, moves, predecessors] = await Promise.all([
    ports.publicCredentials.find(id),
    ports.publicCredentials.moves(id),
    ports.publicCredentials.predecessors(id),
  ])
  if (found === null) throw new Problem('not-found', `No public document has the id ${id}.`)
  const surveillance = await surveillanceOf(ports, found)
  return { credential: standingNow(ports, found), moves, predecessors, surveillance }
}

/** What a list is asked for, as it was written. */
export type WantedList = { readonly holder: string } | { readonly body: string }

/**
 * Documents of a holder or a body, newest first; those issued for trying out only where they are asked for.
 *
 * @throws Problem `identifier-invalid` for a credit code whose check digit does not fit, `not-found` for a body there is none of.
 */
export async function listPublic(
  ports: LookupPorts,
  wanted: WantedList,
  development: boolean,
  page: Page,
): Promise<readonly StandingCredential[]> {
  const rows = await ports.publicCredentials.list({ ...(await listedBy(ports, wanted)), development }, page)
  return rows.map((row) => standingNow(ports, row))
}

async function listedBy(ports: LookupPorts, wanted: WantedList): Promise<ListedBy> {
  if ('holder' in wanted) return { holderCode: readCreditCode(wanted.holder, '/holder') }
  const { slug } = await readBody(ports, wanted.body)
  return { bodySlug: slug }
}

/** A unified social credit code, its case, spaces and width put right. @throws Problem `identifier-invalid` naming `pointer`. */
export function readCreditCode(written: string, pointer: string): string {
  const code = plainCode(written)
  checkCreditCode(code, pointer)
  return code
}

/** What might be a credit code: no spaces, capital letters, half width. */
export function plainCode(written: string): string {
  return written
    .normalize('NFKC')
    .replaceAll(/[\s\p{Z}]/gu, '')
    .toUpperCase()
}

/** A certification body with its DID. */
export type BodyFace = Omit<PublicBody, 'did'> & { readonly did: string }

/** @throws Problem `not-found`. */
export async function readBody(ports: LookupPorts, slug: string): Promise<BodyFace> {
  const body = await ports.publicCredentials.findBody(slug)
  if (body === null) throw new Problem('not-found', 'No certification body has this name.')
  const hosted = didUnderOrigin(ports.settings.publicUrl, ['bodies', slug])
  return { ...body, did: body.did ?? hosted ?? '' }
}

/** A document as it stands at this moment. */
export function standingNow<Row extends Pick<PublicCredential, 'status' | 'statusAt' | 'face'>>(
  { world }: Pick<Ports, 'world'>,
  row: Row,
): Row & Pick<StandingCredential, 'standing' | 'since'> {
  const { status, statusAt, face } = row
  const validUntil = face.validUntil === null ? null : new Date(face.validUntil)
  return { ...row, ...standingAt({ status, statusAt, validUntil }, world.now()) }
}
