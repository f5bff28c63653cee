/** Load on one address, from the same machine: requests per second and latencies. */

import autocannon from 'autocannon'
import type { ServedWorker } from './plain-workerd.ts'

export interface Shot {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface LoadResult {
  readonly requestsPerSecond: number
  /** Processor time of the server for one request, microseconds: steadier than throughput on a busy machine. */
  readonly cpuMicros: number | null
  readonly medianMs: number
  readonly p99Ms: number
}

const connections = 32

/** Fires for `seconds` over 32 connections. Throws when an answer was not a 2xx: a fast refusal is no throughput. */
export async function load(server: ServedWorker, shot: Shot, seconds: number): Promise<LoadResult> {
  const cpuBefore = server.cpuMs()
  const result = await autocannon({
    url: server.url + shot.path,
    method: shot.method ?? 'GET',
    headers: { ...shot.headers },
    ...(shot.body === undefined ? {} : { body: shot.body }),
    connections,
    duration: seconds,
  })
  const failures = result.non2xx + result.errors + result.timeouts
  if (failures > 0) throw new Error(`${failures} of ${result.requests.total} requests to ${shot.path} failed`)
  const cpuAfter = server.cpuMs()
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore
  return {
    cpuMicros: cpuMs === null ? null : (cpuMs * 1000) / result.requests.total,
    requestsPerSecond: result.requests.average,
    medianMs: result.latency.p50,
    p99Ms: result.latency.p99,
  }
}
