/**
 * How a report looks: light and dark as the reader's machine is, and on paper. Now and before differ in their form as well as in their colour;
 * texts have a contrast of 4.5 to 1 at least.
 */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff;
  --ink: #1b1f24;
  --soft: #57606a;
  --line: #d0d7de;
  --band: #f6f8fa;
  --now: #0757ba;
  --before: #7a5200;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c;
    --ink: #e6edf3;
    --soft: #9aa5b1;
    --line: #343c47;
    --band: #1b222b;
    --now: #6cb2ff;
    --before: #e3b15c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0.25rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; max-width: 48rem; }
a { color: var(--now); }
.soft, .note, caption { color: var(--soft); }
.note { font-size: 0.9rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
:focus-visible { outline: 3px solid var(--now); outline-offset: 2px; }
nav ul { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
figure { margin: 1rem 0; }
.scroll { overflow-x: auto; }
svg { display: block; max-width: 100%; min-width: 34rem; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg .label { text-anchor: end; }
svg .tick { text-anchor: middle; fill: var(--soft); }
svg .grid { stroke: var(--line); }
svg .zero { stroke: var(--soft); }
svg .interval { fill: none; stroke-width: 2; }
svg .now { stroke: var(--now); }
svg .before { stroke: var(--before); }
svg .dot, svg .column { stroke-width: 2; }
svg .now.dot, svg .now.column { fill: var(--now); }
svg .before.dot, svg .before.column { fill: var(--paper); }
.key-now::before { content: "● "; color: var(--now); }
.key-before::before { content: "○ "; color: var(--before); }
figcaption { font-size: 0.9rem; color: var(--soft); }
figcaption strong { color: var(--ink); display: block; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { padding: 0.3rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th[scope="row"], thead th:first-child, td.text { text-align: left; }
th[scope="row"] { font-weight: 600; min-width: 12rem; overflow-wrap: anywhere; }
td { white-space: nowrap; }
thead th { background: var(--band); vertical-align: bottom; }
.interval-text { color: var(--soft); }
.none { font-style: italic; }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff;
    --ink: #000;
    --soft: #444;
    --line: #bbb;
    --band: #fff;
    --now: #0757ba;
    --before: #7a5200;
  }
  body { font-size: 11pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  .scroll { overflow: visible; }
  svg { min-width: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  table { font-size: 8.5pt; }
  th, td { padding: 0.15rem 0.4rem; }
  td { white-space: normal; }
}
`;
