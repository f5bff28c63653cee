/** Signatures that hold whoever wrote them are refused, whatever the platform says of them. */

import { expect, test } from 'vitest'
import { decodeHex, encodeUtf8 } from '../../src/json/encoding.ts'
import { webCryptoEd25519 } from '../../src/transparency/note.ts'
import { isSmallOrder } from '../../src/transparency/small-order.ts'

const bytes = (hex: string) => decodeHex(hex) ?? new Uint8Array()
const verify = webCryptoEd25519(crypto.subtle)

test('a point of small order is known with and without its sign bit, and no other is', () => {
  const neutral = `01${'00'.repeat(31)}`
  expect(isSmallOrder(bytes(neutral))).toBe(true)
  expect(isSmallOrder(bytes(`01${'00'.repeat(30)}80`))).toBe(true)
  expect(isSmallOrder(bytes('ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c'))).toBe(false)
})

test('the neutral point as R under an honest key signs nothing', async () => {
  const key = bytes('ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c')
  const signature = bytes(
    `01${'00'.repeat(31)}d4c5323131ff9683cfb3d30197c786c9043f1052d6c2d5293f19d6f36b911104`,
  )
  expect(await verify(key, signature, encodeUtf8('message'))).toBe(false)
})
