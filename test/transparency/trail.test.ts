/** A chain of acts, verified by anyone who holds its page: whatever is changed in it is found, at its place. */

import { describe, expect, test } from 'vitest'
import {
  digestOfEntry,
  entryText,
  hashAfter,
  saltedDigest,
  type TrailEntry,
  type TrailLink,
  type TrailRun,
  verifyTrail,
  zeroHash,
} from '../../src/transparency/trail.ts'

const chain = 'engagement:00000000-0000-4000-8000-000000000001'

function entryAt(sequence: number, changes: Partial<TrailEntry> = {}): TrailEntry {
  return {
    action: 'raiseFinding',
    at: `2026-11-27T08:00:${String(sequence).padStart(2, '0')}.000Z`,
    chain,
    clientId: '00000000-0000-4000-8000-0000000000c1',
    digest: saltedDigest(`salt ${sequence}`, 'sha256:0'),
    facts: { from: 'in-verification', to: 'in-verification', version: sequence },
    id: `00000000-0000-4000-8000-0000000001${String(sequence).padStart(2, '0')}`,
    kind: 'ordinary',
    memberId: null,
    organizationId: '00000000-0000-4000-8000-0000000000b1',
    personId: null,
    resource: 'engagement',
    resourceId: '00000000-0000-4000-8000-000000000001',
    role: 'verifier',
    sequence,
    ...changes,
  }
}

/** A chain over these entries. */
function runOf(entries: readonly TrailEntry[]): TrailRun {
  let hash = zeroHash
  const links = entries.map((entry): TrailLink => {
    const text = entryText(entry)
    const entryDigest = digestOfEntry(text)
    hash = hashAfter(hash, entryDigest)
    return { sequence: entry.sequence, entry: text, entryDigest, hash }
  })
  return { chain, previous: zeroHash, links }
}

const whole = runOf([1, 2, 3, 4, 5].map((sequence) => entryAt(sequence)))
const withLink = (index: number, changes: Partial<TrailLink>): TrailRun => ({
  ...whole,
  links: whole.links.map((link, place) => (place === index ? { ...link, ...changes } : link)),
})

describe('a chain of acts', () => {
  test('holds together, and says how long it is and how it ends', () => {
    expect(verifyTrail(whole)).toEqual({ intact: true, length: 5, hash: whole.links[4]?.hash })
    expect(verifyTrail({ ...whole, links: [] })).toEqual({ intact: true, length: 0, hash: zeroHash })
  })

  test('hashes as SHA-256 does, of the hash before and the digest of the bytes', () => {
    // By hand, with coreutils: printf '%064d%s' 0 "$(printf abc | sha256sum | cut -c1-64)" | xxd -r -p | sha256sum
    expect(digestOfEntry('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hashAfter(zeroHash, digestOfEntry('abc'))).toBe(
      '589f9ffed4c477966bfb8d41f37895b08c69047df8f911d6f3b57fbe08faee8d',
    )
  })

  test('is verified page by page', () => {
    const second = { chain, previous: whole.links[1]?.hash ?? '', links: whole.links.slice(2) }
    expect(verifyTrail(second, 3)).toEqual(verifyTrail(whole))
    expect(verifyTrail(second, 2)).toEqual({ intact: false, sequence: 2, fault: 'sequence' })
    expect(verifyTrail(second)).toEqual({ intact: false, sequence: 1, fault: 'start' })
  })

  test('is verified through entries that the reader may not see', () => {
    expect(verifyTrail(withLink(2, { entry: null }))).toEqual(verifyTrail(whole))
    const changed = digestOfEntry(entryText(entryAt(3, { role: 'lead-verifier' })))
    const hidden = withLink(2, { entry: null, entryDigest: changed })
    expect(verifyTrail(hidden)).toEqual({ intact: false, sequence: 3, fault: 'hash' })
  })

  test('tells a change of any member of any entry, where it is', () => {
    const members = Object.keys(entryAt(1)) as (keyof TrailEntry)[]
    for (const [index] of whole.links.entries()) {
      for (const member of members) {
        const entry = entryText(entryAt(index + 1, { [member]: 'changed' }))
        const place = { intact: false, sequence: index + 1 }
        expect(verifyTrail(withLink(index, { entry })), member).toEqual({ ...place, fault: 'entry-digest' })
        const entryDigest = digestOfEntry(entry)
        expect(verifyTrail(withLink(index, { entry, entryDigest })), member).toEqual({
          ...place,
          fault: 'hash',
        })
      }
    }
  })

  test('tells any flipped digit of any hash', () => {
    const flipped = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1)
    for (const [index, link] of whole.links.entries()) {
      for (let at = 0; at < 64; at += 1) {
        const place = { intact: false, sequence: index + 1 }
        const hash = flipped(link.hash, at)
        expect(verifyTrail(withLink(index, { hash }))).toEqual({ ...place, fault: 'hash' })
        const entryDigest = flipped(link.entryDigest, at)
        expect(verifyTrail(withLink(index, { entryDigest }))).toEqual({ ...place, fault: 'entry-digest' })
      }
    }
  })

  test('tells what was left out, put twice, or put elsewhere', () => {
    const without = { ...whole, links: whole.links.filter((_, index) => index !== 1) }
    expect(verifyTrail(without)).toEqual({ intact: false, sequence: 2, fault: 'sequence' })
    const [first, second, ...rest] = whole.links as [TrailLink, TrailLink, ...TrailLink[]]
    const swapped = { ...whole, links: [second, first, ...rest] }
    expect(verifyTrail(swapped)).toEqual({ intact: false, sequence: 1, fault: 'sequence' })
    const twice = { ...whole, links: [first, { ...first, sequence: 2 }, ...rest] }
    expect(verifyTrail(twice)).toEqual({ intact: false, sequence: 2, fault: 'hash' })
  })

  test.each([
    ['of another chain', { chain: 'engagement:00000000-0000-4000-8000-000000000002' }],
    ['that says another place', { sequence: 7 }],
  ])('refuses an entry %s, however well it is hashed', (_, changes) => {
    const { links } = runOf([entryAt(1, changes)])
    const run = { chain, previous: zeroHash, links: links.map((link) => ({ ...link, sequence: 1 })) }
    expect(verifyTrail(run)).toEqual({ intact: false, sequence: 1, fault: 'entry' })
  })

  test.each(['', '{}', 'not json', '[]', 'null', `{ "sequence": 1, "chain": "${chain}" }`])(
    'refuses %j as an entry',
    (entry) => {
      const entryDigest = digestOfEntry(entry)
      const link = { sequence: 1, entry, entryDigest, hash: hashAfter(zeroHash, entryDigest) }
      expect(verifyTrail({ chain, previous: zeroHash, links: [link] })).toMatchObject({ fault: 'entry' })
    },
  )

  test('without its end still holds together: what it was before its end was cut, its head says', () => {
    const cut = verifyTrail({ ...whole, links: whole.links.slice(0, 3) })
    expect(cut).toMatchObject({ intact: true, length: 3 })
    expect(cut).not.toEqual(verifyTrail(whole))
  })
})
