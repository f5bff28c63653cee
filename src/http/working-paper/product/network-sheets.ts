/**
 * The network as sheets: what each process makes, what others take of it, and that nothing is left; who takes how much of whom; and
 * how processes that make several products share their burden. The runs are the record's: a formula for them would have to solve
 * the network, and the balance shows whether they are its solution.
 */

import { parseDecimal } from '../../../engine/decimal.ts'
import type { Process } from '../../../engine/types.ts'
import { convert, unitCode } from '../../../engine/units.ts'
import { type Asked, askedOf, makerOf, type NodePlaces, placesOf } from '../../../report/product/links.ts'
import { lineColumn } from '../lines-sheet.ts'
import type { Line } from '../source.ts'
import { sumWhere } from '../summary-rows.ts'
import { columnRange, formulaNumber, reference, type Sheet, type SheetCell } from '../workbook.ts'
import type { AllocationPlaces } from './allocation-sheet.ts'
import type { ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

export const processColumn = {
  key: 0,
  name: 1,
  product: 2,
  stage: 3,
  output: 4,
  unit: 5,
  runs: 6,
  made: 7,
  taken: 8,
  asked: 9,
  left: 10,
  check: 11,
} as const

export const exchangeColumn = {
  line: 0,
  taker: 1,
  maker: 2,
  amount: 3,
  unit: 4,
  share: 5,
  runs: 6,
  taken: 7,
} as const

/** Everything the network's sheets are made of. */
export interface NetworkSetting {
  readonly source: ProductPaperSource
  readonly words: ProductWords
  readonly places: NodePlaces
  readonly allocations: AllocationPlaces
}

/** How often a line counts: Σ share × runs over the nodes it serves. */
export function timesOf(line: Line, setting: NetworkSetting): SheetCell {
  const { places, allocations } = setting
  const served = places.serves(line)
  const terms = served.map(({ node }) => {
    const share = served.length === 1 ? undefined : allocations.share(...nodeAt(places, node))
    return share === undefined ? runsCell(node, setting) : `${runsCell(node, setting)}*${share}`
  })
  return { formula: terms.length === 0 ? '0' : terms.join('+'), value: Number(line.scaling) }
}

function nodeAt(places: NodePlaces, node: number): readonly [string, string] {
  const { process = '', product } = places.nodes[node] ?? {}
  return [process, product ?? '']
}

function runsCell(node: number, { words }: NetworkSetting): string {
  return reference(words.sheets.processes, processColumn.runs, node)
}

function keyOfNode(places: NodePlaces, node: number): string {
  const [process, product] = nodeAt(places, node)
  return product === '' ? process : `${process}/${product}`
}

/** An input of a node from another one. */
interface Exchange {
  readonly line: string
  readonly taker: number
  readonly maker: number
  readonly amount: SheetCell
  readonly perRun: number
  readonly unit: string
  readonly share: SheetCell
  readonly shareNow: number
}

export function exchangesOf(setting: NetworkSetting): readonly Exchange[] {
  const { source, places, words, allocations } = setting
  const ofLines = source.result.lines.flatMap((line, at): Exchange[] => {
    const maker = makerOf(line, places)
    if (maker === undefined) return []
    const served = places.serves(line)
    const perRun = Number(line.activity.amount)
    const amount = { formula: reference(words.base.sheets.lines, lineColumn.amount, at), value: perRun }
    return served.map(({ node, share }) => {
      const cell = served.length === 1 ? undefined : allocations.share(...nodeAt(places, node))
      return {
        ...{ line: line.id, taker: node, maker, amount, perRun, unit: line.activity.unit, shareNow: share },
        share: cell === undefined ? 1 : { formula: cell, value: share },
      }
    })
  })
  return [...ofLines, ...creditsOf(setting), ...plantsOf(setting)]
}

/** What a mean takes of its plants: all that each made in the period. */
function plantsOf({ source, places, words }: NetworkSetting): readonly Exchange[] {
  return (source.result.product?.means ?? []).flatMap(({ process, plants }) => {
    const taker = places.first(process)
    if (taker === undefined) return []
    return plants.flatMap((plant): Exchange[] => {
      const maker = places.find(plant.process, plant.product)
      if (maker === undefined) return []
      const perRun = Number(plant.output.amount)
      return [
        {
          ...{ line: `${words.plant}: ${process}`, taker, maker, amount: perRun, perRun },
          ...{ unit: plant.output.unit, share: 1, shareNow: 1 },
        },
      ]
    })
  })
}

/** What co-products make needless of others, per run of the process that makes them. */
function creditsOf({ source, places, allocations, words }: NetworkSetting): readonly Exchange[] {
  return (source.result.product?.allocations ?? []).flatMap(({ process, products }) => {
    const taker = places.first(process)
    return products.flatMap(({ product, avoids }) => {
      const maker = avoids === null ? undefined : places.find(avoids.process, avoids.product)
      if (avoids === null || maker === undefined || taker === undefined) return []
      const perRun = -Number(avoids.amount)
      const cell = allocations.avoided(process, product)
      return [
        {
          ...{ line: `${words.credit}: ${product}`, taker, maker, perRun, unit: avoids.unit },
          ...{ amount: { formula: `-${cell}`, value: perRun }, share: 1, shareNow: 1 },
        },
      ]
    })
  })
}

export function exchangesSheet(exchanges: readonly Exchange[], setting: NetworkSetting): Sheet {
  const { words, places } = setting
  const cells = (exchange: Exchange, at: number): SheetCell[] => {
    const { line, taker, maker, amount, perRun, unit, share, shareNow } = exchange
    const cell = (column: keyof typeof exchangeColumn) =>
      reference(words.sheets.exchanges, exchangeColumn[column], at)
    const runs = places.nodes[taker]?.runs ?? 0
    const ratio = convert(1, unit, outputOf(maker, setting).unit)
    const taken = `${cell('amount')}*${cell('share')}*${cell('runs')}`
    return [
      ...[line, keyOfNode(places, taker), keyOfNode(places, maker), amount, unit, share],
      { formula: runsCell(taker, setting), value: runs },
      {
        formula: ratio === 1 ? taken : `${taken}*${formulaNumber(ratio)}`,
        value: perRun * shareNow * runs * ratio,
      },
    ]
  }
  return {
    name: words.sheets.exchanges,
    note: words.notes.exchanges,
    columns: words.columns.exchanges.map((title) => ({ title })),
    rows: exchanges.map(cells),
  }
}

function outputOf(node: number, { places }: NetworkSetting) {
  const { amount, unit } = places.output(node) ?? { amount: '0', unit: '1' }
  return { value: parseDecimal(amount), unit: unitCode(unit) }
}

export function processesSheet(exchanges: readonly Exchange[], setting: NetworkSetting): Sheet {
  const { words, places } = setting
  const taken = takenNow(exchanges, setting)
  const asked = askedOf(setting.source, places)
  const processes = new Map(setting.source.system.processes.map((process) => [process.id, process]))
  return {
    name: words.sheets.processes,
    note: words.notes.processes,
    columns: words.columns.processes.map((title) => ({ title })),
    rows: places.nodes.map((_, node) =>
      processCells(
        {
          ...{ node, process: processes.get(nodeAt(places, node)[0]), taken: taken[node] ?? 0 },
          ...{ asked: asked?.node === node ? askedCell(asked) : 0, count: exchanges.length },
        },
        setting,
      ),
    ),
  }
}

/** Of each node, what others take of it now. */
function takenNow(exchanges: readonly Exchange[], setting: NetworkSetting): readonly number[] {
  const taken = setting.places.nodes.map(() => 0)
  for (const { maker, taker, perRun, unit, shareNow } of exchanges) {
    const runs = setting.places.nodes[taker]?.runs ?? 0
    taken[maker] =
      (taken[maker] ?? 0) + perRun * shareNow * runs * convert(1, unit, outputOf(maker, setting).unit)
  }
  return taken
}

interface ProcessRow {
  readonly node: number
  readonly process: Process | undefined
  /** What others take of it now. */
  readonly taken: number
  readonly asked: SheetCell
  /** How many exchanges there are. */
  readonly count: number
}

function processCells(row: ProcessRow, setting: NetworkSetting): SheetCell[] {
  const { node, process, taken, asked, count } = row
  const { words, places } = setting
  const cell = (column: keyof typeof processColumn) =>
    reference(words.sheets.processes, processColumn[column], node)
  const range = (column: keyof typeof exchangeColumn) =>
    columnRange(words.sheets.exchanges, exchangeColumn[column], count)
  const [id, product] = nodeAt(places, node)
  const output = outputOf(node, setting)
  const runs = places.nodes[node]?.runs ?? 0
  const { agrees, differs } = words.base
  const isNothing = `ABS(${cell('left')})<=1E-9*(ABS(${cell('made')})+ABS(${cell('asked')})+1E-12)`
  return [
    ...[
      keyOfNode(places, node),
      process ? words.base.nameOf(process.name) : id,
      product === '' ? null : product,
    ],
    ...[process ? words.stageName(process.stage) : null, output.value, output.unit, runs],
    { formula: `${cell('output')}*${cell('runs')}`, value: output.value * runs },
    { formula: sumWhere(range('maker'), cell('key'), range('taken')), value: taken },
    asked,
    { formula: `${cell('made')}-${cell('taken')}-${cell('asked')}`, value: 0 },
    { formula: `IF(${isNothing},"${agrees}","${differs}")`, value: agrees },
  ]
}

/** What the declared unit asks for, in the unit of the node's output. */
function askedCell({ amount, unit, output }: Asked): SheetCell {
  const ratio = convert(1, unit, output.unit)
  return ratio === 1
    ? amount
    : { formula: `${formulaNumber(amount)}*${formulaNumber(ratio)}`, value: amount * ratio }
}

export function networkSetting(
  source: ProductPaperSource,
  allocations: AllocationPlaces,
  words: ProductWords,
): NetworkSetting {
  return { source, words, allocations, places: placesOf(source) }
}
