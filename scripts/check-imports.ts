/**
 * Checks that imports point down only: a pure room that could reach the network, the clock or a framework would
 * no longer be one, and nobody would notice from reading it. Prints each import that breaks the rule with what its room may
 * import, and exits 1.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@babel/parser'

interface Rule {
  /** Rooms (folders of `src/`, or files directly in it without their ending) this one may import, besides itself. */
  readonly rooms: readonly string[]
  /** Packages it may import; `'any'` where the room faces the outside. */
  readonly packages: readonly string[] | 'any'
  /** Whether it may import `node:*`. */
  readonly node: boolean
  /** Said after a refusal: how to mend it. */
  readonly remedy: string
}

const purePackages = [
  '@cfworker/json-schema',
  '@noble/hashes',
  'canonicalize',
  'csv-parse',
  'fflate',
  'fraction.js',
  'zod',
]

/** Lowest first: each may import those before it. */
const pureRooms = [
  'json',
  'transparency',
  'engine',
  'years',
  'tables',
  'record',
  'certification',
  'report',
  'credential',
]
const adapters = ['db', 'storage', 'signing', 'factors', 'outbound']
const ports = ['ports', 'problem', ...pureRooms]

const pureRemedy = 'a pure room has no I/O, clock, randomness or framework; pass what it needs as an argument'

function pureRule(index: number): Rule {
  return {
    rooms: ['problem', ...pureRooms.slice(0, index)],
    packages: purePackages,
    node: false,
    remedy: pureRemedy,
  }
}

function adapterRule(room: string): Rule {
  return {
    rooms: room === 'factors' ? ports : [...ports, 'factors'],
    packages: 'any',
    node: room === 'factors',
    remedy: 'an adapter implements a port; an entry hands it what it needs from another adapter',
  }
}

const rules: Readonly<Record<string, Rule>> = {
  problem: { rooms: [], packages: [], node: false, remedy: 'problem.ts stands below everything' },
  ports: { rooms: ports, packages: [], node: false, remedy: 'a port is a type over the pure rooms' },
  ...Object.fromEntries(pureRooms.map((room, index) => [room, pureRule(index)])),
  ...Object.fromEntries(adapters.map((room) => [room, adapterRule(room)])),
  actions: {
    rooms: ports,
    packages: purePackages,
    node: false,
    remedy: 'an action speaks to the world through ports; put the missing verb into src/ports',
  },
  witness: {
    rooms: ['json', 'transparency'],
    packages: [],
    node: true,
    remedy:
      'the witness is a program of its own: it shares nothing with the installations it watches but the formats',
  },
  http: {
    rooms: [...ports, 'actions', 'web'],
    packages: 'any',
    node: false,
    remedy: 'http translates and calls actions; adapters are wired by the entries only',
  },
  web: {
    rooms: [...ports, 'actions'],
    packages: 'any',
    node: false,
    remedy: 'web runs in a browser or renders pages; it calls actions and the pure rooms',
  },
}

/** Entries, the composition they share, and commands meet adapters; nothing below imports them. */
const wiring = ['worker', 'node', 'engine-file', 'environment', 'records', 'schedule', 'wire', 'cli']

/** The room a path under `src/` belongs to: its first folder, or its own name for a file directly in `src/`. */
function roomOf(path: string): string {
  const first = path.split('/')[1] ?? ''
  return first.replace(/(\.d)?\.tsx?$/, '')
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

interface Imported {
  readonly specifier: string
  readonly line: number
}

interface SyntaxNode {
  readonly type: string
  readonly loc?: { readonly start: { readonly line: number } }
  readonly source?: SyntaxNode | null
  readonly argument?: SyntaxNode
  readonly value?: unknown
}

/** Every module the source names: imports, re-exports, `import()` expressions, and import types. */
function importsOf(source: string, path: string): Imported[] {
  const found: Imported[] = []
  const tree = parse(source, {
    sourceType: 'module',
    plugins: path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
    createImportExpressions: true,
  })
  visit(tree.program as unknown as SyntaxNode, (node) => {
    const named = node.type === 'TSImportType' ? node.argument : node.source
    if (named && typeof named.value === 'string') {
      found.push({ specifier: named.value, line: node.loc?.start.line ?? 0 })
    }
  })
  return found
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node)
  for (const child of Object.values(node)) {
    for (const item of Array.isArray(child) ? child : [child]) {
      if (typeof item === 'object' && item !== null && typeof item.type === 'string') visit(item, see)
    }
  }
}

/** Why one import breaks the rule of its room, or null where it does not. */
function breach(path: string, specifier: string): string | null {
  const room = roomOf(path)
  if (specifier === builtEngine) return breachOfEngine(room)
  if (specifier.startsWith('.')) return breachInside(room, posix.join(posix.dirname(path), specifier))
  const rule = rules[room]
  if (wiring.includes(room) || rule === undefined) return null
  if (isBuiltin(specifier)) return rule.node ? null : `${room} may not import ${specifier}: ${rule.remedy}`
  const name = packageOf(specifier)
  if (rule.packages === 'any' || rule.packages.includes(name)) return null
  return `${room} may not import the package ${name}: ${rule.remedy}`
}

/** The engine built into one module (`scripts/engine.ts`). */
const builtEngine = '#engine'

function breachOfEngine(room: string): string | null {
  if (room === 'actions' || wiring.includes(room)) return null
  return `${room} may not import ${builtEngine}: only actions and entries calculate for a record; others import the sources`
}

function breachInside(room: string, target: string): string | null {
  if (!target.startsWith('src/')) {
    return target === 'package.json' && wiring.includes(room)
      ? null
      : `src imports nothing outside src, and ${target} is`
  }
  const into = roomOf(target)
  if (into === room || wiring.includes(room)) return null
  const rule = rules[room]
  if (rule === undefined) return `${room} has no rule yet: give it one in scripts/check-imports.ts`
  if (rule.rooms.includes(into)) return null
  return `${room} may not import ${into} (it may import ${rule.rooms.join(', ') || 'nothing'}): ${rule.remedy}`
}

/**
 * Checks one source file.
 *
 * @param path relative to the repository, with forward slashes, e.g. `src/engine/gases.ts`.
 * @returns one sentence per import that breaks the rule.
 */
export function checkImports(path: string, source: string): string[] {
  return importsOf(source, path).flatMap(({ specifier, line }) => {
    const reason = breach(path, specifier)
    return reason === null ? [] : [`${path}:${line} ${reason}`]
  })
}

function main(): void {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, 'src', name))
  const breaches = files.flatMap((file) =>
    checkImports(relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')),
  )
  for (const line of breaches) console.error(line)
  if (breaches.length > 0) process.exit(1)
  console.log(`imports point down in all ${files.length} files`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
