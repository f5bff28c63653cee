/** The GWP sets, held against a published transcription; every deliberate difference is listed by name. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gwpSet, gwpSets } from '../factors/bundled.ts'

const casesFolder = process.env.EGRET_CASES ?? '../shared/cases'
const caseFile = join(casesFolder, 'gwp', 'gwp-sets.json')
const hasCases = existsSync(caseFile)

/** The published table of thirteen gases, `HFC134a` → `AR6GWP100` → 1530. */
function publishedValues(): Record<string, Record<string, number>> {
  return (JSON.parse(readFileSync(caseFile, 'utf8')) as { values: Record<string, Record<string, number>> })
    .values
}

/** Where we differ on purpose: docs/decisions/0011-gwp-values.md. */
const deliberate: Readonly<Record<string, { readonly ours: string; readonly published: number }>> = {
  'ipcc-ar6 CH4': { ours: '27.0', published: 27.9 },
  'ipcc-ar6 SF6': { ours: '24300', published: 25200 },
}

describe('GWP sets', () => {
  test('are three, each with its basis', () => {
    const bases = gwpSets.map(({ set }) => [set.id, set.version, set.basis])
    expect(bases).toEqual([
      ['ipcc-ar4', '2007', 'AR4'],
      ['ipcc-ar5', '2013', 'AR5'],
      ['ipcc-ar6', '2021', 'AR6'],
    ])
  })

  test.skipIf(!hasCases)(
    `equal a published table of thirteen gases but for the differences listed${hasCases ? '' : ' (skipped: no published cases)'}`,
    () => {
      const differences: Record<string, { ours: string | undefined; published: number }> = {}
      for (const { set } of gwpSets) {
        for (const [gas, values] of Object.entries(publishedValues())) {
          const name = gas.replace(/^HFC(?=\d)/, 'HFC-')
          const published = values[`${set.basis}GWP100`] as number
          if (Number(set.values[name]) !== published) {
            differences[`${set.id} ${name}`] = { ours: set.values[name], published }
          }
        }
      }
      expect(differences).toEqual(deliberate)
    },
  )

  test('tell fossil fugitive methane from all other in AR6 only', () => {
    const methane = gwpSets.map(({ set }) => [set.values.CH4, set.values['CH4-fossil-fugitive']])
    expect(methane).toEqual([
      ['25', '25'],
      ['28', '28'],
      ['27.0', '29.8'],
    ])
  })

  test('take HFC-134a from Table 7.SM.7', () => {
    expect(gwpSet('ipcc-ar6').set.values['HFC-134a']).toBe('1530')
  })

  test('count the seven groups and no other', () => {
    const { set } = gwpSet('ipcc-ar5')
    for (const gas of ['CO2', 'CH4', 'CH4-fossil-fugitive', 'N2O', 'HFC-23', 'CF4', 'SF6', 'NF3']) {
      expect(set.inTotal, gas).toContain(gas)
    }
    for (const gas of ['HCFC-22', 'CFC-11', 'Halon-1301', 'HFE-125', 'SF5CF3', 'HFO-1234yf', 'propane']) {
      expect(set.inTotal, gas).not.toContain(gas)
    }
  })

  test('give a gas without a value a name and no weight', () => {
    const { set, gases } = gwpSet('ipcc-ar5')
    expect(gases.find(({ gas }) => gas === 'propane')?.gwp100).toBeNull()
    expect(Object.hasOwn(set.values, 'propane')).toBe(false)
  })

  test('know refrigerants by their other names', () => {
    const { set } = gwpSet('ipcc-ar6')
    expect(set.aliases).toMatchObject({
      'R-134a': 'HFC-134a',
      'R-22': 'HCFC-22',
      'PFC-116': 'C2F6',
      R410A: 'R-410A',
      propylene: 'propene',
    })
  })

  test('weigh blends by their composition', () => {
    const { set } = gwpSet('ipcc-ar5')
    const weight = Object.entries(set.blends['R-410A'] ?? {}).map(
      ([gas, fraction]) => Number(fraction) * Number(set.values[gas]),
    )
    // R-410A: 0.5 × 677 (HFC-32) + 0.5 × 3170 (HFC-125) = 1923.5.
    expect(weight.reduce((a, b) => a + b, 0)).toBe(1923.5)
  })

  test('say which values nobody confirmed', () => {
    const { gases, blends } = gwpSet('ipcc-ar6')
    expect(gases.filter(({ confirmation }) => confirmation === 'unverified')).toEqual([])
    expect(blends.filter(({ confirmation }) => confirmation === 'unverified')).toHaveLength(10)
  })
})
