/** Major nonconformities under a scheme that says in how many days they are closed: until when, and which were closed too late. */

import { daysAfter } from '../json/instant.ts'
import type { Finding } from './engagement.ts'
import type { Scheme } from './scheme.ts'

/** The last day on which it is closed in time, `YYYY-MM-DD`; null of any other finding, and where the scheme sets none. */
export function closeBy(
  { severity, raisedOn }: Pick<Finding, 'severity' | 'raisedOn'>,
  { process }: Scheme,
): string | null {
  const days = process?.closeMajorDays
  return severity === 'major' && days !== undefined ? daysAfter(raisedOn, days) : null
}

/** Those closed after their day, or still open after it; one that the team withdrew was none. */
export function lateMajors(findings: readonly Finding[], scheme: Scheme, today: string): readonly Finding[] {
  return findings.filter((finding) => {
    const last = closeBy(finding, scheme)
    return last !== null && finding.closure !== 'withdrawn' && (finding.closedOn ?? today) > last
  })
}
