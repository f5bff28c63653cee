/** What a document shows of a result: the scheme's minimum, and what the holder chose of the scheme's offer. */

import { describe, expect, test } from 'vitest'
import { disclosureRefusal, disclosureRule, shownBreakdowns } from '../../src/certification/disclosure.ts'
import { refusalOf } from '../../src/certification/transitions.ts'
import { callers, factsIn, shipped } from './situation.ts'

const scheme = shipped('egret-organization-statement', '1.2')
const older = shipped('egret-organization-statement', '1.1')

describe('what a document shows', () => {
  test('is the minimum where the holder chose nothing', () => {
    expect(shownBreakdowns(scheme, 'organization', [])).toEqual(['byKind', 'byScope'])
    expect(shownBreakdowns(shipped('egret-product-statement', '1.2'), 'product', [])).toEqual([
      'byKind',
      'byStage',
    ])
  })

  test('is never less than the minimum, nor more than the offer, in the order of the format', () => {
    expect(shownBreakdowns(scheme, 'organization', ['byGas', 'byCategory', 'byScope'])).toEqual([
      'byKind',
      'byScope',
      'byCategory',
      'byGas',
    ])
    expect(shownBreakdowns(scheme, 'organization', ['bySite', 'byStage'])).toEqual(['byKind', 'byScope'])
  })

  test('is what it always was under a scheme that says nothing', () => {
    expect(disclosureRule(older, 'organization')).toEqual({
      minimum: ['byKind', 'byScope'],
      holderMayAdd: [],
    })
    expect(shownBreakdowns(older, 'organization', ['byGas'])).toEqual(['byKind', 'byScope'])
  })
})

describe('a choice', () => {
  test('of what the scheme does not offer is refused with what it offers', () => {
    const refusal = disclosureRefusal(scheme, 'organization', ['byGas', 'byStage'])
    expect(refusal?.facts).toMatchObject({
      rule: 'disclosure',
      pointer: '/disclosure/1',
      accepted: ['byIsoCategory', 'byCategory', 'byGas'],
    })
    expect(disclosureRefusal(older, 'organization', ['byGas'])?.code).toBe('scheme-violation')
  })

  test('of what is shown anyway is no fault', () => {
    expect(disclosureRefusal(scheme, 'organization', ['byKind', 'byGas'])).toBeNull()
  })

  test('is a move of the client that the scheme bounds', () => {
    const content = { move: 'chooseDisclosure', disclosure: ['byStage'] } as const
    const situation = { facts: factsIn('in-review', { scheme }), caller: callers.preparer, content }
    expect(refusalOf('chooseDisclosure', situation)?.facts).toMatchObject({
      guard: 'disclosure-offered',
      rule: 'disclosure',
    })
  })
})
