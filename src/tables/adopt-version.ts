/**
 * What a calculation would be if it pinned another version of a table: the pin exchanged, and every row that a line, an
 * instrument or the rest of scope 2 names by id exchanged for the row that it became. Nothing is guessed: a row without a successor, or one that has come to mean
 * something else, is refused by name.
 */

import type {
  ActivityLine,
  CalculationInput,
  ContractualInstrument,
  ContractualInstruments,
  FactorChoice,
  MarketBased,
  TablePin,
} from '../engine/types.ts'
import { dimensionOf } from '../engine/units.ts'
import { pointerOf } from '../json/pointer.ts'
import { Problem } from '../problem.ts'
import { matchFuels, matchRows } from './diff.ts'
import type { PublishedFactor, PublishedFuel, PublishedTable } from './format.ts'
import { oncePerPair } from './once-per-pair.ts'

/** A version of a table, and the one that takes its place. */
export interface Replacement {
  readonly older: PublishedTable
  readonly newer: PublishedTable
}

/**
 * The same calculation with the newer version in the place of the older one.
 *
 * @throws Problem `row-gone`, `row-changed-kind` with `lineId` (or `instrument`) and a pointer to the choice; `line-ambiguous` for a choice that
 * names a version, which several pinned tables have, and no table.
 */
export function adoptVersion(input: CalculationInput, replacement: Replacement): CalculationInput {
  const adopt = adopter(input, replacement)
  return {
    ...input,
    factorTables: adoptedPins(input.factorTables, replacement),
    lines: input.lines.map((line, at) => adoptedLine(line, at, adopt)),
    ...(input.kind === 'organization' &&
      input.marketBased && { marketBased: adoptedMarket(input.marketBased, adopt) }),
    ...(input.kind === 'product' &&
      input.contractualInstruments && {
        contractualInstruments: adoptedContracts(input.contractualInstruments, adopt),
      }),
  }
}

/** What weighs scope 2 by market, chosen as the factors of lines are. */
function adoptedMarket({ instruments, residual, ...more }: MarketBased, adopt: Adopt): MarketBased {
  const rest = { facts: {}, path: ['marketBased', 'residual'] }
  return {
    ...more,
    instruments: adoptedInstruments(instruments, 'marketBased', adopt),
    ...(residual && { residual: adopt(residual, 'factors', rest) }),
  }
}

function adoptedContracts(
  { instruments, ...more }: ContractualInstruments,
  adopt: Adopt,
): ContractualInstruments {
  return { ...more, instruments: adoptedInstruments(instruments, 'contractualInstruments', adopt) }
}

/** Each with the factor that it conveys. */
function adoptedInstruments<Instrument extends ContractualInstrument>(
  instruments: readonly Instrument[],
  member: string,
  adopt: Adopt,
): Instrument[] {
  return instruments.map((instrument, at) => {
    const place = { facts: { instrument: instrument.id }, path: [member, 'instruments', at, 'factor'] }
    return { ...instrument, factor: adopt(instrument.factor, 'factors', place) }
  })
}

/** In the older one's place; where both are pinned, once, in the first of their places. */
function adoptedPins(pins: readonly TablePin[], { older, newer }: Replacement): TablePin[] {
  const { table, version } = newer.table
  const isOf = (pin: TablePin, wanted: string) => pin.table === table && pin.version === wanted
  const adopted = pins.map((pin) => (isOf(pin, older.table.version) ? { table, version } : pin))
  const first = adopted.findIndex((pin) => isOf(pin, version))
  return adopted.filter((pin, at) => at === first || !isOf(pin, version))
}

type Rows<Row> = ReadonlyMap<string, { readonly older: Row; readonly newer: Row | null }>
type Adopt = <Choice extends FactorChoice>(choice: Choice, of: 'factors' | 'fuels', path: Path) => Choice
/** Where a choice stands: whose it is, as a refusal tells it, and the way to it. */
interface Path {
  readonly facts: { readonly lineId: string } | { readonly instrument?: string }
  readonly path: readonly (string | number)[]
}

