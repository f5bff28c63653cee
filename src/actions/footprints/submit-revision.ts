/**
 * Submits a footprint: calculates it, holds it against its scheme, freezes revision and record, and takes the responsible
 * party's declaration. Everything is stored under its digest first; one statement then makes the revision exist, or nothing.
 */

import { exactSum, formatDecimal, presentResult, printRounded } from '#engine'
import { checkAgainstScheme, partsOf } from '../../certification/check-against-scheme.ts'
import { everyBreakdown } from '../../certification/disclosure.ts'
import { type Part, type Scheme, subjectRule } from '../../certification/scheme.ts'
import { frozenSubject } from '../../credential/subject-claims.ts'
import type { CalculationResult } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import { encodeBase64url } from '../../json/encoding.ts'
import type { BaseYear, FootprintForWrite, ResultSummary, Revision } from '../../ports/footprints.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { buildRecord, type RecordManifest } from '../../record/calculation-record.ts'
import { buildDeclaration, declarationKey } from '../../record/declaration.ts'
import { chunkKey, recordKey, revisionKey } from '../../record/manifest.ts'
import { buildRevision, type RevisionManifest, type Sealed } from '../../record/revision.ts'
import { type Calculated, calculateWith } from '../calculate.ts'
import { allocationsTaken } from '../green-certificates/certificates-taken.ts'
import { idFor } from '../identity.ts'
import { requireUsablePins } from '../registry/pinned-versions.ts'
import { baseYearOf } from './base-year.ts'
import { requirePrintable } from './check-definition.ts'
import {
  calculationOf,
  changedMeanwhile,
  claimOf,
  invisibleFootprint,
  requireDraft,
  requireVersion,
  schemeOf,
} from './definition.ts'

interface Submission {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly footprintId: string
  /** From If-Match; null submits whatever stands. */
  readonly version: number | null
}

/**
 * @throws Problem `not-found`, `member-required`, `role-required`, `revision-frozen`, `precondition-failed`,
 *   `footprint-incomplete`, `unknown-factor-table`, `factor-table-withdrawn`, `scheme-violation`, `idempotency-key-reused`,
 *   whatever {@link allocationsTaken} and the engine refuse.
 */
export async function submitRevision(ports: Ports, request: Submission): Promise<Revision> {
  const { actor, mark, footprintId, version } = request
  const revisionId = idFor(ports.world, actor, mark, 'revision')
  const file = await ports.footprints.findForWrite(actor, footprintId, revisionId)
  if (!file) throw invisibleFootprint()
  if (file.madeBefore) return sameRequest(file.madeBefore, mark)
  const declarer = requireResponsible(actor, file)
  requireDraft(file.footprint)
  requireVersion(file.footprint, version)
  const { factorTables } = file.footprint.definition.calculation
  await requireUsablePins(ports, actor, factorTables, file.standings)
  const frozen = await freeze(ports, actor, file, declarer)
  const revision: Revision = { ...frozen.revision, id: revisionId }
  const by = { actor, mark, at: revision.submittedAt, role: 'responsible' }
  const { saltKey, allocationIds } = frozen
  const submitted = await ports.footprints.submit(by, file.footprint, revision, saltKey, allocationIds)
  return submitted ?? submittedMeanwhile(ports, request, revisionId)
}

/** The same request may have been the one that came first; any other change is the caller's to look at. */
async function submittedMeanwhile(ports: Ports, request: Submission, revisionId: string): Promise<Revision> {
  const { actor, mark, footprintId } = request
  const file = await ports.footprints.findForWrite(actor, footprintId, revisionId)
  if (file?.madeBefore) return sameRequest(file.madeBefore, mark)
  throw changedMeanwhile()
}

function sameRequest(made: NonNullable<FootprintForWrite['madeBefore']>, mark: RequestMark): Revision {
  requireSameRequest(made.requestDigest, mark)
  return made.revision
}

interface Declarer {
  readonly memberId: string
  readonly personId: string
  readonly personName: string
}

/** The declaration is a person's: a member of the enterprise who may speak for the responsible party. */
function requireResponsible(
  { memberId, personId }: Actor,
  { callerName, callerRoles }: FootprintForWrite,
): Declarer {
  if (memberId === null || personId === null || callerName === null) {
    throw new Problem('member-required', 'A person signs the declaration: use a client bound to a member.')
  }
  if (callerRoles.includes('responsible')) return { memberId, personId, personName: callerName }
  throw new Problem(
    'role-required',
    'Only a member with the role "responsible" signs the management declaration.',
    {
      roles: ['responsible'],
    },
  )
}

