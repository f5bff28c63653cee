/** What `table.json` and `set.json` must say, and reading them with every fault listed by JSON pointer. */

import { z } from 'zod'
import { confirmations } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { pointerOf } from '../json/pointer.ts'
import { parseJson } from '../json/scan.ts'
import { Problem } from '../problem.ts'
import { isDecimal } from './cells.ts'
import {
  type Fault,
  type GwpSetFacts,
  type Licence,
  licenceTerms,
  type SourceDocument,
  type TableFacts,
} from './format.ts'
import { licenceFaults } from './licences.ts'
import { nameForm, tableNameForm, tableNameMax } from './names.ts'
import { isRegionCode } from './regions.ts'

/** The form of a version: an edition, and where our files of it were corrected, a running number: `2023`, `2023.1`. */
export const versionForm = /^[0-9a-z]+(?:[.-][0-9a-z]+)*$/

/** Longest text of a facts file: a note, or what was done to trust a copy. */
const textLengthMax = 8000
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfitForText = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/
const text = z
  .string()
  .trim()
  .min(1)
  .max(textLengthMax)
  .refine(
    (written) => written.isWellFormed() && !unfitForText.test(written),
    'holds a control character, a mark that turns the direction of writing, or half of a surrogate pair',
  )
const name = z.string().regex(nameForm, 'use lower-case words joined by hyphens').max(80)
const tableName = z
  .string()
  .regex(tableNameForm, 'use lower-case words joined by hyphens; before them the owner and a dot, if private')
  .max(tableNameMax)
const version = z.string().regex(versionForm, 'use an edition such as 2023 or 2023.1').max(40)
const names = z.strictObject({ en: text, zh: text.nullable() })
const calendarYear = z.int().min(1990).max(2100)

const licence = z.strictObject({
  name: text,
  terms: z.enum(licenceTerms).optional(),
  redistributable: z.boolean(),
  attribution: text,
  note: text.nullable(),
})

const sourceDocument = z.strictObject({
  id: text.regex(/^[A-Za-z0-9.-]+$/, 'use letters, digits, dots and hyphens'),
  title: text,
  publisher: text,
  year: calendarYear,
  licence: text,
  citation: text,
  obtained: text,
  fileDigest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .nullable(),
  confirmation: z.enum(confirmations),
  checks: text,
})

/** Sources of a table: each row is held against them. */
const sourcesMax = 1000
const sources = z.array(sourceDocument).min(1).max(sourcesMax)

/** The step of a source's rounding: a wider one would let any sum of gases pass for what the row states. */
function isStep(text: string): boolean {
  return isDecimal(text) && Number(text) > 0 && Number(text) <= 1
}

/** The digest a released version is held to; absent only until `factors:check --release` writes it. */
const released = { digest: z.string().optional() }

const tableFacts = z.strictObject({
  ...released,
  table: tableName.refine((id) => id !== 'gwp-sets', 'is the folder of the GWP sets'),
  version,
  title: names,
  publisher: text,
  edition: text,
  licence,
  citations: z.array(text).min(1),
  territory: text.refine(isRegionCode, 'is no region code'),
  years: z.strictObject({ from: calendarYear, to: calendarYear }),
  gwpBasis: text,
  gasesCovered: text,
  supersedes: version.nullable(),
  supersededBy: version.optional(),
  yearFallbackLimit: z.int().min(0).max(50),
  rounding: z.string().refine(isStep, 'is no step in kg, a decimal above 0 and at most 1').nullable(),
  notes: z.array(text),
  sources,
})

const gwpSetFacts = z.strictObject({
  ...released,
  id: name,
  version,
  title: names,
  basis: z.enum(['AR4', 'AR5', 'AR6']),
  publisher: text,
  licence,
  citations: z.array(text).min(1),
  supersedes: version.nullable(),
  aliases: z.record(text, text),
  notes: z.array(text),
  sources,
})

/** Facts as read, and the digest their file holds itself to. */
export interface ReadFacts<Facts> {
  readonly facts: Facts
  readonly released: Digest | null
}

/** What the facts of tables and of GWP sets have in common. */
interface StatedFacts {
  readonly digest?: string | undefined
  readonly licence: Licence
  readonly sources: readonly SourceDocument[]
}

/** Reads `table.json`; `null` where it cannot be read at all. */
export function readTableFacts(json: string, faults: Fault[]): ReadFacts<TableFacts> | null {
  return readFacts('table.json', json, tableFacts, faults)
}

/** Reads `set.json`; `null` where it cannot be read at all. */
export function readGwpSetFacts(json: string, faults: Fault[]): ReadFacts<GwpSetFacts> | null {
  return readFacts('set.json', json, gwpSetFacts, faults)
}

function readFacts<Facts extends StatedFacts>(
  file: string,
  json: string,
  schema: z.ZodType<Facts>,
  faults: Fault[],
): ReadFacts<Omit<Facts, 'digest'>> | null {
  const value = readJson(file, json, faults)
  if (value === undefined) return null
  const read = schema.safeParse(value)
  if (read.success) {
    const { digest, ...facts } = read.data
    faults.push(...licenceFaults(file, facts.licence, facts.sources))
    return { facts, released: (digest as Digest | undefined) ?? null }
  }
  for (const { path, message } of read.error.issues) {
    faults.push({ file, row: null, column: pointerOf(path as string[]), rule: 'form', message })
  }
  return null
}

function readJson(file: string, json: string, faults: Fault[]): unknown {
  try {
    return parseJson(json, { maxDepth: 8 })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const row = typeof error.facts.line === 'number' ? error.facts.line : null
    faults.push({ file, row, column: null, rule: 'form', message: String(error.facts.detail) })
    return undefined
  }
}
