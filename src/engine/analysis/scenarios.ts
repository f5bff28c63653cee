/** Scenarios and tables of parameters: a system with something changed, calculated by the very way that certifies it. */

import { isProblem, Problem } from '../../problem.ts'
import { formatDecimal, parseDecimal } from '../decimal.ts'
import { nearest } from '../names.ts'
import { calculateProduct } from '../product/calculate-product.ts'
import { unknownParameter } from '../product/parameters.ts'
import { at } from '../refusals.ts'
import { ownTable } from '../resolve.ts'
import type {
  ActivityLine,
  CalculationContext,
  EmissionFactor,
  FactorTable,
  Parameter,
  ProductInput,
} from '../types.ts'
import type { Flows } from './flows.ts'
import { factorsOf } from './marginals.ts'
import type { Outcome, ParameterRange, ParameterTable, Scenario, ScenarioOutcome } from './types.ts'

/** A system with what it stands on. */
export interface Variant {
  readonly input: ProductInput
  readonly context: CalculationContext
}

/** @throws Problem for a scenario that cannot be made; one that can and has no answer says so in its outcome. */
export function scenarioOutcomes(
  flows: Flows,
  context: CalculationContext,
  scenarios: readonly Scenario[],
): readonly ScenarioOutcome[] {
  const names = new Set<string>()
  return scenarios.map((scenario, index) =>
    at(`/scenarios/${index}`, () => {
      refuseSameName(scenario.name, names, index)
      return {
        name: scenario.name,
        ...outcomeOf(flows, withScenario(flows, context, scenario, `/scenarios/${index}`)),
      }
    }),
  )
}

/** @throws Problem `unknown-parameter`, `parameter-invalid`, `invalid-number`. */
export function parameterTables(
  flows: Flows,
  context: CalculationContext,
  ranges: readonly ParameterRange[],
): readonly ParameterTable[] {
  const { input, frame } = flows.solved
  return ranges.map(({ parameter, values }, index) => {
    const pointer = `/parameterTables/${index}`
    requireStated(input, parameter, `${pointer}/parameter`)
    const rows = values.map((value, row) => {
      const read = at(`${pointer}/values/${row}`, () => parseDecimal(value))
      return {
        value: read,
        ...outcomeOf(flows, { input: withParameter(input, { id: parameter, value }), context }),
      }
    })
    return { parameter, unit: frame.parameters.get(parameter)?.unit ?? null, rows }
  })
}

/**
 * The system as a scenario changes it.
 * @throws Problem `unknown-parameter`, `unknown-line`, `unknown-factor`, `line-ambiguous`, `invalid-number`, below the pointer.
 */
export function withScenario(
  flows: Flows,
  context: CalculationContext,
  { parameters = [], lines = [], factors = [] }: Scenario,
  pointer: string,
): Variant {
  if (parameters.length + lines.length + factors.length === 0)
    throw new Problem('invalid-request', 'A scenario changes something: a parameter, a line or a factor.', {
      pointer,
    })
  let { input } = flows.solved
  for (const [place, change] of parameters.entries()) {
    requireStated(input, change.id, `${pointer}/parameters/${place}/id`)
    input = withParameter(input, change)
  }
  for (const [place, change] of lines.entries())
    input = { ...input, lines: withLine(input.lines, change, `${pointer}/lines/${place}`) }
  let variant: Variant = { input, context }
  for (const [place, change] of factors.entries())
    variant = withFactor(flows, variant, change, `${pointer}/factors/${place}`)
  return variant
}

function refuseSameName(name: string, names: Set<string>, index: number): void {
  if (names.has(name))
    throw new Problem(
      'duplicate-id',
      `Two scenarios are called "${name.slice(0, 128)}"; give each its own name.`,
      {
        pointer: `/scenarios/${index}/name`,
      },
    )
  names.add(name)
}

/** What a variant comes to: a system that has no answer is an answer of its own, named. */
function outcomeOf(flows: Flows, { input, context }: Variant): Outcome {
  try {
    const { total, byStage } = calculateProduct(input, context)
    return { total, difference: total - flows.result.total, byStage, refusal: null }
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const refusal = { code: thrown.code, detail: String(thrown.facts.detail) }
    return { total: null, difference: null, byStage: [], refusal }
  }
}

