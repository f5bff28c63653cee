/** The app of `node.ts`, over the same Postgres and S3, in the test's own process. */

import { inject } from 'vitest'
import { makeNodeApp } from '../../src/node.ts'

const app = makeNodeApp(inject('environment'))

export const serve = (request: Request): Response | Promise<Response> => app.fetch(request)

export const schedule = (): Promise<void> => app.sweep()
