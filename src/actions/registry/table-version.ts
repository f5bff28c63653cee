/** What the registry keeps about a table version or a GWP set, taken from its document. */

import type { FactorTableVersion, GwpSetVersion } from '../../ports/registry.ts'
import type { PublishedGwpSet, PublishedTable } from '../../tables/format.ts'
import { termsOf } from '../../tables/licences.ts'

/**
 * A version as it stands before it is published.
 *
 * @param ownerOrganizationId the enterprise whose private table it is; null for the public registry.
 */
export function tableVersionOf(
  { table, facts }: PublishedTable,
  ownerOrganizationId: string | null = null,
): FactorTableVersion {
  const { publisher, edition, licence, territory, years, gwpBasis, supersedes } = facts
  return {
    table: table.table,
    version: table.version,
    digest: table.digest,
    state: 'draft',
    ownerOrganizationId,
    title: table.title,
    publisher,
    edition,
    licence: licence.name,
    licenceTerms: termsOf(licence),
    redistributable: licence.redistributable,
    attribution: licence.attribution,
    territory,
    years,
    gwpBasis,
    factorCount: table.factors.length,
    unverifiedCount: table.factors.filter(({ confirmation }) => confirmation === 'unverified').length,
    supersedes,
    supersededBy: facts.supersededBy ?? null,
    withdrawal: null,
    publishedAt: null,
  }
}

/** A GWP set as it is published. */
export function gwpSetVersionOf({ set }: PublishedGwpSet, publishedAt: Date): GwpSetVersion {
  const { id, version, digest, title } = set
  return { id, version, digest, title, publishedAt }
}
