/** A version of a factor table as the registry lists it; every test changes the one thing it is about. */

import type { FactorTableVersion } from '../../src/ports/registry.ts'

export function tableVersion(changes: Partial<FactorTableVersion> = {}): FactorTableVersion {
  return {
    table: 'cn-electricity-co2',
    version: '1',
    digest: `sha256:${'a'.repeat(64)}`,
    state: 'published',
    ownerOrganizationId: null,
    title: { en: 'Grid', zh: null },
    publisher: 'Ministry',
    edition: '1',
    licence: 'Government announcement',
    licenceTerms: 'public-domain',
    redistributable: true,
    attribution: 'Ministry',
    territory: 'CN',
    years: { from: 2024, to: 2024 },
    gwpBasis: 'gas-masses',
    factorCount: 1,
    unverifiedCount: 0,
    supersedes: null,
    supersededBy: null,
    withdrawal: null,
    publishedAt: new Date(0),
    ...changes,
  }
}
