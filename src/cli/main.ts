#!/usr/bin/env node
/** The `egret` command: verify a credential anywhere; migrate and set up an installation. */

import { printable } from './printable.ts'
import { keysUsage, signerUsage, UsageRefused } from './usage.ts'

/** Does it, and answers the exit code. */
type Run = (args: readonly string[]) => Promise<number>

/** One command: how it is called, what it does, and what it takes, loaded when it is called: a verifier needs no database. */
interface Command {
  readonly usage: string
  readonly does: string
  load(): Promise<Run>
}

const commands: Readonly<Record<string, Command>> = {
  verify: {
    usage:
      'verify FILE|URL|- [--json] [--host HOST]… [--receipt FILE] [--save FILE] [--log-key KEY]… [--authority DID]… [--witness KEY]… [--quorum N] [--status-age SECONDS]',
    does: 'verify a credential, check by check; exit 0 only if it is authentic and in its term',
    load: async () => (await import('./verify.ts')).verify,
  },
  log: {
    usage:
      'log fsck URL [--json] [--key KEY]… [--witness KEY]… [--quorum N] | log watch URL [--state FILE] [--once] [--interval SECONDS] [--issuer DID]… [--type TYPE]… [--json] [--key KEY]…',
    does: 'check a whole transparency log; follow one, with an alarm when it rolls back or forks (exit 2)',
    load: async () => (await import('./log.ts')).log,
  },
  trail: {
    usage:
      'trail verify FILE… [--against KEPT] [--json] | trail verify --engagement ID --host URL [--against KEPT] [--json]',
    does: 'check pages of an audit trail, or an engagement’s whole, and name the first place that is broken (exit 1)',
    load: async () => (await import('./trail.ts')).trail,
  },
  witness: {
    usage: 'witness --name NAME --log KEY… --state DIRECTORY [--port PORT] [--host HOST]',
    does: 'cosign the checkpoints of logs, as long as each grows out of the one before',
    load: async () => (await import('./witness.ts')).runWitness,
  },
  migrate: {
    usage: 'migrate',
    does: 'bring the database of the environment to this release',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  'set-up': {
    usage: 'set-up',
    does: 'publish factor tables, schemes and engine, make keys and the first operator',
    load: async () => (await import('./set-up-installation.ts')).setUpInstallation,
  },
  rebuild: {
    usage: 'rebuild',
    does: 'write everything public again from the database, the files of this release and the private bucket',
    load: async () => (await import('./rebuild.ts')).rebuild,
  },
  'operator-client': {
    usage: 'operator-client',
    does: 'make another client for the operator, for a lost secret',
    load: async () => (await import('./create-operator-client.ts')).createOperatorClient,
  },
  keys: {
    usage: keysUsage,
    does: 'keys of bodies and installation: rotate, import, tell a compromise, wrap anew',
    load: async () => (await import('./keys.ts')).keys,
  },
  evidence: {
    usage: 'evidence expired [--erase]',
    does: 'list evidence that is past its retention, and erase its bytes',
    load: async () => (await import('./evidence.ts')).evidence,
  },
  signer: {
    usage: signerUsage,
    does: 'sign for an installation with a key that the body keeps itself',
    load: async () => (await import('./signer.ts')).signer,
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
    const run = await command.load()
    return await run(args)
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    process.stderr.write(printable(`egret ${name}: ${message}\n`))
    return isMisuse(thrown) ? 2 : 1
  }
}

/** Called wrongly: to be told from what a command found. */
function isMisuse(thrown: unknown): boolean {
  if (thrown instanceof UsageRefused) return true
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_')
}

process.exitCode = await main(process.argv.slice(2))