function requireStated({ parameters = [] }: ProductInput, id: string, pointer: string): void {
  const found = parameters.find((parameter) => parameter.id === id)
  if (found === undefined)
    throw unknownParameter(
      id,
      parameters.map((parameter) => parameter.id),
      pointer,
    )
  if (found.formula === undefined) return
  const detail = `The parameter "${id}" follows from a formula; change what it follows from.`
  throw new Problem('parameter-invalid', detail, { pointer })
}

type ParameterChange = NonNullable<Scenario['parameters']>[number]

function withParameter(input: ProductInput, { id, value, uncertainty }: ParameterChange): ProductInput {
  const changed = (parameter: Parameter): Parameter => {
    if (parameter.id !== id) return parameter
    const kept = parameter.uncertainty?.percent === undefined ? undefined : parameter.uncertainty
    return { ...parameter, value, uncertainty: uncertainty ?? kept }
  }
  return { ...input, parameters: input.parameters?.map(changed) }
}

type LineChange = NonNullable<Scenario['lines']>[number]

function withLine(
  lines: readonly ActivityLine[],
  { id, quantity, factor }: LineChange,
  pointer: string,
): readonly ActivityLine[] {
  const line = lines.find((one) => one.id === id)
  if (line === undefined) {
    const candidates = nearest(
      id,
      lines.map((one) => one.id),
    )
    const detail = `No line has the id "${id.slice(0, 128)}"; name one of the system’s lines.`
    throw new Problem('unknown-line', detail, {
      pointer: `${pointer}/id`,
      line: id.slice(0, 128),
      candidates,
    })
  }
  requireMember(line, 'quantity', quantity, pointer)
  requireMember(line, 'factor', factor, pointer)
  const change = { ...(quantity ? { quantity } : {}), ...(factor ? { factor } : {}) }
  if (Object.keys(change).length === 0)
    throw new Problem('invalid-request', 'Give the line another quantity or another factor.', { pointer })
  return lines.map((one) => (one === line ? { ...line, ...change } : one))
}

/** What a line does not have cannot be another. */
function requireMember(
  line: ActivityLine,
  member: 'quantity' | 'factor',
  given: unknown,
  pointer: string,
): void {
  if (given === undefined || line[member] !== undefined) return
  const detail = `Line "${line.id.slice(0, 128)}" has no ${member} that could be another one; change what it states.`
  throw new Problem('line-ambiguous', detail, { pointer: `${pointer}/${member}` })
}

type FactorChange = NonNullable<Scenario['factors']>[number]

function withFactor(
  flows: Flows,
  { input, context }: Variant,
  { table, version, id, times }: FactorChange,
  pointer: string,
): Variant {
  const by = at(`${pointer}/times`, () => parseDecimal(times))
  const used = factorsOf(flows).filter(({ kind }) => kind === 'factor')
  const found = used.find(
    (one) => one.table === table && one.id === id && (version ?? one.version) === one.version,
  )
  if (found === undefined) {
    const candidates = nearest(
      id,
      used.map((one) => one.id),
    )
    const detail = `No line is weighed by the factor "${id.slice(0, 128)}" of table ${table.slice(0, 80)}, so changing it would change nothing.`
    throw new Problem('unknown-factor', detail, { pointer: `${pointer}/id`, candidates })
  }
  const changed = (rows: readonly EmissionFactor[]) =>
    rows.map((row) => (row.id === id ? at(pointer, () => multiplied(row, by)) : row))
  if (found.table === ownTable)
    return { input: { ...input, ownFactors: changed(input.ownFactors ?? []) }, context }
  const isTable = (one: FactorTable) => one.table === found.table && one.version === found.version
  const tables = context.tables.map((one) => (isTable(one) ? { ...one, factors: changed(one.factors) } : one))
  return { input, context: { ...context, tables } }
}

function multiplied(row: EmissionFactor, by: number): EmissionFactor {
  const scaled = (text: string) => formatDecimal(parseDecimal(text) * by)
  return {
    ...row,
    flows: row.flows.map((flow) => ({ ...flow, kg: scaled(flow.kg) })),
    statedCo2eKg: row.statedCo2eKg === null ? null : scaled(row.statedCo2eKg),
  }
}
