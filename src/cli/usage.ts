/** A command called wrongly: told on standard error, exit code 2. */

export class UsageRefused extends Error {
  override name = 'UsageRefused'
}
