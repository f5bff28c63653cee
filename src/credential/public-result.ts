/**
 * What of a result is public: the printed vector, what the total includes and what no source covers. Masses of single gases
 * stay in the record, because a refrigerant's mass is an activity amount; so do pollutants, which a footprint's credential
 * does not speak of, processes, categories and lines.
 */

import { z } from 'zod'
import type { SchemeSubjectRule } from '../certification/scheme.ts'
import { printRounded } from '../engine/decimal.ts'
import { kindCounts } from '../engine/gwp.ts'
import { flowKinds } from '../engine/types.ts'
import type { PublicResult } from './schema.ts'

type Print = SchemeSubjectRule['print']

const decimal = z.string()
const subtotals = z.array(z.object({ key: z.string(), kgCo2e: decimal }))

/** The members of a recorded result that are read here; the engine's `CalculationResult<Decimal>` has them. */
const vectorSchema = z.object({
  kind: z.enum(['organization', 'product']),
  total: decimal,
  totalIncludes: z.array(z.string()),
  byKind: z.array(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), kgCo2e: decimal })),
  byGas: z.array(z.object({ kind: z.enum(flowKinds), gas: z.string(), inTotal: z.boolean() })),
  byScope: subtotals,
  byStage: subtotals,
  gasesNotCovered: z.array(z.object({ gas: z.string() })),
  flags: z.array(z.object({ code: z.string(), share: decimal.nullable() })),
})

/** Decimal places of a flag's share. */
const shareDigits = 4

/**
 * The public vector of a recorded result, printed as the scheme says.
 *
 * @throws z.ZodError where the result is not one the engine presents.
 */
export function publicResult(recorded: unknown, print: Print): PublicResult {
  const vector = vectorSchema.parse(recorded)
  const byScope = vector.byScope.map(({ key, kgCo2e }) => ({ scope: key, ...printed(kgCo2e, print) }))
  const byStage = vector.byStage.map(({ key, kgCo2e }) => ({ stage: key, ...printed(kgCo2e, print) }))
  return {
    total: printed(vector.total, print),
    totalIncludes: vector.totalIncludes,
    byKind: vector.byKind.map(({ kind, inTotal, kgCo2e }) => ({ kind, inTotal, ...printed(kgCo2e, print) })),
    ...(vector.kind === 'organization' ? { byScope } : { byStage }),
    gasesNotCovered: vector.gasesNotCovered.map(({ gas }) => gas),
    gasesOutsideTotal: gasesOutsideTotal(vector.byGas),
    flags: vector.flags.map(({ code, share }) => ({ flag: code, share: printedShare(share) })),
  }
}

/** A mass as the scheme prints it: rounded half-even (GB/T 8170), in kilograms or tonnes. */
function printed(kgCo2e: string, { unit, decimals }: Print): { amount: string; unit: Print['unit'] } {
  return { amount: printRounded(Number(kgCo2e), decimals, unit === 'tCO2e' ? -3 : 0), unit }
}

function printedShare(share: string | null): string | null {
  return share === null ? null : printRounded(Number(share), shareDigits)
}

/**
 * Gases outside the seven groups, by name only: R-22 and its like are reported apart (GB/T 32150, ISO 14064-1). What is outside
 * the total for its kind and not for its gas is none of them; `byKind` shows it.
 */
function gasesOutsideTotal(byGas: z.infer<typeof vectorSchema>['byGas']): string[] {
  return [...new Set(byGas.filter((entry) => !entry.inTotal && kindCounts(entry)).map(({ gas }) => gas))]
}
