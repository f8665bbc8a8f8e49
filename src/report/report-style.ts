/**
 * The style of report.html, allowed by its hash and by nothing else. Colours keep a contrast of 4.5 to 1 on their
 * ground; nothing is told by colour alone.
 */
export const REPORT_STYLE = `
:root { color-scheme: light; --text: #1b1f24; --soft: #4d5763; --line: #c9d0d8; --ground: #f4f6f8;
  --good: #0b5d32; --bad: #a3122a; --waits: #7a4b00; --plain: #2f3a46; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 66rem; color: var(--text); background: #fff;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.2rem; }
p { margin: .4rem 0; max-width: 46rem; }
.soft, small { color: var(--soft); font-size: .875rem; }
.answers { margin: 1.25rem 0 0; display: grid; gap: .75rem; }
.answers > div { padding: .75rem 1rem; border-left: .4rem solid var(--plain); background: var(--ground); }
.answers dt { font-weight: 600; font-size: .875rem; color: var(--soft); }
.answers dd { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
.answers ul { margin: .25rem 0 0; padding-left: 1.2rem; font-size: 1rem; }
.answers .good { border-color: var(--good); } .answers .good dd { color: var(--good); font-weight: 600; }
.answers .bad { border-color: var(--bad); } .answers .bad dd { color: var(--bad); font-weight: 600; }
.answers .waits { border-color: var(--waits); } .answers .waits dd { color: var(--waits); font-weight: 600; }
.answers li { color: var(--text); font-weight: 400; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: .25rem 0; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; }
tbody th small { display: block; font-weight: 400; min-width: 12rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.sum th, .sum td { background: var(--ground); }
.breached { color: var(--bad); font-weight: 600; }
code, .value { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
.value { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .5rem; }
@page { margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr, .answers > div { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

/** SHA-256 of the style, in base64, as the content security policy names it. A test recomputes it. */
export const REPORT_STYLE_SHA256 = 'j8lgL3X2HTJALtiPf6oErHWdTPALF4wMu3bRobebJys=';
