/** `values.csv` and `blends.csv` of a GWP set as rows of the published types, with their faults. */

import type { Decimal, Gas } from '../engine/types.ts'
import { RowReader } from './cells.ts'
import { readRows } from './csv.ts'
import { type Fault, type GwpSetFacts, gasGroups, type PublishedBlend, type PublishedGas } from './format.ts'

/** Columns of `values.csv`, in their order. A blank `gwp100`: the source prints none. */
export const valueColumns = [
  'gas',
  'name_en',
  'name_zh',
  'group',
  'gwp100',
  'confirmation',
  'source_id',
  'source_locator',
  'notes',
] as const
type ValueColumn = (typeof valueColumns)[number]

/** Columns of `blends.csv`, in their order; `composition` is JSON: gas → mass fraction. */
export const blendColumns = [
  'blend',
  'composition',
  'confirmation',
  'source_id',
  'source_locator',
  'notes',
] as const
type BlendColumn = (typeof blendColumns)[number]

/** All rows of `values.csv`. */
export function readGases(csv: string, facts: GwpSetFacts, faults: Fault[]): readonly PublishedGas[] {
  const seen = new Set<string>()
  return readRows('values.csv', csv, valueColumns, faults).map((row) => {
    const reader = new RowReader('values.csv', row, faults)
    const gas = readGas(reader)
    if (seen.has(gas.gas)) reader.fault('gas', 'duplicate-id', `the gas ${gas.gas} stands twice`)
    seen.add(gas.gas)
    if (Number(gas.gwp100 ?? 0) < 0) reader.fault('gwp100', 'form', 'a warming potential is not negative')
    requireSource(reader, gas.source.id, facts)
    return gas
  })
}

function readGas(reader: RowReader<ValueColumn>): PublishedGas {
  return {
    gas: reader.text('gas'),
    name: { en: reader.text('name_en'), zh: reader.optional('name_zh') },
    group: reader.oneOf('group', gasGroups),
    gwp100: reader.decimal('gwp100'),
    confirmation: reader.confirmation('confirmation'),
    source: { id: reader.text('source_id'), locator: reader.text('source_locator') },
    notes: reader.optional('notes'),
  }
}

/** All rows of `blends.csv`; every constituent is a gas of the set, and the fractions add up to one. */
export function readBlends(
  csv: string,
  facts: GwpSetFacts,
  gases: readonly PublishedGas[],
  faults: Fault[],
): readonly PublishedBlend[] {
  const known = new Set(gases.map(({ gas }) => gas))
  const seen = new Set<string>()
  return readRows('blends.csv', csv, blendColumns, faults).map((row) => {
    const reader = new RowReader('blends.csv', row, faults)
    const blend = readBlend(reader)
    if (seen.has(blend.blend)) reader.fault('blend', 'duplicate-id', `the blend ${blend.blend} stands twice`)
    seen.add(blend.blend)
    for (const gas of Object.keys(blend.composition)) {
      if (!known.has(gas)) reader.fault('composition', 'gas', `values.csv names no gas "${gas}"`)
    }
    requireSource(reader, blend.source.id, facts)
    return blend
  })
}

function readBlend(reader: RowReader<BlendColumn>): PublishedBlend {
  const composition = reader.decimalsByGas('composition')
  if (!addsUpToOne(composition)) {
    reader.fault('composition', 'blend', 'the mass fractions do not add up to exactly 1')
  }
  return {
    blend: reader.text('blend'),
    composition,
    confirmation: reader.confirmation('confirmation'),
    source: { id: reader.text('source_id'), locator: reader.text('source_locator') },
    notes: reader.optional('notes'),
  }
}

/** In whole 1e-12ths, so that 0.1 + 0.2 + 0.7 is one. */
function addsUpToOne(composition: Readonly<Record<Gas, Decimal>>): boolean {
  const parts = Object.values(composition).map((fraction) => Math.round(Number(fraction) * 1e12))
  return parts.every((part) => part > 0) && parts.reduce((a, b) => a + b, 0) === 1e12
}

function requireSource<Column extends string>(
  reader: RowReader<Column | 'source_id'>,
  id: string,
  facts: GwpSetFacts,
): void {
  if (facts.sources.some((source) => source.id === id)) return
  reader.fault('source_id', 'source', `set.json names no source "${id}"`)
}
