/** What a compromise came to, and what is still to be done, in words for whoever has to do it. */

import type { CompromisedKey, KeySlot } from '../ports/signing.ts'

export function whatToDo({ owner, purpose }: KeySlot, compromised: CompromisedKey): string {
  const { key, successor, fromLeaf, disbelieved } = compromised
  const since = key.compromise?.since.toISOString()
  const things = disbelieved.map(
    ({ kind, number, id, leafIndex, at }) =>
      `  ${kind}  ${number}  ${id}  leaf ${leafIndex}  ${at.toISOString()}\n`,
  )
  return [
    `${key.kid} of ${owner.name} is compromised since ${since}; what it signed is believed below leaf ${fromLeaf} only.\n`,
    successor === null
      ? 'No key takes its place: until one is registered, nothing is signed.\n'
      : `${successor.kid} signs from now on.\n`,
    `What it signed from there on (${disbelieved.length}), and nobody believes any more:\n`,
    ...(things.length > 0 ? things : ['  nothing\n']),
    `To do:\n`,
    ...toDo[purpose].map((line, at) => `  ${at + 1}. ${line}\n`),
  ].join('')
}

const toDo: Readonly<Record<KeySlot['purpose'], readonly string[]>> = {
  credential: [
    'Ask the body which of these it did issue. Those it did are to be issued anew, from a new engagement; withdraw the others.',
    'Tell the holders. Their saved copies fail the check "key" from now on.',
    'A body with a signer or a DID document of its own: register the next key, and mark this one as revoked in its own document, with revokedFromLeaf.',
  ],
  installation: [
    'Record these facts anew; withdraw those that you did not state.',
    'Bodies with a signer of their own pin your DID document: send them the new one by a way you trust.',
  ],
  log: [
    'egret keys receipts: receipts that only this key signed fail until they are made anew.',
    'Tell monitors and witnesses the new verifier key (/log/verifier-keys) by a way they trust.',
  ],
  token: ['Nothing: every token it signed is refused within seconds, and clients ask for new ones.'],
}
