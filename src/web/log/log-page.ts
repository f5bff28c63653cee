/** `/log`: the transparency log for people. It shows what the public objects say, and how to check them without this page. */

import { html } from 'hono/html'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import type { ToldEntry } from './entry-words.ts'

export interface LogView {
  /** Where the log is. */
  readonly url: string
  /** Null before the first checkpoint. */
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly text: string } | null
  /** Whether a key of the log has signed it; false is an alarm. */
  readonly isSigned: boolean
  /** The one that signs now first. */
  readonly verifierKeys: readonly string[]
  /** Newest first. */
  readonly entries: readonly ToldEntry[]
}

/** The page of the log. */
export function renderLog(language: Language, view: LogView, query: string): Markup {
  return renderPage({
    title: { zh: '透明日志', en: 'Transparency log' },
    language,
    name: 'log',
    styles: ['lookup.css'],
    query,
    body: html`<section class="ask">
<h1>${inBoth({ zh: '透明日志', en: 'Transparency log' })}</h1>
<p class="lead">${inBoth({
      zh: '每份文件的签发、暂停、撤销和注销，每版因子表、方案和密钥，都写进这份只增不改的日志。谁也不能悄悄改动，包括我们。',
      en: 'Every document issued, suspended, withdrawn or cancelled, every edition of factors and schemes, and every key is written into a log that only grows. Nobody can change it unseen, we included.',
    })}</p>
</section>
${view.checkpoint === null ? renderEmpty() : renderHead(view, view.checkpoint)}
${renderEntries(view.entries)}
${renderChecking(view)}`,
  })
}

function renderEmpty(): Markup {
  return html`<p class="notice">${inBoth({ zh: '日志还没有第一个检查点。', en: 'The log has no checkpoint yet.' })}</p>`
}

function renderHead(view: LogView, checkpoint: NonNullable<LogView['checkpoint']>): Markup {
  return html`${view.isSigned ? '' : renderAlarm()}
<section class="log-head" aria-label="检查点 Checkpoint">
<p class="size"><strong>${checkpoint.size}</strong> ${inBoth({ zh: '条记录', en: checkpoint.size === 1 ? 'entry' : 'entries' })}</p>
<div>
<h2>${inBoth({ zh: '检查点', en: 'Checkpoint' })}</h2>
<pre tabindex="0"><code>${checkpoint.text}</code></pre>
<p class="fine">${inBoth({
    zh: '来源、记录数、树根，以及日志密钥和见证人的签名（C2SP tlog-checkpoint）。',
    en: 'Origin, size, root, and the signatures of the log’s key and of witnesses (C2SP tlog-checkpoint).',
  })} <a href="/log/checkpoint">/log/checkpoint</a></p>
</div>
</section>`
}

function renderAlarm(): Markup {
  return html`<p class="notice" data-tone="stop" role="alert">${inBoth({
    zh: '这个检查点没有日志密钥的有效签名：请不要相信它，并告知我们。',
    en: 'No key of the log has signed this checkpoint: do not believe it, and tell us.',
  })}</p>`
}

function renderEntries(entries: readonly ToldEntry[]): Markup {
  if (entries.length === 0) return html``
  return html`<section aria-labelledby="newest">
<h2 id="newest">${inBoth({ zh: '最新记录', en: 'Newest entries' })}</h2>
<ol class="entries">${entries.map(renderEntry)}</ol>
</section>`
}

function renderEntry({ index, at, words, about, href }: ToldEntry): Markup {
  const told = href === null ? inBoth(words) : html`<a href="${href}">${inBoth(words)}</a>`
  return html`<li><span class="index">${index}</span><span class="told">${told} <span class="code">${about}</span></span><time datetime="${at}">${at.slice(0, 16).replace('T', ' ')}</time></li>`
}

const steps: readonly Bilingual[] = [
  {
    zh: '从第一条到树根核对整份日志，不依赖本页：',
    en: 'Check the whole log from its first leaf to its root, without this page:',
  },
  {
    zh: '日志密钥请从另一途径核对，例如文件上的收录证明，或上次保存的值：',
    en: 'Compare the log’s key with what you know from elsewhere, such as what you kept last time:',
  },
]

function renderChecking({ url, verifierKeys }: LogView): Markup {
  const [key = '', ...older] = verifierKeys
  const named = key === '' ? '' : ` --key '${key}'`
  return html`<section class="checking" aria-labelledby="check">
<h2 id="check">${inBoth({ zh: '自己核对', en: 'Check it yourself' })}</h2>
<p>${inBoth(steps[0] as Bilingual)}</p>
<pre tabindex="0"><code>npx egret log fsck ${url}${named}</code></pre>
<p>${inBoth(steps[1] as Bilingual)}</p>
<pre tabindex="0"><code>${[key, ...older].join('\n')}</code></pre>
<p class="fine">${inBoth({
    zh: '每份文件另有收录证明（tlog-proof），可离线核对；时间为 UTC。',
    en: 'Each document has a receipt (tlog-proof) that can be checked offline. Times are UTC.',
  })} <a href="/log/verifier-keys">/log/verifier-keys</a></p>
</section>`
}
