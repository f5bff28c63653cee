/** What a calculation stands on, checked before its first line: pinned tables, GWP set, reporting period, own factors. */

import { Problem } from '../problem.ts'
import { deductParts } from './amounts/parts.ts'
import { type Days, daysOf } from './calendar.ts'
import { checkMonths } from './months.ts'
import { checkNewId } from './names.ts'
import { checkOwnFactors } from './own-factors.ts'
import { Offers } from './product/offers.ts'
import { placeOf } from './product/place-and-time.ts'
import { at, atLine, Refusals } from './refusals.ts'
import { ownTable } from './resolve.ts'
import { checkTransmission } from './transmission.ts'
import type {
  ActivityLine,
  CalculationContext,
  CalculationInput,
  FactorTable,
  GwpSet,
  TablePin,
} from './types.ts'
import {
  countLine,
  type Frame,
  type PreparedLine,
  type ProductFrame,
  prepareLine,
  type WeighedLine,
  weighLine,
} from './weigh-line.ts'

/**
 * The frame of a calculation.
 * @throws Problem `unknown-factor-table`, `unknown-gwp-set`, `period-invalid`, `no-lines`, or about an own factor.
 */
export function frameOf(
  input: CalculationInput,
  context: CalculationContext,
  product: ProductFrame = noProduct,
): Frame {
  if (input.lines.length === 0)
    throw new Problem('no-lines', 'Add at least one line of activity data.', { pointer: '/lines' })
  const reporting = at('/period', () => daysOf(input.period))
  const tables = pinnedTables(input.factorTables, context.tables)
  const ownFactors = input.ownFactors ?? []
  const gwpSet = pinnedGwpSet(input, context)
  const refusals = new Refusals()
  checkOwnFactors(ownFactors, gwpSet, refusals)
  refusals.throwIfAny()
  const library = { tables, own: ownFactors }
  return { kind: input.kind, input, reporting, gwpSet, library, ...product }
}

/** An organization has none of what lines of a product system lean on. */
const noProduct: ProductFrame = {
  ...{ processes: new Map(), parameters: new Map(), sites: new Map() },
  offers: new Offers([]),
  places: new Map(),
  supplies: new Map(),
  endOfLife: null,
}

/**
 * All lines, weighed in their order.
 * @throws Problem the first thing wrong with any line, the others in `others`.
 */
export function weighLines(frame: Frame): readonly WeighedLine[] {
  const refusals = new Refusals()
  const reportedOf = (line: ActivityLine) => placeOf(line, frame).reportingPeriod
  const whole = { lines: frame.input.lines, reportedOf }
  const prepared = deductParts(prepareEach(frame, refusals), whole, refusals)
  const weighed = prepared.flatMap((line) => {
    const done = refusals.attempt(() =>
      atLine(line.index, line.line, () => weighLine(countLine(line, frame), frame)),
    )
    return done ? [done] : []
  })
  refusals.throwIfAny()
  return weighed
}

/** Refuses what only several lines together show: missing months of the days that each place must report, doubled transmission. */
export function checkTogether(
  weighed: readonly WeighedLine[],
  reported: (line: ActivityLine) => readonly Days[],
  refusals: Refusals,
): void {
  checkMonths(weighed, reported, refusals)
  checkTransmission(weighed, refusals)
}

function prepareEach(frame: Frame, refusals: Refusals): PreparedLine[] {
  const prepared: PreparedLine[] = []
  const seen = new Set<string>()
  for (const [index, line] of frame.input.lines.entries()) {
    if (refusals.full) break
    refusals.attempt(() => atLine(index, line, () => checkNewId(line.id, seen, '/id')))
    const done = refusals.attempt(() => atLine(index, line, () => prepareLine(line, index, frame)))
    if (done) prepared.push(done)
  }
  return prepared
}

function pinnedTables(pins: readonly TablePin[], tables: readonly FactorTable[]): readonly FactorTable[] {
  const seen = new Set<string>()
  return pins.map(({ table, version }, index) => {
    const pointer = `/factorTables/${index}`
    checkNewId(`${table}@${version}`, seen, pointer)
    const found = tables.find((candidate) => candidate.table === table && candidate.version === version)
    if (found && table !== ownTable) return found
    const detail = `There is no factor table ${table.slice(0, 64)}@${version.slice(0, 64)}; pin a published version.`
    throw new Problem('unknown-factor-table', detail, {
      pointer,
      candidates: tables.map(pinText).slice(0, 20),
    })
  })
}

function pinnedGwpSet({ gwpSet }: CalculationInput, context: CalculationContext): GwpSet {
  const { id, version } = context.gwpSet
  if (id === gwpSet.id && version === gwpSet.version) return context.gwpSet
  const detail = `There is no GWP set ${gwpSet.id.slice(0, 64)}@${gwpSet.version.slice(0, 64)}; pin a published version.`
  throw new Problem('unknown-gwp-set', detail, { pointer: '/gwpSet', candidates: [`${id}@${version}`] })
}

function pinText({ table, version }: TablePin): string {
  return `${table}@${version}`
}
