import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { messageTypeNames, messageTypes } from '../../src/certification/message-types.ts'

describe('types of messages', () => {
  test('stand in docs/notices.md, each of them and no other', () => {
    const page = readFileSync(new URL('../../docs/notices.md', import.meta.url), 'utf8')
    const table = page.slice(page.indexOf('## Who is told of what'), page.indexOf('## Webhooks'))
    const told = [...table.matchAll(/^\|(.+?)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, type]) => type),
    )
    expect(told.toSorted()).toEqual(messageTypeNames.toSorted())
  })

  test('have a title in both languages', () => {
    for (const { en, zh } of Object.values(messageTypes)) {
      expect(en).toMatch(/^[A-Z]/)
      expect(zh).toMatch(/\p{Script=Han}|Webhook/u)
    }
  })
})
