/** A report as a section of the page: what it says in a line, the columns, and every row with its tokens. Pure. */

import type { Token } from "../../../access/token.ts";
import { htmlName } from "../../names.ts";
import { type FindingSection, findingSections } from "../findings.ts";
import { type Comparison, type Report, sizeIn } from "../report.ts";
import {
  ALLOWED,
  allowedText,
  changed,
  HEADINGS,
  legendOf,
  reachText,
  strangersText,
  summaryOf,
  verdictsOf,
} from "../words.ts";
import { COLUMNS, type Graph, graphOf, type Mark, type Node, type Path } from "./graph.ts";

const TITLES = { people: "For", agents: "Agents", targets: "Applications and resources", scopes: "Scopes" } as const;

/** Marks as a reader without colours sees them. */
const SIGNS: Readonly<Record<Mark, string>> = { kept: "", gained: "+", lost: "−", allowed: "○", unsure: "?" };

const name = (text: string) => `<bdi>${htmlName(text)}</bdi>`;

/** @param at number of the section in its page */
export function sectionOf(report: Report, at: number): string {
  const prefix = `e${at}`;
  const wording = {
    show: (text: string, isEmphasised: boolean) => (isEmphasised ? `<em>${name(text)}</em>` : name(text)),
    sizeOf: sizeIn(report.people),
  };
  const graph = graphOf(report, prefix, wording);
  return `<section class="report" aria-labelledby="${prefix}-title">
<header>
<h1 id="${prefix}-title">${titleOf(report)}</h1>
<p class="summary">${report.is === "matrix" ? summaryOf(report) : verdictsOf(report)}</p>
${report.is === "comparison" ? verdicts(report) : ""}${findings(report)}</header>
${controls(report, prefix)}
<p class="hint" hidden></p>
<div class="graph" role="group" aria-label="Graph of access">
<svg aria-hidden="true" focusable="false"></svg>
${COLUMNS.map((column) => columnOf(TITLES[column], column, graph.columns[column])).join("\n")}
</div>
${tableOf(graph, report, prefix)}
</section>`;
}

const titleOf = (report: Report): string =>
  report.is === "matrix"
    ? `Access: ${name(report.title)}`
    : `Access: ${name(report.title)} <span>against</span> ${name(report.base)}`;

function verdicts(comparison: Comparison): string {
  const strangers = strangersText(comparison, name);
  const rows = changed(comparison).map(
    ({ agent, verdict, before, after }) =>
      `<tr><th scope="row">${name(agent.name)}</th><td><span class="verdict ${verdict}">${verdict}</span></td>` +
      `<td data-title="before">${reachText(before)}</td><td data-title="after">${reachText(after)}</td></tr>`,
  );
  const table =
    rows.length > 0
      ? `<table class="verdicts"><caption>What becomes of each agent</caption><thead><tr><th scope="col">Agent</th><th scope="col">Access</th>` +
        `<th scope="col">Reach before</th><th scope="col">Reach after</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>\n`
      : "";
  return `${strangers ? `<p>${strangers}</p>\n` : ""}${table}`;
}

/** More are folded, so that the graph stays in sight. */
const OPEN_FINDINGS = 12;

function findings({ findings: found }: Report): string {
  const sections = found ? findingSections(found, name) : [];
  return sections
    .map(({ title, groups, items }) => {
      const points = [...groups.map(groupOf), ...items.map((item) => `<li>${item}</li>`)];
      const isOpen = groups.flatMap((group) => group.items).length + items.length <= OPEN_FINDINGS;
      return `<details class="findings"${isOpen ? " open" : ""}><summary>${title}</summary><ul>${points.join("\n")}</ul></details>\n`;
    })
    .join("");
}

function groupOf({ severity, text, items }: FindingSection["groups"][number]): string {
  const points = items.length > 0 ? `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>` : "";
  return `<li><span class="severity ${severity}">${severity}</span> ${text}${points}</li>`;
}

function controls(report: Report, prefix: string): string {
  const views = report.is === "matrix" ? [] : (["Both", "Changes", "Before", "After"] as const);
  const radios = views.map(
    (view, at) =>
      `<label><input type="radio" name="${prefix}-view" value="${view.toLowerCase()}"${at === 0 ? " checked" : ""}>${view}</label>`,
  );
  return `<div class="controls" hidden>
<label class="filter">Filter <input type="search" placeholder="name, scope, person" autocomplete="off" spellcheck="false"></label>
${radios.length > 0 ? `<fieldset><legend>Show</legend>${radios.join("")}</fieldset>` : ""}
<button type="button" class="clear">Clear</button>
<p class="status" role="status"></p>
</div>`;
}

