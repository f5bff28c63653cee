/** What a report's figures stand on: scheme, engine, warming potentials, tables and digests. */

import { html } from 'hono/html'
import type { PinnedEdition, ReportStanding } from '../../report/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { shortDigest } from '../quantity.ts'
import { renderChapter, renderTable } from './pieces.ts'

/** The part of a report's head that says it. */
interface Basis {
  readonly scheme: { readonly id: string; readonly version: string }
  readonly engine: { readonly version: string; readonly digest: string }
  readonly gwpSet: PinnedEdition
  readonly factorTables: readonly {
    readonly table: string
    readonly version: string
    readonly digest: string
  }[]
  readonly standing: ReportStanding
}

/** A row of facts. */
export function fact(name: Bilingual, value: Markup | string): Markup {
  return html`<div><dt>${inBoth(name)}</dt><dd>${value}</dd></div>`
}

/** @param before the facts that only this kind of report has. */
export function renderBasisChapter(
  { scheme, engine, gwpSet, factorTables, standing }: Basis,
  before: Markup,
): Markup {
  return renderChapter('basis', { zh: '依据', en: 'Basis' }, [
    html`<dl class="facts">
${before}
${fact({ zh: '方案', en: 'Scheme' }, `${scheme.id} ${scheme.version}`)}
${fact({ zh: '计算引擎', en: 'Engine' }, html`${engine.version} <span class="code">${shortDigest(engine.digest)}</span>`)}
${fact({ zh: '全球变暖潜势', en: 'Global warming potentials' }, html`${gwpSet.id} ${gwpSet.version} <span class="code">${shortDigest(gwpSet.digest)}</span>`)}
${standingFacts(standing).map(({ name, value }) => fact(name, html`<span class="code">${value}</span>`))}
</dl>`,
    renderTable({
      caption: { zh: '因子表', en: 'Factor tables' },
      isQuiet: false,
      columns: [
        { name: { zh: '因子表', en: 'Table' } },
        { name: { zh: '版本', en: 'Version' } },
        { name: { zh: '摘要', en: 'Digest' } },
      ],
      body: html`<tbody>${factorTables.map(({ table, version, digest }) => html`<tr><th scope="row" class="code">${table}</th><td>${version}</td><td class="code">${shortDigest(digest)}</td></tr>`)}</tbody>`,
    }),
  ])
}

function standingFacts(standing: ReportStanding): readonly { name: Bilingual; value: string }[] {
  if (standing.state === 'draft') return []
  return [
    { name: { zh: '版本摘要', en: 'Revision digest' }, value: standing.digest },
    { name: { zh: '计算记录摘要', en: 'Calculation record digest' }, value: standing.recordDigest },
    { name: { zh: '声明摘要', en: 'Declaration digest' }, value: standing.declarationDigest },
  ]
}
