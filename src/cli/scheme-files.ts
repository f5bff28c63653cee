/** The scheme documents on disk: `schemes/<id>/<version>/scheme.json`. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of all scheme documents under `folder`, by id, then version. */
export function schemeFiles(folder: string): readonly string[] {
  const children = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name))
      .sort()
  return children(folder)
    .flatMap(children)
    .map((path) => join(path, 'scheme.json'))
}
