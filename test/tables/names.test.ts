/** Names of tables: a private one can never be mistaken for one of the public registry. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTableFacts } from '../../src/tables/facts.ts'
import type { Fault } from '../../src/tables/format.ts'
import { isPrivateTable, nameForm, ownerSlugOf, tableNameForm } from '../../src/tables/names.ts'
import { filesOf } from '../factors/bundled.ts'

const plain = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/)

describe('a table’s name', () => {
  test('says whether the table is private, and whose it is', () => {
    expect(['cn-fuel', 'steel.suppliers'].map(isPrivateTable)).toEqual([false, true])
    expect(['cn-fuel', 'steel-1.suppliers'].map(ownerSlugOf)).toEqual([null, 'steel-1'])
  })

  test.each(['', '.', '.a', 'a.', 'a.b.c', 'a..b', 'A.b', 'a_b', 'a.b ', '-a', 'a-.b', 'a.-b'])(
    'is never "%s"',
    (name) => expect(tableNameForm.test(name)).toBe(false),
  )

  test.each(['gwp-sets', 'own', 'private'])('is not "%s", which means something else', (name) => {
    const faults: Fault[] = []
    const files = filesOf('cn-fuel', '2015')
    readTableFacts(JSON.stringify({ ...JSON.parse(files['table.json']), table: name }), faults)
    expect(faults.map(({ column, rule }) => [column, rule])).toEqual([['/table', 'form']])
    expect(faults[0]?.message).toMatch(/^is .+ and no table's name$/)
  })

  test('takes no private table’s place in the public registry, whatever slug and name', () => {
    fc.assert(
      fc.property(plain, plain, (slug, name) => {
        const full = `${slug}.${name}`
        expect([tableNameForm.test(full), nameForm.test(full)]).toEqual([true, false])
        expect([isPrivateTable(full), isPrivateTable(name), ownerSlugOf(full)]).toEqual([true, false, slug])
      }),
    )
  })
})
