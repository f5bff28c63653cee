/** Whether the mark that a document states may be shown today: document, scheme, product and body must all agree. */

import type { CredentialStanding } from '../certification/credential-standing.ts'
import { categoriesOf } from '../certification/demand-violations.ts'
import type { ProductCode } from '../certification/product-codes.ts'
import { type Scheme, subjectRule } from '../certification/scheme.ts'
import { nationalMark } from '../certification/scheme-demands.ts'
import type { Credential } from './schema.ts'

/** What stands against showing a mark, in the order in which it is asked. */
export const markObstacles = [
  'no-mark',
  'development',
  'not-in-force',
  'category-not-in-catalogue',
  'approval-missing',
] as const
export type MarkObstacle = (typeof markObstacles)[number]

/** What stands about a document beside its own words, now. */
export interface MarkFacts {
  /** The one that the document names by digest. */
  readonly scheme: Scheme
  readonly standing: CredentialStanding
  /** Approvals that the document names and that are in force still: what each of them covers. */
  readonly approvals: readonly { readonly standards: readonly string[] }[]
}

/** Everything that stands against it; none where the mark may be shown. */
export function markObstaclesOf(credential: Credential, facts: MarkFacts): readonly MarkObstacle[] {
  const { mark, development } = credential
  if (mark === undefined) return ['no-mark']
  const isNational = mark.identifier === nationalMark
  const categories = categoriesNamed(credential, facts.scheme)
  const stands: Readonly<Record<Exclude<MarkObstacle, 'no-mark'>, boolean>> = {
    development,
    'not-in-force': facts.standing !== 'active',
    'category-not-in-catalogue': isNational && categories.length === 0,
    'approval-missing': isNational && !isApproved(categories, facts),
  }
  return markObstacles.filter((one) => one !== 'no-mark' && stands[one])
}

/** As an approval names them, `CN-PCF 0114`. A document about no product, or about one of no code, is of no category. */
function categoriesNamed({ credentialSubject: { product } }: Credential, scheme: Scheme): readonly string[] {
  const catalogue = subjectRule(scheme, 'product')?.catalogue
  if (catalogue === undefined) return []
  const codes = (product?.classifications ?? []) as readonly ProductCode[]
  return categoriesOf(catalogue, codes).map(({ code }) => `${catalogue.system} ${code}`)
}

/** Every category of the product is named by an approval; without one there is nothing to name. */
function isApproved(categories: readonly string[], { approvals }: MarkFacts): boolean {
  const named = new Set(approvals.flatMap(({ standards }) => standards))
  return categories.length > 0 && categories.every((category) => named.has(category))
}

/** Each obstacle in words. */
export const markWords: Readonly<Record<MarkObstacle, { readonly en: string; readonly zh: string }>> = {
  'no-mark': {
    en: 'The document states no mark: its scheme gives none.',
    zh: '文件未载明任何标识：其方案不授予标识。',
  },
  development: {
    en: 'The document was issued for trying out.',
    zh: '文件仅为试用而签发。',
  },
  'not-in-force': {
    en: 'The document is not in force.',
    zh: '文件目前无效。',
  },
  'category-not-in-catalogue': {
    en: 'The product is of no category of the catalogue that the scheme names.',
    zh: '产品不属于方案所列目录的任何类别。',
  },
  'approval-missing': {
    en: 'No approval that the document names is in force today and names the category of the product.',
    zh: '文件所载的机构批准中，目前没有仍有效且涵盖该产品类别的。',
  },
}
