/**
 * Issues what a decision grants. Signed bytes, number, places in the status lists and leaf in the log are fixed in one statement
 * with the engagement's last move, before anything outside knows of them; then the log shows the leaf, then the document is
 * public. A crash anywhere leaves work that a retry or the sweep ends, to the same bytes.
 */

import { writeNumber } from '../../certification/credential-number.ts'
import { standingOf } from '../../certification/papers.ts'
import { documentRule, type Scheme } from '../../certification/scheme.ts'
import { checkMove, roleFor } from '../../certification/transitions.ts'
import {
  buildCredential,
  type FrozenFacts,
  privateTablesOf,
  type ReplacedNamed,
  type VerificationFacts,
} from '../../credential/claims.ts'
import { jwtLengthMax, readCompact } from '../../credential/compact.ts'
import { faceOf } from '../../credential/face.ts'
import { leafOf } from '../../credential/leaf.ts'
import type { AccountedRole, Credential } from '../../credential/schema.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { encodeBase64url, encodeUtf8 } from '../../json/encoding.ts'
import { monthsAfter, wholeSeconds } from '../../json/instant.ts'
import type { Fixing, IssuedCredential, NewCredential } from '../../ports/credentials.ts'
import type { EngagementFile, ReportFile } from '../../ports/engagements.ts'
import type { LogTurn } from '../../ports/log.ts'
import type { Authorship } from '../../ports/parties.ts'
import type { KeyReading } from '../../ports/signing.ts'
import type { StatusList } from '../../ports/status.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { readRecordManifest } from '../../record/calculation-record.ts'
import { recordKey, revisionKey } from '../../record/manifest.ts'
import { readRevisionManifest } from '../../record/revision.ts'
import { authorityFor } from '../accreditations/authority-for.ts'
import { invisibleEngagement, schemeOf } from '../engagements/make-move.ts'
import { situationOf } from '../engagements/situation.ts'
import { verificationReportDigest } from '../engagements/verification-report.ts'
import { issuerDid } from '../keys/publish-keys.ts'
import { publishThrough, wantedTurn } from '../log/publish-log.ts'
import { drawPlaces, openLists } from '../status/draw-places.ts'
import { publishLists, statusListUrl } from '../status/publish-lists.ts'
import { storedObject } from '../stored-object.ts'

/** Draws that are tried: a place is taken once in four times at most. */
const drawsMax = 20

/**
 * @throws Problem `not-found`, `member-required`, `role-required`, `invalid-transition`, `scheme-not-issuable`,
 *   `accreditation-missing`, `factor-table-not-accepted`, `stale-state`, `stored-object-corrupt`, `unavailable`.
 */
export async function issueCredential(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; engagementId: string },
): Promise<IssuedCredential> {
  const { actor, mark, engagementId } = request
  const record = await ports.engagements.reportFile(actor, engagementId)
  if (!record) throw invisibleEngagement()
  const { file } = record
  const standing = await issuedBefore(ports, actor, file)
  if (standing) return madePublic(ports, actor, standing, null)
  const scheme = await schemeOf(ports, file)
  checkMove('issue', situationOf(file, actor, scheme, { content: null, at: ports.world.now() }))
  const basis = await basisOf(ports, record, scheme)
  // Nobody shall find a document whose lists are not there yet.
  await publishLists(ports, basis.lists.filter(isNew))
  const by = { actor, mark, role: roleFor('issue', file.callerRoles) }
  const { credential, turn } = await fix(ports, by, basis)
  return madePublic(ports, actor, credential, turn)
}

/** The same engagement asked for again answers the credential it has. */
async function issuedBefore(
  ports: Ports,
  actor: Actor,
  file: EngagementFile,
): Promise<IssuedCredential | null> {
  const { state, bodyOrganizationId } = file.engagement
  if (state !== 'issued' || actor.organizationId !== bodyOrganizationId) return null
  return ports.credentials.findForEngagement(actor, file.engagement.id)
}

