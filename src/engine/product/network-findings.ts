/** What a verifier must see of how the processes of a system are connected and shared, and of when they take place. */

import { aboutLines, type Found, type Rule } from './finding-rule.ts'

export const networkRules = {
  'substitution-credit': substitutionCredit,
  'avoided-production': avoidedProduction,
  'process-of-another-time': ofAnotherTime,
} as const satisfies Readonly<Record<string, Rule>>

/** Credits of an allocation stand on no line of their own. */
function substitutionCredit(...[, { allocations }]: Parameters<Rule>): readonly Found[] {
  const processes = allocations.filter(({ by }) => by === 'substitution').map(({ process }) => process)
  return processes.length > 0 ? [{ code: 'substitution-credit', lines: [], processes }] : []
}

/** Terms of the Circular Footprint Formula are credits by rule, and stand where its parameters do. */
function avoidedProduction(...[{ lines }, , input]: Parameters<Rule>): readonly Found[] {
  const byRule = new Set(input.lines.flatMap(({ id, circular }) => (circular === undefined ? [] : id)))
  return aboutLines(
    'avoided-production',
    lines.filter(({ id, from, activity }) => from !== null && activity.amount < 0 && !byRule.has(id)),
  )
}

/** Dates stand as YYYY-MM-DD, so that their order is that of their texts. */
function ofAnotherTime(...[{ lines }, , input]: Parameters<Rule>): readonly Found[] {
  const { start, end } = input.period
  const processes = input.processes
    .filter(({ period }) => period !== undefined && (period.start < start || period.end > end))
    .map(({ id }) => id)
  if (processes.length === 0) return []
  const named = new Set<string | null>(processes)
  const concerned = lines.filter(({ process }) => named.has(process))
  return [{ code: 'process-of-another-time', lines: concerned.map(({ id }) => id), processes }]
}
