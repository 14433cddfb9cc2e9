/** The style of the page: light and dark by what the reader prefers; columns side by side where there is room. */

export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --text: #1d2126; --quiet: #59616b; --line: #d9dce0;
  --edge: #9aa3ad; --accent: #1f56b5; --soft: #edf2fb; --gained: #12703c; --gained-soft: #e7f4ec; --lost: #ad2a1e;
  --lost-soft: #fbecea; --warn: #7a5200; --warn-soft: #faf1dd; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --card: #1b1f25; --text: #e4e7ea; --quiet: #a0a8b2; --line: #323840;
  --edge: #68727e; --accent: #8db6ff; --soft: #212c3e; --gained: #6fce97; --gained-soft: #1a2e23; --lost: #ff9a8d;
  --lost-soft: #391f1d; --warn: #e5bb62; --warn-soft: #33290f; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 86rem; margin: 0 auto; padding: 2rem 2rem 4rem; }
.report + .report { margin-top: 4rem; padding-top: 2rem; border-top: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
h1 span { color: var(--quiet); font-weight: 400; }
h2, caption, thead th { margin: 0; color: var(--quiet); font-size: .8125rem; font-weight: 600; text-align: left; }
em { font-style: normal; font-weight: 600; }
small { display: block; color: var(--quiet); font-size: .8125rem; overflow-wrap: anywhere; }
.summary { margin: .25rem 0 0; color: var(--quiet); }
.count { font-weight: 400; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 .5rem; }
th, td { padding: .5rem 1rem .5rem 0; text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid var(--edge); font-weight: 600; }
tbody td, tbody th { border-bottom: 1px solid var(--line); }
.verdicts { width: auto; margin-top: 1.25rem; }
.verdicts th, .verdicts td { padding: .375rem 2rem .375rem 0; }
.verdict, .sign { font-weight: 600; }
.verdict.more, .gained .sign, .sign.gained { color: var(--gained); }
.verdict.less, .lost .sign, .sign.lost { color: var(--lost); }
.verdict.incomparable, .sign.allowed, .sign.unsure { color: var(--warn); }
.sign { margin-right: .375rem; }
.findings { max-width: 62rem; margin-top: 1.25rem; }
.findings summary { color: var(--quiet); font-size: .8125rem; font-weight: 600; cursor: pointer; }
.findings ul { margin: .375rem 0 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.findings li { margin: .375rem 0 0; } .findings ul ul { margin: 0; padding-left: 1rem; color: var(--quiet); }
.findings ul ul li { margin: .125rem 0 0; }
.severity { font-weight: 600; } .severity.high { color: var(--lost); } .severity.medium { color: var(--warn); }
.controls { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem;
  margin: 1.5rem -2rem 0; padding: .75rem 2rem; background: var(--ground); border-bottom: 1px solid var(--line); }
.controls fieldset { display: flex; gap: 1rem; margin: 0; padding: 0; border: 0; }
.controls legend { float: left; padding: 0; color: var(--quiet); }
.controls label { display: flex; align-items: center; gap: .375rem; }
.controls .filter { color: var(--quiet); }
.controls .status { margin: 0 0 0 auto; color: var(--quiet); font-variant-numeric: tabular-nums; }
input[type=search] { width: 17rem; max-width: 100%; padding: .375rem .625rem; border: 1px solid var(--edge); border-radius: 6px;
  background: var(--card); color: var(--text); font: inherit; }
::placeholder { color: var(--quiet); opacity: 1; }
input[type=radio] { margin: 0; accent-color: var(--accent); }
.clear, .rest, .every { padding: .375rem .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--text);
  font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.graph { position: relative; margin: 1.5rem 0 0; }
svg { display: none; }
.column ol { margin: .625rem 0 0; padding: 0; list-style: none; }
.column li { margin: 0 0 .375rem; }
.node { display: block; width: 100%; min-height: 2.125rem; padding: .375rem .625rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--card); color: var(--text); font: inherit; text-align: left; cursor: pointer; overflow-wrap: anywhere; }
.node:hover { border-color: var(--accent); }
.node[aria-pressed=true] { border-color: var(--accent); background: var(--soft); box-shadow: inset 3px 0 var(--accent); }
.node:has(.sign.gained) { border-color: var(--gained); background: var(--gained-soft); }
.node:has(.sign.lost) { border-color: var(--lost); border-style: dashed; background: var(--lost-soft); }
.rest, .every { color: var(--accent); } .rest { width: 100%; } .every { margin-top: 1rem; }
.hint { margin: 1rem 0 0; color: var(--quiet); }
.rows { margin-top: 2.5rem; table-layout: fixed; }
.rows thead th:nth-child(1) { width: 17%; } .rows thead th:nth-child(2) { width: 15%; } .rows thead th:nth-child(3) { width: 14%; }
.rows thead th:nth-child(4) { width: 13%; } .rows thead th:nth-child(5) { width: 15%; }
.rows .heading th { padding-top: 1.25rem; font-weight: 600; }
.gained td:first-child { box-shadow: inset 3px 0 var(--gained); padding-left: .75rem; }
.lost td:first-child { box-shadow: inset 3px 0 var(--lost); padding-left: .75rem; }
.lost td:nth-child(-n+4) { text-decoration: line-through; text-decoration-color: var(--lost); }
.hops { margin: 0; padding: 0; list-style: none; }
.hops li + li { margin-top: .5rem; padding-top: .5rem; border-top: 1px dotted var(--line); }
.holder { color: var(--quiet); font-size: .8125rem; }
dl { display: grid; grid-template-columns: 2.25rem 1fr; gap: 0 .375rem; margin: 0;
  font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (min-width: 60rem) {
  .graph { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0 4.5rem; align-items: start; }
  svg { display: block; position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
  svg path { fill: none; stroke: var(--edge); stroke-width: 1.25; }
  svg .gained { stroke: var(--gained); stroke-width: 2; }
  svg .lost { stroke: var(--lost); stroke-width: 1.5; stroke-dasharray: 5 4; }
  svg .allowed, svg .unsure { stroke: var(--warn); stroke-dasharray: 2 3; }
}
@media (max-width: 59.99rem) {
  main { padding: 1.25rem 1rem 3rem; }
  .controls { position: static; margin: 1rem -1rem 0; padding: .625rem 1rem; gap: .625rem .875rem; }
  .controls fieldset { gap: .75rem; } .controls legend { display: none; }
  .controls .filter { flex: 1 1 12rem; } .controls .filter input { flex: 1; min-width: 0; }
  .column { margin: 0 0 1.25rem; }
  .column ol { display: flex; flex-wrap: wrap; gap: .375rem; } .column li { margin: 0; max-width: 100%; }
  .rest { width: auto; margin-top: .375rem; }
  .rows, .rows tbody, .rows tr, .rows td, .rows th, .rows caption, .verdicts, .verdicts caption, .verdicts tbody, .verdicts tr, .verdicts td, .verdicts th { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rows tr { padding: .625rem 0; border-bottom: 1px solid var(--line); }
  .rows td { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); padding: .125rem 0; border: 0; }
  .rows td::before { content: attr(data-title); color: var(--quiet); font-size: .8125rem; }
  .rows .heading { border: 0; padding: .75rem 0 0; } .rows .heading th { padding: 0; border: 0; }
  .gained tr[data-nodes], .lost tr[data-nodes] { padding-left: .75rem; } .gained tr[data-nodes] { box-shadow: inset 3px 0 var(--gained); }
  .lost tr[data-nodes] { box-shadow: inset 3px 0 var(--lost); } .gained td:first-child, .lost td:first-child { box-shadow: none; padding-left: 0; }
  .verdicts th { padding: .5rem 0 0; font-weight: 600; border: 0; } .verdicts td { padding: 0; border: 0; }
  .verdicts td[data-title]::before { content: attr(data-title); display: inline-block; width: 4.5rem; color: var(--quiet); font-size: .8125rem; }
}
`;
