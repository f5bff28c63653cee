/**
 * A quick way into the strict parser, for short texts that are written as `JSON.stringify` writes them, as all that we sign is. The
 * platform reads such a text and writes it again; the same text out means that no name stood twice, no number was rounded and no
 * space or escape was loose. Everything else is for `parseJson` to judge, so that both accept the same.
 */

import { parseJson } from './scan.ts'

/** Longer texts are not read twice, characters. */
const lengthMax = 131_072

/**
 * Reads a JSON document as `parseJson` does.
 *
 * @throws Problem as `parseJson`.
 */
export function parseCompactJson(text: string, limits: { readonly maxDepth: number }): unknown {
  const value = readAgain(text)
  return value === undefined || isDeeper(value, limits.maxDepth) ? parseJson(text, limits) : value
}

/** The value; undefined where the text is not what its value is written as. */
function readAgain(text: string): unknown {
  // Half of a surrogate pair is written as an escape, and would come out as it went in.
  if (text.length > lengthMax || text.includes('\\ud')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return inner.some((one) => isDeeper(one, levels - 1))
}
