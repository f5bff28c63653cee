/** Families that do not belong are refused by name, with what belongs there instead. */

import { describe, expect, test } from 'vitest'
import {
  categoryRule,
  organizationCategories,
  productCategories,
  requireFamily,
} from '../../src/engine/categories.ts'
import { families } from '../../src/engine/types.ts'
import { refusalOf } from './fixtures.ts'

describe('categories', () => {
  test('accept only families that exist', () => {
    for (const rule of [...Object.values(organizationCategories), ...Object.values(productCategories)]) {
      for (const family of rule.families) expect(families).toContain(family)
    }
  })

  test('of an organization stand in a scope and an ISO 14064-1 category; of a product in neither', () => {
    expect(categoryRule('organization', 'purchased-electricity')).toMatchObject({ scope: 2, isoCategory: 2 })
    expect(categoryRule('organization', 'business-travel')).toMatchObject({ scope: 3, isoCategory: 3 })
    expect(categoryRule('product', 'electricity')).toMatchObject({ scope: null, isoCategory: null })
  })

  test.each(['electricty', 'constructor', '__proto__', 'electricity'])(
    'of an organization do not hold %j',
    (category) => {
      const refusal = refusalOf(() => categoryRule('organization', category))
      expect(refusal.code).toBe('unknown-category')
      expect(refusal.facts.categories).toContain('purchased-electricity')
    },
  )

  test('unknown ones are met with what may have been meant', () => {
    expect(refusalOf(() => categoryRule('organization', 'electricty')).facts.candidates).toContain(
      'purchased-electricity',
    )
  })
})

describe('a family in the wrong place', () => {
  test.each([
    ['product', 'electricity', 'electricity-generation', '电力碳足迹因子'],
    ['organization', 'purchased-electricity', 'electricity-life-cycle', '电力二氧化碳排放因子'],
    ['organization', 'purchased-electricity', 'electricity-carbon-market', 'carbon market'],
    ['product', 'electricity', 'electricity-carbon-market', 'carbon market'],
    ['organization', 'purchased-electricity', 'electricity-marginal', 'project accounting'],
    ['product', 'electricity', 'electricity-marginal', 'project accounting'],
    ['organization', 'fuel-and-energy-related-activities', 'electricity-marginal', 'project accounting'],
    ['product', 'material', 'cradle-to-consumer', 'preparation at the consumer'],
    ['organization', 'capital-goods', 'cradle-to-consumer', 'preparation at the consumer'],
    ['organization', 'purchased-goods-and-services', 'cradle-to-grave', 'end of life as well'],
    ['product', 'material', 'cradle-to-grave', 'end of life as well'],
    ['product', 'material', 'gate-to-gate', 'without what went into it'],
    ['organization', 'purchased-goods-and-services', 'gate-to-gate', 'without what went into it'],
    ['product', 'material', 'spend-based', 'per physical amount'],
    ['organization', 'stationary-combustion', 'spend-based', 'per physical amount'],
    ['product', 'waste-treatment', 'waste-collection', 'end-of-life'],
    ['organization', 'end-of-life-treatment-of-sold-products', 'waste-collection', 'not the treatment'],
    ['organization', 'stationary-combustion', 'heat', 'purchased-heat'],
    ['product', 'material', 'travel', 'No category of a product'],
  ] as const)('%s, %s, %s: the remedy speaks of %s', (kind, category, family, remedy) => {
    const refusal = refusalOf(() => requireFamily(kind, category, family, 'Factor "f"'))
    expect(refusal.code).toBe('wrong-family')
    expect(refusal.facts).toMatchObject({ family, category })
    expect(refusal.message).toContain(remedy)
  })
})
