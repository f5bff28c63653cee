/**
 * The document that every report is: it needs nothing else, its style stands in it, it has no script, and both languages are in the
 * markup with a switch that works without one. So it looks the same where it was fetched, saved, or printed on A4.
 */

import { html, raw } from 'hono/html'
import { sha256 } from '../../json/digest.ts'
import { encodeBase64, encodeUtf8 } from '../../json/encoding.ts'
import type { ReportStanding } from '../../report/types.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { egretMark } from '../mark.ts'
import { dayInChina } from '../quantity.ts'
import { pageHeader } from './style.ts'

/** A page with the style it may use: the policy names it by its digest. */
export interface ReportPage {
  readonly markup: Markup
  /** For `style-src`: `sha256-…`. */
  readonly styleHash: string
}

interface Document {
  readonly title: string
  readonly kind: Bilingual
  /** Beside the title on every printed page. */
  readonly running: string
  readonly style: string
  readonly body: Markup
}

export function renderDocument(
  language: Language,
  { title, kind, running, style, body }: Document,
): ReportPage {
  const whole = style + pageHeader(running, language)
  const first = language === 'zh'
  const markup = html`<!doctype html>
<html lang="${first ? 'zh-CN' : 'en'}" data-language="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${kind[language]}</title>
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>${raw(whole)}</style>
</head>
<body>
${renderBar(language)}
<main>
${body}
</main>
</body>
</html>`
  return { markup, styleHash: `sha256-${encodeBase64(sha256(encodeUtf8(whole)))}` }
}

/** The switch is two radio buttons: it needs no script, and no server that would ask for a token. */
function renderBar(language: Language): Markup {
  const choice = (value: Language, name: string, lang: string) =>
    html`<input type="radio" name="language" id="in-${value}" value="${value}"${value === language ? html` checked` : ''}><label for="in-${value}" lang="${lang}">${name}</label>`
  return html`<header class="bar-top"><span class="home">${egretMark(4)}<b lang="zh-CN">白鹭</b> <span lang="en">Egret</span></span>
<fieldset class="languages"><legend class="visually-hidden">语言 Language</legend>${choice('zh', '中文', 'zh-CN')}${choice('en', 'English', 'en')}</fieldset></header>`
}

/** How the figures stand, in a badge under the title. */
export function renderStanding(standing: ReportStanding): Markup {
  const state =
    standing.state === 'draft'
      ? { zh: '草稿：尚未提交，随时可能变化', en: 'Draft: not submitted, and may change any day' }
      : {
          zh: `第 ${standing.revision} 版，${dayInChina(standing.declaredAt)} 由 ${standing.declaredBy} 声明并冻结`,
          en: `Revision ${standing.revision}, declared by ${standing.declaredBy} and frozen on ${dayInChina(standing.declaredAt)}`,
        }
  return html`<p class="state" data-state="${standing.state}">${inBoth(state)}</p>`
}
