/**
 * `npm run demo`: walks the whole main job over HTTP as the three kinds of users, and ends with credentials that a stranger
 * verifies. Exit code 0 only if every step held.
 */

import { StepFailed } from './demo/api.ts'
import { type Options, readOptions, UsageRefused } from './demo/options.ts'
import type { CredentialReport, WalkReport } from './demo/report.ts'
import { briefStory, fullStory, type Story } from './demo/story.ts'
import { findSystem, NoSystem, type System } from './demo/system.ts'
import { walkExamples } from './demo/walk.ts'

/** The document of `--json`. */
interface DemoReport extends Partial<WalkReport> {
  readonly type: 'egret/demo'
  readonly ok: boolean
  readonly system: { readonly url: string; readonly startedForThisDemo: boolean } | null
  readonly startedAt: string
  readonly seconds: number
  /** Why it stopped; absent where every step held. */
  readonly error?: string
}

async function demo({ json, examples }: Options): Promise<number> {
  const startedAt = new Date()
  const story = json ? briefStory(process.stderr) : fullStory(process.stdout)
  let system: System | null = null
  const about = () => ({
    type: 'egret/demo' as const,
    system: system && { url: system.url, startedForThisDemo: system.own },
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 100) / 10,
  })
  try {
    system = await openSystem(story)
    const walked = await walkExamples(system, examples, story)
    if (!json) sayCredentials(story, walked.credentials, system)
    return finish(json, { ...about(), ok: true, ...walked })
  } catch (error) {
    return finish(json, { ...about(), ok: false, error: explained(error) })
  } finally {
    await system?.stop()
  }
}

async function openSystem(story: Story): Promise<System> {
  story.chapter('The system')
  const system = await findSystem(process.env)
  story.step('Egret', system.own ? `was started for this demo at ${system.url}.` : `runs at ${system.url}.`)
  return system
}

function finish(json: boolean, report: DemoReport): number {
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else if (report.error) process.stderr.write(`\nThe demo stopped: ${report.error}\n`)
  return report.ok ? 0 : 1
}

function sayCredentials(story: Story, credentials: readonly CredentialReport[], system: System): void {
  story.chapter('Credentials')
  for (const { number, example, links, headline } of credentials) {
    story.step(number, `${example}: ${headline}`)
    story.remark(`${links.page}\n${links.verify}\nnpx egret verify ${links.jwt}`)
  }
  if (system.own)
    story.step('Note:', 'this system ends with the demo; "npm start" first, and the links stay.')
}

/** What we expect to go wrong, as its sentence; anything else with its stack. */
function explained(error: unknown): string {
  const expected = error instanceof StepFailed || error instanceof NoSystem
  if (expected) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  process.exitCode = await demo(readOptions(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof UsageRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
