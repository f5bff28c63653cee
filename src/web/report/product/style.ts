/** What a product's report adds to the style of reports: the colours of stages and kinds, trees and flows. */

export const productStyle = `
:root {
  --stage-1: #0f4a54; --stage-2: #2f8a93; --stage-3: #8fbcb9; --stage-4: #c08f2f; --stage-5: #7b5a4c; --stage-none: #a9b7b8;
}
.stage-1 { fill: var(--stage-1); background: var(--stage-1); }
.stage-2 { fill: var(--stage-2); background: var(--stage-2); }
.stage-3 { fill: var(--stage-3); background: var(--stage-3); }
.stage-4 { fill: var(--stage-4); background: var(--stage-4); }
.stage-5 { fill: var(--stage-5); background: var(--stage-5); }
.stage-none { fill: var(--stage-none); background: var(--stage-none); }
.kind-fossil { fill: var(--stage-1); background: var(--stage-1); }
.kind-biogenic { fill: #6fa883; background: #6fa883; }
.kind-biogenic-uptake { fill: #2f7d52; background: #2f7d52; }
.kind-land-use-change { fill: #b98a2d; background: #b98a2d; }
.kind-aircraft { fill: #6d83a8; background: #6d83a8; }
.kind-removal { fill: #174f34; background: #174f34; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; margin: 0 0 0.6rem; color: var(--ink-soft); font-size: 0.84rem; }
.whole-width > .beside { margin-top: 0.8rem; }
.whole-width > .beside th { white-space: normal; overflow-wrap: anywhere; }
.whole-width > .beside thead th { white-space: nowrap; overflow-wrap: normal; }
/* Any number of tiles: what is left of the last row is paper, not line. */
.vector-tiles { background: none; border: 0; }
.vector-tiles > div { box-shadow: 0 0 0 1px var(--line); }
.tiles > .whole-row { grid-column: 1 / -1; }
.tiles .interval { margin-inline-start: 0.6rem; color: var(--ink-soft); font-size: 0.9rem; white-space: normal; }
.notice { margin: 0 0 1rem; padding: 0.7rem 1rem; border-inline-start: 4px solid var(--reed); background: var(--reed-pale); font-size: 0.92rem; }
.notice p { margin: 0; font-weight: 600; color: #5d440b; }
.notice ul { margin: 0.3rem 0 0; padding-inline-start: 1.2rem; }
.chart .net { fill: var(--ink); }
.chart .halo { paint-order: stroke; stroke: #fff; stroke-width: 3.5px; stroke-linejoin: round; }
.ribbon { fill-opacity: 0.34; }
.node { fill-opacity: 1; }
.back { fill: none; stroke-opacity: 0.34; stroke-linecap: butt; }
.back.stage-1, .branch.stage-1 { stroke: var(--stage-1); }
.back.stage-2, .branch.stage-2 { stroke: var(--stage-2); }
.back.stage-3, .branch.stage-3 { stroke: var(--stage-3); }
.back.stage-4, .branch.stage-4 { stroke: var(--stage-4); }
.back.stage-5, .branch.stage-5 { stroke: var(--stage-5); }
.back.stage-none, .branch.stage-none { stroke: var(--stage-none); }
.credit { fill: #5c9c77; }
.ribbon.credit { stroke: #1b6a48; stroke-width: 1; stroke-dasharray: 4 3; }
.back.credit, .branch.credit { fill: none; stroke: #5c9c77; }
.branch { fill: none; stroke-opacity: 0.7; }
.box { fill: var(--mist); stroke: var(--line); }
.box.line { fill: #fff; }
.box.rest { fill: #fff; stroke-dasharray: 3 3; }
.gauge { fill: var(--line-soft); }
.holds { color: var(--leaf); white-space: nowrap; } .departs { color: var(--flame); white-space: nowrap; }
.processes th[scope="row"] { width: 28%; }
.processes .bar-cell { width: 13%; min-width: 4.5rem; }
.processes thead th:nth-child(4) { color: transparent; }
.links th[scope="row"], .links td:nth-child(2) { width: 38%; }
.branches b { font-weight: 600; }
.deep-1 { padding-inline-start: 1.1rem; } .deep-2 { padding-inline-start: 2.2rem; } .deep-3 { padding-inline-start: 3.3rem; }
.deep-4 { padding-inline-start: 4.4rem; } .deep-5 { padding-inline-start: 5.5rem; } .deep-6 { padding-inline-start: 6.6rem; }
.deep-7 { padding-inline-start: 7.7rem; } .deep-8 { padding-inline-start: 8.8rem; }
[class^="deep-"] { display: block; }
.chart .point-edge { stroke: #fff; stroke-width: 4.5; fill: none; }
.chart .point { stroke: var(--ink); stroke-width: 1.5; fill: none; }
.side-a { fill: var(--stage-1); background: var(--stage-1); } .side-b { fill: var(--stage-4); background: var(--stage-4); }
.sides th[scope="row"] { width: 20%; } .sides td { width: 40%; overflow-wrap: anywhere; }
.pairs th[scope="row"] { width: 34%; }
.intervals tr.group th { padding-top: 0.6rem; font-family: var(--sans); font-size: 0.8rem; color: var(--ink-soft); }
.bars-told { margin: -0.4rem 0 1.4rem; font-size: 0.87rem; }
.bars-told summary { color: var(--water); cursor: pointer; }
.bars-told summary:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; }
.bars-told table { margin-top: 0.4rem; }
.data-primary { fill: var(--stage-1); background: var(--stage-1); } .data-secondary { fill: var(--stage-3); background: var(--stage-3); }
.data-untold { fill: var(--reed-pale); background: var(--reed-pale); stroke: var(--reed); stroke-dasharray: 3 3; }
.swatch.data-untold { outline: 1px dashed var(--reed); outline-offset: -1px; }
.chart .on-data-primary { fill: #fff; } .chart .on-data-secondary { fill: #06262c; } .chart .on-data-untold { fill: #5d440b; }
@media (width <= 34rem) {
  .made { min-width: 38rem; }
  .sums td.number.none { white-space: nowrap; }
  .deep-1 { padding-inline-start: 0.5rem; } .deep-2 { padding-inline-start: 1rem; } .deep-3 { padding-inline-start: 1.5rem; }
  .deep-4, .deep-5, .deep-6, .deep-7, .deep-8 { padding-inline-start: 2rem; }
  .processes .bar-cell, .processes thead th:nth-child(4) { display: none; }
  .processes { min-width: 34rem; }
}
.tiles > .worded dd { white-space: normal; }
th > .under.code { overflow-wrap: break-word; }
@media print {
  figure:has(.links, .branches), .scroll:has(> .links, > .branches) { break-inside: auto; }
  .drawing { break-inside: avoid; break-after: avoid; }
  .bars-told { display: none; }
  .notice, .node, .ribbon { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .chapter[aria-labelledby="beside"] { break-before: page; margin-top: 0; }
  .chapter[aria-labelledby="trail"] { break-before: auto; margin-top: 2rem; }
  .chapter[aria-labelledby="method"] { break-inside: avoid; }
}
`
