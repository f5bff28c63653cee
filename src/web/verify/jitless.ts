/** The page's policy forbids code made from strings; the schema library is told so before any schema exists, and does not try. */

import { z } from 'zod'

z.config({ jitless: true })