function columnOf(title: string, column: string, nodes: readonly Node[]): string {
  const items = nodes.map(
    ({ id, label, note, marks }) =>
      `<li><button type="button" class="node" id="${id}" aria-pressed="false">${signOf(marks)}` +
      `<span class="label">${label}</span>${note ? `<small>${note}</small>` : ""}</button></li>`,
  );
  return `<div class="column ${column}"><h2>${title} <span class="count">${nodes.length}</span></h2>
<ol>${items.join("\n")}</ol>
<button type="button" class="rest" hidden></button></div>`;
}

/** A node is marked where all its rows are. */
function signOf(marks: ReadonlySet<Mark>): string {
  const [mark] = marks;
  return mark === undefined || marks.size > 1 || mark === "kept" ? "" : sign(mark);
}

const WORDS: Readonly<Record<Mark, string>> = {
  kept: "",
  gained: "gained",
  lost: "lost",
  allowed: "allowed",
  unsure: "unsure",
};
const sign = (mark: Mark) =>
  `<span class="sign ${mark}" title="${WORDS[mark]}"><span aria-hidden="true">${SIGNS[mark]}</span><span class="spoken">${WORDS[mark]}: </span></span>`;

const HEADER = ["For", "Agent", "On", "Scopes", "How", "Tokens, hop by hop"] as const;

function tableOf({ paths }: Graph, report: Report, prefix: string): string {
  const caption = report.is === "matrix" ? "Every line of access" : "Every line of access, before and after";
  const groups = [...Map.groupBy(paths, ({ mark }) => mark)].map(
    ([mark, some]) =>
      `<tbody class="${mark}">${headingOf(mark, report)}${some.map((path) => rowOf(path)).join("\n")}</tbody>`,
  );
  return `<table class="rows" id="${prefix}-rows"><caption>${caption}</caption>
<thead><tr>${HEADER.map((title) => `<th scope="col">${title}</th>`).join("")}</tr></thead>
${groups.join("\n")}
</table>
${legend(report)}<button type="button" class="every" hidden></button>`;
}

const legend = (report: Report): string =>
  (report.is === "matrix" ? legendOf(report) : []).map((line) => `<p class="summary">${line}</p>\n`).join("");

function headingOf(mark: Mark, report: Report): string {
  const text = headingText(mark, report);
  return text
    ? `<tr class="heading"><th scope="colgroup" colspan="${HEADER.length}">${mark === "kept" ? "" : sign(mark)}${text}</th></tr>`
    : "";
}

function headingText(mark: Mark, report: Report): string {
  if (mark === "unsure") return "Only for members of a group that nobody counted";
  if (report.is === "matrix") return "";
  if (mark === "gained" || mark === "lost") return HEADINGS[report.of][mark];
  return mark === "allowed" ? ALLOWED : "In both";
}

function rowOf({ mark, nodes, via, people, agent, target, scopes, way, hops, where, entry }: Path): string {
  const cells = [people, agent, target, scopes.join(", "), `${way}<small>${where}</small>`, tokens(hops)];
  const answers = entry ? `<small>${allowedText(entry, name)}</small>` : "";
  return `<tr data-mark="${mark}" data-nodes="${nodes.join(" ")}"${via.length > 0 ? ` data-via="${via.join(" ")}"` : ""}>${cells
    .map((cell, at) => `<td data-title="${HEADER[at]}"><div>${cell}${at === 4 ? answers : ""}</div></td>`)
    .join("")}</tr>`;
}

function tokens(hops: readonly Token[]): string {
  const claims = ({ sub, act, aud }: Token) =>
    [
      ["sub", sub],
      ["act", act],
      ["aud", aud],
    ]
      .map(([claim, value]) => `<dt>${claim}</dt><dd>${value === undefined ? "none" : name(value)}</dd>`)
      .join("");
  const items = hops.map((hop) => `<li><span class="holder">${name(hop.holder)}</span><dl>${claims(hop)}</dl></li>`);
  return `<ol class="hops">${items.join("")}</ol>`;
}