async function freeze(ports: Ports, actor: Actor, file: FootprintForWrite, declarer: Declarer) {
  const { definition } = file.footprint
  const [input, { scheme, digest }, allocationIds, baseYear] = await Promise.all([
    calculationOf(ports, file.footprint),
    schemeOf(ports, definition.scheme),
    allocationsTaken(ports, actor, file.footprint),
    baseYearOf(ports, actor, definition),
  ])
  const calculated = await calculateWith(ports, actor, input, file.standings)
  checkAgainstScheme(scheme, claimOf(definition), calculated.result)
  const { organizationId } = actor
  const declaration = declare(ports, file, scheme, { ...declarer, organizationId })
  const sealed = seal(ports, file, {
    calculated,
    baseYear,
    schemeDigest: digest,
    declarationDigest: declaration.digest,
  })
  requirePrintable(
    'subject',
    frozenSubject({ ...sealed, scheme }, everyBreakdown(scheme, file.footprint.kind)),
  )
  await store(ports, declaration, sealed)
  const revision = {
    footprintId: file.footprint.id,
    organizationId: file.footprint.organizationId,
    number: file.footprint.latestRevision + 1,
    digest: sealed.revision.digest,
    recordDigest: sealed.record.digest,
    schemeDigest: digest,
    lineCount: input.lines.length,
    definition,
    result: summaryOf(scheme, calculated.result),
    declaration: {
      memberId: declarer.memberId,
      personId: declarer.personId,
      personName: declarer.personName,
      text: scheme.wording.declaration,
      at: declaration.at,
    },
    declarationDigest: declaration.digest,
    submittedAt: declaration.at,
  }
  return { revision, saltKey: encodeBase64url(sealed.saltKey), allocationIds }
}

function declare(
  { world }: Ports,
  { footprint }: FootprintForWrite,
  scheme: Scheme,
  { memberId, personId, organizationId }: Declarer & { organizationId: string },
) {
  const at = world.now()
  const built = buildDeclaration({
    footprint: { id: footprint.id, revision: footprint.latestRevision + 1 },
    statement: scheme.wording.declaration,
    declaredBy: { memberId, personId, organizationId },
    declaredAt: at.toISOString(),
    salt: encodeBase64url(world.randomBytes(16)),
  })
  return { ...built, at }
}

interface SealedPair {
  readonly revision: Sealed<RevisionManifest>
  readonly record: Sealed<RecordManifest>
  readonly saltKey: Uint8Array
}

function seal(
  { world, settings }: Ports,
  { footprint, client, latestDigest }: FootprintForWrite,
  made: {
    calculated: Calculated
    baseYear: Revision | null
    schemeDigest: string
    declarationDigest: Digest
  },
): SealedPair {
  const { definition } = footprint
  const { input, context, result } = made.calculated
  const saltKey = world.randomBytes(32)
  const scheme = { ...definition.scheme, digest: made.schemeDigest as Digest }
  const { calculation: _, baseYear, title, boundary, sites, exclusions, ...parties } = definition
  const facts = {
    ...parties,
    footprint: {
      id: footprint.id,
      revision: footprint.latestRevision + 1,
      supersedes: latestDigest as Digest | null,
    },
    title,
    client: {
      name: client.name,
      country: client.country,
      unifiedSocialCreditCode: client.unifiedSocialCreditCode,
    },
    boundary,
    sites: [...sites],
    exclusions: [...exclusions],
    scheme,
    ...(baseYear && made.baseYear ? { baseYear: baseYearFacts(baseYear, made.baseYear) } : {}),
    managementDeclaration: { digest: made.declarationDigest },
  }
  const pins = { gwpSet: context.gwpSet, factorTables: context.tables }
  const revision = buildRevision(facts, input, pins, saltKey)
  const recordFacts = { revision: revision.digest, engine: settings.engine, scheme }
  const record = buildRecord(recordFacts, presentResult(result).result, saltKey)
  return { revision, record, saltKey }
}

/** The base year as it stands, so that a reader needs nothing else to see what it was. */
function baseYearFacts({ footprintId, policy }: BaseYear, { number, digest, definition, result }: Revision) {
  const { period } = definition.calculation
  return {
    ...{ footprint: footprintId, revision: number, digest: digest as Digest },
    ...{ period, totalKgCo2e: result.totalKgCo2e, policy },
  }
}

/** Chunks before the manifests that name them, manifests before the row that names them. */
async function store(
  { objects }: Ports,
  declaration: { readonly digest: Digest; readonly bytes: Uint8Array },
  { revision, record }: SealedPair,
): Promise<void> {
  const meta = { contentType: 'application/json' }
  const chunks = [...revision.chunks, ...record.chunks]
  await Promise.all([
    ...chunks.map((chunk) => objects.put('private', chunkKey(chunk.digest), chunk.bytes, meta)),
    objects.put('private', declarationKey(declaration.digest), declaration.bytes, meta),
  ])
  await objects.put('private', revisionKey(revision.digest), revision.bytes, meta)
  await objects.put('private', recordKey(record.digest), record.bytes, meta)
}

/** What lists, guards and documents need of a result. */
function summaryOf(scheme: Scheme, result: CalculationResult): ResultSummary {
  const { unit, decimals } = subjectRule(scheme, result.kind)?.print ?? { unit: 'kgCO2e', decimals: 2 }
  const amount = printRounded(result.total, decimals, unit === 'tCO2e' ? -3 : 0)
  return {
    totalKgCo2e: formatDecimal(result.total),
    printed: { amount, unit },
    parts: partsOf(result).map((part) => ({ part, kgCo2e: formatDecimal(sumOf(part, result)) })),
    gasesNotCovered: result.gasesNotCovered.map(({ gas }) => gas),
    flags: result.flags.map(({ code }) => code),
  }
}

function sumOf(part: Part, result: CalculationResult): number {
  if (part === 'product-footprint') return result.total
  const lines = result.lines.filter((line) => `scope-${line.scope}` === part)
  return exactSum(lines.map((line) => line.kgCo2e))
}
