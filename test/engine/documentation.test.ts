/** The category tables that a verifier reads in docs/calculation.md are those the engine follows. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { organizationCategories, productCategories } from '../../src/engine/categories.ts'

const text = readFileSync(new URL('../../docs/calculation.md', import.meta.url), 'utf8')
const rowsUnder = (heading: string) =>
  (text.split(`### ${heading}\n\n`)[1]?.split('\n\n')[0] ?? '').split('\n').slice(2)

const cells = (...values: (string | number | null)[]) => `| ${values.join(' | ')} |`.replaceAll('  ', ' ')

test('organization', () => {
  const rows = Object.entries(organizationCategories).map(
    ([name, { scope, isoCategory, families, selects }]) =>
      cells(name, scope, isoCategory, families.join(', '), selects ?? ''),
  )
  expect(rowsUnder('Organization')).toEqual(rows)
})

test('product', () => {
  const rows = Object.entries(productCategories).map(([name, { families, selects }]) =>
    cells(name, families.join(', '), selects ?? ''),
  )
  expect(rowsUnder('Product')).toEqual(rows)
})
