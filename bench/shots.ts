/** What the bench fires: one request of each kind that has a budget. */

import { withPorts } from '../src/cli/local.ts'
import { readEnvironment } from '../src/environment.ts'
import type { Shot } from './load.ts'

/** The requests by name, on a stack that has been set up. */
export async function shots(variables: Readonly<Record<string, string>>): Promise<[string, Shot][]> {
  const tables = await withPorts(readEnvironment(variables), (ports) => ports.registry.listTables())
  const free = tables.find((table) => table.redistributable)
  const fired: [string, Shot][] = [['GET /health', { path: '/health' }]]
  if (free) {
    const hex = free.digest.replace('sha256:', '')
    fired.push(['GET /factor-tables/{hex}.json', { path: `/factor-tables/${hex}.json` }])
  }
  return fired
}
