/** The scheme documents on disk: `schemes/<id>/<version>/scheme.json`. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of the scheme documents under `folder` that are no drafts (`drafts.json`), by id, then version. */
export function schemeFiles(folder: string): readonly string[] {
  const children = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name))
      .sort()
  const drafts = JSON.parse(readFileSync(join(folder, 'drafts.json'), 'utf8')) as readonly string[]
  const isDraft = (path: string) => drafts.some((name) => path === join(folder, name))
  return children(folder)
    .flatMap(children)
    .filter((path) => !isDraft(path))
    .map((path) => join(path, 'scheme.json'))
}
