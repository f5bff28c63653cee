/** Instants as documents write them. */

/** RFC 3339 in whole seconds, UTC: what people read and compare. */
export function wholeSeconds(instant: Date): string {
  return instant.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export const dayMilliseconds = 86_400_000

/** China keeps UTC+8 all year. */
const chinaHours = 8

/** The local date of an instant in China (Asia/Shanghai), `YYYY-MM-DD`: by it terms and deadlines are read. */
export function localDate(instant: Date): string {
  return new Date(instant.getTime() + chinaHours * 3_600_000).toISOString().slice(0, 10)
}

/** The date so many days after another, both `YYYY-MM-DD`. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10)
}

/** The same day of the month, or its last day when the month is shorter. */
export function monthsAfter(from: Date, months: number): Date {
  const at = new Date(from)
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, lastDay))
  return at
}
