/** Headers of files served without passing through the app: one table, for the assets binding and for `node.ts`. */

import { contentSecurityPolicy } from './policy.ts'

const careful = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const page = { ...careful, 'content-security-policy': contentSecurityPolicy(), 'x-frame-options': 'DENY' }

const rules: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[] = [
  { path: '/problems', headers: page },
  { path: '/problems/*', headers: page },
  { path: '/assets/*', headers: careful },
  { path: '/favicon.svg', headers: careful },
]

/** The headers of the asset at a path, by the first rule that fits. */
export function assetHeaders(path: string): Readonly<Record<string, string>> {
  return rules.find((rule) => fits(rule.path, path))?.headers ?? careful
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}

/** The same rules as the `_headers` file that Workers' static assets read. */
export function headersFile(): string {
  return rules.map(({ path, headers }) => `${path}\n${linesOf(headers)}\n`).join('\n')
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}`)
    .join('\n')
}
