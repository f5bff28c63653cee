/** The one form of contractual instruments: what every one states, and those of a product. */

import type {
  CertificateRange,
  ContractualInstrument,
  ContractualInstruments,
  ProductInstrument,
} from '../engine/types.ts'
import { choice, type Form, type FormsOf, period, quantity } from './forms.ts'

const certificateRange: Form = {
  members: { from: 'text', to: 'text', certificates: 'number' } satisfies FormsOf<CertificateRange>,
}

export const instrument = {
  id: 'text',
  kind: 'text',
  quantity,
  factor: { members: choice },
  generated: period,
  market: 'text',
  exclusive: 'boolean',
  consumption: { members: { consumer: 'text', period, retiredOn: 'text' } },
  certificates: { list: certificateRange },
} satisfies FormsOf<Omit<ContractualInstrument, 'facilities'>>

const productInstrument: Form = {
  members: { ...instrument, group: 'text' } satisfies FormsOf<ProductInstrument>,
}

export const contractualInstruments: Form = {
  members: {
    instruments: { list: productInstrument },
    ageMonthsMax: 'number',
    produced: quantity,
  } satisfies FormsOf<ContractualInstruments>,
}