/** What a document is made from, whatever is drawn for it. */
interface Basis {
  readonly file: EngagementFile
  readonly scheme: Scheme
  readonly frozen: FrozenFacts
  readonly lists: readonly StatusList[]
  /** Digest of the verification report's text. */
  readonly verificationReport: Digest
  readonly replaces: ReplacedNamed | null
}

async function basisOf(ports: Ports, record: ReportFile, scheme: Scheme): Promise<Basis> {
  const { file, replaces } = record
  const [frozen, lists] = await Promise.all([
    frozenFacts(ports, file, scheme),
    openLists(ports, file.engagement.bodyOrganizationId),
  ])
  const verificationReport = verificationReportDigest({ record, scheme })
  return { file, scheme, frozen, lists, verificationReport, replaces: replaces && replacedNamed(replaces) }
}

/** The document that this one replaces, and when the first of them all was issued, as its own bytes say. */
function replacedNamed({ id, digest, jwt }: NonNullable<ReportFile['replaces']>): ReplacedNamed {
  const read = readCompact(jwt)
  if ('fault' in read) throw new RangeError(`the credential ${id} of ours cannot be read`)
  const { firstValidFrom, validFrom } = read.compact.payload as Credential
  return { id, digest: digest as Digest, firstValidFrom: firstValidFrom ?? validFrom }
}

/** A list that nobody can read yet. */
function isNew({ publishedVersion }: StatusList): boolean {
  return publishedVersion < 0
}

/** Draws, signs and fixes, until nothing that was drawn is another's. */
async function fix(ports: Ports, by: Omit<Authorship, 'at'>, basis: Basis) {
  for (let draw = 0; draw < drawsMax; draw++) {
    // What was refused once may have been signed with a key that is active no longer.
    const { credential, fixing } = await sign(ports, basis, draw === 0 ? 'remembered' : 'fresh')
    const fixed = await ports.credentials.fix({ ...by, at: credential.issuedAt }, credential, fixing)
    if (fixed !== 'draw-again') return fixed
  }
  throw new Problem('unavailable', 'No free place in the status lists was drawn; ask again.')
}

/** Answers when the document is public, or, after some seconds, while it still waits. */
async function madePublic(
  ports: Ports,
  actor: Actor,
  credential: IssuedCredential,
  turn: LogTurn | null,
): Promise<IssuedCredential> {
  if (credential.state === 'public') return credential
  const { receipts, publishedAt } = await publishThrough(ports, credential.leafIndex, turn)
  const receipt = receipts.get(credential.id)
  if (receipt !== undefined) return { ...credential, state: 'public', receipt, publishedAt }
  return (await ports.credentials.find(actor, credential.id)) ?? credential
}

/** A signed document, and what is fixed with it. */
interface Signed {
  readonly credential: NewCredential
  readonly fixing: Fixing
}

async function sign(ports: Ports, basis: Basis, reading: KeyReading): Promise<Signed> {
  const { file, scheme, frozen, lists, verificationReport, replaces } = basis
  const { world, settings, keys } = ports
  const { engagement, body } = file
  const issuedAt = world.now()
  const id = world.newId()
  const number = writeNumber('EGRET', issuedAt, world.randomBytes(5))
  const pseudonymSalt = world.randomBytes(32)
  const did = issuerDid(settings, body)
  const places = drawPlaces(ports, lists, engagement.documentKind)
  const document = buildCredential(
    {
      publicUrl: settings.publicUrl,
      id,
      number,
      documentKind: engagement.documentKind,
      issuer: { did, name: body.name, accreditations: authorityFor(file, scheme, issuedAt) },
      validFrom: wholeSeconds(issuedAt),
      validUntil: validUntil(scheme, engagement.documentKind, issuedAt),
      status: places.map(({ listId, purpose, index }) => ({
        url: statusListUrl(settings, listId),
        purpose,
        index,
      })),
      log: { origin: ports.logSigner.origin },
      replaces,
      complaintsAddress: `${settings.publicUrl}/bodies/${body.slug}/complaints`,
      disclosure: engagement.disclosure,
    },
    frozen,
    verificationFacts(file, frozen, pseudonymSalt),
  )
  const { jwt, kid } = await keys.signCredential(
    engagement.bodyOrganizationId,
    did,
    canonicalBytes(document),
    reading,
  )
  requireReadable(jwt)
  const digest = digestOfBytes(encodeUtf8(jwt))
  const credential = {
    id,
    number,
    engagementId: engagement.id,
    bodyOrganizationId: engagement.bodyOrganizationId,
    clientOrganizationId: engagement.clientOrganizationId,
    documentKind: engagement.documentKind,
    jwt,
    digest,
    kid,
    face: faceOf(document),
    holderCode: document.credentialSubject.holder.unifiedSocialCreditCode ?? null,
    pseudonymSalt: encodeBase64url(pseudonymSalt),
    issuedAt,
  }
  const entry = { subject: `credential:${id}`, type: 'credential', body: leafOf(document, digest) } as const
  return {
    credential,
    fixing: { places, entry, verificationReport, version: engagement.version, turn: wantedTurn(ports) },
  }
}

