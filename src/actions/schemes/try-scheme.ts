/**
 * Tries a scheme, published or not, on a revision that was frozen before: what it would refuse, and what it would ask for. The record is read
 * as it stands; nothing is calculated anew, and nothing is kept.
 */

import { type Violation, violationsOf } from '../../certification/check-against-scheme.ts'
import {
  evidenceRulesOf,
  type LineBacking,
  type MissingEvidence,
  missingEvidence,
} from '../../certification/evidence.ts'
import {
  type AssuranceLevel,
  type DocumentKind,
  type Part,
  type Scheme,
  schemeDigest,
  subjectRule,
} from '../../certification/scheme.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type { Digest } from '../../json/digest.ts'
import type { Revision } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { claimOf, schemeOf } from '../footprints/definition.ts'
import { recordAt } from '../footprints/read-frozen.ts'

/** Lines an answer names that lack evidence; their number is told whole. */
export const evidenceLinesMax = 500

/** A published version, or a whole document that may be published nowhere. */
export type SchemeTried = { readonly id: string; readonly version: string } | Scheme

export interface TrialWanted {
  readonly actor: Actor
  readonly scheme: SchemeTried
  readonly footprintId: string
  /** Null: the newest revision that the caller may see. */
  readonly revision: number | null
}

/** A part of the result and what the scheme would let be agreed about it; no level and no materiality where it has no rule. */
export interface PartTried {
  readonly part: Part
  readonly kgCo2e: string
  readonly assurance: readonly AssuranceLevel[]
  readonly materialityMax: string | null
}

export interface Trial {
  readonly scheme: {
    readonly id: string
    readonly version: string
    readonly digest: string
    /** Whether this very document is published under its name. */
    readonly published: boolean
  }
  readonly footprint: {
    readonly footprintId: string
    readonly revision: number
    readonly digest: string
    readonly recordDigest: string
    /** Under which it was submitted. */
    readonly scheme: { readonly id: string; readonly version: string }
  }
  /** Whether the scheme would take the revision as it stands. */
  readonly conforms: boolean
  readonly violations: readonly Violation[]
  readonly parts: readonly PartTried[]
  /** To which it would lead, and whether it issues any. */
  readonly documents: readonly DocumentKind[]
  readonly issuable: boolean
  /** Working papers that it would want on file, and before which move. */
  readonly papers: NonNullable<Scheme['process']>['papers']
  /** Evidence that it would want behind lines and that is not on file as the caller sees it; null where it asks for none. */
  readonly missingEvidence: { readonly count: number; readonly lines: readonly MissingEvidence[] } | null
}

/** @throws Problem `not-found`, the same for none and for another's; `unknown-scheme`; `unavailable`, `stored-object-corrupt`. */
export async function tryScheme(ports: Ports, wanted: TrialWanted): Promise<Trial> {
  const revision = await visibleRevision(ports, wanted)
  const [tried, record, backings] = await Promise.all([
    triedOf(ports, wanted.scheme),
    recordAt(ports, revision.recordDigest as Digest),
    ports.evidence.backings(wanted.actor, wanted.footprintId, null),
  ])
  return trialOf(tried, revision, resultOf(record), backings)
}

async function visibleRevision({ footprints }: Ports, wanted: TrialWanted): Promise<Revision> {
  const found = await footprints.findRevision(wanted.actor, wanted.footprintId, wanted.revision)
  if (!found) throw new Problem('not-found', 'No such revision is visible to you.')
  return found
}

interface Tried {
  readonly scheme: Scheme
  readonly digest: string
  readonly published: boolean
}

async function triedOf(ports: Ports, sent: SchemeTried): Promise<Tried> {
  if (!('type' in sent)) return { ...(await schemeOf(ports, sent)), published: true }
  const digest = schemeDigest(sent)
  const namesake = await ports.registry.findScheme(sent.id, sent.version)
  return { scheme: sent, digest, published: namesake?.digest === digest }
}

function trialOf(
  { scheme, ...named }: Tried,
  revision: Revision,
  result: PresentedResult,
  backings: readonly LineBacking[],
): Trial {
  const { footprintId, digest, recordDigest, definition } = revision
  const violations = violationsOf(scheme, claimOf(definition), result)
  return {
    scheme: { id: scheme.id, version: scheme.version, ...named },
    footprint: {
      ...{ footprintId, revision: revision.number, digest, recordDigest },
      scheme: definition.scheme,
    },
    conforms: violations.length === 0,
    violations,
    parts: revision.result.parts.map((part) => partTried(scheme, result.kind, part)),
    documents: scheme.documents.map(({ kind }) => kind),
    issuable: scheme.issuable,
    papers: scheme.process?.papers ?? [],
    missingEvidence: evidenceMissing(scheme, result, backings),
  }
}

function partTried(
  scheme: Scheme,
  kind: PresentedResult['kind'],
  { part, kgCo2e }: Revision['result']['parts'][number],
): PartTried {
  const rule = subjectRule(scheme, kind)?.parts.find((entry) => entry.part === part)
  return { part, kgCo2e, assurance: rule?.assurance ?? [], materialityMax: rule?.materialityMax ?? null }
}

function evidenceMissing(
  scheme: Scheme,
  { lines, total }: PresentedResult,
  backings: readonly LineBacking[],
): Trial['missingEvidence'] {
  const { required } = evidenceRulesOf(scheme)
  if (required === undefined) return null
  const whole = Number(total)
  const weighed = lines.map(({ id, category, kgCo2e }) => ({
    ...{ id, category },
    share: whole === 0 ? null : Math.abs(Number(kgCo2e) / whole),
  }))
  const missing = missingEvidence(required, weighed, backings)
  return { count: missing.length, lines: missing.slice(0, evidenceLinesMax) }
}
