/** Green certificates 绿证 that no other test uses, and the requests of their ledger. */

import { type Answer, call } from './api.ts'

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
