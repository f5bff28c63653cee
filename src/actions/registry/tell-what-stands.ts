/**
 * Appends what was published before it had a leaf: by a release that knew no log. What is told already keeps its place, so it may
 * run at every set-up.
 */

import type { NewLogEntry } from '../../ports/log.ts'
import type { Ports } from '../../ports.ts'
import { gwpSetEntry, schemeEntry, tableEntry } from './log-entries.ts'

interface Told {
  readonly entry: NewLogEntry
  readonly at: Date
}

/** @returns how many entries were new. */
export async function tellWhatStands(ports: Pick<Ports, 'log' | 'registry'>): Promise<number> {
  let count = 0
  for (const { entry, at } of await everythingPublished(ports)) {
    if ((await ports.log.append(entry, at)).isNew) count += 1
  }
  return count
}

/** In the order in which it was done. */
async function everythingPublished({ registry }: Pick<Ports, 'registry'>): Promise<readonly Told[]> {
  const [sets, schemes, tables] = [
    await registry.listGwpSets(),
    await registry.listSchemes(),
    await registry.listEverPublished(),
  ]
  const told = [
    ...sets.map((set) => ({ entry: gwpSetEntry(set), at: set.publishedAt })),
    ...schemes.map((scheme) => ({ entry: schemeEntry(scheme), at: scheme.publishedAt })),
    ...tables.flatMap((version) => {
      const { publishedAt, withdrawal } = version
      const published = publishedAt && {
        entry: tableEntry('published', version, publishedAt),
        at: publishedAt,
      }
      const withdrawn = withdrawal && {
        entry: tableEntry('withdrawn', version, withdrawal.at),
        at: withdrawal.at,
      }
      return [published, withdrawn].filter((one) => one !== null)
    }),
  ]
  return told.sort((a, b) => a.at.getTime() - b.at.getTime())
}
