/** The whole schema, for drizzle-kit and the client. */

export * from './accreditations.ts'
export * from './audit.ts'
export * from './credentials.ts'
export * from './engagements.ts'
export * from './footprints.ts'
export * from './jobs.ts'
export * from './keys.ts'
export * from './log.ts'
export * from './operations.ts'
export * from './parties.ts'
export * from './registry.ts'
export * from './status.ts'
