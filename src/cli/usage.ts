/** How commands of many forms are called, and how a command says that it was called wrongly. */

/** Told on standard error, exit code 2. */
export class UsageRefused extends Error {
  override name = 'UsageRefused'
}

export const keysUsage = `keys list
  egret keys rotate     (--body SLUG | --own token|log|installation)
  egret keys import     (--body SLUG | --own …) --file FILE [--kid KID]
  egret keys compromise (--body SLUG | --own …) --kid KID --since INSTANT
  egret keys receipts
  egret keys rewrap`

export const signerUsage = `signer --key FILE --kid KID --did BODY-DID --url URL --installation FILE [--port PORT] [--approve all|status]
  egret signer --make-key FILE [--algorithm EdDSA|ES256]`
