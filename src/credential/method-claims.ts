/** Choices of method that move a product's figure, as its record has them: how burdens are shared, how the end of life counts. */

import { z } from 'zod'
import type { RecordManifest } from '../record/calculation-record.ts'
import type { CredentialSubject } from './schema.ts'

type Choice = NonNullable<CredentialSubject['methodChoices']>[number]

/** What is read of a record's result; records from before these choices lack them. */
const choicesSchema = z.object({
  product: z
    .object({
      circular: z.object({ method: z.string().nullable() }).nullish(),
      allocations: z.array(z.object({ by: z.string() })).optional(),
      capitalGoods: z.object({ choice: z.string() }).nullish(),
      contractualInstruments: z.object({}).nullish(),
    })
    .nullish(),
})

/** The member of a document; nothing where no choice was made. */
export function methodClaims({ result }: RecordManifest): Pick<CredentialSubject, 'methodChoices'> {
  const { product } = choicesSchema.parse(result)
  const ways = [...new Set(product?.allocations?.map(({ by }) => by))].sort()
  const choices: Choice[] = [
    ...(ways.length === 0 ? [] : [{ aspect: 'allocation', method: ways.join(', ') }]),
    ...chosen('end-of-life', product?.circular?.method),
    ...chosen('capital-goods', product?.capitalGoods?.choice),
    ...chosen('electricity', product?.contractualInstruments && 'contractual-instruments'),
  ]
  return choices.length === 0 ? {} : { methodChoices: choices }
}

function chosen(aspect: string, method: string | null | undefined): Choice[] {
  return method === null || method === undefined ? [] : [{ aspect, method }]
}
