/** How a command says that it was called wrongly. */

/** Told on standard error, exit code 2. */
export class UsageRefused extends Error {
  override name = 'UsageRefused'
}