function adoptedLine(line: ActivityLine, at: number, adopt: Adopt): ActivityLine {
  const within = (...path: (string | number)[]) => ({
    facts: { lineId: line.id },
    path: ['lines', at, ...path],
  })
  const { factor, fuel, beside } = line
  return {
    ...line,
    ...(factor && { factor: adopt(factor, 'factors', within('factor')) }),
    ...(fuel && { fuel: adopt(fuel, 'fuels', within('fuel')) }),
    ...(beside && { beside: beside.map((one, n) => adopt(one, 'factors', within('beside', n))) }),
  }
}

function adopter(input: CalculationInput, replacement: Replacement): Adopt {
  const { older, newer } = replacement
  const { table, version } = older.table
  const { factors, fuels } = successorsIn(replacement.older, replacement.newer)
  const isOwn = (id: string) => input.ownFactors?.some((own) => own.id === id) === true
  return (choice, of, place) => {
    if ((choice.table ?? table) !== table || (choice.version ?? version) !== version) return choice
    const named = choice.version === undefined ? {} : { version: newer.table.version }
    if (choice.id === undefined) {
      if (choice.table === undefined && choice.version !== undefined) refuseShared(input, older, place)
      return { ...choice, ...named }
    }
    const row = (of === 'factors' ? factors : fuels).get(choice.id)
    if (row === undefined || (choice.table === undefined && isOwn(choice.id))) return choice
    if (row.newer === null) throw rowGone(row.older.id, newer, place)
    requireSameKind(row.older, row.newer, place)
    return { ...choice, ...named, table, id: row.newer.id }
  }
}

/** What each row of the older version became. */
interface Successors {
  readonly factors: Rows<PublishedFactor>
  readonly fuels: Rows<PublishedFuel>
}

/** A run asks for one pair a thousand times. */
const successorsIn = oncePerPair(
  (older, newer): Successors => ({
    factors: successors<PublishedFactor>(older.table.factors, matchRows(older, newer).pairs),
    fuels: successors<PublishedFuel>(older.table.fuels, matchFuels(older, newer).pairs),
  }),
)

function successors<Row extends { readonly id: string }>(
  rows: readonly Row[],
  pairs: readonly { readonly older: Row; readonly newer: Row }[],
): Rows<Row> {
  const newer = new Map(pairs.map((pair) => [pair.older.id, pair.newer] as const))
  return new Map(rows.map((older) => [older.id, { older, newer: newer.get(older.id) ?? null }] as const))
}

/** A choice by version alone looks into every pinned table that has it; only one of them is exchanged. */
function refuseShared({ factorTables }: CalculationInput, { table }: PublishedTable, place: Path): void {
  const sharing = factorTables.filter((pin) => pin.version === table.version)
  if (sharing.length < 2) return
  const detail = `The line names version ${table.version}, which several pinned tables have; name the table.`
  throw new Problem('line-ambiguous', detail, facts(place))
}

function rowGone(id: string, { table }: PublishedTable, place: Path): Problem {
  const detail = `The row ${id} has no counterpart in ${table.table} ${table.version}; choose another one.`
  return new Problem('row-gone', detail, { ...facts(place), id, table: table.table, version: table.version })
}

/** A fuel is a fuel; a factor keeps its family and what it is per, if only in another unit. */
function requireSameKind(
  older: PublishedFactor | PublishedFuel,
  newer: PublishedFactor | PublishedFuel,
  place: Path,
): void {
  if (!('family' in older) || !('family' in newer)) return
  const isSame = older.family === newer.family && dimensionOf(older.unit) === dimensionOf(newer.unit)
  if (isSame) return
  const kind = ({ family, unit }: PublishedFactor) => ({ family, unit })
  const detail = `The row ${newer.id} is ${newer.family} per ${newer.unit} now, and was ${older.family} per ${older.unit}; look whether it still fits the line.`
  throw new Problem('row-changed-kind', detail, {
    ...facts(place),
    id: newer.id,
    older: kind(older),
    newer: kind(newer),
  })
}

function facts({ facts, path }: Path) {
  return { ...facts, pointer: pointerOf(path) }
}
