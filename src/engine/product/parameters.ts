/**
 * The parameters of a product system: numbers that several lines and formulas share, so that one change, one scenario or one
 * draw moves all that rests on them. Each is stated, or follows from others by a formula.
 */

import { Problem } from '../../problem.ts'
import { parseDecimal } from '../decimal.ts'
import { readNotNegative, readNumber } from '../line-properties.ts'
import { checkNewId, nearest } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import type { ActivityLine, Parameter, UnitCode } from '../types.ts'
import { unitOf } from '../units.ts'
import { type Expression, evaluate, isName, namesIn, readFormula } from './formula.ts'

/** Parameters that one product system has at most. */
export const mostParameters = 500

/** A parameter, worked out. */
export interface KnownParameter {
  readonly parameter: Parameter
  readonly value: number
  /** What lines take it in; undefined where only formulas use it. */
  readonly unit: UnitCode | undefined
  /** Its formula; undefined where its value is stated. */
  readonly formula: Expression | undefined
}

/**
 * The parameters by id, those that others rest on first.
 * @throws Problem `too-many-items`, `duplicate-id`, `parameter-invalid`, `unknown-parameter`, `parameter-loop`, `parameter-unused`,
 *   `invalid-number`, `property-out-of-range`, `unknown-unit`: the first, with the others in `others`.
 */
export function parametersOf(
  parameters: readonly Parameter[],
  lines: readonly ActivityLine[],
): ReadonlyMap<string, KnownParameter> {
  if (parameters.length > mostParameters) {
    const detail = `A product system has at most ${mostParameters} parameters; this one has ${parameters.length}.`
    throw new Problem('too-many-items', detail, { pointer: '/parameters', limit: mostParameters })
  }
  const read = readEach(parameters)
  refuseUnused(read, lines)
  const known = new Map<string, KnownParameter>()
  for (const one of inOrderOfNeed(read)) known.set(one.parameter.id, worked(one, known))
  return known
}

interface Read {
  readonly parameter: Parameter
  readonly index: number
  readonly unit: UnitCode | undefined
  readonly formula: Expression | undefined
}

function readEach(parameters: readonly Parameter[]): ReadonlyMap<string, Read> {
  const refusals = new Refusals()
  const seen = new Set<string>()
  const read = parameters.flatMap((parameter, index) => {
    const done = refusals.attempt(() => at(`/parameters/${index}`, () => readOne(parameter, index, seen)))
    return done ? [done] : []
  })
  refusals.throwIfAny()
  return new Map(read.map((one) => [one.parameter.id, one]))
}

function readOne(parameter: Parameter, index: number, seen: Set<string>): Read {
  const pointer = `/parameters/${index}`
  checkNewId(parameter.id, seen, `${pointer}/id`)
  if (!isName(parameter.id)) {
    const detail = `"${parameter.id.slice(0, 80)}" is no name that a formula could use; take letters, digits and "_", a letter first.`
    throw new Problem('parameter-invalid', detail, { pointer: `${pointer}/id` })
  }
  if ((parameter.value === undefined) === (parameter.formula === undefined))
    throw new Problem('parameter-invalid', 'A parameter states either its value or a formula.')
  const { unit, formula } = parameter
  checkUncertainty(parameter, pointer)
  return {
    ...{ parameter, index },
    unit: unit === undefined ? undefined : at(`${pointer}/unit`, () => unitOf(unit).code),
    formula: formula === undefined ? undefined : at(`${pointer}/formula`, () => readFormula(formula)),
  }
}

/** A spread is of something stated, in the terms of its distribution, and around the value. */
function checkUncertainty({ value, uncertainty }: Parameter, pointer: string): void {
  if (uncertainty === undefined) return
  const place = `${pointer}/uncertainty`
  if (value === undefined) {
    const detail =
      'What follows from a formula is as uncertain as what it follows from; leave the uncertainty out.'
    throw new Problem('parameter-invalid', detail, { pointer: place })
  }
  const { distribution, percent, low, high } = uncertainty
  const isBounded = distribution === 'triangular' || distribution === 'uniform'
  const terms = isBounded ? 'low and high' : 'percent'
  const fits = isBounded
    ? low !== undefined && high !== undefined && percent === undefined
    : percent !== undefined && low === undefined && high === undefined
  if (!fits)
    throw new Problem(
      'parameter-invalid',
      `A ${distribution} distribution is stated by ${terms}, and by nothing else.`,
      {
        pointer: place,
      },
    )
  if (percent !== undefined) readNotNegative(percent, `${place}/percent`, 'Half of an interval')
  if (low === undefined || high === undefined) return
  const [from, to] = [readNumber(low, `${place}/low`), readNumber(high, `${place}/high`)]
  const middle = readNumber(value, `${pointer}/value`)
  if (from <= middle && middle <= to) return
  throw new Problem('property-out-of-range', 'The value lies between low and high.', { pointer: place })
}

/** A parameter that leads nowhere would be a setting that is stored and never used. */
function refuseUnused(read: ReadonlyMap<string, Read>, lines: readonly ActivityLine[]): void {
  const used = new Set(lines.flatMap(({ parameter }) => (parameter === undefined ? [] : [parameter.id])))
  for (const { formula } of read.values())
    for (const name of formula === undefined ? [] : namesIn(formula)) used.add(name)
  const idle = [...read.values()].find(({ parameter }) => !used.has(parameter.id))
  if (idle === undefined) return
  const detail = `No line and no formula uses the parameter "${idle.parameter.id.slice(0, 80)}"; leave it out, or name it where it belongs.`
  throw new Problem('parameter-unused', detail, { pointer: `/parameters/${idle.index}` })
}

/** Those that others rest on first. */
function inOrderOfNeed(read: ReadonlyMap<string, Read>): readonly Read[] {
  const done = new Set<string>()
  const ordered: Read[] = []
  for (const one of read.values()) visit(one, [])
  return ordered

  function visit(one: Read, path: readonly string[]): void {
    const { id } = one.parameter
    if (done.has(id)) return
    const pointer = `/parameters/${one.index}/formula`
    if (path.includes(id)) throw loop([...path.slice(path.indexOf(id)), id], pointer)
    for (const name of one.formula === undefined ? [] : namesIn(one.formula)) {
      const needed = read.get(name)
      if (needed === undefined) throw unknownParameter(name, read.keys(), pointer)
      visit(needed, [...path, id])
    }
    done.add(id)
    ordered.push(one)
  }
}

function worked(read: Read, known: ReadonlyMap<string, KnownParameter>): KnownParameter {
  const { parameter, index, unit, formula } = read
  const pointer = `/parameters/${index}/${formula === undefined ? 'value' : 'formula'}`
  const value = at(pointer, () =>
    formula === undefined
      ? parseDecimal(parameter.value as string)
      : evaluate(formula, (name) => (known.get(name) as KnownParameter).value),
  )
  return { parameter, value, unit, formula }
}

function loop(path: readonly string[], pointer: string): Problem {
  const named = path.slice(0, 20)
  const detail = `The parameters ${named.join(' → ')} rest on each other in a circle; state one of them by its value.`
  return new Problem('parameter-loop', detail, { pointer, parameters: named })
}

/** The refusal of a name that no parameter has. */
export function unknownParameter(name: string, known: Iterable<string>, pointer: string): Problem {
  const candidates = nearest(name, known)
  const near = candidates.length > 0 ? `; near it: ${candidates.join(', ')}` : ''
  const detail = `No parameter is called "${name.slice(0, 80)}"${near}. Add it to parameters, or correct the name.`
  return new Problem('unknown-parameter', detail, { pointer, parameter: name.slice(0, 80), candidates })
}
