/** Runs the verification page: takes a credential, verifies it here with the same code as everywhere, and shows what came of it. */

import '../verify/jitless.ts'
import { readDidDocument } from '../../credential/did-document.ts'
import { webCryptoPlatform } from '../../credential/platform.ts'
import { installationDidOf, logKeysOf, logKeysUrl } from '../../credential/trust.ts'
import { verifyCredential } from '../../credential/verify.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import type { VerifierKey } from '../../transparency/note.ts'
import { bilingual, element } from '../verify/element.ts'
import { reportOf } from '../verify/report.ts'
import { fromFile, fromId, fromText, NothingToVerify } from '../verify/sources.ts'
import { verdictOf } from '../verify/verdict-words.ts'

const secondsMax = 10
const platform = webCryptoPlatform(crypto.subtle)
const hostsMeta = document.querySelector<HTMLMetaElement>('meta[name=egret-did-hosts]')
const allowedHosts = (hostsMeta?.content ?? '').split(' ').filter((host) => host !== '')

function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`)
  return found
}

const outcome = byId('outcome', HTMLElement)
const form = byId('give', HTMLFormElement)
const input = byId('jwt', HTMLTextAreaElement)
const file = byId('file', HTMLInputElement)

/** The last one asked for wins, whatever order the answers come in. */
let asked = 0

async function check(read: () => Promise<string>): Promise<void> {
  asked += 1
  const turn = asked
  show('checking', element('p', { class: 'wait' }, bilingual({ zh: '正在核对…', en: 'Checking…' })))
  const [state, shown] = await outcomeOf(read)
  if (turn !== asked) return
  show(state, shown)
  document.getElementById('verdict')?.focus()
}

async function outcomeOf(read: () => Promise<string>): Promise<['done' | 'failed', HTMLElement]> {
  try {
    return ['done', await verified(await read())]
  } catch (thrown) {
    if (!(thrown instanceof NothingToVerify)) throw thrown
    return [
      'failed',
      element('p', { class: 'warning', id: 'verdict', tabindex: '-1' }, bilingual(thrown.text)),
    ]
  }
}

async function verified(jwt: string): Promise<HTMLElement> {
  if (jwt.length <= 65_536) input.value = jwt
  const text = async (url: string) => decodeUtf8(await fetchBytes(url))
  const verification = await verifyCredential(jwt, {
    now: new Date(),
    allowedHosts,
    // This page belongs to the installation: whoever opened it asks this installation's word.
    authorities: installationDidOf(location.host),
    logs: await ownLogKeys(text),
    ...platform,
    resolveDid: async (_did, url) => readDidDocument(await fetchBytes(url)),
    fetchText: text,
  })
  return reportOf(verification, verdictOf(verification, allowedHosts))
}

/** Without the log's keys nothing is shown to be in it. */
async function ownLogKeys(text: (url: string) => Promise<string>): Promise<readonly VerifierKey[]> {
  try {
    return logKeysOf(location.host, await text(logKeysUrl(location.host)))
  } catch {
    return []
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const answer = await fetch(url, {
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-cache',
    signal: AbortSignal.timeout(secondsMax * 1000),
  })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

function show(state: 'checking' | 'done' | 'failed', content: HTMLElement): void {
  outcome.dataset.state = state
  outcome.replaceChildren(content)
}

/** A credential in the address: `#<jwt>`, which no server sees, or `?credential=<id>`. */
function checkAddress(): void {
  const hash = decodeURIComponent(location.hash.slice(1))
  const id = new URLSearchParams(location.search).get('credential')
  if (hash !== '' && hash !== 'main') check(() => fromText(hash))
  else if (id !== null) check(() => fromId(id))
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  check(() => fromText(input.value))
})

file.addEventListener('change', () => {
  const [chosen] = file.files ?? []
  if (chosen !== undefined) check(() => fromFile(chosen))
})

form.addEventListener('dragover', (event) => {
  event.preventDefault()
  form.dataset.over = 'true'
})

form.addEventListener('dragleave', () => {
  delete form.dataset.over
})

form.addEventListener('drop', (event) => {
  event.preventDefault()
  delete form.dataset.over
  const [dropped] = event.dataTransfer?.files ?? []
  const text = event.dataTransfer?.getData('text/plain') ?? ''
  check(() => (dropped === undefined ? fromText(text) : fromFile(dropped)))
})

window.addEventListener('hashchange', checkAddress)
checkAddress()
