/** Retirements of green certificates and their allocations on the wire. */

import { z } from '@hono/zod-openapi'
import {
  certificatesMax,
  kWhOf,
  rangesMax,
  technologies,
  uniqueness,
  validThrough,
} from '../../../certification/green-certificate.ts'
import type { Allocation, Retirement } from '../../../ports/green-certificates.ts'
import { Id, Instant, instant, line, list, text } from '../../schemas.ts'

const Day = z.string().max(10).describe('YYYY-MM-DD')

const Range = z
  .strictObject({
    from: z
      .string()
      .max(100)
      .describe('The first number: 17 characters of the project, 15 digits of the electricity'),
    to: z.string().max(100).describe('The last number, of the same project'),
    certificates: z
      .int()
      .min(1)
      .max(certificatesMax)
      .describe('How many certificates these are, as the register counts them; held against the numbers'),
  })
  .openapi('CertificateRange')

const stated = {
  generationMonth: z.string().max(7).describe('YYYY-MM: when the power was generated'),
  technology: z.enum(technologies),
  tradable: z.boolean().describe('可交易绿证; of power that its producer used itself: false'),
  retiredOn: Day.describe('When the register struck them off 核销 for you, as a date in China'),
  consumption: z
    .strictObject({ start: Day, end: Day })
    .describe('[start, end): the period whose consumption they prove; ends within their validity'),
  reference: line(200).describe('What the register calls the retirement'),
}

export const NewRetirementBody = z
  .strictObject({
    ranges: z.array(Range).min(1).max(rangesMax),
    ...stated,
    note: text(2000).nullable().default(null),
  })
  .openapi('NewCertificateRetirement')

const Energy = z.object({ amount: z.string(), unit: z.literal('kWh') })

export const RetirementView = z
  .object({
    id: Id,
    state: z.enum(['claimed', 'released']),
    ranges: list(Range),
    certificates: z.int(),
    energy: Energy.describe('1,000 kWh a certificate'),
    allocated: z
      .object({ inventories: z.int(), products: z.int() })
      .describe(
        'Certificates that stand allocated. An inventory and its products tell of the same power, so each count may come to all of them',
      ),
    ...stated,
    validThrough: Day.describe('The last day of their validity'),
    note: z.string().nullable(),
    claimedAt: Instant,
    released: z.object({ at: Instant, reason: z.string() }).nullable(),
    uniqueness: z
      .object({
        among: z.literal(uniqueness.among),
        statement: z.object({ en: z.string(), zh: z.string() }),
      })
      .describe('What is promised of the numbers, and what is not'),
  })
  .openapi('CertificateRetirement')

export function viewRetirement(row: Retirement): z.infer<typeof RetirementView> {
  const { organizationId: _consumer, isTradable, createdAt, released, ...rest } = row
  return {
    ...rest,
    state: released === null ? 'claimed' : 'released',
    energy: { amount: String(kWhOf(row.certificates)), unit: 'kWh' },
    tradable: isTradable,
    validThrough: validThrough(row.generationMonth),
    claimedAt: instant(createdAt),
    released: released && { at: instant(released.at), reason: released.reason },
    uniqueness,
  }
}

export const NewAllocationBody = z
  .strictObject({
    footprintId: Id.describe('A footprint of your organization'),
    certificates: z.int().min(1).max(certificatesMax),
  })
  .openapi('NewCertificateAllocation')

export const AllocationView = z
  .object({
    id: Id,
    retirementId: Id,
    footprintId: Id,
    footprintKind: z.enum(['organization', 'product']).describe('Which of the two counts it is of'),
    state: z.enum(['standing', 'released']),
    certificates: z.int(),
    energy: Energy,
    usedByRevisionId: Id.nullable().describe('The first submitted revision that rests on it: then it stays'),
    allocatedAt: Instant,
    releasedAt: Instant.nullable(),
  })
  .openapi('CertificateAllocation')

export function viewAllocation(row: Allocation): z.infer<typeof AllocationView> {
  const { organizationId: _consumer, createdAt, releasedAt, ...rest } = row
  return {
    ...rest,
    state: releasedAt === null ? 'standing' : 'released',
    energy: { amount: String(kWhOf(row.certificates)), unit: 'kWh' },
    allocatedAt: instant(createdAt),
    releasedAt: releasedAt && instant(releasedAt),
  }
}
