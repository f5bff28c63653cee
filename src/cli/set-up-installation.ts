/** `egret set-up`: what a fresh installation needs before its first request. Safe to run again, at every release. */

import { readEnvironment } from '../environment.ts'
import { setUp } from './set-up.ts'

/** @returns the exit code. @throws EnvironmentRefused, or Problem `published-version-changed`. */
export async function setUpInstallation(): Promise<number> {
  const { operator } = await setUp(readEnvironment(process.env))
  process.stdout.write(
    operator === null
      ? 'Published what this release brings. The operator stands; its clients keep their secrets.\n'
      : `Published what this release brings.\nThe operator's client, shown this once:\n  client id  ${operator.clientId}\n  secret     ${operator.secret}\n`,
  )
  return 0
}
