/**
 * A product system in which each text in turn is a word that every object of the language has, or what is no text of its kind: the
 * answer is a result, or a refusal that names its place, and never a failure of ours.
 */

import { beforeAll, expect, test } from 'vitest'
import { call } from './api.ts'
import { code, type Enterprise, enterprise } from './cast.ts'

const words = ['constructor', '__proto__', 'toString', '', '-0']
/** The ends of what a double holds: what they lead out of its range with may be no one's fault. */
const extremes = ['1e308', '5e-324']
const kg = (amount: string) => ({ amount, unit: 'kg' })
const co2 = (process: string) => ({
  ...{ id: `${process}-co2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg('1') },
})

/** A lamp to its grave, with a parameter, a formula, a co-product, a waste and what is left out. */
const lamp = {
  kind: 'product',
  ...{ period: { start: '2024-01-01', end: '2025-01-01' }, region: 'CN-FJ' },
  ...{ gwpSet: { id: 'ipcc-ar6', version: '2021' }, factorTables: [] },
  boundary: 'cradle-to-grave',
  functionalUnit: {
    description: { en: 'Light for a year', zh: '照明一年' },
    ...{
      quantity: { amount: '1', unit: 'a' },
      serviceLife: { amount: '1', unit: 'a' },
      referenceFlow: kg('1'),
    },
  },
  ...{ referenceProcess: 'lamp', referenceProduct: 'lamps' },
  emptyStages: [
    { stage: 'use', reason: 'It shines by day' },
    { stage: 'distribution', reason: 'It is used where it is made' },
  ],
  endOfLife: { method: 'cut-off' },
  capitalGoods: { choice: 'excluded', reason: 'Less than a thousandth' },
  exclusions: [{ what: 'glue', stage: 'production', reason: 'A drop', estimatedShare: '0.001' }],
  parameters: [
    {
      ...{ id: 'loss', value: '0.5', unit: 'kg' },
      uncertainty: { distribution: 'triangular', low: '0.4', high: '0.6' },
    },
    { id: 'twice', unit: 'kg', formula: 'loss * 2' },
  ],
  processes: [
    {
      ...{ id: 'lamp', name: { en: 'Lamp', zh: '灯' }, stage: 'production', product: 'lamps' },
      ...{ output: kg('1'), properties: [{ name: 'value', quantity: kg('2') }] },
      coProducts: [{ id: 'shards', output: kg('1'), properties: [{ name: 'value', quantity: kg('1') }] }],
      allocation: { by: 'physical-property', property: 'value' },
    },
    {
      ...{ id: 'glass', name: { en: 'Glass', zh: '玻璃' }, stage: 'raw-material-acquisition' },
      output: kg('1'),
    },
    {
      ...{ id: 'dump', name: { en: 'Dump', zh: '填埋' }, stage: 'end-of-life', treats: true },
      output: kg('1'),
    },
  ],
  lines: [
    ...[co2('lamp'), co2('glass'), co2('dump')],
    { id: 'panes', category: 'material', process: 'lamp', from: 'glass', parameter: { id: 'loss' } },
    { id: 'more', category: 'material', process: 'lamp', from: 'glass', parameter: { id: 'twice' } },
    { id: 'waste', category: 'waste-treatment', process: 'lamp', to: 'dump', quantity: kg('1') },
  ],
}

type Place = readonly (string | number)[]

/** Where texts stand. */
function textsIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === 'string') return [place]
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, [...place, isList ? Number(key) : key]))
}

/** The same with another text at a place. */
function withText(value: unknown, [key, ...rest]: Place, text: string): unknown {
  if (key === undefined) return text
  if (Array.isArray(value)) return value.map((part, at) => (at === key ? withText(part, rest, text) : part))
  const members = Object.entries(value as object)
  return Object.fromEntries(
    members.map(([name, part]) => [name, name === key ? withText(part, rest, text) : part]),
  )
}

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

const analyze = (system: unknown) =>
  call('POST', '/v1/product-analyses', { token: client.preparer.token, body: { system, draws: 100 } })

test('the system that it is done to is right', async () => {
  expect((await analyze(lamp)).status).toBe(200)
})

test('whatever a text is, the answer is a result or a refusal with its place', async () => {
  const places = textsIn(lamp)
  expect(places.length).toBeGreaterThan(90)
  const faults: string[] = []
  for (const place of places)
    for (const word of [...words, ...extremes]) {
      const answer = await analyze(withText(lamp, place, word))
      const { status, body } = answer
      const isPlaced = /^\/system\//.test(body.pointer)
      const leavesRange = extremes.includes(word) && code(answer) === 'invalid-number'
      const isRefused = [400, 409, 422].includes(status) && (isPlaced || leavesRange)
      if (status !== 200 && !isRefused)
        faults.push(`/${place.join('/')} = "${word}": ${JSON.stringify(body).slice(0, 300)}`)
    }
  expect(faults).toEqual([])
}, 120_000)
