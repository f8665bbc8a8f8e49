/**
 * The style of report.html, allowed by its hash and by nothing else. Words keep a contrast of 4.5 to 1 on their
 * ground in both schemes, and nothing is told by colour alone. Paper always gets the light one.
 */
const COLOURS = `
:root { color-scheme: light dark;
  --paper: #ffffff; --text: #17212b; --soft: #4b5865; --line: #d5dce3; --ground: #f4f6f8; --link: #14548c;
  --good: #0b5d3b; --bad: #9c1c2e; --waits: #74470a; --plain: #33475b; --left: #5c5470; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #12181e; --text: #e6ebf0; --soft: #a9b6c2; --line: #33404c; --ground: #1b242c; --link: #8cc1f2;
    --good: #74d0a0; --bad: #ff9aa6; --waits: #eebb6a; --plain: #b4c6d8; --left: #c2b6dd; }
}
`;

const TEXT = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 64rem; color: var(--text); background: var(--paper);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  -webkit-text-size-adjust: 100%; }
h1 { margin: 0 0 .35rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 .6rem; padding-top: .7rem; border-top: 2px solid var(--text); font-size: 1.3rem; line-height: 1.3; }
h3 { margin: 1.8rem 0 .3rem; font-size: 1.02rem; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, pre:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.soft, small { color: var(--soft); font-size: .875rem; }
.kind { margin: 0 0 .2rem; color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .07em; text-transform: uppercase; }
header .soft { overflow-wrap: anywhere; max-width: none; }
.answers { margin: 1.4rem 0 0; display: grid; gap: .8rem; grid-template-columns: 1fr 1fr; }
.answers > div { padding: .9rem 1.1rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--ground); }
.answers .todo { grid-column: 1 / -1; }
.answers dt { display: flex; align-items: center; gap: .5rem; font-size: .875rem; color: var(--soft); }
.answers dd { margin: .3rem 0 0; font-size: 1.15rem; line-height: 1.4; font-weight: 600; overflow-wrap: anywhere; }
.answers ul { margin: .5rem 0 0; padding-left: 1.2rem; font-size: 1rem; font-weight: 400; color: var(--text); }
.answers li + li { margin-top: .35rem; }
.good { color: var(--good); } .bad, .breached { color: var(--bad); } .waits { color: var(--waits); } .plain { color: var(--plain); }
.sign { width: 1.25rem; height: 1.25rem; flex: none; }
.sign circle { fill: currentColor; } .sign path { fill: none; stroke: var(--paper); stroke-width: 2.6; stroke-linecap: round; }
.good .sign { color: var(--good); } .bad .sign { color: var(--bad); } .waits .sign { color: var(--waits); } .plain .sign { color: var(--plain); }
code, .value, pre { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
.command { padding: .12em .4em; border: 1px solid var(--line); border-radius: .3em; background: var(--paper); color: var(--text); font-weight: 400; }
.value { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin: 1.4rem 0 0; padding: 0; list-style: none; font-size: .9375rem; }
.steps { margin: .6rem 0; padding-left: 1.4rem; max-width: 46rem; } .steps li { margin: .25rem 0; }
details { margin: .5rem 0; } summary { cursor: pointer; }
pre { margin: .4rem 0; padding: .8rem 1rem; overflow: auto; max-height: 32rem; background: var(--ground); border-radius: .4rem; line-height: 1.45; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .6rem; }
`;

const TABLES = `
.wide { overflow-x: auto; margin: .4rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: .25rem 0 .4rem; }
th, td { padding: .4rem .7rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: .3rem; }
thead th { border-bottom: 1.5px solid var(--soft); white-space: nowrap; font-size: .8125rem; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody th small { display: block; font-weight: 400; min-width: 13rem; max-width: 34rem; }
th.number, td.number { padding-right: 1.3rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.sums tbody th { padding-left: 1.5rem; font-weight: 400; } .sums .sum th { padding-left: .5rem; font-weight: 600; }
.sum th, .sum td { background: var(--ground); font-weight: 600; } .sum .soft { font-weight: 400; }
td.soft { min-width: 15rem; max-width: 36rem; } td.given { min-width: 8rem; } td.given:last-child { width: 40%; }
.group th { padding-top: .9rem; } .group .soft { font-weight: 400; margin-left: .3rem; }
.breached { font-weight: 600; }
.trend { display: flex; align-items: center; gap: .6rem; font-variant-numeric: tabular-nums; }
`;

const PICTURES = `
figure { margin: 1.2rem 0 1.6rem; } figcaption { margin-bottom: .3rem; font-weight: 600; } figcaption .soft { font-weight: 400; margin-left: .5rem; }
.flow.narrow text { font-size: 11.5px; }
.flow { width: 100%; height: auto; display: block; max-width: 60rem; } .flow.narrow { display: none; max-width: 26rem; }
.flow text { font-size: 12.5px; fill: var(--text); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; font-variant-numeric: tabular-nums; }
.flow .word { font-weight: 600; }
.flow path { fill: none; stroke-opacity: .28; } .flow rect { stroke: none; }
.flow .source { fill: var(--plain); stroke: var(--plain); } .flow .carried { fill: var(--good); stroke: var(--good); }
.flow .rejected { fill: var(--bad); stroke: var(--bad); } .flow .ineligible { fill: var(--left); stroke: var(--left); }
.flow .held { fill: var(--waits); stroke: var(--waits); } .flow .duplicate { fill: var(--soft); stroke: var(--soft); }
.flow path.source, .flow path.carried, .flow path.rejected, .flow path.ineligible, .flow path.held, .flow path.duplicate { fill: none; }
.spark { display: block; flex: none; } .spark path { fill: none; stroke: var(--link); stroke-width: 1.6; stroke-linejoin: round; }
.spark circle { fill: var(--link); } .spark .limit { stroke: var(--soft); stroke-dasharray: 3 3; }
.spark.breached path { stroke: var(--bad); } .spark.breached circle { fill: var(--bad); }
.on-paper { display: none; }
@media screen and (max-width: 40rem) {
  body { padding: 1.2rem 1rem 3rem; } h1 { font-size: 1.5rem; } h2 { margin-top: 2.2rem; }
  .answers { grid-template-columns: 1fr; } .flow.wide { display: none; } .flow.narrow { display: block; }
  th, td { padding-right: .9rem; }
  .folds tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line); } .folds th, .folds td { border: 0; }
  .folds th:first-child { flex: 1 1 8rem; padding-right: .4rem; overflow-wrap: anywhere; } .folds .number { flex: 0 0 4.6rem; padding-right: 0; }
  .folds td.soft { flex: 1 0 100%; padding: 0 0 .5rem; } .folds.sums td.soft { padding-left: 1.5rem; } .folds.sums .sum td.soft { padding-left: .5rem; }
  .folds thead th:last-child { display: none; }
}
`;

/** Paper gets the first rows of long tables: who wants all of them has the screen and the spreadsheets. */
const PAPER = `
@page { margin: 12mm 13mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.35; }
  h1 { font-size: 17pt; } h2 { margin: 5mm 0 1mm; padding-top: 1mm; font-size: 12pt; } h3 { margin: 2.5mm 0 .5mm; font-size: 10pt; }
  h2, h3, figcaption, caption { break-after: avoid; }
  .soft, small, caption, thead th { font-size: 7.5pt; } table { font-size: 8pt; } .answers dt { font-size: 8.5pt; }
  th, td { padding: .5mm 2.5mm .5mm 0; } caption { padding: .5mm 0; } tbody th small { max-width: none; }
  .wide { overflow: visible; margin: 1mm 0 2mm; } .group th { padding-top: 1.6mm; } td.soft { min-width: 0; }
  thead { display: table-header-group; }
  tr, figure, .answers > div, li { break-inside: avoid; }
  .answers { gap: 2mm; margin-top: 3mm; } .answers > div { padding: 2mm 3mm; } .answers dd { font-size: 10.5pt; } .answers ul { font-size: 9pt; }
  .flow { width: 128mm; } figure { margin: 1.5mm 0 2mm; } figure:nth-of-type(n+3) { display: none; } .spark { height: 5mm; }
  nav, .on-screen { display: none; } .on-paper { display: block; }
  a { color: inherit; text-decoration: none; }
  code { font-size: 7pt; }
  .rest { display: none; }
  .given .value { display: inline-block; max-height: 2.7em; overflow: hidden; }
}
`;

export const REPORT_STYLE = COLOURS + TEXT + TABLES + PICTURES + PAPER;

/** SHA-256 of the style, in base64, as the content security policy names it. A test recomputes it. */
export const REPORT_STYLE_SHA256 = 'vM0GUQzspYM+HA3Zs+Qrnyev/KU5xGft5ufcOmqrJp0=';
