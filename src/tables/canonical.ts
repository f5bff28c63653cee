/**
 * The frozen document of a table version and of a GWP set: one RFC 8785 JSON text whose SHA-256 names it for ever. What is
 * published, pinned by calculations and served to strangers is this document; the CSV files are how people edit it.
 */

import { inOrder } from '../engine/names.ts'
import type { GwpSet } from '../engine/types.ts'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestOfBytes } from '../json/digest.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { Problem } from '../problem.ts'
import {
  type GwpSetFacts,
  groupsInTotal,
  type PublishedBlend,
  type PublishedFactor,
  type PublishedFuel,
  type PublishedGas,
  type PublishedGwpSet,
  type PublishedTable,
  type TableFacts,
} from './format.ts'

const tableType = 'egret/factor-table'
const gwpSetType = 'egret/gwp-set'
const schemaVersion = '1'

/** Rows of a version, ordered for its document. */
export interface TableRows {
  readonly factors: readonly PublishedFactor[]
  readonly fuels: readonly PublishedFuel[]
}

/** What a GWP set publishes, gas by gas. */
export interface GwpSetRows {
  readonly gases: readonly PublishedGas[]
  readonly blends: readonly PublishedBlend[]
}

/** Bytes of a table version's document. */
export function canonicalTable({
  facts,
  table,
}: Pick<PublishedTable, 'facts' | 'table'>): Uint8Array<ArrayBuffer> {
  return tableDocument(facts, table)
}

/** The version with its digest, from facts and rows; rows are put in order of their ids. */
export function publishedTable(facts: TableFacts, rows: TableRows): PublishedTable {
  const factors = [...rows.factors].sort(byId)
  const fuels = [...rows.fuels].sort(byId)
  const digest = digestOfBytes(tableDocument(facts, { factors, fuels }))
  const { table, version, title, yearFallbackLimit } = facts
  return { facts, table: { table, version, digest, title, factors, fuels, yearFallbackLimit } }
}

/** A private table's version with a salt in its document: its digest is public, and its few figures could be guessed. */
export function salted({ facts, table }: PublishedTable, salt: string): PublishedTable {
  return publishedTable({ ...facts, salt }, table)
}

function tableDocument(facts: TableFacts, { factors, fuels }: TableRows): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ type: tableType, schemaVersion, ...facts, factors, fuels })
}

/** Bytes of a GWP set's document. */
export function canonicalGwpSet({ facts, gases, blends }: PublishedGwpSet): Uint8Array<ArrayBuffer> {
  return gwpSetDocument(facts, { gases, blends })
}

/** The set with its digest, from facts and values; gases and blends are put in order of their names. */
export function publishedGwpSet(facts: GwpSetFacts, rows: GwpSetRows): PublishedGwpSet {
  const gases = [...rows.gases].sort((a, b) => inOrder(a.gas, b.gas))
  const blends = [...rows.blends].sort((a, b) => inOrder(a.blend, b.blend))
  const digest = digestOfBytes(gwpSetDocument(facts, { gases, blends }))
  return { facts, gases, blends, set: { ...gwpSetOf(facts, gases, blends), digest } }
}

function gwpSetDocument(facts: GwpSetFacts, { gases, blends }: GwpSetRows): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ type: gwpSetType, schemaVersion, ...facts, gases, blends })
}

/**
 * Reads a table's document back, under the digest it was asked for.
 *
 * @throws Problem `stored-object-corrupt` when the bytes have another digest or are no document of a known form.
 */
export function readCanonicalTable(bytes: Uint8Array, digest: Digest): PublishedTable {
  const { factors, fuels, ...facts } = readDocument<TableFacts & TableRows>(bytes, digest, tableType)
  const { table, version, title, yearFallbackLimit } = facts
  return { facts, table: { table, version, digest, title, factors, fuels, yearFallbackLimit } }
}

/**
 * Reads a GWP set's document back, under the digest it was asked for.
 *
 * @throws Problem `stored-object-corrupt`.
 */
export function readCanonicalGwpSet(bytes: Uint8Array, digest: Digest): PublishedGwpSet {
  const { gases, blends, ...facts } = readDocument<GwpSetFacts & GwpSetRows>(bytes, digest, gwpSetType)
  const set: GwpSet & { readonly digest: Digest } = { ...gwpSetOf(facts, gases, blends), digest }
  return { facts, gases, blends, set }
}

/**
 * The digest vouches for every member: whoever wrote the document under it had checked it. So the platform's parser reads it,
 * which keeps no piece of the text alive, and what repeats from row to row is kept once.
 */
function readDocument<Document>(bytes: Uint8Array, digest: Digest, type: string): Document {
  const found = digestOfBytes(bytes)
  if (found !== digest) {
    throw new Problem('stored-object-corrupt', `The stored object is not the one named ${digest}.`, {
      digest,
      found,
    })
  }
  const {
    type: foundType,
    schemaVersion: foundVersion,
    ...document
  } = sharing(documentIn(bytes, digest), new Map()) as Record<string, unknown>
  if (foundType === type && foundVersion === schemaVersion) return document as Document
  const detail = `The object ${digest} is no ${type} of schema version ${schemaVersion}.`
  throw new Problem('stored-object-corrupt', detail, { digest, type: foundType ?? null })
}

function documentIn(bytes: Uint8Array, digest: Digest): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes))
  } catch {
    throw new Problem('stored-object-corrupt', `The object ${digest} is no JSON document.`, { digest })
  }
}

/** The same value with one copy of each text: a table of thousands of rows says few different things about most of them. */
function sharing(value: unknown, texts: Map<string, string>): unknown {
  if (typeof value === 'string') {
    const known = texts.get(value)
    if (known === undefined) texts.set(value, value)
    return known ?? value
  }
  if (typeof value !== 'object' || value === null) return value
  const members = value as Record<string, unknown>
  for (const name of Object.keys(members)) members[name] = sharing(members[name], texts)
  return value
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return inOrder(a.id, b.id)
}

/** What the engine weighs with: gases with a value, those that count, blends and other names. */
function gwpSetOf(
  facts: GwpSetFacts,
  gases: readonly PublishedGas[],
  blends: readonly PublishedBlend[],
): Omit<GwpSet, 'digest'> {
  const weighed = gases.flatMap(({ gas, gwp100 }) => (gwp100 === null ? [] : [[gas, gwp100] as const]))
  return {
    id: facts.id,
    version: facts.version,
    title: facts.title,
    basis: facts.basis,
    values: Object.fromEntries(weighed),
    inTotal: gases.filter(({ group }) => groupsInTotal.includes(group)).map(({ gas }) => gas),
    blends: Object.fromEntries(blends.map(({ blend, composition }) => [blend, composition])),
    aliases: facts.aliases,
  }
}
