/** How the demo tells what it does: chapter by chapter, with the real requests and answers, to people or in brief. */

import { styleText } from 'node:util'
import { shownBody, shownHeaders } from './show.ts'

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

/** What the demo says on its way. */
export interface Story {
  chapter(title: string): void
  /** Who does what, before the requests that do it. */
  step(who: string, does: string): void
  exchange(exchange: Exchange): void
  /** What to notice in what was just seen. */
  remark(text: string): void
}

type Style = Parameters<typeof styleText>[0]

/** Everything, for people; in colour where the stream is a terminal. */
export function fullStory(stream: NodeJS.WriteStream): Story {
  const style = (styles: Style, text: string) => styleText(styles, text, { stream })
  const print = (text: string) => void stream.write(`${text}\n`)
  const asBefore = rememberer()
  return {
    chapter: (title) =>
      print(`\n${style(['bold', 'cyan'], `── ${title} ${'─'.repeat(Math.max(3, 72 - title.length))}`)}`),
    step: (who, does) => print(`\n${style('bold', who)} ${does}`),
    exchange: ({ method, path, headers, body, status, answer }) => {
      print(style('blue', `  → ${method} ${path}`) + style('dim', shownHeaders(headers)))
      if (body !== undefined) print(indented(asBefore('sent', shownBody(body)), '    '))
      print(style(status < 400 ? 'green' : 'yellow', `  ← ${status}`))
      if (answer !== undefined) print(style('dim', indented(asBefore('answered', shownBody(answer)), '    ')))
    },
    remark: (text) => print(style('magenta', indented(text, '  ! '))),
  }
}

/** A long text said twice running is not said again. */
function rememberer(): (kind: string, text: string) => string {
  const last = new Map<string, string>()
  return (kind, text) => {
    const repeats = text.includes('\n') && last.get(kind) === text
    last.set(kind, text)
    return repeats ? `(as just ${kind})` : text
  }
}

/** Chapters and steps only, for standard error while standard output is kept for the document. */
export function briefStory(stream: NodeJS.WriteStream): Story {
  const print = (text: string) => void stream.write(`${text}\n`)
  return {
    chapter: (title) => print(`== ${title}`),
    step: (who, does) => print(`   ${who} ${does}`),
    exchange: () => {},
    remark: () => {},
  }
}

function indented(text: string, margin: string): string {
  return text.replaceAll(/^/gm, margin)
}
