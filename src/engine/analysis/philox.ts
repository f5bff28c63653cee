/**
 * Random numbers that are the same bits on every machine and in every order of asking: Philox4x32-10, a counter-based generator
 * (Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC '11). A number is a function of the seed, of
 * what is drawn and of the number of the draw; nothing is remembered in between.
 */

import { sha256 } from '../../json/digest.ts'
import { encodeUtf8 } from '../../json/encoding.ts'

/** Multipliers and key increments of the paper. */
const multipliers = [0xd2511f53, 0xcd9e8d57] as const
const increments = [0x9e3779b9, 0xbb67ae85] as const
const rounds = 10

const word = 2 ** 32
const half = 2 ** 16

/** Seeds are whole numbers below this, so that JSON carries them whole. */
export const seedMax = Number.MAX_SAFE_INTEGER

/**
 * One block of the generator.
 * @param block four words of the counter, replaced by four words of output.
 */
export function philox(block: Uint32Array, key0: number, key1: number): void {
  let a = block[0] as number
  let b = block[1] as number
  let c = block[2] as number
  let d = block[3] as number
  let k0 = key0
  let k1 = key1
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(multipliers[0], a)
    const low0 = Math.imul(multipliers[0], a)
    const high1 = highWord(multipliers[1], c)
    const low1 = Math.imul(multipliers[1], c)
    a = (high1 ^ b ^ k0) >>> 0
    b = low1 >>> 0
    c = (high0 ^ d ^ k1) >>> 0
    d = low0 >>> 0
    k0 = (k0 + increments[0]) >>> 0
    k1 = (k1 + increments[1]) >>> 0
  }
  block[0] = a
  block[1] = b
  block[2] = c
  block[3] = d
}

/** The upper 32 bits of a product of two words; every step is exact below 2^53. */
function highWord(multiplier: number, value: number): number {
  const upper = multiplier >>> 16
  const lower = multiplier & (half - 1)
  const carried = Math.floor((lower * value) / half)
  return Math.floor((upper * value + carried) / half)
}

/** Numbers of one quantity over all draws, evenly between 0 and 1. */
export class Stream {
  readonly #key0: number
  readonly #key1: number
  readonly #name0: number
  readonly #name1: number
  readonly #block = new Uint32Array(4)
  #held = -1

  /**
   * @param seed 0 up to {@link seedMax}: its lower and its upper word are the key.
   * @param name what is drawn: the first two words of the SHA-256 of its UTF-8 stand in the counter.
   */
  constructor(seed: number, name: string) {
    this.#key0 = seed % word
    this.#key1 = Math.floor(seed / word)
    const digest = sha256(encodeUtf8(name))
    const view = new DataView(digest.buffer, digest.byteOffset)
    this.#name0 = view.getUint32(0)
    this.#name1 = view.getUint32(4)
  }

  /** Of draw 0, 1, 2, …: (w + ½) ÷ 2³², w being word `draw mod 4` of block `draw div 4`; never 0 and never 1. */
  at(draw: number): number {
    const block = draw >>> 2
    if (block !== this.#held) {
      this.#block[0] = block
      this.#block[1] = 0
      this.#block[2] = this.#name0
      this.#block[3] = this.#name1
      philox(this.#block, this.#key0, this.#key1)
      this.#held = block
    }
    return ((this.#block[draw & 3] as number) + 0.5) / word
  }
}
