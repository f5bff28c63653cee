/** The one form of a site's year. */

import type {
  MadeAt,
  SiteData,
  SiteKey,
  SiteKeyAmount,
  SiteOutside,
  SiteProduct,
  SiteSplit,
  SiteTotal,
} from '../engine/types.ts'
import { type Form, type FormsOf, names, period, quantity } from './forms.ts'
import { estimate, meter, stock } from './line-form.ts'

const total: Form = {
  members: {
    ...{ id: 'text', name: names, quantity, meter, stock, period, apportion: 'text', estimate },
    partOf: 'text',
  } satisfies FormsOf<SiteTotal>,
}

const product: Form = {
  members: {
    ...{ id: 'text', name: names, good: quantity, started: quantity, scrap: quantity },
    ...{ regrind: quantity, massPerPiece: quantity },
  } satisfies FormsOf<SiteProduct>,
}

const keyAmount: Form = {
  members: { product: 'text', amount: 'decimal' } satisfies FormsOf<SiteKeyAmount>,
}

const key: Form = {
  members: {
    ...{ id: 'text', name: names, kind: 'text', unit: 'text' },
    amounts: { list: keyAmount },
  } satisfies FormsOf<SiteKey>,
}

const outside: Form = { members: { what: 'text', amount: 'decimal' } satisfies FormsOf<SiteOutside> }

const split: Form = {
  members: {
    totals: { list: 'text' },
    key: 'text',
    products: { list: 'text' },
    outside: { list: outside },
  } satisfies FormsOf<SiteSplit>,
}

export const siteData: Form = {
  members: {
    ...{ id: 'text', name: names, period },
    totals: { list: total },
    products: { list: product },
    keys: { list: key },
    splits: { list: split },
  } satisfies FormsOf<SiteData>,
}

export const madeAt: Form = { members: { site: 'text', product: 'text' } satisfies FormsOf<MadeAt> }
