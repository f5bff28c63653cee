/** `egret evidence expired`: what evidence is past its term; with `--erase`, its bytes go. Of whom and of what it is is not told: staff reads no files. */

import { parseArgs } from 'node:util'
import {
  type Expired,
  eraseExpired,
  expiredEvidence,
  removeErasedBytes,
} from '../actions/evidence/expired-evidence.ts'
import { readEnvironment } from '../environment.ts'
import type { Ports } from '../ports.ts'
import { withPorts } from './local.ts'
import { installation } from './set-up.ts'
import { UsageRefused } from './usage.ts'

const usage = 'evidence expired [--erase]'

/** @returns the exit code. @throws UsageRefused, EnvironmentRefused. */
export async function evidence(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  if (verb !== 'expired') throw new UsageRefused(`there is no such verb; call it as\n\n  egret ${usage}`)
  const { erase } = parseArgs({ args: rest, options: { erase: { type: 'boolean', default: false } } }).values
  await withPorts(readEnvironment(process.env), async (ports) => {
    for await (const line of expired(ports, erase)) process.stdout.write(`${line}\n`)
  })
  return 0
}

/** Lines of the answer. Listing changes nothing; erasing ends what an earlier one left. */
export async function* expired(ports: Ports, erase: boolean): AsyncGenerator<string> {
  let count = 0
  for await (const one of expiredEvidence(ports)) {
    count += 1
    if (erase) await eraseExpired(ports, installation, one)
    yield told(one)
  }
  if (!erase) {
    yield `${count} past their term; --erase erases them`
    return
  }
  yield `${count} erased, bytes removed of ${await removeErasedBytes(ports)}`
}

function told({ evidence: { id, sha256, size }, retention: { keptUntil, startedBy } }: Expired): string {
  return [
    id,
    `sha256:${sha256}`,
    `${size} bytes`,
    `until ${keptUntil?.toISOString()}`,
    `from ${startedBy}`,
  ].join('  ')
}
