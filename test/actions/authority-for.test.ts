import { describe, expect, test } from 'vitest'
import { type AuthorityAsked, requireEntitled } from '../../src/actions/accreditations/authority-for.ts'
import type { ProductCode } from '../../src/certification/product-codes.ts'
import { isProblem } from '../../src/problem.ts'
import { shipped } from '../certification/situation.ts'

const scheme = shipped('cn-product-carbon-label')
const at = new Date('2026-06-01T00:00:00Z')

type Fact = AuthorityAsked['accreditations'][number]

/** An approval for tyres, in force. */
const approval: Fact = {
  ...{ id: 'a', kind: 'approval', number: 'N-1', digest: 'sha256:00' },
  authority: { en: 'An authority', zh: '主管部门' },
  ...{ documentKinds: ['certificate'], subjectKinds: ['product'], sectors: ['C'] },
  standards: ['GB/T 24067-2024', 'CNCA-CFP-00:2025', 'CN-PCF 0114'],
  ...{ validFrom: new Date('2026-01-01T00:00:00Z'), validUntil: new Date('2027-01-01T00:00:00Z') },
}
const tyres: ProductCode = { system: 'CN-PCF', code: '0114' }
const cement: ProductCode = { system: 'CN-PCF', code: '0116' }

/** What is not covered; null where the body is entitled. */
function uncovered(changes: Partial<AuthorityAsked>, codes: readonly ProductCode[] = [tyres]): unknown {
  const product = { name: { en: 'x', zh: null }, model: null, specification: null, trademark: null, codes }
  const definition = { calculation: { kind: 'product' }, product } as unknown as AuthorityAsked['definition']
  const asked: AuthorityAsked = {
    ...{ scheme, documentKind: 'certificate', definition, accreditations: [approval], sector: 'C29', at },
    ...changes,
  }
  try {
    requireEntitled(asked)
    return null
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.code !== 'accreditation-missing') throw thrown
    return thrown.facts.uncovered
  }
}

describe('a scheme with a catalogue', () => {
  test('is for a body whose approval names the category of the product, while it is in force', () => {
    expect(uncovered({})).toBeNull()
    expect(uncovered({ sector: null })).toBeNull()
    expect(uncovered({}, [cement])).toMatchObject({ standards: ['CN-PCF 0116'] })
    // Which of two is meant nobody guesses.
    expect(uncovered({}, [tyres, cement])).toMatchObject({ standards: ['CN-PCF 0116'] })
    expect(uncovered({ at: new Date('2027-01-01T00:00:00Z') })).toMatchObject({ documentKind: 'certificate' })
  })

  test('takes several approvals together, and no accreditation in place of one', () => {
    const both = [approval, { ...approval, id: 'b', standards: ['GB/T 24067-2024', 'CN-PCF 0116'] }]
    expect(uncovered({ accreditations: both }, [tyres, cement])).toBeNull()
    expect(uncovered({ accreditations: [{ ...approval, kind: 'accreditation' }] })).not.toBeNull()
    expect(uncovered({ accreditations: [] })).not.toBeNull()
  })

  test('asks for the sector once somebody said it', () => {
    expect(uncovered({ sector: 'D44' })).toMatchObject({ sector: 'D44' })
  })

  test('and no other, is refused before anything is issued', () => {
    const without = shipped('egret-product-certificate')
    expect(uncovered({ scheme: without, accreditations: [] })).toBeNull()
  })
})
