/** What was released stays as it was: the check over the whole folder, on copies that were tampered with. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { checkFactors, release } from '../../scripts/factors-check.ts'
import { root } from './bundled.ts'

const copies: string[] = []
let copy = ''

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'egret-factors-'))
  copies.push(copy)
  for (const name of ['released.json', 'gwp-sets', 'cn-fuel', 'cn-fuel-ncsc']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  // The copy holds some of the tables only, so its list of releases is cut to them.
  const held = readReleases().filter(({ name }) => name.startsWith('ipcc-ar') || name.startsWith('cn-fuel'))
  writeFileSync(join(copy, 'released.json'), JSON.stringify(held))
})

afterAll(() => {
  for (const path of copies) rmSync(path, { recursive: true, force: true })
})

interface Line {
  readonly name: string
  readonly version: string
  readonly digest: string
}

function readReleases(): Line[] {
  return JSON.parse(readFileSync(join(copy, 'released.json'), 'utf8')) as Line[]
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(copy, path)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

describe('factors:check', () => {
  test('finds nothing wrong with what is bundled', () => {
    expect(checkFactors(root).lines).toEqual([])
    expect(checkFactors(copy).lines).toEqual([])
  })

  test('notices one changed character of a released version', () => {
    edit('cn-fuel/2015/factors.csv', (text) =>
      text.replace('several secondary copies agree', 'all copies agree'),
    )
    const { lines } = checkFactors(copy)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^cn-fuel\/2015\/table\.json \/digest \[digest\]/)
  })

  test('notices a changed version whose own digest was made to fit', () => {
    edit('cn-fuel/2015/table.json', (text) =>
      text.replace('"yearFallbackLimit": 15', '"yearFallbackLimit": 30'),
    )
    const moved = /the files say (sha256:[0-9a-f]+)/.exec(checkFactors(copy).lines[0] ?? '')?.[1] ?? ''
    edit('cn-fuel/2015/table.json', (text) => text.replace(/"digest": "[^"]*"/, `"digest": "${moved}"`))
    const { lines } = checkFactors(copy)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^cn-fuel\/2015: \[released\] released\.json says/)
  })

  test('notices a released version that is gone, and one that stands under another name', () => {
    cpSync(join(copy, 'cn-fuel-ncsc', '2026'), join(copy, 'cn-fuel-ncsc', '2027'), { recursive: true })
    rmSync(join(copy, 'cn-fuel-ncsc', '2026'), { recursive: true })
    const { lines } = checkFactors(copy)
    expect(lines.some((line) => line.includes('the folder cn-fuel-ncsc/2027'))).toBe(true)
    expect(lines.some((line) => line.includes('cn-fuel-ncsc 2026 was released and is gone'))).toBe(true)
  })

  test('lists the faults of all files at once, with file, row and column', () => {
    edit('cn-fuel/2015/factors.csv', (text) => text.replace(',CN,2015,GJ,', ',CN,2015,gigajoule,'))
    edit('cn-fuel-ncsc/2026/fuels.csv', (text) => text.replace(',0.99,', ',99,'))
    const { lines } = checkFactors(copy)
    expect(lines.join('\n')).toMatch(/cn-fuel\/2015\/factors\.csv:\d+ unit \[unit\]/)
    expect(lines.join('\n')).toMatch(/cn-fuel-ncsc\/2026\/fuels\.csv:\d+ oxidation \[form\]/)
  })
})

describe('factors:check --release', () => {
  /** A correction of cn-fuel-ncsc 2026, as a maintainer would begin it. */
  function newVersion(): void {
    cpSync(join(copy, 'cn-fuel-ncsc', '2026'), join(copy, 'cn-fuel-ncsc', '2026.1'), { recursive: true })
    edit('cn-fuel-ncsc/2026.1/table.json', (text) =>
      text
        .replace('"version": "2026"', '"version": "2026.1"')
        .replace('"supersedes": null', '"supersedes": "2026"')
        .replace(/,\s*"digest": "[^"]*"/, ''),
    )
  }

  test('asks for the release of a new version, and then writes its digest in both places', () => {
    newVersion()
    expect(checkFactors(copy).lines).toEqual([
      expect.stringContaining('cn-fuel-ncsc/2026.1: [released] not released'),
    ])
    const before = readReleases()
    expect(release(copy, ['cn-fuel-ncsc/2026.1'])).toEqual([expect.stringContaining('released as sha256:')])
    expect(checkFactors(copy).lines).toEqual([])
    expect(readReleases().slice(0, -1)).toEqual(before)
    expect(readReleases().at(-1)).toMatchObject({ name: 'cn-fuel-ncsc', version: '2026.1' })
  })

  test('releases nothing that has faults, and nothing twice', () => {
    newVersion()
    edit('cn-fuel-ncsc/2026.1/factors.csv', (text) => text.replace(',CN,2026,', ',C,2026,'))
    expect(release(copy, ['cn-fuel-ncsc'])).toEqual([
      'cn-fuel-ncsc 2026: released already',
      expect.stringMatching(/cn-fuel-ncsc 2026\.1: has \d+ fault\(s\), not released/),
    ])
  })

  test('wants a version that supersedes another to find it', () => {
    newVersion()
    edit('cn-fuel-ncsc/2026.1/table.json', (text) =>
      text.replace('"supersedes": "2026"', '"supersedes": "2025"'),
    )
    expect(checkFactors(copy).lines.join()).toContain('/supersedes [succession] 2025 is not published')
  })

  test('wants a version that another replaced to find that one', () => {
    newVersion()
    edit('cn-fuel-ncsc/2026.1/table.json', (text) =>
      text.replace('"supersedes": "2026"', '"supersedes": null, "supersededBy": "2027"'),
    )
    expect(checkFactors(copy).lines.join()).toContain('/supersededBy [succession] 2027 is not published')
  })
})
