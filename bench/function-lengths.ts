/** Lengths of functions in the pure rooms, in lines: what an auditor has to hold in the head at once. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@babel/parser'

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['json', 'transparency', 'engine', 'record', 'certification', 'credential']

interface Node {
  readonly type: string
  readonly loc?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
}

/** A function with its place, for the list of the longest. */
interface Measured {
  readonly place: string
  readonly lines: number
}

const functionTypes = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
])

function filesIn(room: string): string[] {
  return readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', room, name))
}

/** Functions of a file that have a body of statements; one-line arrows inside a call are part of their line. */
function functionsOf(path: string): Measured[] {
  const tree = parse(readFileSync(join(root, path), 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
  })
  const found: Measured[] = []
  visit(tree.program, (node) => {
    const body = (node as { body?: { type?: string } }).body
    if (!functionTypes.has(node.type) || body?.type !== 'BlockStatement' || !node.loc) return
    const { start, end } = node.loc
    found.push({ place: `${path}:${start.line}`, lines: end.line - start.line + 1 })
  })
  return found
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see)
  else if (typeof value === 'object' && value !== null && 'type' in value) {
    see(value as Node)
    for (const member of Object.values(value)) visit(member, see)
  }
}

/** Prints median, 90th percentile and the longest functions. */
export function reportFunctionLengths(): void {
  const measured = rooms.flatMap(filesIn).flatMap(functionsOf)
  const sorted = measured.toSorted((a, b) => a.lines - b.lines)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.lines
  console.log(
    `${sorted.length} functions in the pure rooms: median ${at(0.5)} lines, 90th percentile ${at(0.9)}`,
  )
  for (const { place, lines } of sorted.slice(-5).reverse()) console.log(`  ${lines}  ${place}`)
}

if (import.meta.main) reportFunctionLengths()
