/** Files that a power cut leaves whole: the old bytes or the new, never half, and the new ones for good once this returns. */

import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file readable by its owner alone. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const next = `${path}.new`
  const file = await open(next, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  await syncDirectory(dirname(path))
}

/** The rename itself is lasting only when the directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
