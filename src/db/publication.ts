/** Publishing is permanent: what stands under a name is there already, or the name is taken by something else. */

import type { Publication } from '../ports/registry.ts'
import { Problem } from '../problem.ts'

/** @throws Problem `published-version-changed` when the name stands with another digest. */
export function unchanged(standing: { digest: string } | null, digest: string, name: string): Publication {
  if (standing?.digest === digest) return 'unchanged'
  throw new Problem(
    'published-version-changed',
    `${name} is published with another digest; publish a new version instead.`,
    {
      published: standing?.digest ?? null,
      given: digest,
    },
  )
}
