/** What people call the activity categories, in Chinese and English, read as the category that they mean. */

import { organizationCategoryNames, productCategoryNames } from '../web/factors/category-words.ts'

const names = { organization: organizationCategoryNames, product: productCategoryNames } as const
export type FootprintKind = keyof typeof names

const byName: ReadonlyMap<string, string> = new Map(
  Object.values(names).flatMap((words) =>
    Object.entries(words).flatMap(([code, { en, zh }]) =>
      [en, zh, `${zh} ${en}`].map((name) => [nameKey(name), code] as const),
    ),
  ),
)

/** The categories of a kind of footprint with their names, in the order of the dictionary. */
export function categoriesOf(
  kind: FootprintKind,
): readonly { readonly code: string; en: string; zh: string }[] {
  return Object.entries(names[kind]).map(([code, { en, zh }]) => ({ code, en, zh }))
}

/** The code of a category written as its Chinese or English name; anything else stays, for the calculation to judge. */
export function categoryNamed(written: string): string {
  return byName.get(nameKey(written)) ?? written
}

function nameKey(name: string): string {
  return name.slice(0, 200).normalize('NFKC').trim().toLowerCase()
}
