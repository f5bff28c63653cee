/** What the figure rests on, by digest: whoever holds these documents recomputes it. */

import { html } from 'hono/html'
import type { CredentialSubject } from '../../credential/schema.ts'
import { type Markup, sideBySide } from '../language.ts'
import { shortDigest } from '../quantity.ts'
import { privateTableWords } from '../wording.ts'
import { renderFields, renderList, tablesPrinted } from './fields.ts'

type Tables = CredentialSubject['calculation']['factorTables']
type Examined = CredentialSubject['verification']['factorTables']

/** GWP set, factor tables, record, engine and scheme, each with the digest that names it for ever. */
export function renderBasis({ calculation, scheme, verification }: CredentialSubject): Markup {
  const { gwpSet, factorTables, record, engine } = calculation
  return html`<section class="basis" aria-labelledby="basis">
<h2 id="basis">${sideBySide({ zh: '计算依据', en: 'What it rests on' })} <small>SHA-256</small></h2>
${renderFields([
  {
    name: { zh: '排放因子表', en: 'Factor tables' },
    value: tableList(factorTables, verification.factorTables),
    wide: true,
  },
  {
    name: { zh: '全球变暖潜势', en: 'GWP set' },
    value: pinned(`${gwpSet.identifier} ${gwpSet.version}`, gwpSet.digest, 'gwp-sets'),
  },
  {
    name: { zh: '方案全文', en: 'Scheme text' },
    value: pinned(`${scheme.identifier} ${scheme.version}`, scheme.digest, 'schemes'),
  },
  { name: { zh: '计算记录', en: 'Calculation record' }, value: digest(record) },
  {
    name: { zh: '计算引擎', en: 'Engine' },
    value: html`<span class="code">${engine.version}</span> ${digest(engine.digest)}`,
  },
])}
</section>`
}

function tableList(tables: Tables, examined: Examined): Markup {
  if (tables.length === 0)
    return sideBySide({ zh: '未使用已发布的因子表', en: 'no published table was used' })
  return renderList(
    tables.map((table) =>
      'kind' in table
        ? privateTable(table.digest, examined)
        : pinned(`${table.table} ${table.version}`, table.digest, 'factor-tables'),
    ),
    tablesPrinted,
    'tables',
  )
}

/** A table of the client's own has no public name and no public bytes: what the body says of it stands in their place. */
function privateTable(named: string, examined: Examined): Markup {
  const opinion = examined?.find((one) => one.digest === named)?.opinion ?? 'unexamined'
  return html`${sideBySide(privateTableWords[opinion])} ${digest(named)}`
}

/** A published document: its name leads to the very bytes. */
function pinned(name: string, named: string, folder: string): Markup {
  const hex = named.replace(/^sha256:/, '')
  return html`<a class="code" href="/${folder}/${hex}.json">${name}</a> ${digest(named)}`
}

function digest(named: string): Markup {
  return html`<code title="${named}">${shortDigest(named)}…</code>`
}
