/** The whole schema, for drizzle-kit and the client. */

export * from './audit.ts'
export * from './credentials.ts'
export * from './engagements.ts'
export * from './footprints.ts'
export * from './jobs.ts'
export * from './keys.ts'
export * from './parties.ts'
export * from './registry.ts'
