/**
 * `egret trail verify FILE…`: checks pages of an audit trail, as the API answered them, without asking anybody. With `--engagement` the
 * pages are fetched from the installation first, with the access token of `EGRET_TOKEN`; with `--against FILE` the chain is held against a
 * page that was kept.
 */

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type TrailFault, type TrailLink, verifyTrail, zeroHash } from '../transparency/trail.ts'
import { type TrailSeal, verifySeal } from '../transparency/trail-seal.ts'
import { printableLine } from './printable.ts'
import { UsageRefused } from './usage.ts'

const options = {
  json: { type: 'boolean', default: false },
  engagement: { type: 'string' },
  host: { type: 'string' },
  against: { type: 'string' },
} as const

/** A page as the API answers it. */
interface Page {
  readonly chain: string
  readonly length: number
  readonly hash: string
  readonly previous: string
  readonly links: readonly TrailLink[]
  /** Absent of pages from before chains were sealed. */
  readonly seal?: TrailSeal | null
}

/** What is wrong at a place, in words. */
const faults: Readonly<Record<TrailFault, string>> = {
  start: 'the chain does not begin where it should',
  sequence: 'the entry of this place is missing, or another one stands here',
  'entry-digest': 'the text is not the one that the digest is of',
  hash: 'the hash does not follow from the one before',
  entry: 'the text is not an entry of this chain at this place',
  head: 'the chain does not end as the page says it does',
  seal: 'the chain was another when it was sealed, or the proof of the seal does not hold',
  kept: 'the chain is another than the one that was kept: acts were taken out of it, or changed',
}

/** @returns 0 when the whole chain holds together, 1 when it does not. */
export async function trail(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args
  if (verb !== 'verify') throw new UsageRefused('give "trail verify" and one FILE or more, in their order')
  const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, options })
  const pages = values.engagement === undefined ? await readPages(positionals) : await fetchPages(values)
  const kept =
    values.against === undefined ? null : asPage(await readFile(values.against, 'utf8'), values.against)
  const verdict = verifyPages(pages, kept)
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : `${told(verdict)}\n`)
  return verdict.intact ? 0 : 1
}

/**
 * Pages one after the other are one chain, from its first entry to the head that the last page tells.
 *
 * @param kept a page of the chain from before: it goes on from there. A chain whose end was cut holds together, and so may its older seal.
 */
export function verifyPages(pages: readonly Page[], kept: Page | null = null) {
  const { chain = '', length = 0, hash = zeroHash } = pages.at(-1) ?? {}
  const links = pages.flatMap((page) => page.links)
  const verdict = verifyTrail({ chain, previous: pages[0]?.previous ?? zeroHash, links })
  if (!verdict.intact) return { chain, ...verdict }
  const broken = (sequence: number, fault: 'head' | 'seal' | 'kept') => ({
    chain,
    intact: false as const,
    sequence,
    fault,
  })
  if (verdict.length !== length || verdict.hash !== hash) return broken(verdict.length + 1, 'head')
  if (kept !== null && !goesOnFrom(kept, chain, links)) return broken(kept.length, 'kept')
  const seal = pages.at(-1)?.seal ?? null
  if (seal === null) return { chain, ...verdict, seal: null }
  const isSealed = links[seal.length - 1]?.hash === seal.hash && verifySeal(chain, seal)
  return isSealed ? { chain, ...verdict, seal } : broken(seal.length, 'seal')
}

function goesOnFrom(kept: Page, chain: string, links: readonly TrailLink[]): boolean {
  const there = kept.length === 0 ? zeroHash : links[kept.length - 1]?.hash
  return kept.chain === chain && kept.hash === there
}

function told(verdict: ReturnType<typeof verifyPages>): string {
  const chain = printableLine(verdict.chain)
  if (verdict.intact) {
    return `${chain}: intact, ${verdict.length} acts, ends with ${verdict.hash}${sealed(verdict.seal)}`
  }
  return `${chain}: BROKEN at entry ${verdict.sequence}: ${faults[verdict.fault]}`
}

/** What is left to look at: that the log's entry tells this digest. */
function sealed(seal: TrailSeal | null): string {
  if (seal === null) return '; not sealed yet'
  const leaf = printableLine(String(seal.leafIndex))
  return `\n  sealed as of act ${seal.length}: leaf ${leaf} of the log is of type "trail" and says ${printableLine(seal.digest)}`
}

async function readPages(files: readonly string[]): Promise<Page[]> {
  if (files.length === 0) throw new UsageRefused('give one FILE or more, or --engagement ID --host URL')
  return Promise.all(files.map(async (file) => asPage(await readFile(file, 'utf8'), file)))
}

async function fetchPages({
  engagement = '',
  host,
}: {
  engagement?: string
  host?: string
}): Promise<Page[]> {
  const token = process.env.EGRET_TOKEN
  if (host === undefined || token === undefined) {
    throw new UsageRefused('--engagement asks for --host URL, and for an access token in EGRET_TOKEN')
  }
  const pages: Page[] = []
  let after = 0
  for (;;) {
    const url = new URL(`/v1/engagements/${encodeURIComponent(engagement)}/trail`, host)
    url.searchParams.set('limit', '200')
    if (after > 0) url.searchParams.set('after', String(after))
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'error' })
    if (!answer.ok) throw new Error(`${url.origin} answered ${answer.status}`)
    const page = asPage(await answer.text(), url.href)
    pages.push(page)
    after += page.links.length
    if (page.links.length === 0 || after >= page.length) return pages
  }
}

function asPage(text: string, from: string): Page {
  const page = JSON.parse(text) as Partial<Page> | null
  const isPage =
    typeof page?.chain === 'string' &&
    typeof page.previous === 'string' &&
    typeof page.hash === 'string' &&
    Array.isArray(page.links) &&
    page.links.every((link) => typeof link?.hash === 'string' && typeof link.entryDigest === 'string')
  if (!isPage) throw new UsageRefused(`${from} is no page of a trail`)
  return page as Page
}
