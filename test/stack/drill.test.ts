/** The backup and restore drill as an operator runs it: a child process, on the database that `EGRET_DB` asks for. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/drill.ts', import.meta.url))
/** A minute where nothing else runs. */
const milliseconds = 180_000

test('npm run drill gets back all that was public', { timeout: milliseconds }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  expect(stdout).toContain('an older backup is refused beside the newer log: log-inconsistent')
  expect(stdout).toMatch(/rebuilt: \{"tiles":2,"credentials":3,"accreditations":2,"statusLists":2\}/)
  expect(stdout).toMatch(/all \d+ public objects are as before; [1-9]\d* tiles had grown/)
  expect(stdout).toContain('the log is sound')
  expect(stdout).toContain('the documents are verified: valid, suspended, revoked, as before')
})
