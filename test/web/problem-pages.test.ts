import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ProblemCode, problems } from '../../src/problem.ts'
import { renderProblemIndex, renderProblemPage } from '../../src/web/problem-page.ts'

const folder = new URL('../../docs/problems/', import.meta.url)
const codes = Object.keys(problems) as ProblemCode[]
const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ''))
const read = (code: string) => readFileSync(new URL(`${code}.md`, folder), 'utf8')

/** The example of a page. */
function exampleOf(markdown: string): Record<string, unknown> {
  const source = /```json\n([\s\S]*?)```/.exec(markdown)?.[1] ?? ''
  return JSON.parse(source) as Record<string, unknown>
}

describe('docs/problems', () => {
  test('has a page for every code, and a code for every page', () => {
    expect(pages.sort()).toEqual([...codes].sort())
  })

  test.each(codes)('%s: title, status and example are those the API answers', (code) => {
    const markdown = read(code)
    const { title, status } = problems[code]
    const [english, chinese] = (markdown.split('\n')[0] ?? '').split(' · ')
    expect(english).toBe(`# ${title}`)
    expect(chinese).toMatch(/\p{Script=Han}/u)
    expect(markdown).toContain(`\`${code}\` · HTTP ${status}`)
    expect(exampleOf(markdown)).toMatchObject({ title, status, detail: expect.any(String) })
    expect(exampleOf(markdown).type).toMatch(new RegExp(`/problems/${code}$`))
  })

  test.each(codes)('%s: says what it means and how to mend it, in English and in Chinese', (code) => {
    const sections = read(code).split(/\n## .*\n/)
    expect(sections).toHaveLength(3)
    for (const section of [sections[0], sections[2]]) {
      const paragraphs = (section ?? '').trim().split('\n\n')
      expect(paragraphs.at(-1)).toMatch(/\p{Script=Han}.*。$/u)
      expect(paragraphs.at(-2)).toMatch(/\.$/)
    }
  })
})

describe('the page of a problem type', () => {
  test('tells readers and screen readers which paragraph is Chinese', async () => {
    const page = String(await renderProblemPage('unknown-unit', read('unknown-unit')))
    expect(page).toContain('<p lang="zh-CN">单位不在单位表中')
    expect(page).toContain('<p>The unit is not in the list of units.')
  })

  test('shows an example with angle brackets as text', async () => {
    const page = String(await renderProblemPage('unauthorized', read('unauthorized')))
    expect(page).toContain('Bearer &lt;token&gt;')
    expect(page).not.toContain('<token>')
  })

  test('is listed with all others', async () => {
    const index = String(await renderProblemIndex(new Map([['no-lines', '没有活动数据']])))
    for (const code of codes) expect(index).toContain(`href="/problems/${code}"`)
    expect(index).toContain('没有活动数据')
  })
})
