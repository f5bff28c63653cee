/**
 * The style of a report. It stands in the document itself, so that a saved one looks right with nobody to ask; hence a text here and
 * no file under `/assets/`. Colours and faces are those of the site.
 */

import type { Language } from '../language.ts'

export const reportStyle = `
:root {
  --ink: #16323b; --ink-soft: #47616a; --water: #17616d; --water-deep: #0f4a54; --water-pale: #dceaea;
  --mist: #f4f8f7; --feather: #fff; --line: #c8d6d6; --line-soft: #e2eaea;
  --leaf: #1b6a48; --reed: #7a5a10; --reed-pale: #fbf4df; --flame: #a1271b;
  --scope-1: #0f4a54; --scope-2: #4a949b; --scope-3: #b4d3d2;
  --serif: "Source Serif 4", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "STSong", "SimSun", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 0.9375rem / 1.55 var(--sans); color: var(--ink); background: var(--mist); text-size-adjust: 100%; }
body { margin: 0; }
html:has(#in-zh:checked) [data-in="en"], html:has(#in-en:checked) [data-in="zh"] { display: none; }
@supports not selector(:has(*)) {
  html[data-language="zh"] [data-in="en"], html[data-language="en"] [data-in="zh"] { display: none; }
}
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* Top */
.bar-top { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; justify-content: space-between; max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
.home { display: inline-flex; gap: 0.5rem; align-items: center; font-family: var(--serif); font-size: 1.15rem; }
.home .mark { height: 2.2rem; width: auto; }
.home b { font-weight: 600; }
.languages { display: flex; margin: 0; padding: 0; border: 1px solid var(--water); border-radius: 999px; overflow: hidden; }
.languages input { position: absolute; opacity: 0; }
.languages label { padding: 0.3rem 1rem; color: var(--water); cursor: pointer; }
.languages input:checked + label { background: var(--water); color: #fff; }
.languages input:focus-visible + label { outline: 3px solid var(--reed); outline-offset: -3px; }

main { max-width: 60rem; margin: 0 auto 3rem; padding: clamp(1.25rem, 5vw, 3.5rem); background: var(--feather); border: 1px solid var(--line); border-top: 6px solid var(--water); box-shadow: 0 12px 40px -24px rgb(15 74 84 / 45%); }
h1, h2, h3, figcaption { font-family: var(--serif); font-weight: 600; line-height: 1.3; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.5rem); overflow-wrap: anywhere; }
h2 { font-size: 1.45rem; margin-bottom: 1rem; padding-bottom: 0.4rem; border-bottom: 2px solid var(--water); }
h3, figcaption { font-size: 1.08rem; margin: 1.8rem 0 0.6rem; }
p { margin: 0 0 0.8em; }
.chapter { margin-top: 3.2rem; }
.kicker { color: var(--water); font-weight: 600; letter-spacing: 0.04em; margin-bottom: 0.4rem; }
.who { margin: 0.6rem 0 0; font-family: var(--serif); font-size: 1.15rem; }
.when { margin: 0; color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.state { display: inline-block; margin: 1rem 0 0; padding: 0.25rem 0.9rem; border: 1px solid var(--leaf); border-radius: 999px; color: var(--leaf); font-size: 0.87rem; }
.state[data-state="draft"] { border-color: var(--reed); background: var(--reed-pale); color: var(--reed); }

/* Headline figures */
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 1px; margin: 0 0 1rem; background: var(--line); border: 1px solid var(--line); }
.tiles > div { padding: 0.8rem 1rem; background: var(--feather); }
.tiles > .large { grid-column: span 2; background: var(--mist); }
.tiles dt { color: var(--ink-soft); font-size: 0.82rem; }
.tiles dd { margin: 0.1rem 0 0; white-space: nowrap; font-variant-numeric: lining-nums tabular-nums; }
.tiles strong { font-family: var(--serif); font-size: 1.35rem; font-weight: 600; }
.tiles .large strong { font-size: clamp(1.6rem, 1rem + 3vw, 2.3rem); color: var(--water-deep); }
.intensities { display: flex; flex-wrap: wrap; gap: 0.6rem 2.5rem; margin: 0 0 1rem; }
.intensities dt { color: var(--ink-soft); font-size: 0.82rem; }
.intensities dd { margin: 0; font-variant-numeric: lining-nums tabular-nums; }
.intensities strong { font-family: var(--serif); font-size: 1.2rem; font-weight: 600; }
.unit { color: var(--ink-soft); font-size: 0.82em; white-space: nowrap; }
.none { color: var(--ink-soft); font-style: normal; }
.note, .lead-note { color: var(--ink-soft); font-size: 0.84rem; }
.lead-note { padding-inline-start: 0.9rem; border-inline-start: 4px solid var(--water-pale); }

/* Tables */
.scroll { overflow-x: auto; margin-bottom: 0.8rem; }
.scroll:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: 0.87rem; line-height: 1.4; }
caption { text-align: start; font-weight: 600; padding-bottom: 0.3rem; }
th, td { padding: 0.36rem 0.6rem; border-bottom: 1px solid var(--line-soft); text-align: start; vertical-align: baseline; }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { color: var(--ink-soft); font-size: 0.8rem; font-weight: 600; border-bottom: 1px solid var(--ink-soft); vertical-align: bottom; }
tbody th, tfoot th { font-weight: 400; overflow-wrap: break-word; }
.day { white-space: nowrap; font-variant-numeric: lining-nums tabular-nums; }
.number { text-align: end; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
td.number.none { font-size: 0.92em; }
.beside td.number.none { white-space: normal; }
.share, .soft { color: var(--ink-soft); }
.code { font-family: var(--mono); font-size: 0.85em; overflow-wrap: anywhere; }
.under { display: block; color: var(--ink-soft); font-size: 0.86em; overflow-wrap: anywhere; }
.said { display: block; }
tr.group th, tr.group td { padding-top: 0.9rem; border-bottom: 1px solid var(--line); font-family: var(--serif); font-size: 1.04em; font-weight: 600; }
tr.group + tr.group th, tr.group + tr.group td { padding-top: 0.36rem; }
tr.group td.none { font: inherit; font-size: 0.87rem; }
tr.absent th, tr.absent td { color: var(--ink-soft); }
tr.apart th, tr.apart td { font-style: italic; color: var(--ink-soft); }
tr.apart:lang(zh) th { font-style: normal; }
tfoot th, tfoot td { border-top: 1px solid var(--ink-soft); border-bottom: 0; }
tfoot tr + tr th, tfoot tr + tr td { border-top: 1px solid var(--line-soft); }
tr.sum th, tr.sum td, tfoot tr:first-child th { font-weight: 600; }
.structure tr:not(.group) th[scope="row"] { padding-inline-start: 1.1rem; }
.slim.structure th[scope="row"] { padding-inline-start: 0; }
.no { display: inline-block; min-width: 1.5em; font-weight: 600; font-variant-numeric: tabular-nums; color: var(--water); }
.slim { max-width: 34rem; }
.bars th[scope="row"] { width: 34%; }
.bar-cell { min-width: 6rem; width: 38%; vertical-align: top; padding-block-start: 0.6rem; }
svg.bar { display: block; width: 100%; height: 0.8rem; }
.bars thead th:nth-child(2) { color: transparent; }
.trail tbody { border-bottom: 1px solid var(--line); }
.trail tbody th, .trail tbody td { border-bottom: 0; }
.trail thead th:first-child { width: 34%; }
tr.way td { padding: 0 0 0.5rem; font-size: 0.9em; color: var(--ink-soft); }
.step { display: inline-block; max-width: 100%; margin-inline-end: 0.9em; overflow-wrap: anywhere; }
.step.flag { color: var(--reed); }
.facts { margin: 0 0 1rem; }
.facts > div { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: 0 1.2rem; padding: 0.4rem 0; border-top: 1px solid var(--line-soft); }
.facts dt { color: var(--ink-soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.item { display: block; }

/* Charts */
.chart-figure { margin: 1.6rem 0; }
.chart-figure figcaption, .chart-figure h3 { margin-top: 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1.65fr) minmax(0, 1fr); gap: 0 2rem; align-items: start; }
.beside th { white-space: nowrap; overflow-wrap: normal; }
.drawing { min-width: 0; }
.chart { display: block; width: 100%; height: auto; overflow: visible; }
.chart.narrow { display: none; }
.chart text { font-family: var(--sans); font-size: 13px; fill: var(--ink); font-variant-numeric: lining-nums tabular-nums; }
.chart .label { font-weight: 600; }
.chart .value { font-family: var(--serif); font-size: 16px; font-weight: 600; }
.chart .small { font-size: 12.5px; }
.chart .tick { font-size: 12px; fill: var(--ink-soft); }
.chart .grid { stroke: var(--line-soft); fill: none; }
.chart .zero { stroke: var(--ink-soft); fill: none; }
.scope-1 { fill: var(--scope-1); background: var(--scope-1); }
.scope-2 { fill: var(--scope-2); background: var(--scope-2); }
.scope-3 { fill: var(--scope-3); background: var(--scope-3); }
.chart .on-scope-1 { fill: #fff; }
.chart .on-scope-2 { fill: #06262c; }
.chart .on-scope-3 { fill: var(--ink); }
.swatch { display: inline-block; width: 0.75em; height: 0.75em; margin-inline-end: 0.5em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.month, .fill { fill: var(--scope-2); }
.rest { fill: var(--scope-3); }
.gap { fill: var(--reed-pale); stroke: var(--reed); stroke-dasharray: 3 3; }
.chart .gap-sign { fill: var(--reed); font-size: 15px; font-weight: 600; }
.whole { fill: var(--scope-1); }
.more { fill: #c0563f; }
.less { fill: #5c9c77; }
.link { stroke: var(--ink-soft); stroke-dasharray: 2 2; fill: none; }
.whisker { stroke: var(--ink); stroke-width: 2; fill: none; }
.dot { fill: var(--water); }
.track { stroke: var(--scope-3); stroke-width: 4; fill: none; }

@media (width <= 48rem) {
  .pair { grid-template-columns: minmax(0, 1fr); gap: 0.8rem; }
}
@media (width <= 34rem) {
  main { padding: 1.25rem 1rem 2rem; margin-bottom: 0; border-inline: 0; }
  .chart.wide { display: none; }
  .chart.narrow { display: block; }
  .tiles > .large { grid-column: auto; }
  .facts > div { grid-template-columns: minmax(0, 1fr); }
  .bars .bar-cell { display: none; }
  .bars thead th:nth-child(2) { display: none; }
  th, td { padding-inline: 0.4rem; }
  thead th.number { white-space: normal; word-break: keep-all; }
  .fuels { min-width: 36rem; }
  .fuels th[scope="row"] { min-width: 9rem; }
  tbody th.code, td.code { min-width: 6.5rem; }
  .trail thead th:not(:nth-child(1), :nth-child(4)) { display: none; }
  .trail tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; }
  .trail tr > * { grid-column: 1; width: auto; padding: 0.15rem 0; text-align: start; }
  .trail tr > :nth-child(4) { grid-area: 1 / 2; text-align: end; }
  .trail tr > :nth-child(5) { grid-area: 2 / 2; text-align: end; }
  td.number.none { white-space: normal; }
  tbody th[scope="row"] { min-width: 5.5rem; }
}

/* Paper */
@page { size: A4; margin: 18mm 15mm 16mm; }
@media print {
  html { font-size: 9.4pt; background: none; }
  main { max-width: none; margin: 0; padding: 0; border: 0; box-shadow: none; }
  .bar-top { display: none; }
  .chapter { margin-top: 2rem; }
  .chapter:has(> .scroll > .structure:not(.slim)), .chapter[aria-labelledby="trail"], .chapter[aria-labelledby="gb-t-32150"] { break-before: page; margin-top: 0; }
  h2, h3, figcaption, h2 + .note, h3 + .note, h2 + .lead-note, .legend { break-after: avoid; }
  figure > .note, .scroll + .note { break-before: avoid; }
  figure, tr, .tiles, .facts > div { break-inside: avoid; }
  .trail tbody { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  th, td { padding-block: 0.24rem; }
  .scroll { overflow: visible; break-inside: avoid; }
  .scroll:has(> .trail, > .structure:not(.slim)) { break-inside: auto; }
  .pair { grid-template-columns: minmax(0, 1.65fr) minmax(0, 1fr); gap: 0 1.5rem; }
  .chart.wide { display: block; }
  .chart.narrow { display: none; }
  .bar, .chart, .tiles, .languages { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`

/** What stands on every printed page: the report's name and the page's number. */
export function pageHeader(title: string, language: Language): string {
  const text = 'font: 8pt system-ui, "Noto Sans CJK SC", sans-serif; color: #47616a;'
  const counted =
    language === 'zh'
      ? `"第 " counter(page) " 页 / 共 " counter(pages) " 页"`
      : `"Page " counter(page) " of " counter(pages)`
  return `@page {
  @top-left { content: "${cssString(title.slice(0, 110))}"; ${text} }
  @bottom-left { content: "\\767D\\9E6D  Egret"; ${text} }
  @bottom-right { content: ${counted}; ${text} }
}
`
}

/** A stranger's text inside a CSS string inside a style element: only letters and digits stand as they are. */
function cssString(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)
}
