/**
 * What it takes to compute a certified figure again: the record and its lines, which only those engaged can hand over, and
 * the factor tables, GWP set, scheme and engine module, which are public under the digests that the credential names.
 */

import type { RecordEvidence } from '../../src/credential/record-check.ts'
import type { Credential } from '../../src/credential/schema.ts'
import type { calculate, presentResult } from '../../src/engine/index.ts'
import type { CalculationContext } from '../../src/engine/types.ts'
import { type Digest, digestHex, digestOfBytes } from '../../src/json/digest.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { readRecordManifest } from '../../src/record/calculation-record.ts'
import type { Calculate } from '../../src/record/recompute.ts'
import { readRevisionManifest } from '../../src/record/revision.ts'
import { readCanonicalGwpSet, readCanonicalTable } from '../../src/tables/canonical.ts'
import { type Api, type Caller, StepFailed } from './api.ts'

/** Who can hand over the record: a client of the enterprise, for one revision of its footprint. */
export interface RecordHolder {
  readonly caller: Caller
  readonly footprintId: string
  readonly revision: number
}

type Subject = Credential['credentialSubject']
type Calculation = Subject['calculation']

/** Everything the check `recomputation` needs, for what a credential is about. */
export async function recordEvidence(
  api: Api,
  { calculation, scheme }: Subject,
  holder: RecordHolder,
): Promise<RecordEvidence> {
  return {
    ...(await handedOver(calculation, holder)),
    scheme: JSON.parse(decodeUtf8(await published(api, `/schemes/${hex(scheme.digest)}.json`))),
    context: await publishedContext(api, calculation),
    calculate: await publishedEngine(api, calculation),
    engineDigest: calculation.engine.digest,
  }
}

/** Manifest, record, and the chunks of lines that the two name. */
async function handedOver(
  calculation: Calculation,
  { caller, footprintId, revision: number }: RecordHolder,
): Promise<Pick<RecordEvidence, 'record' | 'revision' | 'chunks'>> {
  const read = async (document: string) => {
    const path = `/v1/footprints/${footprintId}/revisions/${number}/${document}`
    return (await caller.call('GET', path, { expect: { status: 200 } })).bytes
  }
  const [revision, record] = [await read('manifest'), await read('record')]
  const { lines } = readRevisionManifest(revision, calculation.revision as Digest)
  const results = readRecordManifest(record, calculation.record as Digest).lines
  const chunks: Uint8Array[] = []
  for (const { digest } of [...lines.chunks, ...results.chunks]) chunks.push(await read(`chunks/${digest}`))
  return { revision, record, chunks }
}

async function publishedContext(api: Api, calculation: Calculation): Promise<CalculationContext> {
  const { gwpSet, factorTables } = calculation
  const tables = []
  for (const { digest } of factorTables) {
    const bytes = await published(api, `/factor-tables/${hex(digest)}.json`)
    tables.push(readCanonicalTable(bytes, digest as Digest).table)
  }
  const set = await published(api, `/gwp-sets/${hex(gwpSet.digest)}.json`)
  return { tables, gwpSet: readCanonicalGwpSet(set, gwpSet.digest as Digest).set }
}

/** The very engine that the record names, fetched and run here. */
async function publishedEngine(api: Api, { engine }: Calculation): Promise<Calculate> {
  const bytes = await published(api, `/engine/${hex(engine.digest)}.mjs`)
  if (digestOfBytes(bytes) !== engine.digest)
    throw new StepFailed(`The engine module does not have the digest ${engine.digest}.`)
  const module = (await import(`data:text/javascript;base64,${Buffer.from(bytes).toString('base64')}`)) as {
    calculate: typeof calculate
    presentResult: typeof presentResult
  }
  return (input, context) => module.presentResult(module.calculate(input, context)).result
}

async function published(api: Api, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return (await api.anyone.call('GET', path, { expect: { status: 200 } })).bytes
}

function hex(digest: string): string {
  return digestHex(digest as Digest)
}
