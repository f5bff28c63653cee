#!/usr/bin/env node
/** The `egret` command: verify a credential anywhere; migrate and set up an installation. */

import { createOperatorClient } from './create-operator-client.ts'
import { keys, keysUsage } from './keys.ts'
import { log } from './log.ts'
import { migrate } from './migrate.ts'
import { printable } from './printable.ts'
import { rebuild } from './rebuild.ts'
import { setUpInstallation } from './set-up-installation.ts'
import { signer, signerUsage } from './signer.ts'
import { UsageRefused } from './usage.ts'
import { verify } from './verify.ts'
import { runWitness } from './witness.ts'

/** One command: how it is called, what it does, and the exit code it answers with. */
interface Command {
  readonly usage: string
  readonly does: string
  run(args: readonly string[]): Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  verify: {
    usage: 'verify FILE|URL|- [--json] [--host HOST]…',
    does: 'verify a credential, check by check; exit 0 only if it is authentic and in its term',
    run: verify,
  },
  log: {
    usage:
      'log fsck URL [--json] [--key KEY]… | log watch URL [--state FILE] [--once] [--interval SECONDS] [--issuer DID]… [--type TYPE]… [--json] [--key KEY]…',
    does: 'check a whole transparency log; follow one, with an alarm when it rolls back or forks (exit 2)',
    run: log,
  },
  witness: {
    usage: 'witness --name NAME --log KEY… --state DIRECTORY [--port PORT] [--host HOST]',
    does: 'cosign the checkpoints of logs, as long as each grows out of the one before',
    run: runWitness,
  },
  migrate: {
    usage: 'migrate',
    does: 'bring the database of the environment to this release',
    run: migrate,
  },
  'set-up': {
    usage: 'set-up',
    does: 'publish factor tables, schemes and engine, make keys and the first operator',
    run: setUpInstallation,
  },
  rebuild: {
    usage: 'rebuild',
    does: 'write everything public again from the database, the files of this release and the private bucket',
    run: rebuild,
  },
  'operator-client': {
    usage: 'operator-client',
    does: 'make another client for the operator, for a lost secret',
    run: createOperatorClient,
  },
  keys: {
    usage: keysUsage,
    does: 'keys of bodies and installation: rotate, import, tell a compromise, wrap anew',
    run: keys,
  },
  signer: {
    usage: signerUsage,
    does: 'sign for an installation with a key that the body keeps itself',
    run: signer,
  },
}

function usage(): string {
  const lines = Object.values(commands).map(({ usage: call, does }) => `  egret ${call}\n      ${does}`)
  return `egret: carbon-footprint certification\n\n${lines.join('\n')}\n`
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    const asked = name === '' || name === 'help' || name === '--help'
    process[asked ? 'stdout' : 'stderr'].write(asked ? usage() : `egret: no command "${name}"\n\n${usage()}`)
    return asked ? 0 : 2
  }
  try {
    return await command.run(args)
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    process.stderr.write(printable(`egret ${name}: ${message}\n`))
    return thrown instanceof UsageRefused ? 2 : 1
  }
}

process.exitCode = await main(process.argv.slice(2))
