/** Instants as documents write them. */

/** RFC 3339 in whole seconds, UTC: what people read and compare. */
export function wholeSeconds(instant: Date): string {
  return instant.toISOString().replace(/\.\d{3}Z$/, 'Z')
}
