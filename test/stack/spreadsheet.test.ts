/**
 * A product's working paper in a real spreadsheet: LibreOffice opens it without the values that were written beside the formulas, works
 * them out itself, and every check of the paper agrees. Skipped where no LibreOffice is installed.
 */

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productPaper } from '../../src/http/working-paper/product/product-paper.ts'
import { productWordsOf } from '../../src/http/working-paper/product/words.ts'
import { summaryColumn } from '../../src/http/working-paper/summary-sheet.ts'
import { headRows, type Sheet, writeWorkbook } from '../../src/http/working-paper/workbook.ts'
import { paperSourceOf } from '../report/made-up-paper.ts'
import * as madeUp from '../report/made-up-product.ts'

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path))
const skipped = office === undefined ? ' (skipped: no LibreOffice)' : ''

const inputs = {
  chair: madeUp.chairInput(),
  cake: madeUp.cakeInput(),
  credited: madeUp.creditedInput(),
  site: madeUp.siteInput(),
  circle: madeUp.circleInput(),
}
type Name = keyof typeof inputs
const language = { chair: 'zh', cake: 'en', credited: 'zh', site: 'en', circle: 'zh' } as const

let folder: string
const papers = new Map<Name, readonly Sheet[]>()

beforeAll(async () => {
  if (office === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'egret-paper-'))
  for (const name of Object.keys(inputs) as Name[]) {
    const paper = productPaper(paperSourceOf(...inputs[name]), language[name])
    papers.set(name, paper)
    writeFileSync(join(folder, `${name}.xlsx`), withoutValues(await writeWorkbook(paper)))
  }
  const files = Object.keys(inputs).map((name) => join(folder, `${name}.xlsx`))
  const given = [
    '--headless',
    `-env:UserInstallation=file://${join(folder, 'profile')}`,
    '--convert-to',
    'xlsx',
  ]
  await promisify(execFile)(office, [...given, '--outdir', join(folder, 'out'), ...files])
}, 180_000)

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/** A workbook whose formulas have no values: whoever shows one has worked it out. */
function withoutValues(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes)
  const stripped = Object.entries(files).map(([path, content]) => {
    if (!path.startsWith('xl/worksheets/')) return [path, content] as const
    const xml = strFromU8(content).replace(/(<f[^>]*>[^<]*<\/f>)<v>[^<]*<\/v>/g, '$1')
    expect(xml).not.toMatch(/<\/f><v>/)
    return [path, strToU8(xml)] as const
  })
  return zipSync(Object.fromEntries(stripped))
}

describe.skipIf(office === undefined)(`LibreOffice${skipped}`, () => {
  test.each(Object.keys(inputs) as Name[])('agrees with every check of the paper of %s', async (name) => {
    const words = productWordsOf(language[name])
    const book = await readXlsx(readFileSync(join(folder, 'out', `${name}.xlsx`)))
    const checks = (papers.get(name) ?? []).flatMap((sheet) => {
      const column = sheet.columns.findIndex(({ title }) => title === words.check)
      const rows = book.sheets.find((one) => one.name === sheet.name)?.rows.slice(headRows) ?? []
      expect([sheet.name, rows.length]).toEqual([sheet.name, sheet.rows.length])
      return column === -1 ? [] : rows.map((row) => row[column] ?? null)
    })
    expect(checks.filter((check) => check !== null && check !== words.base.agrees)).toEqual([])
    expect(checks.length).toBeGreaterThan(8)
    const summary = book.sheets.find((one) => one.name === words.base.sheets.summary)?.rows[headRows] ?? []
    const total = Number(summary[summaryColumn.formula])
    expect(total).toBeCloseTo(Number(summary[summaryColumn.recorded]), 9)
    expect(total).not.toBe(0)
  })
})
