/** Green certificates 绿证 that no other test uses, and the requests of their ledger. */

import { type Answer, call } from './api.ts'
import { draft, type Enterprise, footprintBody, inventory } from './cast.ts'

export const retirements = '/v1/green-certificates/retirements'

/** A project of its own, so that files on one database never meet. */
export function project(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 17).toUpperCase()
}

/** A number of March 2024: serial number of seven digits, class of two. */
export function certificate(of: string, serial: number, classes = '11'): string {
  return `${of}202403${String(serial).padStart(7, '0')}${classes}`
}

/** Serial numbers `from` to `to`. */
export function serials(of: string, from: number, to: number, classes = '11') {
  return {
    from: certificate(of, from, classes),
    to: certificate(of, to, classes),
    certificates: to - from + 1,
  }
}

export function retirement(ranges: readonly unknown[], changes: Record<string, unknown> = {}) {
  return {
    ranges,
    generationMonth: '2024-03',
    technology: 'wind',
    tradable: true,
    retiredOn: '2025-01-20',
    consumption: { start: '2024-01-01', end: '2025-01-01' },
    reference: 'Consumption certificate 2025-0001',
    ...changes,
  }
}

export function claim(
  token: string,
  ranges: readonly unknown[],
  changes: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('POST', retirements, { token, body: retirement(ranges, changes), headers })
}

export function allocate(
  token: string,
  retirementId: string,
  footprintId: string,
  certificates: number,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = { footprintId, certificates }
  return call('POST', `${retirements}/${retirementId}/allocations`, { token, body, headers })
}

export function release(
  token: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('POST', `${retirements}/${path}/release`, {
    token,
    headers,
    ...(body === undefined ? {} : { body }),
  })
}

export const reporting = { start: '2024-01-01', end: '2025-01-01' }
const march = { start: '2024-03-01', end: '2024-04-01' }

type Serials = ReturnType<typeof serials>

/** An instrument that takes certificates of `retirement`; at which rate does not matter here. */
export function instrument(certificates: readonly Serials[], changes: Record<string, unknown> = {}) {
  const count = certificates.reduce((sum, range) => sum + range.certificates, 0)
  return {
    id: 'wind',
    kind: 'green-certificate',
    quantity: { amount: String(1000 * count), unit: 'kWh' },
    factor: { table: 'cn-electricity-co2', year: 2023 },
    generated: march,
    market: 'CN-FJ',
    exclusive: true,
    consumption: { consumer: 'Xiamen Test Factory', period: reporting, retiredOn: '2025-01-20' },
    certificates,
    ...changes,
  }
}

/** A draft of 2024 with these instruments: 118,400 kWh of electricity. */
export function draftWith(by: Enterprise, instruments: readonly unknown[]) {
  const calculation = inventory({ marketBased: { instruments, ageMonthsMax: 12 } })
  return draft(by, footprintBody({ calculation }))
}

/** A product's footprint without activity data. */
export async function productDraft(by: Enterprise): Promise<string> {
  const output = { amount: '1', unit: 'kg' }
  const made = { id: 'make', name: { en: 'Make', zh: null }, stage: 'production', output }
  const calculation = {
    ...inventory(),
    kind: 'product',
    boundary: 'cradle-to-gate',
    declaredUnit: output,
    referenceProcess: 'make',
    processes: [made],
  }
  const body = footprintBody({
    consolidationApproach: null,
    product: { name: { en: 'Glass', zh: '玻璃' } },
    calculation,
  })
  const answer = await call('POST', '/v1/footprints', { token: by.preparer.token, body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.id
}
