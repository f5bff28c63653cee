/** `egret witness`: watches over logs, and cosigns their checkpoints as long as each grows out of the one before. */

import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatVerifierKey, webCryptoEd25519 } from '../transparency/note.ts'
import { witnessKey } from '../witness/key.ts'
import { witnessServer } from '../witness/serve.ts'
import { holdState } from '../witness/state.ts'
import { witness } from '../witness/witness.ts'
import { logKey } from './named-keys.ts'
import { UsageRefused } from './usage.ts'

const options = {
  log: { type: 'string', multiple: true, default: [] as string[] },
  state: { type: 'string' },
  port: { type: 'string', default: '8790' },
  host: { type: 'string', default: '127.0.0.1' },
  name: { type: 'string' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** @returns 0, at SIGTERM or SIGINT. */
export async function runWitness(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  const { name, directory, port } = requireOptions(values)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const state = await holdState(directory)
  try {
    const key = await witnessKey(join(directory, 'key'), name)
    const server = witnessServer(
      witness({
        logs: values.log.map(logKey),
        key,
        state,
        verify: webCryptoEd25519(crypto.subtle),
        now: () => Math.floor(Date.now() / 1000),
      }),
      ({ message }) => process.stderr.write(`egret witness: ${message}\n`),
    )
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, values.host, resolve)
    })
    const { port: bound } = server.address() as AddressInfo
    process.stdout.write(`${formatVerifierKey(key.verifier)}\nhttp://${values.host}:${bound}\n`)
    await new Promise((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve))
    await new Promise((resolve) => server.close(resolve))
    return 0
  } finally {
    await state.release()
  }
}

function requireOptions({ log, state, port, name }: Options): {
  name: string
  directory: string
  port: number
} {
  if (log.length === 0) throw new UsageRefused('name a log: --log VERIFIER_KEY')
  if (state === undefined) throw new UsageRefused('say where what was seen is kept: --state DIRECTORY')
  if (name === undefined || !/^[^\s+]{1,255}$/u.test(name)) {
    throw new UsageRefused(
      'give the witness a name without spaces and plus signs, best its host: --name NAME',
    )
  }
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageRefused('--port is a port')
  return { name, directory: state, port: Number(port) }
}
