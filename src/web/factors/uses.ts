/** What a family of factors is for: in a sentence, and by the very table that calculations refuse by. */

import { html } from 'hono/html'
import { type CategoryRule, organizationCategories, productCategories } from '../../engine/categories.ts'
import type { EmissionFactor, Family } from '../../engine/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { wordsFor } from '../wording.ts'
import { organizationCategoryNames, productCategoryNames } from './category-words.ts'
import { familyWords } from './family-words.ts'

/** The section on a factor's family. */
export function renderUses({ family }: EmissionFactor): Markup {
  const words = familyWords[family]
  return html`<section class="uses" aria-labelledby="uses">
<h2 id="uses">${inBoth(words.name)}</h2>
<p>${inBoth(words.meaning)}</p>
${words.caution === null ? '' : html`<p class="caution">${inBoth(words.caution)}</p>`}
<dl class="terms stacked">
<div><dt>${inBoth({ zh: '组织', en: 'Organization' })}</dt><dd>${inBoth(organizationUses(family))}</dd></div>
<div><dt>${inBoth({ zh: '产品', en: 'Product' })}</dt><dd>${inBoth(productUses(family))}</dd></div>
</dl>
</section>`
}

const none: Bilingual = { zh: '不接受', en: 'not accepted' }

function organizationUses(family: Family): Bilingual {
  const byScope = Map.groupBy(takers(organizationCategories, family), ([, { scope }]) => scope ?? 0)
  const scopes = [...byScope].sort(([a], [b]) => a - b)
  return joined(
    scopes.map(([scope, rules]) => {
      const { zh, en } = joined(
        rules.map(([category]) => wordsFor(organizationCategoryNames, category)),
        '、',
        ', ',
      )
      return { zh: `范围${scopeInChinese[scope]}：${zh}`, en: `scope ${scope}: ${en}` }
    }),
  )
}

const scopeInChinese = ['', '一', '二', '三'] as const

function productUses(family: Family): Bilingual {
  return joined(
    takers(productCategories, family).map(([category]) => wordsFor(productCategoryNames, category)),
  )
}

function takers(rules: Readonly<Record<string, CategoryRule>>, family: Family): [string, CategoryRule][] {
  return Object.entries(rules).filter(([, rule]) => rule.families.includes(family))
}

function joined(words: readonly Bilingual[], inChinese = '；', inEnglish = '; '): Bilingual {
  if (words.length === 0) return none
  return { zh: words.map(({ zh }) => zh).join(inChinese), en: words.map(({ en }) => en).join(inEnglish) }
}
