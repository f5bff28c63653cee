/** The worked examples under `examples/`: what each folder holds, for the demo and for the tests. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ActivityLine, CalculationInput } from '../../src/engine/types.ts'
import { csvActivityData } from '../../src/http/activity-data.ts'
import type { CalculationDefinition } from '../../src/ports/footprints.ts'

/** The examples that the demo walks through, by folder. */
export const demoNames = [
  'organization-food-processing-site',
  'product-electricity-from-fuel',
  'organization-xiamen-factory',
  'product-xiamen-fan',
] as const

/** Every example, by folder. */
export const exampleNames = [
  ...demoNames,
  'product-xiamen-fan-housing',
  'product-zhangzhou-camellia-oil',
  'product-xiamen-water-bottle',
] as const
export type ExampleName = (typeof exampleNames)[number]
export type DemoName = (typeof demoNames)[number]

/** What a footprint says beside its calculation, as POST /v1/footprints takes it. */
export interface Face {
  readonly title: string
  readonly scheme: { readonly id: string; readonly version: string }
}

/** One or several lines, and what they come to by hand: `arithmetic` in decimals with + − × ÷ and brackets. */
export interface Term {
  /** A line's id, or the beginning of the ids of a series with `*`. */
  readonly lines: string
  readonly arithmetic: string
  readonly kgCo2e: string
  /** Why it is what it is, where the arithmetic does not say. */
  readonly because?: string
}

/** The answer, worked out by hand. */
export interface Expected {
  readonly per: string
  /** How far the engine may be off, kg CO2e. */
  readonly tolerance: string
  readonly terms: readonly Term[]
  readonly totals: {
    readonly total: string
    readonly byScope?: Readonly<Record<string, string>>
    readonly byStage?: Readonly<Record<string, string>>
    readonly byProcess?: Readonly<Record<string, string>>
  }
  /** How often each process of a product system runs per declared unit. */
  readonly runs?: Readonly<Record<string, string>>
  /** What the source prints, in the source's words and unit. */
  readonly published?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** A folder, read. */
export interface Example {
  readonly name: ExampleName
  /** Whether its activity data are made up. */
  readonly illustrative: boolean
  readonly definition: CalculationDefinition
  readonly lines: readonly ActivityLine[]
  /** The same lines as a file. */
  readonly csv: Uint8Array<ArrayBuffer>
  readonly face: Face
  readonly expected: Expected
}

const folder = fileURLToPath(new URL('../../examples', import.meta.url))

/** Whether an example's activity data are made up. */
export function isIllustrative(name: ExampleName): boolean {
  return name.includes('xiamen')
}

/** Reads an example. A product's calculation holds its lines; an organization's come from its CSV alone. */
export function readExample(name: ExampleName): Example {
  const csv = Uint8Array.from(readFileSync(`${folder}/${name}/activity-data.csv`))
  const { lines, ...definition } = readJson<CalculationDefinition & { lines?: readonly ActivityLine[] }>(
    name,
    'calculation.json',
  )
  return {
    name,
    illustrative: isIllustrative(name),
    definition,
    lines: lines ?? csvActivityData(csv).lines,
    csv,
    face: readJson<Face>(name, 'footprint.json'),
    expected: readJson<Expected>(name, 'expected.json'),
  }
}

/** The example as one calculation. */
export function calculationOf({ definition, lines }: Example): CalculationInput {
  return { ...definition, lines } as CalculationInput
}

function readJson<Value>(name: ExampleName, file: string): Value {
  return JSON.parse(readFileSync(`${folder}/${name}/${file}`, 'utf8')) as Value
}
