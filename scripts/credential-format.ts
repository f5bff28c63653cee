/** Writes the published JSON Schema. */
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { credentialShape } from '../src/credential/schema.ts'

const made = z.toJSONSchema(credentialShape, { target: 'draft-2020-12' })
writeFileSync('src/credential/published/credential-v1.schema.json', `${JSON.stringify(made, null, 2)}\n`)
