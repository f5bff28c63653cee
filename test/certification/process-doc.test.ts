import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { schemeRules } from '../../src/certification/check-against-scheme.ts'
import { guards } from '../../src/certification/guards.ts'
import { transitions } from '../../src/certification/transitions.ts'

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

test('docs/process.md has the very table that decides, row by row', () => {
  const rows = Object.entries(transitions).map(([move, rule]) => {
    const by = `${rule.side}: ${rule.by.join(', ')}`
    return `| \`${move}\` | ${rule.from.join(', ')} | ${rule.to} | ${by} | ${rule.when.join(', ')} |`
  })
  expect(
    page('process.md')
      .split('\n')
      .filter((line) => /^\| `\w+` \|.*(?:client|body): /.test(line)),
  ).toEqual(rows)
})

test('docs/process.md explains every guard, docs/schemes.md names every rule of a scheme', () => {
  for (const guard of Object.keys(guards)) expect(page('process.md')).toContain(`\`${guard}\``)
  for (const rule of schemeRules) expect(page('schemes.md')).toContain(`\`${rule}\``)
})
