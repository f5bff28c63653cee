/** The `egret` command as anyone runs it: a process of its own, what it says, and its exit code. */

import { spawn } from 'node:child_process'
import { expect } from 'vitest'
import { root } from '../../scripts/build.ts'

type Variables = Readonly<Record<string, string>>

/** A command that runs. */
export interface RunningCommand {
  /** Everything it said so far, on both streams. */
  output(): string
  /** Waits until it says this. @throws Error with what it said where it ends before. */
  says(text: string | RegExp): Promise<void>
  /** @returns its exit code, or the signal that ended it. */
  ended(): Promise<number | string | null>
  /** Tells it to end, by SIGTERM unless another signal is named. */
  end(signal?: NodeJS.Signals): Promise<number | string | null>
}

/** What a process may take to end once it was told. */
const graceSeconds = 5

/** Starts a command in an environment that holds these variables and nothing else. */
export function startEgret(args: readonly string[], variables: Variables = {}): RunningCommand {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...variables },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data
    })
  }
  const closed = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  return {
    output: () => output,
    says: async (text) => {
      while (typeof text === 'string' ? !output.includes(text) : !text.test(output)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${output}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    ended: () => closed,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      const tooLong = setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000)
      const code = await closed
      clearTimeout(tooLong)
      return code
    },
  }
}

/** Runs a command to its end. */
export async function egret(args: readonly string[], variables: Variables = {}) {
  const running = startEgret(args, variables)
  const code = await running.ended()
  return { code, output: running.output() }
}

/** What a command says that has to succeed. */
export async function done(args: readonly string[], variables: Variables = {}): Promise<string> {
  const { code, output } = await egret(args, variables)
  expect(code, output).toBe(0)
  return output
}
