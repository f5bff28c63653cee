/** What the log tells of the registry: each publication and withdrawal once, by digest. */

import type { Digest } from '../../json/digest.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { NewLogEntry } from '../../ports/log.ts'
import type { FactorTableVersion, GwpSetVersion, SchemeVersion } from '../../ports/registry.ts'
import type { EngineRelease } from '../../ports.ts'
import { entryText } from '../../transparency/entries.ts'

/** That a factor-table version was published or withdrawn. A private table's name stays private: its digest speaks for it. */
export function tableEntry(
  act: 'published' | 'withdrawn',
  version: Pick<FactorTableVersion, 'table' | 'version' | 'digest' | 'ownerOrganizationId'>,
  at: Date,
): NewLogEntry {
  const { table, version: edition, ownerOrganizationId } = version
  const digest = version.digest as Digest
  const name = ownerOrganizationId === null ? { table, version: edition } : {}
  return {
    subject: `factor-table:${table}:${edition}:${act}`,
    type: 'factor-table',
    body: entryText('factor-table', wholeSeconds(at), { act, digest, ...name }),
  }
}

export function gwpSetEntry({ id, version, digest, publishedAt }: Omit<GwpSetVersion, 'title'>): NewLogEntry {
  const body = { identifier: id, version, digest: digest as Digest }
  return {
    subject: `gwp-set:${id}:${version}`,
    type: 'gwp-set',
    body: entryText('gwp-set', wholeSeconds(publishedAt), body),
  }
}

export function schemeEntry({ id, version, digest, publishedAt }: Omit<SchemeVersion, 'body'>): NewLogEntry {
  const body = { identifier: id, version, digest: digest as Digest }
  return {
    subject: `scheme:${id}:${version}`,
    type: 'scheme',
    body: entryText('scheme', wholeSeconds(publishedAt), body),
  }
}

/** That an engine release computes here from now on. */
export function engineEntry({ version, digest }: EngineRelease, at: Date): NewLogEntry {
  return {
    subject: `engine:${digest}`,
    type: 'engine',
    body: entryText('engine', wholeSeconds(at), { version, digest: digest as Digest }),
  }
}
