/**
 * `npm run deploy`: builds, refuses to deploy what could not run (a variable still to fill in, a secret not put), and hands
 * the production Worker to Cloudflare. The database is migrated and set up before, by the commands in the README (Deployment).
 */

import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { environmentVariables } from '../src/environment.ts'
import { buildAssets, buildWorker, root } from './build.ts'
import { buildEngine } from './engine.ts'

/** Marks of the values that wrangler.toml comes with, for a person to fill in. */
const placeholder = /example\.org|ACCOUNT/

/** Which required variables of the environment are absent or not yet filled in. */
export function unfilled(vars: Readonly<Record<string, unknown>>): string[] {
  return environmentVariables.required.filter((name) => {
    const value = vars[name]
    return typeof value !== 'string' || value === '' || placeholder.test(value)
  })
}

/** Which secrets are not among those that the Worker has. */
export function unput(present: readonly string[]): string[] {
  return environmentVariables.secret.filter((name) => !present.includes(name))
}

function wrangler(...args: readonly string[]) {
  const shell = process.platform === 'win32'
  return spawnSync('wrangler', args, { cwd: root, encoding: 'utf8', shell })
}

function secretsPresent(): string[] {
  const listed = wrangler('secret', 'list', '--env', 'production', '--format', 'json')
  if (listed.status !== 0) {
    refuse(
      `The secrets of the production Worker cannot be listed. Log in with "npx wrangler login" (or set CLOUDFLARE_API_TOKEN); ` +
        `on the first deployment put each secret, which also creates the Worker:\n${putCommands(environmentVariables.secret)}\n\n${listed.stderr}`,
    )
  }
  return (JSON.parse(listed.stdout) as { name: string }[]).map(({ name }) => name)
}

function putCommands(names: readonly string[]): string {
  return names.map((name) => `  npx wrangler secret put ${name} --env production`).join('\n')
}

function refuse(message: string): never {
  console.error(message)
  process.exit(1)
}

async function main(): Promise<void> {
  const { vars } = readConfig({ config: join(root, 'wrangler.toml'), env: 'production' })
  const missing = unfilled(vars)
  if (missing.length > 0)
    refuse(`Fill in under [env.production.vars] of wrangler.toml: ${missing.join(', ')}.`)
  const secrets = unput(secretsPresent())
  if (secrets.length > 0) refuse(`The production Worker lacks secrets. Put each:\n${putCommands(secrets)}`)
  rmSync(join(root, 'dist/assets'), { recursive: true, force: true })
  await buildAssets()
  buildWorker('production', await buildEngine())
  const deployed = spawnSync('wrangler', ['deploy', '--env', 'production'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exit(deployed.status ?? 1)
}

if (import.meta.main) await main()
