/** Asks the configured witnesses for their word on a checkpoint. One that is slow, down or in disagreement stops nothing. */

import type { LogTurn } from '../../ports/log.ts'
import { logKey } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import { readCheckpoint } from '../../transparency/checkpoint.ts'
import type { Grown } from '../../transparency/grow.ts'
import type { Hash } from '../../transparency/merkle.ts'
import { consistencyFromTiles } from '../../transparency/reader.ts'
import { within } from '../within.ts'

/** As long as publishing waits for the slowest witness. */
const waitSeconds = 3

/** A checkpoint with the words of those who answered in time. */
export interface Cosigned {
  readonly checkpoint: string
  /** Their names. */
  readonly witnesses: readonly string[]
}

type Asking = Pick<Ports, 'witnesses' | 'notices' | 'objects'>

/** What is to be cosigned. */
type Tree = Pick<Grown, 'size' | 'consistencyFrom'>

/** Asks all at once; cosignatures follow in the order in which the witnesses are configured. */
export async function askWitnesses(
  ports: Asking,
  { witnessed }: Pick<LogTurn, 'witnessed'>,
  grown: Tree,
  signed: string,
): Promise<Cosigned> {
  const answers = await Promise.all(
    ports.witnesses.witnesses.map(async ({ name }) => {
      const asked = askOne(ports, name, witnessed[name] ?? 0, grown, signed)
      return { name, lines: await within(waitSeconds, asked) }
    }),
  )
  let checkpoint = signed
  const words: string[] = []
  for (const { name, lines } of answers) {
    if (lines === null || readCheckpoint(checkpoint + lines) === undefined) {
      ports.notices.tell('warn', 'log-witness', { witness: name, size: grown.size, cosigned: false })
      continue
    }
    checkpoint += lines
    words.push(name)
  }
  return { checkpoint, witnesses: words }
}

/** The witness's signature lines; null for every other answer. It knows best what it has seen, so it is asked again from there. */
async function askOne(
  ports: Asking,
  name: string,
  remembered: number,
  grown: Tree,
  checkpoint: string,
): Promise<string | null> {
  const { witnesses, notices } = ports
  let old = remembered
  for (let asked = 0; asked < 2; asked += 1) {
    const proof = await proofFrom(ports, old, grown)
    if (proof === null) break
    const answer = await witnesses.ask(name, { old, proof, checkpoint })
    if ('cosignatures' in answer) return answer.cosignatures.join('')
    if ('refused' in answer) {
      notices.tell('warn', 'log-witness', { witness: name, refused: answer.refused })
      break
    }
    old = answer.size
  }
  return null
}

/** From what a witness has seen to what it is shown; null where it is ahead. */
async function proofFrom(ports: Asking, old: number, grown: Tree): Promise<readonly Hash[] | null> {
  if (old === 0 || old === grown.size) return []
  if (old > grown.size) return null
  return (
    grown.consistencyFrom(old) ??
    consistencyFromTiles((path) => ports.objects.get('public', logKey(path)), old, grown.size)
  )
}
