/**
 * Builds what browsers load into one folder: scripts and styles bundled to `/assets`, the typeface, the API reference's bundle,
 * and the problem pages. The Worker's assets binding and `node.ts` serve the folder as it is.
 */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { headersFile } from '../src/web/asset-headers.ts'
import { egretSvg } from '../src/web/mark.ts'
import { chineseTitle, renderProblemIndex, renderProblemPage } from '../src/web/problem-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files taken from packages as they are. */
const copies = {
  'assets/api-reference.js': '@scalar/api-reference/dist/browser/standalone.js',
  'assets/source-serif-4.woff2':
    '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
} as const

/** Builds everything into `folder`, e.g. `dist/assets`. */
export async function buildWeb(folder: string): Promise<void> {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  await bundleForBrowsers(join(folder, 'assets'))
  for (const [to, from] of Object.entries(copies))
    copyFileSync(join(root, 'node_modules', from), join(folder, to))
  await writeProblemPages(folder)
  writeFileSync(join(folder, 'favicon.svg'), egretSvg(5, 'color="#17616d"'))
  writeFileSync(join(folder, '_headers'), headersFile())
}

function entriesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name))
}

async function bundleForBrowsers(outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [...entriesIn('src/web/browser', '.ts'), ...entriesIn('src/web/assets', '.css')],
    outdir,
    entryNames: '[name]',
    bundle: true,
    external: ['/assets/*'],
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    sourcemap: false,
    legalComments: 'none',
  })
}

/** `/problems` and `/problems/<code>`, from `docs/problems/<code>.md`. */
async function writeProblemPages(folder: string): Promise<void> {
  const names = entriesIn('docs/problems', '.md').map((path) => path.slice(dirname(path).length + 1, -3))
  mkdirSync(join(folder, 'problems'), { recursive: true })
  const titles = new Map<string, string>()
  for (const code of names) {
    const markdown = readFileSync(join(root, 'docs/problems', `${code}.md`), 'utf8')
    titles.set(code, chineseTitle(markdown))
    writeFileSync(join(folder, 'problems', `${code}.html`), String(await renderProblemPage(code, markdown)))
  }
  writeFileSync(join(folder, 'problems.html'), String(await renderProblemIndex(titles)))
}

if (import.meta.main) await buildWeb(join(root, 'dist/assets'))
