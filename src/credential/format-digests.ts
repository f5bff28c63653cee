/** The digests under which schema and context were released (`scripts/credential-format.ts` sees that they keep them). */

import released from './published/released.json' with { type: 'json' }

/** Subresource Integrity of the JSON-LD context, version 1. */
export const contextIntegrity = released['/contexts/v1']

/** Subresource Integrity of the JSON Schema, version 1. */
export const jsonSchemaIntegrity = released['/schemas/credential/v1.json']