/** What no verifier reads is never made public. Footprints and opinions are bounded before; this bounds everything together. */
function requireReadable(jwt: string): void {
  if (jwt.length <= jwtLengthMax) return
  const detail = `The credential would have ${jwt.length} characters, and no verifier reads more than ${jwtLengthMax}.`
  throw new Problem('too-many-items', detail, { length: jwt.length, lengthMax: jwtLengthMax })
}

/** Revision and record as they are stored, their digests checked. */
async function frozenFacts(ports: Ports, file: EngagementFile, scheme: Scheme): Promise<FrozenFacts> {
  const revision = file.revision.digest as Digest
  const record = file.revision.recordDigest as Digest
  const [revisionBytes, recordBytes] = await Promise.all([
    storedObject(ports, revisionKey(revision)),
    storedObject(ports, recordKey(record)),
  ])
  return {
    revision: { digest: revision, manifest: readRevisionManifest(revisionBytes, revision) },
    record: { digest: record, manifest: readRecordManifest(recordBytes, record) },
    scheme,
  }
}

function verificationFacts(
  file: EngagementFile,
  frozen: FrozenFacts,
  pseudonymSalt: Uint8Array,
): VerificationFacts {
  const { proposal, contractReview, decision } = file.engagement
  if (proposal === null || contractReview === null || decision === null) {
    throw new Problem(
      'invalid-transition',
      'The engagement has no proposed opinion, contract review or decision.',
    )
  }
  const materialities = new Map(contractReview.parts.map(({ part, materiality }) => [part, materiality]))
  return {
    opinion: proposal.opinion,
    parts: proposal.parts.map((part) => ({ ...part, materiality: materialities.get(part.part) ?? null })),
    sector: contractReview.sector ?? null,
    basis: proposal.opinion === 'unmodified' ? null : proposal.rationale,
    privateTables: privateTablesOf(frozen.record.manifest).map((digest) => examinedTable(file, digest)),
    reductionPlan: standingOf(file.papers, 'reduction-plan')[0]?.body ?? null,
    decidedAt: wholeSeconds(decision.at),
    persons: file.participants.map(({ role, personId }) => ({ role: role as AccountedRole, personId })),
    pseudonymSalt,
  }
}

/** What was said of the very bytes that the record rests on: it pins by digest, whatever the registry's names lead to. */
function examinedTable({ factorTables }: EngagementFile, digest: Digest) {
  const examination = factorTables.find((pin) => pin.digest === digest)?.examination
  if (examination) return { digest, outcome: examination.outcome }
  const detail = 'The record rests on a private factor table that the team has not examined.'
  throw new Problem('factor-table-not-accepted', detail, { factorTables: [{ digest, outcome: null }] })
}

/** Certificates have a term; statements speak of a point in time and have none. */
function validUntil(scheme: Scheme, kind: Parameters<typeof documentRule>[1], from: Date): string | null {
  const months = documentRule(scheme, kind)?.validityMonths ?? null
  return months === null ? null : wholeSeconds(monthsAfter(from, months))
}
