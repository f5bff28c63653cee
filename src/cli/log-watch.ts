/**
 * `egret log watch URL`: follows a log as a monitor, and cries out by name when it rolls back, forks, or shows what cannot be
 * read. What it has seen is in its state file; kept safe, nobody can show it another history.
 */

import { open, readFile, rename } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs, styleText } from 'node:util'
import { type LogEntryType, logEntryTypes } from '../transparency/entry-types.ts'
import { lookAtLog, type SeenEntry, type Sight } from '../transparency/monitor.ts'
import { LogUnreachable, logAt, trustFor } from './log-source.ts'
import { printable, printableLine } from './printable.ts'
import { UsageRefused } from './usage.ts'

const options = {
  json: { type: 'boolean', default: false },
  once: { type: 'boolean', default: false },
  key: { type: 'string', multiple: true, default: [] as string[] },
  state: { type: 'string' },
  issuer: { type: 'string', multiple: true, default: [] as string[] },
  type: { type: 'string', multiple: true, default: [] as string[] },
  interval: { type: 'string', default: '60' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

/** @returns with `--once` 0, 2 after an alarm, 1 where the log did not answer; without, only what a signal brings. */
export async function watch(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [place, ...more] = positionals
  if (place === undefined || more.length > 0) throw new UsageRefused('give the URL of one log, or its folder')
  const seconds = requireSeconds(values)
  requireTypes(values)
  let seen = values.state === undefined ? null : await readState(values.state)
  for (;;) {
    const look = await lookOnce(place, values, seen)
    if (look.seen !== seen && look.seen !== null && values.state !== undefined) {
      await writeState(values.state, look.seen)
    }
    seen = look.seen
    if (values.once) return look.code
    await wait(seconds * 1000)
  }
}

function requireSeconds({ interval }: Options): number {
  if (/^[1-9][0-9]{0,5}$/.test(interval)) return Number(interval)
  throw new UsageRefused('--interval is a whole number of seconds')
}

function requireTypes({ type }: Options): void {
  for (const name of type) {
    if (!logEntryTypes.includes(name as LogEntryType)) {
      throw new UsageRefused(`--type is one of ${logEntryTypes.join(', ')}`)
    }
  }
}

interface Look {
  /** What is kept for the next look. */
  readonly seen: string | null
  readonly code: number
}

async function lookOnce(place: string, values: Options, before: string | null): Promise<Look> {
  let seen = before
  let code = 0
  try {
    const read = logAt(place)
    // Asked for at each look: the log may have a new key since.
    const trust = await trustFor(read, values.key)
    for await (const sight of lookAtLog(read, before, trust)) {
      if ('alarm' in sight) code = 2
      if ('seen' in sight) seen = sight.seen
      if (isWanted(sight, values)) process.stdout.write(`${values.json ? asJson(sight) : asText(sight)}\n`)
    }
  } catch (thrown) {
    if (!(thrown instanceof LogUnreachable)) throw thrown
    process.stderr.write(`egret log watch: ${thrown.message}\n`)
    return { seen, code: Math.max(code, 1) }
  }
  return { seen, code }
}

/** Alarms always; entries as the filters have it; checkpoints where the log grew. */
function isWanted(sight: Sight, { issuer, type }: Options): boolean {
  if ('alarm' in sight) return true
  if ('seen' in sight) return sight.grownBy > 0
  const isOfType = type.length === 0 || type.includes(sight.entry.type)
  return isOfType && (issuer.length === 0 || issuer.some((did) => did === whose(sight)))
}

/** The DID that an entry is about: a credential's issuer, an accredited body, a key's owner. */
function whose({ entry }: SeenEntry): string | undefined {
  if ('issuer' in entry) return entry.issuer
  if (entry.type === 'accreditation') return entry.body
  return entry.type === 'key' ? entry.owner : undefined
}

function asJson(sight: Sight): string {
  const at = new Date().toISOString()
  return JSON.stringify('seen' in sight ? { at, checkpoint: sight.seen, size: sight.size } : { at, ...sight })
}

function asText(sight: Sight): string {
  if ('seen' in sight) return styleText('dim', `${sight.size} leaves, ${sight.grownBy} new, all consistent`)
  if ('alarm' in sight) {
    const where = sight.leafIndex === undefined ? sight.path : `${sight.path}, leaf ${sight.leafIndex}`
    const served = sight.checkpoint === undefined ? '' : `\n${printable(sight.checkpoint.trimEnd())}`
    return styleText(['red', 'bold'], `ALARM ${sight.alarm}  ${where}`) + served
  }
  const { type, at, schemaVersion, ...members } = sight.entry
  const facts = Object.entries(members).map(([name, value]) => `${name}=${value}`)
  return printableLine(`${sight.leafIndex}  ${at}  ${type}  ${facts.join('  ')}`)
}

async function readState(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

/** Whole or not at all: a crash leaves the state before. */
async function writeState(path: string, seen: string): Promise<void> {
  const file = await open(`${path}.new`, 'w')
  try {
    await file.writeFile(seen)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
