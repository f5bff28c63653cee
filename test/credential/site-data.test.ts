/** The year of a site is a trade secret: nothing of it reaches what a credential shows. */

import { expect, test } from 'vitest'
import { breakdowns } from '../../src/certification/breakdowns.ts'
import { publicQuality, publicResult } from '../../src/credential/public-result.ts'
import { presentResult } from '../../src/engine/index.ts'
import { housing, run, year } from '../engine/site/factory.ts'

const { result } = presentResult(run(housing()))
const print = { unit: 'kgCO2e', decimals: 2 } as const

/** Names and amounts of the year, as the record has them. */
const secrets = [
  ...[year, ...year.totals, ...year.products, ...year.keys].map(({ id }) => `"${id}"`),
  ...['offices', '1050', '1500', '"300"', '"0.75"', 'piece', 'm2'],
]

test('a public result with every breakdown tells none of it', () => {
  const shown = JSON.stringify([publicResult(result, print, breakdowns), publicQuality(result, print)])
  expect(shown).toContain('5.68')
  const recorded = JSON.stringify(result)
  for (const secret of secrets.filter((each) => recorded.includes(each))) expect(shown).not.toContain(secret)
  expect(secrets.filter((each) => !recorded.includes(each))).toEqual([])
})
