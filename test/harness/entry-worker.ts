/** The Worker as the test runner's own `main`: same isolate, same bindings, the very `fetch` that is deployed. */

import { exports } from 'cloudflare:workers'

export const serve = (request: Request): Promise<Response> => exports.default.fetch(request)

export const schedule = (): Promise<unknown> => exports.default.scheduled({ cron: '* * * * *' })
