/** What the log tells of; each type has one shape (docs/log.md). */
export const logEntryTypes = [
  'credential',
  'credential-status',
  'factor-table',
  'gwp-set',
  'scheme',
  'engine',
  'key',
  'accreditation',
  'trail',
] as const
export type LogEntryType = (typeof logEntryTypes)[number]
