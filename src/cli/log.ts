/** `egret log …`: what anyone can do with a log. */

import { fsck } from './log-fsck.ts'
import { watch } from './log-watch.ts'
import { UsageRefused } from './usage.ts'

/** @returns the exit code of what was asked for. */
export async function log([act = '', ...args]: readonly string[]): Promise<number> {
  if (act === 'fsck') return fsck(args)
  if (act === 'watch') return watch(args)
  throw new UsageRefused('say "log fsck URL" or "log watch URL"')
}
