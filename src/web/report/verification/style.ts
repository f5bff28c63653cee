/** What a verification report has beyond the style of every report. */

export const verificationStyle = `
.written { white-space: pre-line; overflow-wrap: anywhere; }
.verdict { margin: 1.6rem 0 0; padding: 1.1rem 1.4rem; background: var(--mist); border: 1px solid var(--line); border-inline-start: 6px solid var(--reed); }
.verdict[data-opinion="unmodified"] { border-inline-start-color: var(--leaf); }
.verdict[data-opinion="adverse"], .verdict[data-opinion="disclaimer"] { border-inline-start-color: var(--flame); }
.verdict p { margin: 0; }
.verdict .opinion { font-family: var(--serif); font-size: clamp(1.4rem, 1rem + 2vw, 2rem); font-weight: 600; line-height: 1.25; }
.state[data-state="open"] { border-color: var(--reed); background: var(--reed-pale); color: var(--reed); }
.state[data-state="refused"] { border-color: var(--flame); color: var(--flame); }
.wide thead th, .wide tbody th { white-space: nowrap; }
.person { white-space: nowrap; }
.person b { color: var(--water); font-weight: 600; font-variant-numeric: tabular-nums; }
.paper { margin-top: 1.8rem; }
.paper h3, .finding h3 { margin: 0 0 0.2rem; }
.paper .note, .finding .note { margin-bottom: 0.5rem; }
.paper .scroll { margin-top: 0.6rem; }
.finding { margin: 0 0 1.2rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--leaf); }
.finding[data-end="stands"], .finding[data-end="open"], .finding[data-end="answered"] { border-inline-start-color: var(--flame); }
.finding .end { float: inline-end; font: 0.82rem var(--sans); color: var(--ink-soft); }
.finding p { margin-bottom: 0.45rem; }
.finding .said { margin-top: 0.7rem; }
.digest { font-size: 0.78rem; }
.annex { margin-top: 4rem; padding-top: 0.5rem; border-top: 4px double var(--line); }
@media (width <= 34rem) {
  .rows, .wide { min-width: 36rem; }
  .tiles > .large { grid-column: 1 / -1; }
  .finding { padding: 0.7rem 0.8rem; }
  .finding .end { float: none; display: block; }
}
@media print {
  .finding, .verdict { break-inside: avoid; }
  .annex { break-before: page; border-top: 0; margin-top: 0; }
  .paper h3, .finding h3, .paper h3 + .note { break-after: avoid; }
  .paper .scroll, .scroll:has(> .files, > .rows) { break-inside: auto; }
}
`
