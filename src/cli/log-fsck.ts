/** `egret log fsck URL`: checks a whole log, from its first leaf to its root. */

import { parseArgs, styleText } from 'node:util'
import type { CheckpointNote } from '../transparency/checkpoint.ts'
import { checkLog, type FaultAt, type LogFault, type LogReport } from '../transparency/fsck.ts'
import { logAt, trustFor } from './log-source.ts'
import { witnessOptions, witnessPolicy } from './named-keys.ts'
import { printableLine } from './printable.ts'
import { UsageRefused } from './usage.ts'

const options = {
  json: { type: 'boolean', default: false },
  key: { type: 'string', multiple: true, default: [] as string[] },
  ...witnessOptions,
  'at-once': { type: 'string', default: '16' },
} as const

/** @returns 0 where the log is sound, 1 where it is not. */
export async function fsck(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [place, ...more] = positionals
  if (place === undefined || more.length > 0) throw new UsageRefused('give the URL of one log, or its folder')
  if (!/^[1-9][0-9]?$/.test(values['at-once'])) throw new UsageRefused('--at-once is a number from 1 to 99')
  const policy = witnessPolicy(values)
  const read = logAt(place)
  const trust = await trustFor(read, values.key)
  const report = await checkLog(
    read,
    { ...trust, ...policy },
    {
      atOnce: Number(values['at-once']),
      onProgress: values.json ? () => {} : progress,
    },
  )
  process.stdout.write(values.json ? `${JSON.stringify(asJson(report))}\n` : asText(report, values.key))
  return report.faults.length === 0 ? 0 : 1
}

function progress(leaves: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${leaves} leaves\u001b[K`)
}

function asJson({ checkpoint, cosignatures, faults, moreFaults, entries, tiles }: LogReport): object {
  return {
    sound: faults.length === 0,
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    root: checkpoint && rootOf(checkpoint),
    cosignatures: cosignatures.map(({ key, time }) => ({ witness: key.name, at: instantOf(time) })),
    tiles,
    entries,
    faults,
    moreFaults,
  }
}

function rootOf({ root }: CheckpointNote): string {
  return Buffer.from(root).toString('base64')
}

/** @param time of a cosignature, seconds since 1970: whatever the witness has signed. */
function instantOf(time: number): string {
  const at = new Date(time * 1000)
  return Number.isNaN(at.getTime()) ? `second ${time}` : at.toISOString()
}

function asText(
  { checkpoint, cosignatures, faults, moreFaults, entries, tiles }: LogReport,
  keys: readonly string[],
): string {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const sound = faults.length === 0
  const counted = Object.entries(entries).map(([type, count]) => `${count} ${type}`)
  const lines = [
    checkpoint === null
      ? ''
      : `${printableLine(checkpoint.origin)}: ${checkpoint.size} leaves, ${tiles} tiles`,
    checkpoint === null ? '' : `root ${rootOf(checkpoint)}`,
    ...cosignatures.map(({ key, time }) => `cosigned by ${key.name} at ${instantOf(time)}`),
    counted.join(', '),
    keys.length > 0
      ? ''
      : 'Its keys are those that it publishes itself; with --key you name the one you trust.',
    ...faults.map(faultLine),
    moreFaults === 0 ? '' : `and ${moreFaults} more`,
    styleText(
      [sound ? 'green' : 'red', 'bold'],
      sound ? 'The log is sound. 日志完好。' : 'The log is damaged. 日志有损。',
    ),
  ]
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}

function faultLine({ fault, path, leafIndex }: FaultAt): string {
  const where = leafIndex === undefined ? path : `${path}, leaf ${leafIndex}`
  return `${styleText('red', '✗')} ${fault}  ${where}: ${words[fault]}`
}

const words: Record<LogFault, string> = {
  malformed: 'it is no checkpoint. 不是检查点。',
  'wrong-origin': 'no key that is trusted here is of that log. 所信任的密钥不属于该日志。',
  'bad-signature': 'a signature of the log does not fit. 日志签名不符。',
  'unknown-key': 'no key that is trusted here has signed it. 无受信任密钥的签名。',
  'missing-or-malformed': 'it is not there, or not of its form. 缺失或格式不符。',
  'not-an-entry': 'it is no entry of a known type in its one spelling. 不是规范的日志条目。',
  'tile-differs': 'it holds other hashes than the entries give. 与条目的哈希不符。',
  'too-few-witnesses': 'fewer witnesses than asked for have cosigned it. 见证方共同签名少于要求。',
  'root-differs': 'the entries give another root. 条目得出的根哈希不同。',
}
