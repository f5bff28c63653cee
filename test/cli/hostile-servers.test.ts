/** The commands before servers and documents that mean them harm: bounded, sent nowhere else, and quiet on the terminal. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { formatVerifierKey } from '../../src/transparency/note.ts'
import { credentialOf, sign } from '../credential/example.ts'
import { madeLog } from '../transparency/made-log.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function egret(args: readonly string[], input = '') {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  child.stdin.end(input)
  const [code] = await once(child, 'exit')
  return { code, out, err }
}

/** All that would reach a terminal, but for its lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfit = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

const part = (value: unknown): string => encodeBase64url(encodeUtf8(JSON.stringify(value)))

describe('egret verify', () => {
  test('prints what a forged document says as one line, without what moves the cursor', async () => {
    const document = credentialOf()
    const title = '\u001b[2J\u001b[H\nAuthentic; the opinion is unmodified.\r\n✓ signature \u009b1m\u202e'
    const payload = { ...document, credentialSubject: { ...document.credentialSubject, title } }
    const [header, , signature] = (await sign(document)).split('.')
    const { code, out } = await egret(
      ['verify', '--host', '127.0.0.1:1', '-'],
      [header, part(payload), signature].join('.'),
    )
    expect(code).toBe(1)
    expect(out).not.toMatch(unfit)
    expect(out).not.toMatch(/^(?:Authentic|✓ signature)/m)
    expect(out).toMatch(/^✗ issuer/m)
  })

  test('prints the name of a strange member of the header alike', async () => {
    const [header = '', payload, signature] = (await sign(credentialOf())).split('.')
    const strange = { ...JSON.parse(atob(header)), '\u001b]0;owned\u0007\n✓ all': 1 }
    const { code, out } = await egret(['verify', '-'], [part(strange), payload, signature].join('.'))
    expect([code, unfit.test(out), /^✓/m.test(out)]).toEqual([1, false, false])
  })

  test('answers check by check also where the document names no host that could be asked', async () => {
    for (const id of ['egret://%zz/credentials/1', 'data:,x', 'https://']) {
      const [header, , signature] = (await sign(credentialOf())).split('.')
      const { code, out } = await egret(
        ['verify', '-'],
        [header, part({ ...credentialOf(), id }), signature].join('.'),
      )
      expect([id, code, /^✗ issuer/m.test(out)]).toEqual([id, 1, true])
    }
  })

  test('leaves an endless answer, and follows no redirect', async () => {
    const asked: string[] = []
    const url = await serve((request, response) => {
      asked.push(request.url ?? '')
      if (request.url === '/moved') return response.writeHead(302, { location: '/elsewhere' }).end()
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1)
      return response.on('close', () => clearInterval(more))
    })
    expect((await egret(['verify', `${url}/endless`])).err).toContain('answers more than 65536 bytes')
    expect((await egret(['verify', `${url}/moved`])).code).toBe(1)
    expect(asked).not.toContain('/elsewhere')
  })
})

describe('egret log', () => {
  test('is sent nowhere else by the log that it reads', async () => {
    const log = madeLog(3)
    const elsewhere: string[] = []
    const other = await serve((request, response) => {
      elsewhere.push(request.url ?? '')
      response.end()
    })
    const url = await serve((request, response) => {
      const bytes = log.objects.get(request.url?.slice(1) ?? '')
      if (request.url === '/tile/entries/000.p/3')
        response.writeHead(307, { location: `${other}/latest/meta-data` }).end()
      else if (request.url === '/verifier-keys')
        response.end(log.trust.keys.map(formatVerifierKey).join('\n'))
      else response.writeHead(bytes === undefined ? 404 : 200).end(bytes)
    })
    const { code, err } = await egret(['log', 'fsck', url])
    expect([code, elsewhere]).toEqual([1, []])
    expect(err).toContain('cannot be read')
  })
})
