/** How the demo is called. */

import { parseArgs } from 'node:util'
import { type DemoName, demoNames, isIllustrative } from './examples.ts'

export interface Options {
  /** One JSON document on standard output, and nothing else there. */
  readonly json: boolean
  readonly examples: readonly DemoName[]
}

/** A command line that makes no sense; the message says what would. */
export class UsageRefused extends Error {
  override name = 'UsageRefused'
}

const usage = `npm run demo -- [--illustrative | --all] [--json]

  without options    the published organization and the textbook product
  --illustrative     the Xiamen factory and its fan instead (illustrative data)
  --all              all four
  --json             one JSON document on standard output; progress goes to standard error

It walks the system that runs (EGRET_URL, or PORT on this machine), or starts one for itself.`

/** @throws UsageRefused */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        illustrative: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
      },
    })
    const { json, illustrative, all } = values
    return { json, examples: demoNames.filter((name) => all || isIllustrative(name) === illustrative) }
  } catch (error) {
    throw new UsageRefused(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
}
