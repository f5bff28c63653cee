/** The management declaration: frozen, found again, and refused when changed. */

import { expect, test } from 'vitest'
import { buildDeclaration, declarationKey, openDeclaration } from '../../src/record/declaration.ts'

const facts = {
  footprint: { id: '3f0c5a54-7c1e-4b61-9a54-0d6d4a1f9b01', revision: 1 },
  statement: { en: 'We stand behind these data.', zh: '我们对数据的真实性负责。' },
  declaredBy: {
    personId: 'b3a1f1de-8c0f-4c34-8f5f-2f8b0a3b6c02',
    memberId: 'b3a1f1de-8c0f-4c34-8f5f-2f8b0a3b6c03',
    organizationId: 'b3a1f1de-8c0f-4c34-8f5f-2f8b0a3b6c04',
  },
  declaredAt: '2026-11-20T08:00:00Z',
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
}

test('a declaration opens under its digest, and not when a byte is changed', () => {
  const { bytes, digest, declaration } = buildDeclaration(facts)
  expect(openDeclaration(bytes, digest)).toEqual(declaration)
  expect(declarationKey(digest)).toBe(`declarations/${digest.slice(7)}.json`)
  bytes[10]! ^= 1
  expect(() => openDeclaration(bytes, digest)).toThrow('The management declaration does not match its digest')
})

test('a declaration without a time or a signer is not made', () => {
  expect(() => buildDeclaration({ ...facts, declaredAt: '2026-11-20' })).toThrow()
  expect(() => buildDeclaration({ ...facts, salt: 'short' })).toThrow()
})
