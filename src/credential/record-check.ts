/**
 * Checking a credential against its calculation record, for whoever holds it: the digests fit, the document says nothing of
 * the footprint that the frozen facts do not say, and an engine comes to the same figure again.
 */

import { readScheme, schemeDigest } from '../certification/scheme.ts'
import type { CalculationContext } from '../engine/types.ts'
import { canonicalize } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { isProblem } from '../problem.ts'
import { openRecord } from '../record/calculation-record.ts'
import { type Calculate, recompute } from '../record/recompute.ts'
import { openRevision } from '../record/revision.ts'
import type { Credential, CredentialSubject } from './schema.ts'
import { frozenSubject } from './subject-claims.ts'
import { type Check, failed, notChecked, passed, type Text } from './verdict.ts'

/** What a holder of the record brings. */
export interface RecordEvidence {
  readonly record: Uint8Array
  readonly revision: Uint8Array
  /** Chunks of both, by any digest; they are looked up by their own. */
  readonly chunks: Iterable<Uint8Array>
  /** The scheme document, parsed. */
  readonly scheme: unknown
  /** Factor tables and GWP set, loaded by the digests the record names. */
  readonly context: CalculationContext
  /** The engine. */
  readonly calculate: Calculate
  /** Digest of that engine; another one than the record's is told, not refused. */
  readonly engineDigest?: string
}

/** The check `recomputation`. */
export function checkRecord(credential: Credential, evidence: RecordEvidence | undefined): Check {
  if (evidence === undefined) return notChecked('recomputation', words.none)
  try {
    return checked(credential.credentialSubject, evidence)
  } catch (thrown) {
    const facts = isProblem(thrown) ? { problem: thrown.code, ...thrown.facts } : {}
    return failed('recomputation', words.unusable, facts)
  }
}

function checked(subject: CredentialSubject, evidence: RecordEvidence): Check {
  const chunks = new Map([...evidence.chunks].map((bytes) => [digestOfBytes(bytes), bytes]))
  const record = openRecord(evidence.record, subject.calculation.record as Digest, chunks)
  const revision = openRevision(evidence.revision, subject.calculation.revision as Digest, chunks)
  const scheme = readScheme(evidence.scheme)
  if (schemeDigest(scheme) !== subject.scheme.digest) return failed('recomputation', words.scheme)
  const { verification: _verification, reductionPlan: _plan, ...claimed } = subject
  const differing = differingMembers(
    claimed,
    frozenSubject({ revision, record, scheme }, subject.result.breakdowns),
  )
  if (differing.length > 0) return failed('recomputation', words.claims, { members: differing })
  const again = recompute(record, revision, evidence.context, evidence.calculate)
  if (!again.equal) return failed('recomputation', words.figure, { differences: again.differences })
  const sameEngine = evidence.engineDigest === record.manifest.engine.digest
  return passed('recomputation', words.good, { engine: record.manifest.engine, sameEngine })
}

/** Members of the subject that are not what the frozen facts say. */
function differingMembers(claimed: object, frozen: object): string[] {
  const names = new Set([...Object.keys(claimed), ...Object.keys(frozen)])
  const member = (of: object, name: string): string => {
    const value: unknown = Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined
    return value === undefined ? '' : canonicalize(value)
  }
  return [...names].filter((name) => member(claimed, name) !== member(frozen, name))
}

const words = {
  none: { en: 'Not made: the calculation record was not supplied.', zh: '未执行：未提供计算记录。' },
  unusable: {
    en: 'The record supplied is not the one this document stands on, or is damaged.',
    zh: '所提供的记录不是本文件所依据的记录，或已损坏。',
  },
  scheme: {
    en: 'The scheme supplied is not the one the document names.',
    zh: '所提供的方案不是文件所指方案。',
  },
  claims: { en: 'The document says other things than its record.', zh: '文件内容与其计算记录不一致。' },
  figure: { en: 'Calculating again gives another result.', zh: '重新计算的结果不一致。' },
  good: { en: 'Calculating again gives the same result, bit for bit.', zh: '重新计算的结果逐位一致。' },
} as const satisfies Record<string, Text>
