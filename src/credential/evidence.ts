/**
 * A document with everything that its verification asked for, in one text: to be verified again later, with nobody to ask. It is as good as
 * whoever saved it, for the issuer's keys are in it too; and as old, which the check `status` says.
 */

import { z } from 'zod'
import { canonicalize } from '../json/canonical.ts'
import { parseJson } from '../json/scan.ts'

const evidenceSchema = z.strictObject({
  egretEvidence: z.literal('1'),
  /** RFC 3339. */
  savedAt: z.iso.datetime(),
  /** Compact `vc+jwt`. */
  credential: z.string(),
  /** Its tlog-proof, where it was brought along. */
  receipt: z.string().optional(),
  /** What was answered, by address. */
  answers: z.record(z.string(), z.string()),
})

export type Evidence = z.infer<typeof evidenceSchema>

/** The evidence as RFC 8785 text. */
export function evidenceText(evidence: Omit<Evidence, 'egretEvidence'>): string {
  return canonicalize({ egretEvidence: '1', ...evidence })
}

/** Whether a text means to be evidence: a document is no JSON. */
export function isEvidence(text: string): boolean {
  return text.trimStart().startsWith('{')
}

/** Undefined where it is none. @throws Problem as `parseJson`. */
export function readEvidence(text: string): Evidence | undefined {
  return evidenceSchema.safeParse(parseJson(text, { maxDepth: 3 })).data
}
