/** Every public credential, page by page: more than a process should hold at once. */

import type { PublicCredential } from '../../ports/public-rows.ts'
import type { Ports } from '../../ports.ts'

const page = 200

export async function* publicCredentialPages({
  publicRows,
}: Pick<Ports, 'publicRows'>): AsyncGenerator<readonly PublicCredential[]> {
  for (let after: string | null = null; ; ) {
    const credentials = await publicRows.credentials(after, page)
    yield credentials
    after = credentials.at(-1)?.id ?? null
    if (credentials.length < page) return
  }
}
